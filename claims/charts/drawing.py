"""Draw a comparison: what its claims and voices are called, and where each lies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language_bidi, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from claims.charts.geometry import layout
from claims.charts.shapes import Entry, Layout, Row, State
from claims.comparison import sentences
from claims.models import Claim, Nature
from claims.quantity.words import digits
from sources.forms.showing import reading_language
from sources.models import Article
from sources.policy import Reader, as_of, visible_to

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from claims.comparison import Comparison, Voice
    from claims.models import Measure
    from sources.text.dates import PartialDate

#: How many letters a day takes beside the axis: its longer line.
_LONGEST_DAY = {"en": 12, "ar": 19}
#: A longer name is cut short; its mark and the table have it whole.
LONGEST_NAME = 40


@dataclass(frozen=True)
class Drawing:
    """A chart with its words, ready for its template."""

    measure: Measure
    sentence: str
    layout: Layout
    language: str
    is_mirrored: bool

    @property
    def description(self) -> str:
        """What it shows, for who does not see it."""
        scale = self.layout.scale
        if not scale.ticks:
            return self.sentence
        shape = _("logarithmic") if scale.is_logarithmic else _("linear")
        ends = {
            "low": digits(scale.low, self.language),
            "high": digits(scale.high, self.language),
        }
        told = _("The numbers lie on a %(shape)s scale, %(low)s to %(high)s.")
        return f"{self.sentence}. {told % {'shape': shape, **ends}}"

    @property
    def left_out(self) -> str:
        """How many voices it has no room for, in words; empty for none."""
        n = self.layout.left_out
        words = ngettext(
            "One more voice stands in the list below.",
            "%(n)d more voices stand in the list below.",
            n,
        )
        return words % {"n": n} if n else ""


def _taken_back(measure: Measure, reader: Reader) -> list[Claim]:
    """Return the claims on a measure that were withdrawn by the reader's moment."""
    rows = Claim.objects.with_provenance().answering(measure).withdrawn(as_of(reader))
    return list(visible_to(reader, rows).order_by("pk"))


def drawn(
    comparison: Comparison, reader: Reader, *, address: Callable[[Claim], str]
) -> Drawing:
    """Draw what is compared, with what was taken back, in the language of the page.

    `address` says where the mark of a claim leads. One query.
    """
    language, is_mirrored = reading_language(), get_language_bidi()
    rows = _Rows(comparison, address).with_withdrawn(
        _taken_back(comparison.measure, reader)
    )
    bounds = {
        digits(bound, language)
        for row in rows
        for entry in row.entries
        for bound in (entry.quantity.low, entry.quantity.high)
        if bound is not None
    }
    placed = layout(
        rows,
        tick=max(map(len, bounds), default=0) + 1,
        day=_LONGEST_DAY[language],
        is_mirrored=is_mirrored,
    )
    sentence = sentences.summary(comparison)
    return Drawing(comparison.measure, sentence, placed, language, is_mirrored)


class _Rows:
    """The rows of a chart: one for each voice, then those with withdrawn claims alone."""

    def __init__(self, comparison: Comparison, address: Callable[[Claim], str]) -> None:
        self._address, self._language = address, reading_language()
        self._rows: list[Row] = []
        self._of: dict[Any, Row] = {}
        has_latest = comparison.measure.nature != Nature.INCREMENT
        for voice in comparison.everyone:
            row = self._begin(voice.row, _latest(voice) if has_latest else "")
            for claim in voice.claims:
                self._of.setdefault(_teller(claim), row)
                self._add(row, claim, _state(voice, claim))

    def with_withdrawn(self, claims: Iterable[Claim]) -> list[Row]:
        """Return the rows in which something is drawn."""
        for claim in claims:
            teller = _teller(claim)
            if teller not in self._of:
                self._of[teller] = self._begin(teller)
            self._add(self._of[teller], claim, State.WITHDRAWN)
        return [row for row in self._rows if row.entries]

    def _begin(self, who: Any, latest: str = "") -> Row:
        self._rows.append(Row(_name(who), [], latest, _language_of(who)))
        return self._rows[-1]

    def _add(self, row: Row, claim: Claim, state: State) -> None:
        if claim.quantity is None:
            return
        phrase, day = _day(claim)
        told = [f"{row.name}: {claim.quantity.in_words(self._language)}"]
        told += [phrase % {"day": day.in_words(self._language)}] if day else []
        told += [str(_SAID[state])] if state in _SAID else []
        days = (day.earliest, day.latest) if day else None
        address = self._address(claim)
        entry = Entry(claim.quantity, days, state, _(", ").join(told), address)
        row.entries.append(entry)


_SAID = {
    State.REPEATED: gettext_lazy("repeated"),
    State.DENIED: gettext_lazy("denied"),
    State.WITHDRAWN: gettext_lazy("withdrawn"),
}


def _state(voice: Voice, claim: Claim) -> State:
    if claim.denied:
        return State.DENIED
    if claim in voice.current:
        return State.LATEST
    return State.REPEATED if claim.pk in voice.repetitions else State.EARLIER


def _latest(voice: Voice) -> str:
    words = dict.fromkeys(sentences.in_words(figure) for figure in voice.figures)
    return _(", ").join(words)


def _day(claim: Claim) -> tuple[str, PartialDate | None]:
    """Return the day that a figure is drawn at, and what day it is: the first known."""
    if claim.holds:
        return _("for %(day)s"), claim.holds
    if claim.quote and claim.quote.said_on:
        return _("said on %(day)s"), claim.quote.said_on
    return _("published on %(day)s"), claim.article_version.article.published


def _teller(claim: Claim) -> Any:
    article = claim.article_version.article
    return claim.speaker or article.source or article


def _name(who: Any) -> str:
    if who is None:
        return _("a voice that is not shown")
    name = who.title if isinstance(who, Article) else who.name
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def _language_of(who: Any) -> str:
    if who is None:
        return ""
    if isinstance(who, Article):
        return who.language
    return "ar" if who.name == who.name_ar else "en"
