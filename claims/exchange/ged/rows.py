"""One row of the data set: an event, its figures, and the reports it was coded from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from claims.exchange.ged import cells
from claims.exchange.ged.columns import COLUMNS
from sources.ingest.draft import Refusal, shown
from sources.text.dates import PartialDate
from sources.text.spans import Span

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from claims.exchange.ged.cells import Order

_EXACT_DAY, _MONTH, _YEAR = 1, 4, 5
_PRECISIONS = range(1, 6)
_NEEDS_MARKS = re.compile('[,"\n\r]')


@dataclass(frozen=True, slots=True)
class Report:
    """What the row was coded from: an item of `source_article` and what is said of it.

    `offices` has more than one name only where the row names more offices than
    reports; of several days it is the first.
    """

    item: str
    offices: tuple[str, ...]
    day: dt.date | None
    headline: str


@dataclass(frozen=True)
class Row:
    """The cells of a row by column, and how the days of its file are written."""

    cells: Mapping[str, str]
    order: Order

    def __getitem__(self, column: str) -> str:
        cell = self.cells.get(column, "").strip()
        return "" if cell in cells.NOTHING else cell

    @cached_property
    def line(self) -> str:
        """The row as one line of a table with all columns, without its end."""
        return ",".join(written(self.cells.get(column, "")) for column in COLUMNS)

    @property
    def key(self) -> int:
        """The number of the event.

        Raises:
            Refusal: when there is none.
        """
        number = cells.whole(self["id"])
        if number is None:
            message = _("“%(value)s” is no number of an event.")
            raise Refusal(message % {"value": shown(self["id"])}, field="id")
        return number

    def span(self, column: str) -> Span:
        """Where the words of a cell that states something stand in the line."""
        names = COLUMNS[: COLUMNS.index(column)]
        before = sum(len(written(self.cells.get(name, ""))) + 1 for name in names)
        start = self.line.index(self[column], before)
        return Span(start, start + len(self[column]))

    def number(self, column: str) -> Decimal | None:
        """A count; None where nobody counted.

        Raises:
            Refusal: for what is no count.
        """
        return cells.number(self[column], column)

    @cached_property
    def when(self) -> PartialDate:
        """From `date_start` to `date_end`, as exact as `date_prec` says.

        What is coded as a month or a year and is not a whole one stays the period
        that the row states. Of days out of order the first stands: the row is kept.

        Raises:
            Refusal: when a day is missing, or the precision is none.
        """
        first, last = self._day("date_start"), self._day("date_end")
        precision = cells.whole(self["date_prec"])
        if self["date_prec"] and precision not in _PRECISIONS:
            message = _("“%(value)s” is no precision of a date: 1 to 5 are.")
            values = {"value": shown(self["date_prec"])}
            raise Refusal(message % values, field="date_prec")
        if last < first:
            return PartialDate.day(first)
        return _period(first, last, precision)

    @cached_property
    def reports(self) -> list[Report]:
        """What the row was coded from, in its order.

        A row that names an office, a day or a headline, and no article, has one.
        """
        columns = ("source_office", "source_date", "source_headline")
        stated = cells.items(self["source_article"])
        if not stated:
            named = (part for name in columns for part in cells.parts(self[name]))
            stated = [", ".join(filter(None, named))]
        if not stated[0]:
            return []
        offices, dates, headlines = (_shared(self[name], stated) for name in columns)
        return [
            Report(
                item,
                tuple(office),
                cells.first_day(" ".join(dated), self.order),
                "; ".join(headline),
            )
            for item, office, dated, headline in zip(
                stated, offices, dates, headlines, strict=True
            )
        ]

    @cached_property
    def originators(self) -> dict[str, str]:
        """Whom `source_original` names: as first written, by folded name."""
        return cells.originators(self["source_original"])

    def _day(self, column: str) -> dt.date:
        found = cells.first_day(self[column], self.order)
        if found is None:
            message = _("“%(value)s” is no day, or may be two: write it 2016-03-05.")
            raise Refusal(message % {"value": shown(self[column])}, field=column)
        return found


def written(cell: str) -> str:
    """A cell as it stands in a line, in quotation marks only where it needs them."""
    if not _NEEDS_MARKS.search(cell):
        return cell
    return '"' + cell.replace('"', '""') + '"'


def _period(first: dt.date, last: dt.date, precision: int | None) -> PartialDate:
    if precision in {None, _EXACT_DAY} and first == last:
        return PartialDate.day(first)
    month = PartialDate.month(first.year, first.month)
    year = PartialDate.year(first.year)
    for whole, code in ((month, _MONTH), (year, _YEAR)):
        if code == precision and (whole.earliest, whole.latest) == (first, last):
            return whole
    return PartialDate.period(first, last)


def _shared(cell: str, stated: Sequence[str]) -> list[list[str]]:
    """What a cell says of each report: one part each where there are as many.

    Otherwise a report has the parts that its item names, all reports the only one
    there is, and the last report what nothing else has: no part is lost.
    """
    places = cells.parts(cell)
    named = [part for part in places if part]
    for found in (places, named):
        if len(found) == len(stated):
            return [[part] if part else [] for part in found]
    if len(named) == 1:
        return [named for _item in stated]
    shares = [[part for part in named if part in item] for item in stated]
    left = [part for part in named if not any(part in share for share in shares)]
    shares[-1] = [*shares[-1], *left]
    return shares
