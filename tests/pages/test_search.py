"""The page of a search: one box, what stands where, and what would narrow it."""

import csv
import io
from urllib.parse import urlencode

import pytest
from django.test import Client

from claims.views.searching import PAGE_SIZE
from tests import factories as make
from tests.pages.conftest import Read
from tests.pages.markup import Markup

TEXT = "وصل الزورق إلى الميناء. وقال الحارس إن 120 شخصا عبروا النهر أمس."


@pytest.fixture
def crossing(db: None):  # noqa: ARG001  # rows
    """A claim and a quote of a guard, in an Arabic article on a boat in a river."""
    speaker = make.a_speaker(slug="the-guard", name_en="The Guard", name_ar="الحارس")
    version = make.a_version(
        source=make.a_source(slug="harbour-news", name_en="Harbour News"),
        title="زورق في النهر",
        text=TEXT,
        language="ar",
    )
    words = "120 شخصا عبروا النهر"
    quote = make.a_published_quote(
        version=version, speaker=speaker, words=words, language="ar"
    )
    return make.a_published_claim(
        version=version, speaker=speaker, quote=quote, words=words
    )


def address(**query: str) -> str:
    return f"/search/?{urlencode(query)}"


def marked(page: Markup) -> list[str]:
    return [
        part.text for part in page.parts if any(tag == "mark" for tag, _ in part.within)
    ]


def test_every_page_has_the_box(read: Read):
    for path in ("/", "/claims/", "/about/", "/nothing-here/"):
        page = read(path, status=404 if "nothing" in path else 200)
        [form] = [given for tag, given in page.tags if given.get("role") == "search"]
        assert (form["action"], form["method"]) == ("/search/", "get")
        [box] = [given for tag, given in page.tags if given.get("name") == "q"]
        assert box["aria-label"]


def test_the_page_without_words_says_how_to_search(read: Read):
    page = read("/search/")
    assert "quotation marks" in page.text_in("search-help")
    unlisted = ("meta", {"name": "robots", "content": "noindex"})
    assert unlisted not in page.tags
    assert unlisted in read("/search/?q=ferry").tags
    assert len([each for _tag, each in page.tags if each.get("role") == "search"]) == 1


@pytest.mark.parametrize("language", ["ar", "en"])
def test_what_is_found_is_marked_in_the_original_text(
    read: Read, crossing, language: str
):
    page = read(address(q="نهر"), language=language)
    assert set(marked(page)) == {"النهر"}
    article = crossing.article_version.article
    for row in (crossing, crossing.quote, article):
        assert row.get_absolute_url() in page.links()
    passages = [part for part in page.parts if part.stands_in("words")]
    assert {part.attribute("lang") for part in passages} == {"ar"}
    assert {part.attribute("dir") for part in passages} == {"auto"}


def test_kinds_and_facets_are_links_with_counts_that_hold(read: Read, crossing):
    del crossing
    page = read(address(q="النهر"))
    assert "All 3" in page.text_in("kinds")
    claims = address(q="النهر", kind="claim").removeprefix("/search/")
    assert page.text_linked_to(claims, "kinds") == "Claims 1"
    for facet in ("facets", "kinds"):
        for link in [each for each in page.links() if each.startswith("?")]:
            assert read(f"/search/{link}").html, facet
    said = address(q="النهر", speaker="the-guard").removeprefix("/search/")
    assert page.text_linked_to(said, "facets") == "The Guard"
    narrowed = read(f"/search/{said}")
    assert "2 results" in narrowed.text_in("count")
    assert "The Guard" in narrowed.text_in("chip")
    assert address(q="النهر").removeprefix("/search/") in narrowed.links()


def test_a_chosen_kind_still_counts_the_others(read: Read, crossing):
    del crossing
    page = read(address(q="النهر", kind="claim"))
    assert page.text_in("kinds").strip() == "All 3Articles 1Claims 1Quotes 1"


def test_the_address_says_all_that_was_asked(read: Read, crossing):
    del crossing
    asked = {"q": "نهر", "exact": "true", "order": "newest", "year": "2024"}
    page = read(address(**asked))
    [box] = [given for _tag, given in page.tags if given.get("name") == "q"]
    assert box["value"] == "نهر"
    ticked = {given["name"] for _tag, given in page.tags if "checked" in given}
    assert ticked == {"exact", "order"}
    kept = [given for _tag, given in page.tags if given.get("type") == "hidden"]
    assert ("year", "2024") in {(each["name"], each["value"]) for each in kept}


