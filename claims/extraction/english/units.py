"""Which words make up one unit: compounds, and whole quotations."""

from collections.abc import Iterator
from itertools import compress, count
from typing import NamedTuple

from claims.extraction import marks
from claims.extraction.english.vocabulary import CLASSES
from sources.text.words import Words, places

QUOTATION = "“”"
"""The form of a unit that is a whole quotation."""

_ACRONYMS = CLASSES["acronym"]
_JOINTS = frozenset("-‑'’.,:")
_BETWEEN_LETTERS = frozenset("-‑'’")


class Quotation(NamedTuple):
    """A quotation at depth 0: what is within its marks, as the words of `Words`."""

    inner: range
    n_words: int
    last: str
    """The last mark or word inside, which tells whether a sentence ends there."""


def quotations(words: Words) -> Iterator[tuple[range, Quotation]]:
    """The words of each quotation with its marks, in order, and what is within."""
    for region in marks.quoted(words):
        inner = region.inner
        if region.depth or not (said := marks.trimmed(words, inner)):
            continue
        stop = inner.stop if region.closer is None else region.closer + 1
        n_words = sum(map(str.isalnum, words.forms[said.start : said.stop]))
        last = words.forms[inner.stop - 1]
        yield range(region.opener, stop), Quotation(said, n_words, last)


def acronyms(words: Words) -> Iterator[int]:
    """The names in capitals that read like small words: `the WHO`, `the US`.

    A word in a line of capitals is none.
    """
    for index in compress(count(), words.capitals):
        if (
            words.forms[index] in _ACRONYMS
            and _is_spelled(words, index)
            and not _is_spelled(words, index - 1)
            and not _is_spelled(words, index + 1)
        ):
            yield index


def _is_spelled(words: Words, index: int) -> bool:
    """Whether a word has several letters, all of them capitals."""
    return (
        0 <= index < len(words)
        and len(words.forms[index]) > 1
        and words.capitals[index]
        and words.written(index).isupper()
    )


def compounds(words: Words) -> Iterator[range]:
    """The runs of words that a hyphen, an apostrophe or an inner dot makes one."""
    first = end = 0
    for index in _joints(words):
        goes_on = index - 1 == end and words.forms[end] == "."  # "U.S" and "-led"
        if index - 1 >= end and not goes_on:
            if end:
                yield _with_last_dot(words, range(first, end))
            first = index - 1
        end = index + 2
    if end:
        yield _with_last_dot(words, range(first, end))


def _joints(words: Words) -> Iterator[int]:
    """The marks inside of a word or number: `US-led`, `3,500`, `U.S.`."""
    forms, starts, ends = words.forms, words.starts, words.ends
    for before in places(forms[1:-1], _JOINTS):
        index, after = before + 1, before + 2
        if (
            ends[index] == starts[after]
            and ends[before] == starts[index]
            and (
                _joins(forms[before], forms[index], forms[after])
                or (forms[before] == "." and _ends_initials(words, before))
            )
        ):
            yield index


def _ends_initials(words: Words, index: int) -> bool:
    """Whether a full stop is the last of `U.S.-led`."""
    dot, *letter = words.forms[max(index - 2, 0) : index] or [""]
    is_initial = dot == "." and len("".join(letter)) == 1
    return is_initial and words.touches_next(index - 1)


def _joins(before: str, mark: str, after: str) -> bool:
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
