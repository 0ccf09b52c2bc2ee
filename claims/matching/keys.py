"""The numbers under which a statement or measure is kept, and looked for."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from claims.matching.scores import FEWEST, RUN, WINDOW
from sources.text import likeness

if TYPE_CHECKING:
    from claims.matching.scores import Days, End

_MONTHS = 12
#: An event that lasts longer is found by its first months.
_LONGEST = 6


def kept(end: End) -> set[int]:
    """Return the keys that are stored for a row."""
    return of_words(end) | _of_count(end, _months(end.days))


def of_words(end: End) -> set[int]:
    """Return the keys of what may say the same as a statement."""
    if len(likeness.bare_words(end.passage)) < FEWEST:
        return set()
    return likeness.fingerprints(end.passage, run=RUN, window=WINDOW)


def of_count(end: End) -> set[int]:
    """Return the keys of what may count the same, in its months and those beside."""
    return _of_count(
        end, {month + step for month in _months(end.days) for step in (-1, 0, 1)}
    )


def _of_count(end: End, months: set[int]) -> set[int]:
    pairs = product(end.count.nouns, months or {0})
    return {likeness.digest(f"{noun} {month}") for noun, month in pairs}


def _months(days: Days | None) -> set[int]:
    """Return the months of some days, counted from the year 0."""
    if days is None:
        return set()
    first, last = (day.year * _MONTHS + day.month for day in days)
    return set(range(first, min(last, first + _LONGEST) + 1))
