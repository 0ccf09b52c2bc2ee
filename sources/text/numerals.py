"""Numbers as they are written, in digits, in words, or in both: `3 آلاف و500`.

A number is one or more parts, each a figure (or digits) with the scales that follow
it. A part must be less than the scale of the part before: `ألفين وخمسمئة` is one
number, `مئة وألف` are two. Arabic joins parts by و, English by "and", a comma or
nothing. Plurals alone are vague: `مئات`, "hundreds" are two of them or more.
"""

import unicodedata
from collections.abc import Collection, Iterator
from decimal import Decimal
from itertools import islice
from typing import NamedTuple

from sources.text import digits
from sources.text.crowds import Crowd
from sources.text.digits import is_arabic
from sources.text.figures import figure, joined, word_at
from sources.text.number_words import NUMBER_WORDS, NumberWord
from sources.text.words import Words, places

_ONE = Decimal(1)
_AT_LEAST = 2
_HUNDRED = 100
_GROUP = 3
_PARTITIVES = frozenset(("من", "منهم", "منها", "منهن", "بينهم", "بينها"))
_SCALES = frozenset(("scale", "either", "plural"))
_COUNTABLE = _SCALES | {"hundred", "vague"}
_WITH_ARTICLE = frozenset(("scale", "hundred", "several", "fraction"))
_TANWIN, _DAMMA = "\u064b", "\u064f"
_SHARES = frozenset(("خمس", "عشر"))
_LIMIT = Decimal(10) ** 18
"""Scales are multiplied up to here; nothing counts "million million million"."""

_FIRST_WORDS = frozenset(
    form
    for form, word in NUMBER_WORDS.items()
    if word.kind not in {"article", "suffix"}
)
_APART = 4
_CONTINUE = NUMBER_WORDS.keys() | {"-", "و", "and"}
"""Words without which digits are the whole number."""


class Numeral(NamedTuple):
    """A number at the words ``[first, end)``.

    ``skip`` letters of the first word are clitics that do not belong to it. ``scale``
    is what its last part was multiplied by: a thousand in `330 ألف`. A vague one
    states only a low bound, its ``value``.
    """

    first: int
    end: int
    value: Decimal
    scale: Decimal = _ONE
    skip: int = 0
    is_vague: bool = False


def numerals(words: Words, taken: Collection[int] = ()) -> list[Numeral]:
    """Every number of a text, in order; none overlaps another.

    None begins at a word already ``taken`` for something else.
    """
    found = []
    position = 0
    crowd = Crowd(apart=_APART)
    for index in _candidates(words):
        if index < position or index in taken:
            continue
        if not crowd.holds(index):
            numeral, position = _numeral(words, index)
            if numeral:
                found.append(numeral)
    return found


def _candidates(words: Words) -> Iterator[int]:
    """The words with which a number may begin."""
    in_digits = filter(str.isdecimal, words.vocabulary)
    return places(words.forms, (words.vocabulary & _FIRST_WORDS).union(in_digits))


def value_of(text: str) -> Decimal | None:
    """The number that a whole text states, `None` if it states none or more."""
    words = Words.of(text)
    found = numerals(words)
    whole = len(found) == 1 and (found[0].first, found[0].end) == (0, len(words))
    return found[0].value if whole else None


def _numeral(words: Words, index: int) -> tuple[Numeral | None, int]:
    """The number that begins at a word, with its "a", and where to go on."""
    numeral, end = _without_article(words, index)
    if numeral and word_at(words, index - 1).kind == "article":
        takes_article = word_at(words, index).kind in _WITH_ARTICLE
        return numeral._replace(first=index - takes_article), end
    return numeral, end


