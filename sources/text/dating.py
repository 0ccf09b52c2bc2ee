"""The dates of a text, Arabic or English, and the date it gives of itself.

Pure and linear: one pass of a pattern over the kinds of the words.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sources.text.calendars import Stated, is_possible, worked_out
from sources.text.crowds import Crowd
from sources.text.date_grammar import (
    AND,
    LIST,
    SAME_DAY,
    UNTIL,
    WORDS,
    follows_between,
    kinds,
    matched,
    search,
)
from sources.text.date_matches import Atom, Found
from sources.text.date_rules import read
from sources.text.dates import PartialDate
from sources.text.spans import Span
from sources.text.words import Words

_HEAD = 120
"""Among how many words from the start a text may state its own date."""
_BESIDE = 8
"""How many other words the line of such a date may have."""
_AFTER_DATELINE = frozenset("(-–—:/")
_MARKS = frozenset('"“”„«»')
_APART = 8
_FURTHEST = 3
"""How many words may stand between two dates that are one."""


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date as it stands in a text; ``date.words`` are the words of the span.

    ``date`` is ``None`` when the days cannot be told: those of 3/2/2022 in English, or
    of a relative date without a dateline.
    """

    span: Span
    date: PartialDate | None
    rule: str
    is_relative: bool


def dates(words: Words, *, dateline: date | None) -> list[WrittenDate]:
    """Every date in order, relative ones as seen from the dateline. None overlap."""
    atoms = (atom for atom in _joined(words) if not _is_name(words, atom))
    return [_written(words, atom, dateline) for atom in atoms]


def _is_name(words: Words, atom: Atom) -> bool:
    """Whether a day alone in quotation marks is what something is called: «الغد»."""
    is_one = atom.end == atom.first + 1
    beside = {words.form(atom.first - 1), words.form(atom.end)}
    return is_one and atom.stated.is_relative and beside <= _MARKS


def stated_dateline(words: Words) -> WrittenDate | None:
    """The day near its start on which a text says it was written or published.

    A full date on a line of few other words, or in front of a dash or bracket as
    agencies put it.
    """
    head = Words(
        words.folded, words.forms[:_HEAD], words.starts[:_HEAD], words.ends[:_HEAD]
    )
    for atom in _joined(head):
        if _is_whole_day(atom.stated) and _heads_its_line(head, atom):
            return _written(words, atom, None)
    return None


def _is_whole_day(stated: Stated) -> bool:
    return None not in (stated.year, stated.day) and stated.last is None


def _heads_its_line(words: Words, atom: Atom) -> bool:
    line = next(line for line in words.paragraphs if atom.first in line)
    before = [form for form in words.forms[line.start : atom.first] if form.isalpha()]
    after = [form for form in words.forms[atom.end : line.stop] if form.isalpha()]
    if len(before) + len(after) <= _BESIDE:
        return True
    following = words.form(atom.end)
    return len(before) <= _BESIDE // 2 and following in _AFTER_DATELINE


def _written(words: Words, atom: Atom, dateline: date | None) -> WrittenDate:
    span = _span(words, atom)
    meant = worked_out(atom.stated, dateline, span.of(words.text))
    return WrittenDate(span, meant, atom.rule, atom.stated.is_relative)


def _span(words: Words, atom: Atom) -> Span:
    """The source text of a date, without the conjunction written onto its first word."""
    n_glued = WORDS[words.forms[atom.first]].n_glued
    return words.span(atom.first, atom.end, skip=n_glued)


def _joined(words: Words) -> list[Atom]:
    """The dates, those that say one day twice or both ends of a period made one."""
    joined: list[Atom] = []
    letters = kinds(words.forms)
    for atom in _atoms(words, letters):
        if joined and atom.first - joined[-1].end <= _FURTHEST:
            joined += _beside(joined.pop(), atom, letters)
        else:
            joined.append(atom)
    return joined


def _atoms(words: Words, letters: str) -> Iterator[Atom]:
    first = 0
    crowd = Crowd(apart=_APART)
    while match := search(letters, first):
        if crowd.holds(match.start()):
            first = match.end()
            continue
        atoms = read(Found(words, letters, matched(match)))
        first = match.start() + 1 if atoms is None else match.end()
        for atom in atoms or ():
            if is_possible(atom.stated):
                yield _trimmed(atom, letters)


def _trimmed(atom: Atom, letters: str) -> Atom:
    """With the bracket after it that closes its own, and without that of another."""
    own = letters[atom.first : atom.end]
    opened = own.count("(") - own.count(")")
    if opened > 0 and letters.startswith(")", atom.end):
        return atom._replace(end=atom.end + 1)
    return atom._replace(end=atom.end - 1) if own.endswith(")") and opened else atom


def _beside(left: Atom, right: Atom, letters: str) -> list[Atom]:
    """Two dates, made one if they are one day twice or the ends of a period.

    In "March and May 2021" they stay two, of the same year.
    """
    between = letters[left.end : right.first]
    if SAME_DAY.fullmatch(between) and _in_two_calendars(left.stated, right.stated):
        closing = between[0] == "(" and letters.startswith(")", right.end)
        stated = left.stated if right.stated.is_hijri else right.stated
        return [left._replace(end=right.end + closing, stated=stated)]
    if LIST.fullmatch(between) and _is_bare_weekday(right.stated):
        right = right._replace(stated=_after(left.stated, right.stated))
    if not _are_alike(left.stated, right.stated):
        return [left, right]
    if UNTIL.fullmatch(between) or (
        AND.fullmatch(between) and follows_between(letters, left.first)
    ):
        stated = left.stated.until(right.stated)
        return [left._replace(end=right.end, stated=stated)]
    if LIST.fullmatch(between) and left.stated.year is None:
        left = left._replace(stated=left.stated._replace(year=right.stated.year))
    return [left, right]


def _in_two_calendars(left: Stated, right: Stated) -> bool:
    both_days = left.day is not None and right.day is not None
    return both_days and left.is_hijri != right.is_hijri


def _is_bare_weekday(stated: Stated) -> bool:
    is_else = stated._replace(weekday=None, is_ahead=False) != Stated()
    return stated.weekday is not None and not is_else


def _after(left: Stated, right: Stated) -> Stated:
    """The weekday that goes on with a day: with today, Thursday, or with one to come."""
    day, weekday, shift = left.weekday, right.weekday, left.shift or 0
    if left.unit != "day" or day is None or weekday is None or shift < 0:
        return right._replace(is_ahead=left.is_ahead or right.is_ahead)
    return Stated(unit="day", shift=shift + (weekday - day) % 7, weekday=weekday)


def _are_alike(left: Stated, right: Stated) -> bool:
    """Whether both are days or both months, the second at least with its year."""
    if left.last or right.last or None in (left.month, right.month):
        return False
    if (left.day is None, left.is_hijri) != (right.day is None, right.is_hijri):
        return False
    return left.year is None or right.year is not None
