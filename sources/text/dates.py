"""Dates as a text states them: a day, a month, a year or a period.

Bounds are inclusive calendar days of the Gregorian calendar, without a time zone.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self


class Precision(StrEnum):
    """How exactly a date is stated."""

    DAY = "DAY"
    MONTH = "MONTH"
    YEAR = "YEAR"
    PERIOD = "PERIOD"


_MONTHS = {
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    # The Levantine name first, as the sources write it, then the one of Egypt and
    # the Gulf, as neither is read everywhere.
    "ar": (
        "كانون الثاني / يناير",
        "شباط / فبراير",
        "آذار / مارس",
        "نيسان / أبريل",
        "أيار / مايو",
        "حزيران / يونيو",
        "تموز / يوليو",
        "آب / أغسطس",
        "أيلول / سبتمبر",
        "تشرين الأول / أكتوبر",
        "تشرين الثاني / نوفمبر",
        "كانون الأول / ديسمبر",
    ),
}
_PERIODS = {"en": "from {} to {}", "ar": "من {} إلى {}"}


@dataclass(frozen=True, slots=True)
class PartialDate:
    """The days a stated date may mean, from ``earliest`` to ``latest`` inclusive.

    ``words`` are the words of the text, or empty when no text states the date.

    Raises:
        ValueError: if the bounds are out of order or not those of the precision.
    """

    earliest: date
    latest: date
    precision: Precision
    words: str = ""

    def __post_init__(self) -> None:
        if self.earliest > self.latest:
            message = f"A date cannot end on {self.latest} before {self.earliest}."
            raise ValueError(message)
        if (self.earliest, self.latest) != self._bounds():
            message = (
                f"From {self.earliest} to {self.latest} is not a whole"
                f" {self.precision.lower()}."
            )
            raise ValueError(message)

    @classmethod
    def day(cls, on: date, words: str = "") -> Self:
        """One day."""
        return cls(on, on, Precision.DAY, words)

    @classmethod
    def month(cls, year: int, month: int, words: str = "") -> Self:
        """A whole month; January is 1."""
        return cls(*_month(year, month), Precision.MONTH, words)

    @classmethod
    def year(cls, year: int, words: str = "") -> Self:
        """A whole year."""
        return cls(*_year(year), Precision.YEAR, words)

    @classmethod
    def period(cls, earliest: date, latest: date, words: str = "") -> Self:
        """Any run of days, both ends included."""
        return cls(earliest, latest, Precision.PERIOD, words)

    def covers(self, day: date) -> bool:
        """Whether the date may mean this day."""
        return self.earliest <= day <= self.latest

    def days_apart(self, other: "PartialDate") -> int:
        """Days from the end of the one to the start of the other; 0 if they overlap."""
        apart = max(other.earliest - self.latest, self.earliest - other.latest)
        return max(apart.days, 0)

    def in_words(self, language: str) -> str:
        """The date written out in "en" or "ar", with Latin digits.

        Raises:
            ValueError: for any other language.
        """
        if language not in _MONTHS:
            message = f"Dates are written in {', '.join(_MONTHS)}, not in {language!r}."
            raise ValueError(message)
        if self.earliest == self.latest:
            return _day_in_words(self.earliest, language)
        if self.precision is Precision.PERIOD:
            first = _day_in_words(self.earliest, language)
            return _PERIODS[language].format(
                first, _day_in_words(self.latest, language)
            )
        if self.precision is Precision.MONTH:
            return _month_in_words(self.earliest, language)
        return str(self.earliest.year)

    def _bounds(self) -> tuple[date, date]:
        """What the bounds must be, given where the date begins."""
        match self.precision:
            case Precision.DAY:
                return self.earliest, self.earliest
            case Precision.MONTH:
                return _month(self.earliest.year, self.earliest.month)
            case Precision.YEAR:
                return _year(self.earliest.year)
            case _:  # any run of days is a period
                return self.earliest, self.latest


def _month(year: int, month: int) -> tuple[date, date]:
    first = date(year, month, 1)
    return first, first.replace(day=monthrange(year, month)[1])


def _year(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def _month_in_words(day: date, language: str) -> str:
    return f"{_MONTHS[language][day.month - 1]} {day.year}"


def _day_in_words(day: date, language: str) -> str:
    return f"{day.day} {_month_in_words(day, language)}"
