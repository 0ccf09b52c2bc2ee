"""The API lists lints and what they found, and is as strict there as elsewhere."""

import pytest

from claims import linting
from claims.lints import LINTS
from tests import factories as make
from tests.api.conftest import Ask
from tests.lints.test_lints import a_figure
from tests.pages.test_lints import a_fallen_total

pytestmark = pytest.mark.django_db


def test_every_lint_is_listed_with_its_count(ask: Ask):
    a_fallen_total()
    listed = {lint["name"]: lint for lint in ask("lints/")}
    assert listed.keys() == LINTS.keys()
    assert listed["falling-total"]["count"] == 1
    assert listed["falling-total"]["url"].endswith("/api/v1/lints/falling-total/")
    assert listed["falling-total"]["page"].endswith("/lints/falling-total/")
    assert listed["backwards"]["count"] == 0


def test_a_finding_names_both_sides_and_why(ask: Ask):
    earlier, later = a_fallen_total()
    (finding,) = ask("lints/falling-total/")["results"]
    assert finding["statement"]["code"] == later.code
    assert finding["against"]["code"] == earlier.code
    assert finding["told"] == "The same voice said 120 earlier and 90 later."


def test_a_finding_keeps_its_code_however_often_it_is_found_anew(ask: Ask):
    a_fallen_total()
    before = ask("lints/falling-total/")
    linting.refresh(whole=True)
    assert ask("lints/falling-total/") == before


def test_findings_are_filtered_by_event_source_and_training(ask: Ask):
    sought, _other = (a_fallen_total()[1] for _ in range(2))
    event, article = sought.measure.event, sought.article_version.article
    for query in ({"event": event.slug}, {"source": article.source.slug}):
        found = ask("lints/falling-total/", **query, count="exact")
        assert found["count"] == 1
        assert found["results"][0]["statement"]["code"] == sought.code
    assert ask("lints/falling-total/", training="true")["results"] == []
    assert len(ask("lints/falling-total/", training="false")["results"]) == 2


def test_findings_come_in_pages(ask: Ask):
    for _ in range(3):
        a_fallen_total()
    first = ask("lints/falling-total/", limit="2")
    assert len(first["results"]) == 2
    assert first["next"]


@pytest.mark.parametrize(
    ("path", "query", "code"),
    [
        ("lints/", {"event": "any"}, "unknown-parameter"),
        ("lints/", {"as_of": "2024-05-05"}, "unknown-parameter"),
        ("lints/backwards/", {"as_of": "2024-05-05"}, "unknown-parameter"),
        ("lints/backwards/", {"event": "nothing"}, "not-known"),
        ("lints/backwards/", {"source": "nothing"}, "not-known"),
    ],
)
def test_what_cannot_be_meant_is_refused(ask: Ask, path, query, code):
    (error,) = ask(path, **query, expect=400)["errors"]
    assert error["code"] == code


def test_a_lint_that_there_is_not_is_not_found(ask: Ask):
    ask("lints/nothing/", expect=404)


def test_agreement_is_asked_for_in_letters_of_either_case(ask: Ask):
    measure = make.a_measure()
    for low in (70, 90):
        a_figure(low, measure=measure)
    linting.refresh()
    for written in ("contested", "CONTESTED"):
        (row,) = ask("measures/", agreement=written)["results"]
        assert row["slug"] == measure.slug
    (error,) = ask("measures/", agreement="harmony", expect=400)["errors"]
    assert error["code"] == "not-one-of"
