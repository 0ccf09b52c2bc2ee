"""Figures of one measure and how they stand to each other; needs no framework."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import combinations
from typing import TYPE_CHECKING

from claims.quantity import (
    TOLERANCE,
    Incomparable,
    Qualifier,
    Quantity,
    Relation,
    RelationKind,
)
from claims.quantity.interval import INFINITE, Interval

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sources.text.dates import PartialDate


class Agreement(StrEnum):
    """How the voices on a measure stand to each other."""

    NONE = "NONE"
    SINGLE_VOICE = "SINGLE_VOICE"
    AGREE = "AGREE"
    COMPATIBLE = "COMPATIBLE"
    CONTESTED = "CONTESTED"


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity and the days it is for; `None` where no day is stated."""

    quantity: Quantity
    holds: PartialDate | None = None

    def relation_to(
        self, other: Figure, *, days: int, tolerance: Decimal = TOLERANCE
    ) -> Relation:
        """Return how the two stand to each other.

        They are not comparable when both say which days they are for and these lie
        further apart than `days`. A figure without a day is compared with all.
        """
        if self.holds and other.holds and self.holds.days_apart(other.holds) > days:
            return Relation.not_comparable(
                self.quantity, other.quantity, Incomparable.DAY
            )
        return self.quantity.relation_to(other.quantity, tolerance=tolerance)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two figures of different voices, the lower one first, and their relation."""

    first: Figure
    second: Figure
    relation: Relation


#: What decides first when figures of several kinds of relation meet.
_WORST_FIRST = (
    RelationKind.CONFLICTS,
    RelationKind.OVERLAPS,
    RelationKind.AGREES,
    RelationKind.SAME,
    RelationKind.NOT_COMPARABLE,
)
_AGREEMENT = {
    RelationKind.CONFLICTS: Agreement.CONTESTED,
    RelationKind.OVERLAPS: Agreement.COMPATIBLE,
    RelationKind.AGREES: Agreement.AGREE,
    RelationKind.SAME: Agreement.AGREE,
}


def pairs(
    voices: Iterable[Collection[Figure]], *, days: int, tolerance: Decimal = TOLERANCE
) -> list[Pair]:
    """Return the pairs of figures that different voices state, the worst first.

    Voices that state the very same figure make one pair of it. Cost: quadratic in the
    number of different figures, whatever the number of voices.
    """
    stated_by: dict[Figure, set[int]] = {}
    for number, figures in enumerate(voices):
        for figure in figures:
            stated_by.setdefault(figure, set()).add(number)
    several = [(each, each) for each, by in stated_by.items() if len(by) > 1]
    different = [
        (first, second)
        for first, second in combinations(sorted(stated_by, key=_from_low), 2)
        if len(stated_by[first] | stated_by[second]) > 1
    ]
    found = [
        Pair(one, other, one.relation_to(other, days=days, tolerance=tolerance))
        for one, other in (*several, *different)
    ]
    return sorted(found, key=_how_bad)


def _from_low(figure: Figure) -> tuple[Decimal, Decimal]:
    stated = figure.quantity.stated()
    return stated.low, stated.high


def _how_bad(pair: Pair) -> tuple[int, Decimal]:
    gap = pair.relation.gap or Decimal(0)
    return _WORST_FIRST.index(pair.relation.kind), -gap


def agreement(n_voices: int, found: Collection[Pair]) -> Agreement:
    """Return how voices stand to each other, given the pairs of their figures.

    Several voices of whose figures no two are comparable neither agree nor differ.
    """
    if n_voices <= 1:
        return Agreement.SINGLE_VOICE if n_voices else Agreement.NONE
    kinds = Counter(pair.relation.kind for pair in found)
    worst = next((kind for kind in _WORST_FIRST if kinds[kind]), None)
    return _AGREEMENT.get(worst, Agreement.NONE) if worst else Agreement.NONE


def envelope(figures: Iterable[Figure]) -> Interval | None:
    """Return from the lowest low to the highest high; open sides stay open."""
    found = [figure.quantity.stated() for figure in figures]
    if not found:
        return None
    low, excludes_low = min((each.low, each.excludes_low) for each in found)
    high, includes_high = max((each.high, not each.excludes_high) for each in found)
    return Interval(low, high, excludes_low, not includes_high)


def as_quantity(stated: Interval, unit: str) -> Quantity | None:
    """Return an envelope as a quantity that can be put into words.

    `None` where both sides are open, or where one bound alone is excluded.
    """
    low = None if stated.low == -INFINITE else stated.low
    high = None if stated.high == INFINITE else stated.high
    if low is None and high is None:
        return None
    return Quantity(low, high, _qualifier(low, high, stated), unit)


def _qualifier(
    low: Decimal | None, high: Decimal | None, stated: Interval
) -> Qualifier:
    if high is None:
        return Qualifier.MORE_THAN if stated.excludes_low else Qualifier.AT_LEAST
    if low is None:
        return Qualifier.LESS_THAN if stated.excludes_high else Qualifier.AT_MOST
    return Qualifier.EXACT if low == high else Qualifier.RANGE
