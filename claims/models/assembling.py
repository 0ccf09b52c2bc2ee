"""What statements refer to, loaded by key once they are known themselves.

Joined to them, SQLite reads all there are before it orders them, and PostgreSQL plans
longer than it reads. Apart, a row that several refer to is loaded once and is one
object, which then is told once.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import QuerySet

#: How many rows are looked at together where all of a table is read.
BATCH = 500
#: What is read of a row that is only linked to.
LINK = ("code", "status", "published_at")
_NAMED = ("slug", "name_ar", "name_en", "is_training")
_PUBLISHED = (
    f"published_{part}" for part in ("earliest", "latest", "precision", "words")
)
#: What is read of a text: where it was published, and the digest that masks go by.
_VERSION = (
    *("number", "sha256", "article__source_id"),
    *(f"article__{name}" for name in ("code", "title", "language", "is_training")),
    *(f"article__{name}" for name in _PUBLISHED),
    *(f"article__source__{name}" for name in (*_NAMED, "kind")),
)
#: What is read of what a number is a claim of.
_MEASURE = (
    *("slug", "name_ar", "name_en", "unit", "nature"),
    *(f"event__{name}" for name in _NAMED),
)


def _read_of(column: str, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return the rows that a column refers to, with as much as is told of them."""
    match column:
        case "article_version":
            return rows.select_related("article__source").only(*_VERSION)
        case "measure":
            return rows.select_related("event").only(*_MEASURE)
        case "quote" | "replaces":
            return rows.only(*LINK)
    return rows


def assembled(rows: Iterable[Any], columns: Iterable[str]) -> Iterator[Any]:
    """Yield the rows with what the columns refer to: a query each, for each batch."""
    iterator = iter(rows)
    while batch := list(islice(iterator, BATCH)):
        for column in columns:
            _load(batch, column)
        yield from batch


def _load(rows: list[Any], name: str) -> None:
    column = rows[0]._meta.get_field(name)
    related = _read_of(name, column.related_model._default_manager.all())
    keys = {getattr(row, column.attname) for row in rows} - {None}
    found = related.in_bulk(keys)
    for row in rows:
        column.set_cached_value(row, found.get(getattr(row, column.attname)))
