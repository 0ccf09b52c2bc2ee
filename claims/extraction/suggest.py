"""Read a text whole: its quotes, its figures, its dates, and what belongs to what.

A figure inside a quote is its speaker's. A day is given to a figure or to a quote only
when there is no other it could be; where two compete, neither is proposed.
"""

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from claims.extraction import arabic, english
from claims.extraction.proposals import ProposedClaim, ProposedQuote
from claims.extraction.quantities import quantities
from sources.text.dates import PartialDate
from sources.text.dating import WrittenDate, dates, stated_dateline
from sources.text.spans import Span
from sources.text.words import Words

_RULES: dict[str, Callable[[Words], list[ProposedQuote]]] = {
    "ar": arabic.quotes,
    "en": english.quotes,
}
_LETTERS = {"ar": ("\u0621", "\u064b"), "en": ("a", "{")}
_SCRIPTS = {
    language: re.compile(f"[{first}-{chr(ord(beyond) - 1)}]")
    for language, (first, beyond) in _LETTERS.items()
}
_STOPS = frozenset(".!?؟؛;\n")
_BREAKS = frozenset(",،;؛:()[]–—\n")
_SINCE = re.compile(r"(?:since|منذ)\s+\Z", re.IGNORECASE)
_BACK = 8
"""How many code points "since" and the space after it may have."""
_NEAR = 40
"""How many code points may stand between a cue and the day of its quote."""
_TOLD = 24
"""Of how many words of a paragraph the script is looked at."""
_MANY = 8
"""Of so many days in a sentence none is sure; so reading stays linear."""


@dataclass(frozen=True)
class Reading:
    """What the rules read in a text; quotes, claims and dates in order of their places.

    One quote may stand in another; the numbers of ``claims`` do not overlap.
    """

    words: Words
    quotes: tuple[ProposedQuote, ...]
    claims: tuple[ProposedClaim, ...]
    dates: tuple[WrittenDate, ...]

    def quote_around(self, span: Span) -> ProposedQuote | None:
        """The innermost quote that a span stands in."""
        number: int | None = bisect_right(self._quote_starts, span.start) - 1
        while number is not None and number >= 0:
            if self.quotes[number].span.contains(span):
                return self.quotes[number]
            number = self._around[number]
        return None

    def holds(self, claim: ProposedClaim) -> PartialDate | None:
        """The day a figure is for: the only one in its sentence, and in its quote."""
        quote = self.quote_around(claim.number)
        rivals = [
            written
            for written in self._dates_in(self._sentence(claim.number))
            if written.span not in self._of_saying
            and self.quote_around(written.span) is quote
        ]
        return rivals[0].date if len(rivals) == 1 else None

    def said_on(self, quote: ProposedQuote) -> PartialDate | None:
        """The day a quote was said: the only one beside its cue or its speaker."""
        written = self._said.get(quote)
        return written.date if written else None

    @cached_property
    def _said(self) -> dict[ProposedQuote, WrittenDate]:
        """The days beside cues, where there is one and not two."""
        beside = {quote: self._beside(quote) for quote in self.quotes if quote.cue}
        return {quote: days[0] for quote, days in beside.items() if len(days) == 1}

    @cached_property
    def _of_saying(self) -> set[Span]:
        return {written.span for written in self._said.values()}

    def _beside(self, quote: ProposedQuote) -> list[WrittenDate]:
        parts = [part for part in (quote.cue, quote.speaker) if part]
        return [
            written
            for written in self._dates_in(self._frame(quote, parts[0]))
            if any(self._is_beside(written.span, part) for part in parts)
            and not self._is_since(written.span)
        ]

    def _is_since(self, day: Span) -> bool:
        """Whether something has lasted since a day: it was not said then."""
        start = max(day.start - _BACK, 0)
        return bool(_SINCE.search(self.words.text, start, day.start))

    def _frame(self, quote: ProposedQuote, cue: Span) -> Span:
        """The sentence of the cue, as far as the quote leaves it."""
        frame = self._sentence(cue)
        start, end = frame.start, frame.end
        for piece in quote.pieces or (quote.span,):
            if piece.end <= cue.start:
                start = max(start, piece.end)
            elif piece.start >= cue.end:
                end = min(end, piece.start)
        return Span(start, end)

    def _is_beside(self, day: Span, part: Span) -> bool:
        if day.overlaps(part):
            return False
        first, second = sorted((day, part))
        between = self.words.text[first.end : second.start]
        return len(between) <= _NEAR and _BREAKS.isdisjoint(between)

    def _dates_in(self, span: Span) -> list[WrittenDate]:
        first = bisect_right(self._date_starts, span.start - 1)
        end = bisect_right(self._date_starts, span.end - 1)
        return list(self.dates[first:end]) if end - first < _MANY else []

    def _sentence(self, span: Span) -> Span:
        """The sentence that a span begins in, up to its end or that of the span."""
        stop = bisect_right(self._stops, span.start)
        start = self._stops[stop - 1] if stop else 0
        at_end = stop == len(self._stops)
        end = len(self.words.text) if at_end else self._stops[stop]
        return Span(start, max(end, span.end))

    @cached_property
    def _quote_starts(self) -> list[int]:
        return [quote.span.start for quote in self.quotes]

    @cached_property
    def _around(self) -> list[int | None]:
        """For each quote the one that it stands in."""
        around: list[int | None] = []
        unclosed: list[int] = []
        for number, quote in enumerate(self.quotes):
            while unclosed and self.quotes[unclosed[-1]].span.end <= quote.span.start:
                unclosed.pop()
            around.append(unclosed[-1] if unclosed else None)
            unclosed.append(number)
        return around

    @cached_property
    def _date_starts(self) -> list[int]:
        return [written.span.start for written in self.dates]

    @cached_property
    def _stops(self) -> list[int]:
        """Where sentences end; the point inside 3.5 ends none."""
        forms = self.words.forms
        return [
            self.words.span(index, index + 1).end
            for index, form in enumerate(forms)
            if form in _STOPS and not _is_in_number(self.words, index)
        ]


