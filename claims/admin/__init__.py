"""The admin of what was said and how it stands."""

from claims.admin.framing import EventAdmin, MeasureAdmin
from claims.admin.statements import ClaimAdmin, QuoteAdmin
from claims.admin.verdicts import (
    AssessmentAdmin,
    BatchAdmin,
    EvidenceAdmin,
    ReviewAdmin,
    SuggestionAdmin,
    TranslationAdmin,
)

__all__ = [
    "AssessmentAdmin",
    "BatchAdmin",
    "ClaimAdmin",
    "EventAdmin",
    "EvidenceAdmin",
    "MeasureAdmin",
    "QuoteAdmin",
    "ReviewAdmin",
    "SuggestionAdmin",
    "TranslationAdmin",
]
