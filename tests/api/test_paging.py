"""Pages hold every row once, in order, whatever is added meanwhile."""

import base64
import datetime as dt
import json
from itertools import chain
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from claims.models import Quote
from factbase.api import paging
from sources.text.dates import PartialDate
from tests import factories
from tests.api.conftest import Ask
from tests.api.resources import VIEWSETS, a_public_world, recorded

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


@pytest.fixture
def version():
    return factories.a_version()


def a_quote(version, *, days: int, said_in: int | None = None) -> str:
    """A quote published so many days after the first; said in this month, if known."""
    row = factories.a_quote(version=version)
    if said_in is not None:
        row.said_on = PartialDate.month(2024, said_in)
    at = factories.PUBLISHED_AT + days * DAY
    return factories.published(recorded(row), at=at).code


def walk(
    client: Client, address: str, way: str = "next", key: str = "code"
) -> list[list[str]]:
    """The keys of each page, following one link to its end."""
    pages, following = [], address
    while following:
        page = json.loads(client.get(following).content)
        pages.append([row[key] for row in page["results"]])
        following = page[way]
    return pages


def flat(pages: list[list[str]]) -> list[str]:
    return list(chain.from_iterable(pages))


def last_page(client: Client, address: str) -> str:
    following = address
    while following:
        address = following
        following = json.loads(client.get(address).content)["next"]
    return address


def test_the_newest_comes_first_and_every_row_once(client: Client, version):
    oldest, middle, newest = (a_quote(version, days=n) for n in range(3))
    pages = walk(client, "/api/v1/quotes/?limit=2")
    assert pages == [[newest, middle], [oldest]]


def test_rows_of_one_moment_are_told_apart_by_their_key(client: Client, version):
    codes = [a_quote(version, days=0) for _ in range(5)]
    pages = walk(client, "/api/v1/quotes/?limit=2")
    assert flat(pages) == sorted(codes, reverse=True)


def test_a_cursor_does_not_tell_how_many_rows_are_hidden(client: Client, version):
    codes = [a_quote(version, days=0) for _ in range(2)]
    page = json.loads(client.get("/api/v1/quotes/?limit=1").content)
    text = page["next"].partition("cursor=")[2].partition("&")[0]
    _order, _moment, key, _back = json.loads(base64.urlsafe_b64decode(text + "==="))
    assert key == max(codes)


@pytest.mark.parametrize(
    ("ordering", "expected"),
    [
        pytest.param("said_on", "A B C D D", id="rising, the undated last"),
        pytest.param("-said_on", "C B A D D", id="falling, the undated last"),
    ],
)
def test_undated_rows_come_last_whichever_way(
    client: Client, version, ordering: str, expected: str
):
    names = {
        a_quote(version, days=0, said_in=month): name
        for name, month in zip("ABCDD", (1, 2, 3, None, None), strict=True)
    }
    for limit in range(1, 6):
        address = f"/api/v1/quotes/?ordering={ordering}&limit={limit}"
        there = walk(client, address)
        back = walk(client, last_page(client, address), "previous")
        assert [names[code] for code in flat(there)] == expected.split()
        assert flat(back[::-1]) == flat(there)


def test_a_row_added_meanwhile_moves_no_other(client: Client, version):
    first = [a_quote(version, days=n) for n in range(4)]
    page = json.loads(client.get("/api/v1/quotes/?limit=2").content)
    a_quote(version, days=9)
    following = json.loads(client.get(page["next"]).content)
    told = [row["code"] for row in page["results"] + following["results"]]
    assert told == first[::-1]


def test_the_first_page_has_no_previous_and_the_last_no_next(client: Client, version):
    for n in range(3):
        a_quote(version, days=n)
    first = json.loads(client.get("/api/v1/quotes/?limit=2").content)
    last = json.loads(client.get(first["next"]).content)
    again = json.loads(client.get(last["previous"]).content)
    assert (first["previous"], last["next"], again["previous"]) == (None, None, None)
    assert again["results"] == first["results"]
    assert json.loads(client.get(again["next"]).content) == last


def test_links_keep_the_filters(ask: Ask, version):
    for n in range(2):
        a_quote(version, days=n)
    link = ask("quotes/", limit=1, kind="DIRECT")["next"]
    query = parse_qs(urlsplit(link).query)
    assert (query["limit"], query["kind"]) == (["1"], ["DIRECT"])


def test_corrections_of_every_kind_are_one_list(client: Client):
    quote = factories.a_withdrawn_quote()
    claim = factories.a_corrected_claim()
    verdict = factories.withdrawn(
        factories.a_published_assessment(), at=factories.WITHDRAWN_AT + DAY
    )
    pages = walk(client, "/api/v1/corrections/?limit=1")
    assert pages == [[verdict.code], [quote.code], [claim.code]]
    back = walk(client, last_page(client, "/api/v1/corrections/?limit=1"), "previous")
    assert back == pages[::-1]


