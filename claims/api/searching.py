"""Search over everything that a reader may know, and what it finds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django_filters import ChoiceFilter, Filter
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    extend_schema,
    extend_schema_field,
    extend_schema_serializer,
)
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.reverse import reverse

from claims.api.findings import OfToday
from claims.models import Claim, Event, SearchKind, Status
from claims.search import KINDS, CursorRefused, Question, search
from sources.api.filters import FlagFilter, OneKnownFilter, StrictFilterSet, WordsFilter
from sources.api.refusals import (
    ParametersRefused,
    Refusal,
    misused_parameters,
    whole_number,
)
from sources.api.serializers import PageLink, ValueSerializer
from sources.models import Article, Source, Speaker
from sources.search import LONGEST

if TYPE_CHECKING:
    from rest_framework.request import Request

    from claims.search import Found, Hit

DEFAULT_LIMIT, LARGEST_LIMIT = 20, 100


class YearField(forms.Field):
    """A year of four digits."""

    def to_python(self, value: str | None) -> int | None:
        """Return the year."""
        if not value:
            return None
        if len(value) != len("2022") or not (value.isascii() and value.isdecimal()):
            raise ValidationError(_("Give a year such as 2022."), code="not-a-year")
        return int(value)


class YearFilter(Filter):
    """Asks for a year."""

    field_class = YearField


class SearchFilter(StrictFilterSet):
    """What a search is asked by; `search` itself reads the values."""

    search = None  # type: ignore[assignment]  # how a filter of the base is left out
    q = WordsFilter()
    kind = ChoiceFilter(choices=[(kind, kind) for kind in KINDS])
    source = OneKnownFilter("source", Source)
    speaker = OneKnownFilter("speaker", Speaker)
    event = OneKnownFilter("event", Event)
    language = OneKnownFilter("language", Article, "language")
    year = YearFilter("year")
    status = ChoiceFilter(choices=Status.choices)
    exact = FlagFilter("exact")
    order = ChoiceFilter(choices=[("newest", "newest")])


def _parameter(name: str, description: str, *examples: str, **schema: Any) -> Any:
    return OpenApiParameter(
        name,
        schema if "type" in schema else {"type": "string", "minLength": 1, **schema},
        description=description,
        required=name == "q",
        examples=[OpenApiExample(each, value=each) for each in examples],
    )


PARAMETERS = [
    _parameter(
        "q",
        "Words, all of which must be there; in quotation marks in a row; `abc*` is the "
        "beginning of a word.",
        *("السجن", '"خلية نائمة"', "detain*", "3500"),
        maxLength=LONGEST,
    ),
    _parameter("kind", "Hits of one kind only.", enum=list(KINDS)),
    _parameter("source", "What stands in articles of this source, by slug."),
    _parameter("speaker", "What this speaker said, by slug."),
    _parameter("event", "Claims and measures of this event, by slug."),
    _parameter("language", "What is written in this language.", "ar", "en"),
    _parameter(
        "year", "What is of this year.", type="integer", minimum=1000, maximum=9999
    ),
    _parameter("status", "Statements in this state.", enum=list(Status.values)),
    _parameter(
        "exact",
        "`true` finds the very forms only: no endings, nothing joined to them.",
        enum=["true", "false"],
        default="false",
    ),
    _parameter(
        "order",
        "`newest` goes by the day alone; else titles and names that match come first.",
        enum=["newest"],
    ),
    _parameter(
        "limit",
        "How many hits a page has.",
        type="integer",
        minimum=1,
        maximum=LARGEST_LIMIT,
        default=DEFAULT_LIMIT,
    ),
    _parameter("cursor", "Taken from `next` as it is."),
]
_NAMES = [each.name for each in PARAMETERS]


class MarkSerializer(ValueSerializer):
    """Where a word stands: in its field, and counted from the start of the passage."""

    start = serializers.IntegerField()
    end = serializers.IntegerField()
    start_in_passage = serializers.IntegerField()
    end_in_passage = serializers.IntegerField()


class PlaceInTitleSerializer(ValueSerializer):
    """Where a word stands in a title."""

    start = serializers.IntegerField()
    end = serializers.IntegerField()


class PassageSerializer(ValueSerializer):
    """A cut of the original text, which begins at `start` of its field."""

    field = serializers.CharField()
    text = serializers.CharField(trim_whitespace=False)
    start = serializers.IntegerField()
    marks = MarkSerializer(many=True)


class HitSerializer(ValueSerializer):
    """What was found. Places are code points, half-open; `key` is a code or slug."""

    kind = serializers.ChoiceField(SearchKind.choices)
    key = serializers.CharField()
    url = serializers.SerializerMethodField()
    page = PageLink("row")
    title = serializers.CharField()
    title_marks = PlaceInTitleSerializer(many=True)
    passage = serializers.SerializerMethodField()
    date = serializers.DateField(allow_null=True)

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, hit: Hit) -> str:
        """Return the address of the row in this API."""
        route = f"api:{hit.kind}-detail"
        return str(reverse(route, args=[hit.key], request=self.context["request"]))

    @extend_schema_field(PassageSerializer(allow_null=True))
    def get_passage(self, hit: Hit) -> Any:
        """Return the words around what was found; null where the title says it all."""
        if not hit.passage.text:
            return None
        begins = hit.passage.start
        marks = [
            {
                "start": start,
                "end": end,
                "start_in_passage": start - begins,
                "end_in_passage": end - begins,
            }
            for start, end in hit.marks
        ]
        text = hit.passage.text
        return {"field": hit.field, "text": text, "start": begins, "marks": marks}


class FacetSerializer(ValueSerializer):
    """A value that would narrow the search, and how many of the counted hits have it."""

    value = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a part of that name
    count = serializers.IntegerField()


class FacetsSerializer(ValueSerializer):
    """What would narrow the search, by parameter; the most frequent values first."""

    kind, speaker, event, language, year, status = (
        FacetSerializer(many=True) for _number in range(6)
    )
    source = FacetSerializer(many=True)  # type: ignore[assignment]  # likewise


class CountSerializer(ValueSerializer):
    """How many hits were counted; `is_capped` where there are more."""

    n = serializers.IntegerField()
    is_capped = serializers.BooleanField()


@extend_schema_serializer(many=False)
class FoundSerializer(ValueSerializer):
    """A page of hits; counts and facets are of all pages, as far as was counted."""

    counted = CountSerializer()
    next = serializers.URLField(allow_null=True)
    facets = FacetsSerializer()
    results = HitSerializer(source="hits", many=True)


class SearchViewSet(OfToday):
    """Search: words, wherever they stand."""

    queryset = Claim.objects.none()
    serializer_class = FoundSerializer
    filter_backends = []
    pagination_class = None

    @extend_schema(
        operation_id="search", responses=FoundSerializer, parameters=PARAMETERS
    )
    def search(self, request: Request) -> Response:
        """Return what stands where, titles and names that match first."""
        question, limit = _asked(request)
        cursor = request.query_params.get("cursor")
        try:
            found = search(question, request.user, limit=limit, after=cursor)
        except CursorRefused as reason:
            detail = _("No link of this list, so ordered, has this cursor.")
            refusal = Refusal("cursor", "not-a-cursor", detail, cursor)
            raise ParametersRefused(refusal) from reason
        context = self.get_serializer_context()
        told = FoundSerializer(_told(found, request), context=context)
        return Response(told.data)


def _told(found: Found, request: Request) -> dict[str, Any]:
    names = ("counted", "facets", "hits")
    told = {name: getattr(found, name) for name in names}
    return {**told, "next": found.next and _address(request, found.next)}


def _address(request: Request, cursor: str) -> str:
    """Return the address of the page after a cursor, whichever way it was encoded."""
    query = request.query_params.copy()
    query["cursor"] = cursor
    return f"{request.build_absolute_uri(request.path)}?{query.urlencode()}"


def _asked(request: Request) -> tuple[Question, int]:
    """Return the question, and how many hits a page has.

    Raises:
        ParametersRefused: with each wrong parameter and the nearest right one.
    """
    query = request.query_params
    filters: Any = SearchFilter(query, Claim.objects.none(), request=request)
    refused = list(misused_parameters(query, _NAMES))
    if "q" not in query:
        detail = _("Give a word or a number to look for.")
        refused.append(Refusal("q", "missing-parameter", detail))
    named = {refusal.parameter for refusal in refused}
    refused += [each for each in filters.refusals() if each.parameter not in named]
    if refused:
        raise ParametersRefused(*refused)
    limit = whole_number(query, "limit", most=LARGEST_LIMIT, default=DEFAULT_LIMIT)
    given: dict[str, Any] = {
        name: value or None for name, value in filters.form.cleaned_data.items()
    }
    kind, newest = given.pop("kind"), given.pop("order") == "newest"
    question = Question(
        given.pop("q"),
        kinds=(kind,) if kind else KINDS,
        exact=given.pop("exact") is True,
        newest=newest,
        **given,
    )
    return question, limit
