"""The admin of what was said and how it stands."""

from claims.admin.about import AboutTextAdmin
from claims.admin.articles import ReadArticleAdmin, ReadVersionAdmin
from claims.admin.framing import EventAdmin, MeasureAdmin
from claims.admin.links import SameUtteranceAdmin, SuggestedLinkAdmin
from claims.admin.placements import PlacementAdmin
from claims.admin.statements import ClaimAdmin, QuoteAdmin
from claims.admin.suggestions import SuggestionAdmin
from claims.admin.verdicts import (
    AssessmentAdmin,
    BatchAdmin,
    EvidenceAdmin,
    ReviewAdmin,
    TranslationAdmin,
)

__all__ = [
    "AboutTextAdmin",
    "AssessmentAdmin",
    "BatchAdmin",
    "ClaimAdmin",
    "EventAdmin",
    "EvidenceAdmin",
    "MeasureAdmin",
    "PlacementAdmin",
    "QuoteAdmin",
    "ReadArticleAdmin",
    "ReadVersionAdmin",
    "ReviewAdmin",
    "SameUtteranceAdmin",
    "SuggestedLinkAdmin",
    "SuggestionAdmin",
    "TranslationAdmin",
]