def _without_article(words: Words, index: int) -> tuple[Numeral | None, int]:
    if digits.is_digits(words.forms[index]):
        value, end = digits.read(words, index)
        if value is None:
            return None, end
        if words.form(end) not in _CONTINUE:
            return Numeral(index, end, value), end
        return _composed(words, index, _scaled(words, value, end, in_digits=True))
    if is_share(words, index):
        return None, index + 1
    vague = _vague(words, index)
    if vague:
        return vague, vague.end
    part = _part(words, index)
    return _composed(words, index, part) if part else (None, index + 1)


def is_share(words: Words, index: int) -> bool:
    """Whether a unit is a share: `خُمس` by its vowel, `خمس النفط` by the article.

    Five would go before a plural without the article, or as `الخمس` after it.
    """
    word = word_at(words, index)
    if word.kind not in {"unit", "ten"} or not is_arabic(words.forms[index]):
        return False
    letters = filter(_is_seen, words.written(index, skip=word.skip))
    second = next(islice(letters, 1, None), "")
    if second == _DAMMA or not second.isalpha() or word.definite:
        return second == _DAMMA
    is_named_so = words.forms[index][word.skip :] in _SHARES
    return is_named_so and words.form(index + 1).startswith("ال")


def _is_seen(char: str) -> bool:
    """Whether a character is no mark of direction or the like, which has no width."""
    return unicodedata.category(char) != "Cf"


# --- parts ---


class _Part(NamedTuple):
    """A figure with its scales, ending before a word."""

    value: Decimal
    scale: Decimal
    end: int


def _part(words: Words, index: int) -> _Part | None:
    """The part in words that begins at an index."""
    word = word_at(words, index)
    if word.kind == "fraction":
        return _share_of_scale(words, index)
    if word.kind == "dual":
        return _Part(word.value, word.value / _AT_LEAST, index + 1)
    if word.kind in {"scale", "either"}:
        return _lone_scale(words, index, word)
    read = figure(words, index)
    return _scaled(words, *read) if read else None


def _lone_scale(words: Words, index: int, word: NumberWord) -> _Part:
    """A scale without a figure: one of it, but two in `ألفا قتيل`."""
    is_two = (
        word.kind == "either"
        and not joined(words, index + 1)
        and not _joins_digits(words, index + 1)
        and _TANWIN not in words.written(index)
    )
    value = word.value * (_AT_LEAST if is_two else 1)
    return _scaled(words, value, index + 1, word.value)


def _joins_digits(words: Words, index: int) -> bool:
    """Whether و joins digits to a scale: `مليونا و150 ألفا`."""
    return words.form(index) == "و" and words.form(index + 1)[:1].isdigit()


def _share_of_scale(words: Words, index: int) -> _Part | None:
    """`نصف مليون`, "half a million", "quarter of a million"."""
    value, end = word_at(words, index).value, index + 1
    end += words.form(end) in {"of", "-"}
    end += word_at(words, end).kind == "article"
    word = word_at(words, end)
    if word.kind not in {"scale", "hundred"} or (word.kind == "hundred" and value < 1):
        return None
    return _scaled(words, value * word.value, end + 1, word.value)


def _scaled(
    words: Words,
    value: Decimal,
    end: int,
    scale: Decimal = _ONE,
    *,
    in_digits: bool = False,
) -> _Part:
    """A figure multiplied by the scales that follow it."""
    while True:
        start = end + (words.form(end) == "-")
        word = word_at(words, start)
        fits = _multiplies(words, word, start, in_digits=in_digits)
        if not fits or value > _LIMIT:
            return _Part(value, scale, end)
        value, scale, end = value * word.value, scale * word.value, start + 1


def _multiplies(words: Words, word: NumberWord, index: int, *, in_digits: bool) -> bool:
    """Whether a word is a scale of the figure right before it."""
    if word.kind == "suffix":
        return in_digits and words.touches_next(index - 1)
    if word.kind == "hundred":
        return in_digits and word.value == _HUNDRED and not word.skip
    return word.kind in _SCALES and not word.skip and not word.definite


# --- parts joined ---


