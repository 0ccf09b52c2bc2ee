"""Filters by column for quotes, claims and what stands around them."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django_filters import Filter
from django_filters.fields import ChoiceField

from claims import linting
from claims.comparison import Agreement
from claims.models import (
    Assessment,
    Basis,
    Claim,
    Event,
    Measure,
    Nature,
    Qualifier,
    Quote,
    QuoteKind,
    Rating,
    Status,
    WithdrawalKind,
)
from sources.api.filters import (
    NUMBER,
    ChoicesFilter,
    DayFilter,
    FlagFilter,
    KnownFilter,
    MomentFilter,
    NumberField,
    NumberFilter,
    StrictFilterSet,
    described,
)
from sources.models import Article, Source, Speaker
from sources.policy import as_of

#: What can be withdrawn, by the name of its model.
KINDS = ("claim", "quote", "assessment")


class StatusFilter(ChoicesFilter):
    """Compares the status; of a past moment all that is listed was published."""

    def filter(self, qs: Any, value: list[str]) -> Any:
        """Return the rows that have one of them, or had it then."""
        if as_of(self.parent.request.user) is None or not value:  # type: ignore[attr-defined]  # set by the set
            return super().filter(qs, value)
        return qs if Status.PUBLISHED in value else qs.none()


class StatementFilter(StrictFilterSet):
    """What quotes and claims are filtered by alike."""

    speaker = KnownFilter("speaker__slug", Speaker)
    source = KnownFilter("article_version__article__source__slug", Source)
    article = KnownFilter("article_version__article__code", Article, "code")
    status = StatusFilter(choices=Status.choices)
    training = FlagFilter("article_version__article__is_training")
    published_at__gte = MomentFilter("published_at", "gte")
    published_at__lte = MomentFilter("published_at", "lte")


class QuoteFilter(StatementFilter):
    """What quotes are filtered by."""

    kind = ChoicesFilter(choices=QuoteKind.choices)
    language = KnownFilter("language", Quote, "language")
    said_on__gte = DayFilter("said_on_earliest", "gte")
    said_on__lte = DayFilter("said_on_latest", "lte")


class AgreementField(ChoiceField):
    """How voices stand, in letters of either case."""

    def to_python(self, value: Any) -> str:
        """Return the value as it is stored."""
        return str(super().to_python(value)).upper()


class AgreementFilter(ChoicesFilter):
    """Keeps what is of measures whose voices stand so, today or at the moment asked for."""

    field_class = AgreementField

    def __init__(self, field_name: str) -> None:
        values = [each.value for each in Agreement]
        super().__init__(field_name, choices=[(each, each) for each in values])
        kept = "How the voices on the measure stand to each other."
        described(self, kept, type="string", enum=values)

    def filter(self, qs: Any, value: list[str]) -> Any:
        """Return the rows of measures that do."""
        if not value:
            return qs
        reader = self.parent.request.user  # type: ignore[attr-defined]  # set by the set
        so = (linting.standing_so(Agreement(each), reader) for each in value)
        measures = Measure.objects.filter(reduce(or_, so))
        return qs.filter(**{f"{self.field_name}__in": measures})


class IntervalField(NumberField):
    """From one number to another, either left out where there is no end."""

    def to_python(self, value: str | None) -> Any:  # of two, not of one
        """Return both ends; None for one that is left out."""
        if not value:
            return None
        low, comma, high = value.partition(",")
        if not comma or value == comma:
            message = _("Give two numbers such as 50,100, or one of them: 50, or ,100.")
            raise ValidationError(message, code="not-an-interval")
        first, last = super().to_python(low), super().to_python(high)
        if first is not None and last is not None and first > last:
            message = _("The first number is above the second.")
            raise ValidationError(message, code="reversed")
        return first, last


class CoversFilter(Filter):
    """Keeps the claims whose figure may be a number, as they were hedged."""

    field_class = NumberField

    def __init__(self) -> None:
        super().__init__()
        kept = (
            "Claims whose figure may be this number: “more than 75” may not be 75, "
            "“about 80” may be 72 to 88."
        )
        described(self, kept, **NUMBER, examples=[75])

    def filter(self, qs: Any, value: Any) -> Any:
        """Return the claims that allow it."""
        return qs if value is None else qs.allowing(value, value)


class OverlapsFilter(Filter):
    """Keeps the claims whose figure may be a number of an interval."""

    field_class = IntervalField

    def __init__(self) -> None:
        super().__init__()
        kept = (
            "Claims whose figure may be a number from the first to the second; either "
            "is left out where there is no end."
        )
        examples = ["50,100", "50,", ",100"]
        number = r"(-?[0-9]{1,12}(\.[0-9]{1,3})?)"
        pattern = f"^({number},{number}?|,{number})$"
        described(self, kept, type="string", pattern=pattern, examples=examples)

    def filter(self, qs: Any, value: Any) -> Any:
        """Return the claims that allow one."""
        return qs if value is None else qs.allowing(*value)


class ClaimFilter(StatementFilter):
    """What claims are filtered by."""

    measure = KnownFilter("measure__slug", Measure)
    event = KnownFilter("measure__event__slug", Event)
    quote = KnownFilter("quote__code", Quote, "code")
    language = KnownFilter("article_version__article__language", Article, "language")
    qualifier = ChoicesFilter(choices=Qualifier.choices)
    unit = KnownFilter("unit", Claim, "unit")
    low__gte = NumberFilter("low", "gte")
    low__lte = NumberFilter("low", "lte")
    high__gte = NumberFilter("high", "gte")
    high__lte = NumberFilter("high", "lte")
    covers = CoversFilter()
    overlaps = OverlapsFilter()
    agreement = AgreementFilter("measure")
    holds__gte = DayFilter("holds_earliest", "gte")
    holds__lte = DayFilter("holds_latest", "lte")
    denied = FlagFilter("denied")
    basis = ChoicesFilter(choices=Basis.choices)


class EventFilter(StrictFilterSet):
    """What events are filtered by."""

    country = KnownFilter("country", Event, "country")
    starts__gte = DayFilter("starts_earliest", "gte")
    starts__lte = DayFilter("starts_latest", "lte")
    training = FlagFilter("is_training")


class MeasureFilter(StrictFilterSet):
    """What measures are filtered by."""

    event = KnownFilter("event__slug", Event)
    part_of = KnownFilter("part_of__slug", Measure)
    unit = KnownFilter("unit", Measure, "unit")
    nature = ChoicesFilter(choices=Nature.choices)
    agreement = AgreementFilter("pk")
    training = FlagFilter("event__is_training")


class AssessmentFilter(StrictFilterSet):
    """What assessments are filtered by."""

    claim = KnownFilter("claim__code", Claim, "code")
    rating = ChoicesFilter(choices=Rating.choices)
    status = StatusFilter(choices=Status.choices)
    training = FlagFilter("claim__article_version__article__is_training")
    published_at__gte = MomentFilter("published_at", "gte")
    published_at__lte = MomentFilter("published_at", "lte")


class CorrectionFilter(StrictFilterSet):
    """What corrections are filtered by, of whichever kind."""

    of = ChoicesFilter(choices=[(kind, kind) for kind in KINDS], method="only_of")
    training = FlagFilter("is_training", method="only_training")
    kind = ChoicesFilter("withdrawal_kind", choices=WithdrawalKind.choices)
    withdrawn_at__gte = MomentFilter("withdrawn_at", "gte")
    withdrawn_at__lte = MomentFilter("withdrawn_at", "lte")

    def only_of(self, rows: Any, name: str, value: list[str]) -> Any:
        """Return the rows, if they are of one of these kinds."""
        del name
        return rows if rows.model._meta.model_name in value else rows.none()

    def only_training(self, rows: Any, name: str, value: bool) -> Any:  # noqa: FBT001  # so a filter is called
        """Return the rows that are, or are not, invented for practice."""
        path = (
            "claim__article_version" if rows.model is Assessment else "article_version"
        )
        return rows.filter(**{f"{path}__article__{name}": value})
