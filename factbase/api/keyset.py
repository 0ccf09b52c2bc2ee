"""Places in an ordered list that stay exact while rows are added or taken away."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson
from django.db.models import Q

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Field

LONGEST_CURSOR = 500


@dataclass(frozen=True, slots=True)
class Order:
    """Rows by one column and then by a unique key; rows without a value come last."""

    name: str
    column: Field[Any, Any]
    key: Field[Any, Any]

    @property
    def is_descending(self) -> bool:
        """Whether the greatest value comes first."""
        return self.name.startswith("-")


@dataclass(frozen=True, slots=True)
class Cursor:
    """The place of a row in an order, from where to read on, or back."""

    order: Order
    value: Any
    key: Any
    reads_back: bool

    @classmethod
    def at(cls, row: Any, order: Order, *, reads_back: bool) -> Cursor:
        """Return the place of a row."""
        value, key = getattr(row, order.column.name), getattr(row, order.key.name)
        return cls(order, value, key, reads_back)

    @classmethod
    def read(cls, text: str, order: Order) -> Cursor:
        """Return the cursor that a link gave out.

        Raises:
            ValueError, TypeError: when it is none, or one of another order.
            ValidationError: when its value or key is none of the columns'.
        """
        if len(text) > LONGEST_CURSOR:
            raise ValueError(text)
        padded = text + "=" * (-len(text) % 4)
        name, value, key, reads_back = orjson.loads(urlsafe_b64decode(padded))
        if name != order.name or key is None or not isinstance(reads_back, bool):
            raise ValueError(text)
        if value is not None or not order.column.null:
            value = order.column.clean(value, None)
        return cls(order, value, order.key.clean(key, None), reads_back)

    def __str__(self) -> str:
        place = [self.order.name, self.value, self.key, self.reads_back]
        return urlsafe_b64encode(orjson.dumps(place, default=str)).decode().rstrip("=")

    @property
    def has_value(self) -> bool:
        """Whether the row has a value in the ordered column."""
        return self.value is not None

    def beyond(self, lookup: str) -> Q:
        """Return the condition on the rows past this one; `lookup` is `lt` or `gt`.

        `a <= x AND (a < x OR key < y)` is the one form that both SQLite and
        PostgreSQL answer from an index.
        """
        past = Q(**{f"{self.order.key.name}__{lookup}": self.key})
        if self.has_value:
            column = self.order.column.name
            past |= Q(**{f"{column}__{lookup}": self.value})
            past &= Q(**{f"{column}__{lookup}e": self.value})
        return past


def page(
    rows: Any, order: Order, cursor: Cursor | None, limit: int
) -> tuple[list[Any], bool]:
    """Return up to `limit` rows in reading order, and whether more follow that way.

    One query, wherever the page lies; one more where it crosses to the rows that
    have no value in the ordered column.
    """
    found: list[Any] = []
    for section in _sections(rows, order, cursor):
        found += section[: limit + 1 - len(found)]
        if len(found) > limit:
            break
    has_more, found = len(found) > limit, found[:limit]
    return found[::-1] if cursor and cursor.reads_back else found, has_more


def numbered_page(
    rows: Any, order: Order, number: int, limit: int
) -> tuple[list[Any], bool]:
    """Return the page of a number, from 1, and whether more rows follow it.

    Its cost grows with the number. One query; up to two more where the page lies at or
    behind the end of the rows that have a value in the ordered column.
    """
    found: list[Any] = []
    passed = (number - 1) * limit
    for section in _sections(rows, order, None):
        found += section[passed : passed + limit + 1 - len(found)]
        if len(found) > limit:
            break
        passed = 0 if found else max(0, passed - section.count())
    return found[:limit], len(found) > limit


def _sections(rows: Any, order: Order, cursor: Cursor | None) -> Iterator[Any]:
    """Yield the querysets that a page reads one after the other."""
    reads_back = cursor is not None and cursor.reads_back
    is_falling = order.is_descending != reads_back
    for has_value in _section_names(order, cursor):
        section = rows
        if order.column.null:
            section = section.filter(**{f"{order.column.name}__isnull": not has_value})
        if cursor is not None and cursor.has_value == has_value:
            section = section.filter(cursor.beyond("lt" if is_falling else "gt"))
        names = dict.fromkeys(
            [order.column.name, order.key.name] if has_value else [order.key.name]
        )
        yield section.order_by(*(f"-{name}" if is_falling else name for name in names))


def _section_names(order: Order, cursor: Cursor | None) -> list[bool]:
    """Return which rows to read, first to last: those with a value (True), without."""
    names = [True, False] if order.column.null else [True]
    if cursor is None:
        return names
    if cursor.reads_back:
        names.reverse()
    return names[names.index(cursor.has_value) :]
