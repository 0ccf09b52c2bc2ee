"""Lists are read along an index, however many rows there are."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import factories

pytestmark = pytest.mark.django_db

INDEXES = {"claims": "claim_listed", "quotes": "quote_listed"}


def plan_of(sql: str) -> str:
    """How the engine reads; PostgreSQL reads and sorts a few rows unless it is told not to."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
            cursor.execute("SET LOCAL enable_sort = off")
            cursor.execute("SET LOCAL enable_incremental_sort = off")
            cursor.execute(f"EXPLAIN {sql}")
        else:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


def questions(client: Client, path: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return [question["sql"] for question in captured]


@pytest.mark.parametrize("resource", INDEXES)
def test_a_page_is_read_in_the_order_of_an_index(client: Client, resource: str):
    for _ in range(20):  # enough for a count to tell that a status picks out nothing
        version = factories.a_version()
        factories.a_published_claim(version=version)
        factories.a_published_quote(version=version)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    plan = plan_of(
        questions(client, f"/api/v1/{resource}/")[1]
    )  # after how far the log is
    assert INDEXES[resource] in plan
    assert "SORT" not in plan.upper()
    assert "TEMP B-TREE" not in plan


@pytest.mark.parametrize("resource", INDEXES)
def test_what_replaced_the_rows_of_a_page_is_found_by_index(
    client: Client, resource: str
):
    factories.a_published_claim()
    factories.a_published_quote()
    [replacements] = [
        sql
        for sql in questions(client, f"/api/v1/{resource}/")
        if '"replaces_id" IN' in sql
    ]
    plan = plan_of(replacements)
    assert "replace" in plan
    assert "SCAN" not in plan.upper().replace("INDEX SCAN", "")
