"""Compare the claims of a measure: voices, relations, agreement, and why.

For a measure at a moment: the claims visible then, whose voice each is, the latest
figure of each voice, how these stand to each other. Nothing is averaged.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any

from claims.comparison.figures import (
    Agreement,
    Figure,
    Pair,
    agreement,
    as_quantity,
    envelope,
    pairs,
)
from claims.comparison.loading import Surroundings, claims_of
from claims.comparison.tellings import Kind, Originator
from claims.comparison.voices import Repetition, voices
from claims.models import Nature
from claims.quantity import Qualifier, Quantity, RelationKind
from sources.models import Speaker, SpeakerKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from claims.comparison.voices import Voice as BareVoice
    from claims.models import Claim, Measure
    from sources.lineage import Taking
    from sources.policy import Reader

__all__ = [
    "Agreement",
    "Comparison",
    "Figure",
    "Pair",
    "Repetition",
    "Voice",
    "compare",
    "compare_each",
]


@dataclass(frozen=True)
class Voice:
    """A voice with its claims, as one reader may know them.

    `row` is the speaker, the source or (where no outlet is stated) the article; `None`
    where the reader may not know it. `original` are the claims that repeat no other
    here; all, should each repeat one. `stated` are its latest figures, each with the
    claims that give it; of an increment there is no latest, so these are all.
    """

    originator: Originator
    row: Any
    claims: list[Claim]
    original: list[Claim]
    stated: dict[Figure, list[Claim]]
    repetitions: dict[int, Repetition] = field(repr=False)

    @property
    def figures(self) -> list[Figure]:
        """Its latest figures: one, unless it told several at a time."""
        return list(self.stated)

    @property
    def current(self) -> list[Claim]:
        """The claims that give its latest figures."""
        return [claim for claims in self.stated.values() for claim in claims]

    @property
    def is_unnamed(self) -> bool:
        """Whether nobody knows who it is, so that another one may be the same."""
        return isinstance(self.row, Speaker) and self.row.kind == SpeakerKind.UNNAMED

    def is_spoken_by_source(self, claim: Claim) -> bool:
        """Whether a claim is its source's own, which speaks as an organisation."""
        is_own = claim.speaker_id is None and claim.pk not in self.repetitions
        return is_own and self.originator.kind == Kind.SPEAKER

    @property
    def articles(self) -> set[int]:
        """The articles its claims stand in."""
        return {claim.article_version.article_id for claim in self.claims}

    @property
    def is_counted(self) -> bool:
        """Whether it gives a figure; who only denies one does not."""
        return bool(self.stated)


