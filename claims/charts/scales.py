"""Scales: where a number or a day lies between two ends, and the few ticks between."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from enum import StrEnum
from itertools import count, islice, takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

#: From how many times the lowest number the highest is too far for a linear scale.
LOGARITHMIC_FROM = 30

#: Nearer than this an end of a logarithmic scale gets no tick beside another.
APART = Decimal("0.25")

_ROUND = (Decimal(1), Decimal(2), Decimal(5))


@dataclass(frozen=True, slots=True)
class ValueScale:
    """A scale of numbers, with ticks in round numbers from low to high."""

    low: Decimal
    high: Decimal
    ticks: tuple[Decimal, ...] = ()
    is_logarithmic: bool = False

    def share(self, number: Decimal) -> Decimal:
        """Return where a number lies: 0 at the low end, 1 at the high end."""
        ends = (self.low, number, self.high)
        low, at, high = (x.log10() for x in ends) if self.is_logarithmic else ends
        return (at - low) / (high - low)

    def apart(self, one: Decimal, other: Decimal) -> Decimal:
        """Return how far two numbers lie from each other, as a share of the scale."""
        return abs(self.share(one) - self.share(other))


def value_scale(numbers: Collection[Decimal], *, steps: int) -> ValueScale:
    """Return a scale on which these numbers lie, with two or more `steps` at most.

    It is logarithmic where the highest is far above the lowest. A linear one starts at
    zero unless the lowest is near the highest. There are no ticks without numbers.
    """
    if not numbers:
        return ValueScale(Decimal(0), Decimal(1))
    low, high = min(numbers), max(numbers)
    if low > 0 and high >= low * LOGARITHMIC_FROM:
        return _logarithmic(low, high, steps)
    if low == high or 0 <= low < high / 2:
        low, high = min(low, Decimal(0)), max(high, Decimal(0))
    if low == high:
        high = Decimal(1)
    is_whole = all(number == number.to_integral_value() for number in numbers)
    return _linear(low, high, steps, Decimal(1 if is_whole else 0))


def _linear(low: Decimal, high: Decimal, steps: int, least: Decimal) -> ValueScale:
    for step in _round_numbers(max((high - low) / steps, least)):
        first = int((low / step).to_integral_value(ROUND_FLOOR))
        last = int((high / step).to_integral_value(ROUND_CEILING))
        if last - first <= steps:
            break
    ticks = tuple(step * each for each in range(first, last + 1))
    return ValueScale(ticks[0], ticks[-1], ticks)


def _logarithmic(low: Decimal, high: Decimal, steps: int) -> ValueScale:
    ends = (_round_below(low), next(_round_numbers(high)))
    around = takewhile(lambda each: each <= ends[1], _round_numbers(ends[0]))
    powers = [each for each in around if each.log10() % 1 == 0]
    scale = ValueScale(*ends, is_logarithmic=True)
    ticks = powers[:: -(-len(powers) // (steps + 1))]
    for end in ends:
        if len(ticks) <= steps and all(
            scale.apart(end, each) > APART for each in ticks
        ):
            ticks.append(end)
    return replace(scale, ticks=tuple(sorted(ticks)))


def _round_below(number: Decimal) -> Decimal:
    power = Decimal(10) ** number.adjusted()
    return max(each * power for each in _ROUND if each * power <= number)


def _round_numbers(least: Decimal) -> Iterator[Decimal]:
    """Yield 1, 2, 5, 10, 20, and so on, from the first that is not below `least`."""
    for exponent in count(least.adjusted()):
        for each in _ROUND:
            if (number := each * Decimal(10) ** exponent) >= least:
                yield number


class Unit(StrEnum):
    """What two ticks of time are apart."""

    DAY = "DAY"
    MONTH = "MONTH"
    YEAR = "YEAR"


_STEPS = (
    *((Unit.DAY, step) for step in (1, 2, 7, 14)),
    *((Unit.MONTH, step) for step in (1, 2, 3, 6)),
    *((Unit.YEAR, step) for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)),
)


@dataclass(frozen=True, slots=True)
class DayScale:
    """A scale of days, both ends included."""

    first: dt.date
    last: dt.date

    def share(self, day: dt.date) -> Decimal:
        """Return where a day lies: 0 at the first, 1 at the last, 0 if there is but one."""
        return Decimal((day - self.first).days) / max((self.last - self.first).days, 1)

    def ticks(self, most: int) -> tuple[Unit, list[dt.date]]:
        """Return the days of the finest ticks of which there are not more than `most`.

        The two ends are ticks where fewer than two would be: they are a whole width
        apart. Only the first is if there is room for none.
        """
        for unit, step in _STEPS:
            days = takewhile(self._holds, _days(self.first, unit, step))
            found = list(islice(days, most + 1))
            if 1 < len(found) <= most:
                return unit, found
        return Unit.DAY, sorted({self.first, self.last} if most else {self.first})

    def _holds(self, day: dt.date) -> bool:
        return day <= self.last


def _days(first: dt.date, unit: Unit, step: int) -> Iterator[dt.date]:
    """Yield the days on which ticks may stand, from `first` on."""
    if unit == Unit.DAY:
        yield from (first + dt.timedelta(days=n) for n in _until_the_end(first, step))
        return
    months = step if unit == Unit.MONTH else 12 * step
    begun = 12 * first.year + first.month - 1
    for month in count(-(-begun // months) * months, months):
        if month >= 12 * (dt.MAXYEAR + 1):
            return
        day = dt.date(month // 12, month % 12 + 1, 1)
        if day >= first:
            yield day


def _until_the_end(first: dt.date, step: int) -> range:
    return range(0, (dt.date.max - first).days + 1, step)
