"""The words of a table's rows, to be searched: FTS5 on SQLite, vectors on PostgreSQL.

Both hold what `sources.text.terms` makes of a text, stems for the search and folded
forms for the exact one, so that both find the same. The key of the table is the order
of its rows: the newest has the highest. A text is put in as pieces, over whose edges no
phrase is found.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any, TypeAlias

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.migrations.operations.base import Operation

from sources.text.terms import Part, keys

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from django.db.models import QuerySet

    from sources.text.terms import Query

    #: A word as stem and as form.
    Word: TypeAlias = tuple[str, str]

#: Stands between two pieces; no word that anybody asks for.
_EDGE = ("¶", "¶")
#: So much of a word is compared.
_LONGEST = 60
#: PostgreSQL keeps 16,383 positions a vector, 256 a word, and a megabyte in all.
_MOST_WORDS, _MOST_OF_A_WORD = 4_000, 255
#: Longer texts are kept in parts, in each of which all positions have room.
_PART = 250
#: The longest phrase, which may lie across the border of two parts.
_OVERLAP = 100
#: In so many ways a phrase may be written; others are looked for piece by piece.
_MOST_WAYS = 256
#: Before forms in the one vector that holds them with the stems.
_FORM = "="
#: Before the stretch of keys that a row is of, in the same vectors.
_STRETCH = "@"
#: Rows whose keys differ in these last bits alone are of one stretch: of 32 days.
_BITS = 40
#: PostgreSQL looks among about so many of the newest rows first, in so many stretches.
_RECENT, _MOST_STRETCHES = 32_000, 64
#: These stretches, to be asked for with the words, and the key at which they begin. How
#: many rows there are the planner's statistics tell; that they are old harms no answer.
_STRETCHES = f"""
    SELECT since << {_BITS} AS since,
        (SELECT ' & (' || string_agg('''{_STRETCH}' || number || '''', ' | ') || ')'
         FROM generate_series(since, until) AS number) AS words
    FROM (
        SELECT max(id) >> {_BITS} AS until, greatest(
            (max(id) >> {_BITS}) - {_MOST_STRETCHES - 1},
            (SELECT least(max(bound), (SELECT max(id) FROM {{0}})) >> {_BITS}
             FROM pg_class, pg_stats,
                unnest(histogram_bounds::text::bigint[]) WITH ORDINALITY AS at (bound, n)
             WHERE pg_class.oid = '{{0}}'::regclass AND tablename = '{{0}}'
                AND schemaname = pg_class.relnamespace::regnamespace::text
                AND attname = 'id'
                AND n < cardinality(histogram_bounds::text::bigint[])
                    * (1 - {_RECENT} / greatest(reltuples, {_RECENT})))
        ) AS since
        FROM {{0}}
    ) AS these
"""
#: Characters that FTS5 would split words at.
_ASCII_MARKS = "!#$%&()*+,-./:;<=>?@[\\]^_`{|}~"


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a row: those of its title, and the others."""

    title: Sequence[Word]
    body: Sequence[Word]


def words_of(title: Iterable[str], body: Iterable[str]) -> Words:
    """Return the words of some pieces of text."""
    return Words(list(_joined(title)), list(_joined(body)))


def _joined(pieces: Iterable[str]) -> Iterator[Word]:
    is_first = True
    for piece in pieces:
        found = [(stem[:_LONGEST], form[:_LONGEST]) for stem, form in keys(piece)]
        if found and not is_first:
            yield _EDGE
        is_first = is_first and not found
        yield from found


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
            values = [(*row, *_vectors(row[0], words)) for row, words in rows]
            names, parts = [*names, "title_words", "words"], list(_parts(rows))
            cursor.executemany(_insert(f"{table}_part", ["entry", "words"]), parts)
        else:
            values = [tuple(row) for row, _words in rows]
            written = [(row[0], *_columns(words)) for row, words in rows]
            cursor.executemany(_insert(f"{table}_words", _FTS_COLUMNS), written)
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


_FTS_COLUMNS = ("rowid", "title", "body", "title_forms", "body_forms")


def _columns(words: Words) -> list[str]:
    """Return what FTS5 is given: stems, then forms."""
    return [
        " ".join(word[which] for word in some)
        for which in (0, 1)
        for some in (words.title, words.body)
    ]


def _vectors(key: int, words: Words) -> tuple[str, str | None]:
    """Return the vectors of the title and of all words; null where they need parts."""
    whole, stretch = [*words.title, _EDGE, *words.body], _stretch(key >> _BITS)
    title = f"{stretch} {_vector(words.title)}"
    return title, None if _is_long(whole) else f"{stretch} {_vector(whole)}"


def _stretch(number: int) -> str:
    return _lexeme(f"{_STRETCH}{number}")


def _is_long(words: Sequence[Word]) -> bool:
    if len(words) > _MOST_WORDS:
        return True
    counts = (Counter(word[which] for word in words) for which in (0, 1))
    return any(n > _MOST_OF_A_WORD for each in counts for n in each.values())


def _parts(rows: Iterable[tuple[Sequence[Any], Words]]) -> Iterator[tuple[Any, str]]:
    for row, words in rows:
        whole = [*words.title, _EDGE, *words.body]
        if _is_long(whole):
            for start in range(0, len(whole), _PART - _OVERLAP):
                yield row[0], _vector(whole[start : start + _PART])


def _vector(words: Sequence[Word]) -> str:
    places: dict[str, list[str]] = defaultdict(list)
    for place, (stem, form) in enumerate(words, 1):
        places[stem].append(str(place))
        places[f"{_FORM}{form}"].append(str(place))
    return " ".join(f"{_lexeme(word)}:{','.join(at)}" for word, at in places.items())


