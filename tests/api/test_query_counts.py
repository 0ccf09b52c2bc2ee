"""What each answer costs, however many rows it has."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests import factories
from tests.api.resources import VIEWSETS, a_crowd, a_public_world

pytestmark = pytest.mark.django_db

#: Whose names are withheld, asked at the first name of every answer.
WITHHELD = 1
DESK = 3  # session, account, roles
#: How far the log is, asked before anything else.
TAG = 1

# A list by a column that may be empty reads on, where its last page is not full,
# among the rows without a value: the query called “rest”.
LISTS = {
    "sources": 3,  # page, aliases, as whom they speak
    "speakers": 6,  # page with sources, aliases, roles, organisations, merges, merged
    "articles": 2,  # page with sources, rest
    "quotes": 6,  # page, texts with articles, speakers, rest, translations, replacements
    # page, texts with articles, speakers, what they replace, measures, quotes,
    # rest, translations, replacements
    "claims": 9,
    "measures": 2,  # page with events, measures they are part of
    "events": 2,  # page, rest
    "assessments": 4,  # page with claims, rest, evidence, replacements
    # codes of all kinds in order, rest; claims and quotes, each with replacements
    "corrections": 6,
}
#: A claim that has nothing but a measure.
BARE = 6  # page, texts with articles, measures, rest, translations, replacements
DETAILS = {
    "sources": 3,  # row, aliases, as whom it speaks
    "speakers": 5,  # row with source, aliases, roles, organisations, merges
    "articles": 4,  # row with source, versions, derivations, latest text
    "quotes": 3,  # row with provenance, translations, replacement
    "claims": 3,  # row with provenance, translations, replacement
    "measures": 2,  # row with event, measure it is part of
    "events": 1,  # row
    "assessments": 3,  # row with claim, evidence, replacement
    "corrections": 3,  # code, row with provenance, replacement
}


@pytest.mark.parametrize("worlds", [1, 3], ids=["one row", "several rows"])
def test_every_list_costs_as_many_queries_with_more_rows(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, worlds: int
):
    for _ in range(worlds):
        a_public_world()
        merged = factories.a_speaker()
        factories.a_published_quote(speaker=merged)
        factories.a_merge(speaker=merged, into=factories.a_speaker())
    for resource, cost in LISTS.items():
        with django_assert_num_queries(cost + WITHHELD + TAG, info=resource):
            client.get(f"/api/v1/{resource}/")


def test_a_full_page_reads_no_rest(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
):
    version = factories.a_version()
    for _ in range(2):
        factories.a_published_quote(version=version)
    # neither rest nor speakers, whom nobody named
    with django_assert_num_queries(LISTS["quotes"] - 2 + WITHHELD + TAG):
        client.get("/api/v1/quotes/?limit=1")


def test_every_detail_costs_as_many_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
):
    for resource, address in a_public_world().items():
        with django_assert_num_queries(
            DETAILS[resource] + WITHHELD + TAG, info=resource
        ):
            client.get(address)


def test_the_desk_costs_three_queries_more(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
):
    factories.a_published_claim()
    client.force_login(factories.a_reviewer())
    with django_assert_num_queries(BARE + DESK + WITHHELD + TAG):
        client.get("/api/v1/claims/")


@pytest.mark.parametrize(
    ("query", "more"),
    [
        pytest.param({"count": "exact"}, 1, id="one to count"),
        pytest.param({"denied": "false"}, 0, id="none to filter by value"),
        pytest.param({"unit": "persons"}, 1, id="one to know that the unit exists"),
        pytest.param({"ordering": "holds"}, 0, id="none to order"),
    ],
)
def test_a_parameter_costs_what_it_must(
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
    query: dict[str, str],
    more: int,
):
    factories.a_published_claim()
    with django_assert_num_queries(BARE + more + WITHHELD + TAG):
        client.get("/api/v1/claims/", query)


#: What a full page costs with everything expanded, as far as its rows lead anywhere:
#: its own queries but for the rest, and those of each whole row.
EXPANDED = {
    "sources": 3,
    "speakers": 4,
    "articles": 1 + 3,  # sources with aliases, as whom they speak
    # speakers with aliases, roles, merges; articles; sources with aliases and as whom
    "quotes": 5 + 4 + 1 + 3,
    # measures with what they are part of; events; what quotes cost but for sources
    "claims": 7 + (4 + 1 + 3) + 2 + 1 + (5 + 4 + 1),
    "measures": 2 + 1,  # events
    "events": 1,
    # claims, and what these cost but for what is two levels down
    "assessments": 3 + 7 + 4 + 1 + 2 + 5,
    "corrections": 5,
}


def test_pages_of_every_size_cost_as_many_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
):
    a_crowd(201)
    client.force_login(factories.a_contributor())
    for resource, viewset in VIEWSETS.items():
        query = {"ordering": viewset.lookup_field}
        if names := ",".join(viewset.expansions()):
            query["expand"] = names
        cost = EXPANDED[resource] + DESK + WITHHELD + TAG
        for limit in (10, 50, 200):
            with django_assert_num_queries(cost, info=(resource, limit)):
                answer = client.get(f"/api/v1/{resource}/", {**query, "limit": limit})
            assert resource == "corrections" or len(answer.json()["results"]) == limit
