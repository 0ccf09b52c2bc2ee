"""The table of what is the same word, through the index of either engine."""

import pytest
from django.db import connection

from claims.models import SearchEntry
from sources import word_index
from sources.text.terms import parse
from tests.specs import rows

pytestmark = pytest.mark.django_db

CASES = rows("search")


def indexed(texts: list[str]) -> None:
    """Put texts into the index as those of articles, without the articles."""
    columns = [field.attname for field in SearchEntry._meta.concrete_fields]
    word_index.insert(
        SearchEntry._meta.db_table,
        columns,
        [
            (
                [n, "article", n, True, True, "", None, None, None, None, ""],
                word_index.words_of([], [text]),
            )
            for n, text in enumerate(texts, 1)
        ],
    )


def test_a_search_finds_what_is_the_same_word():
    indexed([case.values[0] for case in CASES])
    wrong = [
        case.values
        for n, case in enumerate(CASES, 1)
        if (n in keys_of(case.values[1], exact=case.values[3] == "exact"))
        != (case.values[2] == "yes")
    ]
    assert wrong == []


def keys_of(words: str, *, exact: bool) -> set[int]:
    sql, params = word_index.matched(
        SearchEntry.objects.values_list("object_id"), parse(words, exact=exact)
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return {key for (key,) in cursor.fetchall()}
