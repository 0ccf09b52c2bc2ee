"""The page of a measure, and the API beside it: who says what, and do they agree."""

import re

import pytest
from django.test import Client

from tests import factories as make
from tests.models.rows import an_own_voice
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


def comparison_of(measure):
    return f"/api/v1/measures/{measure.slug}/comparison/"


def asked(measure, query="", language="en"):
    address = f"{comparison_of(measure)}{query}"
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


def test_what_an_outlet_repeats_of_whom_it_names_is_said_to_be_theirs(read: Read):
    measure, version = make.a_measure(), make.a_version(text=TEXT)
    harbour = make.an_organisation(name_ar="مكتب الميناء", name_en="Harbour Office")
    said = a_statement(measure, 60, "ABOUT", version=version, speaker=harbour)
    own = a_statement(measure, 60, version=version)
    [voice] = asked(measure)["voices"]
    told = {each["claim"]["code"]: each for each in voice["claims"]}
    assert voice["name"]["en"] == "Harbour Office"
    assert told[own.code]["repeats"]["code"] == said.code
    assert told[own.code]["via"] == []
    page = read(measure.get_absolute_url()).text_in("voice")
    assert page.count("repeats what Harbour Office says in the same article") == 1


def test_a_source_that_speaks_as_an_organisation_is_one_voice_with_it(read: Read):
    measure, version = make.a_measure(), make.a_version(text=TEXT)
    harbour = make.an_organisation(name_ar="مكتب الميناء", name_en="Harbour Office")
    source = version.article.source
    a_statement(measure, 60, version=version)
    assert asked(measure)["voices"][0]["kind"] == "SOURCE"
    an_own_voice(source=source, speaker=harbour)
    a_statement(measure, 60, speaker=harbour)
    [voice] = asked(measure)["voices"]
    assert (voice["kind"], len(voice["claims"])) == ("SPEAKER", 2)
    page = read(measure.get_absolute_url()).text_in("voice")
    assert page.count("the source speaks as Harbour Office") == 1
    assert "speaks asHarbour Office" in read(source.get_absolute_url()).text_in("facts")
    told = Client().get(f"/api/v1/sources/{source.slug}/").json()
    assert told["speaks_as"]["slug"] == harbour.slug


def test_a_conflict_is_shown_with_both_passages(read: Read, contested):
    page = read(contested.get_absolute_url())
    assert "60 to 90 and at least 200 conflict" in page.text_in("pair")
    [relation] = [
        r for r in asked(contested)["relations"]["results"] if r["gap"] is not None
    ]
    assert (relation["kind"], relation["gap"]) == ("CONFLICTS", 110)
    assert (
        "متعارضان"
        in asked(contested, language="ar")["relations"]["results"][0]["sentence"]
    )


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


@pytest.mark.parametrize(
    ("query", "parameter", "nearest"),
    [
        ("limits=3", "limits", "limit"),
        ("limit=0", "limit", None),
        ("limit=201", "limit", None),
        ("page=1.0", "page", None),
        ("page=٢", "page", None),
        ("page=0001", "page", None),
        ("relation=CONFLICT", "relation", "CONFLICTS"),
        ("relation=", "relation", None),
    ],
)
def test_a_comparison_refuses_what_cannot_be_meant(
    contested, query: str, parameter: str, nearest: str | None
):
    address = f"/api/v1/measures/{contested.slug}/comparison/?{query}"
    answer = Client().get(address)
    assert answer.status_code == 400
    [refused] = answer.json()["errors"]
    assert (refused["parameter"], refused.get("nearest")) == (parameter, nearest)


def test_relations_come_in_pages_that_lead_to_each_other():
    measure = make.a_measure()
    for number in range(5):
        a_statement(measure, number + 1, speaker=make.an_organisation())
    whole = asked(measure)["relations"]
    assert (whole["count"], whole["next"], whole["previous"]) == (10, None, None)
    found, address = [], f"{comparison_of(measure)}?limit=4&as_of=2024-05-05"
    while address:
        answer = Client().get(address).json()
        assert len(answer["voices"]) == 5
        page = answer["relations"]
        assert page["count"] == 10
        found, address = found + page["results"], page["next"]
        assert address is None or "as_of=2024-05-05" in address
    assert found == whole["results"]
    assert "page=2" in page["previous"]


def test_relations_of_one_kind_are_counted_by_themselves(contested):
    a_statement(contested, 61, speaker=make.an_organisation())
    every = asked(contested)["relations"]["results"]
    kinds = {each["kind"] for each in every}
    assert kinds == {"CONFLICTS", "AGREES"}
    for kind in kinds:
        found = asked(contested, f"?relation={kind}")["relations"]
        of_it = [each for each in every if each["kind"] == kind]
        assert (found["count"], found["results"]) == (len(of_it), of_it)
    assert asked(contested, "?relation=SAME")["relations"]["count"] == 0


def test_every_mark_of_the_chart_leads_to_its_claim(contested):
    gone = make.withdrawn(a_statement(contested, 70, high=95, qualifier="RANGE"))
    answer = Client().get(contested.get_absolute_url()).content.decode()
    inside = set(re.findall(r'<a[^>]* href="#([^"]+)"', answer))
    assert inside
    assert all(f'id="{name}"' in answer for name in inside)
    chart = answer.split("<svg", 1)[1].split("</svg>\n", 1)[0]
    assert f'href="{gone.get_absolute_url()}"' in chart
