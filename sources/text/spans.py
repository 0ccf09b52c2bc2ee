"""Places in a text: half-open ranges of code points, and finding them again.

A place is stored as a ``Span`` and published as W3C Web Annotation selectors
(https://www.w3.org/TR/annotation-model/#selectors), which count code points too.
Every search here is exact and takes time linear in the text.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Self

CONTEXT = 32
"""How many code points of surrounding text a selector keeps on each side."""

_WIDTHS = (CONTEXT, 4 * CONTEXT, 16 * CONTEXT)
"""Contexts to try, because headlines and captions often stand twice in a page."""

_EDGE = "\0"
"""Stands for the edge of a text where that is part of the context; in no text."""


class SpanError(ValueError):
    """The range is no range, or does not lie within the text."""


class _Range(NamedTuple):
    start: int
    end: int


class Span(_Range):
    """A half-open range ``[start, end)`` in code points, never empty.

    Raises:
        SpanError: unless ``0 <= start < end``.
    """

    __slots__ = ()

    def __new__(cls, start: int, end: int) -> Self:
        """Refuse a range that is none, with ``SpanError``."""
        if not 0 <= start < end:
            message = f"A span needs 0 <= start < end, not [{start}, {end})."
            raise SpanError(message)
        return tuple.__new__(cls, (start, end))

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The words that stand here in the text.

        Raises:
            SpanError: if the span reaches beyond the text.
        """
        self.require_within(text)
        return text[self.start : self.end]

    def require_within(self, text: str) -> None:
        """Refuse a text that ends before this span does, with ``SpanError``."""
        if self.end > len(text):
            message = (
                f"The span [{self.start}, {self.end}) reaches beyond"
                f" the text of {len(text)} code points."
            )
            raise SpanError(message)

    def shifted(self, by: int) -> Self:
        """The span moved by so many code points; ``SpanError`` before the start."""
        return type(self)(self.start + by, self.end + by)

    def contains(self, other: "Span") -> bool:
        """Whether every code point of the other lies in this one."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share a code point; spans that only touch do not."""
        return self.start < other.end and other.start < self.end

    def hull(self, other: "Span") -> Self:
        """The shortest span that contains both."""
        return type(self)(min(self.start, other.start), max(self.end, other.end))

    def to_w3c(self) -> dict[str, str | int]:
        """The W3C ``TextPositionSelector`` as JSON-ready values."""
        return {"type": "TextPositionSelector", "start": self.start, "end": self.end}


@dataclass(frozen=True, slots=True)
class TextQuoteSelector:
    """The words themselves and what stands right before and after them.

    An empty prefix or suffix says nothing about that side.

    Raises:
        SpanError: when ``exact`` is empty, as it would stand everywhere.
    """

    exact: str
    prefix: str = ""
    suffix: str = ""

    def __post_init__(self) -> None:
        if not self.exact:
            message = "A selector needs the words it selects."
            raise SpanError(message)

    def to_w3c(self) -> dict[str, str | int]:
        """The W3C ``TextQuoteSelector`` as JSON-ready values."""
        return {
            "type": "TextQuoteSelector",
            "exact": self.exact,
            "prefix": self.prefix,
            "suffix": self.suffix,
        }


def selector_for(text: str, span: Span, *, context: int = CONTEXT) -> TextQuoteSelector:
    """The selector of a span, with at most ``context`` code points on each side.

    Raises:
        SpanError: if the span reaches beyond the text.
    """
    return TextQuoteSelector(
        exact=span.of(text),
        prefix=text[max(span.start - context, 0) : span.start],
        suffix=text[span.end : span.end + context],
    )


class _Needle(NamedTuple):
    """A string to look for and where in it the selected words begin."""

    string: str
    offset: int
    length: int

    def places(self, text: str, near: int | None = None) -> set[Span]:
        """The first two places in the text, or with ``near`` those around it.

        Two are enough to tell one place from several, and the last one before and
        the first one after an offset are the only ones that can be nearest to it.
        """
        if near is None:
            first = text.find(self.string)
            starts = {first, text.find(self.string, first + 1)}
        else:
            pivot = max(near - self.offset, 0)
            starts = {
                text.find(self.string, pivot),
                _find_last(text[: pivot + len(self.string)], self.string),
            }
        return {self._span(start) for start in starts if start >= 0}

    def _span(self, start: int) -> Span:
        start += self.offset
        return Span(start, start + self.length)


