"""Filters by column for quotes, claims and what stands around them."""

from __future__ import annotations

from typing import Any

from django_filters import ChoiceFilter

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
    DayFilter,
    FlagFilter,
    KnownFilter,
    MomentFilter,
    NumberFilter,
    StrictFilterSet,
)
from sources.models import Article, Source, Speaker
from sources.policy import as_of

#: What can be withdrawn, by the name of its model.
KINDS = ("claim", "quote", "assessment")


class StatusFilter(ChoiceFilter):
    """Compares the status; of a past moment all that is listed was published."""

    def filter(self, qs: Any, value: str) -> Any:
        """Return the rows that have it, or had it then."""
        if as_of(self.parent.request.user) is None or not value:  # type: ignore[attr-defined]  # set by the set
            return super().filter(qs, value)
        return qs if value == Status.PUBLISHED else qs.none()


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

    kind = ChoiceFilter(choices=QuoteKind.choices)
    language = KnownFilter("language", Quote, "language")
    said_on__gte = DayFilter("said_on_earliest", "gte")
    said_on__lte = DayFilter("said_on_latest", "lte")


class ClaimFilter(StatementFilter):
    """What claims are filtered by."""

    measure = KnownFilter("measure__slug", Measure)
    event = KnownFilter("measure__event__slug", Event)
    quote = KnownFilter("quote__code", Quote, "code")
    language = KnownFilter("article_version__article__language", Article, "language")
    qualifier = ChoiceFilter(choices=Qualifier.choices)
    unit = KnownFilter("unit", Claim, "unit")
    low__gte = NumberFilter("low", "gte")
    low__lte = NumberFilter("low", "lte")
    high__gte = NumberFilter("high", "gte")
    high__lte = NumberFilter("high", "lte")
    holds__gte = DayFilter("holds_earliest", "gte")
    holds__lte = DayFilter("holds_latest", "lte")
    denied = FlagFilter("denied")
    basis = ChoiceFilter(choices=Basis.choices)


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
    nature = ChoiceFilter(choices=Nature.choices)
    training = FlagFilter("event__is_training")


class AssessmentFilter(StrictFilterSet):
    """What assessments are filtered by."""

    claim = KnownFilter("claim__code", Claim, "code")
    rating = ChoiceFilter(choices=Rating.choices)
    status = StatusFilter(choices=Status.choices)
    training = FlagFilter("claim__article_version__article__is_training")
    published_at__gte = MomentFilter("published_at", "gte")
    published_at__lte = MomentFilter("published_at", "lte")


class CorrectionFilter(StrictFilterSet):
    """What corrections are filtered by, of whichever kind."""

    of = ChoiceFilter(choices=[(kind, kind) for kind in KINDS], method="only_of")
    training = FlagFilter("is_training", method="only_training")
    kind = ChoiceFilter("withdrawal_kind", choices=WithdrawalKind.choices)
    withdrawn_at__gte = MomentFilter("withdrawn_at", "gte")
    withdrawn_at__lte = MomentFilter("withdrawn_at", "lte")

    def only_of(self, rows: Any, name: str, value: str) -> Any:
        """Return the rows, if they are of this kind."""
        del name
        return rows if rows.model._meta.model_name == value else rows.none()

    def only_training(self, rows: Any, name: str, value: bool) -> Any:  # noqa: FBT001  # so a filter is called
        """Return the rows that are, or are not, invented for practice."""
        path = (
            "claim__article_version" if rows.model is Assessment else "article_version"
        )
        return rows.filter(**{f"{path}__article__{name}": value})
