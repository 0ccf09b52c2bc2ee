"""Quotation marks in pairs, for both languages, as newsrooms really type them.

What a mark does is told by its looks, by what it touches and by what is open, in this
order of trust: a mark that touches only the word after it opens, one that touches only
the word before it closes, a colon beside it opens, then the looks decide (“ opens, ”
closes, " does either). So ”…” and »…« pair as well as “…” and «…».
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import compress, zip_longest
from typing import Literal, NamedTuple

from sources.text.words import Words

DEEPEST = 4
"""How many quotations may be open at once; marks within are words like any other."""

MOST = 1000
"""How many marks of a paragraph are read; no text quotes so much in one line."""

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


_Family = Literal["double", "single", "angles", "brackets"]
"""Marks that may close one another."""
_Looks = Literal["opening", "closing", "either"]
_Kind = tuple[_Family, _Looks]

_SINGLE: dict[str, _Kind] = {
    **dict.fromkeys("‘‚`", ("single", "opening")),
    **dict.fromkeys("’´", ("single", "closing")),
    **dict.fromkeys("'＇‛", ("single", "either")),
}
_MARKS: dict[str, _Kind] = {
    **dict.fromkeys("“„❝〝", ("double", "opening")),
    **dict.fromkeys("”‟❞〞", ("double", "closing")),
    **dict.fromkeys('"″＂', ("double", "either")),
    **dict.fromkeys("«‹", ("angles", "opening")),
    **dict.fromkeys("»›", ("angles", "closing")),
    **_SINGLE,
}
_TYPED_TWICE: dict[str, _Kind] = {  # `` and '' are one mark, << and (( too
    **{mark: ("double", looks) for mark, (_, looks) in _SINGLE.items()},
    **dict.fromkeys("‹<", ("angles", "opening")),
    **dict.fromkeys("›>", ("angles", "closing")),
    "(": ("brackets", "opening"),
    ")": ("brackets", "closing"),
}
_TURNED = ("’", "‘")
"""Two that some keyboards make of one: ‘‘all of it’‘."""
_SEEN = frozenset([*_MARKS, *_TYPED_TWICE, "\n"])


class Quoted(NamedTuple):
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
        if marks or pairing.waiting:
            pairing.read(marks, paragraph)
    pairing.give_up_waiting()
    return sorted(pairing.found, key=lambda quotation: quotation.opener)


def trimmed(words: Words, inner: range) -> range:
    """The words without the marks and punctuation at their edges; may be empty.

    Signs of percent and money stay, and so does a bracket whose partner is within.
    """
    first, end = inner.start, inner.stop
    if inner and words.forms[first].isalnum() and words.forms[end - 1].isalnum():
        return inner
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
    """A mark, and what it touches on each side ("" where it touches nothing).

    One that ``sticks`` hangs on what stands before it, one that ``leads`` stands at the
    front of a word. It ``may_close`` unless it only leads, or looks opening.
    """

    first: int
    end: int
    char: str
    family: _Family
    looks: _Looks
    before: str
    after: str
    sticks: bool
    leads: bool
    after_colon: bool
    may_close: bool

    @property
    def after_clitic(self) -> bool:
        """Whether it quotes what an Arabic clitic is written to: و“داعش”."""
        return self.before in _CLITICS

    @property
    def is_within_word(self) -> bool:
        """Whether it is an apostrophe between letters."""
        inside = self.family == "single" and self.sticks and self.leads
        return inside and not self.after_clitic


def _marks_by_paragraph(words: Words) -> Iterator[tuple[list[_Mark], range]]:
    """The marks of each paragraph without apostrophes, and the paragraph."""
    forms = words.forms
    marks: list[_Mark] = []
    start = end = 0
    for index in compress(range(len(forms)), map(_SEEN.__contains__, forms)):
        if forms[index] == "\n":
            yield marks, range(start, index)
            marks, start = [], index + 1
        elif index < end or len(marks) >= MOST or _is_in_word(words, index):
            continue
        elif mark := _mark_at(words, index):
            end = mark.end
            if not mark.is_within_word:
                marks.append(mark)
    yield marks, range(start, len(words))


def _is_in_word(words: Words, index: int) -> bool:
    """Whether it stands between two letters, as most single marks do: doesn’t."""
    before = words.form(index - 1)
    return (
        words.forms[index] in _SINGLE
        and before.isalpha()
        and words.form(index + 1).isalpha()
        and words.touches_next(index - 1)
        and words.touches_next(index)
        and before not in _CLITICS
    )


def _mark_at(words: Words, first: int) -> _Mark | None:
    forms, char, end = words.forms, words.forms[first], first + 1
    kind = _MARKS.get(char)
    if char in _TYPED_TWICE and words.touches_next(first):
        twice = _as_one(char, forms[end])
        kind, end = (twice, end + 1) if twice else (kind, end)
    if kind is None:
        return None
    before, after = _touched_before(words, first), _touched_after(words, end)
    sticks, leads = before not in _NOT_BEFORE, after not in _NOT_AFTER
    after_colon = first > 0 and forms[first - 1] == ":"
    may_close = kind[1] != "opening" and (sticks or not leads)
    return _Mark(
        first,
        end,
        char,
        *kind,
        before,
        after,
        sticks,
        leads,
        after_colon,
        may_close,
    )


def _as_one(char: str, following: str) -> _Kind | None:
    """What two marks are together, ``None`` if each is one by itself."""
    if (char, following) == _TURNED:
        return "double", "either"
    kind = _TYPED_TWICE[char]
    return kind if _TYPED_TWICE.get(following) == kind else None


def _touched_before(words: Words, index: int) -> str:
    """What a mark touches before it, looking past a few other marks; else ""."""
    for left in range(index - 1, max(index - _RUN, 0) - 1, -1):
        if words.ends[left] != words.starts[left + 1]:
            break
        if words.forms[left] not in _MARKS:
            return words.forms[left]
    return ""


def _touched_after(words: Words, end: int) -> str:
    """What a mark touches after it, looking past a few other marks; else ""."""
    for right, form in enumerate(words.forms[end : end + _RUN], end):
        if words.ends[right - 1] != words.starts[right]:
            break
        if form not in _MARKS:
            return form
    return ""


class _Pairing:
    """The quotations found so far, and those still open."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.found: list[Quoted] = []
        self.open: list[_Mark] = []
        self.left: dict[_Kind, int] = {}
        self.closers: dict[_Family, int] = {}
        self.waiting: _Mark | None = None
        self.waiting_until = 0
        self.waited = 0

    def read(self, marks: list[_Mark], paragraph: range) -> None:
        """Pair the marks of the next paragraph."""
        self.left, self.closers = defaultdict(int), defaultdict(int)
        for mark in marks:
            self.left[mark.family, mark.looks] += 1
            self.closers[mark.family] += mark.may_close
        for mark, following in zip_longest(marks, marks[1:]):
            if self.waiting and self._continues(mark, paragraph, self.waiting):
                self._resume()
            elif not (following and self._is_possessive(mark, following)):
                self._place(mark)
            self.left[mark.family, mark.looks] -= 1
            self.closers[mark.family] -= mark.may_close
        self._end_paragraph(paragraph)

    def _continues(self, mark: _Mark, paragraph: range, waiting: _Mark) -> bool:
        """Whether it opens a paragraph anew within a quotation of several."""
        return mark.first == paragraph.start and mark.char == waiting.char

    def _resume(self) -> None:
        if self.waiting:
            self.open, self.waiting = [self.waiting], None

    def _place(self, mark: _Mark) -> None:
        partner = self._open_of(mark.family) if self.open else None
        if partner and self._reopens(mark, partner):
            return
        if _opens_within(mark, partner) if partner else self._opens(mark):
            self.give_up_waiting()
            if len(self.open) < DEEPEST:
                self.open.append(mark)
        elif partner:
            self._close(partner, mark)
        elif self.waiting and self.waiting.family == mark.family:
            self._resume()
            self._close(self.open[0], mark)

    def _reopens(self, mark: _Mark, partner: _Mark) -> bool:
        """Whether a mark only repeats the one that is open.

        So it does right behind it, and before a new sentence (“One. “Two,” she said)
        when too few are left to close both.
        """
        if mark.char != partner.char or mark.sticks or not mark.leads:
            return False
        closers = self.closers[mark.family]
        begins_sentence = self.words.forms[mark.first - 1] in _SENTENCE_ENDS
        return closers < 2 and (begins_sentence or mark.first == partner.end)  # noqa: PLR2004  # one for each

    def _opens(self, mark: _Mark) -> bool:
        """Whether a mark opens where none that it could close is open."""
        if mark.family == "single":
            return mark.leads and mark.looks != "closing"
        if mark.after_colon or mark.after == ":" or (mark.leads and not mark.sticks):
            return True
        if mark.leads and mark.sticks:
            return mark.looks != "closing" or mark.after_clitic
        if mark.sticks and (mark.before.isdigit() or self._has_opening(mark.family)):
            return False
        is_even = self.left[mark.family, mark.looks] % 2 == 0
        return is_even or not (mark.sticks or self.waiting)

    def _has_opening(self, family: _Family) -> bool:
        """Whether a mark that looks opening is left in the paragraph."""
        return self.left[family, "opening"] > 0

    def _open_of(self, family: _Family) -> _Mark | None:
        for mark in reversed(self.open):
            if mark.family == family:
                return mark
        return None

    def _close(self, partner: _Mark, mark: _Mark) -> None:
        """Close a quotation and, unclosed, all that are open within."""
        while (inmost := self.open.pop()) is not partner:
            self._add(inmost, None, mark.first, len(self.open))
        self._add(partner, mark.first, mark.first, len(self.open))

    def _add(self, opener: _Mark, closer: int | None, end: int, depth: int) -> None:
        if closer is None and opener.family == "single":
            return
        self.found.append(Quoted(opener.first, closer, range(opener.end, end), depth))

    def _end_paragraph(self, paragraph: range) -> None:
        while len(self.open) > 1:
            self._add(self.open.pop(), None, paragraph.stop, len(self.open))
        if self.open and self.open[0].family != "single":
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
            mark.family == following.family == "single"
            and mark.before.endswith("s")
            and self.words.forms[mark.end].isalnum()
            and following.sticks
        )


def _opens_within(mark: _Mark, partner: _Mark) -> bool:
    """Whether a mark opens a quotation inside one that it could close."""
    if mark.sticks:
        return mark.leads and mark.after_clitic
    if mark.leads:
        return mark.looks != "closing" or mark.char == partner.char
    return mark.looks == "opening"
