"""Read the rows of a file in the memory of one; say of each bad one where and why."""

from __future__ import annotations

import csv
import io
import re
from typing import IO, TYPE_CHECKING, TypeAlias

from django.utils.translation import gettext as _

from claims.exchange.ged.cells import Order, order_shown
from claims.exchange.ged.columns import COLUMNS, NEEDED
from claims.exchange.ged.rows import Row
from sources.ingest import decoding, fields
from sources.ingest.draft import Place, Refusal, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

_Cells: TypeAlias = dict[str, str]
_BOM = "\ufeff"
_ANY_NEWLINE = re.compile(r"\r\n?")
_DATES = ("date_start", "date_end")


def rows(stream: IO[bytes], file: str) -> Iterator[tuple[Place, Row | Refusal]]:
    """Read the rows of a file, each with the line that it begins in.

    The file is read twice, the first time for how its days are written.
    """
    order = _order(stream, file)
    stream.seek(0)
    for place, read in _rows(stream, file):
        yield place, read if isinstance(read, Refusal) else Row(read, order)


def _order(stream: IO[bytes], file: str) -> Order:
    days = (
        read.get(column, "")
        for _place, read in _rows(stream, file)
        if not isinstance(read, Refusal)
        for column in _DATES
    )
    orders = map(order_shown, days)
    return next(
        (order for order in orders if order is not Order.UNKNOWN), Order.UNKNOWN
    )


def _rows(stream: IO[bytes], file: str) -> Iterator[tuple[Place, _Cells | Refusal]]:
    """Read the cells of each row by column; of a file that is no such table, nothing."""
    table = csv.reader(_lines(stream), strict=True)
    columns: list[str] = []
    while True:
        place = Place(file, table.line_num + 1)
        try:
            cells = next(table, None)
            if cells is None:
                return
            if not columns:
                columns = _columns(cells)
            elif cells:
                yield place, _by_column(columns, cells)
        except (csv.Error, UnicodeDecodeError, Refusal) as error:
            yield place, _refusal(error, place)
            if not columns or isinstance(error, UnicodeDecodeError):
                return


def _lines(stream: IO[bytes]) -> Iterator[str]:
    text = io.TextIOWrapper(stream, encoding=decoding.UTF_8, newline="")
    try:
        yield text.readline().removeprefix(_BOM)
        yield from iter(text.readline, "")
    finally:
        text.detach()


def _columns(cells: list[str]) -> list[str]:
    """The names in the first line, in any order.

    Raises:
        Refusal: when one is needed, not known, or there twice.
    """
    names = [name.strip().lower() for name in cells]
    for name in names:
        if name not in COLUMNS:
            message = _("There is no such column; the nearest is “%(nearest)s”.")
            nearest = fields.nearest(name, COLUMNS)
            raise Refusal(message % {"nearest": nearest}, field=shown(name))
        if names.count(name) > 1:
            raise Refusal(_("The column stands there twice."), field=name)
    if missing := [name for name in COLUMNS if name in NEEDED - {*names}]:
        raise Refusal(_("The column is missing."), field=", ".join(missing))
    return names


def _by_column(columns: list[str], cells: list[str]) -> _Cells:
    if len(cells) != len(columns):
        message = _("The row has %(n)d cells, and the table %(columns)d columns.")
        raise Refusal(message % {"n": len(cells), "columns": len(columns)})
    for column, cell in zip(columns, cells, strict=True):
        if "\0" in cell:
            raise Refusal(_("The cell has a character that is no text."), field=column)
    return {
        column: _ANY_NEWLINE.sub("\n", cell)
        for column, cell in zip(columns, cells, strict=True)
    }


def _refusal(error: Exception, place: Place) -> Refusal:
    if isinstance(error, Refusal):
        return Refusal(error.reason, field=error.field, place=place)
    if isinstance(error, UnicodeDecodeError):
        message = _("This is not %(encoding)s. Choose the encoding: %(encodings)s.")
        values = {
            "encoding": error.encoding,
            "encodings": ", ".join(decoding.ENCODINGS),
        }
        return Refusal(message % values, field="encoding", place=place)
    return Refusal(_("This is no row of a table: %s.") % error, place=place)
