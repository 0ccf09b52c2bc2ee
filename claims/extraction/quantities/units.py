"""What a number is a number of, when it is no plain count: %, money, km."""

from typing import NamedTuple

from claims.extraction.quantities.amounts import Amount
from claims.extraction.quantities.counted import Place
from claims.extraction.quantities.lists import CURRENCIES, CURRENCY_LETTERS, UNITS, Unit
from claims.extraction.quantities.not_counts import is_year
from claims.extraction.quantities.phrases import Found
from sources.text.digits import is_arabic
from sources.text.figures import word_at
from sources.text.words import Words

_PERCENT = Unit("%", "percent")
_METRE_OR_YEAR = "م"
_TO_THE = ("لل", "مقابل")
_TOUCHING = frozenset(("bp", "c", "g", "t", "l", "m", "ft", "mi", "f"))
"""Units of a letter or two, which are read only when they touch the number: "30C"."""


class Measured(NamedTuple):
    """The unit of an amount.

    ``[first, end)`` is the number with the signs that belong to it; ``place`` are the
    words of a unit that stands apart, and ``after`` is the end of both.
    """

    unit: Unit
    first: int
    end: int
    after: int
    place: Place | None = None


def unit_of(words: Words, amount: Amount, start: int) -> Measured | None:
    """The unit beside an amount; what stands before ``start`` is not its own."""
    for number in amount.numbers:
        sign = _sign_before(words, number)
        if sign and sign.first >= start:
            first = min(sign.first, amount.first)
            return Measured(sign.value, first, amount.end, amount.end)
    return _after(words, amount) or _one_before(words, amount)


def _sign_before(words: Words, index: int) -> Found[Unit] | None:
    """The sign before a number, with the letters that touch it: US$5, `%50`."""
    if words.form(index - 1) == "%":
        return Found(_PERCENT, index - 1, index)
    letter = CURRENCY_LETTERS.get(words.form(index - 1))
    if letter and words.touches_next(index - 1):
        return Found(letter, index - 1, index)
    found = CURRENCIES.before(words, index)
    if found and not all(map(words.touches_next, range(found.first, index - 1))):
        return CURRENCIES.at(words, index - 1)
    return found


def _after(words: Words, amount: Amount) -> Measured | None:
    """A unit after the number: signs and what touches belong to it, words do not."""
    start = amount.end
    hyphen = words.form(start) == "-" and words.touches_next(start)
    start += hyphen or (amount.is_vague and words.form(start) == "of")
    found = UNITS.at(words, start) or CURRENCIES.at(words, start)
    if not found or not _fits(words, amount, found):
        return None
    unit, _, end, _ = found
    if words.touches_next(amount.end - 1) or not words.forms[start].isalpha():
        return Measured(unit, amount.first, end, end)
    return Measured(unit, amount.first, amount.end, end, (start, end))


def _one_before(words: Words, amount: Amount) -> Measured | None:
    """An Arabic unit that is one: `دولارا واحدا`."""
    first, end = amount.first, amount.end
    word = word_at(words, first)
    is_one = word.kind == "unit" and word.value == 1 and not word.definite
    found = UNITS.before(words, first) if is_one else None
    if not found or found.skip or not is_arabic(words.forms[first]):
        return None
    return Measured(found.value, first, end, end, (found.first, found.end))


def _fits(words: Words, amount: Amount, found: Found[Unit]) -> bool:
    """Whether it is a unit of this number: not the م of a year, the G of 5G, or the sign of `50 $60`.

    Nothing is written onto it: `40 بين قتيل وجريح` are no yen.
    """
    form = words.forms[found.first]
    if found.skip or form.startswith(_TO_THE):
        return False
    if words.touches_next(found.first - 1):
        is_network = words.span(found.first, found.end).of(words.text) == "G"
        is_of_year = form == _METRE_OR_YEAR and is_year(words, amount)
        return not (is_network or is_of_year)
    if form.isalpha():
        return form not in _TOUCHING
    return not (words.form(found.end).isdigit() and words.touches_next(found.end - 1))
