"""Verdicts in the words of schema.org: ClaimReview, out of this base.

https://schema.org/ClaimReview. A verdict is a whole number from 1 (refuted) to 5
(confirmed); what cannot be verified has a name and no number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from claims.exchange import schemaorg
from claims.exchange.schemaorg import known
from claims.models import Rating, Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claims.exchange.schemaorg import Node, Site
    from claims.models import Assessment, Claim, Evidence

#: The verdicts that have a number, from 1 on.
SCALE = (
    Rating.REFUTED,
    Rating.CONTRADICTED,
    Rating.DISPUTED,
    Rating.SUPPORTED,
    Rating.CONFIRMED,
)


def standing(claim: Claim, assessments: Iterable[Assessment]) -> Assessment | None:
    """Return the verdict that stands on a claim that stands; null where none does."""
    if claim.status != Status.PUBLISHED:
        return None
    stood = (each for each in assessments if each.status == Status.PUBLISHED)
    return next(stood, None)


def claim_review(assessment: Assessment, reviewed: Node, site: Site) -> Node:
    """Return a verdict; `reviewed` is the claim as `schemaorg.claim` gives it."""
    published = assessment.published_at
    return known(
        type_="ClaimReview",
        identifier=assessment.code,
        url=reviewed["url"],
        claimReviewed=reviewed["text"],
        datePublished=published.date().isoformat() if published else "",
        inLanguage=assessment.language,
        author=schemaorg.publisher(site),
        reviewRating=_rating(assessment),
        reviewBody=assessment.summary,
        citation=[_evidence(each, site) for each in assessment.evidence.all()],
        itemReviewed=reviewed,
    )


def _rating(assessment: Assessment) -> Node:
    name = {"@type": "Rating", "alternateName": str(assessment.get_rating_display())}
    if assessment.rating not in SCALE:
        return name
    value = SCALE.index(Rating(assessment.rating)) + 1
    return {**name, "ratingValue": value, "worstRating": 1, "bestRating": len(SCALE)}


def _evidence(evidence: Evidence, site: Site) -> Node:
    claim = evidence.claim
    own: Any = claim and site.shown(claim.get_absolute_url())
    return known(
        type_="Claim" if claim else "CreativeWork",
        text=claim.words if claim else "",
        url=own or evidence.url,
        description=evidence.note,
    )
