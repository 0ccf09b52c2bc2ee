"""Which measure a card takes over from the numbers that were recorded before it."""

from typing import Any

import pytest

from claims.models import Claim, Measure
from sources.models import ArticleVersion
from sources.text.dates import Precision
from tests import factories as make
from tests.admin.benching import a_number, opened
from tests.admin.browsing import at_desk

pytestmark = pytest.mark.django_db

TEXT = (
    "By noon 120 people had drowned. Later 130 people had drowned. On deck 40 sailors "
    "had drowned, 12 people were rescued, and 7 more. Losses: 9 people."
)
ARABIC = "غَرِقَ ٤٠ راكبًا صباحًا، ثم غرق ٦٠ راكبا مساءً، ونجا ٣٠ راكبا."
DROWNED = {"words": "120 people had drowned", "counted": "people", "verb": "drowned"}

#: Words, counted noun and verb of a number after that one, whether it is of the same
#: measure, and why.
CASES = [
    pytest.param("130 people had drowned", "people", "drowned", True, id="both alike"),
    pytest.param(
        "40 sailors had drowned", "sailors", "drowned", False, id="another noun"
    ),
    pytest.param(
        "12 people were rescued", "people", "rescued", False, id="another verb"
    ),
    pytest.param("7 more", "", "", False, id="nothing is read but the number"),
    pytest.param("9 people", "people", "", False, id="no verb: it may be anything"),
]


def _within(text: str, words: str, prefix: str, part: str) -> dict[str, Any]:
    """The columns of a part of some words, at its place in the text."""
    if not part:
        return {}
    start = text.index(words) + words.index(part)
    place = {"start": start, "end": start + len(part), "words": part}
    return {f"{prefix}_{name}": value for name, value in place.items()}


def _columns(text: str, words: str, counted: str, verb: str) -> dict[str, Any]:
    noun = _within(text, words, "counted", counted)
    return noun | _within(text, words, "predicate", verb)


def _recorded(version: ArticleVersion, by: Any, said: Any, **more: Any) -> Claim:
    columns = _columns(version.text, **said)
    return make.a_recorded_claim(
        version=version, words=said["words"], by=by, **columns, **more
    )


def _taken(version: ArticleVersion, by: Any, said: Any, **more: Any) -> Measure | None:
    """The measure that the card of a new number begins with."""
    columns = {**_columns(version.text, **said), "unit": "persons", **more}
    row = a_number(version, said["words"], **columns)
    return opened(at_desk(by), version, row).context["card"].row.measure


@pytest.mark.parametrize(("words", "counted", "verb", "takes"), CASES)
def test_a_measure_is_taken_over_where_noun_and_verb_are_the_same(
    *, words: str, counted: str, verb: str, takes: bool
):
    version, author = make.a_version(text=TEXT), make.a_contributor()
    measure = _recorded(version, author, DROWNED).measure
    said = {"words": words, "counted": counted, "verb": verb}
    assert _taken(version, author, said) == (measure if takes else None)


def test_another_number_in_between_is_passed_over():
    version, author = make.a_version(text=TEXT), make.a_contributor()
    measure = _recorded(version, author, DROWNED).measure
    between = {"words": "12 people were rescued", "counted": "people"}
    _recorded(version, author, {**between, "verb": "rescued"})
    again = {**DROWNED, "words": "130 people had drowned"}
    assert _taken(version, author, again) == measure


def test_letters_that_readers_take_for_the_same_are_the_same_noun():
    version = make.a_version(text=ARABIC, language="ar")
    author = make.a_contributor()
    said = {"words": "غَرِقَ ٤٠ راكبًا", "counted": "راكبًا", "verb": "غَرِقَ"}
    measure = _recorded(version, author, said).measure
    again = {"words": "غرق ٦٠ راكبا", "counted": "راكبا", "verb": "غرق"}
    assert _taken(version, author, again) == measure


def test_two_events_that_are_told_alike_leave_the_measure_to_the_person():
    version, author = make.a_version(text=TEXT), make.a_contributor()
    for _event in range(2):
        _recorded(version, author, DROWNED)
    again = {**DROWNED, "words": "130 people had drowned"}
    assert _taken(version, author, again) is None


@pytest.mark.parametrize(("year", "takes"), [(2019, False), (2024, True)])
def test_a_number_of_days_before_the_event_is_of_another_one(*, year: int, takes: bool):
    version, author = make.a_version(text=TEXT), make.a_contributor()
    measure = make.a_measure(event=make.an_event(**_days("starts", 2024)))
    _recorded(version, author, DROWNED, measure=measure)
    again = {**DROWNED, "words": "130 people had drowned"}
    taken = _taken(version, author, again, **_days("holds", year))
    assert taken == (measure if takes else None)


def _days(name: str, year: int) -> dict[str, Any]:
    """The columns of a whole year."""
    return {
        f"{name}_earliest": f"{year}-01-01",
        f"{name}_latest": f"{year}-12-31",
        f"{name}_precision": Precision.YEAR,
    }


def test_a_unit_that_is_not_the_measures_takes_nothing():
    version, author = make.a_version(text=TEXT), make.a_contributor()
    _recorded(version, author, DROWNED)
    again = {**DROWNED, "words": "130 people had drowned"}
    assert _taken(version, author, again, unit="households") is None
