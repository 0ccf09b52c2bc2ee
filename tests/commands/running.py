"""Run manage.py as a user does: in a process, on a base and in a folder of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from django.conf import settings
from django.db import connection

from tests.databases import drop_database

OURS = (
    *("DATABASE_URL", "DATABASE_OWNER_URL", "DEMO", "PORT", "PUBLIC_URL", "SECRET_KEY"),
    *("FACTBASE_DATA", "FACTBASE_DEBUG", "DJANGO_SETTINGS_MODULE"),
)


@contextmanager
def a_machine(folder: Path) -> Iterator[dict[str, str]]:
    """The environment of a machine on which Factbase never ran."""
    inherited = {name: v for name, v in os.environ.items() if name not in OURS}
    environment = {**inherited, "FACTBASE_DATA": str(folder / "data")}
    if connection.vendor == "sqlite":
        yield environment
        return
    name = f"factbase_{uuid.uuid4().hex}"
    server, _slash, _name = os.environ["DATABASE_URL"].rpartition("/")
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
        try:
            yield {**environment, "DATABASE_URL": f"{server}/{name}"}
        finally:
            drop_database(cursor, name)


def manage(
    environment: dict[str, str], *arguments: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  # our own manage.py
        [sys.executable, settings.BASE_DIR / "manage.py", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def refusal(environment: dict[str, str], *arguments: str) -> str:
    """The one line that a command ends with instead of doing anything."""
    ended = manage(environment, *arguments)
    assert (ended.returncode, ended.stdout) == (1, "")
    [line] = ended.stderr.splitlines()
    return line


def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def a_server(environment: dict[str, str]) -> Iterator[tuple[str, subprocess.Popen]]:
    """The served site, once it is ready; it is stopped as by Ctrl-C in a terminal."""
    port = free_port()
    process = subprocess.Popen(  # noqa: S603  # our own manage.py
        [sys.executable, settings.BASE_DIR / "manage.py", "quickstart"],
        env={**environment, "PORT": str(port)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        until_ready(address)
        yield address, process
        os.killpg(process.pid, signal.SIGINT)
        process.wait(timeout=30)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        process.stdout.close()


def until_ready(address: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            if answer(f"{address}/readyz")[0] == 200:
                return
        except URLError:
            time.sleep(0.1)
    message = f"{address} did not become ready"
    raise TimeoutError(message)


def answer(url: str) -> tuple[int, str]:
    try:
        with urlopen(url, timeout=30) as response:  # noqa: S310  # our own server
            return response.status, response.read().decode()
    except HTTPError as error:
        with error:
            return error.code, error.read().decode()
