"""Measures and statements: what may be recorded and changed, and when."""

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from claims import recording
from claims.models import Claim
from tests import factories as make

pytestmark = pytest.mark.django_db

MEANING = {
    "counted": "boats",
    "happened": "sank",
    "place": "the bay",
    "unit": "boats",
    "nature": "INCREMENT",
}


def change(measure, **values):
    return recording.change(measure, values, actor=make.an_editor())


# --- measures ---


@pytest.mark.parametrize("name", [*MEANING, "event"])
@pytest.mark.parametrize("maker", [make.a_published_claim, make.a_withdrawn_claim])
def test_what_a_public_claim_counts_keeps_its_meaning(maker, name):
    measure = maker().measure
    value = make.an_event() if name == "event" else MEANING[name]
    with pytest.raises(ValidationError, match="its meaning stands"):
        change(measure, **{name: value})


@pytest.mark.parametrize("name", MEANING)
@pytest.mark.parametrize(
    "maker", [make.a_measure, lambda: make.a_recorded_claim().measure]
)
def test_what_no_public_claim_counts_may_still_mean_something_else(maker, name):
    measure = change(maker(), **{name: MEANING[name]})
    assert getattr(measure, name) == MEANING[name]


def test_names_and_tolerance_are_no_meaning():
    measure = make.a_published_claim().measure
    measure = change(measure, name_ar="عابرون", tolerance_days=3, counted="people")
    assert (measure.name_ar, measure.tolerance_days) == ("عابرون", 3)


def test_a_measure_that_a_claim_uses_is_not_removed():
    measure = make.a_recorded_claim().measure
    with pytest.raises(ProtectedError):
        recording.remove(measure, actor=make.an_editor())


def test_a_claim_is_counted_in_the_unit_of_its_measure():
    with pytest.raises(ValidationError, match="persons"):
        make.a_recorded_claim(unit="boats")


# --- quantities ---


@pytest.mark.parametrize(
    ("columns", "accepted"),
    [
        pytest.param({"low": 120}, True, id="exact"),
        pytest.param({"low": 60, "high": 90, "qualifier": "RANGE"}, True, id="range"),
        pytest.param({"low": 60, "high": 90}, False, id="a range is not exact"),
        pytest.param({"low": 60, "high": None}, False, id="exact has two ends"),
        pytest.param({"low": None, "high": 60}, False, id="exact has a low end"),
        pytest.param({"low": None}, False, id="exact has a number"),
        pytest.param(
            {"low": 60, "high": None, "qualifier": "AT_LEAST"}, True, id="at least"
        ),
        pytest.param({"low": 60, "qualifier": "AT_LEAST"}, False, id="no upper end"),
        pytest.param({"low": None, "high": 60, "qualifier": "UP_TO"}, True, id="up to"),
        pytest.param({"low": 60, "qualifier": "UP_TO"}, False, id="no lower end"),
        pytest.param({"low": None, "qualifier": "VAGUE"}, True, id="vague"),
        pytest.param(
            {"low": 90, "high": 60, "qualifier": "RANGE"}, False, id="upside down"
        ),
        pytest.param(
            {"low": 90, "high": 60, "qualifier": "RANGE", "basis": "TABULATED"},
            True,
            id="upside down as its table has it",
        ),
        pytest.param({"low": "0.0001"}, False, id="four decimals"),
        pytest.param({"low": "1000000000000"}, False, id="thirteen digits"),
        pytest.param({"low": "NaN"}, False, id="not a number"),
        pytest.param({"low": "Infinity"}, False, id="no number at all"),
    ],
)
def test_a_quantity_is_recorded_as_its_qualifier_says(columns, accepted):
    if accepted:
        claim = Claim.objects.get(pk=make.a_recorded_claim(**columns).pk)
        upside_down = columns.get("basis") == "TABULATED"
        assert (claim.quantity is None) == upside_down
    else:
        with pytest.raises(ValidationError):
            make.a_recorded_claim(**columns)


# --- verdicts ---


def test_a_verdict_rests_on_evidence_that_says_what_it_is():
    with pytest.raises(ValidationError, match="claim or an address"):
        make.a_recorded_assessment(evidence_url="")
