"""All SQL that differs between SQLite and PostgreSQL.

Guards are triggers that hold whatever writes: they refuse a row by a condition
over OLD and NEW in the SQL that both engines share. A refused write raises
`IntegrityError` whose text begins with the guard's name.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ImproperlyConfigured
from django.db import connections, transaction
from django.db.migrations.operations.base import Operation
from django.db.models import Func

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models import Model

#: Any fixed number that no other program uses on the same database.
LOG_LOCK = 20220127

#: `PRAGMA synchronous`: 0 OFF, 1 NORMAL, 2 FULL, 3 EXTRA.
_SQLITE_FULL = 2


def lock_log(using: str = "default") -> None:
    """Take the one lock that every writer takes first; free at the transaction's end.

    PostgreSQL: an advisory transaction lock. SQLite: the write lock that BEGIN
    IMMEDIATE took already.

    Raises:
        ImproperlyConfigured: outside a transaction.
    """
    connection = connections[using]
    if not connection.in_atomic_block:
        message = "Writes to the log belong in a transaction."
        raise ImproperlyConfigured(message)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOG_LOCK])


@dataclass(frozen=True, slots=True)
class Guard:
    """A rule of one table that the database itself keeps.

    `refuse` is true of the writes to refuse; empty refuses all of them.
    `events` are INSERT, UPDATE, DELETE.
    """

    name: str
    table: str
    events: tuple[str, ...]
    refuse: str
    message: str

    def trigger(self, event: str) -> str:
        """Return the name of the trigger for one of the events."""
        return f"{self.name}_on_{event.lower()}"

    def triggers(self, vendor: str) -> list[str]:
        """Return the names of all triggers that this guard installs."""
        names = [self.trigger(event) for event in self.events]
        if vendor == "postgresql" and self._forbids_truncate:
            names.append(self.trigger("TRUNCATE"))
        return names

    def create_sql(self, vendor: str) -> list[str]:
        """Return the statements that install this guard."""
        if vendor == "sqlite":
            return [self._sqlite_trigger(event) for event in self.events]
        return [
            f"CREATE OR REPLACE FUNCTION {self.name}() RETURNS trigger AS "
            f"$guard${self._postgresql_body()}$guard$ LANGUAGE plpgsql",
            *self._postgresql_triggers(),
        ]

    def definitions(self, vendor: str) -> dict[str, str]:
        """Return what `installed_definitions` reads back, by trigger name."""
        if vendor == "sqlite":
            created = self.create_sql(vendor)
        else:
            body = self._postgresql_body()
            created = [f"{sql}\n{body}" for sql in self._postgresql_triggers()]
        return dict(zip(self.triggers(vendor), created, strict=True))

    def drop_sql(self, vendor: str) -> list[str]:
        """Return the statements that remove this guard where it exists."""
        on_table = "" if vendor == "sqlite" else f" ON {self.table}"
        statements = [
            f"DROP TRIGGER IF EXISTS {name}{on_table}" for name in self.triggers(vendor)
        ]
        if vendor == "postgresql":
            statements.append(f"DROP FUNCTION IF EXISTS {self.name}()")
        return statements

    @property
    def _forbids_truncate(self) -> bool:
        return "DELETE" in self.events and not self.refuse

    def _sqlite_trigger(self, event: str) -> str:
        when = f"WHEN {self.refuse} " if self.refuse else ""
        return (
            f"CREATE TRIGGER {self.trigger(event)} BEFORE {event} ON {self.table} "
            f"FOR EACH ROW {when}BEGIN "
            f"SELECT RAISE(ABORT, '{self.name}: {self.message}'); END"
        )

    def _postgresql_body(self) -> str:
        return (
            f" BEGIN IF {self.refuse or 'true'} THEN "
            f"RAISE EXCEPTION '{self.name}: {self.message}' "
            f"USING ERRCODE = 'check_violation', CONSTRAINT = '{self.name}'; "
            "END IF; RETURN COALESCE(NEW, OLD); END "
        )

    def _postgresql_triggers(self) -> list[str]:
        each = [(event, "ROW") for event in self.events]
        if self._forbids_truncate:
            each.append(("TRUNCATE", "STATEMENT"))
        return [
            f"CREATE TRIGGER {self.trigger(event)} BEFORE {event} ON {self.table} "
            f"FOR EACH {scope} EXECUTE FUNCTION {self.name}()"
            for event, scope in each
        ]


def insert_only(
    model: type[Model], events: Sequence[str] = ("UPDATE", "DELETE")
) -> Guard:
    """Return the guard that keeps every row of a table as it was inserted."""
    table = model._meta.db_table
    return Guard(
        f"{table}_is_insert_only", table, tuple(events), "", "rows are never altered"
    )


def never_deleted(model: type[Model]) -> Guard:
    """Return the guard that refuses every DELETE on a table."""
    table = model._meta.db_table
    return Guard(
        f"{table}_is_never_deleted", table, ("DELETE",), "", "rows are never deleted"
    )


def stepped_version(model: type[Model]) -> Guard:
    """Return the guard that makes every UPDATE step the optimistic version by one."""
    table = model._meta.db_table
    return Guard(
        f"{table}_version_steps_by_one",
        table,
        ("UPDATE",),
        "NEW.version <> OLD.version + 1",
        "each change steps the version by one",
    )


def anchored(model: type[Model], prefix: str = "") -> Guard:
    """Return the guard that compares anchored words with the immutable text.

    Both engines count `substr` in code points, from 1.
    """
    table = model._meta.db_table
    start, end = f'NEW."{prefix}start"', f'NEW."{prefix}end"'
    return Guard(
        f"{table}_{prefix}words_stand_in_the_text",
        table,
        ("INSERT", "UPDATE"),
        f"{start} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM sources_articleversion v "
        f"WHERE v.id = NEW.article_version_id AND "
        f'substr(v.text, {start} + 1, {end} - {start}) = NEW."{prefix}words")',
        "the words differ from the text at their span",
    )


def changes_any(columns: Iterable[str]) -> str:
    """Return the condition that an UPDATE alters one of the columns."""
    return (
        "("
        + " OR ".join(f'NEW."{c}" IS DISTINCT FROM OLD."{c}"' for c in columns)
        + ")"
    )


def columns_of(model: type[Model], *, but: Iterable[str] = ()) -> list[str]:
    """Return the names of the table's columns, in order, but for some."""
    columns = (str(field.column) for field in model._meta.concrete_fields)
    return [column for column in columns if column not in but]


