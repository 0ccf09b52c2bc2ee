"""The append-only, hash-chained log, and the only writes it allows.

Every change of a logged row goes through `add`, `change`, `end` or `remove`,
which take the log lock first, so that all writers queue in one order: rows and
their entry commit together or not at all. They write and log what is stored, whatever
names hide from the reader in whose request it happens.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

import orjson
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sources import engine, following, masking
from sources.models import Action, Change
from sources.models.conditions import refuse_broken
from sources.models.versioned import Logged, Versioned

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from django.contrib.auth.models import User
    from django.db.models import Field, Model, QuerySet

GENESIS = "0" * 64

#: The most characters that a reason or a note has, whoever gives it where.
LONGEST_REASON = 2_000

#: Logged tables that are not ours, and the columns that their snapshots leave out:
#: a password never enters the log, and signing in is no change.
FOREIGN: dict[str, tuple[str, ...]] = {
    "auth.group": (),
    "auth.user": ("password", "last_login"),
    "auth.user_groups": (),
}

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
    return {
        field.attname: _json_value(field, getattr(row, field.attname))
        for field in logged_fields(type(row))
    }


def logged_fields(model: type[Model]) -> list[Field[Any, Any]]:
    """Return the columns of a model that its snapshots hold."""
    skipped = FOREIGN.get(label(model), getattr(model, "UNLOGGED", ()))
    return [f for f in model._meta.concrete_fields if f.attname not in skipped]


def logged_models() -> list[type[Model]]:
    """Return every model whose rows the log knows."""
    ours = [model for model in apps.get_models() if issubclass(model, Logged)]
    return [*(apps.get_model(name) for name in FOREIGN), *ours]


def _json_value(field: Field[Any, Any], raw: object) -> object:
    if raw is None or field.is_relation:
        return raw
    value = field.to_python(raw)
    if isinstance(value, Decimal):
        return format((value + 0).normalize(), "f")  # adding 0 drops a minus of 0
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, dt.date) else value


def canonical(value: object) -> str:
    """Return JSON with sorted keys and no spaces: one text for one value."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def digest_of(change: Change) -> str:
    """Return the SHA-256 over the canonical JSON of an entry, in hexadecimal."""
    content = snapshot(change)
    del content["digest"]
    return digest_of_content(content)


