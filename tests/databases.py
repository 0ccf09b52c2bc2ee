"""Fresh copies of the migrated test database, for tests whose commits are real."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from django.db import connection, connections, transaction

from sources import following

_Given = ParamSpec("_Given")
_Made = TypeVar("_Made")


@contextmanager
def fresh_copy(folder: Path) -> Iterator[None]:
    """Connect every thread to a copy of its own; the original comes back after."""
    copied = _postgresql_copy() if is_postgresql() else _sqlite_copy(folder)
    with copied as difference, _connected_to(difference):
        yield


def at_once(make: Callable[_Given, _Made]) -> Callable[_Given, _Made]:
    """Make rows in one transaction that is followed once, not after each of them.

    Each would be searched anew with all that it bears on: half the time of the tests.
    """
    return transaction.atomic(following.together()(make))


def is_postgresql() -> bool:
    return connection.vendor == "postgresql"


@contextmanager
def _sqlite_copy(folder: Path) -> Iterator[dict[str, Any]]:
    path = folder / "copy.sqlite3"
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
        # As migrating leaves a database: threads that all turned it into one that
        # keeps a log would find it locked, whatever they are ready to wait.
        copy.execute("PRAGMA journal_mode=WAL")
    options = connection.settings_dict["OPTIONS"]
    # A copy is thrown away, so nothing waits for a disk.
    pragmas = f"{options['init_command']} PRAGMA synchronous=OFF;"
    yield {"NAME": str(path), "OPTIONS": {**options, "init_command": pragmas}}


@contextmanager
def _postgresql_copy() -> Iterator[dict[str, Any]]:
    original = connections["default"]
    template = original.settings_dict["NAME"]
    name = f"{template}_copy"
    create = f'CREATE DATABASE "{name}" TEMPLATE "{template}"'
    original.close()
    with original._nodb_cursor() as cursor:
        drop_database(cursor, name)
        # A template may have no session open.
        end_sessions(cursor, template)
        cursor.execute(create)
        try:
            yield {"NAME": name}
        finally:
            drop_database(cursor, name)


def drop_database(cursor: Any, name: str) -> None:
    """Drop a PostgreSQL database, if there is one, whoever is still connected.

    WITH (FORCE) would be refused while PostgreSQL's own worker cleans in there: that
    one is no one's to end, and leaves by itself when a plain DROP asks it to.
    """
    end_sessions(cursor, name)
    cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')


def end_sessions(cursor: Any, name: str) -> None:
    """End our sessions, such as a server's that answers a browser which asked late."""
    cursor.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = %s AND usename = current_user",
        [name],
    )


@contextmanager
def _connected_to(difference: dict[str, Any]) -> Iterator[None]:
    original, declared = connections["default"], connections.settings["default"]
    # Threads yet to come connect by the settings, this one has its connection.
    connections.settings["default"] = declared | difference
    connections["default"] = connections.create_connection("default")
    try:
        yield
    finally:
        connections["default"].close()
        connections["default"] = original
        connections.settings["default"] = declared
