"""Voices: the independent originators behind claims.

A claim's voice is who is named for it. Where nobody is, the source speaks in its own
voice, unless it took the figure from elsewhere, or from somebody whom it names for the
same figure beside: then the voice is whose figure it took.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from claims.comparison.tellings import Originator, Telling
    from sources.lineage import Chain, Lineage, Way


@dataclass(frozen=True, slots=True)
class Repetition:
    """A claim repeats another, or somebody's words, which its article took over.

    The chain is empty for what stands beside it in one text, and where a person judged
    that both report one utterance.
    """

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
        """What it told that repeats no known claim; all, should each repeat another."""
        first = [
            each
            for each in self.told
            if each.key not in self.repeated or self.repeated[each.key].of is None
        ]
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

    def owner(self, article: int, claim: int) -> Originator:
        """Whose own voice an article has, on the day of a claim."""

    def office(self, source: int, claim: int) -> Originator:
        """Whose own voice a source has that a derivation names, on that day."""

    def named(self, speaker: int, claim: int) -> Originator:
        """Whose voice a speaker is that a derivation names, on the day of a claim."""


def voices(tellings: Iterable[Telling], lineage: Lineage, known: Known) -> list[Voice]:
    """Return the voices behind some claims of one measure, in the order of the claims.

    In its own voice a source repeats whom it names for the same figure in one text. Else
    a claim repeats what its article took over:

    - the nearest claim above with the same numbers: of the same speaker or, in the
      source's own voice, of anyone; where all of the text was taken also of whomever
      both leave unnamed, or in the same words read otherwise, and where a part was
      taken not for another day;
    - where no claim above has its numbers, what stands above in the very words, or was
      translated, or taken from somebody who is only named: as far up as that goes;
    - unless there its numbers were altered: its words do not stand in an article that
      was taken whole, which has claims of one voice that it may repeat, not for another
      day, and not repeated as they are beside it.

    Besides, of what a person judged to be one utterance all repeats the first, or the
    first that names somebody, with the same numbers and of nobody else.

    What a named speaker says is theirs wherever it stands; what it repeats tells only
    where it was told first.

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
            self._in_article[each.article].append(each)
        self._uttered: dict[int, list[Telling]] = defaultdict(list)
        for each in self.tellings:
            if each.utterance is not None:
                self._uttered[each.utterance].append(each)
        self._firsts: dict[int, Telling] = {}
        self._repetitions: dict[int, Repetition | None] = {}
        self._voices: dict[int, Originator] = {}

    def voice_of(self, telling: Telling) -> Originator:
        """Return whose claim it is, through all that repeats and is repeated."""
        trail: dict[int, Telling] = {}
        voice = self._voices.get(telling.key)
        while voice is None:
            trail[telling.key] = telling
            above = self._above(telling)
            if above is None:
                voice = self._end(telling)
            elif above.key in trail:  # a circle, which no base holds
                circle = list(trail.values())[list(trail).index(above.key) :]
                voice = min(each.originator for each in circle)
            else:
                telling = above
                voice = self._voices.get(above.key)
        self._voices |= dict.fromkeys(trail, voice)
        return voice

    def _above(self, telling: Telling) -> Telling | None:
        """Return the claim whose voice is its voice; `None` where it has its own."""
        repetition = self.repetition(telling)
        if not telling.is_nameless or repetition is None or repetition.of is None:
            return None
        return self._by_key[repetition.of]

    def _end(self, telling: Telling) -> Originator:
        repetition = self.repetition(telling)
        if not telling.is_nameless or repetition is None:
            return telling.originator
        end = repetition.chain[-1]
        if end.origin is not None:
            return self._known.owner(end.origin, telling.key)
        if end.origin_speaker is not None:
            return self._known.named(end.origin_speaker, telling.key)
        return self._known.office(end.origin_source or 0, telling.key)

    def repetition(self, telling: Telling) -> Repetition | None:
        """Return what a claim repeats; `None` for what its article tells first."""
        if telling.key not in self._repetitions:
            self._repetitions[telling.key] = (
                self._beside(telling)
                or self._with_its_numbers(telling)
                or self._in_one_utterance(telling)
                or self._taken_over(telling)
            )
        return self._repetitions[telling.key]

    def _beside(self, telling: Telling) -> Repetition | None:
        told = [x for x in self._in_article[telling.article] if telling.restates(x)]
        return Repetition(_likest(telling, told).key, ()) if told else None

    def _with_its_numbers(self, telling: Telling) -> Repetition | None:
        for way in self._lineage.ways(telling.article):
            same = [
                each
                for each in self._told_above(telling, way)
                if telling.tells_the_same(each, is_whole=way.is_whole)
            ]
            if same:
                return Repetition(_likest(telling, same).key, way.chain)
        return None

    def _in_one_utterance(self, telling: Telling) -> Repetition | None:
        """Return the first report of an utterance, of which another is told here."""
        if telling.utterance is None:
            return None
        if telling.utterance not in self._firsts:
            self._firsts[telling.utterance] = min(
                self._uttered[telling.utterance],
                key=lambda each: (
                    each.is_nameless,
                    self._with_its_numbers(each) is not None,
                    *_in_time(each),
                ),
            )
        first = self._firsts[telling.utterance]
        if first == telling or not telling.reports_with(first):
            return None
        return Repetition(first.key, ())

    def _taken_over(self, telling: Telling) -> Repetition | None:
        """Go up where all was taken, as far as what a claim says was taken over."""
        way, passed = None, {telling.article}
        while following := self._following(telling, way, passed):
            if altered := self._altered(telling, following):
                return Repetition(altered.key, following.chain)
            way = following
            if way.end is None:
                break
            passed.add(way.end)
        return Repetition(None, way.chain) if way and telling.is_nameless else None

    def _following(
        self, telling: Telling, way: Way | None, passed: set[int]
    ) -> Way | None:
        """Return the step further up that took over most surely what a claim says."""
        here = telling.article if way is None else way.end
        steps = [] if here is None else self._lineage.steps(here, way)
        ranked = [
            (rank, number, each)
            for number, each in enumerate(steps)
            if each.is_whole and each.end not in passed
            if (rank := self._rank(telling, each)) is not None
        ]
        return min(ranked)[-1] if ranked else None

    def _rank(self, telling: Telling, way: Way) -> int | None:
        """Return what says that the last step took a claim over; `None` for nothing.

        The words are there (0), other numbers are (1), or the step itself says it (2).
        """
        if self._has_the_words(telling, way):
            return 0
        if self._altered(telling, way):
            return 1
        return 2 if way.end is None or way.is_translated else None

    def _has_the_words(self, telling: Telling, way: Way) -> bool:
        return way.end is not None and self._known.stands_in(telling.key, way.end)

    def _altered(self, telling: Telling, way: Way) -> Telling | None:
        """Return the claim whose numbers a claim gives otherwise."""
        told = self._told_above(telling, way)
        if self._has_the_words(telling, way) or len({x.originator for x in told}) != 1:
            return None
        beside = [x for x in self._in_article[telling.article] if x != telling]
        left = [
            each
            for each in told
            if not telling.is_for_another_day(each)
            and not any(
                other.numbers == each.numbers and other.may_repeat(each, is_whole=True)
                for other in beside
            )
        ]
        return _likest(telling, left) if left else None

    def _told_above(self, telling: Telling, way: Way) -> list[Telling]:
        """Return the claims at the end of a way that a claim may repeat."""
        told = [] if way.end is None else self._in_article.get(way.end, [])
        return [x for x in told if telling.may_repeat(x, is_whole=way.is_whole)]


def _likest(telling: Telling, others: list[Telling]) -> Telling:
    return min(
        others,
        key=lambda each: (
            telling.numbers != each.numbers,
            telling.is_for_another_day(each),
            telling.figure != each.figure,
            each.key,
        ),
    )
