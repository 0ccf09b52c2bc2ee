"""An English text cut into units and sentences, each quotation being one unit.

A unit is a word with its hyphens and apostrophes (``US-led``, ``doesn't``), an
abbreviation with inner dots (``U.S.``), a number, a mark, or a whole quotation, so that
the grammar around a quotation reads as if it were a single word.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from claims.extraction import marks
from claims.extraction.english.units import QUOTATION, Quotation, merged
from claims.extraction.english.vocabulary import CLASSES, CUES, FUNCTION_WORDS
from sources.text.spans import Span
from sources.text.words import Words

_CAPITAL = re.compile(r"[A-Z]|[^\W\d_\x00-\x7f\u0600-\u06ff]")
_STOPS = frozenset([".", "!", "?", "…"])
_SENTENCE_ENDS = _STOPS | CLASSES["dotted"] | {QUOTATION}
_CLOSERS = frozenset(")]}'\"”’»")
_TAG_LENGTH = 8
_HEADLINE = 30
_LONGEST = 250
_DATELINE = 14
_SMALL = frozenset(["no", "vs", "etc"])
_DASHES = frozenset("-–—")
_IN_DATELINES = frozenset([",", ".", "(", ")", "/", "and"])
_AFTER_TAG = _STOPS | frozenset([",", "\n", "in", "on", "at", QUOTATION])


@dataclass(frozen=True)
class Prose:
    """The units of a text, folded; ``forms[i]`` is the words from ``firsts[i]`` on.

    ``quotations`` holds those units that are whole quotations, by index, and
    ``compounds`` those with a hyphen after the first word; ``lowered`` are compounds
    that end in a small letter.
    """

    words: Words
    forms: list[str]
    firsts: list[int]
    quotations: dict[int, Quotation]
    compounds: list[int]
    lowered: set[int]

    @classmethod
    def of(cls, words: Words) -> Self:
        """The units of a text."""
        prose = cls(words, [], [], {}, [], set())
        done = 0
        for taken, quotation in merged(words):
            if taken.start < done:
                continue
            prose._extend(words.forms[done : taken.start], done)
            if quotation:
                prose.quotations[len(prose.forms)] = quotation
                prose._extend([QUOTATION], taken.start)
            else:
                form = "".join(words.forms[taken.start : taken.stop])
                if words.forms[taken.start + 1] in "-‑":
                    prose.compounds.append(len(prose.forms))
                prose._extend([form.replace("’", "'").replace("‑", "-")], taken.start)
            done = taken.stop
        prose._extend(words.forms[done:], done)
        prose.firsts.append(len(words))
        return prose

    def _extend(self, forms: list[str], first: int) -> None:
        self.forms.extend(forms)
        self.firsts.extend(range(first, first + len(forms)))

    def words_of(self, units: range) -> range:
        """The words that units are made of."""
        return range(self.firsts[units.start], self.firsts[units.stop])

    def span(self, units: range) -> Span:
        """Where units stand in the source text."""
        return self.words.span(self.firsts[units.start], self.firsts[units.stop])

    def trimmed(self, units: range) -> Span | None:
        """Where units stand, without the marks and punctuation at their edges.

        The last full stop of `U.S.` is not punctuation.
        """
        words = self.words_of(units)
        inner = marks.trimmed(self.words, words)
        if not inner:
            return None
        is_dotted = self.forms[units.stop - 1] in CLASSES["dotted"]
        return self.words.span(inner.start, words.stop if is_dotted else inner.stop)

    def touches_next(self, index: int) -> bool:
        """Whether nothing stands between a unit and the next one."""
        return self.words.touches_next(self.firsts[index + 1] - 1)

    @cached_property
    def capitals(self) -> list[bool]:
        """For each unit whether it begins with a capital letter."""
        offsets, starts = self.words.folded.offsets, self.words.starts
        found = _CAPITAL.finditer(self.words.text)
        places = {offsets[m.start()] for m in found if m.group().isupper()}
        capitals = [starts[first] in places for first in self.firsts[:-1]]
        for index in self.compounds:
            first = self.firsts[index]
            if self.words.forms[first] in CLASSES["name_article"]:
                capitals[index] = starts[first + 2] in places
            elif starts[self.firsts[index + 1] - 1] not in places:
                self.lowered.add(index)
        return capitals

    def is_capital(self, index: int) -> bool:
        """Whether a unit begins with a capital letter, after an Arabic article too."""
        return self.capitals[index]

    def is_name(self, index: int) -> bool:
        """Whether a unit may be of a name: `Al-Maliki`, but not `US-led`."""
        return self.capitals[index] and index not in self.lowered

    @cached_property
    def paragraphs(self) -> list[range]:
        """The units of each line that has any."""
        breaks = [i for i, form in enumerate(self.forms) if form == "\n"]
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
        n_capital = sum(map(self.is_capital, words))
        return self.headline if n_capital * 4 > len(words) * 3 else range(0)

    @cached_property
    def sentences(self) -> list[range]:
        """The sentences in order; a very long one is cut."""
        return [
            range(first, min(first + _LONGEST, sentence.stop))
            for paragraph in self.paragraphs
            for sentence in self._sentences_of(paragraph)
            for first in range(sentence.start, sentence.stop, _LONGEST)
        ]

    def _sentences_of(self, paragraph: range) -> Iterator[range]:
        first = self._dateline_end(paragraph) or paragraph.start
        for index, form in enumerate(self.forms[first : paragraph.stop], first):
            if form in _SENTENCE_ENDS and index >= first:
                end = self._end_of_sentence(index, first)
                if end:
                    yield range(first, end)
                    first = end
        if first < paragraph.stop:
            yield range(first, paragraph.stop)

    def _dateline_end(self, paragraph: range) -> int:
        """Where `HASAKAH, Syria (AP) —` ends; 0 if there is none."""
        dash = next((i for i in paragraph[1:_DATELINE] if self._is_dash(i)), 0)
        place = range(paragraph.start, dash)
        if not (dash and all(map(self._may_be_in_dateline, place))):
            return 0
        first = self.span(paragraph[:1]).of(self.words.text)
        is_one = first.isupper() or ")" in self.forms[place.start : place.stop]
        return dash + 1 if is_one else 0

    def _is_dash(self, index: int) -> bool:
        return self.forms[index] in _DASHES and not self.touches_next(index - 1)

    def _may_be_in_dateline(self, index: int) -> bool:
        form = self.forms[index]
        return form in _IN_DATELINES or self.is_capital(index) or form.isdigit()

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
        if not self.is_capital(after) or self._is_tag(after):
            return False
        return last == "." or index > first

    def _is_tag(self, index: int) -> bool:
        """Whether only a subject and a cue follow, as in `Ali Hassan said`."""
        for at in range(index, min(index + _TAG_LENGTH, len(self.forms) - 1)):
            if self.forms[at] in CUES and not self.is_capital(at):
                after = self.forms[at + 1]
                return after in _AFTER_TAG or "person" in CUES[self.forms[at]].frames
            if self.forms[at] in _SENTENCE_ENDS:
                return False
        return False

    def _is_abbreviation(self, index: int) -> bool:
        """Whether a full stop belongs to the word before it: `Col.`, `J. Smith`."""
        if not self.touches_next(index - 1):
            return False
        before, after = self.forms[index - 1], self.forms[index + 1]
        is_small = not self.is_capital(index + 1)
        if is_small and (self.touches_next(index) or before in _SMALL):
            return after[0].isalnum()
        is_initial = len(before) == 1 and before.isalpha() and before != "i"
        if not self.is_capital(index - 1) or not (
            is_initial or before in CLASSES["abbreviation"]
        ):
            return False
        return before in CLASSES["honorific"] or not self._starts_sentence(index + 1)

    def _starts_sentence(self, index: int) -> bool:
        """Whether a unit after an abbreviation must begin a new sentence."""
        return self.is_capital(index) and self.forms[index] in FUNCTION_WORDS
