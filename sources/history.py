"""The append-only, hash-chained log, and the only writes it allows.

Every change of a logged row goes through `add`, `change`, `end` or `remove`,
which take the log lock first, so that all writers queue in one order: rows and
their entry commit together or not at all.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

import orjson
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sources import engine
from sources.models import Action, Change
from sources.models.versioned import Versioned

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.contrib.auth.models import User
    from django.db.models import Field, Model, QuerySet

GENESIS = "0" * 64

Row = TypeVar("Row", bound="Model")
VersionedRow = TypeVar("VersionedRow", bound=Versioned)


class StaleVersion(Exception):
    """Somebody changed the row since it was read.

    `current` is the row as it stands, `attempted` the refused values: an
    interface shows both, so that nobody's work is lost.
    """

    def __init__(self, current: Versioned, attempted: Mapping[str, Any]) -> None:
        super().__init__(_("Somebody else changed this in the meantime."))
        self.current = current
        self.attempted = attempted


def label(model: Model | type[Model]) -> str:
    """Return the name under which the log keeps a model: `claims.claim`."""
    return model._meta.label_lower


def snapshot(row: Model) -> dict[str, Any]:
    """Return the logged columns of a row as JSON values; decimals are strings.

    The same for a row that was just built and for one read back from either
    database.
    """
    skipped = getattr(row, "UNLOGGED", ())
    return {
        field.attname: _json_value(field, getattr(row, field.attname))
        for field in row._meta.concrete_fields
        if field.attname not in skipped
    }


def _json_value(field: Field[Any, Any], raw: object) -> object:
    if raw is None or field.is_relation:
        return raw
    value = field.to_python(raw)
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, dt.date) else value


def canonical(value: object) -> str:
    """Return JSON with sorted keys and no spaces: one text for one value."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def digest_of(change: Change) -> str:
    """Return the SHA-256 over the canonical JSON of an entry, in hexadecimal."""
    return digest_of_columns(
        {
            field.attname: getattr(change, field.attname)
            for field in Change._meta.concrete_fields
            if field.attname != "digest"
        }
    )


def digest_of_columns(columns: dict[str, Any]) -> str:
    """Return the digest of an entry given as columns; `at` is an aware datetime."""
    at = columns["at"].astimezone(dt.UTC).isoformat(timespec="microseconds")
    payload = orjson.dumps(columns | {"at": at}, option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(payload).hexdigest()


def head() -> tuple[int, str]:
    """Return number and digest of the last entry; (0, zeros) of an empty log."""
    last = Change.objects.order_by("-seq").values_list("seq", "digest").first()
    return last or (0, GENESIS)


def record(
    row: Model,
    *,
    actor: User | None,
    action: Action,
    reason: str = "",
    version_before: int | None = None,
) -> Change:
    """Append the entry of a row's change, in the transaction of that change.

    `actor` is null only where no person acts: the first account of a new base.
    Cost: two queries.

    Raises:
        ImproperlyConfigured: outside a transaction.
    """
    engine.lock_log()
    seq, previous = head()
    removed = action == Action.REMOVED
    change = Change(
        seq=seq + 1,
        at=timezone.now(),
        actor=actor,
        actor_name=actor.get_username() if actor else "",
        action=str(action),
        model=label(row),
        object_id=row.pk,
        version_before=version_before,
        version_after=None if removed else getattr(row, "version", None),
        reason=reason,
        snapshot=canonical(snapshot(row)),
        previous=previous,
    )
    change.digest = digest_of(change)
    change.save(force_insert=True)
    return change


@transaction.atomic
def add(
    row: Row, *, actor: User | None, action: Action = Action.ADDED, reason: str = ""
) -> Row:
    """Insert a new row and its entry.

    Raises:
        ValidationError: when a field or constraint refuses it.
    """
    engine.lock_log()
    row.full_clean()
    row.save(force_insert=True)
    record(row, actor=actor, action=action, reason=reason)
    return row


@transaction.atomic
def change(
    row: VersionedRow,
    values: Mapping[str, Any],
    *,
    actor: User | None,
    action: Action = Action.CHANGED,
    reason: str = "",
) -> VersionedRow:
    """Set attributes of a row and log it, unless it moved on since it was read.

    `row.version` is the version the caller read; the row as written is returned.

    Raises:
        StaleVersion: when the row is at another version by now.
        ValidationError: when a field or constraint refuses the values.
    """
    engine.lock_log()
    current = type(row)._default_manager.get(pk=row.pk)
    if current.version != row.version:
        raise StaleVersion(current, values)
    for name, value in values.items():
        setattr(current, name, value)
    current.version = row.version + 1
    current.full_clean()
    current.save(force_update=True)
    record(
        current,
        actor=actor,
        action=action,
        reason=reason,
        version_before=row.version,
    )
    return current


@transaction.atomic
def end(row: Row, *, actor: User, at: dt.datetime, reason: str) -> Row:
    """Take a recorded fact (a role, a merge, a derivation) back."""
    engine.lock_log()
    current = type(row)._default_manager.get(pk=row.pk)
    current.ended_at = at  # type: ignore[attr-defined]  # only Recorded rows come here
    current.save(force_update=True, update_fields=["ended_at"])
    record(current, actor=actor, action=Action.ENDED, reason=reason)
    return current


@transaction.atomic
def remove(row: Model, *, actor: User, reason: str = "") -> None:
    """Delete a row that nothing refers to; its last state stays in the log.

    Raises:
        ProtectedError: when something refers to it.
    """
    engine.lock_log()
    key = row.pk
    before = getattr(row, "version", None)
    row.delete()
    row.pk = key
    record(
        row, actor=actor, action=Action.REMOVED, reason=reason, version_before=before
    )


def timeline(row: Model) -> QuerySet[Change]:
    """Return the entries of one object, newest first: one query when read."""
    return (
        Change.objects.filter(model=label(row), object_id=row.pk)
        .select_related("actor")
        .order_by("-seq")
    )