def _lexeme(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


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
        params=[_fts(query, in_title=in_title)],
    )
    return found.query.sql_with_params()


def _fts(query: Query, *, in_title: bool) -> str:
    columns = ["title"] if in_title else ["title", "body"]
    asked = " ".join(f"{name}_forms" if query.exact else name for name in columns)
    return f"{{{asked}}} : ({' AND '.join(map(_fts_part, _asked(query)))})"


def _pieces(part: Part) -> Iterator[Part]:
    """Yield a part, or overlapping ones for a phrase that can be written in many ways."""
    start, last = 0, len(part.positions)
    while True:
        end, ways = start + 1, len(part.positions[start])
        while end < last and ways * len(part.positions[end]) <= _MOST_WAYS:
            ways *= len(part.positions[end])
            end += 1
        yield Part(part.positions[start:end], part.is_prefix and end == last)
        if end == last:
            return
        start = max(end - 1, start + 1)


def _asked(query: Query) -> list[Part]:
    return [piece for part in query.parts for piece in _pieces(part)]


def _fts_part(part: Part) -> str:
    star = "*" if part.is_prefix else ""
    phrases = product(*(sorted(each) for each in part.positions))
    written = (" ".join(word[:_LONGEST] for word in phrase) for phrase in phrases)
    return "(" + " OR ".join(f'"{phrase}"{star}' for phrase in written) + ")"


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
        f"WITH stretch AS MATERIALIZED ({_STRETCHES.format(table)}), "
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
    parts = [_tsquery(part, exact=query.exact) for part in _asked(query)]
    column = f'"{table}".title_words' if in_title else f'"{table}".words'
    tsquery = "(%s || (SELECT words FROM stretch))" if is_recent else "%s"
    where = f"{column} @@ {tsquery}::tsquery"
    asked = [rows.extra(where=[where], params=[" & ".join(parts)])]  # noqa: S610  # likewise
    if not in_title:
        having = " AND ".join(["bool_or(words @@ %s::tsquery)"] * len(parts))
        where = (
            f'"{table}"."id" IN (SELECT entry FROM {table}_part '
            f"WHERE words @@ %s::tsquery GROUP BY entry HAVING {having})"
        )
        if is_recent:
            where += f' AND "{table}"."id" >= (SELECT since FROM stretch)'
        asked.append(rows.extra(where=[where], params=[" | ".join(parts), *parts]))  # noqa: S610  # likewise
    compiled = [each.query.sql_with_params() for each in asked]
    hits = " UNION ALL ".join(sql for sql, _params in compiled)
    return hits, tuple(each for _sql, some in compiled for each in some)


def _tsquery(part: Part, *, exact: bool) -> str:
    mark, last = _FORM if exact else "", len(part.positions) - 1
    places = []
    for number, alternatives in enumerate(part.positions):
        star = ":*" if part.is_prefix and number == last else ""
        lexemes = (_lexeme(f"{mark}{word[:_LONGEST]}") for word in sorted(alternatives))
        places.append("(" + " | ".join(f"{each}{star}" for each in lexemes) + ")")
    return "(" + " <-> ".join(places) + ")"


# --- where it is kept ---


def create_sql(table: str, vendor: str) -> list[str]:
    """Return the statements that put an index beside a table."""
    if vendor == "sqlite":
        columns = ", ".join(_FTS_COLUMNS[1:])
        tokens = f"ascii tokenchars ''{_ASCII_MARKS}''"
        return [
            f"CREATE VIRTUAL TABLE {table}_words "
            f"USING fts5({columns}, tokenize='{tokens}')"
        ]
    return [
        f"ALTER TABLE {table} ADD COLUMN title_words tsvector NOT NULL, "
        "ADD COLUMN words tsvector, "
        "ALTER COLUMN title_words SET STORAGE EXTERNAL, "
        "ALTER COLUMN words SET STORAGE EXTERNAL, "
        "SET (toast_tuple_target = 128)",
        f"CREATE INDEX {table}_by_title ON {table} USING gin (title_words)",
        f"CREATE INDEX {table}_by_words ON {table} USING gin (words)",
        f"CREATE TABLE {table}_part (entry bigint NOT NULL, words tsvector NOT NULL)",
        f"CREATE INDEX {table}_part_by_entry ON {table}_part (entry)",
        f"CREATE INDEX {table}_part_by_words ON {table}_part USING gin (words)",
    ]


def drop_sql(table: str, vendor: str) -> list[str]:
    """Return the statements that remove it."""
    if vendor == "sqlite":
        return [f"DROP TABLE {table}_words"]
    return [
        f"DROP TABLE {table}_part",
        f"ALTER TABLE {table} DROP COLUMN title_words, DROP COLUMN words",
    ]


class IndexWords(Operation):
    """A migration's operation: keep the words of a table's rows beside it."""

    reduces_to_sql = False
    reversible = True

    def __init__(self, table: str) -> None:
        self.table = table

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The index is no part of Django's model state."""

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        """Make it."""
        del app_label, from_state, to_state
        for statement in create_sql(self.table, schema_editor.connection.vendor):
            schema_editor.execute(statement)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        """Remove it."""
        del app_label, from_state, to_state
        for statement in drop_sql(self.table, schema_editor.connection.vendor):
            schema_editor.execute(statement)

    def describe(self) -> str:
        """Return what `migrate --plan` shows."""
        return f"Index the words of {self.table}"
