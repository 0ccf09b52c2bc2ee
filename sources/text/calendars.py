"""From what the words of a date say to the days they mean.

Dates that a text counts from its own day (yesterday, last May, 20 January) are worked
out from the dateline, never from the clock. Weeks run from Monday to Sunday. The Islamic
calendar is that of Umm al-Qura, which covers 1343 to 1500 AH.
"""

from calendar import monthrange
from contextlib import suppress
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from hijridate import Gregorian, Hijri

from sources.text.dates import PartialDate

AHEAD = timedelta(days=90)
"""How far after the dateline a day without a year may lie; else it lies before."""

_DAY = timedelta(days=1)
_TO_SATURDAY = 5 * _DAY
_LEAP_YEAR = 2000
_MONTHS = range(1, 13)


class Stated(NamedTuple):
    """What the words of a date say.

    ``weekday`` is 0 on Mondays. ``unit`` (day, week, month, year) and ``shift`` count
    from the dateline: last week is a week, -1. A shift without a unit says on which side
    of the dateline the named month or weekday lies. ``last`` is the end of a period;
    ``is_past`` says that it had begun by then, ``is_ahead`` that it was still to come.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    is_hijri: bool = False
    weekday: int | None = None
    unit: str = ""
    shift: int | None = None
    last: "Stated | None" = None
    is_past: bool = False
    is_ahead: bool = False

    @property
    def is_relative(self) -> bool:
        """Whether it can be worked out with a dateline only."""
        named = (self.month, self.day, self.weekday, self.shift)
        return self.year is None and any(part is not None for part in named)

    def until(self, last: "Stated") -> "Stated":
        """The period that ends with another date, which lends what this leaves out."""
        if self.year is not None:
            return self._replace(last=last)
        return self._replace(
            year=last.year,
            month=self.month or last.month,
            unit=self.unit or last.unit,
            shift=last.shift if self.shift is None else self.shift,
            last=last,
        )


def is_possible(stated: Stated) -> bool:
    """Whether there may be such a day: there is no 31 February."""
    if stated.last and not is_possible(stated.last):
        return False
    if stated.month is not None and stated.month not in _MONTHS:
        return False
    return stated.day is None or stated.day in _days_of_month(stated)


def _days_of_month(stated: Stated) -> range:
    """The days its month may have, 29 in February of a year that is not told."""
    if stated.is_hijri:
        return range(1, 31)
    year, month = stated.year or _LEAP_YEAR, stated.month or 1
    return range(1, monthrange(year, month)[1] + 1)


def worked_out(stated: Stated, dateline: date | None, words: str) -> PartialDate | None:
    """The days that are meant by the words, ``None`` where they cannot be told."""
    try:
        if stated.last:
            meant = _period(stated, stated.last, dateline)
        else:
            meant = _meant(stated, dateline)
    except (ValueError, OverflowError):  # no such day, or beyond the calendar
        return None
    if meant is None:
        return None
    return PartialDate(meant.earliest, meant.latest, meant.precision, words)


def _period(first: Stated, last: Stated, dateline: date | None) -> PartialDate | None:
    """From the one to the other; a start that would lie after the end is a year older."""
    start, end = _meant(first, dateline), _meant(last, dateline)
    if start and end and start.earliest > end.latest:
        start = _meant(first._replace(year=start.earliest.year - 1), dateline)
    if start is None or end is None:
        return None
    return PartialDate.period(start.earliest, end.latest)


@lru_cache(maxsize=1024)
def _meant(stated: Stated, dateline: date | None) -> PartialDate | None:
    if stated.year is not None:
        return _in_year(stated, stated.year)
    if dateline is None:
        return None
    if stated.month is not None:
        return _nearest(stated, dateline)
    if stated.unit:
        return _shifted(stated, dateline)
    if stated.weekday is not None:
        return PartialDate.day(_weekday(stated.weekday, stated, dateline))
    return None


def _in_year(stated: Stated, year: int) -> PartialDate:
    """The day, month or year of its calendar."""
    if stated.is_hijri:
        return _islamic(year, stated.month, stated.day)
    if stated.month is None:
        return PartialDate.year(year)
    if stated.day is None:
        return PartialDate.month(year, stated.month)
    return PartialDate.day(date(year, stated.month, stated.day))


def _islamic(year: int, month: int | None, day: int | None) -> PartialDate:
    first = Hijri(year, month or 1, day or 1)
    if day is not None:
        return PartialDate.day(_gregorian(first))
    last = Hijri(year, month or 12, 1)
    last = Hijri(year, last.month, last.month_length())
    return PartialDate.period(_gregorian(first), _gregorian(last))


def _gregorian(day: Hijri) -> date:
    return date.fromordinal(day.to_gregorian().toordinal())


def _nearest(stated: Stated, dateline: date) -> PartialDate | None:
    """The day or month of that name that is meant when the year is left out."""
    now = dateline.year
    if stated.is_hijri:
        now = Gregorian.fromdate(dateline).to_hijri().year
    if stated.unit:
        return _in_year(stated, now + (stated.shift or 0))
    ahead = stated.is_ahead or (stated.shift is not None and stated.shift > 0)
    # eight years may lie between two leap days
    for year in range(now, now + 9) if ahead else range(now + 1, now - 9, -1):
        with suppress(ValueError, OverflowError):
            found = _in_year(stated, year)
            if _lies(found, stated, dateline):
                return found
    return None


def _lies(found: PartialDate, stated: Stated, dateline: date) -> bool:
    """Whether a date lies on the side of the dateline that the words tell."""
    if stated.is_past and found.earliest > dateline:
        return False
    if stated.is_ahead:
        return found.latest >= dateline
    match stated.shift:
        case -1:
            return found.latest < dateline.replace(day=1)
        case 1:
            return found.earliest > dateline
        case _:
            return found.earliest <= dateline + AHEAD


def _shifted(stated: Stated, dateline: date) -> PartialDate:
    """So many days, weeks, months or years from the dateline; or a day of that month."""
    n = stated.shift or 0
    match stated.unit:
        case "day":
            return PartialDate.day(_closest(stated.weekday, dateline + n * _DAY))
        case "week":
            monday = dateline - dateline.weekday() * _DAY + n * 7 * _DAY
            return PartialDate.period(monday, monday + 6 * _DAY)
        case "weekend":
            monday = dateline - _TO_SATURDAY
            return _shifted(Stated(unit="week", shift=n), monday)
        case "quarter":
            year, nth = divmod(dateline.year * 4 + (dateline.month - 1) // 3 + n, 4)
            first, last = (_in_year(Stated(month=nth * 3 + i), year) for i in (1, 3))
            return PartialDate.period(first.earliest, last.latest)
        case "month":
            year, month = divmod(dateline.year * 12 + dateline.month - 1 + n, 12)
            return _in_year(stated._replace(month=month + 1), year)
        case _:
            return PartialDate.year(dateline.year + n)


def _closest(weekday: int | None, day: date) -> date:
    """The day itself, or the named weekday around it.

    "Today, Thursday" is a Thursday also when the dateline is a later day, or by the
    clock of another place the day before.
    """
    if weekday is None:
        return day
    return day + ((weekday - day.weekday() + 5) % 7 - 5) * _DAY


def _weekday(weekday: int, stated: Stated, dateline: date) -> date:
    """The last such day up to the dateline, or that before it, after it, in its week.

    The first from the dateline on, if the words tell of what is to come.
    """
    back = (dateline.weekday() - weekday) % 7
    if stated.is_ahead:
        return dateline + (-back % 7) * _DAY
    match stated.shift:
        case None:
            return dateline - back * _DAY
        case -1:
            return dateline - (back or 7) * _DAY
        case 1:
            return dateline + (7 - back) * _DAY
        case _:
            return dateline + (weekday - dateline.weekday()) * _DAY
