"""Rows of a list as a flat table: its columns, made from the serializer of the rows.

What nests is joined by `_`: `speaker_name_ar`. The key of what a row names is called
as that is called (`speaker`, not `speaker_slug`). A list within a row is one cell of
JSON.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

import orjson
from drf_spectacular.drainage import get_override
from rest_framework import serializers

from claims.exchange.tables import cell
from factbase.api.rendering import digits
from sources.text import lexicon

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

#: Columns of a row that are its key.
KEYS = ("slug", "code")

#: Types of a Frictionless table by the kind of field, the narrower ones first.
_TYPES: tuple[tuple[type[serializers.Field[Any, Any, Any, Any]], str], ...] = (
    (serializers.BooleanField, "boolean"),
    (serializers.IntegerField, "integer"),
    (serializers.DecimalField, "number"),
    (serializers.FloatField, "number"),
    (serializers.DateTimeField, "datetime"),
    (serializers.DateField, "date"),
    (serializers.ListSerializer, "array"),
    (serializers.ListField, "array"),
)

#: What each field is, by its name, which means the same in every row.
_DESCRIPTIONS = dict(lexicon.rows("factbase.api", "columns"))


@dataclass(frozen=True, slots=True)
class Column:
    """A column: where its value stands in a row, and what it is."""

    path: tuple[str, ...]
    type: str
    description: str

    @property
    def name(self) -> str:
        """Its name in the header."""
        is_key = len(self.path) > 1 and self.path[-1] in KEYS
        return "_".join(self.path[:-1] if is_key else self.path)

    def cell(self, row: Mapping[str, Any]) -> str:
        """Return what the column says of a row; empty for null."""
        value: Any = row
        for name in self.path:
            value = None if value is None else value.get(name)
        if self.type == "array" and value is not None:
            value = orjson.dumps(value, default=digits).decode()
        return cell(value)

    def described(self, name: str) -> dict[str, str]:
        """Return the column as a table schema has it."""
        return {"name": name, "type": self.type, "description": self.description}


def columns(
    serializer: serializers.BaseSerializer[Any], path: tuple[str, ...] = ()
) -> Iterator[Column]:
    """Yield the columns of what a serializer makes, in its order."""
    fields: Mapping[str, Any] = getattr(serializer, "fields", {})
    for name, field in fields.items():
        shape, here = _shape(field), (*path, name)
        if isinstance(shape, serializers.Serializer):
            yield from columns(shape, here)
        else:
            yield Column(here, _type(shape), _description(here, serializer))


def cells(shape: list[Column]) -> Callable[[Mapping[str, Any]], list[str]]:
    """Return what says of a row all that columns do.

    What several rows name is told them by the same dict, and written once: so it must
    not be changed meanwhile.
    """
    groups = [(name, list(some)) for name, some in groupby(shape, _first)]
    written: dict[tuple[str, int], list[str]] = {}

    def of_a_row(row: Mapping[str, Any]) -> list[str]:
        found: list[str] = []
        for name, some in groups:
            if len(some) == 1:
                found.append(some[0].cell(row))
                continue
            key = (name, id(row.get(name)))
            if key not in written:
                written[key] = [column.cell(row) for column in some]
            found += written[key]
        return found

    return of_a_row


def _first(column: Column) -> str:
    return column.path[0]


def _shape(field: Any) -> Any:
    """Return the field, or what a method is declared to answer."""
    field = getattr(field, "whole", field)
    if not isinstance(field, serializers.SerializerMethodField):
        return field
    method = getattr(field.parent, str(field.method_name))
    declared = get_override(method, "field")
    returned = method.__annotations__["return"]
    if returned == "bool":
        return serializers.BooleanField()
    return declared if isinstance(declared, serializers.BaseSerializer) else field


def _type(field: Any) -> str:
    return next((name for kind, name in _TYPES if isinstance(field, kind)), "string")


def _description(path: tuple[str, ...], whole: Any) -> str:
    """Return what a field is, and of what where it stands inside a row."""
    told, of = _DESCRIPTIONS.get(path[-1], ""), whole.__doc__ or ""
    is_inside = told and len(path) > 1
    return f"{told} ({of.partition(chr(10))[0]})" if is_inside else told
