"""What each answer costs, however many rows it has."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests import factories
from tests.api.resources import a_public_world

pytestmark = pytest.mark.django_db

#: Whose names are withheld, asked at the first name of every answer.
WITHHELD = 1

# A list by a column that may be empty reads on, where its last page is not full,
# among the rows without a value: the query called “rest”.
LISTS = {
    "sources": 2,  # page, aliases
    "speakers": 6,  # page with sources, aliases, roles, organisations, merges, merged
    "articles": 2,  # page with sources, rest
    "quotes": 4,  # page with provenance, rest, translations, replacements
    "claims": 4,  # page with provenance, rest, translations, replacements
    "measures": 2,  # page with events, measures they are part of
    "events": 2,  # page, rest
    "assessments": 4,  # page with claims, rest, evidence, replacements
    # codes of all kinds in order, rest; claims and quotes, each with replacements
    "corrections": 6,
}
DETAILS = {
    "sources": 2,  # row, aliases
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
        with django_assert_num_queries(cost + WITHHELD, info=resource):
            client.get(f"/api/v1/{resource}/")


def test_a_full_page_reads_no_rest(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
):
    version = factories.a_version()
    for _ in range(2):
        factories.a_published_quote(version=version)
    with django_assert_num_queries(LISTS["quotes"] - 1 + WITHHELD):
        client.get("/api/v1/quotes/?limit=1")


def test_every_detail_costs_as_many_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
):
    for resource, address in a_public_world().items():
        with django_assert_num_queries(DETAILS[resource] + WITHHELD, info=resource):
            client.get(address)


def test_the_desk_costs_three_queries_more(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
):
    factories.a_published_claim()
    client.force_login(factories.a_reviewer())
    # session, account, roles
    with django_assert_num_queries(LISTS["claims"] + 3 + WITHHELD):
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
    with django_assert_num_queries(LISTS["claims"] + more + WITHHELD):
        client.get("/api/v1/claims/", query)
