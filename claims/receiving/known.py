"""What the rows of an import may refer to: in the base, or earlier in the file."""

from __future__ import annotations

import os
import pickle
from collections import defaultdict
from dataclasses import is_dataclass
from difflib import get_close_matches
from itertools import islice
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any, Self, TypeAlias

from django.utils.translation import gettext as _

from claims.exchange.records import (
    KINDS,
    REFERENCES,
    Record,
    Refusal,
    key_of,
    names_of,
)
from claims.models import Claim, Event, Measure, Quote
from sources.ingest.draft import shown
from sources.models import Article, ArticleVersion, Source, Speaker
from sources.text import addresses

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import Model

#: A kind of rows and the key of one.
Key: TypeAlias = "tuple[str, Any]"

#: The model of each kind, and the column of its key.
TABLES: dict[str, tuple[type[Model], str]] = {
    "sources": (Source, "slug"),
    "speakers": (Speaker, "slug"),
    "events": (Event, "slug"),
    "measures": (Measure, "slug"),
    "articles": (Article, "code"),
    "quotes": (Quote, "code"),
    "claims": (Claim, "code"),
}
_MENTIONS = {**REFERENCES, "article": "articles"}
_LOADED: dict[type[Model], tuple[str, ...]] = {
    ArticleVersion: ("article",),
    Quote: ("article_version__article",),
    Claim: ("article_version__article",),
}
_AT_ONCE = 500
_N_COMPARED = 200


class Rehearsed:
    """Rows of earlier records that nobody stores; on disk, so that memory stays flat."""

    def __init__(self) -> None:
        self._file = TemporaryFile()  # noqa: SIM115  # closed by its own exit
        self._places: dict[Key, int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._file.close()

    def keep(self, key: Key, row: Model) -> None:
        """Keep a row as it is."""
        self._places[key] = self._file.seek(0, os.SEEK_END)
        pickle.dump(row, self._file)

    def get(self, key: Key) -> Any:
        """Return a row that was kept; None when there is none."""
        if key not in self._places:
            return None
        self._file.seek(self._places[key])
        return pickle.load(self._file)  # noqa: S301  # written a moment ago by `keep`


class Known:
    """What some records mention, as far as it is known: a few queries for all of them.

    Besides the kinds of records there are `versions`, by the code of the article and
    the number, and `addresses` of articles.
    """

    def __init__(
        self, records: Iterable[Record], rehearsed: Rehearsed | None = None
    ) -> None:
        self._rehearsed = rehearsed
        self._rows: dict[Key, Any] = {}
        mentioned: dict[str, set[str]] = defaultdict(set)
        for record in records:
            for kind, key in _mentioned(record):
                mentioned[kind].add(key)
        self._load(mentioned)

    def _load(self, mentioned: dict[str, set[str]]) -> None:
        for kind, (model, column) in TABLES.items():
            found = _found(model, column, mentioned[kind])
            self._rows |= {(kind, getattr(row, column)): row for row in found}
        articles = [
            row.pk for (kind, _key), row in self._rows.items() if kind == "articles"
        ]
        for version in _found(ArticleVersion, "article_id", articles):
            self._rows["versions", (version.article.code, version.number)] = version
        for article in _found(Article, "url", mentioned["addresses"]):
            self._rows["addresses", article.url] = article

    def get(self, kind: str, key: Any) -> Any:
        """Return a row; None when there is none."""
        row = self._rows.get((kind, key))
        if row is None and self._rehearsed is not None:
            row = self._rehearsed.get((kind, key))
        return row

    def add(self, kind: str, key: Any, row: Model) -> None:
        """Make a new row known to those after it."""
        self._rows[kind, key] = row

    def forget(self, keys: Iterable[Key]) -> None:
        """Forget rows that will not be stored."""
        for key in keys:
            del self._rows[key]

    def keep(self, keys: Iterable[Key]) -> None:
        """Keep rows for later records, where they are not stored."""
        if self._rehearsed is not None:
            for key in keys:
                self._rehearsed.keep(key, self._rows[key])

    def referred(self, name: str, key: str) -> Any:
        """Return the row that a field refers to; None where it is empty.

        Raises:
            Refusal: when there is none, naming the nearest.
        """
        kind = REFERENCES[name]
        row = self.get(kind, key) if key else None
        if key and row is None:
            raise Refusal(self._unknown(kind, key), field=name)
        return row

    def version(self, article: str, number: int) -> Any:
        """Return a text of an article.

        Raises:
            Refusal: when there is no such article, or it has no such text.
        """
        version = self.get("versions", (article, number))
        if version is not None:
            return version
        if self.get("articles", article) is None:
            raise Refusal(self._unknown("articles", article), field="article")
        message = _("The article has no text %(number)d.") % {"number": number}
        raise Refusal(message, field="article_version")

    def _unknown(self, kind: str, key: str) -> str:
        keys = (known for other, known in self._rows if other == kind)
        nearest = get_close_matches(key, islice(keys, _N_COMPARED), n=1)
        words = {"key": shown(key), "nearest": "".join(nearest)}
        if not nearest:
            return _("“%(key)s” is neither here nor earlier in the file.") % words
        return (
            _(
                "“%(key)s” is neither here nor earlier in the file. "
                "The nearest is “%(nearest)s”."
            )
            % words
        )


def _found(model: type[Model], column: str, keys: Iterable[Any]) -> Iterator[Any]:
    """Yield the rows with these keys: one query for some hundreds of them."""
    rows = model._default_manager.select_related(*_LOADED.get(model, ()))
    ordered = iter(sorted(keys))
    while some := list(islice(ordered, _AT_ONCE)):
        yield from rows.filter(**{f"{column}__in": some})


def _mentioned(record: Record) -> Iterator[tuple[str, str]]:
    for kind in KINDS:
        for row in getattr(record, kind):
            yield kind, key_of(row)
            yield from _references(row)


def _references(row: Any) -> Iterator[tuple[str, str]]:
    for name in names_of(type(row)):
        value = getattr(row, name)
        if not value:
            continue
        if name in _MENTIONS:
            yield _MENTIONS[name], value
        elif name == "url":
            yield "addresses", addresses.canonical(value)
        elif isinstance(value, tuple) and is_dataclass(value[0]):
            for part in value:
                yield from _references(part)