def digest_of_content(content: Mapping[str, Any]) -> str:
    """Return the digest of an entry given as JSON values, without its own digest.

    Raises:
        TypeError: for a value that no JSON holds.
    """
    written = orjson.dumps(content, option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(written).hexdigest()


def head() -> tuple[int, str]:
    """Return number and digest of the last entry; (0, zeros) of an empty log."""
    last = Change.objects.order_by("-seq").values_list("seq", "digest").first()
    return last or (0, GENESIS)


def refuse_long(reason: str) -> None:
    """Refuse a reason or a note that is too long; whatever is logged is asked.

    Raises:
        ValidationError: with both lengths.
    """
    if len(reason) > LONGEST_REASON:
        message = _("A reason or note has at most %(most)d characters; this has %(n)d.")
        raise ValidationError(message % {"most": LONGEST_REASON, "n": len(reason)})


@masking.truth()
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
        ValidationError: when the reason is too long.
    """
    refuse_long(reason)
    engine.lock_log()
    [change] = _entries([row], actor, action, reason, version_before)
    change.save(force_insert=True)
    following.written([row])
    return change


def _entries(
    rows: Iterable[Model],
    actor: User | None,
    action: Action,
    reason: str,
    version_before: int | None = None,
) -> Iterator[Change]:
    """Yield the next entries of the log, one a row, each with the digest before it."""
    (seq, previous), at = head(), timezone.now()
    for number, row in enumerate(rows, seq + 1):
        removed = action == Action.REMOVED
        change = Change(
            seq=number,
            at=at,
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
        previous = change.digest = digest_of(change)
        yield change


def _write(row: Model, *, insert: bool) -> None:
    """Save a row, asking the database about its constraints once.

    Django would ask for each constraint by a query of its own, before the database
    checks them all again; so it is asked only why a row was refused.
    """
    masking.restore(row)
    row.full_clean(validate_unique=False, validate_constraints=False)
    try:
        with transaction.atomic():
            row.save(force_insert=insert, force_update=not insert)
    except IntegrityError:
        row.full_clean()
        raise


@masking.truth()
@transaction.atomic
def add(
    row: Row, *, actor: User | None, action: Action = Action.ADDED, reason: str = ""
) -> Row:
    """Insert a new row and its entry.

    Raises:
        ValidationError: when a field or constraint refuses it.
    """
    engine.lock_log()
    _write(row, insert=True)
    record(row, actor=actor, action=action, reason=reason)
    return row


def clean(row: Model) -> None:
    """Refuse a new row as `add` does, as far as that takes no query.

    Whether what it refers to exists, and whether another has its key, is not asked.

    Raises:
        ValidationError: when a field or a CHECK constraint refuses it.
    """
    references = {each.name for each in row._meta.concrete_fields if each.is_relation}
    row.full_clean(references, validate_unique=False, validate_constraints=False)
    refuse_broken(row)


@masking.truth()
@transaction.atomic
def add_all(
    rows: Sequence[Model], *, actor: User | None, action: Action = Action.ADDED
) -> None:
    """Insert new rows of one model that `clean` let pass, each with its entry.

    Cost: a few queries for each hundred rows.

    Raises:
        IntegrityError: when the database refuses one of them; none is added then.
    """
    engine.lock_log()
    if rows:
        type(rows[0])._default_manager.bulk_create(rows)
        Change.objects.bulk_create(_entries(rows, actor, action, ""))
        following.written(rows)


@masking.truth()
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
        AttributeError: when the row has no such attribute.
    """
    engine.lock_log()
    current = type(row)._default_manager.get(pk=row.pk)
    if current.version != row.version:
        raise StaleVersion(current, values)
    for name, value in values.items():
        if not hasattr(current, name):
            raise AttributeError(name)
        setattr(current, name, value)
    current.version = row.version + 1
    _write(current, insert=False)
    record(
        current,
        actor=actor,
        action=action,
        reason=reason,
        version_before=row.version,
    )
    return current


@masking.truth()
@transaction.atomic
def end(row: Row, *, actor: User, at: dt.datetime, reason: str) -> Row:
    """Take a recorded fact (a role, a merge, a derivation) back."""
    engine.lock_log()
    current = type(row)._default_manager.get(pk=row.pk)
    current.ended_at = at  # type: ignore[attr-defined]  # only Recorded rows come here
    current.save(force_update=True, update_fields=["ended_at"])
    record(current, actor=actor, action=Action.ENDED, reason=reason)
    return current


@masking.truth()
@transaction.atomic
def remove(row: Model, *, actor: User, reason: str = "") -> None:
    """Delete a row that nothing refers to; its last state stays in the log.

    Raises:
        ProtectedError: when something refers to it.
        StaleVersion: when somebody changed it since it was read.
        ObjectDoesNotExist: when somebody removed it already.
    """
    engine.lock_log()
    current = type(row)._default_manager.get(pk=row.pk)
    before = getattr(current, "version", None)
    if isinstance(current, Versioned) and before != getattr(row, "version", None):
        raise StaleVersion(current, {})
    current.delete()
    current.pk = row.pk
    record(
        current,
        actor=actor,
        action=Action.REMOVED,
        reason=reason,
        version_before=before,
    )


def timeline(row: Model) -> QuerySet[Change]:
    """Return the entries of one object, newest first: one query when read."""
    return (
        Change.objects.filter(model=label(row), object_id=row.pk)
        .select_related("actor")
        .order_by("-seq")
    )