def _find_last(text: str, string: str) -> int:
    """``str.rfind`` in linear time: only ``str.find`` has that worst case."""
    start = text[::-1].find(string[::-1])
    return start if start < 0 else len(text) - start - len(string)


class _Evidence(NamedTuple):
    """What may tell where words stand, from the strongest to the weakest."""

    whole_context: list[_Needle]
    one_side: list[_Needle]
    bare_words: list[_Needle]


def _evidence(selector: TextQuoteSelector) -> _Evidence:
    exact, prefix, suffix = selector.exact, selector.prefix, selector.suffix
    before = _Needle(prefix + exact, len(prefix), len(exact))
    after = _Needle(exact + suffix, 0, len(exact))
    return _Evidence(
        whole_context=[_Needle(prefix + exact + suffix, len(prefix), len(exact))],
        one_side=[before] * bool(prefix) + [after] * bool(suffix),
        bare_words=[_Needle(exact, 0, len(exact))],
    )


def _places(
    text: str, needles: Iterable[_Needle], near: int | None = None
) -> set[Span]:
    return set[Span]().union(*(needle.places(text, near) for needle in needles))


def find(
    text: str, selector: TextQuoteSelector, *, near: int | None = None
) -> Span | None:
    """Where the selected words stand in a text, if that can be told.

    Places with the whole context come first, then those with one side of it, then
    the bare words. Among several of one kind the one that starts nearest to the offset
    ``near`` is taken. ``None`` when the words are absent or no place stands out.
    """
    for needles in _evidence(selector):
        if places := _places(text, needles, near):
            return _nearest(places, near)
    return None


def _nearest(places: set[Span], near: int | None) -> Span | None:
    """The one place, or the one nearest to ``near``; ``None`` when two tie."""
    if len(places) == 1:
        return places.pop()
    if near is None:
        return None
    best, second, *_ = sorted(places, key=lambda place: abs(place.start - near))
    tie = abs(best.start - near) == abs(second.start - near)
    return None if tie else best


class CarriedBy(StrEnum):
    """How a span came over to another text."""

    EXACT_SPAN = "EXACT_SPAN"
    SELECTOR = "SELECTOR"
    LOST = "LOST"


@dataclass(frozen=True, slots=True)
class Carried:
    """Where a span stands in another text; ``span`` is ``None`` when it was lost."""

    span: Span | None
    how: CarriedBy


def carry_over(old_text: str, new_text: str, span: Span) -> Carried:
    """Where the words of a span of the old text stand in the new one.

    The same span if the words stand there with the same context, to which the edges of
    the text belong. Otherwise the place where they stand with that context, or with one
    side of it, or alone if they are as long as a context: whichever is found first, if
    it was unique in the old text and is in the new one. A repeated headline is tried
    again with wider contexts. So a number that was deleted here and still stands
    elsewhere is lost, not moved.

    Raises:
        SpanError: if the span reaches beyond the old text.
    """
    span.require_within(old_text)
    old, new = f"{_EDGE}{old_text}{_EDGE}", f"{_EDGE}{new_text}{_EDGE}"
    inner = span.shifted(1)
    around = slice(max(inner.start - CONTEXT, 0), inner.end + CONTEXT)
    if old[around] == new[around]:
        return Carried(span, CarriedBy.EXACT_SPAN)
    for width in _WIDTHS:
        if place := _only_place(old, new, selector_for(old, inner, context=width)):
            return Carried(place.shifted(-1), CarriedBy.SELECTOR)
    return Carried(None, CarriedBy.LOST)


def _only_place(old: str, new: str, selector: TextQuoteSelector) -> Span | None:
    """Where evidence that was unique in the old text leads in the new one."""
    evidence = _evidence(selector)
    if len(selector.exact) < CONTEXT:
        evidence = evidence._replace(bare_words=[])  # "60" may stand anywhere
    for needles in evidence:
        unique = (needle for needle in needles if len(needle.places(old)) == 1)
        if places := _places(new, unique):
            return _nearest(places, None)
    return None
