"""Where the words stand: what a migration makes beside a table."""

from __future__ import annotations

from typing import Any

from django.db.migrations.operations.base import Operation

from sources.word_index.fts import COLUMNS, TOKENIZE


def create_sql(table: str, vendor: str) -> list[str]:
    """Return the statements that put an index beside a table."""
    if vendor == "sqlite":
        columns = ", ".join(COLUMNS[1:])
        return [
            f"CREATE VIRTUAL TABLE {table}_words "
            f"USING fts5({columns}, tokenize='{TOKENIZE}')"
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
