"""Lists and details of sources, speakers and articles, as far as a reader may know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import F, Prefetch
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework.exceptions import MethodNotAllowed

from sources.api.filters import (
    DAY_OR_MOMENT,
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
from sources.api.shaping import SHAPED, Shaping
from sources.as_of import PARAMETER, MomentRefused, reader_of
from sources.models import (
    Article,
    ArticleVersion,
    Derivation,
    Merge,
    OwnVoice,
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
    {"anyOf": DAY_OR_MOMENT},
    description="What Factbase had published at a past moment, or at the end of a day "
    "(UTC); names are today's. Lists of statements and verdicts leave out what was withdrawn by then.",
    examples=[
        OpenApiExample("a day", "2022-02-04"),
        OpenApiExample("a moment", "2022-02-04T10:00:00Z"),
    ],
)


@extend_schema(parameters=[AS_OF])
class Resource(Shaping):
    """Reads rows of one model by their public key; writes nothing.

    `ordering_columns` maps names in `ordering=` to their columns; the public key is one
    more and decides between equals: a number in a cursor would tell how many rows are hidden.
    """

    http_method_names = ["get", "head", "options"]
    lookup_field = "slug"
    lookup_value_converter = "slug"
    filter_backends = [StrictFilterBackend]
    ordering_columns: ClassVar[Mapping[str, str]] = {}
    default_ordering = "slug"
    #: What a detail takes besides the moment; an action may name more.
    parameters: tuple[str, ...] = ()

    @classmethod
    def columns(cls) -> dict[str, str]:
        """Return the columns that rows are ordered by, the public key among them."""
        return {**cls.ordering_columns, cls.lookup_field: cls.lookup_field}

    @classmethod
    def orderings(cls) -> list[str]:
        """Return what `ordering=` may say."""
        return [sign + name for name in cls.columns() for sign in ("", "-")]

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
        """Return the rows that the reader may know of, with what is asked of each."""
        rows = visible_to(self.request.user, super().get_queryset())
        related = self.related().items()
        wanted = dict.fromkeys(each for name, each in related if self.asked.wants(name))
        return rows.prefetch_related(*wanted)

    def related(self) -> dict[str, Any]:
        """Return what is loaded beside the rows, by the field that shows it."""
        return {}

    def get_object(self) -> Any:
        """Return the row at this address."""
        self.refuse_parameters()
        return super().get_object()

    def refuse_parameters(self) -> None:
        """Refuse every parameter that a detail does not take."""
        query, known = self.request.query_params, [*self.parameters, PARAMETER]
        if self.action in SHAPED:
            known += self.shaping_parameters()
        if misused := list(misused_parameters(query, known)):
            raise ParametersRefused(*misused)

    def filter_queryset(self, queryset: Any) -> Any:
        """Return the rows of a list that match; a detail is not filtered."""
        return queryset if self.detail else super().filter_queryset(queryset)


class SourceViewSet(Resource):
    """Sources: the offices that publish."""

    queryset = Source.objects.all()
    serializer_class = SourceSerializer
    filterset_class = SourceFilter

    def related(self) -> dict[str, Any]:
        """Return other names, and the organisation that a source speaks as."""
        others = visible_to(self.request.user, Speaker.objects.all())
        offices = OwnVoice.objects.filter(
            standing(as_of(self.request.user)), speaker__in=others
        ).select_related("speaker")
        return {
            "aliases": "aliases",
            "speaks_as": Prefetch("own_voices", offices, to_attr="standing_own_voices"),
        }


class SpeakerViewSet(Resource):
    """Speakers: whose words and figures are reported."""

    queryset = Speaker.objects.select_related("source")
    serializer_class = SpeakerSerializer
    filterset_class = SpeakerFilter
    expandable = {"source": SourceViewSet}

    def related(self) -> dict[str, Any]:
        """Return other names, and the roles and merges that stand, or stood."""
        others = visible_to(self.request.user, Speaker.objects.all())
        stood = standing(as_of(self.request.user))
        roles = Role.objects.filter(stood).order_by(
            F("held_from_earliest").asc(nulls_first=True), "pk"
        )
        merges = Merge.objects.filter(stood)
        return {
            "aliases": "aliases",
            "roles": Prefetch(
                "roles",
                roles.prefetch_related(Prefetch("organisation", others)),
                to_attr="standing_roles",
            ),
            "merged_into": Prefetch(
                "merges",
                merges.prefetch_related(Prefetch("into", others)),
                to_attr="standing_merges",
            ),
        }


# Each may lead to the other.
SourceViewSet.expandable = {"speaks_as": SpeakerViewSet}


class ArticleViewSet(Resource):
    """Articles: the published texts, with what they take from each other."""

    queryset = Article.objects.select_related("source")
    serializer_class = ArticleSerializer
    filterset_class = ArticleFilter
    lookup_field = "code"
    ordering_columns = {"published": "published_earliest"}
    default_ordering = "-published"
    expandable = {"source": SourceViewSet}

    def get_serializer_class(self) -> Any:
        """Return the whole article for its detail, the text left out of lists."""
        return ArticleDetailSerializer if self.detail else ArticleSerializer

    def related(self) -> dict[str, Any]:
        """Return what a detail has more: its versions and derivations."""
        return _origins(self.request.user) if self.detail else {}


def _origins(reader: Reader) -> dict[str, Any]:
    origins = visible_to(reader, Article.objects.select_related("source"))
    derivations = (
        Derivation.objects.filter(standing(as_of(reader)))
        .select_related("origin_source", "origin_speaker")
        .prefetch_related(Prefetch("origin", origins))
        .order_by("pk")
    )
    known = ArticleVersion.objects.known(as_of(reader)).defer("text").order_by("number")
    versions = Prefetch("versions", known, to_attr="numbered_versions")
    return {
        "text": versions,
        "versions": versions,
        "derivations": Prefetch(
            "derivations", derivations, to_attr="standing_derivations"
        ),
    }
