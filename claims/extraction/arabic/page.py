"""A text laid out for the Arabic rules: its sentences, quotations and cues."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from claims.extraction.arabic.vocabulary import (
    ASIDES,
    BEFORE_SOURCE,
    CUES,
    LINKERS,
    NEGATIONS,
    THAT,
    TOLD,
    UNREAL,
    Cue,
    Form,
)
from claims.extraction.marks import Quoted, quoted
from sources.text.fold import TATWEEL
from sources.text.spans import Span
from sources.text.words import Words

TANWIN = "\u064b"
COMMAS = frozenset("،,؛;")
_STOPS = frozenset(".!?؟\n")
_CLAUSE_EDGES = frozenset([*COMMAS, *_STOPS, ":", "-", "–", "—", "(", ")", "…"])
_EVENTS = frozenset([*CUES, *BEFORE_SOURCE, *TOLD, *ASIDES, "حد"])
NAME = 3
"""A quotation of no more words is a name or a turn of phrase, unless it is all said."""
QUOTED_PART = 4
"""From so many quoted words on, a reported clause is one of mixed kind."""


@dataclass(frozen=True)
class Page:
    """The words of a text and where its sentences and quotations begin and end.

    A sentence is the range of its words without its stop. It does not end within a
    quotation that is closed, nor after an initial or in a number.
    """

    words: Words
    quotations: list[Quoted]
    sentences: list[range]

    @classmethod
    def of(cls, words: Words) -> Self:
        """Lay out the words of a text."""
        quotations = [each for each in quoted(words) if each.depth == 0]
        return cls(words, quotations, _sentences(words, quotations))

    @cached_property
    def forms(self) -> list[str]:
        """The words as folded."""
        return self.words.forms

    def span(self, first: int, end: int, clitic: int = 0) -> Span:
        """Where words stand in the source text, without a clitic of the first one."""
        words = self.words
        return words.folded.original(
            Span(words.starts[first] + clitic, words.ends[end - 1])
        )

    def is_accusative(self, index: int) -> bool:
        """Whether a word is written with the ending of an object: بياناً."""
        return TANWIN in self.span(index, index + 1).of(self.words.text)

    def source(self, index: int) -> str:
        """The letters of a word as they are written in the source text."""
        written = self.span(index, index + 1).of(self.words.text)
        return "".join(char for char in written if char.isalpha() and char != TATWEEL)

    @cached_property
    def first_places(self) -> dict[str, int]:
        """Where each word stands for the first time."""
        return {form: i for i, form in reversed(list(enumerate(self.forms)))}

    @cached_property
    def opening(self) -> dict[int, Quoted]:
        """The quotations by the places of their openers."""
        return {each.opener: each for each in self.quotations}

    @cached_property
    def events(self) -> list[int]:
        """Where a rule may have something to say: cues, sources, quotations."""
        opening = self.opening
        return [
            index
            for index, form in enumerate(self.forms)
            if form in _EVENTS or index in opening
        ]

    def events_in(self, start: int, end: int) -> Iterator[int]:
        """The events among the words ``[start, end)``, one after the other."""
        events = self.events
        for place in range(bisect_left(events, start), len(events)):
            if events[place] >= end:
                return
            yield events[place]

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    def sentence_at(self, index: int) -> range:
        """The sentence of a word; one that ends none belongs to the one before."""
        found = bisect_right(self._starts, index) - 1
        return self.sentences[max(found, 0)]

    @cached_property
    def _openers(self) -> list[int]:
        return [each.opener for each in self.quotations]

    def quotation_over(self, index: int) -> Quoted | None:
        """The closed quotation that a word stands in, marks included."""
        found = bisect_right(self._openers, index) - 1
        each = self.quotations[found] if found >= 0 else None
        closed = each is not None and each.closer is not None
        return each if each and closed and index <= (each.closer or 0) else None

    def starts_paragraph(self, index: int) -> bool:
        """Whether a word is the first of its line."""
        return index == 0 or self.forms[index - 1] == "\n"

    def ends_paragraph(self, index: int) -> bool:
        """Whether nothing of the line but a stop is left from a word on."""
        while index < len(self.forms) and self.forms[index] in _STOPS - {"\n"}:
            index += 1
        return index >= len(self.forms) or self.forms[index] == "\n"

    def paragraph_end(self, index: int) -> int:
        """The end of the line of a word."""
        breaks = self._breaks
        found = bisect_left(breaks, index)
        return breaks[found] if found < len(breaks) else len(self.forms)

    @cached_property
    def _breaks(self) -> list[int]:
        return [index for index, form in enumerate(self.forms) if form == "\n"]

    def n_words(self, inner: range) -> int:
        """How many words, not marks, there are, قسد/مسد being one; up to a dozen."""
        some = self.forms[inner.start : min(inner.stop, inner.start + 12)]
        return sum(form.isalnum() for form in some) - some.count("/")

    def at_edge(self, index: int) -> bool:
        """Whether a clause ends before a word: at a mark, a stop or the end."""
        return index >= len(self.forms) or self.forms[index] in _CLAUSE_EDGES

    def is_name(self, each: Quoted) -> bool:
        """Whether a quotation is a name or a scare quote and not what was said."""
        if each.closer is None or self.n_words(each.inner) > NAME:
            return False
        return not self.at_edge(each.closer + 1)

    def begins_clause(self, index: int) -> bool:
        """Whether a verb at this place begins a clause, perhaps after a linker."""
        if index == 0 or CUES[self.forms[index]].joined:
            return True
        before = self.forms[index - 1]
        return before in _CLAUSE_EDGES or before in LINKERS or not before.isalnum()

    def asserts(self, index: int, cue: Cue) -> bool:
        """Whether a verb at this place says that something was said."""
        before = self.forms[index - 1] if index else ""
        if before in NEGATIONS:
            return False
        if before == "ما" and self.forms[index - 2 : index - 1] != ["كل"]:
            return False
        return not (cue.form is Form.PRESENT and before in UNREAL)

    def is_that(self, index: int) -> bool:
        """Whether a word is أن or the like; آن is a name."""
        form = self.forms[index]
        return form in THAT and (form != "ان" or self.source(index)[0] != "آ")


def _sentences(words: Words, quotations: list[Quoted]) -> list[range]:
    """The sentences of a text; one inside a closed quotation does not end."""
    forms = words.forms
    closed = [(each.opener, each.closer) for each in quotations if each.closer]
    openers = [opener for opener, _ in closed]
    found, start = [], 0
    for index, form in enumerate(forms):
        if form not in _STOPS or index < start or not _ends_sentence(words, index):
            continue
        over = bisect_right(openers, index) - 1
        stop = index
        if over >= 0 and index < closed[over][1]:
            if index + 1 != closed[over][1] or not _stands_free(words, index + 2):
                continue
            stop = index + 2
        if stop > start:
            found.append(range(start, stop))
        start = max(stop, index + 1)
    if start < len(forms):
        found.append(range(start, len(forms)))
    return found


def _stands_free(words: Words, index: int) -> bool:
    """Whether what follows a quotation that ends in a stop is a new sentence."""
    return index >= len(words) or words.forms[index].startswith(("و", "\n"))


def _ends_sentence(words: Words, index: int) -> bool:
    """Whether a stop is one: not in 3.5, د. خالد, أ.ف.ب or عبر موقع.نت."""
    forms = words.forms
    if forms[index] != "." or index == 0 or not words.touches_next(index - 1):
        return True
    before = forms[index - 1]
    if len(before) == 1 and before.isalpha():
        return False
    if not words.touches_next(index):
        return True
    after = forms[index + 1]
    if before.isdigit() and after.isdigit():
        return False
    return not (after.isalpha() and len(after) < 3)  # noqa: PLR2004  # an abbreviation
