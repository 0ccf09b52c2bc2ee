r"""How dates are written: word lists, and patterns over the kinds of words.

Each word of a text is one letter that says its kind, so `25 من كانون الثاني 2022` is
"number of pair ordinal year", and a rule is a regular expression over kinds: those of
the lists, number (1 to 31), short (other numbers of two digits), year (1300 to 2199),
digits (other numbers of up to four digits), pair and hijri_pair (the first word of a
month of two), word (any other). Marks stand for themselves.
"""

import re
from dataclasses import dataclass, replace
from functools import partial
from itertools import count, repeat
from string import ascii_letters
from typing import NamedTuple

from sources.text import lexicon

_LISTS = "sources.text.lexicon"
_MARKS = {mark: mark for mark in "/-(),.\n"} | {"،": ",", "–": "-", "—": "-", "\\": "/"}
_OTHER = "_"
_TAKE_PREPOSITIONS = {"month", "pair", "month_word", "annum", "day"}

# --- words ---


@dataclass(frozen=True, slots=True)
class DateWord:
    """What a word is in a date; its first ``n_glued`` letters are another word's."""

    kind: str
    value: str = ""
    n_glued: int = 0


def _months() -> dict[tuple[str, ...], int]:
    return {
        name: int(number)
        for _, number, column in lexicon.rows(_LISTS, "months")
        for name in lexicon.phrases(column)
    }


def _words() -> dict[str, DateWord]:
    words = {
        word: DateWord(kind, value)
        for kind, value, column in lexicon.rows(_LISTS, "date_words")
        for (word,) in lexicon.phrases(column)
    }
    for kind, number, column in lexicon.rows(_LISTS, "months"):
        for first, *second in lexicon.phrases(column):
            pair = "hijri_pair" if kind == "hijri" else "pair"
            words[first] = DateWord(pair if second else kind, number)
            for word in second:
                words.setdefault(word, DateWord("ordinal", "0"))
    glued: dict[str, DateWord] = {}
    for form, known in words.items():
        if form >= "ء":
            glued |= _glued(form, known)
    return glued | words | _numbers()


def _numbers() -> dict[str, DateWord]:
    """Every number of up to four digits; a day may have a zero before it."""
    kinds = dict.fromkeys(range(10_000), "digits")
    kinds |= dict.fromkeys(range(1300, 2200), "year")
    kinds |= dict.fromkeys(range(100), "short")
    kinds |= dict.fromkeys(range(1, 32), "number")
    forms = {str(n): DateWord(kind, str(n)) for n, kind in kinds.items()}
    return forms | {f"0{n}": forms[str(n)] for n in range(10)}


def _glued(form: str, word: DateWord) -> dict[str, DateWord]:
    """An Arabic word with what is written onto it: ب or ل, and و before these."""
    forms = {form: word}
    if form.startswith("ال"):
        forms["لل" + form[2:]] = word
    if form.startswith("ال") or word.kind in _TAKE_PREPOSITIONS:
        forms |= {letter + form: replace(word, n_glued=1) for letter in "بل"}
    return forms | {
        "و" + other: replace(known, n_glued=known.n_glued + 1)
        for other, known in forms.items()
    }


MONTHS = _months()
"""The number of each month by its name of one or two words."""

WORDS = _words()
"""Every word and number that may stand in a date, folded."""

_KINDS = sorted({word.kind for word in WORDS.values()} | {"again"})
_LETTERS = dict(zip(_KINDS, ascii_letters, strict=False))
_LETTER_OF = {form: _LETTERS[word.kind] for form, word in WORDS.items()} | _MARKS


def kinds(forms: list[str]) -> str:
    """The kinds of the words, one letter each.

    "again" is the second name of a month right after the first: `مارس آذار`.
    """
    letters = "".join(map(_LETTER_OF.get, forms, repeat(_OTHER)))
    return _TWO_NAMES.sub(partial(_named_again, forms), letters)


def _named_again(forms: list[str], match: re.Match[str]) -> str:
    first, second = (tuple(forms[slice(*match.span(group))]) for group in (1, 2))
    if MONTHS.get(first, 0) != MONTHS.get(second):
        return match[0]
    return match[1] + _LETTERS["again"] * len(second)


def is_kind(letter: str, *names: str) -> bool:
    """Whether a letter of ``kinds`` stands for one of these kinds."""
    return any(_LETTERS[name] == letter for name in names)


def follows_between(letters: str, index: int) -> bool:
    """Whether a word follows "between", or "between the months"."""
    return _LETTERS["between"] in letters[max(index - 2, 0) : index]


# --- patterns ---

