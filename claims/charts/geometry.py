"""Where everything in a chart lies; needs no framework.

Across, places are thousandths of the plot, so that one drawing fits a telephone and a
wide screen with letters of one size; all else is pixels. Time runs with the writing:
from the right in Arabic.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING

from claims.charts.scales import DayScale, ValueScale, value_scale
from claims.charts.shapes import (
    Band,
    DayTick,
    Entry,
    Glyph,
    Key,
    Label,
    Layout,
    Mark,
    Row,
    State,
    Stem,
    ValueTick,
)
from claims.quantity import Qualifier, Quantity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

WIDTH = 1000
#: The narrowest and the ordinary width that letters must fit, in pixels.
NARROW, ORDINARY = 360, 640
#: How wide a letter is, in pixels: in labels and beside ticks.
LETTER, SMALL_LETTER = 7.5, 6
#: What the plot leaves on either side, in such steps up to the most, in pixels.
GUTTER, GUTTER_MOST = 16, 144
#: How far apart figures of one day stand that would hide each other.
APART = 13
#: Above the rows; from the name of a row to its band; from a band to the next name.
TOP, UNDER_NAME, BETWEEN = 40, 8, 24
#: The height of a band with few, several and many rows, and the ticks beside it.
BANDS = ((1, 180, 4), (4, 96, 3), (8, 68, 2), (WIDTH, 56, 2))
#: What is left for arrows above and below the numbers of a band.
MARGIN = 14
AXIS, UNDATED_LINE, NOTE, LEGEND_LINE = 52, 20, 24, 24
LEGEND_COLUMNS, LEGEND_COLUMN = 3, 120
#: How much of the plot figures for no day take before the others.
UNDATED = 100
#: How many rows are drawn, and how many marks lead to their claims.
ROWS, LINKED = 12, 60


@dataclass(frozen=True, slots=True)
class _Plane:
    """What turns days and numbers into places."""

    days: DayScale | None
    numbers: ValueScale
    before: int
    after: int
    band: int
    start: int
    is_mirrored: bool

    def x(self, day: dt.date | None) -> int:
        """Return where a day lies, or what is for no day."""
        if day is None or self.days is None:
            return self.across(0)
        if self.days.first == self.days.last:
            return self.across((self.start + WIDTH) // 2)
        share = self.days.share(day)
        return self.across(self.start + round(share * (WIDTH - self.start)))

    def room(self, width: int) -> int:
        """Return how wide the plot is in a chart of a width, in pixels."""
        return width - self.before - self.after

    def across(self, x: int) -> int:
        """Return a place across as it lies in the direction of the writing."""
        return WIDTH - x if self.is_mirrored else x

    def forward(self, pixels: int) -> int:
        """Return a step in the direction of the writing."""
        return -pixels if self.is_mirrored else pixels

    def y(self, number: Decimal) -> int:
        """Return where a number lies below the name of its row."""
        room = self.band - 2 * MARGIN
        return UNDER_NAME + MARGIN + room - round(self.numbers.share(number) * room)

    @property
    def top(self) -> int:
        """Where a side that is open upwards ends."""
        return UNDER_NAME

    @property
    def bottom(self) -> int:
        """Where a side that is open downwards ends."""
        return UNDER_NAME + self.band


def layout(
    rows: Sequence[Row],
    *,
    tick: int = 5,
    day: int = 16,
    is_mirrored: bool = False,
) -> Layout:
    """Lay out a chart of rows.

    `tick` and `day` are how many letters the longest number and the longest day beside
    the axes take. Equal rows are laid out equally.
    """
    shown = rows[:ROWS]
    band, steps = next((band, n) for most, band, n in BANDS if len(shown) <= most)
    entries = [entry for row in shown for entry in row.entries]
    plane = _plane(shown, entries, band, steps, tick, is_mirrored=is_mirrored)
    linked = _linked(entries)
    pitch = UNDER_NAME + band + BETWEEN
    bands = tuple(
        _band(row, TOP + number * pitch, plane, linked)
        for number, row in enumerate(shown)
    )
    axis = TOP + len(shown) * pitch - BETWEEN
    note = axis + AXIS + (UNDATED_LINE if plane.start else 0)
    left_out = len(rows) - len(shown)
    legend = _legend(bands, note + (NOTE if left_out else 0), plane)
    lines = len({key.y for key in legend})
    return Layout(
        height=note + (NOTE if left_out else 0) + lines * LEGEND_LINE,
        start=plane.before,
        end=plane.after,
        band=band,
        scale=plane.numbers,
        bands=bands,
        left_out=left_out,
        values=tuple(ValueTick(n, plane.y(n)) for n in plane.numbers.ticks),
        narrow=_day_ticks(plane, NARROW, day),
        ordinary=_day_ticks(plane, ORDINARY, day),
        undated=plane.across(0) if plane.start else None,
        axis=axis,
        note=note,
        legend=legend,
        is_mirrored=is_mirrored,
    )


def _plane(
    rows: Sequence[Row],
    entries: Sequence[Entry],
    band: int,
    steps: int,
    tick: int,
    *,
    is_mirrored: bool,
) -> _Plane:
    stated = {
        bound
        for entry in entries
        for bound in (entry.quantity.low, entry.quantity.high)
        if bound is not None
    }
    days = [day for entry in entries if entry.days for day in entry.days]
    has_undated = any(entry.days is None for entry in entries)
    longest = max((len(row.latest) for row in rows), default=0)
    return _Plane(
        days=DayScale(min(days), max(days)) if days else None,
        numbers=value_scale(stated, steps=steps),
        before=_gutter(tick * SMALL_LETTER + 16),
        after=_gutter(longest * LETTER + 16),
        band=band,
        start=UNDATED if has_undated else 0,
        is_mirrored=is_mirrored,
    )


def _gutter(pixels: float) -> int:
    return min(-(-int(pixels) // GUTTER) * GUTTER, GUTTER_MOST)


def _linked(entries: Sequence[Entry]) -> set[Entry]:
    """Return the claims that a mark of their own leads to: latest ones, then by day."""
    first = sorted(entries, key=_how_telling, reverse=True)
    return set(first[:LINKED])


def _how_telling(entry: Entry) -> tuple[bool, dt.date]:
    return entry.state == State.LATEST, entry.days[1] if entry.days else dt.date.min


def _band(row: Row, y: int, plane: _Plane, linked: set[Entry]) -> Band:
    alike: dict[object, list[Entry]] = defaultdict(list)
    states = list(State)
    for entry in sorted(row.entries, key=lambda each: states.index(each.state)):
        is_figure = entry.state not in {State.DENIED, State.WITHDRAWN}
        alike[is_figure or entry.state, entry.quantity, entry.days].append(entry)
    marks = _side_by_side(_mark(each[0], len(each), plane) for each in alike.values())
    marks.sort(key=lambda mark: plane.across(mark.x))
    latest = [mark for mark in marks if mark.entry.state == State.LATEST]
    return Band(
        y,
        row,
        tuple(mark for mark in marks if mark.entry in linked),
        tuple(mark for mark in marks if mark.entry not in linked),
        _label(row, latest[-1], plane) if latest and row.latest else None,
    )


def _side_by_side(marks: Iterable[Mark]) -> list[Mark]:
    """Return marks of one row so that none hides another of its day."""
    placed: list[Mark] = []
    for mark in marks:
        taken = {
            each.aside for each in placed if each.x == mark.x and _meet(each, mark)
        }
        aside = next(aside for aside in count(0, APART) if aside not in taken)
        placed.append(replace(mark, aside=aside))
    return placed


def _meet(one: Mark, other: Mark) -> bool:
    return one.top - APART < other.bottom and other.top - APART < one.bottom


def _mark(entry: Entry, n: int, plane: _Plane) -> Mark:
    quantity = entry.quantity
    first, last = entry.days or (None, None)
    top = plane.top if quantity.high is None else plane.y(quantity.high)
    bottom = plane.bottom if quantity.low is None else plane.y(quantity.low)
    stems, glyphs = _shape(entry, top, bottom)
    return Mark(
        entry=entry,
        n=n,
        x=plane.x(last),
        since=plane.x(first),
        aside=0,
        top=top,
        bottom=bottom,
        stems=stems,
        glyphs=glyphs,
    )


#: What stands for a single number.
_POINTS = {
    State.REPEATED: "small",
    State.DENIED: "cross",
    State.WITHDRAWN: "struck",
}


def _shape(
    entry: Entry, top: int, bottom: int
) -> tuple[tuple[Stem, ...], tuple[Glyph, ...]]:
    quantity, state = entry.quantity, entry.state
    glyphs = []
    if quantity.high is None:
        glyphs.append(Glyph("up", top))
    if quantity.low is None:
        glyphs.append(Glyph("down", bottom))
    if quantity.is_bounded and quantity.low != quantity.high:
        bar = Stem("bar", top, max(bottom, top + 4))
        if state == State.WITHDRAWN:
            core = Stem("core", bar.y1 + 2, bar.y2 - 2)
            return (bar, core), (Glyph("slash", (bar.y1 + bar.y2) // 2),)
        if state == State.DENIED:
            return (bar,), (Glyph("cross", bar.y1), Glyph("cross", bar.y2))
        return (bar,), ()
    for bound, y in ((quantity.low, bottom), (quantity.high, top)):
        if bound is not None:
            glyphs.append(Glyph(_POINTS.get(state, _point(quantity)), y))
            break
    stem = () if quantity.is_bounded else (Stem("reach", top, bottom),)
    return stem, tuple(glyphs)


def _point(quantity: Quantity) -> str:
    if quantity.qualifier == Qualifier.ABOUT:
        return "about"
    is_excluded = quantity.excludes_low or quantity.excludes_high
    return "ring" if is_excluded else "dot"


def _label(row: Row, mark: Mark, plane: _Plane) -> Label:
    room = plane.room(NARROW)
    aside = 11 + mark.aside
    end = plane.across(mark.x) * room / WIDTH + aside + len(row.latest) * LETTER
    if end > room + plane.after:
        return Label(row.latest, plane.across(WIDTH), 0, plane.forward(plane.after))
    return Label(row.latest, mark.x, mark.y + 5, plane.forward(aside), is_beside=True)


def _day_ticks(plane: _Plane, width: int, letters: int) -> tuple[DayTick, ...]:
    """Return as many ticks as have room for their words at a width in pixels."""
    if plane.days is None:
        return ()
    room = plane.room(width) * (WIDTH - plane.start) // WIDTH
    unit, days = plane.days.ticks(room // (letters * SMALL_LETTER + 10))
    return tuple(DayTick(day, unit, plane.x(day)) for day in days)


#: The signs that a legend explains, in its order, and what shows each.
SIGNS = {
    **{name: name for name in ("dot", "about", "bar", "up", "down", "ring", "vague")},
    "repeated": "small",
    "denied": "cross",
    "withdrawn": "struck",
}


def _legend(bands: Iterable[Band], y: int, plane: _Plane) -> tuple[Key, ...]:
    """Return the signs in use, in a few columns; none for plain numbers alone."""
    marks = [mark for band in bands for mark in band.marks]
    used = {glyph.name for mark in marks for glyph in mark.glyphs}
    used |= {stem.kind for mark in marks for stem in mark.stems}
    used |= {name for mark in marks for name in mark.classes.split()}
    known = [name for name in SIGNS if name in used]
    return tuple(
        Key(
            name,
            SIGNS[name],
            plane.forward(n % LEGEND_COLUMNS * LEGEND_COLUMN + 9 - plane.before),
            y + n // LEGEND_COLUMNS * LEGEND_LINE + LEGEND_LINE // 2,
        )
        for n, name in enumerate(known if known != ["dot"] else [])
    )