def frozen_but_for(model: type[Model], free: Iterable[str]) -> Guard:
    """Return the guard that freezes all columns but the named ones."""
    table = model._meta.db_table
    return Guard(
        f"{table}_content_is_frozen",
        table,
        ("UPDATE",),
        changes_any(columns_of(model, but=free)),
        "this content can no longer be altered",
    )


def recorded_once(model: type[Model]) -> list[Guard]:
    """Return the guards of a recorded fact: it may be ended once, nothing else."""
    return [
        never_deleted(model),
        frozen_but_for(model, {"ended_at"}),
        _ends_once(model),
    ]


def _ends_once(model: type[Model]) -> Guard:
    table = model._meta.db_table
    return Guard(
        f"{table}_ends_once",
        table,
        ("UPDATE",),
        "OLD.ended_at IS NOT NULL",
        "it has ended already",
    )


def install(guards: Iterable[Guard], connection: BaseDatabaseWrapper) -> None:
    """Install guards anew, those of them whose table exists.

    Idempotent. Every migration that touches a guarded table ends with it:
    SQLite drops the triggers of a table that a migration rebuilds, silently.
    """
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for guard in guards:
            if guard.table in tables:
                for statement in (
                    *guard.drop_sql(connection.vendor),
                    *guard.create_sql(connection.vendor),
                ):
                    cursor.execute(statement)


