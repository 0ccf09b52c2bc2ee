"""The page of a measure, and the API beside it: who says what, and do they agree."""

import pytest
from django.test import Client

from tests import factories as make
from tests.pages.conftest import Read

pytestmark = pytest.mark.django_db

TEXT = "About 60 people are missing, the harbour said. At least 200, said rescuers."


def a_statement(measure, low, qualifier="EXACT", **columns):
    """A published figure of a new article, whose words say nothing of it."""
    version = columns.pop("version", None) or make.a_version(text=TEXT)
    return make.a_published_claim(
        measure=measure,
        words="60 people are missing",
        low=low,
        **{"qualifier": qualifier, "version": version, **columns},
    )


@pytest.fixture
def contested():
    """A measure of which two voices speak in three articles."""
    measure = make.a_measure()
    harbour, rescuers = make.an_organisation(), make.an_organisation()
    first = a_statement(measure, 60, high=90, qualifier="RANGE", speaker=harbour)
    again = a_statement(measure, 60, high=90, qualifier="RANGE", speaker=harbour)
    article = again.article_version.article
    make.a_derivation(
        article=article,
        origin=first.article_version.article,
        recorded_at=make.RECORDED_AT,
    )
    a_statement(measure, 200, high=None, qualifier="AT_LEAST", speaker=rescuers)
    return measure


def asked(measure, query="", language="en"):
    address = f"/api/v1/measures/{measure.slug}/comparison/{query}"
    answer = Client(headers={"accept-language": language}).get(address)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_a_page_says_in_one_sentence_how_voices_stand(read: Read, contested):
    page = read(contested.get_absolute_url())
    told = page.text_in("agreement")
    assert "2 voices in 3 articles" in told
    assert "60 to 90 against at least 200" in told


def test_the_api_says_the_same(contested):
    answer = asked(contested)
    assert answer["agreement"] == "CONTESTED"
    assert answer["summary"].endswith("60 to 90 against at least 200")
    assert [answer[name] for name in ("n_voices", "n_articles", "n_sources")] == [
        2,
        3,
        3,
    ]
    assert (answer["envelope"]["low"], answer["envelope"]["high"]) == (60, None)


def test_a_repetition_is_told_with_the_way_it_came(read: Read, contested):
    [_rescuers, harbour] = sorted(
        asked(contested)["voices"], key=lambda voice: len(voice["claims"])
    )
    [first, again] = sorted(harbour["claims"], key=lambda told: len(told["via"]))
    assert again["repeats"]["code"] == first["claim"]["code"]
    assert [step["kind"] for step in again["via"]] == ["REPUBLISHES"]
    assert "Not counted again" in read(contested.get_absolute_url()).text_in("voice")


def test_a_conflict_is_shown_with_both_passages(read: Read, contested):
    page = read(contested.get_absolute_url())
    assert "60 to 90 and at least 200 conflict" in page.text_in("pair")
    [relation] = [r for r in asked(contested)["relations"] if r["gap"] is not None]
    assert (relation["kind"], relation["gap"]) == ("CONFLICTS", 110)
    assert "متعارضان" in asked(contested, language="ar")["relations"][0]["sentence"]


def test_the_past_is_compared_as_it_stood(contested):
    make.withdrawn(contested.claims.get(low=200))
    assert asked(contested)["agreement"] == "SINGLE_VOICE"
    assert asked(contested, "?as_of=2024-05-05")["agreement"] == "CONTESTED"


def test_what_nobody_approved_is_in_no_comparison(contested):
    make.a_recorded_claim(
        measure=contested,
        version=make.a_version(text=TEXT),
        words="60 people are missing",
    )
    assert asked(contested)["n_voices"] == 2


def test_a_denied_figure_is_told_and_not_counted(read: Read, contested):
    speaker = make.an_organisation(name_en="The Ministry")
    a_statement(contested, 200, speaker=speaker, denied=True)
    assert asked(contested)["n_voices"] == 2
    assert len(asked(contested)["denials"]) == 1
    assert "denies" in read(contested.get_absolute_url()).text_in("voice")


def test_a_withheld_voice_counts_under_a_mark(contested):
    speaker = make.a_speaker(name_en="Salma Haddad")
    a_statement(contested, 70, speaker=speaker)
    make.withheld(speaker)
    answer = asked(contested)
    assert answer["n_voices"] == 3
    assert "Haddad" not in str(answer)


def test_other_measures_of_the_event_are_named_with_why(read: Read, contested):
    other = make.a_measure(event=contested.event, happened="died")
    a_statement(other, 3)
    page = read(contested.get_absolute_url())
    assert other.get_absolute_url() in page.links()
    assert "what happened to them is another thing" in page.text_in("row")


def test_a_comparison_takes_no_parameter_but_the_moment(contested):
    address = f"/api/v1/measures/{contested.slug}/comparison/?limit=3"
    assert Client().get(address).status_code == 400
