"""Which words make up one unit: compounds, and whole quotations."""

from collections.abc import Iterator
from typing import NamedTuple

from claims.extraction import marks
from sources.text.words import Words

QUOTATION = "“”"
"""The form of a unit that is a whole quotation."""

_JOINTS = frozenset("-‑'’.,:")
_BETWEEN_LETTERS = frozenset("-‑'’")


class Quotation(NamedTuple):
    """A quotation at depth 0: what is within its marks, as the words of `Words`."""

    inner: range
    n_words: int
    last: str
    """The last mark or word inside, which tells whether a sentence ends there."""


def merged(words: Words) -> Iterator[tuple[range, Quotation | None]]:
    """The words that make up one unit, in order; nested ones come after their whole."""
    joined = [(units, None) for units in _compounds(words)]
    found: list[tuple[range, Quotation | None]] = [*joined]
    for region in marks.quoted(words):
        inner = marks.trimmed(words, region.inner)
        if region.depth or not inner:
            continue
        stop = region.inner.stop if region.closer is None else region.closer + 1
        n_words = sum(map(str.isalnum, words.forms[inner.start : inner.stop]))
        last = words.forms[region.inner.stop - 1]
        found.append((range(region.opener, stop), Quotation(inner, n_words, last)))
    yield from sorted(found, key=lambda pair: (pair[0].start, -pair[0].stop))


def _compounds(words: Words) -> Iterator[range]:
    """The runs of words that a hyphen, an apostrophe or an inner dot makes one."""
    forms, end = words.forms, 0
    joints = [i for i, form in enumerate(forms) if form in _JOINTS]
    first = 0
    for index in joints:
        if not _joins(words, index):
            continue
        if index - 1 >= end:
            if end:
                yield _with_last_dot(words, range(first, end))
            first = index - 1
        end = index + 2
    if end:
        yield _with_last_dot(words, range(first, end))


def _joins(words: Words, index: int) -> bool:
    """Whether a mark stands inside of a word or number: `US-led`, `3,500`, `U.S.`."""
    if not 0 < index < len(words) - 1:
        return False
    before, mark, after = words.forms[index - 1 : index + 2]
    if not (words.touches_next(index - 1) and words.touches_next(index)):
        return False
    if mark in _BETWEEN_LETTERS:
        return before.isalnum() and after.isalnum()
    if before.isdigit() and after.isdigit():
        return True
    return mark == "." and len(before) == len(after) == 1 and (before + after).isalpha()


def _with_last_dot(words: Words, units: range) -> range:
    """`U.S` with the full stop that belongs to it."""
    if units.stop >= len(words) or words.forms[units.stop] != ".":
        return units
    is_dotted = (
        words.forms[units.stop - 2] == "." and words.forms[units.stop - 1].isalpha()
    )
    if is_dotted and words.touches_next(units.stop - 1):
        return range(units.start, units.stop + 1)
    return units
