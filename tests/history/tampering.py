"""What somebody does who has the database's password, and no lock in the way."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.models import Field, Model

from factbase.checks import GUARDS
from sources import engine, history
from sources.models import Action, Change
from sources.verification import Verification
from tests import databases
from tests import factories as make
from tests.models import rows
from tests.models.rows import an_own_voice


def findings(**options: Any) -> list[str]:
    """What a whole verification finds, in its own words."""
    return [str(finding) for finding in Verification(**options).of_everything()]


def named(**options: Any) -> set[tuple[str, str]]:
    """The records that a whole verification names, with the column if it names one."""
    found = Verification(**options).of_everything()
    return {(finding.record, finding.column) for finding in found}


# --- a base ---


@contextmanager
def a_base_of_its_own(folder: Path) -> Iterator[None]:
    """Connect to a fresh base with one row and more in every logged table."""
    with databases.fresh_copy(folder):
        with transaction.atomic():
            a_base()
        yield


@contextmanager
def undone() -> Iterator[None]:
    """Take back in the end whatever is done to the base."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def a_base() -> None:
    """One row and more in every logged table, and the log about them."""
    make.a_source_alias("Harbour Daily", source=make.a_source())
    make.a_speaker_alias("M. Haddad", speaker=make.a_speaker())
    make.a_merge(speaker=make.a_speaker(), into=make.a_speaker())
    make.a_role(speaker=make.a_speaker(), organisation=make.an_organisation())
    an_own_voice()
    make.a_derivation(article=make.an_article(), origin=make.an_article())
    rows.a_same_utterance()
    translation = make.a_translation(quote=make.a_recorded_quote(cue="said"))
    make.a_published_assessment(claim=make.a_corrected_claim())
    rows.a_batch()
    rows.a_placement(translation.quote)
    rows.an_about_text()
    rows.a_withheld_span()
    log_the_accounts()


def log_the_accounts() -> None:
    """Enter the accounts of the cast, which nobody made through the log."""
    for model in history.logged_models()[: len(history.FOREIGN)]:
        for row in model._base_manager.order_by("pk"):
            history.record(row, actor=None, action=Action.ADDED)


def disarm() -> None:
    """Take every trigger, check and foreign key away."""
    engine.remove(GUARDS, connection)
    if connection.vendor == "sqlite":
        execute("PRAGMA foreign_keys = OFF")
        execute("PRAGMA ignore_check_constraints = ON")
        return
    constraints = execute(
        "SELECT conrelid::regclass, conname FROM pg_constraint "
        "WHERE contype IN ('c', 'f') AND connamespace = 'public'::regnamespace"
    )
    for table, name in constraints:
        execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')


def execute(sql: str, *parameters: object) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters or None)
        return cursor.fetchall() if cursor.description else []


# --- one column ---


def stored(model: type[Model], column: str, pk: object) -> Any:
    key = model._meta.pk.column
    sql = (
        f'SELECT +"{column}"' if connection.vendor == "sqlite" else f'SELECT "{column}"'
    )
    return execute(f'{sql} FROM {model._meta.db_table} WHERE "{key}" = %s', pk)[0][0]


def overwrite(model: type[Model], column: str, pk: object, value: object) -> None:
    key = model._meta.pk.column
    update = f'UPDATE {model._meta.db_table} SET "{column}" = %s WHERE "{key}" = %s'  # noqa: S608  # our own names
    execute(update, value, pk)


def altered(field: Field, value: Any) -> Any:
    """The next value: one character, one unit or one bit away."""
    kind = field.get_internal_type()
    if kind == "JSONField":
        return '["ku"]'
    if kind == "BooleanField":
        return not value
    if value is None:
        value = "2022-01-20" if kind.startswith("Date") else ""
    if isinstance(value, str):
        # The first one: the last may be a number, and the next name be taken.
        return chr(ord(value[0]) ^ 1) + value[1:] if value else "1"
    return value + _STEPS.get(type(value), 1)


_STEPS: dict[type, Any] = {
    dt.datetime: dt.timedelta(microseconds=1),
    dt.date: dt.timedelta(days=1),
}


# --- the log ---


def rewrite_the_log(after: int = 0) -> None:
    """Give every entry the digest that fits it, from one entry on."""
    previous = history.GENESIS
    for change in Change.objects.order_by("seq"):
        if change.seq > after:
            change.previous = previous
            change.digest = history.digest_of(change)
            for column in ("previous", "digest"):
                overwrite(Change, column, change.seq, getattr(change, column))
        previous = change.digest


def last_entry_of(row: Model) -> Change:
    entry = history.timeline(row).first()
    assert entry is not None
    return entry
