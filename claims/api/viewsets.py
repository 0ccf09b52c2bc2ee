"""Lists and details of quotes, claims and what stands around them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, Q
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from claims.api.comparing import ComparisonSerializer, content
from claims.api.filters import (
    AssessmentFilter,
    ClaimFilter,
    CorrectionFilter,
    EventFilter,
    MeasureFilter,
    QuoteFilter,
)
from claims.api.serializers import (
    AssessmentSerializer,
    ClaimSerializer,
    CorrectionSerializer,
    EventSerializer,
    MeasureSerializer,
    QuoteSerializer,
)
from claims.comparison import compare
from claims.corrections import Withdrawn, with_replacements, withdrawn
from claims.models import Assessment, Claim, Event, Evidence, Measure, Quote
from sources.api.viewsets import Resource
from sources.policy import as_of, visible_to

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from rest_framework.request import Request


class EventViewSet(Resource):
    """Events: what happened, where, from when to when."""

    queryset = Event.objects.all()
    serializer_class = EventSerializer
    filterset_class = EventFilter
    ordering_columns = {"starts": "starts_earliest", "slug": "slug"}
    default_ordering = "-starts"


class MeasureViewSet(Resource):
    """Measures: what numbers are claims of."""

    queryset = Measure.objects.select_related("event")
    serializer_class = MeasureSerializer
    filterset_class = MeasureFilter

    def get_queryset(self) -> QuerySet[Any]:
        """Return the measures with the one that each is part of."""
        wholes = visible_to(self.request.user, Measure.objects.all())
        return super().get_queryset().prefetch_related(Prefetch("part_of", wholes))

    @extend_schema(responses=ComparisonSerializer)
    @action(detail=True)
    def comparison(self, request: Request, **_key: str) -> Response:
        """Compare the voices on a measure: how they stand to each other, and why."""
        found = content(compare(self.get_object(), request.user))
        context = self.get_serializer_context()
        return Response(ComparisonSerializer(found, context=context).data)


class ReviewedResource(Resource):
    """What is recorded, approved, published, perhaps replaced or withdrawn."""

    lookup_field = "code"
    ordering_columns = {"published_at": "published_at"}
    default_ordering = "-published_at"

    def get_queryset(self) -> QuerySet[Any]:
        """Return the rows with what replaced them; of a past moment, as they stood.

        A detail is also of what had been withdrawn by then, and says so.
        """
        reader = self.request.user
        moment = as_of(reader)
        rows: Any = super().get_queryset()
        stood = rows.as_they_stood(moment) if self.detail else rows.listed(moment)
        return with_replacements(stood, reader)


class QuoteViewSet(ReviewedResource):
    """Quotes: the words attributed to speakers."""

    queryset = (
        Quote.objects.with_provenance()
        .select_related("replaces")
        .prefetch_related("translations")
    )
    serializer_class = QuoteSerializer
    filterset_class = QuoteFilter
    ordering_columns = {"published_at": "published_at", "said_on": "said_on_earliest"}


class ClaimViewSet(ReviewedResource):
    """Claims: what can be checked, most of it with a quantity."""

    queryset = (
        Claim.objects.with_provenance()
        .select_related("replaces")
        .prefetch_related("translations")
    )
    serializer_class = ClaimSerializer
    filterset_class = ClaimFilter
    ordering_columns = {"published_at": "published_at", "holds": "holds_earliest"}


class AssessmentViewSet(ReviewedResource):
    """Assessments: the verdicts on claims."""

    queryset = Assessment.objects.select_related(
        "claim__article_version__article", "replaces__claim"
    )
    serializer_class = AssessmentSerializer
    filterset_class = AssessmentFilter

    def get_queryset(self) -> QuerySet[Any]:
        """Return the assessments with the evidence that the reader may see."""
        claims = visible_to(self.request.user, Claim.objects.all())
        evidence = Evidence.objects.filter(Q(claim=None) | Q(claim__in=claims))
        evidence = evidence.select_related("claim").order_by("pk")
        return super().get_queryset().prefetch_related(Prefetch("evidence", evidence))


class CorrectionViewSet(Resource):
    """Corrections: what was withdrawn, when, why, and what stands in its place."""

    queryset = Claim.objects.with_provenance()
    serializer_class = CorrectionSerializer
    filterset_class = CorrectionFilter
    lookup_field = "code"
    ordering_columns = {"withdrawn_at": "withdrawn_at"}
    default_ordering = "-withdrawn_at"

    def get_queryset(self) -> Any:
        """Return what was withdrawn, of every kind."""
        return withdrawn(self.request.user)

    def filter_queryset(self, queryset: Any) -> Any:
        """Return those that match."""
        narrow = super().filter_queryset
        return Withdrawn(*(narrow(rows) for rows in queryset.kinds))

    def get_object(self) -> Any:
        """Return the correction with the code of what was withdrawn."""
        self.refuse_parameters()
        found = self.get_queryset().filter(code=self.kwargs["code"])
        for row in found.order_by("code")[:1]:
            return row
        raise Http404
