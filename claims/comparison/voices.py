"""Voices: the independent originators behind claims.

A claim's voice is who is named for it. Where nobody is, the source speaks in its own
voice, unless it took the figure from elsewhere: then the voice is whose figure it took.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from sources.models import DerivationKind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from claims.comparison.figures import Figure
    from sources.lineage import Chain, Lineage


class Kind(StrEnum):
    """What a voice is known by; an article where its outlet is not stated."""

    SPEAKER = "SPEAKER"
    SOURCE = "SOURCE"
    ARTICLE = "ARTICLE"


@dataclass(frozen=True, slots=True, order=True)
class Originator:
    """Who a voice is: a row, by kind and key."""

    kind: Kind
    key: int


@dataclass(frozen=True, slots=True)
class Telling:
    """A claim as voices are counted by it.

    `originator` is who is named for it, or the source where nobody is (`is_own`).
    `figure` is `None` where the claim gives none. `days` order the figures of a voice:
    the day it is for, the day it was said, the day of the article, each if known.
    """

    key: int
    article: int
    originator: Originator
    is_own: bool
    figure: Figure | None
    days: tuple[dt.date | None, ...] = ()

    @property
    def when(self) -> tuple[tuple[bool, dt.date | None], ...]:
        """What sorts it among others of its voice; what is not known comes first."""
        return tuple((day is not None, day) for day in self.days)


@dataclass(frozen=True, slots=True)
class Repetition:
    """A claim repeats another, or somebody's words, which its article took over."""

    of: int | None
    chain: Chain


@dataclass(frozen=True, slots=True)
class Voice:
    """An originator with its claims: first told, and repeated by what derives."""

    originator: Originator
    told: tuple[Telling, ...]
    repeated: dict[int, Repetition]

    @property
    def claims(self) -> Iterator[Telling]:
        """Its claims, repetitions included, in order of time."""
        return iter(self.told)

    @property
    def original(self) -> list[Telling]:
        """What it told and nobody repeated; all of it where only repetitions are known."""
        first = [each for each in self.told if each.key not in self.repeated]
        return first or list(self.told)

    def latest(self) -> list[Telling]:
        """Return the claims that give its latest figure; several that tie."""
        counted = [each for each in self.original if each.figure]
        last = max((each.when for each in counted), default=None)
        return [each for each in counted if each.when == last]


class Known(Protocol):
    """What the voices of some claims depend on besides the claims and their lineage."""

    def stands_in(self, claim: int, article: int) -> bool:
        """Whether the words of a claim stand in the text of an article."""

    def owner(self, article: int) -> Originator:
        """Whose own voice an article has."""

    def named(self, speaker: int) -> Originator:
        """Whose voice a speaker is that a derivation names."""


def voices(tellings: Iterable[Telling], lineage: Lineage, known: Known) -> list[Voice]:
    """Return the voices behind some claims of one measure, in the order of the claims.

    A claim repeats the one that its article took over:

    - from an article that it republishes or translates, the claim on the same measure
      of the same speaker; in the source's own voice, of anyone;
    - from one that it quotes or cites, the same only with the same numbers, since
      nobody knows what else was taken.

    Where no such claim is recorded, what an article says in its own voice is taken
    over if it was translated, or if the very words stand in the text above.

    Cost: linear in the claims and the derivations above each.
    """
    tracing = _Tracing(tellings, lineage, known)
    behind: dict[Originator, list[Telling]] = defaultdict(list)
    for telling in tracing.tellings:
        behind[tracing.voice_of(telling)].append(telling)
    return [_voice(who, told, tracing) for who, told in behind.items()]


def _voice(who: Originator, told: list[Telling], tracing: _Tracing) -> Voice:
    repeated = {
        each.key: repetition
        for each in told
        if (repetition := tracing.repetition(each)) is not None
    }
    return Voice(who, tuple(sorted(told, key=_in_time)), repeated)


