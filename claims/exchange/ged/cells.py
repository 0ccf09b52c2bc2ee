"""What one cell says: a number, a day, or several things in a row.

A cell that says nothing is empty; programs that write tables put `NA` there.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from enum import Enum

from django.utils.translation import gettext as _

from sources.ingest.draft import Refusal, shown
from sources.text.fold import fold_key

NOTHING = frozenset({"", "NA"})
#: What the columns of numbers have where nobody counted.
NOT_COUNTED = frozenset({"-1", "-1.0"})

_QUOTED = re.compile(r'"\s*;\s*"')
_BETWEEN_NAMES = re.compile(r"[,;/&]|\band\b", re.IGNORECASE)
_AROUND_NAMES = " \t\n\"'“”."
_ISO_DAY = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)", re.ASCII)
_SLASHED_DAY = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)", re.ASCII)
_NUMBER = re.compile(r"\d{1,12}(\.\d{0,12})?([eE]\+?\d{1,2})?", re.ASCII)
_TOO_MANY = 10**12
_DEGREES = re.compile(r"[-+]?\d{1,3}(\.\d{0,30})?", re.ASCII)
_MONTHS = 12


class Order(Enum):
    """Which number of a day written with slashes comes first; dashes begin with years."""

    MONTH_FIRST = "month first"
    DAY_FIRST = "day first"
    UNKNOWN = "unknown"


# --- several in one cell ---


def parts(cell: str) -> list[str]:
    """The places of a cell between its semicolons, empty ones too."""
    return [part.strip() for part in cell.split(";")]


def items(cell: str) -> list[str]:
    """The reports of `source_article`, each without the quotation marks around it.

    Where they stand in quotation marks, as UCDP writes them, a semicolon parts two of
    them only between two marks: headlines have semicolons too.
    """
    cell = cell.strip().strip(";").strip()
    if cell in NOTHING:
        return []
    if cell.startswith('"'):
        found = _QUOTED.split(cell[1:].removesuffix('"'))
    else:
        found = cell.split(";")
    return [item.strip() for item in found if item.strip()]


def originators(cell: str) -> dict[str, str]:
    """Those whom `source_original` names: how they are first written, by folded name."""
    found: dict[str, str] = {}
    for name in _BETWEEN_NAMES.split("" if cell.strip() in NOTHING else cell):
        written = " ".join(name.split()).strip(_AROUND_NAMES)
        if key := fold_key(written):
            found.setdefault(key, written)
    return found


# --- one in a cell ---


def whole(cell: str) -> int | None:
    """A whole number from 0 on, however a program wrote it: 17, 17.0, 1.7e1."""
    if not _NUMBER.fullmatch(cell):
        return None
    value = Decimal(cell)
    return int(value) if value < _TOO_MANY and not value % 1 else None


def number(cell: str, field: str) -> Decimal | None:
    """A count; None where nobody counted.

    Raises:
        Refusal: for what is no count from 0 on.
    """
    if cell in NOTHING or cell in NOT_COUNTED:
        return None
    value = whole(cell)
    if value is None:
        message = _("“%(value)s” is no count; -1 stands for what nobody counted.")
        raise Refusal(message % {"value": shown(cell)}, field=field)
    return Decimal(value)


def coordinate(cell: str, field: str, most: int) -> Decimal | None:
    """Degrees from `-most` to `most`, six digits after the point; None if not stated.

    Raises:
        Refusal: for what is no such number.
    """
    if cell in NOTHING:
        return None
    if not _DEGREES.fullmatch(cell) or not -most <= Decimal(cell) <= most:
        message = _("“%(value)s” is no number from -%(most)d to %(most)d.")
        raise Refusal(message % {"value": shown(cell), "most": most}, field=field)
    return round(Decimal(cell), 6)


def first_day(cell: str, order: Order) -> dt.date | None:
    """The earliest of the days in a cell; None where there is none, or may be two."""
    days = [_day(*map(int, found)) for found in _ISO_DAY.findall(cell)]
    for first, second, year in _SLASHED_DAY.findall(cell):
        days.append(_slashed(int(first), int(second), int(year), order))
    return min(filter(None, days), default=None)


def _slashed(first: int, second: int, year: int, order: Order) -> dt.date | None:
    by_itself = _order(first, second)
    order = order if by_itself is Order.UNKNOWN else by_itself
    if order is Order.DAY_FIRST:
        return _day(year, second, first)
    if order is Order.MONTH_FIRST or first == second:
        return _day(year, first, second)
    return None


def _day(year: int, month: int, date: int) -> dt.date | None:
    try:
        return dt.date(year, month, date)
    except ValueError:
        return None


def order_shown(cell: str) -> Order:
    """What a day shows about how all days of its file are written."""
    found = _SLASHED_DAY.search(cell)
    return _order(int(found[1]), int(found[2])) if found else Order.UNKNOWN


def _order(first: int, second: int) -> Order:
    if first > _MONTHS:
        return Order.DAY_FIRST
    return Order.MONTH_FIRST if second > _MONTHS else Order.UNKNOWN
