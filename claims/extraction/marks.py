"""Quotation marks in pairs, for both languages, as newsrooms really type them.

What a mark does is told by its looks, by what it touches and by what is open, in this
order of trust: a mark that touches only the word after it opens, one that touches only
the word before it closes, a colon beside it opens, then the looks decide (“ opens, ”
closes, " does either). So ”…” and »…« pair as well as “…” and «…».
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum, auto
from itertools import zip_longest
from typing import NamedTuple

from sources.text.words import Words

DEEPEST = 4
"""How many quotations may be open at once; marks within are words like any other."""

FARTHEST = 4
"""How many paragraphs after an unclosed one may pass before a mark that closes it."""

_PARTNERS = dict(zip("([{)]}", ")]}([{", strict=True))
_BRACKETED = 40

_CLITICS = frozenset(["و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "وب", "ول", "لل"])
_NOT_BEFORE = frozenset(["", *"\n([{"])
_NOT_AFTER = frozenset(["", *"\n.,،;؛:!?؟…)]}"])
_KEPT_AT_THE_END = frozenset("%$€£")
_SENTENCE_ENDS = frozenset(".!?؟…")
_RUN = 3


class _Looks(IntEnum):
    OPENING = auto()
    CLOSING = auto()
    EITHER = auto()


class _Family(IntEnum):
    """Marks that may close one another."""

    DOUBLE = auto()
    SINGLE = auto()
    ANGLES = auto()


_MARKS = {
    **dict.fromkeys("“„❝〝", (_Family.DOUBLE, _Looks.OPENING)),
    **dict.fromkeys("”‟❞〞", (_Family.DOUBLE, _Looks.CLOSING)),
    **dict.fromkeys('"″＂', (_Family.DOUBLE, _Looks.EITHER)),
    **dict.fromkeys("«‹", (_Family.ANGLES, _Looks.OPENING)),
    **dict.fromkeys("»›", (_Family.ANGLES, _Looks.CLOSING)),
    **dict.fromkeys("‘‚`", (_Family.SINGLE, _Looks.OPENING)),
    **dict.fromkeys("’´", (_Family.SINGLE, _Looks.CLOSING)),
    **dict.fromkeys("'＇‛", (_Family.SINGLE, _Looks.EITHER)),
}
_TYPED_TWICE = {  # `` and '' are one mark, << and >> too
    **{
        mark: (_Family.DOUBLE, looks)
        for mark, (family, looks) in _MARKS.items()
        if family is _Family.SINGLE
    },
    "‹": _MARKS["«"],
    "›": _MARKS["»"],
    "<": _MARKS["«"],
    ">": _MARKS["»"],
}
_SEEN = frozenset([*_MARKS, *_TYPED_TWICE, "\n"])


@dataclass(frozen=True, slots=True)
class Quoted:
    """What stands between two quotation marks; all are indices of words.

    ``closer`` is ``None`` when no mark closes it; ``inner`` then ends with the
    paragraph, or where the quotation around it ends. A quotation that runs over several
    paragraphs, with or without a new opener on each, is one. ``depth`` counts the
    quotations around it.
    """

    opener: int
    closer: int | None
    inner: range
    depth: int = 0


def quoted(words: Words) -> list[Quoted]:
    """The quotations of a text in order of their openers, the nested ones too.

    Apostrophes, single marks that nothing closes and marks that close nothing are left
    out, and so are brackets. Linear in the text.
    """
    pairing = _Pairing(words)
    for marks, paragraph in _marks_by_paragraph(words):
        pairing.read(marks, paragraph)
    pairing.give_up_waiting()
    return sorted(pairing.found, key=lambda quotation: quotation.opener)


def trimmed(words: Words, inner: range) -> range:
    """The words without the marks and punctuation at their edges; may be empty.

    Signs of percent and money stay, and so does a bracket whose partner is within.
    """
    first, end = inner.start, inner.stop
    while first < end and not _is_edge_word(words, first, end):
        first += 1
    while first < end and not _is_edge_word(words, end - 1, first):
        end -= 1
    return range(first, end)


def _is_edge_word(words: Words, index: int, other: int) -> bool:
    """Whether a word may stand at the edge of a quote that reaches to the other one."""
    form = words.forms[index]
    if form.isalnum() or form in _KEPT_AT_THE_END:
        return True
    if index < other:
        near = words.forms[index : min(other, index + _BRACKETED)]
    else:
        near = words.forms[max(other, index - _BRACKETED) : index]
    return _PARTNERS.get(form) in near


class _Mark(NamedTuple):
    """A mark, and what it touches on each side ("" where it touches nothing)."""

    first: int
    end: int
    char: str
    family: _Family
    looks: _Looks
    before: str
    after: str
    after_colon: bool

    @property
    def sticks(self) -> bool:
        """Whether it hangs on what stands before it."""
        return self.before not in _NOT_BEFORE

    @property
    def leads(self) -> bool:
        """Whether it stands at the front of a word."""
        return self.after not in _NOT_AFTER

    @property
    def after_clitic(self) -> bool:
        """Whether it quotes what an Arabic clitic is written to: و“داعش”."""
        return self.before in _CLITICS

    @property
    def is_within_word(self) -> bool:
        """Whether it is an apostrophe between letters."""
        inside = self.sticks and self.leads and not self.after_clitic
        return inside and self.family is _Family.SINGLE


def _marks_by_paragraph(words: Words) -> Iterator[tuple[list[_Mark], range]]:
    """The marks of each paragraph that has some, and the paragraph."""
    marks: list[_Mark] = []
    start = end = 0
    for index, form in enumerate(words.forms):
        if form not in _SEEN:
            continue
        if form == "\n":
            yield marks, range(start, index)
            marks, start = [], index + 1
        elif index >= end and (mark := _mark_at(words, index)):
            marks.append(mark)
            end = mark.end
    yield marks, range(start, len(words))


def _mark_at(words: Words, first: int) -> _Mark | None:
    forms, char = words.forms, words.forms[first]
    end = first + 1
    if (
        char in _TYPED_TWICE
        and words.touches_next(first)
        and forms[end] in _TYPED_TWICE
        and _TYPED_TWICE[forms[end]] == _TYPED_TWICE[char]
    ):
        end += 1
        family, looks = _TYPED_TWICE[char]
    elif char in _MARKS:
        family, looks = _MARKS[char]
    else:
        return None
    before, after = _beside(words, first, -1), _beside(words, end - 1, 1)
    after_colon = first > 0 and forms[first - 1] == ":"
    return _Mark(first, end, char, family, looks, before, after, after_colon)


def _beside(words: Words, index: int, step: int) -> str:
    """What a mark touches on one side, looking past a few other marks; else ""."""
    for _ in range(_RUN):
        left = index if step > 0 else index - 1
        if left < 0 or not words.touches_next(left):
            return ""
        index += step
        if words.forms[index] not in _MARKS:
            return words.forms[index]
    return ""


class _Pairing:
    """The quotations found so far, and those still open."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.found: list[Quoted] = []
        self.open: list[_Mark] = []
        self.left: Counter[tuple[_Family, _Looks]] = Counter()
        self.waiting: _Mark | None = None
        self.waiting_until = 0
        self.waited = 0

    def read(self, marks: list[_Mark], paragraph: range) -> None:
        """Pair the marks of the next paragraph."""
        marks = [mark for mark in marks if not mark.is_within_word]
        self.left = Counter((mark.family, mark.looks) for mark in marks)
        for mark, following in zip_longest(marks, marks[1:]):
            if self._continues(mark, paragraph):
                self._resume()
            elif not (following and self._is_possessive(mark, following)):
                self._place(mark)
            self.left[mark.family, mark.looks] -= 1
        self._end_paragraph(paragraph)

    def _continues(self, mark: _Mark, paragraph: range) -> bool:
        """Whether it opens a paragraph anew within a quotation of several."""
        return (
            self.waiting is not None
            and mark.first == paragraph.start
            and mark.char == self.waiting.char
        )

    def _resume(self) -> None:
        if self.waiting:
            self.open, self.waiting = [self.waiting], None

    def _place(self, mark: _Mark) -> None:
        partner = self._open_of(mark.family)
        if partner and self._reopens(mark, partner):
            return
        if _opens_within(mark, partner) if partner else self._opens(mark):
            self.give_up_waiting()
            if len(self.open) < DEEPEST:
                self.open.append(mark)
        elif partner:
            self._close(partner, mark)
        elif self.waiting and self.waiting.family is mark.family:
            self._resume()
            self._close(self.open[0], mark)

    def _reopens(self, mark: _Mark, partner: _Mark) -> bool:
        """Whether a mark only repeats the one that is open.

        So it does right behind it, and before a new sentence (“One. “Two,” she said)
        when too few are left to close both.
        """
        if mark.char != partner.char or mark.sticks or not mark.leads:
            return False
        closers = (
            self.left[mark.family, _Looks.CLOSING]
            + self.left[mark.family, _Looks.EITHER]
            - (mark.looks is _Looks.EITHER)
        )
        begins_sentence = self.words.forms[mark.first - 1] in _SENTENCE_ENDS
        return closers < 2 and (begins_sentence or mark.first == partner.end)  # noqa: PLR2004  # one for each

    def _opens(self, mark: _Mark) -> bool:
        """Whether a mark opens where none that it could close is open."""
        if mark.family is _Family.SINGLE:
            return mark.leads and mark.looks is not _Looks.CLOSING
        if mark.after_colon or mark.after == ":" or (mark.leads and not mark.sticks):
            return True
        if mark.leads and mark.sticks:
            return mark.looks is not _Looks.CLOSING or mark.after_clitic
        if mark.sticks and (mark.before.isdigit() or self._has_opening(mark.family)):
            return False
        is_even = self.left[mark.family, mark.looks] % 2 == 0
        return is_even or not (mark.sticks or self.waiting)

    def _has_opening(self, family: _Family) -> bool:
        """Whether a mark that looks opening is left in the paragraph."""
        return self.left[family, _Looks.OPENING] > 0

    def _open_of(self, family: _Family) -> _Mark | None:
        return next((m for m in reversed(self.open) if m.family is family), None)

    def _close(self, partner: _Mark, mark: _Mark) -> None:
        """Close a quotation and, unclosed, all that are open within."""
        while (inmost := self.open.pop()) is not partner:
            self._add(inmost, None, mark.first, len(self.open))
        self._add(partner, mark.first, mark.first, len(self.open))

    def _add(self, opener: _Mark, closer: int | None, end: int, depth: int) -> None:
        if closer is None and opener.family is _Family.SINGLE:
            return
        self.found.append(Quoted(opener.first, closer, range(opener.end, end), depth))

    def _end_paragraph(self, paragraph: range) -> None:
        while len(self.open) > 1:
            self._add(self.open.pop(), None, paragraph.stop, len(self.open))
        if self.open and self.open[0].family is not _Family.SINGLE:
            self.waiting = self.open[0]
            self.waiting_until, self.waited = paragraph.stop, 0
        elif self.waiting:
            self.waited += bool(paragraph)
            if self.waited > FARTHEST:
                self.give_up_waiting()
        self.open = []

    def give_up_waiting(self) -> None:
        """Leave the open quotation of an earlier paragraph unclosed."""
        if self.waiting:
            self._add(self.waiting, None, self.waiting_until, 0)
            self.waiting = None

    def _is_possessive(self, mark: _Mark, following: _Mark) -> bool:
        """Whether it only marks a possessive, as another one closes: soldiers’."""
        return (
            mark.family is following.family is _Family.SINGLE
            and mark.before.endswith("s")
            and self.words.forms[mark.end].isalnum()
            and following.sticks
        )


def _opens_within(mark: _Mark, partner: _Mark) -> bool:
    """Whether a mark opens a quotation inside one that it could close."""
    if mark.sticks:
        return mark.leads and mark.after_clitic
    if mark.leads:
        return mark.looks is not _Looks.CLOSING or mark.char == partner.char
    return mark.looks is _Looks.OPENING