def _in_time(telling: Telling) -> tuple[Any, int]:
    return telling.when, telling.key


class _Tracing:
    """What repeats what; each claim is traced once."""

    def __init__(
        self, tellings: Iterable[Telling], lineage: Lineage, known: Known
    ) -> None:
        self.tellings = list(tellings)
        self._lineage, self._known = lineage, known
        self._by_key = {each.key: each for each in self.tellings}
        self._in_article: dict[int, list[Telling]] = defaultdict(list)
        for each in self.tellings:
            if each.figure:
                self._in_article[each.article].append(each)
        self._repetitions: dict[int, Repetition | None] = {}
        self._voices: dict[int, Originator] = {}

    def voice_of(self, telling: Telling) -> Originator:
        """Return whose claim it is, through all that repeats and is repeated."""
        trail = []
        voice = None
        while voice is None:
            trail.append(telling.key)
            voice = self._voices.get(telling.key) or self._own_end(telling)
            if voice is None:
                telling = self._above(telling)
                if telling.key in trail:  # a circle, which no base holds
                    voice = telling.originator
        self._voices |= dict.fromkeys(trail, voice)
        return voice

    def _own_end(self, telling: Telling) -> Originator | None:
        """Return whose claim it is if no other claim has to be asked."""
        repetition = self.repetition(telling)
        if not telling.is_own or repetition is None:
            return telling.originator
        return self._end(repetition.chain) if repetition.of is None else None

    def _above(self, telling: Telling) -> Telling:
        repetition = self.repetition(telling)
        above = repetition.of if repetition else None
        return telling if above is None else self._by_key[above]

    def repetition(self, telling: Telling) -> Repetition | None:
        """Return what a claim repeats; `None` for what its article tells first."""
        if telling.key not in self._repetitions:
            self._repetitions[telling.key] = self._trace(telling)
        return self._repetitions[telling.key]

    def _trace(self, telling: Telling) -> Repetition | None:
        farthest, added_below = None, set[int]()
        for chain in self._lineage.chains(telling.article):
            if any(step.article in added_below for step in chain[1:]):
                continue
            end, is_whole = chain[-1].origin, all(step.is_whole for step in chain)
            same = None if end is None else self._same(telling, end, is_whole=is_whole)
            if same:
                return Repetition(same.key, chain)
            if not (telling.is_own and is_whole):
                continue
            if self._takes_over(telling, chain):
                farthest = Repetition(None, chain)
            elif end is not None:
                added_below.add(end)
        return farthest

    def _same(
        self, telling: Telling, article: int, *, is_whole: bool
    ) -> Telling | None:
        """Return the claim of an article above that a claim repeats."""
        known = self._in_article.get(article, ())
        told = [each for each in known if _may_repeat(telling, each)]
        for each in told:
            if _numbers(each) == _numbers(telling):
                return each
        is_clear = is_whole and len({each.originator for each in told}) == 1
        return told[0] if is_clear else None

    def _takes_over(self, telling: Telling, chain: Chain) -> bool:
        """Whether what no claim above says is taken over all the same."""
        end = chain[-1]
        is_translated = any(each.kind == DerivationKind.TRANSLATES for each in chain)
        if end.origin is None or is_translated:
            return True
        return self._known.stands_in(telling.key, end.origin)

    def _end(self, chain: Chain) -> Originator:
        end = chain[-1]
        if end.origin is not None:
            return self._known.owner(end.origin)
        if end.origin_speaker is not None:
            return self._known.named(end.origin_speaker)
        return Originator(Kind.SOURCE, end.origin_source or 0)


def _may_repeat(telling: Telling, other: Telling) -> bool:
    return telling.is_own or telling.originator == other.originator


def _numbers(telling: Telling) -> set[Any]:
    """Return the numbers a claim states, whatever the hedge around them."""
    quantity = telling.figure.quantity if telling.figure else None
    return {quantity.low, quantity.high} - {None} if quantity else set()
