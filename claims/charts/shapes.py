"""What goes into the layout of a chart, and the shapes that come out of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from claims.quantity import Qualifier, Quantity

if TYPE_CHECKING:
    import datetime as dt
    from decimal import Decimal

    from claims.charts.scales import Unit, ValueScale


class State(StrEnum):
    """What a figure is to its voice; the earlier ones hide the later ones."""

    LATEST = "latest"
    EARLIER = "earlier"
    REPEATED = "repeated"
    DENIED = "denied"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim as it is drawn: its figure, the days it is for, and what tells of it."""

    quantity: Quantity
    days: tuple[dt.date, dt.date] | None
    state: State
    told: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A voice with its claims, and its latest figure in words."""

    name: str
    entries: list[Entry]
    latest: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Stem:
    """An upright line, from y to y: a range, or how far an open side reaches."""

    kind: str
    y1: int
    y2: int


@dataclass(frozen=True, slots=True)
class Glyph:
    """A sign of fixed size."""

    name: str
    y: int


@dataclass(frozen=True, slots=True)
class Mark:
    """What is drawn of claims with one figure for the same days: `n` of them.

    `since` is where the first day lies if the last, at `x`, is another one. `aside` is
    how far it stands aside for another of its day, in pixels.
    """

    entry: Entry
    n: int
    x: int
    since: int
    aside: int
    top: int
    bottom: int
    stems: tuple[Stem, ...]
    glyphs: tuple[Glyph, ...]

    @property
    def y(self) -> int:
        """Where its number lies, or the middle of its range."""
        stated = self.bounds or [self.top, self.bottom]
        return sum(stated) // len(stated)

    @property
    def bounds(self) -> list[int]:
        """Where the numbers lie that it states, from high to low."""
        quantity = self.entry.quantity
        stated = ((quantity.high, self.top), (quantity.low, self.bottom))
        return [y for bound, y in stated if bound is not None]

    @property
    def classes(self) -> str:
        """What the style sheet knows it by."""
        hedge = self.entry.quantity.qualifier
        loose = hedge.lower() if hedge in {Qualifier.ABOUT, Qualifier.VAGUE} else ""
        state = self.entry.state
        return f"{'' if state == State.EARLIER else state} {loose}".strip()


@dataclass(frozen=True, slots=True)
class Label:
    """The latest figure in words: so far aside of its mark, or in the line of the name."""

    words: str
    x: int
    y: int
    aside: int
    is_beside: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """A row as it lies: `y` is the line on which the name stands, the rest counts from it."""

    y: int
    row: Row
    marks: tuple[Mark, ...]
    dots: tuple[Mark, ...]
    label: Label | None


@dataclass(frozen=True, slots=True)
class ValueTick:
    """A guide line for a round number."""

    number: Decimal
    y: int


@dataclass(frozen=True, slots=True)
class DayTick:
    """A guide line for a day."""

    day: dt.date
    unit: Unit
    x: int


@dataclass(frozen=True, slots=True)
class Key:
    """A sign that needs explaining, and the glyph that shows it.

    `x` counts pixels from where the plot begins.
    """

    name: str
    glyph: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole chart; `left_out` are the rows that it has no room for.

    The plot leaves `start` pixels before it and `end` after it.
    """

    height: int
    start: int
    end: int
    band: int
    scale: ValueScale
    bands: tuple[Band, ...]
    left_out: int
    values: tuple[ValueTick, ...]
    narrow: tuple[DayTick, ...]
    ordinary: tuple[DayTick, ...]
    undated: int | None
    axis: int
    note: int
    legend: tuple[Key, ...]
    is_mirrored: bool
