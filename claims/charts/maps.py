"""A plain map: points on a graticule, with a scale bar, and nothing from elsewhere.

Equirectangular at the mean latitude of what is shown: true enough for a region.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import count, takewhile
from math import ceil, cos, radians
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claims.models import Event

WIDTH, HEIGHT = 360, 270
#: What points keep from the edge, and the longest scale bar, in pixels.
MARGIN, LONGEST_BAR = 56, 110
#: A map shows at least so many degrees of latitude, and at most so many lines of them.
LEAST_SPAN, LINES = 0.5, 4
#: How far around an event others are shown, in degrees, and how many.
AROUND, OTHERS = 3, 8
KM_PER_DEGREE = 111.195
_STEPS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 45, 90, 180)
#: Near the poles a degree of longitude is next to nothing.
_NARROWEST = 0.05


@dataclass(frozen=True, slots=True)
class Point:
    """An event where it lies; its name stands beside it, to the side with room."""

    number: int
    event: Event
    x: int
    y: int
    is_subject: bool

    @property
    def anchor(self) -> str:
        """Which end of its name is at the point."""
        if self.x < WIDTH // 3:
            return "start"
        return "end" if self.x > WIDTH * 2 // 3 else "middle"


@dataclass(frozen=True, slots=True)
class Guide:
    """A line of the graticule, with its degrees in words."""

    at: int
    told: str


@dataclass(frozen=True, slots=True)
class Map:
    """The whole of it, ready for its template; `bar` is so many pixels for `km`."""

    points: list[Point]
    meridians: list[Guide]
    parallels: list[Guide]
    bar: int
    km: int

    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True, slots=True)
class _Plane:
    """Degrees as pixels, around a middle."""

    latitude: float
    longitude: float
    scale: float
    narrowing: float

    def x(self, longitude: float) -> int:
        east = (longitude - self.longitude) * self.narrowing
        return round(WIDTH / 2 + east * self.scale)

    def y(self, latitude: float) -> int:
        return round(HEIGHT / 2 - (latitude - self.latitude) * self.scale)


def mapped(subject: Event, others: Sequence[Event]) -> Map | None:
    """Draw where an event was, and others around it; None where nobody knows."""
    events = [e for e in (subject, *others) if e.latitude is not None]
    if subject.latitude is None:
        return None
    plane = _plane([(float(e.latitude), float(e.longitude)) for e in events])  # type: ignore[arg-type]  # both or neither are known
    points = [
        Point(n, e, plane.x(float(e.longitude)), plane.y(float(e.latitude)), n == 1)  # type: ignore[arg-type]  # likewise
        for n, e in enumerate(events, 1)
    ]
    km = _round_km(LONGEST_BAR / plane.scale * KM_PER_DEGREE)
    return Map(
        points,
        meridians=_meridians(plane),
        parallels=_parallels(plane),
        bar=round(km / KM_PER_DEGREE * plane.scale),
        km=km,
    )


def _plane(places: list[tuple[float, float]]) -> _Plane:
    latitudes, longitudes = zip(*places, strict=True)
    narrowing = max(cos(radians(sum(latitudes) / len(latitudes))), _NARROWEST)
    up, right = (max(each) - min(each) for each in (latitudes, longitudes))
    scale = min(
        (HEIGHT - 2 * MARGIN) / max(up, LEAST_SPAN),
        (WIDTH - 2 * MARGIN) / max(right * narrowing, LEAST_SPAN),
    )
    latitude, longitude = (
        (max(each) + min(each)) / 2 for each in (latitudes, longitudes)
    )
    return _Plane(latitude, longitude, scale, narrowing)


def _meridians(plane: _Plane) -> list[Guide]:
    names = (gettext_noop("%(degrees)s° E"), gettext_noop("%(degrees)s° W"))
    half = WIDTH / 2 / plane.scale / plane.narrowing
    degrees = _round_degrees(plane.longitude - half, plane.longitude + half)
    return [Guide(plane.x(float(each)), _told(each, names)) for each in degrees]


def _parallels(plane: _Plane) -> list[Guide]:
    names = (gettext_noop("%(degrees)s° N"), gettext_noop("%(degrees)s° S"))
    half = HEIGHT / 2 / plane.scale
    degrees = _round_degrees(
        max(plane.latitude - half, -90), min(plane.latitude + half, 90)
    )
    return [Guide(plane.y(float(each)), _told(each, names)) for each in degrees]


def _told(degrees: Decimal, names: tuple[str, str]) -> str:
    return _(names[degrees < 0]) % {"degrees": format(abs(degrees).normalize(), "f")}


def _round_degrees(first: float, last: float) -> list[Decimal]:
    """Return the round degrees between two, a handful at most."""
    step = next(each for each in _STEPS if (last - first) / each <= LINES)
    size = Decimal(str(step))
    multiples = (n * size for n in count(ceil(first / step)))
    return list(takewhile(lambda each: each <= last, multiples))


def _round_km(most: float) -> int:
    """Return the longest of 1, 2, 5, 10, 20, ... kilometres that is not above `most`."""
    sizes = (each * 10**power for power in count() for each in (1, 2, 5))
    return max(takewhile(lambda each: each <= most, sizes), default=1)