@dataclass(frozen=True)
class Comparison:
    """How the claims of a measure stand to each other."""

    measure: Measure
    claims: list[Claim]
    everyone: list[Voice]
    rows: dict[Originator, Any] = field(repr=False)

    @cached_property
    def voices(self) -> list[Voice]:
        """The voices that give a figure, the first to speak first."""
        return [voice for voice in self.everyone if voice.is_counted]

    @cached_property
    def denials(self) -> list[Claim]:
        """The claims that deny a figure: they are no figure themselves."""
        return [claim for claim in self.claims if claim.denied]

    @cached_property
    def without_figure(self) -> list[Claim]:
        """The claims without a quantity, or with one whose low is above its high."""
        return [claim for claim in self.claims if not claim.quantity]

    @cached_property
    def pairs(self) -> list[Pair]:
        """The figures of different voices in pairs, the worst first."""
        days = self.measure.tolerance_days
        return pairs((voice.figures for voice in self.voices), days=days)

    @cached_property
    def agreement(self) -> Agreement:
        """How the voices stand to each other."""
        return agreement(len(self.voices), self.pairs)

    @cached_property
    def n_relations(self) -> Counter[RelationKind]:
        """How many pairs stand in each relation."""
        return Counter(pair.relation.kind for pair in self.pairs)

    def related(self, kind: RelationKind) -> list[Pair]:
        """Return the pairs that stand in a relation."""
        return [pair for pair in self.pairs if pair.relation.kind == kind]

    @cached_property
    def envelope(self) -> Quantity | None:
        """From the lowest low to the highest high; `None` if no side has a bound."""
        around = envelope(each for voice in self.voices for each in voice.figures)
        return as_quantity(around, self.measure.unit) if around else None

    @cached_property
    def stated_ranges(self) -> list[Figure]:
        """The figures that are a range by themselves, as one voice gives them."""
        figures = [figure for voice in self.voices for figure in voice.figures]
        ranges = [x for x in figures if x.quantity.qualifier == Qualifier.RANGE]
        return list(dict.fromkeys(ranges))

    @property
    def n_articles(self) -> int:
        """In how many articles the voices stand."""
        return len(set[int]().union(*(voice.articles for voice in self.voices)))

    @property
    def n_sources(self) -> int:
        """How many sources published them; an outlet not stated is none."""
        claims = (claim for voice in self.voices for claim in voice.claims)
        return len(
            {claim.article_version.article.source_id for claim in claims} - {None}
        )

    def stating(self, figure: Figure) -> list[Voice]:
        """Return the voices that state a figure."""
        return self._stating.get(figure, [])

    @cached_property
    def _stating(self) -> dict[Figure, list[Voice]]:
        found: dict[Figure, list[Voice]] = {}
        for voice in self.voices:
            for figure in voice.stated:
                found.setdefault(figure, []).append(voice)
        return found

    def way(self, repetition: Repetition) -> list[tuple[Taking, Any]]:
        """Return the steps up from what repeats, each with what it leads to.

        That is an article, or the source or speaker that is named instead; `None`
        where the reader may not know it.
        """
        return [(step, self.rows.get(_end(step))) for step in repetition.chain]


def compare(measure: Measure, reader: Reader) -> Comparison:
    """Compare what a reader may know to be published on a measure, at their moment.

    Cost: ten queries at most, and quadratic in the number of different figures.
    """
    [comparison] = compare_each({measure: claims_of(measure, reader)}, reader)
    return comparison


def compare_each(
    claims: Mapping[Measure, Sequence[Claim]], reader: Reader
) -> Iterator[Comparison]:
    """Compare the given claims of each of several measures: nine queries for all."""
    around = Surroundings([each for own in claims.values() for each in own], reader)
    found = {
        measure: voices(map(around.telling, own), around.lineage, around)
        for measure, own in claims.items()
    }
    everyone = list(chain.from_iterable(found.values()))
    met = {each.originator for each in everyone}
    repetitions = chain.from_iterable(each.repeated.values() for each in everyone)
    met |= {_end(step) for repetition in repetitions for step in repetition.chain}
    rows = around.rows(met)
    for measure, own in claims.items():
        by_key = {claim.pk: claim for claim in own}
        heard = [_voice(each, measure, rows, by_key) for each in found[measure]]
        yield Comparison(measure, list(own), heard, rows)


def _end(step: Taking) -> Originator:
    """Return what a step leads to: an article, or else who is named."""
    if step.origin is not None:
        return Originator(Kind.ARTICLE, step.origin)
    if step.origin_speaker is not None:
        return Originator(Kind.SPEAKER, step.origin_speaker)
    return Originator(Kind.SOURCE, step.origin_source or 0)


def _voice(
    bare: BareVoice, measure: Measure, rows: dict[Any, Any], claims: dict[int, Claim]
) -> Voice:
    has_latest = measure.nature != Nature.INCREMENT
    stated: dict[Figure, list[Claim]] = {}
    for each in bare.latest() if has_latest else bare.original:
        if each.figure:
            stated.setdefault(each.figure, []).append(claims[each.key])
    return Voice(
        bare.originator,
        rows.get(bare.originator),
        [claims[each.key] for each in bare.told],
        [claims[each.key] for each in bare.original],
        stated,
        bare.repeated,
    )
