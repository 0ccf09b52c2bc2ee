"""`manage.py verify` tells people and programs what it found."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from factbase import accounts
from sources import history
from sources.models import Change


@pytest.fixture
def base(committed_db: None) -> None:
    del committed_db
    accounts.first_admin(password=accounts.random_password())


def said(*arguments: str) -> str:
    out = StringIO()
    call_command("verify", *arguments, stdout=out)
    return out.getvalue()


def said_in_failing(*arguments: str) -> str:
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("verify", *arguments, stdout=out)
    assert ended.value.code == 1
    return out.getvalue()


def written_head() -> str:
    number, digest = history.head()
    return f"{number}:{digest}"


def tamper() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE auth_user SET username = 'intruder'")


def test_a_base_that_verifies_is_green(base: None):
    del base
    assert said() == f"Nothing was altered. The head of the log is {written_head()}\n"


def test_an_empty_base_is_green(committed_db: None):
    del committed_db
    assert said().startswith("Nothing was altered. The head of the log is 0:000")


def test_what_was_altered_is_said_in_a_line(base: None):
    del base
    tamper()
    assert said_in_failing().splitlines() == [
        'auth.user admin username: the log has "admin", the row "intruder"',
        f"Findings: 1. The head of the log is {written_head()}",
    ]


def test_a_program_reads_json(base: None):
    del base
    assert json.loads(said("--json")) == {
        "head": written_head(),
        "verified": True,
        "findings": [],
    }
    tamper()
    assert json.loads(said_in_failing("--json"))["findings"] == [
        {
            "record": "auth.user admin",
            "problem": 'the log has "admin", the row "intruder"',
            "column": "username",
        }
    ]


def test_the_chain_alone_is_verified_without_the_rows(base: None):
    del base
    tamper()
    assert said("--chain-only").startswith("The log was not altered; no row was read")


def test_a_head_that_left_the_machine_comes_back(base: None):
    del base
    exported = said("--print-head").strip()
    assert exported == written_head()
    assert said("--head", exported, "--head", f"0:{history.GENESIS}")
    foreign = exported.replace(exported[-1], "0" if exported[-1] != "0" else "1")
    assert "was rewritten" in said_in_failing("--head", foreign)
    longer = f"99:{history.GENESIS}"
    assert "log entries 4 to 99: cut off" in said_in_failing("--head", longer)


@pytest.mark.parametrize("head", ["", "12", "12:abc", f"-1:{'0' * 64}", "0" * 66])
def test_what_is_no_head_is_refused(head: str):
    with pytest.raises(CommandError, match="a head is a number, a colon and 64"):
        call_command("verify", f"--head={head}")


def test_a_database_without_our_tables_is_said_in_one_line(committed_db: None):
    del committed_db
    table = Change._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO elsewhere")
    with pytest.raises(CommandError, match="The database cannot be read"):
        call_command("verify")


def test_progress_shows_on_a_terminal(
    base: None, monkeypatch: pytest.MonkeyPatch, capsys
):
    del base
    monkeypatch.setenv("FORCE_COLOR", "1")
    call_command("verify")
    assert "Verifying" in capsys.readouterr().err
