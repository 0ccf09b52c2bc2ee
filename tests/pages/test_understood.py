"""What is typed is said aloud as it was understood, before it is saved."""

from typing import Any

import pytest
from django.urls import reverse

from claims.views.understood import READERS
from tests import factories as make
from tests.admin.browsing import at_desk

pytestmark = pytest.mark.django_db

HOSTILE = ["", " ", "\u202e", "9" * 5000, "\ud800".encode("utf-8", "replace").decode()]


def said(kind: str, typed: str, language: str = "en") -> dict[str, Any]:
    answer = at_desk(make.a_reviewer()).get(
        reverse("understood"),
        {"as": kind, "typed": typed},
        headers={"Accept-Language": language},
    )
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.parametrize(
    ("kind", "typed", "language", "says"),
    [
        ("number", "٣٬٥٠٠", "en", "Read as: 3,500"),
        ("count", "حوالي ٣٥٠٠", "en", "Read as: about 3,500"),
        ("count", "60-90", "ar", "قُرئ: من 60 إلى 90"),
        ("degrees", "٣٥.١٢٣", "en", "Read as: 35.123"),
        ("day", "25/1/2022", "en", "Read as: 25 January 2022"),
        (
            "date",
            "كانون الثاني 2022",
            "en",
            "Read as: January 2022 (from 1 January 2022 to 31 January 2022)",
        ),
    ],
)
def test_it_says_what_was_read(kind: str, typed: str, language: str, says: str):
    assert said(kind, typed, language) == {"is_refused": False, "says": says}


@pytest.mark.parametrize(
    ("kind", "typed", "part"),
    [
        ("number", "3.500", "may mean two numbers"),
        ("day", "3/4/2022", "not a clear date"),
        ("count", "many", "not a clear count"),
    ],
)
def test_it_says_why_not(kind: str, typed: str, part: str):
    found = said(kind, typed)
    assert found["is_refused"]
    assert part in found["says"]


@pytest.mark.parametrize("kind", READERS)
def test_nothing_typed_makes_it_fail(kind: str):
    assert all(said(kind, typed)["is_refused"] for typed in HOSTILE)


def test_a_kind_of_field_that_there_is_not_is_refused_with_those_there_are():
    answer = at_desk(make.a_reviewer()).get(reverse("understood"), {"as": "colour"})
    assert answer.status_code == 400
    assert answer.json()["kinds"] == list(READERS)
