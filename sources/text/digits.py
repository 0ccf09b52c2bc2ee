"""Numbers in digits, with the separators of both scripts and of the continent.

A number is read by how it is written: `3,500`, `1.200.000`, `12 000` and `3٬500` are
grouped, `6.5` and `53,65` have a decimal part. `6.000` before an Arabic noun, or before
an English one, is six thousand: nobody counts people to three decimals. What is glued
to something else is no number but part of a name or a code: `F-16`, `10:30`, `G20`,
`2/3`, `v2.1.3`, `16th`.
"""

import unicodedata
from decimal import Decimal

from sources.text.number_words import NUMBER_WORDS, with_clitics
from sources.text.words import Words

_DECIMAL_RA = "ر"
"""Written before the whole number, after its decimals: `50ر17` is 17.50."""
_SEPARATORS = frozenset((*".,،'’", _DECIMAL_RA))
_DASHES = frozenset("-–—‐‑−")
_GLUE_BEFORE = frozenset("/\\_=#@&+°")
_GLUE_AFTER = frozenset("/\\_=@")
CLITICS = frozenset(with_clitics("")) - {""}
"""What may be written right before Arabic digits: و, بـ, الـ, وال and so on."""

_CURRENCIES = frozenset(
    [
        "us",
        "a",
        "c",
        "rs",
        "usd",
        "eur",
        "gbp",
        "inr",
        "ksh",
        "kes",
        "sh",
        "tsh",
        "ush",
        "rp",
        "rm",
        "php",
        "zar",
        "ngn",
    ]
)
_CURRENCY_LETTERS = frozenset("pkrn")
"""Letters that make money of an amount, but a name of a short number: K9, N95."""
_MAGNITUDES = frozenset(("scale", "suffix"))
_NOT_COUNTED = frozenset(
    [
        "في",
        "من",
        "على",
        "عن",
        "الى",
        "حتى",
        "بعد",
        "قبل",
        "خلال",
        "مقابل",
        "امام",
        "نقطه",
    ]
)
_ENDINGS = frozenset(("st", "nd", "rd", "th", "s"))
_GROUP = 3
_MANY, _TOO_MANY, _LONGEST = 7, 10, 24
"""So many digits in a row, without separators, are a telephone or account number, even
before a word; and so many with separators are no number at all."""


def is_digits(form: str) -> bool:
    """Whether a word is a run of digits; they are folded to 0-9."""
    return "0" <= form[0] <= "9"


def is_arabic(form: str) -> bool:
    """Whether a word begins with an Arabic letter."""
    return "\u0620" <= form[0] <= "\u06ff"


def chain(words: Words, index: int) -> int:
    """The end of the digits and separators that touch each other from here on."""
    forms = words.forms
    end = index + 1
    while (
        end + 1 < len(forms)
        and forms[end] in _SEPARATORS
        and is_digits(forms[end + 1])
        and words.ends[end - 1] == words.starts[end]
        and words.ends[end] == words.starts[end + 1]
    ):
        end += 2
    return end


def read(words: Words, index: int) -> tuple[Decimal | None, int]:
    """The number whose digits begin at a word, and where they end.

    ``None`` instead of a number for digits that are part of something else, which
    end where the reader may go on.
    """
    end = chain(words, index)
    if end == index + 1:
        end = _spaced_groups(words, index)
    if not _stands_alone(words, index, end):
        return None, end
    value = _value(words, index, end)
    if value is not None and words.touches_next(end - 1):
        part = words.forms[end]
        if len(part) == 1 and unicodedata.category(part) == "No":
            fraction = Decimal(str(unicodedata.numeric(part)))
            return (value + fraction, end + 1) if fraction < 1 else (None, end + 1)
    return value, end


def _spaced_groups(words: Words, index: int) -> int:
    """The end of groups set apart by one space, as in `12 000`."""
    forms, end = words.forms, index + 1
    if len(forms[index]) > _GROUP or forms[index][0] == "0":
        return end
    while (
        end < len(forms)
        and len(forms[end]) == _GROUP
        and is_digits(forms[end])
        and words.starts[end] == words.ends[end - 1] + 1
    ):
        end += 1
    return end


