"""Figures that a source published again for the same day, and which of them changed.

A revision is a later publication of one voice that gives another figure for the same
measure and the same day or period than its publication before. Later is what has a later
date, or is a later version of the same text; two texts of one day are one publication.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from django.db.models import F

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims.models.claim import ClaimQuerySet

_SERIES = (
    "article_version__article__source",
    "speaker",
    "measure",
    "holds_earliest",
    "holds_latest",
)
_MOMENT = ("article_version__article__published_earliest", "article_version__number")
_FIGURE = ("low", "high", "best", "qualifier", "unit", "denied")

_series = itemgetter(slice(0, len(_SERIES)))
_moment = itemgetter(slice(len(_SERIES), len(_SERIES) + len(_MOMENT)))
_figure = itemgetter(slice(len(_SERIES) + len(_MOMENT), -1))


@dataclass(frozen=True, slots=True)
class Revision:
    """A figure that a source gave anew; rows by key, `source` and `speaker` may be null.

    `before` and `after` are the claims of the two publications.
    """

    source: int | None
    speaker: int | None
    measure: int
    before: tuple[int, ...]
    after: tuple[int, ...]


def revisions(claims: ClaimQuerySet) -> Iterator[Revision]:
    """Yield the revisions among some claims, series by series: one query.

    In the memory of the figures for one day. Claims without a figure, a measure or the
    day that it holds for are in no series.
    """
    in_series = claims.exclude(qualifier="").filter(
        measure__isnull=False, holds_earliest__isnull=False
    )
    orders = [F(column).asc(nulls_first=True) for column in (*_SERIES, *_MOMENT)]
    rows = in_series.order_by(*orders, "pk").values_list(
        *_SERIES, *_MOMENT, *_FIGURE, "pk"
    )
    for series, given in groupby(rows.iterator(), key=_series):
        source, speaker, measure, *_days = series
        publications = (list(same) for _when, same in groupby(given, key=_moment))
        for before, after in pairwise(publications):
            if _figures(before) != _figures(after):
                yield Revision(source, speaker, measure, _keys(before), _keys(after))


def n_revisions(claims: ClaimQuerySet) -> Counter[int | None]:
    """Count the revisions among some claims by the key of their source: one query."""
    return Counter(revision.source for revision in revisions(claims))


def _figures(rows: list[tuple[Any, ...]]) -> set[tuple[Any, ...]]:
    return set(map(_figure, rows))


def _keys(rows: list[tuple[Any, ...]]) -> tuple[int, ...]:
    return tuple(row[-1] for row in rows)
