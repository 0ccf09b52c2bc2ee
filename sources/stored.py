"""Rows as the database stores them, past the conversions that forgive."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

from django.db import connection

from sources import engine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from django.db.models import Field, QuerySet

#: How many rows are in memory at once, unless they are long.
BATCH = 1000

#: The columns of a row as a snapshot holds them: decimals and moments are strings.
Content: TypeAlias = dict[str, Any]


def batches(
    rows: QuerySet[Any, Any], size: int = BATCH
) -> Iterator[list[tuple[Any, ...]]]:
    """Yield the rows as the database stores them, unconverted, a batch at a time."""
    sql, parameters = rows.query.sql_with_params()
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, parameters)
        while batch := cursor.fetchmany(size):
            yield batch


def contents(
    rows: QuerySet[Any], fields: Iterable[Field[Any, Any]]
) -> Iterator[list[Content]]:
    """Yield the contents of rows, a batch at a time."""
    fields = tuple(fields)
    names = [field.attname for field in fields]
    readers = [
        (field.attname, _READERS[field.get_internal_type()])
        for field in fields
        if field.get_internal_type() in _READERS
    ]
    for batch in batches(rows.values_list(*(engine.Stored(name) for name in names))):
        read = [dict(zip(names, values, strict=True)) for values in batch]
        for name, reader in readers:
            for content in read:
                content[name] = _read(reader, content[name])
        yield read


def _read(reader: Callable[[Any], object], raw: object) -> object:
    """Return a stored value as a snapshot holds it.

    One that cannot be read becomes its Python literal, which equals no logged
    value.
    """
    try:
        return None if raw is None else reader(raw)
    except (ArithmeticError, TypeError, ValueError):
        return repr(raw)


def _boolean(raw: object) -> bool:
    if type(raw) not in (bool, int) or raw not in (0, 1):
        raise ValueError
    return bool(raw)


def _date(raw: dt.date | str) -> str:
    if isinstance(raw, str) and dt.date.fromisoformat(raw).isoformat() != raw:
        raise ValueError
    return str(raw)


def _moment(raw: dt.datetime | str) -> str:
    if isinstance(raw, dt.datetime):
        return raw.astimezone(dt.UTC).isoformat(timespec="microseconds")
    naive = dt.datetime.fromisoformat(raw)  # SQLite keeps UTC, without saying so
    if str(naive) != raw:
        raise ValueError
    return naive.isoformat(timespec="microseconds") + "+00:00"


def _decimal(raw: Decimal | float) -> str:
    if isinstance(raw, str):
        raise TypeError
    return format(Decimal(str(raw)).normalize(), "f")


def _json(raw: str) -> object:
    value = json.loads(raw)
    if raw not in (json.dumps(value), json.dumps(value, ensure_ascii=False)):
        raise ValueError
    return value


_READERS: dict[str, Callable[[Any], object]] = {
    "BooleanField": _boolean,
    "DateField": _date,
    "DateTimeField": _moment,
    "DecimalField": _decimal,
    "JSONField": _json,
}
