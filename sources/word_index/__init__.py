"""The words of a table's rows, to be searched: FTS5 on SQLite, vectors on PostgreSQL.

Both hold what `sources.text.terms` makes of a text, stems for the search and folded
forms for the exact one, so that both find the same. The key of the table is the order
of its rows: the newest has the highest. A text is put in as pieces, over whose edges no
phrase is found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet
from django.db import connection

from sources.word_index import fts, vectors
from sources.word_index.keeping import IndexWords
from sources.word_index.words import Words, asked, words_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from django.db.models import QuerySet

    from sources.text.terms import Query

__all__ = ["IndexWords", "Words", "delete", "insert", "matched", "newest", "words_of"]

# --- what is written ---


def insert(
    table: str, columns: Sequence[str], rows: Sequence[tuple[Sequence[Any], Words]]
) -> None:
    """Insert rows, the first column of which is their key, with their words.

    By key, since FTS5 writes a piece of its index for each that is lower than the last.
    """
    rows = sorted(rows, key=lambda each: each[0][0])
    names = [f'"{column}"' for column in columns]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            values = [(*row, *vectors.vectors(row[0], words)) for row, words in rows]
            names, parts = [*names, "title_words", "words"], list(vectors.parts(rows))
            cursor.executemany(_insert(f"{table}_part", ["entry", "words"]), parts)
        else:
            values = [tuple(row) for row, _words in rows]
            written = [(row[0], *fts.columns(words)) for row, words in rows]
            cursor.executemany(_insert(f"{table}_words", fts.COLUMNS), written)
        cursor.executemany(_insert(table, names), values)


def delete(table: str, keys: Collection[int]) -> None:
    """Delete rows with their words."""
    beside = {"postgresql": ("part", "entry"), "sqlite": ("words", "rowid")}
    name, column = beside[connection.vendor]
    with connection.cursor() as cursor:
        for sql in (
            f"DELETE FROM {table}_{name} WHERE {column} = %s",
            f"DELETE FROM {table} WHERE id = %s",
        ):
            cursor.executemany(sql, [(key,) for key in sorted(keys)])


def _insert(table: str, columns: Sequence[str]) -> str:
    places = ", ".join(["%s"] * len(columns))
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"


# --- what is asked ---


def matched(rows: QuerySet[Any], query: Query) -> tuple[str, tuple[Any, ...]]:
    """Return SQL for the values of the rows that match."""
    if connection.vendor == "postgresql":
        sql, params = _with_vectors(rows, query, in_title=False)
        return f"WITH hits AS MATERIALIZED ({sql}) SELECT * FROM hits", params
    return _with_fts(rows, query, in_title=False)


def newest(
    rows: QuerySet[Any], query: Query, *, in_title: bool = False, most: int
) -> list[tuple[Any, ...]]:
    """Return the values of the newest rows that match, the first of which is the key."""
    try:
        if connection.vendor == "postgresql":
            sql, params = _newest_with_vectors(
                rows, query, in_title=in_title, most=most
            )
        else:
            sql, params = _with_fts(rows, query, in_title=in_title)
            sql += f" ORDER BY {_words(rows)}.rowid DESC LIMIT {most}"
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def _words(rows: QuerySet[Any]) -> str:
    return f"{rows.model._meta.db_table}_words"


def _with_fts(
    rows: QuerySet[Any], query: Query, *, in_title: bool
) -> tuple[str, tuple[Any, ...]]:
    table, words = rows.model._meta.db_table, _words(rows)
    found = rows.extra(  # noqa: S610  # nothing else joins what Django does not know
        tables=[words],
        where=[f'{words} MATCH %s AND {words}.rowid = "{table}"."id"'],
        params=[fts.match(query, in_title=in_title)],
    )
    return found.query.sql_with_params()


def _newest_with_vectors(
    rows: QuerySet[Any], query: Query, *, in_title: bool, most: int
) -> tuple[str, tuple[Any, ...]]:
    """Look among the newest rows first, and everywhere only if these are too few.

    Otherwise PostgreSQL would read every row that has a frequent word.
    """
    table = rows.model._meta.db_table
    recent, some = _with_vectors(rows, query, in_title=in_title, is_recent=True)
    too_few = rows.extra(where=[f"(SELECT count(*) FROM recent) < {most}"])  # noqa: S610  # ours
    hits, others = _with_vectors(too_few, query, in_title=in_title)
    sql = (
        f"WITH stretch AS MATERIALIZED ({vectors.STRETCHES.format(table)}), "
        f"recent AS MATERIALIZED ({recent} ORDER BY 1 DESC LIMIT {most}), "
        f"hits AS MATERIALIZED ({hits}) "
        f"SELECT * FROM recent WHERE (SELECT count(*) FROM recent) = {most} "
        f"UNION ALL SELECT * FROM hits ORDER BY 1 DESC LIMIT {most}"
    )
    return sql, (*some, *others)


def _with_vectors(
    rows: QuerySet[Any], query: Query, *, in_title: bool, is_recent: bool = False
) -> tuple[str, tuple[Any, ...]]:
    """Return SQL that matches, to be materialized, whatever PostgreSQL thinks of it."""
    table = rows.model._meta.db_table
    parts = [vectors.tsquery(part, exact=query.exact) for part in asked(query)]
    column = f'"{table}".title_words' if in_title else f'"{table}".words'
    tsquery = "(%s || (SELECT words FROM stretch))" if is_recent else "%s"
    where = f"{column} @@ {tsquery}::tsquery"
    ways = [rows.extra(where=[where], params=[" & ".join(parts)])]  # noqa: S610  # likewise
    if not in_title:
        having = " AND ".join(["bool_or(words @@ %s::tsquery)"] * len(parts))
        where = (
            f'"{table}"."id" IN (SELECT entry FROM {table}_part '
            f"WHERE words @@ %s::tsquery GROUP BY entry HAVING {having})"
        )
        if is_recent:
            where += f' AND "{table}"."id" >= (SELECT since FROM stretch)'
        ways.append(rows.extra(where=[where], params=[" | ".join(parts), *parts]))  # noqa: S610  # likewise
    compiled = [each.query.sql_with_params() for each in ways]
    hits = " UNION ALL ".join(sql for sql, _params in compiled)
    return hits, tuple(each for _sql, some in compiled for each in some)
