"""How rows become JSON: what a serializer declares, worked out once for all its rows.

Django REST framework asks each field anew for each row how it is read. On a list of
fifty nested rows that takes longer than everything else together.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import datetime
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeAlias

from django.db.models import Model
from django.utils.translation import get_language
from rest_framework import fields

if TYPE_CHECKING:
    Tell: TypeAlias = Callable[[Any], Any]
    Part: TypeAlias = tuple[str, Tell, Tell, Tell]

#: The fields of each serializer, by language; no serializer has these.
_MADE: dict[tuple[type, str | None], dict[str, Any]] = {}
#: How many rows that others refer to are remembered.
MOST_REMEMBERED = 1000


def _moment(value: datetime) -> str:
    """Return a moment as ISO 8601 has it; all of ours are in UTC."""
    return value.isoformat().replace("+00:00", "Z")


#: What such a field tells, without asking it.
PLAIN: dict[type[fields.Field[Any, Any, Any, Any]], Callable[[Any], Any]] = {
    fields.BooleanField: bool,
    fields.CharField: str,
    fields.SlugField: str,
    fields.IntegerField: int,
    fields.DateTimeField: _moment,
}


class Telling:
    """Says of a row what each field says of it; what is empty is null."""

    _readable_fields: Any

    def get_fields(self) -> dict[str, Any]:
        """Return fields of its own, as copies: making them takes longer than telling.

        They are made once for each language, in which their labels are.
        """
        key = (type(self), get_language())
        if key not in _MADE:
            _MADE[key] = super().get_fields()  # type: ignore[misc]  # of the serializer beside
        return {name: _copy(made) for name, made in _MADE[key].items()}

    @cached_property
    def _parts(self) -> list[Part]:
        """Each field's name, with what reads its values, from a dict too, and tells them."""
        return [
            (field.field_name, _reader(field), field.get_attribute, _teller(field))
            for field in self._readable_fields
        ]

    def to_representation(self, instance: Any) -> Any:
        """Return the row as JSON."""
        told, is_row = {}, not isinstance(instance, dict)
        for name, read, look_up, tell in self._parts:
            value = read(instance) if is_row else look_up(instance)
            part = None if value is None else tell(value)
            told[name] = None if part == "" else part
        return told


def _copy(field: Any) -> Any:
    """Return a field that no serializer has yet, like one that none ever had."""
    if hasattr(field, "child"):  # which knows its parent
        return deepcopy(field)
    copied = object.__new__(type(field))
    copied.__dict__.update(field.__dict__)
    return copied


def _reader(field: Any) -> Callable[[Any], Any]:
    """Return what reads a field's value from a row."""
    if type(field).get_attribute is not fields.Field.get_attribute:
        return field.get_attribute  # type: ignore[no-any-return]  # it reads in its own way
    return _same if field.source == "*" else attrgetter(field.source)


def _same(value: Any) -> Any:
    return value


def _teller(field: Any) -> Callable[[Any], Any]:
    """Return what tells a value; of a row that several refer to, once."""
    tell: Callable[[Any], Any] = PLAIN.get(type(field), field.to_representation)
    is_of_a_row = isinstance(field, Telling) and field.source != "*"  # type: ignore[attr-defined]  # a field, too
    return _remembered(tell) if is_of_a_row else tell


def _remembered(tell: Callable[[Any], Any]) -> Callable[[Any], Any]:
    told: dict[int, tuple[Any, Any]] = {}

    def once(value: Any) -> Any:
        if not isinstance(value, Model):
            return tell(value)
        if (found := told.get(id(value))) is None:
            if len(told) >= MOST_REMEMBERED:
                told.clear()
            found = told[id(value)] = (value, tell(value))
        return found[1]

    return once
