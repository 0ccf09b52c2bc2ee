"""Bring the site up: what has to be right first, the static files, the server."""

from __future__ import annotations

import hashlib
import os
import signal
import socket
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.exceptions import MigrationSchemaMissing
from django.db.migrations.executor import MigrationExecutor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LOOPBACK = "127.0.0.1"


class CannotServe(Exception):
    """What is in the way, in one line."""


def refuse_busy_port(port: int) -> None:
    """Refuse a port that cannot be listened on.

    Raises:
        CannotServe: naming the port and a way out.
    """
    with closing(socket.socket()) as probe:
        # Connections of a server that just stopped linger; they are not in the way.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except (OSError, OverflowError) as refusal:
            why = getattr(refusal, "strerror", None) or "there is no such port"
            message = f"Port {port} is not free ({why}). Choose another: PORT=8001"
            raise CannotServe(message) from refusal


def refuse_unusable_folder(folder: Path) -> None:
    """Refuse a data folder that cannot be written.

    Raises:
        CannotServe: naming the folder.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".probe-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as refusal:
        message = f"The data folder {folder} cannot be used: {refusal.strerror}."
        raise CannotServe(message) from refusal


def refuse_unfit_database() -> None:
    """Refuse a database that does not answer, or that newer code has migrated.

    Raises:
        CannotServe: with the database's first line, or naming the migration.
    """
    try:
        loader = MigrationExecutor(connection).loader
    except DatabaseError as refusal:
        message = f"The database does not answer: {_first_line(refusal)}"
        raise CannotServe(message) from refusal
    unknown = set(loader.applied_migrations) - set(loader.disk_migrations)
    if unknown:
        newer = ", ".join(".".join(key) for key in sorted(unknown))
        message = f"The database is newer than this code, which lacks {newer}."
        raise CannotServe(message)


def migrate() -> bool:
    """Apply the migrations that wait; return whether there were any.

    Raises:
        CannotServe: when the database refuses, for want of rights for example.
    """
    executor = MigrationExecutor(connection)
    waiting = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if waiting:
        try:
            call_command("migrate", interactive=False, verbosity=0)
        except (DatabaseError, MigrationSchemaMissing) as refusal:
            message = f"The database cannot be migrated: {_first_line(refusal)}"
            raise CannotServe(message) from refusal
    return waiting


def _first_line(refusal: Exception) -> str:
    return str(refusal).splitlines()[0]


def collect_static() -> bool:
    """Collect the static files, unless these very files were collected before.

    They are collected anew: by their times alone, an older file that a package
    brings would not replace a newer one.
    """
    stamp = settings.DATA_DIR / "static.sha256"
    fingerprint = _fingerprint()
    if stamp.exists() and stamp.read_text() == fingerprint:
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(fingerprint)
    return True


def _fingerprint() -> str:
    """Return a digest of names, sizes and times of the files to collect."""
    found = sorted(_static_files())
    return hashlib.sha256(repr(found).encode()).hexdigest()


def _static_files() -> Iterator[tuple[str, int, int]]:
    for finder in get_finders():
        for name, storage in finder.list([]):
            stat = Path(storage.path(name)).stat()
            yield name, stat.st_size, stat.st_mtime_ns


def serve(port: int) -> NoReturn:
    """Become the production server: this process ends where that one begins.

    The server's own variables (`GRANIAN_WORKERS` and the like) come first. It
    never learns the address under which the owner of the tables migrates.
    """
    environment = {
        "GRANIAN_HOST": LOOPBACK,
        "GRANIAN_WORKERS": str(len(os.sched_getaffinity(0))),
        "GRANIAN_WORKERS_KILL_TIMEOUT": "10",
        "GRANIAN_BLOCKING_THREADS": "1",
        "GRANIAN_LOG_LEVEL": "warning",
        **os.environ,
        "FACTBASE_DATA": str(settings.DATA_DIR),
    }
    environment.pop("DATABASE_OWNER_URL", None)
    connection.close()
    sys.stdout.flush()
    os.chdir(settings.BASE_DIR)
    server = [sys.executable, "-m", "granian", "--interface", "wsgi"]
    target = ["--port", str(port), "--factory", "factbase.serving:worker"]
    os.execve(sys.executable, server + target, environment)  # noqa: S606  # no shell


def worker() -> Callable[..., object]:
    """Return the application to one of the server's workers.

    Ctrl-C reaches the server and its workers at once, and the server then stops
    them; one that hears of both in the same moment hangs (granian 2.8.7), so
    they do not hear the first.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    from factbase.wsgi import application  # noqa: PLC0415  # sets Django up

    return application
