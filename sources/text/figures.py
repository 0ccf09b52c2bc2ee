"""Figures in words up to 999 (in English "ninety-nine hundred"), without scales."""

from decimal import Decimal
from typing import NamedTuple

from sources.text.number_words import NUMBER_WORDS, NumberWord
from sources.text.words import Words

NO_WORD = NumberWord(Decimal(0), "")
_HUNDRED = 100


class Figure(NamedTuple):
    """What a figure is worth, and the word after its last."""

    value: Decimal
    end: int


def word_at(words: Words, index: int) -> NumberWord:
    """The number word at an index, or one without a kind."""
    return NUMBER_WORDS.get(words.form(index), NO_WORD)


def joined(words: Words, index: int) -> int | None:
    """The number word that و joins to what ends before an index, if one is."""
    if words.form(index) == "و":
        index += 1
        return index if word_at(words, index).kind else None
    return index if word_at(words, index).joined else None


def figure(words: Words, index: int) -> Figure | None:
    """The figure that begins at a word."""
    first = words.form(index)
    arabic = bool(first) and "\u0620" <= first[0] <= "\u06ff"
    return _arabic(words, index) if arabic else _english(words, index)


def _arabic(words: Words, index: int) -> Figure | None:
    """Hundreds, and what و joins to them: `مئة وخمسة وعشرون`."""
    word, following = word_at(words, index), word_at(words, index + 1)
    if word.kind == "hundred":
        hundreds = Figure(word.value, index + 1)
    elif word.kind == "unit" and following == NUMBER_WORDS["مءه"]:
        hundreds = Figure(word.value * _HUNDRED, index + 2)
    else:
        return _arabic_below_hundred(words, index)
    start = joined(words, hundreds.end)
    rest = _arabic_below_hundred(words, start) if start else None
    return Figure(hundreds.value + rest.value, rest.end) if rest else hundreds


def _arabic_below_hundred(words: Words, index: int) -> Figure | None:
    """A unit, a unit with ten (`خمسة عشر`), or with tens (`خمسة وعشرون`), or tens."""
    word, following = word_at(words, index), word_at(words, index + 1)
    if word.kind in {"ten", "tens"}:
        return Figure(word.value, index + 1)
    if word.kind not in {"unit", "teens_only"}:
        return None
    if following.kind == "ten" and not following.skip:
        return Figure(word.value + following.value, index + 2)
    if word.kind == "teens_only":
        return None
    tens = joined(words, index + 1)
    if tens and word_at(words, tens).kind == "tens":
        return Figure(word.value + word_at(words, tens).value, tens + 1)
    return Figure(word.value, index + 1)


def _english(words: Words, index: int) -> Figure | None:
    """Below a hundred, then "hundred" and what follows it: "two hundred and five"."""
    if word_at(words, index).kind == "hundred":
        return _with_hundred(words, Figure(Decimal(1), index))
    below = _english_below_hundred(words, index)
    if not below:
        return None
    end = below.end + (words.form(below.end) == "-")
    if word_at(words, end).kind != "hundred":
        return below
    return _with_hundred(words, Figure(below.value, end))


def _with_hundred(words: Words, hundreds: Figure) -> Figure:
    """So many hundreds at the word "hundred", with what is added to them."""
    value, end = hundreds.value * _HUNDRED, hundreds.end + 1
    start = end + (words.form(end) in {"and", "-"})
    rest = _english_below_hundred(words, start)
    return Figure(value + rest.value, rest.end) if rest else Figure(value, end)


def _english_below_hundred(words: Words, index: int) -> Figure | None:
    word = word_at(words, index)
    if word.kind in {"unit", "ten"}:
        return Figure(word.value, index + 1)
    if word.kind != "tens":
        return None
    end = index + 1 + (words.form(index + 1) == "-")
    unit = word_at(words, end)
    if unit.kind == "unit" and unit.value:
        return Figure(word.value + unit.value, end + 1)
    return Figure(word.value, index + 1)
