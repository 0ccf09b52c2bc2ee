"""Amounts: the numbers of a text, with the two of a range as one.

`ما بين 60-90`, `بين 270 و330 ألف`, "from 5 to 8", "$62 to $68" and "two or three dozen" are
ranges, and the scale of the second number holds for the first. What rose "from 5 to 8"
has two amounts; `3-2` is a score, and no amount.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from claims.extraction.quantities.lists import CHANGES, COUNTED, SIGNS, UNITS
from claims.quantity import LIMIT, STEP
from sources.text.digits import CLITICS
from sources.text.numerals import Numeral
from sources.text.spans import Span
from sources.text.words import Words

_DASHES = frozenset("-–—‐‑−~")
_MINUS = frozenset("-−")
_TO = {("to",), ("الي",), ("حتي",), ("till",), ("until",)}
_OR = {("or",), ("او",)}
_AND = {("and",), ("و",), ()}
_FROM = frozenset(("from", "من", "ومن"))
_BETWEEN = {"between": 0, "بين": 0, "وبين": 1}
_FIRST_YEAR, _LAST_YEAR = 1800, 2100
_NEAR = 6
_SCALES = frozenset(map(Decimal, (10**3, 10**6, 10**9, 10**12)))
_PARTITIVES = frozenset(("من", "منهم", "منها"))


class Amount(NamedTuple):
    """A number or range at the words ``[first, end)``, less ``skip`` letters.

    ``high`` is ``None`` for a vague one, whose upper side is open. ``numbers`` are where
    its one or two numbers begin. ``brackets`` around it are no part of its span.
    """

    first: int
    end: int
    low: Decimal
    high: Decimal | None
    skip: int = 0
    is_range: bool = False
    numbers: tuple[int, ...] = ()
    brackets: int = 0

    @property
    def is_vague(self) -> bool:
        """Whether it is a plural like "hundreds"."""
        return self.high is None

    def span(self, words: Words) -> Span:
        """Where it stands in the text."""
        first, end = self.first + self.brackets, self.end - self.brackets
        return words.span(first, end, skip=self.skip)


def amounts(words: Words, found: list[Numeral]) -> Iterator[Amount]:
    """Every number and range of a text, in order, without scores and the like.

    ``found`` are its numbers as they are written.
    """
    position = 0
    while position < len(found):
        first = found[position]
        second = _near_one(found, position)
        dashed = second and _is_dashed(words, first, second)
        joint = _range(words, first, second) if second else None
        joint = joint or (_scaled(words, first, second) if second else None)
        if joint:
            yield joint
        elif not dashed:
            yield _amount(words, first)
        position += 2 if joint or dashed else 1


def _scaled(words: Words, first: Numeral, second: Numeral) -> Amount | None:
    """A number in brackets before its scale: `(285) مليون`."""
    is_bracketed = [words.form(first.first - 1), words.form(first.end)] == ["(", ")"]
    is_scale = second.value in _SCALES and second.end == second.first + 1
    if not (is_bracketed and is_scale and second.first == first.end + 1):
        return None
    if first.is_vague or second.is_vague:
        return None
    value = first.value * second.value
    numbers = (first.first, second.first)
    return Amount(first.first - 1, second.end, value, value, numbers=numbers)


def _near_one(found: list[Numeral], position: int) -> Numeral | None:
    """The number after one, if the two may belong together."""
    second = found[position + 1] if position + 1 < len(found) else None
    is_near = second and second.first - found[position].end <= _NEAR
    return second if is_near else None


def _amount(words: Words, numeral: Numeral) -> Amount:
    first, end, value = numeral.first, numeral.end, numeral.value
    if words.form(first - 1) in _MINUS and _is_negative(words, numeral):
        first, value = first - 1, -value
    high = None if numeral.is_vague else value
    brackets = int(words.form(first - 1) == "(" and _is_bracketed(words, end))
    return Amount(
        first - brackets,
        end + brackets,
        value,
        high,
        numeral.skip,
        numbers=(numeral.first,),
        brackets=brackets,
    )


def _is_bracketed(words: Words, end: int) -> bool:
    """Whether only a bracket stands between it and what it counts: `(400) مهاجرا`."""
    if words.form(end) != ")":
        return False
    noun = words.form(end + 1)
    return (
        noun in COUNTED
        or noun in _PARTITIVES
        or (noun > "ء" and (noun.endswith("ا") or noun in UNITS.firsts))
    )


def _is_negative(words: Words, numeral: Numeral) -> bool:
    """Whether the minus sign belongs to it: only what is measured falls below zero."""
    sign = numeral.first - 1
    return (
        words.touches_next(sign)
        and not (sign > 0 and words.touches_next(sign - 1))
        and UNITS.at(words, numeral.end) is not None
    )


def _is_dashed(words: Words, first: Numeral, second: Numeral) -> bool:
    """Whether the two are joined by a dash without spaces."""
    return (
        second.first == first.end + 1
        and words.forms[first.end] in _DASHES
        and words.touches_next(first.end - 1)
        and words.touches_next(first.end)
    )


def _range(words: Words, first: Numeral, second: Numeral) -> Amount | None:
    if first.is_vague or second.is_vague:
        return None
    low = first.value
    if first.scale == 1 and low < second.value / second.scale:
        low *= second.scale
    if low >= second.value or not _are_alike(words, first, second):
        return None
    opening = _opening(words, first, second)
    if opening is None:
        return None
    start, skip = opening
    return Amount(
        start,
        second.end,
        low,
        second.value,
        skip,
        is_range=True,
        numbers=(first.first, second.first),
    )


def _opening(words: Words, first: Numeral, second: Numeral) -> tuple[int, int] | None:
    """Where a range begins, with the letters to leave out; ``None`` for no range."""
    gap = tuple(
        form
        for form in words.forms[_after_percent(words, first.end) : second.first]
        if form not in SIGNS
    )
    start = first.first
    while words.form(start - 1) in SIGNS:
        start -= 1
    start = without_clitics(words, start)
    before = words.form(start - 1)
    if before in _BETWEEN:
        closes = _closes(words, first, second, gap)
        return _between(words, start - 1) if closes else None
    if (len(gap) == 1 and gap[0] in _DASHES) or gap in _OR:
        return first.first, first.skip
    if gap not in _TO or _changes(words, start):
        return None
    return (
        (start - 1, before == "ومن") if before in _FROM else (first.first, first.skip)
    )


def _after_percent(words: Words, index: int) -> int:
    """Where the word for percent ends that stands at an index, if one does."""
    found = UNITS.at(words, index)
    return found.end if found and found.value.kind == "percent" else index


def _closes(
    words: Words, first: Numeral, second: Numeral, gap: tuple[str, ...]
) -> bool:
    """Whether what stands between the numbers completes "between".

    The unit and a word may stand there too: `بين 290 ليرة شراء و300 ليرة`.
    """
    if UNITS.at(words, first.end) and gap[-1:] in {("and",), ("و",)}:
        return True
    if gap == ():
        return second.skip > 0
    dashed = len(gap) == 1 and gap[0] in _DASHES
    return dashed or gap in _AND or gap in _TO


def _between(words: Words, index: int) -> tuple[int, int]:
    """Where `ما بين` or "between" begins, and its conjunction."""
    if words.form(index - 1) in {"ما", "وما"}:
        return index - 1, int(words.form(index - 1) == "وما")
    return index, _BETWEEN[words.form(index)]


def without_clitics(words: Words, index: int) -> int:
    """Where a number begins with the clitics that are written before its digits."""
    while words.form(index - 1) in CLITICS:
        index -= 1
    return index


def _changes(words: Words, index: int) -> bool:
    """Whether something rose or fell before: then "to" leads to its new value.

    In "fell 3 percent or $2 to $60" the fall is said twice.
    """
    if words.form(index - 1) in {"to", "by", "الي"}:
        return False
    is_said_again = words.form(index - 1) in {"or", "او"}
    reach = _NEAR * (1 + is_said_again)
    for at in range(index - 1, max(index - reach, 0) - 1, -1):
        if words.forms[at] == "." and not words.touches_next(at):
            return False
        if words.forms[at] in CHANGES:
            return True
    return False


def _are_alike(words: Words, first: Numeral, second: Numeral) -> bool:
    """Whether two numbers can be the ends of one range: no years, not 9% and $84."""
    percent = words.form(first.end) == "%" and words.form(second.end) != "%"
    return not percent and not _are_years(words, first, second)


def _are_years(words: Words, *pair: Numeral) -> bool:
    return all(
        len(words.forms[number.first]) == 4  # noqa: PLR2004  # digits of a year
        and number.end == number.first + 1
        and _FIRST_YEAR <= number.value <= _LAST_YEAR
        for number in pair
    )


def is_storable(amount: Amount) -> bool:
    """Whether a quantity can keep the bounds."""
    low, high = amount.low, amount.high
    if high is None or high is low:  # as of most
        return low < LIMIT and low % STEP == 0
    return high < LIMIT and low % STEP == 0 == high % STEP
