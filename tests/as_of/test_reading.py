"""The parameter names a past day or moment, and nothing else."""

import datetime as dt

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from sources import as_of
from tests.specs import rows

NOW = dt.datetime(2026, 11, 22, 10, tzinfo=dt.UTC)
moments = st.datetimes(max_value=NOW.replace(tzinfo=None), timezones=st.just(dt.UTC))


@pytest.mark.parametrize(("typed", "moment", "refused", "nearest"), rows("as_of"))
def test_a_moment_is_read_or_refused_with_the_nearest(typed, moment, refused, nearest):
    if refused == "-":
        assert as_of.read(typed, now=NOW) == dt.datetime.fromisoformat(moment)
        return
    with pytest.raises(as_of.MomentRefused) as told:
        as_of.read(typed, now=NOW)
    assert (told.value.code, told.value.nearest) == (refused, nearest)
    assert as_of.written(as_of.read(nearest, now=NOW)) == nearest


@given(moment=moments)
def test_a_moment_is_written_as_it_is_read(moment: dt.datetime):
    assert as_of.read(as_of.written(moment), now=NOW) == moment


@given(day=st.dates(max_value=NOW.date()))
def test_the_end_of_a_day_is_written_as_the_day(day: dt.date):
    assert as_of.written(as_of.end_of(day)) == day.isoformat()


@given(typed=st.text(max_size=80))
def test_whatever_is_typed_is_a_past_moment_or_refused(typed: str):
    try:
        moment = as_of.read(typed, now=NOW)
    except as_of.MomentRefused as refused:
        moment = as_of.read(refused.nearest or "", now=NOW)
    assert moment <= as_of.end_of(NOW.date())


def test_a_missing_and_an_empty_parameter_ask_for_nothing():
    for query in ("", "as_of="):
        assert as_of.asked(QueryDict(query), "as_of", now=NOW) is None


def test_a_repeated_parameter_is_refused():
    with pytest.raises(as_of.MomentRefused):
        as_of.asked(QueryDict("as_of=2022-01-09&as_of=2022-01-09"), "as_of", now=NOW)
