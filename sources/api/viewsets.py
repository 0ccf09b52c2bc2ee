"""Lists and details of sources, speakers and articles, as far as a reader may know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import F, Prefetch
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework.exceptions import MethodNotAllowed
from rest_framework.viewsets import ReadOnlyModelViewSet

from sources.api.filters import (
    ArticleFilter,
    SourceFilter,
    SpeakerFilter,
    StrictFilterBackend,
)
from sources.api.refusals import (
    ParametersRefused,
    misused_parameters,
    moment_refused,
)
from sources.api.serializers import (
    ArticleDetailSerializer,
    ArticleSerializer,
    SourceSerializer,
    SpeakerSerializer,
)
from sources.as_of import PARAMETER, MomentRefused, reader_of
from sources.models import (
    Article,
    ArticleVersion,
    Derivation,
    Merge,
    Role,
    Source,
    Speaker,
)
from sources.models.versioned import standing
from sources.policy import as_of, visible_to

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet
    from rest_framework.request import Request

    from sources.policy import Reader


AS_OF = OpenApiParameter(
    PARAMETER,
    description="What Factbase had published at a past moment, or at the end of a day "
    "(UTC); names are today's. Lists of statements and verdicts leave out what was withdrawn by then.",
    examples=[
        OpenApiExample("a day", "2022-02-04"),
        OpenApiExample("a moment", "2022-02-04T10:00:00Z"),
    ],
)


@extend_schema(parameters=[AS_OF])
class Resource(ReadOnlyModelViewSet[Any]):
    """Reads rows of one model by their public key; writes nothing.

    `ordering_columns` maps each name in `ordering=` to its column; the public key
    decides between equals: a number in a cursor would tell how many rows are hidden.
    """

    http_method_names = ["get", "head", "options"]
    lookup_field = "slug"
    lookup_value_converter = "slug"
    filter_backends = [StrictFilterBackend]
    ordering_columns: ClassVar[Mapping[str, str]] = {"slug": "slug"}
    default_ordering = "slug"

    @classmethod
    def orderings(cls) -> list[str]:
        """Return what `ordering=` may say."""
        return [sign + name for name in cls.ordering_columns for sign in ("", "-")]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse to write before anything else, then say who may keep the answer.

        With `as_of` the rest of the request is read by the public of that moment.
        """
        if (request.method or "").lower() not in self.http_method_names:
            raise MethodNotAllowed(request.method or "")
        super().initial(request, *args, **kwargs)
        is_private = request.user.is_authenticated
        self.headers["Cache-Control"] = (
            "private, no-cache" if is_private else "no-cache"
        )
        try:
            request.user = reader_of(request)
        except MomentRefused as reason:
            raise ParametersRefused(moment_refused(reason)) from reason

    def get_queryset(self) -> QuerySet[Any]:
        """Return the rows that the reader may know of."""
        return visible_to(self.request.user, super().get_queryset())

    def get_object(self) -> Any:
        """Return the row at this address."""
        self.refuse_parameters()
        return super().get_object()

    def refuse_parameters(self) -> None:
        """Refuse every parameter but `as_of`: a detail takes no other."""
        query = self.request.query_params
        if misused := list(misused_parameters(query, [PARAMETER])):
            raise ParametersRefused(*misused)

    def filter_queryset(self, queryset: Any) -> Any:
        """Return the rows of a list that match; a detail is not filtered."""
        return queryset if self.detail else super().filter_queryset(queryset)


class SourceViewSet(Resource):
    """Sources: the offices that publish."""

    queryset = Source.objects.prefetch_related("aliases")
    serializer_class = SourceSerializer
    filterset_class = SourceFilter


class SpeakerViewSet(Resource):
    """Speakers: whose words and figures are reported."""

    queryset = Speaker.objects.select_related("source").prefetch_related("aliases")
    serializer_class = SpeakerSerializer
    filterset_class = SpeakerFilter

    def get_queryset(self) -> QuerySet[Any]:
        """Return the speakers with the roles and merges that stand, or stood."""
        others = visible_to(self.request.user, Speaker.objects.all())
        stood = standing(as_of(self.request.user))
        roles = Role.objects.filter(stood).order_by(
            F("held_from_earliest").asc(nulls_first=True), "pk"
        )
        merges = Merge.objects.filter(stood)
        return (
            super()
            .get_queryset()
            .prefetch_related(
                Prefetch(
                    "roles",
                    roles.prefetch_related(Prefetch("organisation", others)),
                    to_attr="standing_roles",
                ),
                Prefetch(
                    "merges",
                    merges.prefetch_related(Prefetch("into", others)),
                    to_attr="standing_merges",
                ),
            )
        )


class ArticleViewSet(Resource):
    """Articles: the published texts, with what they take from each other."""

    queryset = Article.objects.select_related("source")
    serializer_class = ArticleSerializer
    filterset_class = ArticleFilter
    lookup_field = "code"
    ordering_columns = {"published": "published_earliest"}
    default_ordering = "-published"

    def get_serializer_class(self) -> Any:
        """Return the whole article for its detail, the text left out of lists."""
        return ArticleDetailSerializer if self.detail else ArticleSerializer

    def get_queryset(self) -> QuerySet[Any]:
        """Return the articles; a detail carries its versions and derivations."""
        articles = super().get_queryset()
        return _with_origins(articles, self.request.user) if self.detail else articles


def _with_origins(articles: QuerySet[Article], reader: Reader) -> QuerySet[Article]:
    origins = visible_to(reader, Article.objects.select_related("source"))
    derivations = (
        Derivation.objects.filter(standing(as_of(reader)))
        .select_related("origin_source", "origin_speaker")
        .prefetch_related(Prefetch("origin", origins))
        .order_by("pk")
    )
    versions = ArticleVersion.objects.known(as_of(reader)).defer("text")
    return articles.prefetch_related(
        Prefetch("versions", versions.order_by("number"), to_attr="numbered_versions"),
        Prefetch("derivations", derivations, to_attr="standing_derivations"),
    )
