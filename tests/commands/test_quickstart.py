"""One command from nothing to a running site, and from then on to serve it."""

import ast
import re
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.conf import settings
from pytest_django import DjangoDbBlocker

from tests.commands.running import (
    a_machine,
    a_server,
    answer,
    free_port,
    manage,
    refusal,
)

PASSWORD = re.compile(r"[2-9b-z]{4}(?:-[2-9b-z]{4}){3}")
ROLES = ["contributor", "reviewer", "editor", "chief", "admin"]


@pytest.fixture(scope="module")
def machine(
    django_db_setup: None,  # noqa: ARG001  # the server that databases are made on
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[dict[str, str]]:
    folder = tmp_path_factory.mktemp("machine")
    with django_db_blocker.unblock(), a_machine(folder) as environment:
        yield environment


@pytest.fixture(scope="module")
def first_start(machine: dict[str, str]) -> str:
    """What the first start on a machine says."""
    started = manage(machine, "quickstart", "--no-serve")
    assert (started.returncode, started.stderr) == (0, "")
    return started.stdout


def head(machine: dict[str, str]) -> str:
    return manage(machine, "verify", "--print-head").stdout


def test_the_first_start_prints_one_account_a_role_with_its_password(first_start: str):
    named = [line for line in first_start.splitlines() if PASSWORD.search(line)]
    assert [line.split()[1] for line in named] == ROLES
    assert len(set(PASSWORD.findall(first_start))) == len(ROLES)


def test_what_the_first_start_made_verifies(machine: dict[str, str], first_start: str):
    assert first_start
    verified = manage(machine, "verify")
    assert (verified.returncode, verified.stderr) == (0, "")


def test_a_second_start_changes_nothing(machine: dict[str, str], first_start: str):
    assert first_start
    before = head(machine)
    second_start = manage(machine, "quickstart", "--no-serve").stdout
    assert head(machine) == before != ""
    assert not PASSWORD.search(second_start)
    assert "changepassword" in second_start


def test_what_was_prepared_is_served_until_ctrl_c(
    machine: dict[str, str], first_start: str
):
    assert first_start
    with a_server(machine) as (address, process):
        assert answer(f"{address}/readyz") == (200, "ready\n")
        status, page = answer(f"{address}/")
        assert (status, "</html>" in page) == (200, True)
        stylesheet = re.search(r'href="(/static/[^"]+\.css)"', page)
        assert answer(f"{address}{stylesheet[1]}")[0] == 200
        assert '"code"' in answer(f"{address}/api/v1/claims/")[1]
    assert process.returncode == 0


PUBLIC = {"PUBLIC_URL": "https://facts.example.org"}


@pytest.mark.sqlite
def test_what_was_prepared_may_be_published(machine: dict[str, str], first_start: str):
    assert first_start
    checked = manage(
        machine | PUBLIC,
        *("check", "--deploy", "--database", "default", "--fail-level", "WARNING"),
    )
    assert checked.returncode == 0, checked.stderr


@pytest.mark.postgresql
def test_a_database_that_does_not_wait_for_its_disk_is_not_published(
    machine: dict[str, str], first_start: str
):
    assert first_start
    refused = manage(machine | PUBLIC, "quickstart", "--no-serve")
    assert refused.returncode == 1
    assert "(factbase.E007) The database does not wait for its disk" in refused.stderr


# --- what is in the way ---


@pytest.mark.parametrize(
    ("variables", "line"),
    [
        pytest.param(
            {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing"},
            "CommandError: The database does not answer: connection to server",
            id="no server",
        ),
        pytest.param(
            {"DATABASE_URL": "mysql://localhost/factbase"},
            "DATABASE_URL must begin with postgresql://",
            id="another database",
        ),
        pytest.param(
            {
                "DATABASE_URL": "postgresql://web@127.0.0.1:1/nothing",
                "DATABASE_OWNER_URL": "postgresql://owner@127.0.0.1:2/nothing",
            },
            "CommandError: The database does not answer: "
            'connection to server at "127.0.0.1", port 2 failed',
            id="no server for the owner",
        ),
        pytest.param(
            {"DATABASE_OWNER_URL": "postgresql://owner@127.0.0.1:2/nothing"},
            "DATABASE_OWNER_URL needs DATABASE_URL beside it",
            id="an owner alone",
        ),
        pytest.param(
            {"FACTBASE_DATA": "/dev/null/data"},
            "The data folder /dev/null/data cannot be used: Not a directory.",
            id="no folder",
        ),
        pytest.param(
            {"FACTBASE_DATA": "/dev/null/data", "SECRET_KEY": "k" * 50},
            "CommandError: The data folder /dev/null/data cannot be used: Not a directory.",
            id="no folder but a key",
        ),
        pytest.param(
            {"PORT": "http"},
            'Environment variable "PORT" invalid: Not a valid integer.',
            id="a word for a port",
        ),
        pytest.param(
            {"PORT": "80000"},
            "CommandError: Port 80000 is not free (there is no such port). "
            "Choose another: PORT=8001",
            id="no such port",
        ),
        pytest.param(
            {"PUBLIC_URL": "http://example.org"},
            "PUBLIC_URL must begin with https://",
            id="a public address without TLS",
        ),
    ],
)
def test_what_is_in_the_way_is_said_in_one_line(
    tmp_path, variables: dict[str, str], line: str
):
    machine = {"FACTBASE_DATA": str(tmp_path), "PORT": str(free_port())}
    assert refusal(machine | variables, "quickstart").startswith(line)


def test_a_busy_port_is_named_before_anything_is_made(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        machine = {"FACTBASE_DATA": str(tmp_path), "PORT": str(port)}
        assert refusal(machine, "quickstart") == (
            f"CommandError: Port {port} is not free (Address already in use). "
            "Choose another: PORT=8001"
        )
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_an_older_python_is_told_which_one_it_takes():
    code = (settings.BASE_DIR / "manage.py").read_text("utf-8")
    ast.parse(code, feature_version=(3, 7))
    older = "import runpy, sys; sys.version_info = (3, 10, 9); "
    run = f"{older}runpy.run_path({str(settings.BASE_DIR / 'manage.py')!r}, run_name='__main__')"
    ended = subprocess.run(  # noqa: S603  # our own manage.py
        [sys.executable, "-c", run], capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == "Factbase needs Python 3.11 or newer.\n"


@pytest.mark.parametrize(
    ("variables", "folder"),
    [
        pytest.param({}, "data/demo", id="the demo has a folder of its own"),
        pytest.param({"DEMO": "0"}, "data/base", id="and so has an empty base"),
        pytest.param(
            {"PUBLIC_URL": "https://facts.example.org"},
            "data/base",
            id="production begins without the demo",
        ),
        pytest.param(
            {"PUBLIC_URL": "https://facts.example.org", "DEMO": "1"},
            "data/demo",
            id="unless one wants it",
        ),
        pytest.param(
            {"FACTBASE_DATA": "/srv/facts"}, "/srv/facts", id="a folder that is named"
        ),
    ],
)
def test_every_base_has_its_folder(variables: dict[str, str], folder: str):
    ask = "from django.conf import settings; print(settings.DATA_DIR)"
    asked = {
        "DJANGO_SETTINGS_MODULE": "factbase.settings",
        "SECRET_KEY": "so that no folder is made",
    }
    told = subprocess.check_output(  # noqa: S603  # our own settings
        [sys.executable, "-c", ask],
        env=asked | variables,
        cwd=settings.BASE_DIR,
        text=True,
    )
    assert told.strip() == str(settings.BASE_DIR / folder)
