"""A decimal arrives as the very digits that were stored."""

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
