"""Tables of what was said and how it stands."""

from claims.models.claim import Basis, Claim, Qualifier
from claims.models.finding import Finding, Standing, Watermark
from claims.models.link import (
    LinkKind,
    LinkVerdict,
    MatchKey,
    SameUtterance,
    SuggestedLink,
)
from claims.models.measure import Event, Measure, Nature
from claims.models.notice import AboutText, Section
from claims.models.placement import PlacedBy, Placement
from claims.models.quote import Quote, QuoteKind
from claims.models.review import (
    Assessment,
    Batch,
    Decision,
    Evidence,
    Rating,
    Review,
    Translation,
)
from claims.models.reviewed import PUBLIC, Reviewed, Status, WithdrawalKind
from claims.models.search import SearchEntry, SearchKind
from claims.models.statement import Statement
from claims.models.suggestion import (
    DECIDED,
    Suggestion,
    SuggestionKind,
    SuggestionStatus,
)
from claims.models.task import Assignment, ErrorReport, ReportStatus

__all__ = [
    "DECIDED",
    "PUBLIC",
    "AboutText",
    "Assessment",
    "Assignment",
    "Basis",
    "Batch",
    "Claim",
    "Decision",
    "ErrorReport",
    "Event",
    "Evidence",
    "Finding",
    "LinkKind",
    "LinkVerdict",
    "MatchKey",
    "Measure",
    "Nature",
    "PlacedBy",
    "Placement",
    "Qualifier",
    "Quote",
    "QuoteKind",
    "Rating",
    "ReportStatus",
    "Review",
    "Reviewed",
    "SameUtterance",
    "SearchEntry",
    "SearchKind",
    "Section",
    "Standing",
    "Statement",
    "Status",
    "SuggestedLink",
    "Suggestion",
    "SuggestionKind",
    "SuggestionStatus",
    "Translation",
    "Watermark",
    "WithdrawalKind",
]
