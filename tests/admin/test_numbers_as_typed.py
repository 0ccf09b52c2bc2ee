"""A number field reads what people type, and never another number."""

from contextlib import suppress
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from sources.forms import CoordinateField, NumberField, WholeNumberField
from sources.forms.numbers import read_number, write_number

NUMBER = NumberField(max_digits=15, decimal_places=3, required=False)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        pytest.param("3500", "3500", id="plain digits"),
        pytest.param("3,500", "3500", id="a comma between thousands"),
        pytest.param("3٬500", "3500", id="the Arabic thousands mark"),
        pytest.param("٣٥٠٠", "3500", id="Arabic digits"),
        pytest.param("٣٬٥٠٠", "3500", id="Arabic digits and mark"),
        pytest.param("۳۵۰۰", "3500", id="Persian digits"),
        pytest.param("3 500", "3500", id="a space between thousands"),
        pytest.param("3\N{NARROW NO-BREAK SPACE}500", "3500", id="a narrow space"),
        pytest.param("1,234,567", "1234567", id="two commas"),
        pytest.param("3.5", "3.5", id="a point before one digit"),
        pytest.param("٣٫٥", "3.5", id="the Arabic decimal point"),
        pytest.param("٣٫٥٠٠", "3.5", id="the Arabic decimal point is never a group"),
        pytest.param("3,500.25", "3500.25", id="a group and a point"),
        pytest.param("3500.125", "3500.125", id="four digits cannot be a group"),
        pytest.param("0.125", "0.125", id="no number begins with a group of zero"),
        pytest.param("3.1250", "3.125", id="a point before four digits"),
        pytest.param("-5", "-5", id="a hyphen"),
        pytest.param("−5", "-5", id="a minus sign"),
        pytest.param("  12 ", "12", id="spaces around"),
        pytest.param("\N{RIGHT-TO-LEFT MARK}12", "12", id="a direction mark"),
    ],
)
def test_a_number_is_read_as_it_was_meant(typed: str, number: str):
    assert NUMBER.clean(typed) == Decimal(number)


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("3.500", id="3500 to some, 3.5 to others"),
        pytest.param("٣.٥٠٠", id="the same in Arabic digits"),
        pytest.param("3_500", id="an underscore, which Python would take"),
        pytest.param("3,50", id="a comma before two digits"),
        pytest.param("3.500,25", id="a point as group"),
        pytest.param("1,2345", id="a group of four"),
        pytest.param("1e5", id="an exponent"),
        pytest.param("Infinity", id="no number at all"),
        pytest.param("NaN", id="not a number"),
        pytest.param("3500²", id="a superscript"),
        pytest.param("½", id="a fraction"),
        pytest.param("60-90", id="a range belongs into two fields"),
        pytest.param("about 5", id="words"),
        pytest.param("9" * 5000, id="a very long one"),
        pytest.param("1234567890123", id="more digits than are kept"),
        pytest.param("1.2345", id="more decimals than are kept"),
    ],
)
def test_what_is_no_clear_number_is_refused_aloud(typed: str):
    with pytest.raises(ValidationError):
        NUMBER.clean(typed)


def test_the_two_readings_are_named():
    with pytest.raises(ValidationError, match=r"Write 3500 or 3\.5000\."):
        NUMBER.clean("3.500")


def test_an_empty_field_is_no_number():
    assert NUMBER.clean("  ") is None


@given(st.decimals(-(10**12), 10**12, places=3))
def test_what_the_field_shows_it_reads_back(number: Decimal):
    assert read_number(write_number(number)) == number


@given(st.text())
def test_any_text_is_a_number_or_refused(typed: str):
    for field in (NUMBER, WholeNumberField(required=False)):
        with suppress(ValidationError):
            assert field.clean(typed) is None or typed.strip()


@pytest.mark.parametrize(
    ("typed", "number"), [("12", 12), ("١٢", 12), ("1,200", 1200), ("12.0", 12)]
)
def test_a_whole_number_is_read(typed: str, number: int):
    assert WholeNumberField().clean(typed) == number


@pytest.mark.parametrize("typed", ["12.5", "3_500", "1.200", "x"])
def test_a_fraction_is_no_whole_number(typed: str):
    with pytest.raises(ValidationError):
        WholeNumberField().clean(typed)


def test_degrees_have_a_point_and_no_groups():
    field = CoordinateField(max_digits=9, decimal_places=6)
    assert field.clean("36.502") == Decimal("36.502")
    for typed in ("36,502", "3 6", "36°"):
        with pytest.raises(ValidationError):
            field.clean(typed)
