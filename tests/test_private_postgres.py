"""The private PostgreSQL: the command's own exit code, and nothing left behind."""

import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests import private_postgres

SCRIPT = private_postgres.__file__
# Prints the database's folder and waits to be told to go on.
WAITS = "import os; print(os.environ['DATABASE_URL'], flush=True); input()"
MAKES_A_DATABASE = """
import os, sys, psycopg2
connection = psycopg2.connect(os.environ["DATABASE_URL"])
connection.autocommit = True
connection.cursor().execute("CREATE DATABASE another")
print(os.environ["DATABASE_URL"])
sys.exit(7)
"""


@pytest.fixture(scope="module", autouse=True)
def _needs_postgresql() -> None:
    if private_postgres.find_binaries() is None:
        pytest.skip("PostgreSQL is missing: apt-get install postgresql")


def folder_in(url: str) -> Path:
    return Path(unquote(urlsplit(url).netloc.removeprefix("factbase@")))


def test_the_command_may_create_databases_and_its_exit_code_is_passed_on():
    finished = subprocess.run(  # noqa: S603  # ourselves
        [sys.executable, SCRIPT, sys.executable, "-c", MAKES_A_DATABASE],
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 7, finished.stderr
    assert not folder_in(finished.stdout).exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_leaves_nothing(number: signal.Signals):
    with subprocess.Popen(  # noqa: S603  # ourselves
        [sys.executable, SCRIPT, sys.executable, "-c", WAITS],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as running:
        folder = folder_in(running.stdout.readline())
        assert folder.exists()
        running.send_signal(number)
        assert running.wait(timeout=30) == 128 + number
    assert not folder.exists()
