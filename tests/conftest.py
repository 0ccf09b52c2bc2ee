"""What every test may use: databases that keep commits, tools, and honest skips."""

import gc
import os
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings
from django.test.utils import setup_databases, teardown_databases
from django.utils import translation
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from sources import following
from tests import databases

hypothesis.settings.register_profile("local", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "local")


@pytest.fixture(scope="session", autouse=True)
def _settings_of_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Folders that are thrown away, static files as they lie, passwords hashed fast."""
    static = "django.contrib.staticfiles.storage.StaticFilesStorage"
    with override_settings(
        DATA_DIR=tmp_path_factory.mktemp("data"),
        STATIC_ROOT=tmp_path_factory.mktemp("static"),
        STORAGES={**settings.STORAGES, "staticfiles": {"BACKEND": static}},
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ):
        yield


@pytest.fixture(autouse=True)
def _in_the_default_language() -> None:
    """A request in Arabic leaves its language to whatever runs next in the thread."""
    translation.deactivate()


# --- databases ---


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,  # noqa: ARG001  # comes first
    django_db_modify_db_settings: None,  # noqa: ARG001  # one database a worker
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """The migrated database, also when a run asks for nothing but copies of it."""
    with django_db_blocker.unblock():
        created = setup_databases(verbosity=0, interactive=False, serialized_aliases=[])
        connection.close()  # PostgreSQL copies no database that somebody is in
    yield
    with django_db_blocker.unblock():
        teardown_databases(created, verbosity=0)


@pytest.fixture
def committed_db(
    request: pytest.FixtureRequest,
    django_db_setup: None,  # noqa: ARG001  # what is copied
    django_db_blocker: DjangoDbBlocker,
    tmp_path: Path,
) -> Iterator[None]:
    """A fresh copy of the migrated database, in which commits are real.

    For threads and live servers. The copy is thrown away afterwards: triggers
    forbid emptying the guarded tables, so nothing can be flushed.
    """
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        pytest.fail("committed_db and db are two databases: ask for one of them")
    with django_db_blocker.unblock(), databases.fresh_copy(tmp_path):
        yield


@pytest.fixture
def stage(committed_db: None) -> Iterator[None]:  # noqa: ARG001  # what is set
    """The same for races in many rounds: what follows commits waits for their end.

    What follows a commit has races of its own, in `tests/lints/test_following.py`.
    """
    with following.once_at_the_end():
        yield


@pytest.fixture
def site_url(
    committed_db: None,  # noqa: ARG001  # what is served
) -> Iterator[str]:
    """The address of the whole site, served from the test's own database."""
    server = LiveServer("localhost")
    yield server.url
    server.stop()


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Leave out what this database says nothing about; refuse what would flush.

    What takes long comes first: no worker begins it when the others are done.
    """
    for item in items:
        _refuse_a_flush(item)
    left_out = [item for item in items if _is_for_the_other(item)]
    config.hook.pytest_deselected(items=left_out)
    gone = set(left_out)
    items[:] = sorted((item for item in items if item not in gone), key=_is_short)


def pytest_collection_finish() -> None:
    """Let the collector pass over what stays: every test, and Django itself."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def _is_short(item: pytest.Item) -> bool:
    return not any(map(item.get_closest_marker, ("drill", "long")))


#: Folders whose tests start processes, which open a database by themselves.
STARTING_PROCESSES = {"commands"}


def _is_for_the_other(item: pytest.Item) -> bool:
    """Tell what is about the other database; what is the same on both is SQLite's."""
    if not databases.is_postgresql():
        return item.get_closest_marker("postgresql") is not None
    if item.get_closest_marker("postgresql"):
        return False
    is_once = item.get_closest_marker("once") or not _may_open_a_database(item)
    return bool(is_once or item.get_closest_marker("sqlite"))


def _may_open_a_database(item: pytest.Item) -> bool:
    """Tell what asks for one: to all else pytest-django refuses each query."""
    return (
        item.path.parent.name in STARTING_PROCESSES
        or item.get_closest_marker("django_db") is not None
        or "django_db_setup" in getattr(item, "fixturenames", ())
    )


def _refuse_a_flush(item: pytest.Item) -> None:
    marker = item.get_closest_marker("django_db")
    flushes = marker is not None and marker.kwargs.get("transaction")
    fixtures = set(getattr(item, "fixturenames", ()))
    if flushes or fixtures & {"transactional_db", "live_server"}:
        message = f"{item.nodeid} would end in a flush: use committed_db or site_url"
        raise pytest.UsageError(message)


# --- tools that may be missing ---


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium to drive."""
    names = ("chromium", "chromium-browser", "google-chrome")
    for path in filter(None, map(shutil.which, names)):
        return path
    pytest.skip("Chromium is missing: apt-get install chromium")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run that skipped something where nothing may be skipped."""
    if os.environ.get("FACTBASE_NO_SKIPS") and _skips(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say in a frame what was not tested and why."""
    if skips := _skips(config):
        terminalreporter.write_sep("!", "NOT TESTED", yellow=True, bold=True)
        for reason, count in skips.most_common():
            terminalreporter.write_line(f"{reason} ({count} skipped)")
        terminalreporter.write_sep("!", yellow=True, bold=True)


def _skips(config: pytest.Config) -> Counter[str]:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    reports = reporter.stats.get("skipped", []) if reporter else []
    return Counter(
        report.longrepr[2].removeprefix("Skipped: ")
        for report in reports
        if isinstance(report.longrepr, tuple)
    )
