"""What verifies, and which trigger is missing where somebody removed one."""

from collections.abc import Iterator

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from factbase.checks import GUARDS
from sources import history
from tests.history.tampering import a_base_of_its_own, execute, findings, undone


@pytest.fixture(scope="module", autouse=True)
def _base(
    django_db_setup: None,  # noqa: ARG001  # what is copied
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """A base of this module's own, as the application leaves it."""
    folder = tmp_path_factory.mktemp("base")
    with django_db_blocker.unblock(), a_base_of_its_own(folder):
        yield


@pytest.fixture(autouse=True)
def _undone() -> Iterator[None]:
    with undone():
        yield


def test_what_the_application_wrote_verifies():
    heads = (history.head(), (0, history.GENESIS))
    assert findings(guards=GUARDS, heads=heads) == []


def test_a_base_rolled_back_whole_is_named():
    number, _digest = history.head()
    assert findings(guards=GUARDS, heads=((number + 1, "f" * 64),)) == [
        f"log entry {number + 1}: cut off: the exported head is {number + 1}, "
        f"the log ends at {number}"
    ]


def test_a_dropped_trigger_is_named():
    guard = GUARDS[0]
    execute(guard.drop_sql(connection.vendor)[0])
    assert findings(guards=GUARDS) == [
        f"trigger {guard.triggers(connection.vendor)[0]}: missing or switched off"
    ]


@pytest.mark.postgresql
def test_a_disabled_trigger_is_named():
    guard = GUARDS[0]
    name = guard.triggers("postgresql")[0]
    execute(f"ALTER TABLE {guard.table} DISABLE TRIGGER {name}")
    assert findings(guards=GUARDS) == [f"trigger {name}: missing or switched off"]


@pytest.mark.postgresql
def test_a_trigger_whose_function_lets_everything_pass_is_named():
    guard = GUARDS[0]
    execute(
        f"CREATE OR REPLACE FUNCTION {guard.name}() RETURNS trigger AS "
        "$$ BEGIN RETURN NEW; END $$ LANGUAGE plpgsql"
    )
    assert findings(guards=GUARDS) == [
        f"trigger {name}: does not do what it should"
        for name in sorted(guard.triggers("postgresql"))
    ]


@pytest.mark.sqlite
def test_a_trigger_that_lets_everything_pass_is_named():
    guard = GUARDS[0]
    name = guard.triggers("sqlite")[0]
    execute(f"DROP TRIGGER {name}")
    execute(f"CREATE TRIGGER {name} BEFORE UPDATE ON {guard.table} BEGIN SELECT 1; END")
    assert findings(guards=GUARDS) == [f"trigger {name}: does not do what it should"]


def test_a_trigger_of_somebody_else_is_named():
    others = [guard for guard in GUARDS if guard is not GUARDS[0]]
    assert findings(guards=others) == [
        f"trigger {name}: none of ours"
        for name in sorted(GUARDS[0].triggers(connection.vendor))
    ]
