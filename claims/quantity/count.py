"""A count as spoken, and how two counts relate.

Nothing here invents a number: no midpoint, no bound for an open side. Only what was
*said* makes a quantity. An imported row whose low exceeds its high says nothing
that can be compared; it stays in its table, flagged, and never becomes one.
"""

from dataclasses import dataclass, replace
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Self

from claims.quantity.interval import INFINITE, Interval
from claims.quantity.words import digits, magnitude, phrase, shared_numbers

TOLERANCE = Decimal("0.10")
"""By which share of N a figure may differ from "about N" and still agree with it."""

LIMIT = Decimal(10) ** 12
STEP = Decimal("0.001")
"""Numbers stay below the limit, in whole steps: 15 digits, 3 after the point."""

_RATIO_STEP = Decimal("0.01")
_RATIO_SHOWN = Decimal("0.1")


class Qualifier(StrEnum):
    """How firmly a number is stated."""

    EXACT = "EXACT"
    ABOUT = "ABOUT"
    AT_LEAST = "AT_LEAST"
    MORE_THAN = "MORE_THAN"
    AT_MOST = "AT_MOST"
    LESS_THAN = "LESS_THAN"
    UP_TO = "UP_TO"
    RANGE = "RANGE"
    VAGUE = "VAGUE"

    @property
    def states_low(self) -> bool:
        """Whether a low bound belongs to it; a vague quantity may do without."""
        return self not in _WITHOUT_LOW

    @property
    def states_high(self) -> bool:
        """Whether a high bound belongs to it; a vague quantity may do without."""
        return self not in _WITHOUT_HIGH


