"""From the machine itself: the first administrator, and letting somebody in again."""

import io
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import DjangoDbBlocker

from factbase.accounts import codes
from factbase.management import asking
from sources.models import Change
from sources.policy import UserRole, roles_of
from tests.accounts.signing_in import (
    DESK,
    NEW,
    WRONG,
    an_account,
    noted,
    sign_in,
    with_codes,
)
from tests.commands.running import a_machine, manage, refusal


def type_in(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    """Pipe one line in, or type several at a terminal."""
    piped = io.StringIO(f"{lines[0]}\n")
    piped.isatty = lambda: len(lines) > 1
    typed = iter(lines)
    monkeypatch.setattr("sys.stdin", piped)
    monkeypatch.setattr(asking, "getpass", lambda _prompt: next(typed))


def said(command: str, *arguments: str) -> str:
    out = io.StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


# --- the first administrator ---


@pytest.mark.django_db
def test_the_first_administrator_gets_a_password_shown_once():
    password = said("first_admin").split()[-1]
    assert roles_of(User.objects.get()) == {UserRole.ADMIN}
    assert sign_in(Client(), "admin", password)["Location"] == DESK
    assert not Change.objects.filter(snapshot__contains=password).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("lines", [[NEW], [NEW, NEW]], ids=["piped", "typed twice"])
def test_the_first_administrator_may_choose_it(monkeypatch, lines: list[str]):
    type_in(monkeypatch, *lines)
    assert NEW not in said("first_admin", "--ask")
    assert sign_in(Client(), "admin", NEW)["Location"] == DESK


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        pytest.param([NEW, WRONG], "two different passwords", id="typed differently"),
        pytest.param(["12345"], "too short", id="a weak one"),
        pytest.param([""], "too short", id="none"),
    ],
)
def test_a_password_that_is_no_good_makes_no_account(monkeypatch, lines, reason: str):
    type_in(monkeypatch, *lines)
    with pytest.raises(CommandError, match=reason):
        said("first_admin", "--ask")
    assert not User.objects.exists()


@pytest.mark.django_db
def test_there_is_one_first_administrator():
    said("first_admin")
    with pytest.raises(CommandError, match="An administrator creates further"):
        said("first_admin")
    assert User.objects.count() == 1


@pytest.fixture
def machine(
    django_db_setup: None,  # noqa: ARG001  # the server that databases are made on
    django_db_blocker: DjangoDbBlocker,
    tmp_path,
) -> Iterator[dict[str, str]]:
    with django_db_blocker.unblock(), a_machine(tmp_path) as environment:
        yield environment


def test_a_production_machine_begins_with_migrate_and_first_admin(machine):
    machine |= {"PUBLIC_URL": "https://facts.example.org"}
    assert manage(machine, "migrate", "--verbosity", "0").returncode == 0
    made = manage(machine, "first_admin")
    assert (made.returncode, made.stderr) == (0, "")
    assert "An administrator creates further" in refusal(machine, "first_admin")
    verified = manage(machine, "verify")
    assert verified.returncode == 0, verified.stdout


# --- letting somebody in again ---


@pytest.mark.django_db
def test_a_new_password_from_the_machine_is_logged(monkeypatch):
    user = an_account()
    type_in(monkeypatch, NEW)
    said("changepassword", "huda")
    assert sign_in(Client(), password=NEW)["Location"] == DESK
    assert noted(user)[0] == "A new password."
    assert Change.objects.latest("seq").actor is None


@pytest.mark.django_db
def test_a_link_from_the_machine_leads_to_a_new_password():
    an_account()
    link = said("changepassword", "huda", "--link").strip()
    assert Client().get(link.partition("8000")[2]).status_code == 302


@pytest.mark.django_db
def test_who_lost_phone_and_recovery_codes_comes_in_again(monkeypatch):
    user = an_account("admin")
    with_codes(user)
    for _n in range(10):
        sign_in(Client(), password=WRONG)
    type_in(monkeypatch, NEW)
    said("changepassword", "huda", "--no-codes")
    assert not codes.is_used_by(user)
    assert sign_in(Client(), password=NEW)["Location"] == DESK


@pytest.mark.django_db
def test_what_cannot_be_changed_is_said(monkeypatch):
    with pytest.raises(CommandError, match="There is no account huda"):
        said("changepassword", "huda")
    an_account()
    type_in(monkeypatch, "12345")
    with pytest.raises(CommandError, match="too short"):
        said("changepassword", "huda")


# --- settings ---


@pytest.mark.parametrize(
    ("variables", "line"),
    [
        pytest.param(
            {"REQUIRE_TOTP": "chief,boss"},
            "REQUIRE_TOTP names roles out of admin, chief, contributor, editor, reviewer",
            id="a role that nobody has",
        ),
        pytest.param(
            {"EMAIL_URL": "pigeon://roof"},
            "EMAIL_URL must begin with submission:// or smtp://",
            id="mail by pigeon",
        ),
    ],
)
def test_a_setting_that_means_nothing_is_refused(tmp_path, variables, line: str):
    assert refusal({"FACTBASE_DATA": str(tmp_path), **variables}, "check") == line


def test_the_roles_of_the_settings_are_those_of_the_policy(tmp_path):
    environment = {
        "FACTBASE_DATA": str(tmp_path),
        "REQUIRE_TOTP": ",".join(UserRole.values),
        "EMAIL_URL": "submission://desk:secret@mail.example.org",
    }
    assert manage(environment, "check").returncode == 0