def _composed(words: Words, first: int, part: _Part) -> tuple[Numeral, int]:
    """A number from its first part on, with the parts that join it."""
    value, last = part.value, part
    while last.scale > 1:
        following = _following(words, last.end)
        if not following or following.value >= last.scale:
            break
        value, last = value + following.value, following
    value, end = _with_fraction(words, value, last)
    if value == (whole := value.to_integral_value()):
        value = whole
    skip = word_at(words, first).skip
    return Numeral(first, end, value, last.scale, skip), end


def _following(words: Words, index: int) -> _Part | None:
    """The part that joins what ends before an index."""
    number = index + (words.form(index) == "و")
    if words.form(number)[:1].isdigit():
        value, end = digits.read(words, number)
        part = _scaled(words, value, end, in_digits=True) if value else None
        return part if number > index or _follows_on(words, index, part) else None
    start = joined(words, index)
    if start:
        return _part(words, start)
    form = words.form(index)
    if form in {"and", ","}:
        part = _english_part(words, index + 1)
        return part if part and (form == "and" or part.value >= _HUNDRED) else None
    return _english_part(words, index)


def _follows_on(words: Words, index: int, part: _Part | None) -> bool:
    """Whether digits go on with an Arabic scale without و: `3 آلاف 250 صوتا`."""
    if not part or not is_arabic(words.forms[index - 1]):
        return False
    is_group = part.scale > 1 or len(words.forms[part.end - 1]) == _GROUP
    return is_group and words.form(part.end) not in _PARTITIVES


def _english_part(words: Words, index: int) -> _Part | None:
    form = words.form(index)
    is_word = form.isascii() and word_at(words, index).kind in {"unit", "ten", "tens"}
    return _part(words, index) if is_word else None


def _with_fraction(words: Words, value: Decimal, part: _Part) -> tuple[Decimal, int]:
    """The number with its half or quarter: `مليون ونصف المليون`, "and a half"."""
    fraction, end = _fraction(words, part.end)
    if not fraction:
        return value, part.end
    word = word_at(words, end)
    is_scale = word.kind in _SCALES and not word.skip
    if part.scale > 1:
        repeated = is_scale and word.value == part.scale
        return value + fraction * part.scale, end + repeated
    if is_scale:
        return (value + fraction) * word.value, end + 1
    return value + fraction, end


def _fraction(words: Words, index: int) -> tuple[Decimal | None, int]:
    start = joined(words, index)
    if start is None:
        start = index + (words.form(index) == "-")
        if words.form(start) != "and":
            return None, index
        start += 1 + (words.form(start + 1) == "-")
        if word_at(words, start).kind != "article":
            return None, index
        start += 1 + (words.form(start + 1) == "-")
    word = word_at(words, start)
    return (word.value, start + 1) if word.kind == "fraction" else (None, index)


# --- vague ---


def _vague(words: Words, index: int) -> Numeral | None:
    """`عشرات الآلاف`, "hundreds of thousands", "several dozen": at least two each."""
    word, start = word_at(words, index), index
    if word.kind == "several":
        start += 1 + (words.form(start + 1) == "of")
        if word_at(words, start).kind not in _COUNTABLE:
            return None
    elif word.kind not in {"vague", "plural"}:
        return None
    value, scale, end = _multiple(words, start)
    skip = word_at(words, index).skip
    return Numeral(index, end, _AT_LEAST * value, scale, skip, is_vague=True)


def _multiple(words: Words, index: int) -> tuple[Decimal, Decimal, int]:
    """The product of the magnitudes from a word on, the last of them, and its end."""
    value = scale = word_at(words, index).value
    end = index + 1
    while True:
        start = end + (words.form(end) == "of")
        word = word_at(words, start)
        if word.kind not in _SCALES or word.skip or value > _LIMIT:
            return value, scale, end
        value, scale, end = value * word.value, word.value, start + 1
