from decimal import Decimal

import pytest

from claims.quantity import Qualifier, Quantity
from tests.quantity.counts import quantity
from tests.specs import rows


@pytest.mark.parametrize(("written", "english", "arabic"), rows("counts_in_words"))
def test_a_count_reads(written, english, arabic):
    assert quantity(written).in_words("en") == english
    assert quantity(written).in_words("ar") == arabic


@pytest.mark.parametrize("written", ["EXACT 60..60", "RANGE 60..90", "VAGUE 200.."])
def test_a_language_it_cannot_write_is_refused(written):
    with pytest.raises(ValueError, match="written in en, ar, not in 'fr'"):
        quantity(written).in_words("fr")


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("EXACT ..", "EXACT needs a low bound"),
        ("EXACT 60..", "EXACT needs a high bound"),
        ("EXACT 60..90", "From 60 to 90 is a RANGE, not EXACT"),
        ("ABOUT ..90", "ABOUT needs a low bound"),
        ("RANGE 60..", "RANGE needs a high bound"),
        ("RANGE 90..60", "The low bound 90 is above the high bound 60"),
        ("VAGUE 90..60", "The low bound 90 is above the high bound 60"),
        ("AT_LEAST ..60", "AT_LEAST needs a low bound"),
        ("AT_LEAST 60..90", "AT_LEAST has no high bound"),
        ("MORE_THAN 60..90", "MORE_THAN has no high bound"),
        ("AT_MOST 60..90", "AT_MOST has no low bound"),
        ("LESS_THAN 0..90", "LESS_THAN has no low bound"),
        ("UP_TO 60..", "UP_TO has no low bound"),
        ("EXACT NaN..NaN", "a finite number, not NaN; an open side is None"),
        ("AT_LEAST Infinity..", "a finite number, not Infinity"),
        ("EXACT 1000000000000..1000000000000", "at most 12 digits and 3 decimals"),
        ("AT_LEAST -1000000000000..", "at most 12 digits and 3 decimals"),
        ("EXACT 0.0001..0.0001", "at most 12 digits and 3 decimals, unlike 0.0001"),
        ("UP_TO ..1E+40", "at most 12 digits and 3 decimals"),
    ],
)
def test_what_is_no_quantity_is_refused(written, message):
    with pytest.raises(ValueError, match=message):
        quantity(written)


def test_a_bare_number_is_exact():
    assert Quantity.exactly(Decimal(60), "people") == quantity("EXACT 60..60")


def test_zeros_after_the_point_do_not_tell_quantities_apart():
    assert quantity("EXACT 60..60.000") == quantity("EXACT 60..60")
    assert hash(quantity("EXACT 60..60.000")) == hash(quantity("EXACT 60..60"))


@pytest.mark.parametrize("qualifier", Qualifier)
def test_only_more_than_and_less_than_exclude_their_bound(qualifier):
    bound = Decimal(60)
    stated = Quantity(
        bound if qualifier.states_low else None,
        bound if qualifier.states_high else None,
        qualifier,
    )
    assert stated.excludes_low is (qualifier == "MORE_THAN")
    assert stated.excludes_high is (qualifier == "LESS_THAN")


def test_a_count_is_bounded_when_both_sides_are_stated():
    assert quantity("RANGE 60..90").is_bounded
    assert not quantity("AT_LEAST 60..").is_bounded
    assert not quantity("UP_TO ..90").is_bounded
    assert not quantity("VAGUE ..").is_bounded
