"""The API takes `as_of` wherever it reads, with everything else it takes."""

import json

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests import factories as make
from tests.api.conftest import Ask
from tests.api.hostile import VALUES
from tests.api.resources import VIEWSETS, a_public_world
from tests.api.test_query_counts import DETAILS, LISTS, TAG, WITHHELD

pytestmark = pytest.mark.django_db

BETWEEN, AFTER = "2024-05-05", "2024-05-07"


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES.keys())
def test_what_is_no_past_moment_is_refused_by_name(client: Client, value: str):
    claim = make.a_published_claim()
    paths = [f"/api/v1/{resource}/" for resource in VIEWSETS]
    for path in (*paths, f"/api/v1/claims/{claim.code}/"):
        answer = client.get(f"{path}?as_of={value}")
        assert answer.status_code == 400
        named = [error["parameter"] for error in json.loads(answer.content)["errors"]]
        assert named == ["as_of"]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("as_of=2024-05-05&as_of=2024-05-05", "repeated-parameter"),
        ("as_of=", "empty-parameter"),
        ("as-of=2024-05-05", "unknown-parameter"),
        ("as_of=9999-01-01", "in-the-future"),
    ],
)
def test_a_refusal_says_what_is_wrong(client: Client, query: str, code: str):
    claim = make.a_published_claim()
    for path in ("claims/", f"claims/{claim.code}/"):
        answer = client.get(f"/api/v1/{path}?{query}")
        assert answer.status_code == 400
        assert [error["code"] for error in json.loads(answer.content)["errors"]] == [
            code
        ]


def test_a_nearest_moment_is_told(ask: Ask):
    (error,) = ask("claims/", as_of="2022-02-30", expect=400)["errors"]
    assert (error["value"], error["nearest"]) == ("2022-02-30", "2022-02-28")


def test_it_combines_with_filters_order_count_and_pages(ask: Ask, client: Client):
    version = make.a_version()
    standing = [
        make.a_withdrawn_quote(version=version, words=words).code
        for words in ("Nobody drowned", "the harbour", "at dawn")
    ]
    make.published(make.a_recorded_quote(version=version), at=make.WITHDRAWN_AT)
    query = {
        "as_of": BETWEEN,
        "article": version.article.code,
        "status": "PUBLISHED",
        "ordering": "published_at",
        "count": "exact",
        "limit": 2,
    }
    first = ask("quotes/", **query)
    assert first["count"] == 3
    second = json.loads(client.get(first["next"]).content)
    found = [row["code"] for row in (*first["results"], *second["results"])]
    assert sorted(found) == sorted(standing)
    assert f"as_of={BETWEEN}" in second["previous"]
    assert ask("quotes/", as_of=BETWEEN, status="WITHDRAWN")["results"] == []


def test_a_filter_knows_only_what_was_known(ask: Ask):
    speaker = make.a_speaker(slug="mina")
    make.a_published_claim(speaker=speaker)
    assert len(ask("claims/", as_of=BETWEEN, speaker="mina")["results"]) == 1
    ask("claims/", as_of="2024-05-02", speaker="mina", expect=400)


def test_the_desk_reads_what_the_public_read(ask: Ask, client: Client):
    waiting = make.a_recorded_claim()
    client.force_login(make.a_chief())
    assert len(ask("claims/")["results"]) == 1
    assert ask("claims/", as_of=AFTER)["results"] == []
    ask(f"claims/{waiting.code}/", as_of=AFTER, expect=404)
    answer = client.get(f"/api/v1/claims/?as_of={AFTER}")
    assert answer["Cache-Control"] == "private, no-cache"


def test_corrections_are_those_made_by_then(ask: Ask):
    code = make.a_corrected_claim().code
    assert ask("corrections/", as_of=BETWEEN)["results"] == []
    assert [row["code"] for row in ask("corrections/", as_of=AFTER)["results"]] == [
        code
    ]
    ask(f"corrections/{code}/", as_of=BETWEEN, expect=404)


@pytest.mark.parametrize("worlds", [1, 3], ids=["one row", "several rows"])
def test_the_past_costs_no_query_more(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, worlds: int
):
    for _ in range(worlds):
        details = a_public_world()
        merged = make.a_speaker()
        make.a_published_quote(speaker=merged)
        make.a_merge(speaker=merged, into=make.a_speaker())
    for resource, cost in LISTS.items():
        with django_assert_num_queries(cost + WITHHELD + TAG, info=resource):
            client.get(f"/api/v1/{resource}/", {"as_of": AFTER})
    for resource, address in details.items():
        with django_assert_num_queries(
            DETAILS[resource] + WITHHELD + TAG, info=resource
        ):
            assert client.get(address, {"as_of": AFTER}).status_code == 200
