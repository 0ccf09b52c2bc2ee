"""Rows as pages show them: those that a reader may see, loaded and in order.

Each function costs one query when read, and one more for each prefetch it names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language

from claims.models import (
    PUBLIC,
    Assessment,
    Claim,
    Event,
    Evidence,
    Measure,
    Quote,
    Status,
)
from sources.masking import in_order, is_restricted
from sources.models import Article, Derivation, Role, Speaker
from sources.policy import (
    Reader,
    sees_unpublished,
    visible_to,
    without_withheld,
)

if TYPE_CHECKING:
    StatementModel: TypeAlias = type[Claim] | type[Quote]


def statements(model: StatementModel, reader: Reader) -> Any:
    """Those that lists show, newest first; what was set aside is in none."""
    rows = visible_to(reader, model.objects.with_provenance())
    return rows.exclude(status=Status.DISCARDED).order_by(
        F("published_at").desc(nulls_first=True), "-pk"
    )


def articles(reader: Reader) -> QuerySet[Any]:
    """Articles with their sources, the newest first."""
    rows = visible_to(reader, Article.objects.select_related("source"))
    return rows.order_by(F("published_earliest").desc(nulls_last=True), "-pk")


def measures(reader: Reader) -> QuerySet[Any]:
    """Measures with their events and how many public claims each has."""
    rows = visible_to(reader, Measure.objects.with_counts().select_related("event"))
    return rows.order_by(F("event__starts_earliest").desc(nulls_last=True), "pk")


def events(reader: Reader) -> QuerySet[Any]:
    """Events with their measures, the newest first."""
    shown = Prefetch("measures", visible_to(reader, Measure.objects.order_by("pk")))
    rows = visible_to(reader, Event.objects.prefetch_related(shown))
    return rows.order_by(F("starts_earliest").desc(nulls_last=True), "-pk")


def speakers(reader: Reader) -> QuerySet[Any]:
    """Speakers by name, with what they were."""
    rows = Speaker.objects.select_related("source").prefetch_related(roles())
    return by_name(visible_to(reader, rows))


def roles() -> Prefetch[Any, Any, Any]:
    """What is to be loaded of a speaker's roles: those that stand, in order of time."""
    rows = Role.objects.filter(ended_at=None).select_related("organisation")
    if is_restricted():
        rows = without_withheld(rows)
    in_time = F("held_from_earliest").asc(nulls_first=True)
    return Prefetch("roles", rows.order_by(in_time, "pk"))


def by_name(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Rows in the order of the names that the reader sees."""
    first, second = "name_en", "name_ar"
    if (get_language() or "").startswith("ar"):
        first, second = second, first
    shown = (in_order(rows.model, name) for name in (first, second))
    return rows.order_by(Coalesce(NullIf(next(shown), Value("")), next(shown)), "pk")


def derivations(reader: Reader) -> QuerySet[Any]:
    """What stands of them; an article that the reader may not know is not named."""
    known = visible_to(reader, Article.objects.all())
    return (
        Derivation.objects.filter(ended_at=None)
        .select_related("article__source", "origin_source", "origin_speaker")
        .select_related("origin__source")
        .annotate(
            shows_article=Exists(known.filter(pk=OuterRef("article"))),
            shows_origin=Exists(known.filter(pk=OuterRef("origin"))),
        )
        .exclude(shows_origin=False, origin_source=None, origin_speaker=None)
        .order_by("pk")
    )


def assessments(reader: Reader) -> QuerySet[Any]:
    """Verdicts, the latest first, with their evidence; a hidden claim is no evidence."""
    evidence = Evidence.objects.select_related("claim").order_by("pk")
    if not sees_unpublished(reader):
        evidence = evidence.filter(Q(claim=None) | Q(claim__status__in=PUBLIC))
    rows = visible_to(reader, Assessment.objects.exclude(status=Status.DISCARDED))
    return rows.prefetch_related(Prefetch("evidence", evidence)).order_by("-pk")
