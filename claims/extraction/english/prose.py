"""An English text cut into units and sentences, each quotation being one unit.

A unit is a word with its hyphens and apostrophes (``US-led``, ``doesn't``), an
abbreviation with inner dots (``U.S.``), a number, a mark, or a whole quotation, so that
the grammar around a quotation reads as if it were a single word.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import compress
from typing import Self

from claims.extraction import marks
from claims.extraction.english.units import (
    QUOTATION,
    Quotation,
    acronyms,
    compounds,
    quotations,
)
from claims.extraction.english.vocabulary import CLASSES, CUES, FUNCTION_WORDS
from sources.text.spans import Span
from sources.text.words import Words, places

_STOPS = frozenset([".", "!", "?", "…"])
_SENTENCE_ENDS = _STOPS | CLASSES["dotted"] | {QUOTATION}
_BREAKS = _SENTENCE_ENDS | {"\n"}
_CLOSERS = frozenset(")]}'\"”’»")
_PLAIN = str.maketrans("’‑", "'-")
_TAG = 8
_HEADLINE = 30
_LONGEST = 250
_DATELINE = 14
_NO_SUBJECTS = (CLASSES["preposition"] | {"according"}) - {"o"}
_SMALL = frozenset(["no", "vs", "etc"])
_DASHES = frozenset("-–—")
_ENDS_DATELINE = _DASHES | {":"}
_IN_DATELINES = frozenset([",", ".", "(", ")", "/", "and"])
_AFTER_TAG = _STOPS | frozenset([",", "\n", "in", "on", "at", QUOTATION])


@dataclass(frozen=True)
class Prose:
    """The units of a text, folded; ``forms[i]`` is the words from ``firsts[i]`` on.

    ``capitals`` tells of each unit whether it begins with a capital letter, after an
    Arabic article too. ``quotations`` holds those units that are whole quotations, by
    index; ``lowered`` are compounds that end in a small letter.
    """

    words: Words
    forms: list[str]
    firsts: list[int]
    capitals: list[bool]
    quotations: dict[int, Quotation]
    lowered: set[int]

    @classmethod
    def of(cls, words: Words) -> Self:
        """The units of a text."""
        forms, is_first = words.forms.copy(), bytearray(b"\1") * len(words)
        quoted, joined = {}, []
        for taken, quotation in quotations(words):
            forms[taken.start] = QUOTATION
            is_first[taken.start + 1 : taken.stop] = bytes(len(taken) - 1)
            quoted[taken.start] = quotation
        for index in acronyms(words):
            forms[index] = forms[index].upper()
        for taken in compounds(words):
            if is_first[taken.start]:
                whole = "".join(forms[taken.start : taken.stop])
                forms[taken.start] = whole.translate(_PLAIN)
                is_first[taken.start + 1 : taken.stop] = bytes(len(taken) - 1)
                joined.append(taken)
        capitals = words.capitals.copy()
        lowered = list(_lowered(words, joined, capitals))
        firsts = [*compress(range(len(words)), is_first), len(words)]
        return cls(
            words,
            [*compress(forms, is_first)],
            firsts,
            [*compress(capitals, is_first)],
            {bisect_left(firsts, i): q for i, q in quoted.items() if is_first[i]},
            {bisect_left(firsts, i) for i in lowered},
        )

    def span(self, units: range) -> Span:
        """Where units stand in the source text."""
        return self.words.span(self.firsts[units.start], self.firsts[units.stop])

    def trimmed(self, units: range) -> Span | None:
        """Where units stand, without the marks and punctuation at their edges.

        The last full stop of `U.S.` is not punctuation.
        """
        words, firsts = self.words, self.firsts
        first, stop = firsts[units.start], firsts[units.stop]
        if not (words.forms[first].isalnum() and words.forms[stop - 1].isalnum()):
            inner = marks.trimmed(words, range(first, stop))
            if not inner:
                return None
            last = self.forms[units.stop - 1]
            is_dotted = last[-1] == "." and last[:1].isalpha()
            first, stop = inner.start, stop if is_dotted else inner.stop
        return words.span(first, stop)

    def touches_next(self, index: int) -> bool:
        """Whether nothing stands between a unit and the next one."""
        return self.words.touches_next(self.firsts[index + 1] - 1)

    def is_name(self, index: int) -> bool:
        """Whether a unit may be of a name: `Al-Maliki`, but not `US-led`."""
        return self.capitals[index] and index not in self.lowered

    @cached_property
    def _breaks(self) -> list[int]:
        """Where a sentence may end."""
        return [*places(self.forms, _BREAKS)]

    @cached_property
    def paragraphs(self) -> list[range]:
        """The units of each line that has any."""
        breaks = [i for i in self._breaks if self.forms[i] == "\n"]
        edges = zip([-1, *breaks], [*breaks, len(self.forms)], strict=True)
        return [range(a + 1, b) for a, b in edges if b > a + 1]

    @cached_property
    def headline(self) -> range:
        """The first line, if it is short, has no full stop and text follows it."""
        first = self.paragraphs[0] if len(self.paragraphs) > 1 else range(0)
        is_one = 0 < len(first) <= _HEADLINE and self.forms[first.stop - 1] != "."
        return first if is_one else range(0)

    @cached_property
    def title(self) -> range:
        """The headline, if it is written With Capital Letters."""
        words = [i for i in self.headline if self.forms[i] not in FUNCTION_WORDS]
        n_capital = sum(self.capitals[i] for i in words)
        return self.headline if n_capital * 4 > len(words) * 3 else range(0)

    @cached_property
    def sentences(self) -> list[range]:
        """The sentences in order; a very long one is cut."""
        forms, found = self.forms, list[range]()
        first = self._dateline_end(0)
        for index in self._breaks:
            if index < first:
                continue
            if forms[index] == "\n":
                if self._announces(index):
                    continue
                found.append(range(first, index))
                first = self._dateline_end(index + 1)
            elif end := self._end_of_sentence(index, first):
                found.append(range(first, end))
                first = end
        found.append(range(first, len(self.forms)))
        return _in_parts(found)

    def _announces(self, index: int) -> bool:
        """Whether a line ends so that the next one is its quotation: `He said:`."""
        if not index or self.forms[index - 1] != ":":
            return False
        if self.forms[index + 1 : index + 2] != [QUOTATION]:
            return False
        return not CUES.keys().isdisjoint(self.forms[max(index - _TAG, 0) : index])

    def _dateline_end(self, first: int) -> int:
        """Where a line goes on after its `HASAKAH, Syria (AP) —`, if it has one."""
        start = self.forms[first : first + _DATELINE]
        if ")" in start and (after := self._agency_end(first, start)):
            return after
        if _ENDS_DATELINE.isdisjoint(start[1:]):
            return first
        if ":" in start and (after := self._label_end(first, start.index(":"))):
            return after
        if _DASHES.isdisjoint(start[1:]):
            return first
        line = range(first + 1, first + len(start))
        dash = next((i for i in line if self._is_dash(i)), first)
        place = range(first, dash)
        if not (place and all(map(self._may_be_in_dateline, place))):
            return first
        opening = self.span(range(first, first + 1)).of(self.words.text)
        is_one = opening.isupper() or ")" in start[: len(place)]
        return dash + 1 if is_one else first

    def _agency_end(self, first: int, start: list[str]) -> int:
        """Where a line goes on after its `Leeds, Oct 2 (AFP)`; 0 if it has no such."""
        closer = first + start.index(")")
        if closer < first + 2:  # no agency stands before it
            return 0
        if self.forms[closer - 2] != "(" or "," not in self.forms[first:closer]:
            return 0
        agency = self.span(range(closer - 1, closer)).of(self.words.text)
        is_place = all(map(self._may_be_in_dateline, range(first, closer)))
        goes_on = agency.isupper() and any(self.capitals[closer + 1 : closer + 2])
        return closer + 1 if is_place and goes_on else 0

    def _label_end(self, first: int, length: int) -> int:
        """Where a line goes on after its `LEEDS, England:`; 0 if it has no such place."""
        colon = first + length
        if not (length and any(self.capitals[colon + 1 : colon + 2])):
            return 0
        if not all(map(self._may_be_in_dateline, range(first, colon))):
            return 0
        opening = self.span(range(first, first + 1)).of(self.words.text)
        return colon + 1 if len(opening) > 1 and opening.isupper() else 0

    def _is_dash(self, index: int) -> bool:
        return self.forms[index] in _DASHES and not self.touches_next(index - 1)

    def _may_be_in_dateline(self, index: int) -> bool:
        form = self.forms[index]
        return form in _IN_DATELINES or self.capitals[index] or form.isdigit()

    def _end_of_sentence(self, index: int, first: int) -> int:
        """Where the sentence ends whose last mark this may be; 0 if it goes on."""
        forms, end = self.forms, index + 1
        if end == len(forms) or forms[end] == "\n":
            return end
        if forms[index] == QUOTATION:
            return end if self._ends_with_quotation(index, first) else 0
        if forms[index] in CLASSES["dotted"]:
            return end if self._starts_sentence(end) else 0
        if forms[index] == "." and self._is_abbreviation(index):
            return 0
        while end < len(forms) and forms[end] in _CLOSERS:
            end += 1
        return end

    def _ends_with_quotation(self, index: int, first: int) -> bool:
        """Whether a sentence ends with the quotation, its stop being inside."""
        last = self.quotations[index].last
        after = index + 1 + (self.forms[index + 1] == "(")
        if last not in _STOPS or after == len(self.forms):
            return False
        if self.forms[after] == QUOTATION:
            return True
        if not self.capitals[after] or self._is_tag(after):
            return False
        return last == "." or index > first

    def _is_tag(self, index: int) -> bool:
        """Whether only a subject and a cue follow, as in `Ali Hassan said`."""
        if self.forms[index] in _NO_SUBJECTS:
            return False
        for at in range(index, min(index + _TAG, len(self.forms) - 1)):
            if self.forms[at] in CUES and not self.capitals[at]:
                after = self.forms[at + 1]
                return after in _AFTER_TAG or "person" in CUES[self.forms[at]].frames
            if self.forms[at] in _SENTENCE_ENDS and not self._is_abbreviation(at):
                return False
        return False

    def _is_abbreviation(self, index: int) -> bool:
        """Whether a full stop belongs to the word before it: `Col.`, `J. Smith`."""
        if not self.touches_next(index - 1):
            return False
        before, after = self.forms[index - 1], self.forms[index + 1]
        is_small = not self.capitals[index + 1]
        if is_small and (self.touches_next(index) or before in _SMALL):
            return after[0].isalnum()
        is_initial = len(before) == 1 and before.isalpha() and before != "i"
        if not self.capitals[index - 1] or not (
            is_initial or before in CLASSES["abbreviation"]
        ):
            return False
        return before in CLASSES["honorific"] or not self._starts_sentence(index + 1)

    def _starts_sentence(self, index: int) -> bool:
        """Whether a unit after an abbreviation must begin a new sentence."""
        is_number = self.forms[index : index + 2] == ["no", "."]
        is_function = self.forms[index] in FUNCTION_WORDS and not is_number
        return self.capitals[index] and is_function


def _in_parts(sentences: list[range]) -> list[range]:
    """Sentences without the empty ones, a very long one cut."""
    return [
        sentence[start : start + _LONGEST]
        for sentence in sentences
        for start in range(0, len(sentence), _LONGEST)
    ]


def _lowered(
    words: Words, compounds: list[range], capitals: list[bool]
) -> Iterator[int]:
    """The compounds that end in a small letter; `al-Maliki` is set right instead."""
    for compound in compounds:
        first = compound.start
        if words.forms[first + 1] not in "-‑":
            continue
        if words.forms[first] in CLASSES["name_article"]:
            capitals[first] = capitals[first + 2]
        elif not capitals[compound.stop - 1]:
            yield first