def test_where_nothing_is_found_the_page_says_what_to_do(read: Read, crossing):
    del crossing
    page = read(address(q="nowhere", kind="quote", exact="true"))
    assert "nowhere" in page.text_in("notice")
    assert {
        address(q="nowhere", exact="true").removeprefix("/search/"),
        address(q="nowhere", kind="quote").removeprefix("/search/"),
    } <= page.links()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param("«»", "Give a word", id="nothing to look for"),
        pytest.param(
            "river " * 40, "Give at most 20 words", id="more than anybody means"
        ),
    ],
)
def test_what_cannot_be_looked_for_is_refused_beside_the_box(
    read: Read, words: str, said: str
):
    page = read(address(q=words), status=400)
    assert said in page.text_in("notice")
    read(f"/claims/?{urlencode({'search': words})}", status=400)


def test_a_value_that_does_not_exist_is_not_there(read: Read, crossing):
    del crossing
    for wrong in ({"kind": "boat"}, {"source": "x"}, {"year": "22"}, {"cursor": "x"}):
        read(address(q="river", **wrong), status=404)


def test_a_long_answer_comes_in_pages(read: Read):
    made = [make.a_published_claim() for _ in range(PAGE_SIZE + 1)]
    claims = {claim.get_absolute_url() for claim in made}
    first = read(address(q="river", kind="claim"))
    [following] = [each for each in first.links() if "cursor=" in each]
    second = read(f"/search/{following}")
    shown = [page.links() & claims for page in (first, second)]
    assert [len(each) for each in shown] == [PAGE_SIZE, 1]
    assert set().union(*shown) == claims
    assert address(q="river", kind="claim").removeprefix("/search/") in second.links()


# --- as data ---


def test_the_page_leads_to_its_data(read: Read, client: Client, crossing):
    page = read(address(q="النهر", kind="claim"))
    query = urlencode({"q": "النهر", "kind": "claim"})
    assert {f"/api/v1/search/?{query}", f"/search/results.csv?{query}"} <= page.links()
    [hit] = client.get(f"/api/v1/search/?{query}").json()["results"]
    assert hit["key"] == crossing.code
    [row] = table(client, query)
    assert (row["kind"], row["key"]) == ("claim", crossing.code)
    assert row["page"].endswith(crossing.get_absolute_url())
    start, end = map(int, row["marks"].split("-"))
    assert crossing.words[start:end] == "النهر"


def table(client: Client, query: str) -> list[dict[str, str]]:
    answer = client.get(f"/search/results.csv?{query}")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    text = b"".join(answer.streaming_content).decode()
    return list(csv.DictReader(io.StringIO(text)))


def test_the_table_has_all_pages_and_no_formula(client: Client, db: None):
    del db
    for _ in range(101):
        make.a_published_claim()
    article = make.an_article(title="=HYPERLINK(river)")
    make.a_published_claim(version=article.versions.get())
    rows = table(client, "q=river&kind=claim")
    assert len(rows) == 102
    assert "'=HYPERLINK(river)" in {row["title"] for row in rows}
    assert client.get("/search/results.csv?q=%21").status_code == 400


# --- who finds what ---


@pytest.fixture
def hidden(db: None):  # noqa: ARG001  # rows
    """A recorded claim with all around it, none of it public."""
    article = make.an_article(
        title="Quasar at the pier", source=make.a_source(name_en="Quasar Press")
    )
    return make.a_recorded_claim(
        version=article.versions.get(),
        speaker=make.a_speaker(name_en="Quasar Ames"),
        measure=make.a_measure(
            name_en="Quasar boats", event=make.an_event(name_en="Quasar night")
        ),
    )


@pytest.mark.parametrize(
    "path",
    [
        *("/search/?q=quasar", "/search/results.csv?q=quasar"),
        *("/api/v1/search/?q=quasar", "/api/v1/speakers/?search=quasar"),
        *("/api/v1/articles/?search=quasar", "/sources/?search=quasar"),
        *("/measures/?search=quasar", "/events/?search=quasar"),
    ],
)
def test_what_is_not_public_is_found_at_the_desk_alone(
    client: Client, hidden, path: str
):
    del hidden
    assert "Quasar" not in told(client, path)
    client.force_login(make.a_reviewer())
    assert "Quasar" in told(client, path)


def told(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return b"".join(answer).decode()


def test_no_count_tells_of_what_is_not_public(read: Read, hidden):
    make.a_published_claim(version=hidden.article_version, words="river")
    page = read(address(q="river"))
    n_public = page.text_in("kinds")
    assert "Claims 1" in n_public
    at_desk = read(address(q="river"), as_user=make.a_reviewer())
    assert "Claims 2" in at_desk.text_in("kinds")
