"""What stood at a moment is found by index, on either database."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from claims import visible
from claims.models import Claim, Quote
from sources.policy import PublicAt
from tests.databases import is_postgresql

pytestmark = pytest.mark.django_db

MOMENT = dt.datetime(2022, 2, 4, tzinfo=dt.UTC)


@pytest.mark.parametrize("model", [Claim, Quote])
def test_the_newest_of_a_past_day_are_read_from_the_index(model):
    rows = model.objects.published_on(MOMENT).order_by("-published_at", "-pk")
    with connection.cursor() as cursor:
        if is_postgresql():
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
            cursor.execute("SET LOCAL enable_sort = off")  # as dear as of many rows
            cursor.execute("SET LOCAL enable_incremental_sort = off")
    plan = rows[:50].explain()
    assert f"{model._meta.model_name}_by_publication" in plan
    assert "SORT" not in plan.upper().replace("SORTED", "")
    assert "TEMP B-TREE" not in plan.upper()


@pytest.mark.parametrize("model", [Claim, Quote])
def test_the_past_adds_one_condition_to_a_list(model):
    """Two comparisons of columns beside those that make a row public."""
    then = str(visible.statements(model, PublicAt(MOMENT)).query)
    today = str(visible.statements(model, AnonymousUser()).query)
    assert then.count("JOIN") == today.count("JOIN")
    assert then.count("SELECT") == today.count("SELECT")