def remove(guards: Iterable[Guard], connection: BaseDatabaseWrapper) -> None:
    """Remove guards: for migrations that go backwards."""
    with connection.cursor() as cursor:
        for guard in guards:
            for statement in guard.drop_sql(connection.vendor):
                cursor.execute(statement)


def installed_triggers(using: str = "default") -> set[str]:
    """Return the names of the triggers at work in the database: one query."""
    return set(installed_definitions(using))


def installed_definitions(using: str = "default") -> dict[str, str]:
    """Return the SQL of each trigger at work, by name: one query.

    A trigger that a PostgreSQL owner has disabled is not at work.
    """
    connection = connections[using]
    sql = (
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname, pg_get_triggerdef(t.oid, true) || chr(10) || p.prosrc "
        "FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
        "JOIN pg_class c ON c.oid = t.tgrelid "
        "WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') "
        "AND c.relnamespace = current_schema()::regnamespace"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return dict(cursor.fetchall())


@contextmanager
def unchanging(using: str = "default") -> Iterator[None]:
    """Read the database as it stands now, however long it takes; nobody waits.

    Inside a transaction that is open already it adds nothing.
    """
    connection = connections[using]
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(using), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")  # Django's own would take the write lock
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


class Stored(Func):
    """A column as it is stored, past the converters that Django gives SQLite."""

    template = "%(expressions)s"
    arity = 1

    def as_sqlite(
        self, compiler: Any, connection: BaseDatabaseWrapper, **context: Any
    ) -> Any:
        """Hide the declared type, which the converters go by."""
        return self.as_sql(compiler, connection, template="+%(expressions)s", **context)


@contextmanager
def undecoded(using: str = "default") -> Iterator[None]:
    """Read text that is no UTF-8 as lone surrogates instead of failing (SQLite)."""
    connection = connections[using]
    connection.ensure_connection()
    if connection.vendor != "sqlite":
        yield
        return
    connection.connection.text_factory = partial(
        str, encoding="utf-8", errors="surrogateescape"
    )
    try:
        yield
    finally:
        connection.connection.text_factory = str


def careless_settings(using: str = "default") -> list[str]:
    """Return the settings with which a power cut loses acknowledged writes."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous")
            careless = cursor.fetchone()[0] < _SQLITE_FULL
            return ["synchronous"] if careless else []
        cursor.execute(
            "SELECT name FROM pg_settings WHERE setting = 'off' "
            "AND name IN ('fsync', 'full_page_writes', 'synchronous_commit') "
            "ORDER BY name"
        )
        return [name for (name,) in cursor.fetchall()]


class InstallGuards(Operation):
    """A migration's last operation: install the guards of an app's tables."""

    reduces_to_sql = False
    reversible = True
    does = "Install"

    def __init__(self, guards: str) -> None:
        """`guards` is the dotted path of a list, such as `claims.guards.GUARDS`."""
        self.guards = guards

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Guards are no part of Django's model state."""

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        """Do it."""
        del app_label, from_state, to_state
        self.run(schema_editor.connection, is_forwards=True)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        """Undo it."""
        del app_label, from_state, to_state
        self.run(schema_editor.connection, is_forwards=False)

    def run(self, connection: Any, *, is_forwards: bool) -> None:
        """Install the guards, or remove them on the way back."""
        from django.utils.module_loading import import_string  # noqa: PLC0415  # guards import models

        (install if is_forwards else remove)(import_string(self.guards), connection)

    def describe(self) -> str:
        """Return what `migrate --plan` shows."""
        return f"{self.does} the guards {self.guards}"


class RemoveGuards(InstallGuards):
    """The first operation of a migration that alters a table which guards ask.

    SQLite alters a table by building another in its place, and refuses that while a
    trigger anywhere names it.
    """

    does = "Remove"

    def run(self, connection: Any, *, is_forwards: bool) -> None:
        """Remove the guards, or install them on the way back."""
        super().run(connection, is_forwards=not is_forwards)
