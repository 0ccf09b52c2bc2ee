"""Search by program: what stands where, and what a question may not be."""

import pytest
import yaml
from django.conf import settings
from django.test import Client

from tests import factories as make
from tests.api.conftest import Ask
from tests.api.test_schema import check

pytestmark = pytest.mark.django_db

#: Nothing else in it is looked for here.
TEXT = "وصل الزورق إلى الميناء. وقال الحارس إن 3,500 شخص عبروا النهر أمس."


@pytest.fixture
def harbour(db: None):  # noqa: ARG001  # rows
    """A quote and a claim of a guard, in an article on the harbour, and one beside it."""
    source = make.a_source(slug="harbour-news", name_en="Estuary Post")
    speaker = make.a_speaker(slug="the-guard", name_en="The Guard", name_ar="الحارس")
    version = make.a_version(
        source=source, title="زورق في النهر", text=TEXT, language="ar"
    )
    quote = make.a_published_quote(
        version=version, speaker=speaker, words="3,500 شخص عبروا النهر", language="ar"
    )
    claim = make.a_published_claim(
        version=version, speaker=speaker, quote=quote, words="3,500 شخص عبروا النهر"
    )
    make.a_published_claim()
    return claim


def found(answer) -> set[tuple[str, str]]:
    return {(hit["kind"], hit["key"]) for hit in answer["results"]}


def test_words_are_found_however_they_are_written(ask: Ask, harbour):
    article = harbour.article_version.article
    of_claim = ("claim", harbour.code), ("quote", harbour.quote.code)
    assert ("article", article.code) in found(ask("search/", q="ميناء"))
    for words in ("نهر", "٣٥٠٠", '"3500 شخص"', "عبر*"):
        hits = found(ask("search/", q=words))
        assert hits >= {*of_claim, ("article", article.code)}, words
    assert found(ask("search/", q="nothing of it")) == set()


def test_every_mark_is_a_place_in_its_passage_and_in_the_original(ask: Ask, harbour):
    article = harbour.article_version.article
    [hit] = ask("search/", q="الميناء", kind="article")["results"]
    assert hit["key"] == article.code
    assert hit["passage"]["field"] == "text"
    passage = hit["passage"]
    [mark] = passage["marks"]
    assert TEXT[mark["start"] : mark["end"]] == "الميناء"
    inside = slice(mark["start_in_passage"], mark["end_in_passage"])
    assert passage["text"][inside] == "الميناء"
    assert TEXT[passage["start"] :].startswith(passage["text"])
    [hit] = ask("search/", q="زورق", kind="article")["results"]
    [mark] = hit["title_marks"]
    assert hit["title"][mark["start"] : mark["end"]] == "زورق"


def test_a_hit_leads_to_its_row_and_its_page(ask: Ask, client: Client, harbour):
    del harbour
    for hit in ask("search/", q="نهر")["results"]:
        assert client.get(hit["url"]).status_code == 200
        assert client.get(hit["page"]).status_code == 200


@pytest.mark.parametrize(
    ("narrowing", "kinds"),
    [
        pytest.param({"kind": "claim"}, {"claim"}, id="by kind"),
        pytest.param(
            {"source": "harbour-news"}, {"article", "claim", "quote"}, id="by source"
        ),
        pytest.param({"speaker": "the-guard"}, {"claim", "quote"}, id="by speaker"),
        pytest.param(
            {"language": "ar"}, {"article", "claim", "quote"}, id="by language"
        ),
        pytest.param({"status": "PUBLISHED"}, {"claim", "quote"}, id="by status"),
        pytest.param({"status": "WITHDRAWN"}, set(), id="by what is not there"),
    ],
)
def test_a_search_is_narrowed(ask: Ask, harbour, narrowing, kinds: set[str]):
    del harbour
    answer = ask("search/", q="النهر", **narrowing)
    assert {kind for kind, _key in found(answer)} == kinds
    assert answer["counted"] == {"n": len(answer["results"]), "is_capped": False}


def test_facets_say_how_many_hits_each_would_leave(ask: Ask, harbour):
    del harbour
    facets = ask("search/", q="النهر")["facets"]
    for name, values in facets.items():
        for facet in values:
            left = ask("search/", q="النهر", **{name: facet["value"]})["results"]
            assert len(left) == facet["count"], (name, facet)
    assert {each["value"] for each in facets["speaker"]} == {"the-guard"}
    assert {each["label"] for each in facets["source"]} == {"Estuary Post"}


def test_a_long_answer_comes_in_pages_that_leave_nothing_out(ask: Ask, client: Client):
    codes = {make.a_published_claim().code for _ in range(5)}
    address, seen = "/api/v1/search/?q=river&kind=claim&limit=2", []
    while address:
        answer = client.get(address).json()
        seen += [hit["key"] for hit in answer["results"]]
        address = answer["next"]
    assert sorted(seen) == sorted(codes)
    del ask


