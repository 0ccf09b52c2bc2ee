"""Which named rows public entries lead to: what `claims.policy` says, asked row by row.

The policy tells it of all rows together, by reading every statement; the index asks it
of those that a change bears on, of which other indexes tell at once. Nobody follows here
what leads through a speaker whose name is withheld.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from claims.models import Claim, Event, Measure, SearchEntry, SearchKind
from sources.models import Derivation, Merge, OwnVoice, Role, Source, Speaker
from sources.models.versioned import standing
from sources.policy import without_withheld

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from django.db.models import Model

_STATEMENTS = [SearchKind.CLAIM, SearchKind.QUOTE]


def _entry(**columns: Any) -> Exists:
    return Exists(SearchEntry.objects.filter(for_public=True, **columns))


def _derived(**columns: Any) -> Exists:
    """What public articles take from somebody."""
    rows = Derivation.objects.filter(standing(None), **columns)
    is_public = _entry(kind=SearchKind.ARTICLE, object_id=OuterRef("article"))
    return Exists(rows.filter(is_public))


def _published(source: str) -> Q:
    """Sources of public articles, and those that they take from."""
    published = _entry(kind=SearchKind.ARTICLE, source=OuterRef(source))
    return Q(published | _derived(origin_source=OuterRef(source)))


def _spoken(speaker: str) -> Q:
    """Speakers of public statements, origins of public articles, voices of sources."""
    said = _entry(kind__in=_STATEMENTS, speaker=OuterRef(speaker))
    voices = OwnVoice.objects.filter(standing(None), speaker=OuterRef(speaker))
    voiced = Exists(without_withheld(voices).filter(_published("source")))
    return Q(said | _derived(origin_speaker=OuterRef(speaker)) | voiced)


def _speakers() -> Q:
    """Those who spoke, what they held a role in, and what they were merged into."""
    roles = Role.objects.filter(_spoken("speaker"), organisation=OuterRef("pk"))
    merges = Merge.objects.filter(
        standing(None), _spoken("speaker"), into=OuterRef("pk")
    )
    return _spoken("pk") | Q(Exists(without_withheld(roles))) | Q(Exists(merges))


def _sources() -> Q:
    unnamed = Speaker.objects.filter(_speakers(), source=OuterRef("pk"))
    return _published("pk") | Q(Exists(unnamed))


def _measures() -> Q:
    """Those of public claims, and what they are part of."""
    claims = Claim.objects.public()
    used = Exists(claims.filter(measure=OuterRef("pk")))
    part = Exists(claims.filter(measure__part_of=OuterRef("pk")))
    return Q(used | part)


def _events() -> Q:
    measures = Measure.objects.filter(_measures(), event=OuterRef("pk"))
    return Q(Exists(measures))


#: The condition on public rows, by model.
_REACHED: dict[type[Model], Q] = {
    Source: _sources(),
    Speaker: _speakers(),
    Event: _events(),
    Measure: _measures(),
}


def reached(model: type[Model], keys: Collection[int]) -> set[int]:
    """Return those of some named rows that public entries lead to: one query."""
    if not keys:
        return set()
    question, given = _question(model, connection.vendor)
    some = ", ".join(["%s"] * len(keys))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM ({question}) AS public WHERE id IN ({some})",  # noqa: S608  # ours
            (*given, *keys),
        )
        return {key for (key,) in cursor.fetchall()}


@cache
def _question(model: type[Model], _vendor: str) -> tuple[str, Sequence[Any]]:
    """Return what asks for all public rows, as SQL with its parameters.

    Made once a process: Django takes longer to make it than a database to answer it.
    """
    rows = model._default_manager.filter(_REACHED[model]).order_by().values_list("id")
    return rows.query.sql_with_params()
