"""The history of one object, told from the log: who, when, why, what changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.paginator import Page, Paginator
from django.db.models import DateTimeField
from django.utils.formats import date_format
from django.utils.text import capfirst

from sources import history
from sources.forms import PartialDateField, SpanField
from sources.forms.showing import isolated, left_to_right, shown, shown_place
from sources.masking import seen_as
from sources.models import Action
from sources.text.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.db.models import Field, Model
    from django.forms import ModelForm

    from sources.models import Change

ENTRIES = 50


@dataclass(frozen=True, slots=True)
class Difference:
    """One value before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One change of the object with what it altered."""

    change: Change
    differences: list[Difference]

    @property
    def action(self) -> str:
        """What was done, in the reader's language."""
        return capfirst(str(Action(self.change.action).label))

    @property
    def noun(self) -> str:
        """What it was done to, in the reader's language."""
        return str(apps.get_model(self.change.model)._meta.verbose_name)


def page_of(
    row: Model, number: str | None, teller: Teller
) -> tuple[Page[Change], list[Entry]]:
    """Return a page of the history, newest first.

    Cost: three queries, and one for each table that a changed value points to.
    """
    page = Paginator(history.timeline(row), ENTRIES).get_page(number)
    changes = list(page.object_list)
    before = None
    if changes and page.has_next():
        before = history.timeline(row).filter(seq__lt=changes[-1].seq).first()
    contents = [change.content for change in [*changes, *filter(None, [before])]]
    tellings = teller.tell(contents)
    older = [*tellings[1:], {}][: len(changes)]
    return page, [
        Entry(change, list(differences(told, past)))
        for change, told, past in zip(changes, tellings, older, strict=False)
    ]


def differences(
    told: Mapping[str, str], past: Mapping[str, str]
) -> Iterable[Difference]:
    """Yield what two tellings of an object do not have in common."""
    for label, after in told.items():
        before = past.get(label, shown(None))
        if before != after:
            yield Difference(label, before, after)


class Teller:
    """Turns snapshots into values a person reads, by label; some columns hidden."""

    def __init__(
        self, model: type[Model], form: type[ModelForm[Any]], hidden: set[str]
    ) -> None:
        self.model = model
        self.columns = [
            column
            for column in model._meta.concrete_fields
            if column.name not in {"id", "version", "folded", *hidden}
        ]
        self.composites = {
            name: field
            for name, field in form.base_fields.items()
            if isinstance(field, (PartialDateField, SpanField))
        }
        self.names: dict[type[Model], dict[Any, str]] = {}

    def tell(self, contents: list[dict[str, Any]]) -> list[dict[str, str]]:
        """Return each snapshot as label and text: a query for each table it names."""
        contents = [seen_as(self.model, content) for content in contents]
        self._load_names(contents)
        return [self._told(content) for content in contents]

    def _told(self, content: dict[str, Any]) -> dict[str, str]:
        told, left = {}, dict(content)
        for name, field in self.composites.items():
            is_date = isinstance(field, PartialDateField)
            take = self._date if is_date else self._anchor
            told[capfirst(str(field.label))] = take(name, left)
        for column in self.columns:
            if column.attname in left:
                label = capfirst(str(column.verbose_name))
                told[label] = self._value(column, left[column.attname])
        return told

    @staticmethod
    def _date(name: str, content: dict[str, Any]) -> str:
        earliest, latest, _precision, words = (
            content.pop(f"{name}_{part}", None)
            for part in ("earliest", "latest", "precision", "words")
        )
        if earliest is None:
            return shown(None)
        days = left_to_right(
            earliest if earliest == latest else f"{earliest} – {latest}"
        )
        return f"{days} {isolated(f'“{words}”')}" if words else days

    @staticmethod
    def _anchor(name: str, content: dict[str, Any]) -> str:
        prefix = name.removesuffix("anchor")
        start, end, words = (
            content.pop(f"{prefix}{part}", None) for part in ("start", "end", "words")
        )
        return shown(None) if start is None else shown_place(words, Span(start, end))

    def _value(self, column: Field[Any, Any], value: Any) -> str:
        if column.remote_field and value is not None:
            names = self.names[column.remote_field.model]
            return names.get(value, f"#{value}")
        if isinstance(value, dict):  # of parts by their names
            value = [f"{name} {shown(part)}" for name, part in value.items()]
        if isinstance(value, list):  # of languages, of pieces
            return shown(", ".join(map(str, value)))
        if value is not None and isinstance(column, DateTimeField):
            return date_format(column.to_python(value), "DATETIME_FORMAT")
        return shown(dict(column.flatchoices).get(value, value))

    def _load_names(self, contents: list[dict[str, Any]]) -> None:
        for column in self.columns:
            if column.remote_field:
                keys = {c[column.attname] for c in contents if c.get(column.attname)}
                model = column.remote_field.model
                known = self.names.setdefault(model, {})
                rows = model._default_manager.in_bulk(keys - known.keys())
                known.update({key: str(row) for key, row in rows.items()})
