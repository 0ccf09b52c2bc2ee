"""What a start prepares when it is missing, and refuses when it cannot be right."""

import os
import socket
import sys
import threading
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from claims.extraction.rules import rule_set
from claims.models import Claim, Suggestion, SuggestionStatus
from factbase import beginning, serving
from factbase.checks import GUARDS, refuse_unsafe_production
from sources import history
from sources.policy import roles_of


@pytest.fixture(autouse=True)
def _a_folder_of_its_own(settings, tmp_path: Path) -> None:
    """What a start collects would else be looked through for every client after it."""
    settings.DATA_DIR, settings.STATIC_ROOT = tmp_path, tmp_path / "static"
    settings.STATIC_ROOT.mkdir()


def silent(done: int, total: int) -> None:
    assert done <= total


# --- accounts and the demo ---


@pytest.mark.django_db
def test_an_empty_base_begins_with_its_first_administrator(capsys, settings):
    settings.DEMO = False
    call_command("quickstart", no_serve=True)
    [user] = User.objects.all()
    assert roles_of(user) == {"admin"}
    assert "admin" in capsys.readouterr().out


@pytest.mark.django_db
def test_the_demo_comes_with_one_account_a_role():
    passwords = beginning.begin(settings.BASE_DIR / "fixtures", progress=silent)
    for name, password in passwords.items():
        user = User.objects.get(username=name)
        assert user.check_password(password)
        assert (user.is_staff, roles_of(user)) == (True, {name})
    assert list(passwords) == ["contributor", "reviewer", "editor", "chief", "admin"]
    assert Claim.objects.published().exists()
    waiting = Suggestion.objects.filter(status=SuggestionStatus.OPEN)
    assert set(waiting.values_list("rule_set", flat=True)) == {rule_set()}


@pytest.mark.django_db
def test_a_base_with_accounts_is_left_as_it_is(capsys, settings):
    settings.DEMO = False
    passwords = beginning.begin(None, progress=silent)
    head = history.head()
    call_command("quickstart", no_serve=True)
    assert history.head() == head
    assert passwords["admin"] not in capsys.readouterr().out


@pytest.mark.django_db
def test_the_printed_password_signs_in(rf):
    passwords = beginning.begin(None, progress=silent)
    user = authenticate(rf.get("/"), username="admin", password=passwords["admin"])
    assert user == User.objects.get()


# --- static files ---


def test_static_files_are_collected_once(settings, tmp_path: Path):
    folder = tmp_path / "ours"
    folder.mkdir()
    (folder / "one.css").write_text("p {}")
    settings.STATICFILES_DIRS = [folder]
    settings.STATICFILES_FINDERS = [
        "django.contrib.staticfiles.finders.FileSystemFinder"
    ]
    assert serving.collect_static()
    assert not serving.collect_static()
    (folder / "one.css").write_text("p { margin: 0 }")
    assert serving.collect_static()
    assert (tmp_path / "static" / "one.css").read_text() == "p { margin: 0 }"


# --- what is refused ---


@pytest.mark.django_db
def test_a_database_that_newer_code_migrated_is_refused():
    MigrationRecorder(connection).record_applied("claims", "9999_later")
    with pytest.raises(serving.CannotServe, match=r"lacks claims\.9999_later"):
        serving.refuse_unfit_database()


@pytest.mark.django_db
def test_a_database_of_this_code_is_accepted():
    serving.refuse_unfit_database()
    assert not serving.migrate()


@pytest.mark.sqlite
def test_a_file_that_is_no_database_is_refused(tmp_path: Path, committed_db: None):
    del committed_db
    connection.close()
    connection.settings_dict["NAME"] = tmp_path / "letters"
    (tmp_path / "letters").write_text("Dear database, " * 100)
    with pytest.raises(serving.CannotServe, match="file is not a database"):
        serving.refuse_unfit_database()


def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path):
    serving.refuse_unusable_folder(tmp_path / "new")
    (tmp_path / "file").touch()
    with pytest.raises(serving.CannotServe, match="Not a directory"):
        serving.refuse_unusable_folder(tmp_path / "file" / "data")


def test_a_busy_port_is_refused():
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        with pytest.raises(CommandError, match=f"Port {port} is not free"):
            call_command("quickstart", port=port)
    serving.refuse_busy_port(port)


# --- production ---


def failures() -> set[str]:
    found = run_checks(include_deployment_checks=True, databases=["default"])
    return {m.id for m in found if m.id in {f"factbase.E00{n}" for n in (5, 6)}}


@pytest.mark.django_db
def test_a_migrated_and_guarded_database_is_fit():
    assert failures() == set()


@pytest.mark.django_db
def test_pending_migrations_stop_production():
    [(app, newest)] = MigrationLoader(connection).graph.leaf_nodes("claims")
    MigrationRecorder(connection).record_unapplied(app, newest)
    assert failures() == {"factbase.E005"}


@pytest.mark.django_db
def test_a_missing_trigger_stops_production(settings):
    settings.IS_PRODUCTION, settings.DEMO = True, False
    with connection.cursor() as cursor:
        cursor.execute(GUARDS[0].drop_sql(connection.vendor)[0])
    assert failures() == {"factbase.E006"}
    with pytest.raises(SystemCheckError, match="E006"):
        refuse_unsafe_production()
    with pytest.raises(SystemCheckError, match="E006"):
        call_command("quickstart", no_serve=True)


@pytest.mark.parametrize(
    "careless",
    [
        pytest.param("PRAGMA synchronous = NORMAL", marks=pytest.mark.sqlite),
        pytest.param("SET synchronous_commit = off", marks=pytest.mark.postgresql),
    ],
)
def test_a_database_that_does_not_flush_stops_production(
    committed_db: None, careless: str
):
    del committed_db
    with connection.cursor() as cursor:
        cursor.execute(careless)
    found = run_checks(include_deployment_checks=True, databases=["default"])
    assert "factbase.E007" in {message.id for message in found}


@pytest.mark.sqlite
@pytest.mark.django_db
def test_our_own_sqlite_flushes():
    found = run_checks(include_deployment_checks=True, databases=["default"])
    assert "factbase.E007" not in {message.id for message in found}


# --- the server ---


def test_the_server_takes_the_place_of_the_command(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://owner@localhost/factbase")
    monkeypatch.setenv("GRANIAN_WORKERS", "7")
    started = []
    monkeypatch.setattr(os, "execve", lambda *call: started.append(call))
    monkeypatch.chdir(settings.BASE_DIR)
    serving.serve(8123)
    [(program, arguments, environment)] = started
    assert program == sys.executable
    assert arguments[1:3] == ["-m", "granian"]
    assert "8123" in arguments
    assert environment["FACTBASE_DATA"] == str(settings.DATA_DIR)
    assert environment["GRANIAN_WORKERS"] == "7"
    assert environment["GRANIAN_HOST"] == "127.0.0.1"
    assert "DATABASE_OWNER_URL" not in environment


def test_a_worker_gets_the_application():
    found = []
    # Signals are blocked for the thread that asks, so this one need not stay deaf.
    thread = threading.Thread(target=lambda: found.append(serving.worker()))
    thread.start()
    thread.join()
    assert callable(found[0])
