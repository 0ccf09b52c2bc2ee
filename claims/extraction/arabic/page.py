"""A text laid out for the Arabic rules: its sentences, quotations and cues."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import compress

from claims.extraction.arabic.vocabulary import (
    AFTER_THAT,
    ASIDES,
    BEFORE_NOUN,
    BEFORE_SOURCE,
    BUT,
    COUNTED,
    CUES,
    LINKERS,
    NEGATIONS,
    RELATIVES,
    THAT,
    TOLD,
    UNREAL,
    Cue,
    Form,
)
from claims.extraction.marks import Quoted, quoted
from sources.text.number_words import NUMBER_WORDS
from sources.text.words import Words

TANWIN = "\u064b"
COMMAS = frozenset("،,؛;")
_STOPS = frozenset(".!?؟\n")
_STOPS_IN_LINE = _STOPS - {"\n"}
_CLAUSE_EDGES = frozenset([*COMMAS, *_STOPS, ":", "-", "–", "—", "(", ")", "…"])
_EVENTS = frozenset([*CUES, *BEFORE_SOURCE, *TOLD, *ASIDES, "حد"])
_MARKED = _STOPS | _EVENTS
NAME = 3
"""A quotation of no more words is a name or a turn of phrase, unless it is all said."""
QUOTED_PART = 4
"""From so many quoted words on, a reported clause is one of mixed kind."""
BRACKETED = 8
"""A bracket of no more words, with its marks, is an aside or a name."""
_FEW = 6
_NEAR = 10
"""Within so many words after a verb its subject is named."""
_MANY = 12
"""As many words as are ever counted."""


class Page:
    """The words of a text and where its sentences and quotations begin and end.

    A sentence is the range of its words without its stop. It does not end within a
    quotation that is closed, nor after an initial or in a number. ``opening`` has the
    quotations by the places of their openers; ``events`` are the places where a rule
    may have something to say: cues, sources, quotations.
    """

    def __init__(self, words: Words) -> None:
        self.words = words
        self.forms = words.forms
        self.opening = {each.opener: each for each in quoted(words) if each.depth == 0}
        self._openers = list(self.opening)
        places = range(len(self.forms))
        marked = list(compress(places, map(_MARKED.__contains__, self.forms)))
        stops = [index for index in marked if self.forms[index] in _STOPS]
        cues = [index for index in marked if self.forms[index] in _EVENTS]
        self.events = sorted([*cues, *self._openers])
        self._breaks = [index for index in stops if self.forms[index] == "\n"]
        self.sentences = self._sentences(stops)
        self._starts = [sentence.start for sentence in self.sentences]

    def is_accusative(self, index: int) -> bool:
        """Whether a word is written with the ending of an object: بياناً."""
        return TANWIN in self.words.written(index)

    def first_letter(self, index: int) -> str:
        """The first letter of a word as it is written in the source text."""
        return self._written(self.words.starts[index])

    def last_letter(self, index: int) -> str:
        """The last letter of a word as it is written in the source text."""
        return self._written(self.words.ends[index] - 1)

    def _written(self, place: int) -> str:
        folded = self.words.folded
        return folded.source[bisect_right(folded.offsets, place) - 1]

    @cached_property
    def first_places(self) -> dict[str, int]:
        """Where each word stands for the first time."""
        places = range(len(self.forms))
        return dict(zip(reversed(self.forms), reversed(places), strict=True))

    @cached_property
    def speakers(self) -> set[str]:
        """The words that stand near after a verb that gives somebody's words."""
        near: set[str] = set()
        for index in self.events:
            if self.forms[index] in CUES:
                near.update(self.forms[index + 1 : index + _NEAR])
        return near

    def events_in(self, start: int, end: int) -> Iterator[int]:
        """The events among the words ``[start, end)``, one after the other."""
        events = self.events
        for place in range(bisect_left(events, start), len(events)):
            if events[place] >= end:
                return
            yield events[place]

    def has_events(self, sentence: range) -> bool:
        """Whether a rule may have something to say of a sentence."""
        return next(self.events_in(sentence.start, sentence.stop), None) is not None

    # --- sentences and lines ---

    def sentence_at(self, index: int) -> range:
        """The sentence of a word; one that ends none belongs to the one before."""
        found = bisect_right(self._starts, index) - 1
        return self.sentences[max(found, 0)]

    def sentences_in(self, start: int, end: int) -> Iterator[range]:
        """The sentences that touch the words ``[start, end)``."""
        first = max(bisect_right(self._starts, start) - 1, 0)
        for place in range(first, bisect_left(self._starts, end)):
            yield self.sentences[place]

    def starts_paragraph(self, index: int) -> bool:
        """Whether a word is the first of its line."""
        return index == 0 or self.forms[index - 1] == "\n"

    def ends_paragraph(self, index: int) -> bool:
        """Whether nothing of the line but a stop is left from a word on."""
        while index < len(self.forms) and self.forms[index] in _STOPS_IN_LINE:
            index += 1
        return index >= len(self.forms) or self.forms[index] == "\n"

    def paragraph_end(self, index: int) -> int:
        """The end of the line of a word."""
        breaks = self._breaks
        found = bisect_left(breaks, index)
        return breaks[found] if found < len(breaks) else len(self.forms)

    def _sentences(self, stops: list[int]) -> list[range]:
        """The ranges between the stops; a quotation may be the last of its sentence."""
        found, start, closer = [], 0, -1
        openers = iter([*self._openers, len(self.forms)])
        opener = next(openers)
        for index in stops:
            while opener < index:
                closer = self.opening[opener].closer or -1
                opener = next(openers)
            if index < closer and not self._closes_sentence(index, closer):
                continue
            if index < start or _is_in_word(self.words, index):
                continue
            stop = closer + 1 if index < closer else index
            if stop > start:
                found.append(range(start, stop))
            start = max(stop, index + 1)
        if start < len(self.forms):
            found.append(range(start, len(self.forms)))
        return found

    def _closes_sentence(self, stop: int, closer: int) -> bool:
        """Whether a stop at the end of a quotation ends the sentence around it too."""
        return stop + 1 == closer and _stands_free(self.words, closer + 1)

    # --- quotations ---

    def quotations_in(self, start: int, end: int) -> Iterator[Quoted]:
        """The quotations that open among the words ``[start, end)``."""
        for place in range(bisect_left(self._openers, start), len(self._openers)):
            if self._openers[place] >= end:
                return
            yield self.opening[self._openers[place]]

    def quotation_over(self, index: int) -> Quoted | None:
        """The closed quotation that a word stands in, marks included."""
        found = bisect_right(self._openers, index) - 1
        if found < 0:
            return None
        each = self.opening[self._openers[found]]
        return each if each.closer is not None and index <= each.closer else None

    def n_words(self, inner: range) -> int:
        """How many words, not marks, there are, قسد/مسد being one; up to a dozen."""
        some = self.forms[inner.start : min(inner.stop, inner.start + _MANY)]
        return sum(map(str.isalnum, some)) - some.count("/")

    def past_relative(self, index: int, limit: int) -> int:
        """The comma after a relative clause: المحتجون، الذين قدروا بالآلاف، …."""
        form = self.words.form
        if form(index) not in COMMAS or form(index + 1) not in RELATIVES:
            return index
        near = range(index + 2, limit)
        return next((place for place in near if self.forms[place] in COMMAS), index)

    def past_bracket(self, index: int) -> int:
        """The place after a short bracket that opens at a word, or the place itself."""
        if self.forms[index : index + 1] != ["("]:
            return index
        near = self.forms[index : index + BRACKETED]
        return index + near.index(")") + 1 if ")" in near else index

    def past_marks(self, index: int) -> int:
        """The place after a quotation or a bracket, or the place itself."""
        each = self.opening.get(index)
        return (each.closer or index) + 1 if each else self.past_bracket(index)

    def is_name(self, each: Quoted) -> bool:
        """Whether a quotation is a name or a scare quote and not what was said."""
        if each.closer is None or self.n_words(each.inner) > NAME:
            return False
        return not self.at_edge(each.closer + 1)

    # --- clauses ---

    def at_edge(self, index: int) -> bool:
        """Whether a clause ends before a word: at a mark, a stop or the end."""
        return index >= len(self.forms) or self.forms[index] in _CLAUSE_EDGES

    def counts_harm(self, index: int) -> bool:
        """Whether a number is one of those harmed: 12 إصابة, ثلاث وفيات."""
        form = self.forms[index]
        is_number = form.isdigit() or form in NUMBER_WORDS
        return is_number and self.words.form(index + 1) in COUNTED

    def begins_clause(self, index: int) -> bool:
        """Whether a verb at this place begins a clause, perhaps after a linker."""
        if index == 0 or CUES[self.forms[index]].joined:
            return True
        before = self.forms[index - 1]
        if before.isalnum():
            is_when = before == "ان" and self.forms[index - 2] in AFTER_THAT
            return is_when or self.is_linker(index - 1)
        each = self.quotation_over(index - 1)
        return before in _CLAUSE_EDGES or each is None or not self.is_name(each)

    def is_linker(self, index: int) -> bool:
        """Whether a word only leads to the verb after it: فيما, لكنه, إلا أنه."""
        form, before = self.forms[index], self.forms[max(index - 1, 0)]
        if form in LINKERS or (form in BUT and self.forms[index + 1] in THAT):
            return True
        return form in THAT and before in BUT

    def asserts(self, index: int, cue: Cue) -> bool:
        """Whether a verb at this place says that something was said."""
        before = self.forms[index - 1] if index else ""
        is_counted = cue.form is Form.PARTICIPLE and before.isdigit()  # 407 متهمين
        if before in NEGATIONS or is_counted:
            return False
        if cue.is_finite and before in BEFORE_NOUN:
            return False  # a noun that looks like a verb: في تذكر
        if before == "ما" and self.forms[index - 2 : index - 1] != ["كل"]:
            return False
        return not (cue.form is Form.PRESENT and before in UNREAL)

    def is_that(self, index: int) -> bool:
        """Whether a word is أن or the like; آن is a name."""
        form = self.forms[index]
        return form in THAT and (form != "ان" or self.first_letter(index) != "آ")

    def that_follows(self, index: int) -> bool:
        """Whether a comma and أن come soon: أفاد مصدر بالمدينة، أن الجسر سقط."""
        near = range(index + 2, min(index + _FEW, len(self.forms)))
        return any(self.forms[i - 1] in COMMAS and self.is_that(i) for i in near)


def _stands_free(words: Words, index: int) -> bool:
    """Whether what follows a quotation that ends in a stop is a new sentence."""
    return index >= len(words) or words.forms[index].startswith(("و", "\n"))


def _is_in_word(words: Words, index: int) -> bool:
    """Whether a stop ends no sentence: in 3.5, د. خالد, أ.ف.ب or عبر موقع.نت."""
    forms = words.forms
    if forms[index] != "." or index == 0 or not words.touches_next(index - 1):
        return False
    before = forms[index - 1]
    if len(before) == 1 and before.isalpha():
        return True
    if not words.touches_next(index):
        return False
    after = forms[index + 1]
    if before.isdigit() and after.isdigit():
        return True
    return after.isalpha() and len(after) < 3  # noqa: PLR2004  # an abbreviation
