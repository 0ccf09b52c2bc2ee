"""When things were published, said and taken back: one line for each kind."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.utils.translation import (
    get_language_bidi,
    gettext_lazy,
    ngettext_lazy,
    npgettext_lazy,
)
from django.utils.translation import gettext as _

from claims.charts.geometry import WIDTH
from claims.charts.scales import DayScale
from claims.charts.shapes import DayTick
from sources.forms.showing import reading_language
from sources.text.dates import PartialDate

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator

    from django.utils.functional import _StrOrPromise

    from claims.models import Claim, Event

#: What lies nearer together than this is one mark.
APART = 50
#: Above the lines, from line to line, from the name of a line to its marks.
TOP, PITCH, UNDER_NAME, AXIS = 40, 48, 20, 44
#: How many days stand beside the axis, of a narrow chart and of an ordinary one.
NARROW, ORDINARY = 2, 5
LONGEST = 44


class Kind(StrEnum):
    """What happened on a day."""

    EVENT = "EVENT"
    ARTICLE = "ARTICLE"
    STATEMENT = "STATEMENT"
    CORRECTION = "CORRECTION"


_NAMES = {
    Kind.EVENT: gettext_lazy("What happened"),
    Kind.ARTICLE: gettext_lazy("Articles published"),
    Kind.STATEMENT: gettext_lazy("Figures stated"),
    Kind.CORRECTION: gettext_lazy("Taken back"),
}
_SEVERAL = {
    Kind.EVENT: ngettext_lazy("%(n)d event", "%(n)d events", "n"),
    Kind.ARTICLE: npgettext_lazy("published", "%(n)d article", "%(n)d articles", "n"),
    Kind.STATEMENT: ngettext_lazy("%(n)d claim", "%(n)d claims", "n"),
    Kind.CORRECTION: ngettext_lazy("%(n)d correction", "%(n)d corrections", "n"),
}


@dataclass(frozen=True, slots=True)
class Happening:
    """Something on a day, or within days; `address` is where it is told."""

    kind: Kind
    first: dt.date
    last: dt.date
    told: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """What lies at one place of a line; `since` is where its first day lies."""

    happenings: list[Happening]
    since: int
    x: int

    @property
    def address(self) -> str:
        """Where the first of it is told."""
        return self.happenings[0].address

    @property
    def told(self) -> str:
        """What it is and when, in words."""
        one, n = self.happenings[0], len(self.happenings)
        last = max(each.last for each in self.happenings)
        words = one.told if n == 1 else _SEVERAL[one.kind] % {"n": n}
        return f"{words}{_(', ')}{_between(one.first, last)}"


@dataclass(frozen=True, slots=True)
class Line:
    """A kind with its marks; `y` is where its name stands."""

    name: _StrOrPromise
    y: int
    marks: list[Mark]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The whole of it, ready for its template."""

    lines: list[Line]
    narrow: list[DayTick]
    ordinary: list[DayTick]
    is_mirrored: bool
    language: str
    told: str
    undated: None = None

    @property
    def axis(self) -> int:
        """Where the axis of days lies."""
        return TOP + len(self.lines) * PITCH - UNDER_NAME // 2

    @property
    def height(self) -> int:
        """How high it is, in pixels."""
        return self.axis + AXIS


def _between(first: dt.date, last: dt.date) -> str:
    """Return from which day to which, in words; a single day is said once."""
    language = reading_language()
    days = [PartialDate.day(each).in_words(language) for each in (first, last)]
    if first == last:
        return days[0]
    return _("from %(first)s to %(last)s") % dict(
        zip(("first", "last"), days, strict=True)
    )


# --- what happened ---


def happenings(
    event: Event,
    claims: Iterable[Claim],
    taken_back: Iterable[Claim],
    *,
    address: Callable[[Any], str],
) -> Iterator[Happening]:
    """Yield what is known of days: of an event, and of what was said of it."""
    starts, ends = event.starts, event.ends or event.starts
    if starts and ends:
        first, last = starts.earliest, max(starts.latest, ends.latest)
        yield Happening(Kind.EVENT, first, last, _cut(event.name))
    articles: dict[int, Any] = {}
    for claim in claims:
        article = claim.article_version.article
        articles[article.pk] = article
        day = claim.said_when(claim.quote.said_on if claim.quote else None)
        if day:
            told = _told(claim)
            yield _on(Kind.STATEMENT, day, told, address(claim))
    for article in articles.values():
        if article.published:
            told = _cut(article.title)
            yield _on(Kind.ARTICLE, article.published, told, address(article))
    for claim in taken_back:
        if claim.withdrawn_at:
            day = PartialDate.day(claim.withdrawn_at.date())
            yield _on(Kind.CORRECTION, day, _told(claim), address(claim))


def _on(kind: Kind, day: PartialDate, told: str, address: str) -> Happening:
    return Happening(kind, day.earliest, day.latest, told, address)


def _told(claim: Claim) -> str:
    article = claim.article_version.article
    who = claim.speaker or article.source
    quantity = claim.quantity
    words = quantity.in_words(reading_language()) if quantity else claim.words
    return _cut(f"{who.name}: {words}" if who else words)


def _cut(words: str) -> str:
    """Return words, not too many, that keep their direction among others."""
    cut = words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
    return f"\N{FIRST STRONG ISOLATE}{cut}\N{POP DIRECTIONAL ISOLATE}"


# --- where it lies ---


def laid_out(found: Iterable[Happening], told: str) -> Timeline | None:
    """Lay out what happened, in the direction of the page; None for nothing."""
    of: dict[Kind, list[Happening]] = defaultdict(list)
    for each in found:
        of[each.kind].append(each)
    if not of or of.keys() == {Kind.EVENT}:
        return None
    everything = [each for kind in of.values() for each in kind]
    first = min(each.first for each in everything)
    scale = DayScale(first, max(each.last for each in everything))
    is_mirrored = get_language_bidi()

    def place(day: dt.date) -> int:
        x = round(scale.share(day) * WIDTH)
        return WIDTH - x if is_mirrored else x

    lines = [
        Line(_NAMES[kind], TOP + number * PITCH, _marks(of[kind], place))
        for number, kind in enumerate(kind for kind in Kind if of[kind])
    ]
    narrow, ordinary = (_ticks(scale, most, place) for most in (NARROW, ORDINARY))
    return Timeline(lines, narrow, ordinary, is_mirrored, reading_language(), told)


def _ticks(
    scale: DayScale, most: int, place: Callable[[dt.date], int]
) -> list[DayTick]:
    unit, days = scale.ticks(most)
    return [DayTick(day, unit, place(day)) for day in days]


def _marks(found: list[Happening], place: Callable[[dt.date], int]) -> list[Mark]:
    near: dict[int, list[Happening]] = defaultdict(list)
    for each in sorted(found, key=lambda each: (each.last, each.first, each.address)):
        near[place(each.last) // APART].append(each)
    return [
        Mark(
            together,
            place(min(each.first for each in together)),
            place(together[-1].last),
        )
        for together in near.values()
    ]
