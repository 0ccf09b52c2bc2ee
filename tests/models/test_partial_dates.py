"""A partial date is stored whole, or not at all."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from claims.models import Claim
from sources.text.dates import PartialDate
from tests import factories as make

pytestmark = pytest.mark.django_db

FIRST, LAST = dt.date(2022, 1, 1), dt.date(2022, 1, 31)


@pytest.mark.parametrize(
    "date",
    [
        PartialDate.day(LAST, "31 كانون الثاني"),
        PartialDate.month(2022, 1),
        PartialDate.year(2022),
        PartialDate.period(FIRST, LAST),
        None,
    ],
)
def test_a_date_comes_back_as_it_went_in(date):
    form = make.a_claim()
    form.holds = date
    row = make.recording.record(form, actor=make.a_contributor(), at=make.RECORDED_AT)
    assert Claim.objects.get(pk=row.pk).holds == date


@pytest.mark.parametrize(
    ("earliest", "latest", "precision"),
    [
        pytest.param(FIRST, LAST, "DAY", id="a month is no day"),
        pytest.param(FIRST, LAST, "YEAR", id="a month is no year"),
        pytest.param(FIRST, FIRST, "MONTH", id="a day is no month"),
        pytest.param(LAST, FIRST, "PERIOD", id="a period begins first"),
        pytest.param(FIRST, LAST, "", id="a date has a precision"),
        pytest.param(FIRST, LAST, "WEEK", id="a week is not known"),
        pytest.param(FIRST, None, "DAY", id="half a date"),
        pytest.param(None, LAST, "DAY", id="the other half"),
        pytest.param(None, None, "DAY", id="a precision without a date"),
        pytest.param("soon", "later", "DAY", id="words"),
    ],
)
def test_what_is_no_date_is_told_to_the_form(earliest, latest, precision):
    row = make.a_recorded_claim()
    row.holds_earliest, row.holds_latest = earliest, latest
    row.holds_precision = precision
    with pytest.raises(ValidationError):
        row.full_clean()