NAME = r"(?: month | homonym | pair ordinal )"
GREGORIAN = rf"""
    (?P<month> {NAME} ) (?: \. (?= ,? (?:number|year) ) )?
    (?: [/(-] (?P<twin> {NAME} ) \)? | again+ )?"""
MONTH = rf"(?: {GREGORIAN} | (?P<hijri> hijri | hijri_pair ordinal ) )"
UNIT = "(?: unit | annum | month_word | weekend )"

# "2022", "from the year 2022", "of last year", "next"
WHICH = r"""(?:
    [,/-]? of? annum? side? (?P<year> year ) (?P<era> era )?
  | ,? of? (?P<unit> annum ) (?P<shift> side )
  | ,? of? (?P<shift> this ) (?P<unit> annum )
  | (?P<shift> side )
)"""

TIME = "(?: (?: after | part )? time )?"
TODAY = """(?: (?P<today> today ) (?P<twice> ordinal )?
    | (?P<twice> ordinal ) of? (?P<today> today )
    | (?P<twice> english_day? after | english_day in ) (?P<today> today ) )"""

# What may stand before the number of the day: its part, its name, "the".
LEAD = rf"""
    (?: this | {TIME} day? (?: today day? )? )
    (?: [(,]? (?P<weekday> weekday | abbreviated \.? ) [(),/-]? time? )?
    ,? (?: accord (?: of | word )? )? (?: the | date )?"""

ONE = r"(?: number suffix? | ordinal teen? | teen -? ordinal )"
DAYS = rf"""(?P<day> (?: {ONE} , )? {ONE} ,? (?: - | to | and | (?=ordinal) ) {ONE} | {ONE} )"""

COUNTED = "(?: units | unit | annum | day | english_day | month_word )"
NUMBER = "(?: number | short | digits | count | teen )"
TO = "(?: - | and? (?: to | until ) )"

MIDDLE = r"""(?: / (?P<middle> number ) / | - (?P<middle> number ) -
    | (?P<dot> \. ) (?P<middle> number ) \. )"""

_AFTER_LEAD = {
    "numeric": rf"""
        (?<! (?:number|year) [/.-] )
        (?: (?P<year> year ) {MIDDLE} (?P<last> number )
          | (?P<first> number ) {MIDDLE}
            (?: (?P<year> year ) (?P<era> era )? | (?P<short> number | short ) ) )
        (?! [/-] (?:number|year) )""",
    "day": rf"{DAYS} [/-]? of? the? month_word? {MONTH} {WHICH}?",
    "day_after_month": rf"""
        (?P<month> {NAME} )
        (?: [.,]? {DAYS} ,? (?P<year> year ) | \.? (?P<day> {ONE} - {ONE} )
          | \.? {DAYS} (?! word ) | \.? (?P<day> {ONE} ) )""",
    "day_of_month": rf"""
        (?P<day> {ONE} ) of? (?: (?P<unit> unit | month_word ) (?P<shift> side )
          | (?P<shift> this ) (?P<unit> unit | month_word ) )
      | (?<= in | day | date ) (?P<day> number ) (?P<shift> side )""",
}
_RULES = {
    "quarter": rf"""
        (?: (?P<quarter> quarter ) (?P<nth> ordinal )
          | (?P<nth> ordinal ) (?P<quarter> quarter ) ) {WHICH}""",
    "month": rf"""
        (?: part -? of? the? month_word? )? {MONTH} {WHICH}
      | part -? of? the? month_word? {MONTH}
      | (?P<shift> this ) (?P<month> {NAME} )
      | (?<= month_word ) {MONTH}
      | (?P<month> {NAME} ) [/(-] (?P<twin> {NAME} ) \)?
      | (?<= in | of | before ) (?P<month> {NAME} ) {TO} (?P<twin> {NAME} ) {WHICH}?
      | (?<= between ) (?P<month> {NAME} ) and (?P<twin> {NAME} ) {WHICH}?
      | (?<= in | before | between ) (?: (?P<month> {NAME} ) again* | (?P<hijri> hijri ) )
      | (?<= of | for | to | until | between | after )
        (?P<month> month | pair ordinal ) again*""",
    "decade": r"""
        (?P<year> year ) plural
      | (?: part of? the? )? (?P<decade> decade ) century (?: side | ordinal | word )?
      | (?: part of? the? | (?<= in | before | until ) ) (?P<decade> decade )""",
    "year": rf"""
        (?: (?: part | season ) of? the? )? annum (?: side | year_adjective{{1,2}} )?
        (?P<year> year ) (?P<era> era )?
        (?: (?: {TO} | (?P<two> and ) | / ) annum? (?P<last> year ) (?P<era> era )? )?
      | (?P<year> year ) (?P<era> era )
      | (?: season | part ) -? of? the? (?P<year> year ) (?: [-/] (?P<last> year ) )?
      | (?<= \( ) (?P<year> year ) (?: - (?P<last> year ) )? (?= \) )
      | (?<= in | before | until | between | of ) (?P<bare> year )
        (?: {TO} | (?P<two> and ) ) annum? (?P<last> year )
      | (?<= in | before | until | after | event ) (?P<bare> year )
      | (?<= the | count ) (?P<bare> year ) (?= word )""",
    "ago": rf"""
        before about? (?: (?P<count> {NUMBER} ) (?P<unit> {COUNTED} ) | (?P<dual> dual )
          | (?P<unit> unit | annum | day | month_word ) (?P<count> count )? )
        (?! of | year | weekday | month | homonym | pair | hijri | number | side | ordinal )
      | about? (?P<count> {NUMBER} ) (?P<unit> {COUNTED} ) ago""",
    "today": rf"""
        {TIME} day? {TODAY} (?: [(,]? (?P<weekday> weekday ) \)? )? time?""",
    "weekday": rf"""
        (?: this? (?P<shift> this | past ) | {TIME} day? ) (?P<weekday> weekday ) (?P<shift> side )? time?""",
    "unit": rf"""
        (?: part of? the? )? (?: (?P<unit> {UNIT} ) (?P<twice> before )? (?P<shift> side )
          | (?P<shift> this ) (?P<unit> {UNIT} | time | quarter )
          | this (?P<shift> past ) (?P<unit> {UNIT} ) )
      | (?<= the ) (?P<unit> weekend )
      | part of? the? (?P<unit> {UNIT} )""",
}

