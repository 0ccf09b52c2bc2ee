"""The place of a hit among all: by day, then by key, then by kind; the newest highest."""

from __future__ import annotations

import datetime as dt

from claims.models import SearchKind

#: The bits of a place below its day: the key, the kind, and which entry of a row.
_DAY, _KEY, _KIND = 35, 4, 1
_KINDS = {kind: number for number, kind in enumerate(SearchKind)}


def place(kind: SearchKind, key: int, day: dt.date | None, *, is_second: bool) -> int:
    """Return the place of an entry; a row without a day comes after all others."""
    ordinal = day.toordinal() if day else 0
    return ordinal << _DAY | key << _KEY | _KINDS[kind] << _KIND | is_second


def day_of(place: int) -> dt.date | None:
    """Return the day that a place was made of."""
    ordinal = place >> _DAY
    return dt.date.fromordinal(ordinal) if ordinal else None