def test_the_next_page_is_of_the_same_words(ask: Ask, client: Client):
    """Programs also send addresses whose letters are not encoded."""
    version = make.a_version(text=TEXT, language="ar")
    for words in ("3,500 شخص عبروا", "شخص عبروا النهر"):
        make.a_published_quote(version=version, words=words)
    raw = "q=عبروا&kind=quote&limit=1".encode().decode("latin-1")
    first = client.get("/api/v1/search/", QUERY_STRING=raw).json()
    assert len(client.get(first["next"]).json()["results"]) == 1
    del ask


@pytest.mark.parametrize(
    ("query", "parameter", "code", "nearest"),
    [
        pytest.param({}, "q", "missing-parameter", None, id="no question"),
        pytest.param({"q": ""}, "q", "empty-parameter", None, id="an empty one"),
        pytest.param({"q": "؟!"}, "q", "nothing-to-find", None, id="no word in it"),
        pytest.param({"q": "a" * 201}, "q", "too-long", None, id="a long one"),
        pytest.param(
            {"q": "x", "knid": "y"}, "knid", "unknown-parameter", "kind", id="a name"
        ),
        pytest.param(
            {"q": "x", "kind": "clam"}, "kind", "not-one-of", "claim", id="a kind"
        ),
        pytest.param(
            {"q": "x", "source": "harbour-new"},
            "source",
            "not-known",
            "harbour-news",
            id="a slug",
        ),
        pytest.param({"q": "x", "year": "22"}, "year", "not-a-year", None, id="a year"),
        pytest.param(
            {"q": "x", "exact": "yes"}, "exact", "not-one-of", None, id="a flag"
        ),
        pytest.param(
            {"q": "x", "order": "new"}, "order", "not-one-of", "newest", id="an order"
        ),
        pytest.param(
            {"q": "x", "limit": "101"}, "limit", "not-a-number", None, id="a limit"
        ),
        pytest.param(
            {"q": "x", "cursor": "5"}, "cursor", "not-a-cursor", None, id="a cursor"
        ),
        pytest.param(
            {"q": "x", "as_of": "2024-05-05"},
            "as_of",
            "unknown-parameter",
            None,
            id="a past day",
        ),
    ],
)
def test_a_mistake_is_named(  # a row of the table
    ask: Ask, harbour, query, parameter: str, code: str, nearest: str | None
):
    del harbour
    [told] = ask("search/", expect=400, **query)["errors"]
    assert (told["parameter"], told["code"]) == (parameter, code)
    assert told.get("nearest") == nearest


def test_the_schema_says_what_is_asked_and_answered(client: Client, harbour):
    del harbour
    path = settings.BASE_DIR / "docs" / "openapi.yaml"
    schema = yaml.safe_load(path.read_text())
    described = schema["paths"]["/api/v1/search/"]["get"]["parameters"]
    assert {each["name"] for each in described} == {
        *("q", "kind", "source", "speaker", "event", "language", "year", "status"),
        *("exact", "order", "limit", "cursor"),
    }
    check(
        schema, "/api/v1/search/", client.get("/api/v1/search/", {"q": "النهر"}).content
    )


# --- words in lists ---


def test_every_list_is_narrowed_by_words(ask: Ask, harbour):
    make.a_published_assessment(claim=harbour)
    keys = {
        "articles": harbour.article_version.article.code,
        "claims": harbour.code,
        "quotes": harbour.quote.code,
        "assessments": harbour.assessments.get().code,
    }
    for resource, key in keys.items():
        [row] = ask(f"{resource}/", search="نهر ٣٥٠٠")["results"]
        assert row["code"] == key
    [speaker] = ask("speakers/", search="حارس")["results"]
    [source] = ask("sources/", search="estuary")["results"]
    assert (speaker["slug"], source["slug"]) == ("the-guard", "harbour-news")
    for resource, row in (
        ("measures", harbour.measure),
        ("events", harbour.measure.event),
    ):
        words = f'"{row.name_en}"'
        assert row.slug in {
            each["slug"] for each in ask(f"{resource}/", search=words)["results"]
        }
    assert ask("corrections/", search="نهر")["results"] == []


def test_words_narrow_beside_other_filters(ask: Ask, harbour):
    assert ask("claims/", search="النهر", speaker="the-guard")["results"]
    assert not ask("claims/", search="النهر", low__gte="1000000")["results"]
    [told] = ask("claims/", expect=400, search="«»")["errors"]
    assert (told["parameter"], told["code"]) == ("search", "nothing-to-find")
    del harbour
