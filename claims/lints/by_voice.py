"""Lints that hold the figures of a measure against each other."""

from __future__ import annotations

from itertools import groupby, pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from claims.comparison import compare_each
from claims.comparison.voices import Kind
from claims.lints.finding import Finding, Lint
from claims.models import Claim, Nature
from sources.forms.showing import reading_language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims.comparison import Comparison, Voice
    from claims.lints.finding import Scope
    from claims.quantity import Quantity

#: How many claims are compared at a time; measures are never divided.
AT_ONCE = 1000


def comparisons(scope: Scope, **which: Any) -> Iterator[Comparison]:
    """Yield the comparison of each measure, some of them only if asked.

    Cost: nine queries for about a thousand claims; memory is bounded by the same, or
    by the claims of the greatest measure.
    """
    claims = scope.of(Claim).filter(measure__isnull=False, **which)
    in_order = claims.order_by("measure", "pk").iterator(chunk_size=AT_ONCE)
    gathered: dict[Any, list[Claim]] = {}
    for measure, own in groupby(in_order, key=attrgetter("measure")):
        gathered[measure] = list(own)
        if sum(map(len, gathered.values())) >= AT_ONCE:
            yield from compare_each(gathered, scope.reader)
            gathered = {}
    if gathered:
        yield from compare_each(gathered, scope.reader)


# --- a running total that falls ---


def _falling(scope: Scope) -> Iterator[Finding]:
    totals = comparisons(scope, measure__nature=Nature.RUNNING_TOTAL)
    for comparison in totals:
        for voice in comparison.voices:
            yield from _falls(voice)


def _falls(voice: Voice) -> Iterator[Finding]:
    told = [claim for claim in voice.claims if claim.pk not in voice.repetitions]
    counted = [(c, c.quantity) for c in told if c.quantity and not c.denied]
    for (earlier, before), (later, after) in pairwise(counted):
        if after.stated().high < before.stated().low:
            yield _finding("falling-total", later, earlier, before, after)


FALLING_TOTAL = Lint(
    "falling-total",
    _("A running total that falls"),
    _("A running total counts from the beginning, so it can only grow."),
    _("The same voice said %(before)s earlier and %(after)s later."),
    _falling,
)


# --- what repetition altered ---


def _repeated(scope: Scope) -> Iterator[tuple[Claim, Claim]]:
    """Yield each repetition with what it repeats."""
    for comparison in comparisons(scope):
        by_key = {claim.pk: claim for claim in comparison.claims}
        for voice in comparison.everyone:
            for key, repetition in voice.repetitions.items():
                if repetition.of is not None:
                    yield by_key[key], by_key[repetition.of]


def _told_again(scope: Scope) -> Iterator[tuple[Finding, bool]]:
    """Yield what was told again in other words, and whether the numbers are the same."""
    for claim, origin in _repeated(scope):
        before, after = origin.quantity, claim.quantity
        if before and after and before != after:
            numbers = [{each.low, each.high} - {None} for each in (before, after)]
            is_same = numbers[0] == numbers[1]
            name = "hedge-lost" if is_same else "number-altered"
            yield _finding(name, claim, origin, before, after), is_same


def _hedges_lost(scope: Scope) -> Iterator[Finding]:
    return (finding for finding, is_same in _told_again(scope) if is_same)


def _numbers_altered(scope: Scope) -> Iterator[Finding]:
    return (finding for finding, is_same in _told_again(scope) if not is_same)


HEDGE_LOST = Lint(
    "hedge-lost",
    _("A hedge lost on the way"),
    _("An article took the number over, but not how firmly it was said."),
    _("The origin says %(before)s; what derives from it says %(after)s."),
    _hedges_lost,
)
NUMBER_ALTERED = Lint(
    "number-altered",
    _("A number altered on the way"),
    _("An article took a statement over and gives another number."),
    _("The origin says %(before)s; what derives from it says %(after)s."),
    _numbers_altered,
)


# --- parts and totals ---


def _part_above_total(scope: Scope) -> Iterator[Finding]:
    wholes = set(
        scope.of(Claim)
        .filter(measure__part_of__isnull=False)
        .order_by()
        .values_list("measure__part_of", flat=True)
    )
    totals = {
        comparison.measure.pk: comparison
        for comparison in comparisons(scope, measure__in=wholes)
    }
    for comparison in comparisons(scope, measure__part_of__in=wholes):
        total = totals.get(comparison.measure.part_of_id or 0)
        if total:
            yield from _above(comparison, total)


def _above(part: Comparison, total: Comparison) -> Iterator[Finding]:
    days = max(part.measure.tolerance_days, total.measure.tolerance_days)
    for one in (f for voice in part.voices for f in voice.stated.items()):
        for other in (f for voice in total.voices for f in voice.stated.items()):
            (figure, [claim, *_rest]), (whole, [of_whole, *_others]) = one, other
            is_apart = (
                figure.holds
                and whole.holds
                and figure.holds.days_apart(whole.holds) > days
            )
            low, high = figure.quantity.stated().low, whole.quantity.stated().high
            if low > high and not is_apart:
                quantities = (whole.quantity, figure.quantity)
                yield _finding("part-above-total", claim, of_whole, *quantities)


PART_ABOVE_TOTAL = Lint(
    "part-above-total",
    _("A part larger than its total"),
    _("One measure is part of another, and its figure is the larger one."),
    _("The total is %(before)s, and the part is %(after)s."),
    _part_above_total,
)


# --- nobody else says so ---


def _only_its_source(scope: Scope) -> Iterator[Finding]:
    for comparison in comparisons(scope):
        voices = comparison.voices
        if len(voices) == 1 and _is_its_source(voices[0], comparison):
            for claim in voices[0].current:
                yield Finding("only-its-source", claim)


def _is_its_source(voice: Voice, comparison: Comparison) -> bool:
    return voice.originator.kind != Kind.SPEAKER and comparison.n_sources <= 1


ONLY_ITS_SOURCE = Lint(
    "only-its-source",
    _("A figure whose only voice is also its only source"),
    _("The source says it in its own voice, names nobody, and nobody else says so."),
    _("No one is named for this figure, and no other source gives one."),
    _only_its_source,
)


def _finding(
    lint: str, claim: Claim, against: Claim, before: Quantity, after: Quantity
) -> Finding:
    """Return a finding that tells two figures, the earlier or greater one first."""
    language = reading_language()
    facts = {"before": before.in_words(language), "after": after.in_words(language)}
    return Finding(lint, claim, against, tuple(facts.items()))


LINTS = (
    *(FALLING_TOTAL, HEDGE_LOST, NUMBER_ALTERED, PART_ABOVE_TOTAL, ONLY_ITS_SOURCE),
)