def _value(words: Words, first: int, end: int) -> Decimal | None:
    """What the digits of a chain are worth, `None` when they make no number."""
    if words.ends[end - 1] - words.starts[first] > _LONGEST:
        return None
    parts = words.forms[first:end]
    if len(parts) == 1:
        return _plain(parts[0], is_before_word=_is_before_word(words, end))
    if is_digits(parts[1]):
        return Decimal("".join(parts))
    groups, marks = parts[::2], parts[1::2]
    if _DECIMAL_RA in marks:
        return Decimal(f"{groups[1]}.{groups[0]}") if len(marks) == 1 else None
    marks = [mark.replace("،", ",").replace("’", "'") for mark in marks]
    if marks[-1] not in marks[:-1] and _is_decimal(words, groups, marks, end):
        decimals, groups, marks = groups[-1], groups[:-1], marks[:-1]
    else:
        decimals = ""
    if not _are_groups(groups, marks):
        return None
    whole = "".join(groups)
    return Decimal(f"{whole}.{decimals}" if decimals.strip("0") else whole)


def _plain(digits: str, *, is_before_word: bool) -> Decimal | None:
    """Digits without separators; not those of codes and telephones."""
    if len(digits) > 1 and digits[0] == "0":
        return None
    is_code = len(digits) >= (_TOO_MANY if is_before_word else _MANY)
    return None if is_code and not digits.endswith("000") else Decimal(digits)


def _is_before_word(words: Words, end: int) -> bool:
    """Whether a word that may be counted follows, after a space."""
    following = words.form(end)
    if not following.isalpha() or following in _NOT_COUNTED:
        return False
    return words.starts[end] == words.ends[end - 1] + 1


def _is_decimal(words: Words, groups: list[str], marks: list[str], end: int) -> bool:
    """Whether the last of the groups is a decimal part; its mark stands only once."""
    if marks[-1] == "'":
        return False
    if len(marks) > 1 or len(groups[-1]) != _GROUP or groups[0] == "0":
        return True
    return marks[-1] == "." and not _counts(words, groups[-1], end)


def _counts(words: Words, decimals: str, end: int) -> bool:
    """Whether a noun follows three digits after a dot: then they are thousands."""
    if end == len(words) or not words.forms[end].isalpha():
        return False
    following = words.forms[end]
    if following in NUMBER_WORDS or following in _NOT_COUNTED:
        return False
    return is_arabic(following) or decimals == "000"


def _are_groups(groups: list[str], marks: list[str]) -> bool:
    """Whether digits are grouped as numbers are: 1,200,000 or, in India, 12,00,000."""
    if not marks:
        return len(groups[0]) == 1 or groups[0][0] != "0"
    first, *middle, last = groups
    by_three = all(len(group) == _GROUP for group in middle)
    by_two = all(len(group) == 2 for group in middle) and len(first) < _GROUP  # noqa: PLR2004  # as written there
    return (
        len(set(marks)) == 1
        and len(first) <= _GROUP
        and first[0] != "0"
        and len(last) == _GROUP
        and (by_three or by_two)
    )


def _stands_alone(words: Words, first: int, end: int) -> bool:
    """Whether nothing is glued to digits that makes them a name or a code."""
    return _free_before(words, first, end) and _free_after(words, end)


def _free_before(words: Words, first: int, end: int) -> bool:
    if not (first and words.touches_next(first - 1)):
        return True
    mark = words.forms[first - 1]
    if mark.isalpha():
        is_money = mark in _CURRENCY_LETTERS and _is_amount(words, first, end)
        return is_money or mark in CLITICS or mark in _CURRENCIES
    if mark in _GLUE_BEFORE:
        return False
    if not (first > 1 and words.touches_next(first - 2)):
        return True
    before = words.forms[first - 2]
    if mark in _DASHES or mark == ".":
        return not before.isalpha() or (mark == "." and is_arabic(before))
    return not (mark == ":" and is_digits(before))


def _is_amount(words: Words, first: int, end: int) -> bool:
    """Whether digits are grouped, or a magnitude follows: K5,000, P45-million."""
    magnitude = end + (words.form(end) == "-")
    word = NUMBER_WORDS.get(words.form(magnitude))
    is_scaled = word is not None and word.kind in _MAGNITUDES
    return is_scaled or (end > first + 1 and len(words.forms[end - 1]) == _GROUP)


def _free_after(words: Words, end: int) -> bool:
    if not words.touches_next(end - 1):
        return True
    mark = words.forms[end]
    if mark in _GLUE_AFTER or mark in _ENDINGS:
        return False
    if not words.touches_next(end):
        return True
    after = words.forms[end + 1]
    if mark in "'’.":
        return not after.isalpha() or is_arabic(after)
    return not (mark == ":" and is_digits(after))
