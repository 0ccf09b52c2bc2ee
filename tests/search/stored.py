"""The index as it is stored, on either engine."""

from typing import Any

from django.db import connection

from claims.models import SearchEntry


def stored() -> dict[str, list[Any]]:
    """Every entry with its words, in order."""
    entries = list(SearchEntry.objects.order_by("id").values_list())
    return {"entries": entries, **{name: _rows(sql) for name, sql in _WORDS.items()}}


def _rows(sql: dict[str, str]) -> list[Any]:
    if connection.vendor not in sql:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql[connection.vendor])
        return cursor.fetchall()


_WORDS = {
    "words": {
        "sqlite": "SELECT rowid, * FROM claims_searchentry_words ORDER BY rowid",
        "postgresql": "SELECT id, title_words::text, words::text "
        "FROM claims_searchentry ORDER BY id",
    },
    "parts": {
        "postgresql": "SELECT entry, words::text FROM claims_searchentry_part "
        "ORDER BY entry, words::text"
    },
}
