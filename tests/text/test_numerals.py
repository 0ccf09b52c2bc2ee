from decimal import Decimal
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from num2words import num2words

from sources.text.numerals import numerals, value_of
from sources.text.words import Words
from tests.specs import rows

quick = settings(max_examples=80, deadline=None, database=None)

PIECES = st.sampled_from(
    [
        "5",
        "16",
        "000",
        "3,5",
        "1.000",
        "½",
        "مئة",
        "ألفا",
        "آلاف",
        "مليون",
        "و",
        "ونصف",
        "بضع",
        "عشرات",
        "خمسة",
        "عشر",
        "الـ",
        "%",
        "two",
        "dozen",
        "hundred",
        "million",
        "a",
        "half",
        "and",
        "of",
        "-",
        ",",
        ".",
        "/",
        ":",
        "'",
        "ـ",
        "ً",
        "\u200f",
        "\n",
        "😀",
        "F",
    ]
)
texts = st.lists(PIECES, max_size=12).map("".join) | st.lists(PIECES, max_size=12).map(
    " ".join
)


def misspelled(number: int) -> bool:
    """Whether num2words writes in Arabic "six hundred and thousand thousand" for 601,000."""
    scaled = (number // 1000 % 1000, number // 1_000_000 % 1000)
    return any(count > 100 and count % 100 == 1 for count in scaled)


def spread(language: str) -> list[int]:
    """2,497 numbers from 0 to a thousand million: all the small ones, and some of all."""
    round_ones = [digit * 10**zeros for zeros in range(3, 9) for digit in range(1, 10)]
    numbers = dict.fromkeys([*range(1200), *round_ones, 10**9])
    for index in count(1):
        number = index * 104_729 * 7_919 % 10 ** (4 + index % 6)
        if language != "ar" or not misspelled(number):
            numbers[number] = None
        if len(numbers) == 2497:
            break
    return list(numbers)


def read(text):
    words = Words.of(text)
    return [
        (
            words.span(number.first, number.end, skip=number.skip).of(text),
            f"{number.value:f}{'..' if number.is_vague else ''}",
        )
        for number in numerals(words)
    ]


def cells(cell):
    return [] if cell == "-" else cell.split(" ¦ ")


@pytest.mark.parametrize(
    ("text", "number", "value"), [*rows("numerals_ar"), *rows("numerals_en")]
)
def test_a_number_is_read_as_it_is_written(text, number, value):
    assert read(text) == list(zip(cells(number), cells(value), strict=True))


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_number_written_out_is_read_back(language):
    wrong = {
        number: written
        for number in spread(language)
        if value_of(written := num2words(number, lang=language)) != number
    }
    assert wrong == {}


@pytest.mark.parametrize("text", ["", "no number", "5 and 6", "5 people"])
def test_a_text_that_is_not_one_number_has_no_value(text):
    assert value_of(text) is None


def test_half_a_million_is_exact():
    assert value_of("half a million") == Decimal(500_000)


@quick
@given(texts)
def test_numbers_lie_in_the_text_and_do_not_overlap(text):
    words = Words.of(text)
    end = 0
    for number in numerals(words):
        assert end <= number.first < number.end <= len(words)
        assert number.value >= 0
        end = number.end


@quick
@given(st.integers(0, 10**12))
def test_grouped_digits_are_what_they_say(number):
    assert value_of(f"{number:,}") == number
