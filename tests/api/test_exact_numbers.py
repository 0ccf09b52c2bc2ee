"""A decimal arrives as the very digits that were stored."""

import json
from decimal import Decimal

import pytest
from django.test import Client

from factbase.api.rendering import ExactJSONRenderer
from tests import factories


@pytest.mark.parametrize(
    ("stored", "printed"),
    [
        pytest.param("3500.000", b"3500", id="no trailing zeros"),
        pytest.param("3500", b"3500", id="no exponent"),
        pytest.param("0.125", b"0.125", id="thousandths"),
        pytest.param("0.000", b"0", id="zero"),
        pytest.param("-12.5", b"-12.5", id="below zero"),
        pytest.param("123456789012.345", b"123456789012.345", id="all fifteen digits"),
        pytest.param("999999999999.999", b"999999999999.999", id="the greatest"),
    ],
)
def test_a_decimal_is_printed_digit_by_digit(stored: str, printed: bytes):
    assert ExactJSONRenderer().render(Decimal(stored)) == printed


@pytest.mark.django_db
@pytest.mark.parametrize("low", ["0.125", "3500", "123456789012.345"])
def test_a_quantity_survives_the_database_and_the_api(client: Client, low: str):
    claim = factories.a_published_claim(low=low)
    answer = client.get(f"/api/v1/claims/{claim.code}/").content
    assert f'"low":{low},"high":{low},'.encode() in answer


BOUNDS = ["999999999999.999", "-999999999999.999", "0.001", "-0.001", "0", "-12.5"]


@pytest.mark.django_db
@pytest.mark.parametrize("low", BOUNDS)
@pytest.mark.parametrize(
    ("high", "qualifier"), [(None, "AT_LEAST"), ("999999999999.999", "RANGE")]
)
def test_bounds_and_open_ends_come_back_from_json(
    client: Client, low: str, high: str | None, qualifier: str
):
    claim = factories.a_published_claim(low=low, high=high, qualifier=qualifier)
    answer = client.get(f"/api/v1/claims/{claim.code}/").content
    quantity = json.loads(answer, parse_float=Decimal, parse_int=Decimal)["quantity"]
    claim.refresh_from_db()
    assert (quantity["low"], quantity["high"]) == (claim.low, claim.high)
    assert str(quantity["low"]) == low


@pytest.mark.django_db
@pytest.mark.parametrize(
    "words",
    [
        pytest.param("caf\u00e9 cafe\u0301", id="composed and decomposed kept apart"),
        pytest.param("\U0001f692 \U00020000", id="beyond the first plane"),
        pytest.param("\u202bقتلى\u202c 12\u200f", id="marks of direction"),
        pytest.param("مُحَمَّد أ\u0627\u0654", id="vowels, hamza above"),
        pytest.param("a\u2028b\ufeff", id="separators without width"),
    ],
)
def test_a_text_comes_back_character_by_character(client: Client, words: str):
    measure = factories.a_measure(name_en=words)
    factories.a_published_claim(measure=measure)
    answer = json.loads(client.get(f"/api/v1/measures/{measure.slug}/").content)
    assert answer["name"]["en"] == words