def test_nothing_is_counted_unless_asked(ask: Ask, version):
    for n in range(3):
        a_quote(version, days=n)
    assert "count" not in ask("quotes/")
    assert ask("quotes/", count="exact", limit=1)["count"] == 3
    assert ask("corrections/", count="exact")["count"] == 0


def test_a_page_has_fifty_rows_unless_asked_otherwise(
    ask: Ask, client: Client, version
):
    person, at = factories.a_contributor(), factories.RECORDED_AT
    Quote.objects.bulk_create(
        factories.a_quote(version=version, recorded_by=person, recorded_at=at)
        for _ in range(51)
    )
    client.force_login(person)
    page = ask("quotes/")
    assert len(page["results"]) == 50
    assert page["next"]


def cursor(*place: object, reads_back: object = False) -> str:
    return encoded([*place, reads_back])


def encoded(place: list[object]) -> str:
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


MOMENT = "2024-05-03T09:00:00+00:00"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("x", id="no base64"),
        pytest.param("é", id="not even ASCII"),
        pytest.param("A" * 4000, id="too long"),
        pytest.param("bm90IGpzb24", id="no JSON"),
        pytest.param(encoded([]), id="empty"),
        pytest.param(encoded(["-published_at", MOMENT, 1]), id="one part missing"),
        pytest.param(cursor("-said_on", MOMENT, 1), id="of another order"),
        pytest.param(
            cursor("-published_at", MOMENT, 1, reads_back="no"), id="no direction"
        ),
        pytest.param(cursor("-published_at", "soon", 1), id="no moment"),
        pytest.param(cursor("-published_at", 5, 1), id="a number for a moment"),
        pytest.param(cursor("-published_at", [MOMENT], 1), id="a list"),
        pytest.param(cursor("-published_at", {"a": 1}, 1), id="a dictionary"),
        pytest.param(cursor("-published_at", MOMENT, "a b"), id="no key"),
        pytest.param(cursor("-published_at", MOMENT, None), id="a null key"),
        pytest.param(cursor("-published_at", MOMENT, "\0"), id="a key of NUL"),
        pytest.param(cursor("-published_at", MOMENT, 10**30), id="a huger key"),
        pytest.param(
            cursor("-published_at", "10000-01-01T00:00:00Z", 1), id="year 10000"
        ),
        pytest.param(
            cursor("-published_at", "0001-01-01T00:00:00+23:59", 1),
            id="before the first year in UTC",
        ),
        pytest.param(cursor("-published_at", "\0", 1), id="NUL"),
        pytest.param(cursor("-published_at", "\ud800", 1), id="half a character"),
    ],
)
def test_a_forged_cursor_is_refused(ask: Ask, text: str):
    told = ask("quotes/", expect=400, cursor=text)
    assert told["status"] == 400


@pytest.mark.parametrize("key", ["\0", "c-1\0", None, 5, ["x"], "x" * 400])
def test_a_forged_cursor_of_corrections_is_refused(ask: Ask, key: object):
    place = cursor("-withdrawn_at", MOMENT, key)
    ask("corrections/", expect=200 if key == 5 else 400, cursor=place)


def test_a_cursor_without_a_value_is_refused_where_every_row_has_one(ask: Ask):
    ask("sources/", expect=400, cursor=cursor("slug", None, 1))


# --- pages by number, counts, orders ---


def test_pages_by_number_hold_every_row_once(client: Client, version):
    codes = [a_quote(version, days=n) for n in range(5)][::-1]
    first = "/api/v1/quotes/?limit=2&page=1"
    assert walk(client, first) == [codes[:2], codes[2:4], codes[4:]]
    back = walk(client, "/api/v1/quotes/?limit=2&page=3", "previous")
    assert back[::-1] == walk(client, first)


@pytest.mark.parametrize("limit", range(1, 7))
@pytest.mark.parametrize("ordering", ["said_on", "-said_on"])
def test_pages_by_number_are_those_of_the_cursor(
    client: Client, version, ordering: str, limit: int
):
    for month in (1, 2, 3, None, None):
        a_quote(version, days=0, said_in=month)
    address = f"/api/v1/quotes/?ordering={ordering}&limit={limit}"
    assert walk(client, f"{address}&page=1") == walk(client, address)


def test_corrections_have_pages_by_number(client: Client):
    quote, claim = factories.a_withdrawn_quote(), factories.a_corrected_claim()
    pages = walk(client, "/api/v1/corrections/?limit=1&page=1&ordering=-published_at")
    assert flat(pages) == sorted([quote.code, claim.code], reverse=True)


