"""Names that are withheld: where they stand in a text, and the mark in their place.

A name is found in any spelling that folds alike, with or without hyphens between its
parts, and behind the Arabic letters that are written as one with the next word. So
“وبالـيامي” holds “اليامي”, and an address that ends in “mona-haddad” holds “Mona Haddad”.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from sources.text.fold import fold
from sources.text.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

MARK = "▮"
#: How many marks stand for a name where its length shall not tell who it is.
LENGTH = 5
MARKED = MARK * LENGTH

_SHORTEST, _SHORT = 2, 500
_PART = re.compile(r"[^\W_]+")
_BETWEEN = r"[\W_]{0,3}"
_ARTICLE = "ال"
#: The start of a word, or one or two clitics after it.
_BEFORE = r"(?:(?<![^\W_])|(?<=[وفبلك])(?<![^\W_].)|(?<=[وف][بلك])(?<![^\W_]..))"
_AFTER = r"(?![^\W_])"


@dataclass(frozen=True, slots=True)
class Found:
    """A name in a text, and the keys of those who bear it."""

    span: Span
    bearers: frozenset[int]


class Names:
    """Names to look for, each with the keys of those who bear it."""

    def __init__(self, pairs: Iterable[tuple[int, str]]) -> None:
        bearers: dict[tuple[str, ...], set[int]] = {}
        for key, name in pairs:
            parts = tuple(_PART.findall(fold(name).text))
            if len("".join(parts)) >= _SHORTEST:
                bearers.setdefault(parts, set()).add(key)
        longest_first = sorted(bearers, key=lambda parts: -len("".join(parts)))
        self._bearers = [frozenset(bearers[parts]) for parts in longest_first]
        named = "|".join(f"({_pattern(parts)})" for parts in longest_first)
        self._pattern = re.compile(f"{_BEFORE}(?:{named}){_AFTER}", re.DOTALL)

    def __bool__(self) -> bool:
        return bool(self._bearers)

    def within(self, text: str) -> tuple[Found, ...]:
        """Return where names stand in a text, in order: linear in both."""
        if not self._bearers or len(text) < _SHORTEST:
            return ()
        folded = fold(text)
        return tuple(
            Found(
                folded.original(Span(*match.span())),
                self._bearers[(match.lastindex or 1) - 1],
            )
            for match in self._pattern.finditer(folded.text)
        )


def _pattern(parts: tuple[str, ...]) -> str:
    first, *others = map(re.escape, parts)
    if first.startswith(_ARTICLE):  # it loses its alef behind lam: للشيخ
        first = f"ا?{first[1:]}"
    return _BETWEEN.join([first, *others])


@lru_cache(maxsize=64)
def names_of(pairs: frozenset[tuple[int, str]]) -> Names:
    """Return the names of some bearers, made ready once."""
    return Names(pairs)


def found_in(names: Names, text: str) -> tuple[Found, ...]:
    """Return where names stand in a text; of titles and the like it is remembered."""
    return _remembered(names, text) if len(text) <= _SHORT else names.within(text)


@lru_cache(maxsize=2**14)
def _remembered(names: Names, text: str) -> tuple[Found, ...]:
    return names.within(text)


@dataclass(frozen=True, slots=True)
class Mask:
    """What hides some spans of a text, and what becomes of its other offsets.

    With `keeps_length` a mark is as long as what it hides and every offset stays.
    Without, all marks are of one length, and offsets count the masked text: that of
    a span which begins or ends inside a mark takes the whole mark.
    """

    spans: tuple[Span, ...] = ()
    keeps_length: bool = True

    def text(self, text: str) -> str:
        """Return the whole text with its marks."""
        return self.words(text, 0)

    def words(self, words: str, start: int) -> str:
        """Return words that stand at an offset of the text, with its marks."""
        end, pieces, done = start + len(words), [], start
        for span in self.spans:
            if span.start < end and start < span.end:
                first, last = max(span.start, start), min(span.end, end)
                pieces += [
                    words[done - start : first - start],
                    self._mark(last - first),
                ]
                done = last
        return "".join([*pieces, words[done - start :]])

    def _mark(self, length: int) -> str:
        return MARK * length if self.keeps_length else MARKED

    def offset(self, offset: int, *, is_end: bool) -> int:
        """Return where an offset of the text lies in the masked text."""
        moved = 0
        for span in () if self.keeps_length else self.spans:
            if span.start < offset < span.end:
                return span.start + moved + (LENGTH if is_end else 0)
            if span.end <= offset:
                moved += LENGTH - len(span)
        return offset + moved


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans in order, those joined that touch or overlap."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = joined[-1].hull(span)
        else:
            joined.append(span)
    return tuple(joined)