def read(text: str, *, language: str, dateline: date | None) -> Reading:
    """What the rules of a language read in a text, and of the other language in it.

    ``dateline`` is the day of the article, from which “yesterday” counts; without it,
    the one that the text itself states. A text in neither Arabic nor English is not
    read.
    """
    words = Words.of_sentences(text)
    tag = language.partition("-")[0]
    if tag not in _RULES:
        return Reading(words, (), (), ())
    written = dates(words, dateline=dateline or _stated_day(words))
    return Reading(
        words,
        tuple(sorted(_quotes(words, tag), key=_outer_first)),
        tuple(quantities(words, [each.span for each in written])),
        tuple(written),
    )


def _stated_day(words: Words) -> date | None:
    stated = stated_dateline(words)
    return stated.date.earliest if stated and stated.date else None


def _outer_first(quote: ProposedQuote) -> tuple[int, int]:
    return quote.span.start, -quote.span.end


def _quotes(words: Words, language: str) -> list[ProposedQuote]:
    """By the rules of the language; paragraphs in the other script by the other's."""
    [other] = _RULES.keys() - {language}
    quotes = _RULES[language](words)
    if not _SCRIPTS[other].search(words.folded.text):
        return quotes
    foreign = [p for p in words.paragraphs if _is_in(other, language, words, p)]
    if not foreign:
        return quotes
    starts = [words.span(p.start, p.stop).start for p in foreign]
    ends = [words.span(p.start, p.stop).end for p in foreign]

    def is_foreign(quote: ProposedQuote) -> bool:
        before = bisect_right(starts, quote.span.start)
        return before > 0 and quote.span.start < ends[before - 1]

    own = [quote for quote in quotes if not is_foreign(quote)]
    return own + [quote for quote in _RULES[other](words) if is_foreign(quote)]


def _is_in(other: str, language: str, words: Words, paragraph: range) -> bool:
    """Whether most of a paragraph's first words are in the script of the other."""
    forms = words.forms[paragraph.start : min(paragraph.stop, paragraph.start + _TOLD)]
    n_other = _n_in_script(forms, other)
    return n_other > 0 and n_other > _n_in_script(forms, language)


def _n_in_script(forms: list[str], language: str) -> int:
    first, beyond = _LETTERS[language]
    return len([form for form in forms if first <= form < beyond])


def _is_in_number(words: Words, index: int) -> bool:
    return (
        index > 0
        and words.touches_next(index - 1)
        and words.touches_next(index)
        and words.forms[index - 1].isdigit()
        and words.forms[index + 1].isdigit()
    )
