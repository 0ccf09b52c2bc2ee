"""Lists and details of quotes, claims and what stands around them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, Q
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from claims.api.comparing import PARAMETERS, Asked, ComparisonSerializer, content
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
from claims.corrections import Withdrawn, replacements, withdrawn
from claims.models import Assessment, Claim, Event, Evidence, Measure, Quote
from sources.api.viewsets import ArticleViewSet, Resource, SpeakerViewSet
from sources.policy import as_of, visible_to

if TYPE_CHECKING:
    from rest_framework.request import Request


class EventViewSet(Resource):
    """Events: what happened, where, from when to when."""

    queryset = Event.objects.all()
    serializer_class = EventSerializer
    filterset_class = EventFilter
    ordering_columns = {"starts": "starts_earliest", "ends": "ends_latest"}
    default_ordering = "-starts"


class MeasureViewSet(Resource):
    """Measures: what numbers are claims of."""

    queryset = Measure.objects.select_related("event")
    serializer_class = MeasureSerializer
    filterset_class = MeasureFilter
    expandable = {"event": EventViewSet}

    def related(self) -> dict[str, Any]:
        """Return the measure that each is part of."""
        wholes = visible_to(self.request.user, Measure.objects.all())
        return {"part_of": Prefetch("part_of", wholes)}

    @extend_schema(responses=ComparisonSerializer, parameters=PARAMETERS)
    @action(detail=True, parameters=tuple(each.name for each in PARAMETERS))
    def comparison(self, request: Request, **_key: str) -> Response:
        """Compare the voices on a measure: how they stand to each other, and why."""
        measure, asked = self.get_object(), Asked.by(request)
        found = content(compare(measure, request.user), asked)
        context = self.get_serializer_context()
        return Response(ComparisonSerializer(found, context=context).data)


class ReviewedResource(Resource):
    """What is recorded, approved, published, perhaps replaced or withdrawn."""

    queryset: Any
    lookup_field = "code"
    ordering_columns = {"published_at": "published_at"}
    default_ordering = "-published_at"

    def get_queryset(self) -> Any:
        """Return the rows; of a past moment, as they stood.

        What is not a list tells also of what had been withdrawn by then, and says so.
        """
        rows: Any = super().get_queryset()
        moment = as_of(self.request.user)
        is_listed = not (self.detail or self.is_within)
        return rows.listed(moment) if is_listed else rows.as_they_stood(moment)

    def related(self) -> dict[str, Any]:
        """Return what replaced the rows."""
        return {"replaced_by": replacements(self.queryset.model, self.request.user)}


#: The fields that tell of what a column leads to, where they are not called like it.
TOLD_OF = {"article_version": ["article", "article_version"]}


class StatementResource(ReviewedResource):
    """What stands in a text."""

    expandable = {"speaker": SpeakerViewSet, "article": ArticleViewSet}

    def related(self) -> dict[str, Any]:
        """Return what replaced the rows, and their translations."""
        translations = Prefetch("translations", to_attr="told_translations")
        return super().related() | {"translations": translations}

    def get_queryset(self) -> Any:
        """Return the rows with what they refer to: joined to one, apart for many."""
        rows: Any = super().get_queryset()
        if self.detail:
            return rows.with_provenance().select_related("replaces")
        untold = rows.defer("recorded_by", "recorded_at", "batch")
        return untold.assembled(filter(self._tells_of, rows.model.REFERENCES))

    def _tells_of(self, column: str) -> bool:
        return any(map(self.asked.wants, TOLD_OF.get(column, [column])))


class QuoteViewSet(StatementResource):
    """Quotes: the words attributed to speakers."""

    queryset = Quote.objects.all()
    serializer_class = QuoteSerializer
    filterset_class = QuoteFilter
    ordering_columns = {
        **ReviewedResource.ordering_columns,
        "said_on": "said_on_earliest",
    }


class ClaimViewSet(StatementResource):
    """Claims: what can be checked, most of it with a quantity."""

    queryset = Claim.objects.all()
    serializer_class = ClaimSerializer
    filterset_class = ClaimFilter
    ordering_columns = {
        **ReviewedResource.ordering_columns,
        "holds": "holds_earliest",
        "low": "low",
        "high": "high",
    }
    expandable = {
        **StatementResource.expandable,
        "measure": MeasureViewSet,
        "quote": QuoteViewSet,
    }


class AssessmentViewSet(ReviewedResource):
    """Assessments: the verdicts on claims."""

    queryset = Assessment.objects.select_related(
        "claim__article_version__article", "replaces__claim"
    )
    serializer_class = AssessmentSerializer
    filterset_class = AssessmentFilter
    expandable = {"claim": ClaimViewSet}

    def related(self) -> dict[str, Any]:
        """Return what replaced the rows, and the evidence that the reader may see."""
        claims = visible_to(self.request.user, Claim.objects.all())
        evidence = Evidence.objects.filter(Q(claim=None) | Q(claim__in=claims))
        evidence = evidence.select_related("claim").order_by("pk")
        return super().related() | {"evidence": Prefetch("evidence", evidence)}


class CorrectionViewSet(Resource):
    """Corrections: what was withdrawn, when, why, and what stands in its place."""

    queryset = Claim.objects.with_provenance()
    serializer_class = CorrectionSerializer
    filterset_class = CorrectionFilter
    lookup_field = "code"
    ordering_columns = {"withdrawn_at": "withdrawn_at", "published_at": "published_at"}
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
