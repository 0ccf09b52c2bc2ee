"""The database itself refuses what the workflow does not do."""

from collections.abc import Iterator
from contextlib import nullcontext

import pytest
from django.db import IntegrityError, connection, transaction

from sources import engine
from tests.databases import is_postgresql
from tests.models import attacks, rows
from tests.models.rows import GUARDS

VENDOR = "postgresql" if is_postgresql() else "sqlite"
TRIGGERS = [
    pytest.param(guard, name.removeprefix(f"{guard.name}_on_"), id=name)
    for guard in GUARDS
    for name in guard.triggers(VENDOR)
]

#: A guard that another one stands before: that one is taken away to reach it.
BEHIND = {
    ("sources_derivation_words_stand_in_the_text", "update"): (
        "sources_derivation_content_is_frozen"
    )
}


@pytest.fixture(scope="module")
def cast(django_db_setup, django_db_blocker) -> Iterator[attacks.Cast]:  # noqa: ARG001  # comes first
    """Made once for the module and rolled back with it."""
    with django_db_blocker.unblock(), transaction.atomic():
        found = attacks.cast()
        connection.check_constraints()  # TRUNCATE waits for no deferred ones
        yield found
        transaction.set_rollback(True)


def refusal(sql: str, parameters: list[object]) -> str:
    """What the database says to a statement that it must refuse."""
    with (
        pytest.raises(IntegrityError) as refused,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql, parameters)
    return str(refused.value)


@pytest.mark.parametrize(("guard", "event"), TRIGGERS)
def test_a_guard_refuses_whoever_writes(guard, event, cast):
    behind = BEHIND.get((guard.name, event))
    with rows.without_guard(behind) if behind else nullcontext():
        for sql, parameters in attacks.attacks_on(guard, event, cast):
            told = refusal(sql, parameters)
            assert told.startswith(f"{guard.name}: {guard.message}")


def test_the_guards_at_work_are_those_declared(cast):  # noqa: ARG001  # opens the database
    declared = {name for guard in GUARDS for name in guard.triggers(VENDOR)}
    assert engine.installed_triggers() == declared


KEPT = sorted({guard.table for guard in GUARDS if "DELETE" in guard.events})


@pytest.mark.sqlite
@pytest.mark.parametrize("table", KEPT)
def test_replacing_a_row_is_no_way_around(table, cast):
    row = cast[table]
    key = row._meta.pk.column
    refusal(f"REPLACE INTO {table} SELECT * FROM {table} WHERE {key} = %s", [row.pk])  # noqa: S608  # names


FROZEN = {
    **dict.fromkeys(
        (
            *("sources_role", "sources_merge", "sources_derivation"),
            *("sources_withheldspan", "claims_sameutterance"),
        ),
        "ended_at",
    ),
    **{
        f"claims_{name} {status}": free
        for name in ("quote", "claim", "assessment")
        for status, free in (
            ("PUBLISHED", "status withdrawn_at withdrawal_kind withdrawal_reason"),
            ("WITHDRAWN", ""),
            ("DISCARDED", ""),
        )
    },
}


@pytest.mark.parametrize(("row", "free"), FROZEN.items(), ids=list(FROZEN))
def test_no_column_of_frozen_content_changes(row, free, cast):
    for sql, parameters in attacks.alterations(cast[row], {*free.split()}):
        refusal(sql, parameters)
