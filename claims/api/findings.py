"""The lints and what they found, as far as a reader may know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiParameter,
    extend_schema,
    extend_schema_field,
    extend_schema_view,
)
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.reverse import reverse

from claims import linting
from claims.api.serializers import LinkSerializer
from claims.lints import LINTS
from claims.models import Event, Finding
from sources.api.filters import FlagFilter, KnownFilter, StrictFilterSet
from sources.api.refusals import ParametersRefused, misused_parameters
from sources.api.serializers import RowSerializer, ValueSerializer
from sources.api.viewsets import Resource
from sources.as_of import PARAMETER
from sources.models import Source, Speaker

if TYPE_CHECKING:
    from rest_framework.request import Request

_ARTICLE = "article_version__article"


class LintSerializer(ValueSerializer):
    """A question to the base, why it is asked, and how often the answer is yes."""

    name = serializers.CharField()
    title = serializers.CharField()
    explanation = serializers.CharField()
    count = serializers.IntegerField()
    url = serializers.SerializerMethodField()
    page = serializers.SerializerMethodField()

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, lint: Any) -> str:
        """Return the address of its findings in this API."""
        return self._address("api:lint-detail", lint)

    @extend_schema_field(OpenApiTypes.URI)
    def get_page(self, lint: Any) -> str:
        """Return the address of the page that shows them."""
        return self._address("lint", lint)

    def _address(self, route: str, lint: Any) -> str:
        request = self.context["request"]
        return str(reverse(route, args=[lint["name"]], request=request))


class FindingSerializer(RowSerializer):
    """A statement that deserves a look, what it is held against, and why.

    `code` stays the same as long as the lint names these statements.
    """

    statement = LinkSerializer(read_only=True)
    against = LinkSerializer(read_only=True, allow_null=True)
    told = serializers.SerializerMethodField()

    class Meta:
        model = Finding
        fields = ("code", "lint", "told", "statement", "against", "published_at")

    def get_told(self, finding: Finding) -> str:
        """Return it in one sentence of the language asked for."""
        return LINTS[finding.lint].told(finding)


def _of_either(lookup: str | None, value: Any) -> Q:
    """Return the condition on what a claim leads to, or a quote."""
    return Q(**{f"claim__{lookup}": value}) | Q(**{f"quote__{lookup}": value})


class _KnownOfEither(KnownFilter):
    """Compares what a claim or a quote leads to with values that readers know."""

    def filter(self, qs: Any, value: list[str]) -> Any:
        """Return the findings of either."""
        return qs.filter(_of_either(f"{self.field_name}__in", value)) if value else qs


class _FlagOfEither(FlagFilter):
    """Compares what a claim or a quote leads to with true or false."""

    def filter(self, qs: Any, value: Any) -> Any:
        """Return the findings of either."""
        return qs if value == "" else qs.filter(_of_either(self.field_name, value))


class FindingFilter(StrictFilterSet):
    """What findings are filtered by."""

    event = KnownFilter("claim__measure__event__slug", Event)
    source = _KnownOfEither(f"{_ARTICLE}__source__slug", Source)
    speaker = _KnownOfEither("speaker__slug", Speaker)
    training = _FlagOfEither(f"{_ARTICLE}__is_training")


@extend_schema(parameters=[OpenApiParameter(PARAMETER, exclude=True)])
class OfToday(Resource):
    """What is kept of today only: there is no `as_of`."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse to be asked of a past moment."""
        super().initial(request, *args, **kwargs)
        query = request.query_params
        if PARAMETER in query:
            known = set(query) - {PARAMETER}
            raise ParametersRefused(*misused_parameters(query, known))


class LintViewSet(OfToday):
    """Lints: questions to the whole base, each with how many findings it has."""

    queryset = Finding.objects.none()
    serializer_class = LintSerializer
    filter_backends = []
    pagination_class = None

    @extend_schema(responses=LintSerializer(many=True))
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return every lint; a list that is always whole."""
        del args, kwargs
        self.refuse_parameters()
        lints = [
            {
                "name": each.name,
                "title": each.title,
                "explanation": each.explanation,
                "count": count,
            }
            for each, count in linting.counted(linting.findings(request.user))
        ]
        return Response(self.get_serializer(lints, many=True).data)


@extend_schema_view(list=extend_schema(operation_id="findings_list"))
class FindingViewSet(OfToday):
    """What one lint found, the newest statement first."""

    queryset = Finding.objects.all()
    serializer_class = FindingSerializer
    filterset_class = FindingFilter
    lookup_field = "code"
    ordering_columns = {"published_at": "published_at"}
    default_ordering = "-published_at"

    def get_queryset(self) -> Any:
        """Return the findings of the lint that the address names."""
        name = self.kwargs.get("name", "")
        if name not in LINTS:
            raise Http404
        rows = linting.findings(self.request.user).filter(lint=name)
        return rows.with_statements()
