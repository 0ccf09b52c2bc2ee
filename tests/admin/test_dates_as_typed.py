"""A date field reads clear dates, and refuses what two people read differently."""

import datetime as dt
from contextlib import suppress
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from sources.forms import DayField, PartialDateField
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
