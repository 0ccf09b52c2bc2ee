"""Rows as pages show them: those that a reader may see, loaded and in order.

Each function costs one query when read, and one more for each prefetch it names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language

from claims.models import (
    Assessment,
    Claim,
    Event,
    Evidence,
    Measure,
    Quote,
    Status,
    Translation,
)
from sources.masking import in_order, is_restricted
from sources.models import (
    Article,
    ArticleVersion,
    Derivation,
    DerivationKind,
    Merge,
    OwnVoice,
    Role,
    Speaker,
)
from sources.models.versioned import standing
from sources.policy import (
    Reader,
    as_of,
    sees_unpublished,
    visible_to,
    without_withheld,
)

if TYPE_CHECKING:
    import datetime as dt

    StatementModel: TypeAlias = type[Claim] | type[Quote]

#: How an article repeats the whole of another.
_WHOLE = (DerivationKind.REPUBLISHES, DerivationKind.TRANSLATES)


def statements(model: StatementModel, reader: Reader) -> Any:
    """Those that lists show, newest first; what was set aside is in none."""
    rows = visible_to(reader, model.objects.with_provenance().listed(as_of(reader)))
    return rows.exclude(status=Status.DISCARDED).order_by(
        F("published_at").desc(nulls_first=True), "-pk"
    )


def withdrawn(model: StatementModel, reader: Reader) -> Any:
    """Those that were taken back, by now or by then, the latest first."""
    rows = model.objects.with_provenance().withdrawn(as_of(reader))
    return visible_to(reader, rows).order_by("-withdrawn_at", "-pk")


def articles(reader: Reader) -> QuerySet[Any]:
    """Articles with their sources, the newest first."""
    rows = visible_to(reader, Article.objects.select_related("source"))
    return rows.order_by(F("published_earliest").desc(nulls_last=True), "-pk")


def versions(article: Article, reader: Reader) -> QuerySet[ArticleVersion]:
    """The versions of an article without their texts, the latest first."""
    return article.versions.known(as_of(reader)).defer("text").order_by("-number")


def measures(reader: Reader) -> QuerySet[Any]:
    """Measures with their events and how many public claims each has."""
    counted = Measure.objects.with_counts(as_of(reader))
    rows = visible_to(reader, counted.select_related("event"))
    return rows.order_by(F("event__starts_earliest").desc(nulls_last=True), "pk")


def events(reader: Reader) -> QuerySet[Any]:
    """Events with their measures, the newest first."""
    shown = Prefetch("measures", visible_to(reader, Measure.objects.order_by("pk")))
    rows = visible_to(reader, Event.objects.prefetch_related(shown))
    return rows.order_by(F("starts_earliest").desc(nulls_last=True), "-pk")


def speakers(reader: Reader) -> QuerySet[Any]:
    """Speakers by name, with what they were."""
    held = Prefetch("roles", roles(reader))
    rows = Speaker.objects.select_related("source").prefetch_related(held)
    return by_name(visible_to(reader, rows))


def same_speakers(speaker: Speaker, reader: Reader) -> QuerySet[Speaker]:
    """Speakers that were merged into this one, and the one it was merged into."""
    merges = Merge.objects.filter(standing(as_of(reader)))
    same = Q(pk__in=merges.filter(into=speaker).values("speaker"))
    same |= Q(pk__in=merges.filter(speaker=speaker).values("into"))
    return visible_to(reader, Speaker.objects.filter(same)).order_by("pk")


def holders(organisation: Speaker, reader: Reader) -> QuerySet[Role]:
    """Roles that speakers held in an organisation."""
    known = visible_to(reader, Speaker.objects.all())
    rows = Role.objects.filter(
        standing(as_of(reader)), organisation=organisation, speaker__in=known
    )
    return rows.select_related("speaker").order_by("pk")


def own_voices(reader: Reader) -> QuerySet[OwnVoice]:
    """As whom sources speak, in the organisations that the reader may know."""
    known = visible_to(reader, Speaker.objects.all()).values("pk")
    rows = OwnVoice.objects.filter(standing(as_of(reader)), speaker__in=known)
    return rows.select_related("speaker").order_by("pk")


def roles(reader: Reader) -> QuerySet[Role]:
    """Roles that stand, in order of time: two queries.

    An organisation that the reader may not know is not named, as if none were stated.
    """
    known = visible_to(reader, Speaker.objects.all())
    rows = roles_in_time(as_of(reader))
    return rows.prefetch_related(Prefetch("organisation", known))


def roles_in_time(moment: dt.datetime | None = None) -> QuerySet[Role]:
    """Roles that stand, or stood, in order of time; organisations are not loaded."""
    rows = Role.objects.filter(standing(moment))
    if is_restricted():
        rows = without_withheld(rows)
    return rows.order_by(F("held_from_earliest").asc(nulls_first=True), "pk")


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
        Derivation.objects.filter(standing(as_of(reader)))
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
        claims = visible_to(reader, Claim.objects.all())
        evidence = evidence.filter(Q(claim=None) | Q(claim__in=claims))
    kept = Assessment.objects.exclude(status=Status.DISCARDED).listed(as_of(reader))
    rows = visible_to(reader, kept)
    return rows.prefetch_related(Prefetch("evidence", evidence)).order_by("-pk")


def quote_of(claim: Claim, reader: Reader) -> Quote | None:
    """Return the quote that a claim was made in, if the reader may know of it."""
    quote = claim.quote
    if quote and (quote.was_public(as_of(reader)) or sees_unpublished(reader)):
        return quote
    return None


def first_article(article: Article, reader: Reader) -> Article | None:
    """Return the article whose whole text this one repeats, at the end of the chain.

    Null where it repeats none, or it cannot be told where the words stood first: the
    chain forks, or leads to what is not in the base. Cost: one query a step.
    """
    seen = [article]
    while True:
        steps = derivations(reader).filter(article=seen[-1], kind__in=_WHOLE)[:2]
        origins = [step.origin if step.shows_origin else None for step in steps]
        match origins:
            case []:
                return seen[-1] if len(seen) > 1 else None
            case [Article() as origin] if origin not in seen:
                seen.append(origin)
            case _:
                return None


def permalink(model: StatementModel, reader: Reader) -> Any:
    """Those that a permalink shows, with all that it shows of them."""
    moment, kept = as_of(reader), model.objects.exclude(status=Status.DISCARDED)
    return (
        visible_to(reader, model.objects.with_provenance().as_they_stood(moment))
        .defer(None)
        .select_related("replaces")
        .prefetch_related(
            Prefetch("speaker__roles", roles(reader)),
            Prefetch("translations", Translation.objects.order_by("language")),
            Prefetch("replacements", visible_to(reader, kept)),
        )
    )
