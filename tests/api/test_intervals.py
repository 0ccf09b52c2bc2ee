"""Claims are found by the numbers that their figures may be."""

from decimal import Decimal

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims import linting
from claims.models import Claim
from claims.quantity import Qualifier, Quantity
from tests import factories
from tests.api.conftest import Ask
from tests.quantity.counts import quantity

pytestmark = pytest.mark.django_db

#: Bounds that often meet, with the ends to which "about" some of them reaches.
MEETING = [
    *("-110", "-100", "-90", "-0.001", "0", "0.001", "9", "10", "10.001", "11"),
    *("90", "90.909", "90.91", "99", "100", "110", "111.111", "111.112"),
    *("-999999999999.999", "909090909090.908", "999999999999.999"),
]
numbers = st.sampled_from(list(map(Decimal, MEETING))) | st.decimals(
    -130, 130, places=1
)


@st.composite
def quantities(draw) -> Quantity:
    """Any quantity: each qualifier with the bounds that belong to it."""
    qualifier = draw(st.sampled_from(Qualifier))
    low, high = sorted([draw(numbers), draw(numbers)])
    if qualifier is Qualifier.EXACT:
        high = low
    vague = qualifier is Qualifier.VAGUE
    has_low = draw(st.booleans()) if vague else qualifier.states_low
    has_high = draw(st.booleans()) if vague else qualifier.states_high
    return Quantity(low if has_low else None, high if has_high else None, qualifier)


@st.composite
def asked_for(draw) -> tuple[Decimal | None, Decimal | None]:
    """Two ends in order, or one, or the same twice."""
    low, high = sorted([draw(numbers), draw(numbers)])
    return draw(st.sampled_from([(low, high), (low, low), (low, None), (None, high)]))


@settings(
    max_examples=60,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(quantities(), min_size=5, max_size=40), st.lists(asked_for(), min_size=5)
)
def test_the_database_says_of_every_figure_what_it_may_be(ground, figures, questions):
    with transaction.atomic():
        rows = Claim.objects.bulk_create(claims_of(figures, **ground))
        for low, high in questions:
            found = set(Claim.objects.allowing(low, high).values_list("pk", flat=True))
            pairs = zip(rows, figures, strict=True)
            assert found == {row.pk for row, its in pairs if its.may_be(low, high)}
        transaction.set_rollback(True)


@pytest.fixture
def ground() -> dict[str, object]:
    return {
        "version": factories.a_version(),
        "measure": factories.a_measure(),
        "recorded_by": factories.a_contributor(),
        "recorded_at": factories.RECORDED_AT,
    }


def claims_of(figures: list[Quantity], **columns: object) -> list[Claim]:
    return [
        factories.a_claim(
            low=its.low, high=its.high, qualifier=its.qualifier.value, **columns
        )
        for its in figures
    ]


FIGURES = {
    "exactly 75": "EXACT 75..75",
    "60 to 90": "RANGE 60..90",
    "about 80": "ABOUT 80..80",
    "more than 75": "MORE_THAN 75..",
    "at least 75": "AT_LEAST 75..",
    "less than 75": "LESS_THAN ..75",
    "up to 75": "UP_TO ..75",
    "unstated": "VAGUE ..",
}


@pytest.fixture
def names(client: Client, ground) -> dict[str, str]:
    """What each claim says, by its code; there is a plain claim beside them."""
    rows = claims_of(list(map(quantity, FIGURES.values())), **ground)
    plain = factories.a_plain_claim(
        **{name: value for name, value in ground.items() if name != "measure"}
    )
    Claim.objects.bulk_create([*rows, plain])
    client.force_login(ground["recorded_by"])
    return {row.code: name for row, name in zip(rows, FIGURES, strict=True)}


BELOW, ABOVE = {"less than 75", "up to 75"}, {"more than 75", "at least 75"}
AROUND = {"60 to 90", "about 80", "unstated"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param(
            "covers=75",
            {"exactly 75", "at least 75", "up to 75"} | AROUND,
            id="more than and less than exclude the number they name",
        ),
        pytest.param("covers=75.001", ABOVE | AROUND, id="just above"),
        pytest.param("covers=74.999", BELOW | AROUND, id="just below"),
        pytest.param(
            "covers=72",
            BELOW | AROUND,
            id="about reaches a tenth down, as where figures are compared",
        ),
        pytest.param("covers=71.999", BELOW | AROUND - {"about 80"}, id="not farther"),
        pytest.param("covers=88", ABOVE | AROUND, id="about reaches a tenth up"),
        pytest.param("overlaps=10,20", BELOW | {"unstated"}, id="wholly below"),
        pytest.param("overlaps=,75", {"exactly 75", "at least 75"} | BELOW | AROUND),
        pytest.param("overlaps=75,", {"exactly 75", "up to 75"} | ABOVE | AROUND),
        pytest.param("overlaps=89,91", ABOVE | AROUND - {"about 80"}, id="in part"),
        pytest.param(
            "overlaps=75,75",
            {"exactly 75", "at least 75", "up to 75"} | AROUND,
            id="one number",
        ),
        pytest.param("covers=75&qualifier=VAGUE", {"unstated"}, id="with another"),
    ],
)
def test_claims_are_found_by_what_their_figure_may_be(
    ask: Ask, names: dict[str, str], query: str, expected: set[str]
):
    rows = ask(f"claims/?{query}")["results"]
    assert {names[row["code"]] for row in rows} == expected


@pytest.mark.parametrize(
    ("value", "code"),
    [
        pytest.param("100,50", "reversed", id="the wrong way round"),
        pytest.param(",", "not-an-interval", id="no end at all"),
        pytest.param("50", "not-an-interval", id="one number"),
        pytest.param("50,100,150", "not-a-number", id="three"),
        pytest.param("50;100", "not-an-interval", id="another separator"),
        pytest.param("many,", "not-a-number", id="a word"),
    ],
)
def test_what_is_no_interval_is_refused(ask: Ask, value: str, code: str):
    [told] = ask("claims/", expect=400, overlaps=value)["errors"]
    assert (told["parameter"], told["code"], told["value"]) == ("overlaps", code, value)


def test_claims_are_found_by_how_the_voices_on_their_measure_stand(ask: Ask):
    contested, agreed = factories.a_measure(), factories.a_measure()
    rows = [
        factories.a_published_claim(
            measure=measure, low=low, speaker=factories.a_speaker()
        )
        for measure, low in ((contested, 5), (contested, 90), (agreed, 7))
    ]
    factories.a_published_claim(low=None, qualifier="", words="Nobody drowned")
    linting.refresh()
    found = ask("claims/", agreement="contested")["results"]
    assert {row["code"] for row in found} == {row.code for row in rows[:2]}
