"""What `committed_db` promises: real commits, in a copy that is gone afterwards."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.request import urlopen

import pytest
from django.contrib.auth.models import User
from django.db import connection, connections, transaction
from pytest_django import DjangoDbBlocker

from tests import databases


def commit_a_reader(username: str) -> int:
    """In a thread of its own: one committed account; how many it sees then."""
    try:
        with transaction.atomic():
            User.objects.create(username=username)
        return User.objects.count()
    finally:
        connections.close_all()


@pytest.mark.usefixtures("committed_db")
@pytest.mark.parametrize("turn", ["first", "second"])
def test_threads_see_what_the_others_committed(turn: str):
    names = [f"reader {number}" for number in range(20)]
    with ThreadPoolExecutor(4) as pool:
        seen = list(pool.map(commit_a_reader, names))
    assert max(seen) == len(names), f"rows are missing or left over in the {turn} turn"


def test_the_site_answers_from_the_copy(site_url: str):
    with urlopen(f"{site_url}/readyz", timeout=10) as answer:  # noqa: S310  # loopback
        assert answer.status == 200


@pytest.mark.usefixtures("committed_db")
def test_the_copy_is_migrated_and_guarded():
    assert connection.introspection.table_names()
    assert triggers()


@pytest.mark.usefixtures("django_db_setup")
def test_the_test_database_comes_back_untouched(
    django_db_blocker: DjangoDbBlocker, tmp_path: Path
):
    with django_db_blocker.unblock():
        before = connection.settings_dict["NAME"]
        guarded = triggers()
        with databases.fresh_copy(tmp_path):
            assert connection.settings_dict["NAME"] != before
            assert triggers() == guarded
            commit_a_reader("reader")
        assert connection.settings_dict["NAME"] == before
        assert not User.objects.filter(username="reader").exists()


@pytest.mark.postgresql
@pytest.mark.usefixtures("django_db_setup")
def test_a_session_that_somebody_left_open_keeps_no_copy_from_being_made(
    django_db_blocker: DjangoDbBlocker, tmp_path: Path
):
    with django_db_blocker.unblock():
        left = connection.copy()
        left.ensure_connection()
        with databases.fresh_copy(tmp_path):
            assert triggers()
        left.close()


def triggers() -> list[str]:
    names = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY 1",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1",
    }
    with connection.cursor() as cursor:
        cursor.execute(names[connection.vendor])
        return [name for (name,) in cursor.fetchall()]