_WITHOUT_LOW = {Qualifier.AT_MOST, Qualifier.LESS_THAN, Qualifier.UP_TO}
_WITHOUT_HIGH = {Qualifier.AT_LEAST, Qualifier.MORE_THAN}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A count as spoken: the closed interval ``[low, high]`` in some unit.

    ``None`` leaves a side open. "More than" and "less than" state a bound and exclude
    it. A vague quantity ("hundreds") has the bounds its word implies, or none.

    Raises:
        ValueError: if the bounds are out of order, are not those the qualifier
            states, or cannot be stored exactly.
    """

    low: Decimal | None
    high: Decimal | None
    qualifier: Qualifier = Qualifier.EXACT
    unit: str = ""

    def __post_init__(self) -> None:
        self._require_side("low", self.low, stated=self.qualifier.states_low)
        self._require_side("high", self.high, stated=self.qualifier.states_high)
        if self.low is not None and self.high is not None:
            self._require_order(self.low, self.high)

    def _require_side(self, side: str, bound: Decimal | None, *, stated: bool) -> None:
        if bound is not None:
            _require_storable(bound)
        if self.qualifier is not Qualifier.VAGUE and stated != (bound is not None):
            need = "needs a" if stated else "has no"
            message = f"{self.qualifier} {need} {side} bound."
            raise ValueError(message)

    def _require_order(self, low: Decimal, high: Decimal) -> None:
        if low > high:
            message = f"The low bound {low} is above the high bound {high}."
            raise ValueError(message)
        if self.qualifier is Qualifier.EXACT and low < high:
            message = f"From {low} to {high} is a RANGE, not EXACT."
            raise ValueError(message)

    @classmethod
    def exactly(cls, number: Decimal, unit: str = "") -> Self:
        """The quantity that a bare number states."""
        return cls(number, number, Qualifier.EXACT, unit)

    @property
    def excludes_low(self) -> bool:
        """Whether the low bound itself is not meant, as in "more than 60"."""
        return self.qualifier is Qualifier.MORE_THAN

    @property
    def excludes_high(self) -> bool:
        """Whether the high bound itself is not meant, as in "less than 90"."""
        return self.qualifier is Qualifier.LESS_THAN

    @property
    def is_bounded(self) -> bool:
        """Whether both sides are stated."""
        return self.low is not None and self.high is not None

    def in_words(self, language: str) -> str:
        """The count written out in "en" or "ar", without its unit.

        Raises:
            ValueError: for any other language.
        """
        if self.qualifier is Qualifier.VAGUE:
            return self._vaguely(language)
        bounds = [digits(bound, language) for bound in self._bounds()]
        if len(bounds) == 1:
            return phrase(language, self.qualifier, *bounds)
        name = "ABOUT_FROM_TO" if self.qualifier is Qualifier.ABOUT else "FROM_TO"
        return phrase(language, name, *bounds)

    def _bounds(self) -> list[Decimal]:
        """The numbers stated, from low to high, each once."""
        stated = dict.fromkeys((self.low, self.high))
        return [bound for bound in stated if bound is not None]

    def _vaguely(self, language: str) -> str:
        word = magnitude(self.low, language)
        if not self._bounds():
            return word
        plain = Qualifier.RANGE
        if not self.is_bounded:
            plain = Qualifier.UP_TO if self.low is None else Qualifier.AT_LEAST
        return f"{word} ({replace(self, qualifier=plain).in_words(language)})"

    def stated(self) -> Interval:
        """The interval as spoken, open sides infinite."""
        return Interval(
            -INFINITE if self.low is None else self.low,
            INFINITE if self.high is None else self.high,
            excludes_low=self.excludes_low,
            excludes_high=self.excludes_high,
        )

    def reached(self, tolerance: Decimal) -> Interval:
        """What it allows: "about" reaches by a share of N, the rest as far as it says."""
        about = self.qualifier is Qualifier.ABOUT
        return self.stated().widened(tolerance) if about else self.stated()

    def may_be(
        self,
        low: Decimal | None,
        high: Decimal | None,
        *,
        tolerance: Decimal = TOLERANCE,
    ) -> bool:
        """Whether it allows some number from ``low`` to ``high``; None: no end there."""
        asked = Interval(
            -INFINITE if low is None else low, INFINITE if high is None else high
        )
        return not self.reached(tolerance).shared_with(asked).is_empty

    def lies_in(self, other: "Quantity", *, tolerance: Decimal = TOLERANCE) -> bool:
        """Whether both are bounded and all of this one is what the other allows."""
        both = self.is_bounded and other.is_bounded
        return both and self.stated().lies_in(other.reached(tolerance))

    def relation_to(
        self, other: "Quantity", *, tolerance: Decimal = TOLERANCE
    ) -> "Relation":
        """How the two stand to each other; kind, gap and ratio are symmetric.

        Two quantities of one unit

        - are the same with equal bounds and qualifier;
        - agree with equal bounds, or when both are bounded and one lies in the other,
          or within ``tolerance`` of N when the other is "about N";
        - overlap when some number is allowed by both, "about N" again reaching
          to either side by ``tolerance`` of N;
        - conflict otherwise.

        Raises:
            ValueError: if the tolerance is negative or not finite.
        """
        if not (tolerance.is_finite() and tolerance >= 0):
            message = f"A tolerance is a share of 0 or more, not {tolerance}."
            raise ValueError(message)
        if self.unit != other.unit:
            return Relation.not_comparable(self, other, Incomparable.UNIT)
        kind = _kind(self, other, tolerance)
        apart = kind is RelationKind.CONFLICTS
        gap, ratio = _distance(self, other) if apart else (None, None)
        return Relation(kind, self, other, gap, ratio, tolerance=tolerance)


def highest_low(number: Decimal) -> Decimal:
    """The highest low bound of an "about" that still reaches down to a number.

    Turned round, the lowest high bound that reaches up to it: ``-highest_low(-number)``.
    """
    kept = 1 - TOLERANCE if number >= 0 else 1 + TOLERANCE
    highest = (number / kept).quantize(STEP, ROUND_FLOOR)
    return max(STEP - LIMIT, min(highest, LIMIT - STEP))


def _require_storable(bound: Decimal) -> None:
    """Refuse with ``ValueError`` what a database would round or not take."""
    if not bound.is_finite():
        message = f"A bound is a finite number, not {bound}; an open side is None."
        raise ValueError(message)
    if abs(bound) >= LIMIT or bound != bound.quantize(STEP):
        message = f"A bound has at most 12 digits and 3 decimals, unlike {bound}."
        raise ValueError(message)


class RelationKind(StrEnum):
    """How two quantities stand to each other."""

    SAME = "SAME"
    AGREES = "AGREES"
    OVERLAPS = "OVERLAPS"
    CONFLICTS = "CONFLICTS"
    NOT_COMPARABLE = "NOT_COMPARABLE"


class Incomparable(StrEnum):
    """What differs in two quantities that must not be compared."""

    UNIT = "UNIT"
    MEASURE = "MEASURE"
    NATURE = "NATURE"
    DAY = "DAY"


@dataclass(frozen=True, slots=True)
class Relation:
    """How two quantities stand to each other, able to say why.

    ``gap`` is the distance of two conflicting ones between the bounds that face each
    other: 0 if they meet at a bound that one excludes. ``ratio`` is the higher of these
    bounds over the lower, to two decimals; ``None`` unless both are above zero.
    """

    kind: RelationKind
    first: Quantity
    second: Quantity
    gap: Decimal | None = None
    ratio: Decimal | None = None
    reason: Incomparable | None = None
    tolerance: Decimal = TOLERANCE

    @classmethod
    def not_comparable(
        cls, first: Quantity, second: Quantity, reason: Incomparable
    ) -> Self:
        """The relation of two quantities that must not be compared."""
        return cls(RelationKind.NOT_COMPARABLE, first, second, reason=reason)

    def sentence(self, language: str) -> str:
        """The relation as one sentence in "en" or "ar" that gives both figures.

        Raises:
            ValueError: for any other language.
        """
        return phrase(
            language,
            self.kind,
            first=self.first.in_words(language),
            second=self.second.in_words(language),
            why=self._why(language),
        )

    def _why(self, language: str) -> str:
        match self.kind:
            case RelationKind.AGREES:
                return self._why_they_agree(language)
            case RelationKind.OVERLAPS:
                return self._what_they_share(language)
            case RelationKind.CONFLICTS:
                return self._how_far_apart(language)
            case _:  # figures that are the same need no reason
                return (
                    phrase(language, f"DIFFERENT_{self.reason}") if self.reason else ""
                )

    def _why_they_agree(self, language: str) -> str:
        first, second, exactly = self.first, self.second, Decimal(0)
        if (first.low, first.high) == (second.low, second.high):
            return phrase(language, "SAME_BOUNDS")
        name, (inner, outer) = next(
            (name, pair)
            for name, tolerance in (("LIES_IN", exactly), ("LIES_NEAR", self.tolerance))
            for pair in ((first, second), (second, first))
            if pair[0].lies_in(pair[1], tolerance=tolerance)
        )
        return phrase(
            language,
            name,
            inner=inner.in_words(language),
            outer=outer.in_words(language),
            percent=self._percent(language),
        )

    def _what_they_share(self, language: str) -> str:
        shared = self.first.reached(self.tolerance).shared_with(
            self.second.reached(self.tolerance)
        )
        sentence = shared_numbers(shared, language)
        if Qualifier.ABOUT in {self.first.qualifier, self.second.qualifier}:
            sentence += phrase(language, "TAKING_ABOUT", self._percent(language))
        return sentence

    def _how_far_apart(self, language: str) -> str:
        if not self.gap:
            bound, _ = _facing_bounds(self.first, self.second)
            return phrase(language, "TOUCH", bound=digits(bound, language))
        gap = digits(self.gap, language)
        times = (self.ratio or Decimal(1)).quantize(_RATIO_SHOWN, ROUND_HALF_UP)
        if times == 1:
            return phrase(language, "APART", gap=gap)
        return phrase(language, "APART_TIMES", gap=gap, ratio=digits(times, language))

    def _percent(self, language: str) -> str:
        return digits(self.tolerance * 100, language)


def _kind(first: Quantity, second: Quantity, tolerance: Decimal) -> RelationKind:
    """How two quantities of one unit stand to each other."""
    if (first.low, first.high) == (second.low, second.high):
        same = first.qualifier is second.qualifier
        return RelationKind.SAME if same else RelationKind.AGREES
    one, other = first.reached(tolerance), second.reached(tolerance)
    if (first.is_bounded and second.is_bounded) and (
        first.stated().lies_in(other) or second.stated().lies_in(one)
    ):
        return RelationKind.AGREES
    shared = one.shared_with(other)
    return RelationKind.CONFLICTS if shared.is_empty else RelationKind.OVERLAPS


def _distance(first: Quantity, second: Quantity) -> tuple[Decimal, Decimal | None]:
    """The gap and the ratio of two conflicting quantities."""
    below, above = _facing_bounds(first, second)
    if below <= 0:
        return above - below, None
    return above - below, (above / below).quantize(_RATIO_STEP, ROUND_HALF_UP)


def _facing_bounds(first: Quantity, second: Quantity) -> tuple[Decimal, Decimal]:
    """The two bounds between which conflicting quantities are apart, lower first."""
    one, other = first.stated(), second.stated()
    pairs = ((one.high, other.low), (other.high, one.low))
    return max(pairs, key=lambda pair: pair[1] - pair[0])
