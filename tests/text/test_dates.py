from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.text.dates import PartialDate, Precision
from tests.specs import rows

quick = settings(max_examples=30, deadline=None, database=None)

days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
partial_dates = st.one_of(
    days.map(PartialDate.day),
    days.map(lambda day: PartialDate.month(day.year, day.month)),
    days.map(lambda day: PartialDate.year(day.year)),
    st.tuples(days, days).map(lambda pair: PartialDate.period(*sorted(pair))),
)


@pytest.mark.parametrize(
    ("precision", "earliest", "latest", "english", "arabic"), rows("dates_in_words")
)
def test_a_date_reads(precision, earliest, latest, english, arabic):
    stated = PartialDate(
        date.fromisoformat(earliest), date.fromisoformat(latest), Precision(precision)
    )
    assert stated.in_words("en") == english
    assert stated.in_words("ar") == arabic


def test_the_months_are_named_in_their_order():
    months = [PartialDate.month(2022, month) for month in range(1, 13)]
    assert [month.in_words("en") for month in months] == [
        date(2022, month, 1).strftime("%B 2022") for month in range(1, 13)
    ]
    assert " ".join(month.in_words("ar").split()[-2] for month in months) == (
        "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر"
    )
    assert len({month.in_words("ar") for month in months}) == 12


def test_a_language_it_cannot_write_is_refused():
    with pytest.raises(ValueError, match="written in en, ar, not in 'fr'"):
        PartialDate.year(2021).in_words("fr")


def test_the_constructors_keep_the_words_of_the_text():
    day = date(2022, 1, 25)
    assert PartialDate.day(day, "أمس") == PartialDate(day, day, Precision.DAY, "أمس")
    assert PartialDate.month(2021, 5, "شهر أيار من العام 2021").words.startswith("شهر")
    assert PartialDate.year(2021, "2021م").words == "2021م"
    assert PartialDate.period(day, day, "آنذاك").words == "آنذاك"


@pytest.mark.parametrize(
    ("earliest", "latest", "precision", "message"),
    [
        ("2022-01-26", "2022-01-25", "PERIOD", "cannot end on 2022-01-25 before"),
        ("2022-01-25", "2022-01-26", "DAY", "is not a whole day"),
        ("2022-01-01", "2022-01-30", "MONTH", "is not a whole month"),
        ("2022-01-02", "2022-01-31", "MONTH", "is not a whole month"),
        ("2022-01-01", "2022-02-28", "MONTH", "is not a whole month"),
        ("2022-01-01", "2022-12-30", "YEAR", "is not a whole year"),
        ("2021-01-01", "2022-12-31", "YEAR", "is not a whole year"),
    ],
)
def test_bounds_that_do_not_fit_are_refused(earliest, latest, precision, message):
    bounds = date.fromisoformat(earliest), date.fromisoformat(latest)
    with pytest.raises(ValueError, match=message):
        PartialDate(*bounds, Precision(precision))


def test_a_month_covers_its_first_and_last_day_and_no_other():
    may = PartialDate.month(2021, 5)
    assert may.covers(date(2021, 5, 1))
    assert may.covers(date(2021, 5, 31))
    assert not may.covers(date(2021, 4, 30))
    assert not may.covers(date(2021, 6, 1))


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        pytest.param(
            PartialDate.day(date(2022, 1, 25)),
            PartialDate.day(date(2022, 1, 27)),
            2,
            id="two days later",
        ),
        pytest.param(
            PartialDate.month(2021, 5), PartialDate.month(2021, 6), 1, id="next month"
        ),
        pytest.param(
            PartialDate.month(2021, 5), PartialDate.year(2021), 0, id="within"
        ),
        pytest.param(
            PartialDate.day(date(2020, 2, 28)),
            PartialDate.day(date(2020, 3, 1)),
            2,
            id="over a leap day",
        ),
    ],
)
def test_two_dates_are_apart_by_days(one, other, apart):
    assert one.days_apart(other) == other.days_apart(one) == apart


@quick
@given(partial_dates, partial_dates)
def test_dates_are_no_days_apart_exactly_when_they_share_a_day(one, other):
    shared = one.covers(other.earliest) or other.covers(one.earliest)
    assert (one.days_apart(other) == 0) == shared
    assert one.days_apart(other) == other.days_apart(one)


@quick
@given(partial_dates, st.integers(-500, 500))
def test_a_day_is_covered_exactly_when_it_is_not_apart(stated, by):
    day = stated.earliest + timedelta(days=by)
    assert stated.covers(day) == (stated.days_apart(PartialDate.day(day)) == 0)


@quick
@given(partial_dates)
def test_both_languages_give_the_years_and_no_dash(stated):
    for language in ("en", "ar"):
        words = stated.in_words(language)
        assert str(stated.earliest.year) in words
        assert str(stated.latest.year) in words
        assert not set(words) & set("-–—٠١٢٣٤٥٦٧٨٩")
