"""Intervals of numbers: open sides are infinite, a bound may be excluded."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Self

INFINITE = Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class Interval:
    """The numbers from ``low`` to ``high``, each bound included unless said."""

    low: Decimal
    high: Decimal
    excludes_low: bool = False
    excludes_high: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether no number lies in it."""
        excludes = self.excludes_low or self.excludes_high
        return self.low > self.high or (self.low == self.high and excludes)

    def lies_in(self, other: "Interval") -> bool:
        """Whether its bounds are within the other's; excluded bounds are not read."""
        return other.low <= self.low and self.high <= other.high

    def shared_with(self, other: "Interval") -> Self:
        """The numbers in both, possibly none; at one bound, exclusion wins."""
        low, excludes_low = max(
            (self.low, self.excludes_low), (other.low, other.excludes_low)
        )
        high, includes_high = min(
            (self.high, not self.excludes_high), (other.high, not other.excludes_high)
        )
        return type(self)(low, high, excludes_low, not includes_high)

    def widened(self, share: Decimal) -> Self:
        """Both bounds moved outwards by a share of themselves."""
        low = self.low - abs(self.low) * share
        high = self.high + abs(self.high) * share
        return type(self)(low, high, self.excludes_low, self.excludes_high)