# The first word, and what follows it; most need another word of dates.
_STARTS = rf"""
    (?: decade | hijri | homonym | month | pair | today | weekday | weekend | year )
  | (?: abbreviated | about | after | annum | before | count | day | digits | english_day
      | hijri_pair | number | ordinal | part | quarter | season | short | teen | this
      | time | unit )
    (?! word
      | (?<= number ) (?: number | year | , number , number )
      | (?<= number \. number ) \. number | (?<= number - number ) - number
      | (?<= count | digits | short ) (?! {COUNTED} ) )"""


def _compiled(pattern: str) -> re.Pattern[str]:
    """A pattern with letters for the kinds and a number after the name of each group."""
    letters = _LETTERS | {"word": _OTHER}
    pattern = re.sub(r"\b[a-z_]+\b(?!>)", lambda kind: letters[kind[0]], pattern)
    numbers = count()
    pattern = re.sub(
        r"\(\?P<([a-z]+)>", lambda name: f"(?P<{name[1]}{next(numbers)}>", pattern
    )
    return re.compile(pattern, re.VERBOSE)


def _any(rules: dict[str, str]) -> str:
    return "|".join(f"(?P<{name}_rule>{pattern})" for name, pattern in rules.items())


_DATE = _compiled(
    f"(?= {_STARTS} ) (?: {LEAD} (?: {_any(_AFTER_LEAD)} ) | {_any(_RULES)} )"
)

_TWO_NAMES = _compiled(f"( (?: month | homonym | pair ) ordinal? ) ( {NAME} )")
"""Two months beside each other; the second may be another name of the first."""

AND = _compiled("and?")
LIST = _compiled("and? | ,")
UNTIL = _compiled(TO)
"""What stands between the ends of a period."""

SAME_DAY = _compiled("[(,/-] (?: accord (?: of | word )? )? | accord (?: of | word )?")
"""What stands between a day in one calendar and the same day in the other."""


def _groups_by_rule() -> dict[str, list[tuple[str, int]]]:
    """The groups inside that of each rule, after those of the lead, by name and number."""
    lead: list[tuple[str, int]] = []
    groups, rules = lead, {}
    for name, number in _DATE.groupindex.items():
        if name.endswith("_rule"):
            groups = rules[name] = [*lead]
        else:
            groups.append((name.rstrip("0123456789"), number))
    return rules


_GROUPS = _groups_by_rule()


class Match(NamedTuple):
    """What a rule matched: the words ``[first, end)``, and those of each named group."""

    rule: str
    first: int
    end: int
    groups: dict[str, range]


def search(letters: str, first: int) -> re.Match[str] | None:
    """What may be the first date at or after a word, in a text of these kinds."""
    return _DATE.search(letters, first)


def matched(match: re.Match[str]) -> Match:
    """The rule and the groups of a match; the last group that closes is the rule."""
    rule = match.lastgroup or ""
    spans = match.regs
    groups = {
        name: range(*spans[number])
        for name, number in _GROUPS[rule]
        if spans[number][1] > 0
    }
    return Match(rule.removesuffix("_rule"), *spans[0], groups)
