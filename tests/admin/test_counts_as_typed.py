"""A count is typed as people say it, in one box, and fills the fields it is made of."""

from contextlib import suppress
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from claims.counts import read_count
from claims.models import Claim
from tests import factories as make
from tests.admin.browsing import address, at_desk, complaints, send


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("3,500", "3,500"),
        ("٣٥٠٠", "3,500"),
        ("3٬500", "3,500"),
        ("3 500", "3,500"),
        ("60-90", "60 to 90"),
        ("٦٠–٩٠", "60 to 90"),
        ("between 60 and 90", "60 to 90"),
        ("من ٦٠ إلى ٩٠", "60 to 90"),
        ("about 3500", "about 3,500"),
        ("~3500", "about 3,500"),
        ("حوالي ٣٥٠٠", "about 3,500"),
        ("about 60-90", "about 60 to 90"),
        ("أكثر من 100", "more than 100"),
        ("at least 12", "at least 12"),
        ("12+", "at least 12"),
        ("fewer than 7", "less than 7"),
        ("up to 40", "up to 40"),
        ("ثلاثة آلاف وخمسمئة", "3,500"),
        ("3.5 million", "3,500,000"),
        ("dozens", "tens (at least 24)"),
        ("-7", "minus 7"),
    ],
)
def test_a_count_is_read_as_it_is_said(typed: str, said: str):
    assert read_count(typed).in_words("en") == said


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("about 3.500", id="two numbers to two readers"),
        pytest.param("60-90 people", id="more than a count"),
        pytest.param("not 3500", id="a denial"),
        pytest.param("3500, then 40", id="two counts"),
        pytest.param("90-60", id="backwards"),
        pytest.param("100%", id="a share"),
        pytest.param("25 January 2022", id="a date"),
        pytest.param("at least", id="no number"),
        pytest.param("nobody knows", id="no count at all"),
        pytest.param("9" * 500, id="a very long one"),
    ],
)
def test_what_is_no_clear_count_is_refused_aloud(typed: str):
    with pytest.raises(ValidationError):
        read_count(typed)


@given(st.text())
def test_any_text_is_a_count_or_refused(typed: str):
    with suppress(ValidationError):
        assert read_count(typed).qualifier


def sent(**values: Any) -> Any:
    version = make.a_version(text="Officials spoke of 60 to 90 dead.")
    return send(
        at_desk(make.an_editor()),
        address(Claim, "add"),
        article_version=version.pk,
        anchor_find="60 to 90",
        measure=make.a_measure().pk,
        unit="persons",
        speaker=make.a_speaker().pk,
        **values,
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "stored"),
    [("٦٠-٩٠", ("RANGE", 60, 90)), ("at least 60", ("AT_LEAST", 60, None))],
)
def test_it_fills_qualifier_and_bounds(typed: str, stored: tuple[Any, ...]):
    answer = sent(count=typed)
    assert answer.status_code == 302, complaints(answer)
    claim = Claim.objects.get()
    assert (claim.qualifier, claim.low, claim.high) == stored


@pytest.mark.django_db
def test_beside_another_number_it_is_refused_and_nothing_typed_is_lost():
    page = sent(count="60-90", low="61")
    assert "Another number is typed beside this count" in complaints(page)
    assert 'value="60-90"' in page.content.decode()
    assert not Claim.objects.exists()


@pytest.mark.django_db
def test_beside_the_same_number_it_is_taken():
    answer = sent(count="60-90", low="60", high="90", qualifier="RANGE")
    assert answer.status_code == 302, complaints(answer)


@pytest.mark.django_db
def test_a_count_that_cannot_be_read_says_so_at_its_box():
    assert "is not a clear count" in complaints(sent(count="many, they say"))
