"""Lints that judge how the figures of a measure stand to each other."""

from __future__ import annotations

from functools import partial
from itertools import groupby, pairwise, product
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from claims.comparison import compare_each
from claims.comparison.tellings import Kind
from claims.lints.finding import Lint, found
from claims.models import Claim, Nature
from claims.quantity import Qualifier

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from claims.comparison import Comparison, Figure, Voice
    from claims.lints.finding import Scope
    from claims.models import Finding
    from claims.quantity import Quantity
    from sources.policy import Reader

#: How many claims are compared at a time; measures are never divided.
AT_ONCE = 1000


def compared(claims: Any, reader: Reader) -> Iterator[Comparison]:
    """Yield the comparison of each measure that some claims answer.

    Cost: nine queries for about a thousand claims; memory is bounded by the same, or
    by the claims of the greatest measure.
    """
    answering = claims.filter(measure__isnull=False).order_by("measure", "pk")
    gathered: dict[Any, list[Claim]] = {}
    in_order = answering.iterator(chunk_size=AT_ONCE)
    for measure, own in groupby(in_order, key=attrgetter("measure")):
        gathered[measure] = list(own)
        if sum(map(len, gathered.values())) >= AT_ONCE:
            yield from compare_each(gathered, reader)
            gathered = {}
    if gathered:
        yield from compare_each(gathered, reader)


# --- a running total that falls ---


def _falling(comparison: Comparison) -> Iterator[Finding]:
    if comparison.measure.nature == Nature.RUNNING_TOTAL:
        for voice in comparison.voices:
            yield from _falls(voice)


def _falls(voice: Voice) -> Iterator[Finding]:
    counted = [(c, c.quantity) for c in voice.original if c.quantity and not c.denied]
    for (earlier, before), (later, after) in pairwise(counted):
        if after.stated().high < before.stated().low:
            facts = {"before": before, "after": after}
            yield found("falling-total", later, facts, against=earlier)


FALLING_TOTAL = Lint(
    "falling-total",
    _("A running total that falls"),
    _("A running total counts from the beginning, so it can only grow."),
    _("The same voice said %(before)s earlier and %(after)s later."),
    judge=_falling,
)


# --- what repetition altered ---


def _told_again(
    lint: str, asked: Callable[[Quantity, Quantity], bool], comparison: Comparison
) -> Iterator[Finding]:
    """Yield what was told again, where something is so of the quantities."""
    by_key = {claim.pk: claim for claim in comparison.claims}
    for voice in comparison.everyone:
        for key, repetition in voice.repetitions.items():
            if repetition.of is None:
                continue
            claim, origin = by_key[key], by_key[repetition.of]
            before, after = origin.quantity, claim.quantity
            if before and after and asked(before, after):
                facts = {"before": before, "after": after}
                yield found(lint, claim, facts, against=origin)


def _is_altered(before: Quantity, after: Quantity) -> bool:
    numbers = ({each.low, each.high} - {None} for each in (before, after))
    return next(numbers) != next(numbers)


def _is_firmer(before: Quantity, after: Quantity) -> bool:
    """Whether the same number is told without the hedge that it had."""
    had, has = before.qualifier, after.qualifier
    return Qualifier.EXACT != had != has and not _is_altered(before, after)


HEDGE_LOST = Lint(
    "hedge-lost",
    _("A hedge lost on the way"),
    _("An article took the number over, but not how firmly it was said."),
    _("The origin says %(before)s; what derives from it says %(after)s."),
    judge=partial(_told_again, "hedge-lost", _is_firmer),
)
NUMBER_ALTERED = Lint(
    "number-altered",
    _("A number altered on the way"),
    _("An article took a statement over and gives another number."),
    _("The origin says %(before)s; what derives from it says %(after)s."),
    judge=partial(_told_again, "number-altered", _is_altered),
)


# --- parts and totals ---


def _part_above_total(scope: Scope) -> Iterator[Finding]:
    of_parts = scope.of(Claim).filter(measure__part_of__isnull=False)
    keys = set(of_parts.order_by().values_list("measure__part_of", flat=True))
    of_totals = scope.everywhere(Claim).filter(measure__in=keys)
    totals = {each.measure.pk: each for each in compared(of_totals, scope.reader)}
    for part in compared(of_parts, scope.reader):
        total = totals.get(part.measure.part_of_id or 0)
        if total:
            yield from above(part, total)


def above(part: Comparison, total: Comparison) -> Iterator[Finding]:
    """Yield where a part, as a voice has it, is larger than its total by any voice."""
    days = max(part.measure.tolerance_days, total.measure.tolerance_days)
    for (one, claims), (all_, of_all) in product(_stated(part), _stated(total)):
        is_above = one.quantity.stated().low > all_.quantity.stated().high
        if is_above and not _is_apart(one, all_, days):
            facts = {"before": all_.quantity, "after": one.quantity}
            yield found("part-above-total", claims[0], facts, against=of_all[0])


def _stated(comparison: Comparison) -> list[tuple[Figure, list[Claim]]]:
    return [each for voice in comparison.voices for each in voice.stated.items()]


def _is_apart(one: Figure, other: Figure, days: int) -> bool:
    """Whether two figures are for days too far from each other."""
    holds = one.holds, other.holds
    return None not in holds and holds[0].days_apart(holds[1]) > days  # type: ignore[union-attr,arg-type]  # both are known


PART_ABOVE_TOTAL = Lint(
    "part-above-total",
    _("A part larger than its total"),
    _("One measure is part of another, and its figure is the larger one."),
    _("The total is %(before)s, and the part is %(after)s."),
    _part_above_total,
)


# --- nobody else says so ---


def _only_its_source(comparison: Comparison) -> Iterator[Finding]:
    voices = comparison.voices
    if len(voices) == 1 and _is_its_source(voices[0], comparison):
        for claim in voices[0].current:
            yield found("only-its-source", claim)


def _is_its_source(voice: Voice, comparison: Comparison) -> bool:
    is_own = voice.originator.kind != Kind.SPEAKER or all(
        map(voice.is_spoken_by_source, voice.current)
    )
    return is_own and comparison.n_sources <= 1


ONLY_ITS_SOURCE = Lint(
    "only-its-source",
    _("A figure whose only voice is also its only source"),
    _("The source says it in its own voice, names nobody, and nobody else says so."),
    _("No one is named for this figure, and no other source gives one."),
    judge=_only_its_source,
)

LINTS = (
    *(FALLING_TOTAL, HEDGE_LOST, NUMBER_ALTERED, PART_ABOVE_TOTAL, ONLY_ITS_SOURCE),
)
