"""Filters by column: an allowlist for each resource, strict about values."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django_filters.rest_framework import DjangoFilterBackend, FilterSet
from drf_spectacular.utils import extend_schema_field

from sources import search
from sources.api.refusals import (
    ParametersRefused,
    Refusal,
    misused_parameters,
    nearest,
)
from sources.as_of import PARAMETER
from sources.forms.dates import read_moment
from sources.models import Access, Article, Source, SourceKind, SpeakerKind
from sources.policy import visible_to

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.db.models import Model, QuerySet

_NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,3})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
#: Values among which the nearest is sought: comparing costs time.
MOST_COMPARED = 1000
#: Values that one parameter takes.
MOST_VALUES = 20


class NumberField(forms.Field):
    """A decimal number with at most 12 digits before the point and 3 after it."""

    def to_python(self, value: str | None) -> Decimal | None:
        """Return the number as written, never rounded."""
        if not value:
            return None
        if not _NUMBER.fullmatch(value):
            message = _("Give a number such as 3500 or 0.125, up to 12 and 3 digits.")
            raise ValidationError(message, code="not-a-number")
        return Decimal(value)


class DayField(forms.Field):
    """A calendar day as ISO 8601 writes it."""

    def to_python(self, value: str | None) -> dt.date | None:
        """Return the day."""
        return day(value) if value else None


class MomentField(forms.Field):
    """A moment as ISO 8601 writes it, or a day, which means all of it in UTC."""

    def __init__(self, *, ends_the_day: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.time_of_day = dt.time.max if ends_the_day else dt.time.min

    def to_python(self, value: str | None) -> dt.datetime | None:
        """Return the moment in UTC."""
        if not value:
            return None
        if _DAY.fullmatch(value):
            return dt.datetime.combine(day(value), self.time_of_day, dt.UTC)
        return read_moment(value)


def day(text: str) -> dt.date:
    """Read a day such as 2022-01-27.

    Raises:
        ValidationError: when it is none.
    """
    message = _("Give a day such as 2022-01-27.")
    if not _DAY.fullmatch(text):
        raise ValidationError(message, code="not-a-day")
    try:
        return dt.date.fromisoformat(text)
    except ValueError as reason:
        raise ValidationError(message, code="not-a-day") from reason


class KnownField(forms.CharField):
    """A value that occurs in a column of some rows; their nearest one otherwise."""

    def __init__(
        self, *, rows: Callable[[], QuerySet[Any]], column: str, **options: Any
    ) -> None:
        super().__init__(strip=False, **options)
        self.rows, self.column = rows, column

    def validate(self, value: str) -> None:
        """Refuse a value that no row has."""
        if not value or self.rows().filter(**{self.column: value}).exists():
            return
        known = self.rows().order_by(self.column).values_list(self.column, flat=True)
        raise ValidationError(
            _("Nothing here has this value."),
            code="not-known",
            params={"nearest": nearest(value, known.distinct()[:MOST_COMPARED])},
        )


def described(each: Any, description: str, **schema: Any) -> None:
    """Say in the schema what a filter keeps, and of which type its value is."""
    extend_schema_field({**schema, "description": description})(each)


#: A day, or a moment of it.
DAY_OR_MOMENT = [
    {"type": "string", "format": "date"},
    {"type": "string", "format": "date-time"},
]
#: The numbers that can be asked for, as far as a schema can say it.
NUMBER = {
    "type": "number",
    "minimum": -(10**12) + 1,
    "maximum": 10**12 - 1,
    "multipleOf": 0.001,
}
#: What comparing with a bound keeps.
NOT_BEYOND = {"gte": "Not below this.", "lte": "Not above this."}


class NumberFilter(django_filters.Filter):
    """Compares a column with a number."""

    field_class = NumberField

    def __init__(self, field_name: str, lookup_expr: str) -> None:
        super().__init__(field_name, lookup_expr)
        described(self, NOT_BEYOND[lookup_expr], **NUMBER, examples=[3500])


class DayFilter(django_filters.Filter):
    """Compares a column with a day."""

    field_class = DayField

    def __init__(self, field_name: str, lookup_expr: str) -> None:
        super().__init__(field_name, lookup_expr)
        described(self, NOT_BEYOND[lookup_expr], type="string", format="date")


class MomentFilter(django_filters.Filter):
    """Compares a column with a moment; a whole day is within its own bounds."""

    field_class = MomentField

    def __init__(self, field_name: str, lookup_expr: str) -> None:
        super().__init__(field_name, lookup_expr, ends_the_day=lookup_expr == "lte")
        kept = f"{NOT_BEYOND[lookup_expr]} A day means all of it, in UTC."
        described(self, kept, anyOf=DAY_OR_MOMENT)


class FlagFilter(django_filters.TypedChoiceFilter):
    """Compares a column with true or false, written just so."""

    def __init__(
        self, field_name: str, lookup_expr: str = "exact", **options: Any
    ) -> None:
        choices = [("true", "true"), ("false", "false")]
        options |= {"choices": choices, "coerce": "true".__eq__}
        super().__init__(field_name, lookup_expr, **options)
        described(self, "`true`: only such rows; `false`: only others.", type="boolean")


class OneKnownFilter(django_filters.Filter):
    """Compares a column with a value that readers know from rows of `model`.

    Cost: one query more; of rows that the reader may not see nothing is told.
    """

    field_class = KnownField

    def __init__(
        self,
        field_name: str,
        model: type[Model],
        column: str = "slug",
        **options: Any,
    ) -> None:
        super().__init__(field_name, column=column, **options)
        self.known = model
        kept = f"A `{column}` among the {model._meta.model_name}s that you may know of."
        described(self, kept, type="string", minLength=1)

    @property
    def field(self) -> Any:
        """The form field, for this reader."""
        reader = self.parent.request.user  # type: ignore[attr-defined]  # set by the set
        rows = self.known._default_manager.all()
        self.extra["rows"] = lambda: visible_to(reader, rows)
        return super().field


class AnyOfField(forms.Field):
    """Values separated by commas, each read as its other parent reads one."""

    def clean(self, value: str | None) -> list[Any]:
        """Return the values.

        Raises:
            ValidationError: with each value that is none.
        """
        values = list(dict.fromkeys(value.split(","))) if value else []
        if len(values) > MOST_VALUES:
            message = _("Give at most %d values.") % MOST_VALUES
            raise ValidationError(message, code="too-many-values")
        cleaned, refused = [], []
        for each in values:
            try:
                cleaned.append(self._clean_one(each))
            except ValidationError as reason:
                reason.params = {**(reason.params or {}), "value": each}
                refused.append(reason)
        if refused:
            raise ValidationError(refused)
        return cleaned

    def _clean_one(self, value: str) -> Any:
        if not value:
            message = _("A value is missing beside a comma.")
            raise ValidationError(message, code="empty-value")
        return super().clean(value)


class AnyOf(django_filters.BaseCSVFilter):
    """Keeps the rows that have any of several values, separated by commas."""

    base_field_class = AnyOfField  # type: ignore[assignment]  # any mixin of fields will do

    def filter(self, qs: Any, value: list[Any]) -> Any:
        """Return the rows that have one of them; all where none is given."""
        return qs.filter(**{f"{self.field_name}__in": value}) if value else qs


class KnownFilter(AnyOf, OneKnownFilter):
    """Compares a column with values that readers know: one query more for each."""


class ChoicesFilter(AnyOf, django_filters.ChoiceFilter):
    """Compares a column with some of its choices."""


class WordsField(forms.CharField):
    """Words to search for."""

    def to_python(self, value: str | None) -> str:
        """Return the words as they were written."""
        if value:
            search.require_words(value)
        return value or ""


@extend_schema_field({"type": "string", "minLength": 1, "maxLength": search.LONGEST})
class WordsFilter(django_filters.Filter):
    """Keeps the rows that hold words, as `search/` finds them."""

    field_class = WordsField

    def filter(self, qs: Any, value: str) -> Any:
        """Return the rows that hold all the words."""
        reader = self.parent.request.user  # type: ignore[attr-defined]  # set by the set
        return search.matching(qs, value, reader) if value else qs


class StrictFilterSet(FilterSet):
    """Filters of one resource; knows what is wrong with the values it was given."""

    search = WordsFilter(help_text="Words, found as `search/` finds them.")

    def refusals(self) -> Iterator[Refusal]:
        """Yield each parameter whose value is refused."""
        for name, refused in self.form.errors.as_data().items():
            for error in refused:
                yield self._refusal(name, error)

    def _refusal(self, name: str, error: ValidationError) -> Refusal:
        params = error.params or {}
        value = str(params.get("value", self.data.get(name)))  # type: ignore[union-attr]  # it is bound
        if error.code == "invalid_choice":
            choices = [
                str(choice) for choice, _label in self.filters[name].extra["choices"]
            ]
            detail = str(_("Give one of these: %s.")) % ", ".join(choices)
            return Refusal(name, "not-one-of", detail, value, nearest(value, choices))
        message = str(error.message)
        return Refusal(
            name, error.code or "malformed", message, value, params.get("nearest")
        )


class StrictFilterBackend(DjangoFilterBackend):
    """Filters lists and refuses, by name, every parameter that cannot be meant."""

    def filter_queryset(self, request: Any, queryset: Any, view: Any) -> Any:
        """Return the rows that match.

        Raises:
            ParametersRefused: with each wrong parameter and the nearest right one.
        """
        filters, asked = view.filterset_class.base_filters, request.query_params
        paging, shaping = view.paginator.PARAMETERS, view.shaping_parameters()
        known = [*filters, *paging, *shaping, PARAMETER]
        misused = list(misused_parameters(asked, known))
        if not misused and filters.keys().isdisjoint(asked):
            return queryset  # a set of filters takes longer to make than a page
        filterset: Any = self.get_filterset(request, queryset, view)
        named = {refusal.parameter for refusal in misused}
        malformed = [r for r in filterset.refusals() if r.parameter not in named]
        if misused or malformed:
            raise ParametersRefused(*misused, *malformed)
        return filterset.qs


class SourceFilter(StrictFilterSet):
    """What sources are filtered by."""

    kind = ChoicesFilter(choices=SourceKind.choices)
    country = KnownFilter("country", Source, "country")
    training = FlagFilter("is_training")


class SpeakerFilter(StrictFilterSet):
    """What speakers are filtered by."""

    kind = ChoicesFilter(choices=SpeakerKind.choices)
    source = KnownFilter("source__slug", Source)
    training = FlagFilter("is_training")


class ArticleFilter(StrictFilterSet):
    """What articles are filtered by."""

    source = KnownFilter("source__slug", Source)
    language = KnownFilter("language", Article, "language")
    access = ChoicesFilter(choices=Access.choices)
    published__gte = DayFilter("published_earliest", "gte")
    published__lte = DayFilter("published_latest", "lte")
    retracted = FlagFilter("retracted_on", "isnull", exclude=True)
    training = FlagFilter("is_training")