def test_a_page_behind_the_last_row_is_empty_and_leads_back(ask: Ask, version):
    a_quote(version, days=0)
    page = ask("quotes/", page=9)
    assert (page["results"], page["next"]) == ([], None)
    assert parse_qs(urlsplit(page["previous"]).query)["page"] == ["8"]


def test_behind_the_last_number_a_cursor_leads_on(ask: Ask, version, monkeypatch):
    monkeypatch.setattr(paging, "DEEPEST", 2)
    oldest, _middle, _newest = (a_quote(version, days=n) for n in range(3))
    following = parse_qs(urlsplit(ask("quotes/", limit=1, page=2)["next"]).query)
    assert set(following) == {"limit", "cursor"}
    rows = ask("quotes/", **{name: each[0] for name, each in following.items()})
    assert [row["code"] for row in rows["results"]] == [oldest]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        pytest.param({"page": 201}, "too-deep", id="beyond ten thousand rows"),
        pytest.param({"page": 51, "limit": 200}, "too-deep", id="of larger pages"),
        pytest.param({"page": 0}, "not-a-number", id="before the first"),
        pytest.param({"page": "last"}, "not-a-number", id="a word"),
        pytest.param({"page": 2, "cursor": "x"}, "not-a-cursor", id="and a bad cursor"),
        pytest.param(
            {"page": 2, "cursor": cursor("-published_at", MOMENT, "q-1")},
            "not-together",
            id="and a cursor",
        ),
    ],
)
def test_a_page_that_cannot_be_meant_is_refused(ask: Ask, query, code: str):
    [told] = ask("quotes/", expect=400, **query)["errors"]
    assert told["code"] == code


def test_the_refusal_of_a_deep_page_says_how_to_go_on(ask: Ask):
    [told] = ask("claims/", expect=400, page=201)["errors"]
    assert told["detail"] == (
        "Numbers lead no further than page 200; follow “next” to go on."
    )
    ask("claims/", page=200)


def test_a_count_says_whether_it_is_exact(ask: Ask, version, monkeypatch):
    for n in range(3):
        a_quote(version, days=n)
    monkeypatch.setattr(paging, "MOST_COUNTED", 2)
    assert counted(ask("quotes/", count="exact")) == (3, "exact")
    assert counted(ask("quotes/", count="estimate")) == (2, "at-least")
    monkeypatch.setattr(paging, "MOST_COUNTED", 3)
    assert counted(ask("quotes/", count="estimate")) == (3, "exact")


def test_corrections_are_counted_over_all_kinds(ask: Ask, monkeypatch):
    factories.a_withdrawn_quote()
    factories.a_corrected_claim()
    assert counted(ask("corrections/", count="estimate")) == (2, "exact")
    monkeypatch.setattr(paging, "MOST_COUNTED", 1)
    assert counted(ask("corrections/", count="estimate")) == (1, "at-least")


def counted(page) -> tuple[int, str]:
    return page["count"], page["count_kind"]


def test_every_list_is_ordered_by_each_column_and_then_by_its_key(client: Client):
    a_public_world()
    for resource, viewset in VIEWSETS.items():
        key = viewset.lookup_field
        whole = f"/api/v1/{resource}/?fields={key}"
        keys = sorted(flat(walk(client, whole, key=key)))
        assert flat(walk(client, f"{whole}&ordering={key}", key=key)) == keys
        for ordering in viewset.columns():
            pages = walk(client, f"{whole}&limit=2&ordering={ordering}", key=key)
            assert sorted(flat(pages)) == keys, (resource, ordering)


def test_claims_are_ordered_by_their_bounds(client: Client, version):
    rows = [
        factories.a_published_claim(version=version, low=low, high=high, qualifier=said)
        for low, high, said in (
            *((5, 9, "RANGE"), (5, 7, "RANGE"), ("0.5", "0.5", "EXACT")),
            *((None, 8, "UP_TO"), (70, None, "AT_LEAST")),
        )
    ]
    wide, narrow, half, up_to, at_least = (row.code for row in rows)
    by_low = flat(walk(client, "/api/v1/claims/?ordering=low&limit=2"))
    assert by_low == [half, *sorted([wide, narrow]), at_least, up_to]
    by_high = flat(walk(client, "/api/v1/claims/?ordering=-high&limit=2"))
    assert by_high == [wide, up_to, narrow, half, at_least]


def test_a_link_is_right_for_letters_that_were_sent_as_they_are(client, version):
    for days in (1, 2):
        a_quote(version, days=days)
    raw = "limit=1&search=dröwned".encode().decode("latin-1")
    page = client.get("/api/v1/quotes/", QUERY_STRING=raw).json()
    assert "search=dr%C3%B6wned" in page["next"]
    assert client.get(page["next"]).json()["results"]
