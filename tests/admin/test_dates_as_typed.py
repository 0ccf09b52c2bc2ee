"""A date field reads clear dates, and refuses what two people read differently."""

import datetime as dt
from contextlib import suppress
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from sources.forms import DayField, PartialDateField
from sources.forms.dates import read_date
from sources.text.dates import PartialDate

APRIL_3 = dt.date(2022, 4, 3)


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("2022-04-03", id="ISO"),
        pytest.param("٢٠٢٢-٠٤-٠٣", id="ISO in Arabic digits"),
        pytest.param("2022-4-3", id="ISO without zeros"),
        pytest.param("3 April 2022", id="English"),
        pytest.param("3 april, 2022", id="English with a comma"),
        pytest.param("3 نيسان 2022", id="Levantine"),
        pytest.param("٣ أبريل ٢٠٢٢", id="Egyptian, in Arabic digits"),
        pytest.param("3 ابريل 2022", id="without hamza"),
        pytest.param("3 نيسان / أبريل 2022", id="both names"),
    ],
)
def test_a_clear_date_is_read(typed: str):
    assert DayField().clean(typed) == APRIL_3


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("03/04/2022", id="March to some, April to others"),
        pytest.param("3.4.2022", id="the same with points"),
        pytest.param("04-03-2022", id="the same with hyphens"),
        pytest.param("2022-02-30", id="no such day"),
        pytest.param("2022-13-01", id="no such month"),
        pytest.param("3 Nisan 2022", id="a month in no language we write"),
        pytest.param("0000-01-01", id="no such year"),
        pytest.param("99999-01-01", id="five digits"),
        pytest.param("April 2022", id="no day"),
    ],
)
def test_an_unclear_date_is_refused_aloud(typed: str):
    with pytest.raises(ValidationError, match="not a clear date"):
        DayField().clean(typed)


@pytest.mark.parametrize(
    "typed", ["25/1/2022", "1/25/2022", "٢٥/١/٢٠٢٢", "25.1.2022", "25-01-2022"]
)
def test_what_can_be_no_month_is_the_day(typed: str):
    assert DayField().clean(typed) == dt.date(2022, 1, 25)


def test_the_same_number_twice_is_clear():
    assert DayField().clean("4/4/2022") == dt.date(2022, 4, 4)


@pytest.mark.parametrize(
    ("typed", "date"),
    [
        pytest.param("2022", PartialDate.year(2022), id="a year"),
        pytest.param("٢٠٢٢", PartialDate.year(2022), id="a year in Arabic digits"),
        pytest.param("2022-01", PartialDate.month(2022, 1), id="a month, ISO"),
        pytest.param("January 2022", PartialDate.month(2022, 1), id="a month"),
        pytest.param("كانون الثاني 2022", PartialDate.month(2022, 1), id="Levantine"),
        pytest.param("يناير ٢٠٢٢", PartialDate.month(2022, 1), id="Egyptian"),
        pytest.param("25/1/2022", PartialDate.day(dt.date(2022, 1, 25)), id="a day"),
        pytest.param("25 January 2022", PartialDate.day(dt.date(2022, 1, 25)), id="d"),
        pytest.param(
            "20-25 January 2022",
            PartialDate.period(dt.date(2022, 1, 20), dt.date(2022, 1, 25)),
            id="a period",
        ),
        pytest.param(
            "من 20 إلى 25 كانون الثاني 2022",
            PartialDate.period(dt.date(2022, 1, 20), dt.date(2022, 1, 25)),
            id="a period in Arabic",
        ),
    ],
)
def test_what_a_date_says_may_be_typed_for_its_first_day(typed: str, date: PartialDate):
    assert PartialDateField().clean([typed, "", "", ""]) == date


@pytest.mark.parametrize(
    "typed", ["3/4/2022", "yesterday", "25 January", "2022-13", "0000", "January"]
)
def test_what_says_no_date_by_itself_is_refused(typed: str):
    with pytest.raises(ValidationError, match="not a clear date"):
        PartialDateField().clean([typed, "", "", ""])


@given(st.text())
def test_any_text_is_a_date_or_refused(typed: str):
    with suppress(ValidationError):
        assert read_date(typed).earliest


@given(st.text())
def test_any_text_is_a_day_or_refused(typed: str):
    with suppress(ValidationError):
        assert DayField(required=False).clean(typed) is None or typed.strip()


JANUARY = PartialDate.month(2022, 1)


@pytest.mark.parametrize(
    ("parts", "date"),
    [
        pytest.param(["", "", "", ""], None, id="nothing is no date"),
        pytest.param(
            ["2022-04-03", "", "", ""], PartialDate.day(APRIL_3), id="one day"
        ),
        pytest.param(["2022-01-01", "", "MONTH", ""], JANUARY, id="a month"),
        pytest.param(["2022-01-01", "2022-01-31", "MONTH", ""], JANUARY, id="whole"),
        pytest.param(["2022-01-01", "", "YEAR", ""], PartialDate.year(2022), id="year"),
        pytest.param(
            ["2022-01-20", "2022-01-27", "", "last week"],
            PartialDate.period(dt.date(2022, 1, 20), dt.date(2022, 1, 27), "last week"),
            id="two days are a period",
        ),
    ],
)
def test_the_four_parts_are_one_date(parts: list[str], date: PartialDate | None):
    assert PartialDateField().clean(parts) == date


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param(["", "2022-01-31", "", ""], id="no first day"),
        pytest.param(["", "", "", "last week"], id="words alone"),
        pytest.param(["2022-01-31", "2022-01-01", "PERIOD", ""], id="backwards"),
        pytest.param(["2022-01-15", "", "MONTH", ""], id="a month from its middle"),
        pytest.param(["2022-01-01", "2022-01-02", "DAY", ""], id="two days as one"),
        pytest.param(["2022-01-01", "", "WEEK", ""], id="no such precision"),
        pytest.param(["03/04/2022", "", "", ""], id="an unclear day"),
    ],
)
def test_parts_that_make_no_date_are_refused(parts: list[Any]):
    with pytest.raises(ValidationError):
        PartialDateField().clean(parts)


def test_a_date_that_was_not_touched_is_no_change():
    parts = ["2022-01-01", "2022-01-31", "MONTH", ""]
    assert not PartialDateField().has_changed(JANUARY, parts)
    assert PartialDateField().has_changed(JANUARY, [*parts[:3], "January"])
