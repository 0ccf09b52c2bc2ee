"""What templates say of a comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.utils.translation import gettext_lazy as _

from claims.comparison import sentences
from claims.lints.by_voice import PART_ABOVE_TOTAL
from claims.quantity import RelationKind
from sources.forms.showing import reading_language

if TYPE_CHECKING:
    from claims.comparison import Agreement, Comparison, Figure, Pair, Voice
    from claims.lints import Lint
    from claims.models import Claim, Finding, Standing
    from claims.quantity import Quantity

register = template.Library()

#: How many pairs of one relation a page shows; the API has them all.
SHOWN = 12


@register.filter
def summary(comparison: Comparison) -> str:
    """Return what was found in one sentence."""
    return sentences.summary(comparison)


@register.filter
def agreement_name(agreement: Agreement) -> Any:
    """Return how voices stand to each other, in the reader's language."""
    return sentences.AGREEMENTS[agreement]


@register.filter
def counted(quantity: Quantity) -> str:
    """Return a quantity in words, without its unit."""
    return quantity.in_words(reading_language())


@register.filter
def figures(voice: Voice) -> str:
    """Return the latest figures of a voice in words."""
    words = dict.fromkeys(sentences.in_words(figure) for figure in voice.figures)
    return _(", ").join(words) if words else ""


@register.filter
def explained(pair: Pair) -> str:
    """Return how two figures stand to each other, and why, in one sentence."""
    return pair.relation.sentence(reading_language())


@register.simple_tag
def sides(comparison: Comparison, pair: Pair) -> list[tuple[Figure, list[Any]]]:
    """Return the figures of a pair, each with the voices and a claim that give it."""
    given = dict.fromkeys((pair.first, pair.second))
    return [
        (
            figure,
            [(voice, voice.stated[figure][0]) for voice in comparison.stating(figure)],
        )
        for figure in given
    ]


@register.filter
def conflicts(comparison: Comparison) -> list[Pair]:
    """Return the pairs in conflict, the furthest apart first, as many as are shown."""
    return comparison.related(RelationKind.CONFLICTS)[:SHOWN]


@register.filter
def not_comparable(comparison: Comparison) -> list[Pair]:
    """Return the pairs that cannot be compared, as many as are shown."""
    return comparison.related(RelationKind.NOT_COMPARABLE)[:SHOWN]


@register.simple_tag
def way(comparison: Comparison, voice: Voice, claim: Claim) -> list[Any]:
    """Return the steps from a claim that repeats to what it repeats; none for others."""
    repetition = voice.repetitions.get(claim.pk)
    return comparison.way(repetition) if repetition else []


@register.filter
def is_said_as(claim: Claim, voice: Voice) -> bool:
    """Tell whether a claim is its source's own, which speaks as an organisation."""
    return voice.is_spoken_by_source(claim)


@register.simple_tag
def told_by(comparison: Comparison, voice: Voice, claim: Claim) -> Claim | None:
    """Return what a claim repeats that its article did not take from another, if known.

    Either somebody named beside it in its text, or the first report of one utterance.
    """
    repetition = voice.repetitions.get(claim.pk)
    if repetition is None or repetition.chain:
        return None
    return next((each for each in comparison.claims if each.pk == repetition.of), None)


@register.simple_tag
def told(lint: Lint, finding: Finding) -> str:
    """Return a finding in one sentence."""
    return lint.told(finding)


@register.filter
def too_large(finding: Finding) -> str:
    """Return by how much a part exceeds its total, in one sentence."""
    return PART_ABOVE_TOTAL.told(finding)


@register.simple_tag
def voices_in_articles(standing: Standing) -> str:
    """Return how many voices there are, and in how many articles."""
    return sentences.counted(standing.n_voices, standing.n_articles)
