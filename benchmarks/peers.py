"""Others that answer what our list of claims answers, to be compared with.

`StockClaims` is what Django REST framework's documentation teaches, on models without
anything of ours: stock serializers, stock fields, stock pages by cursor. It tells the
very JSON that we do; `floor.py` does so without a framework.
"""  # noqa: INP001  # beside a script, in no package

from functools import cache
from typing import Any

from django.db import models
from django.urls import include, path, reverse
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.pagination import CursorPagination
from rest_framework.renderers import JSONRenderer

from claims.models import Claim as OurClaim
from claims.models import Translation as OurTranslation

#: What `django-admin startproject` puts there.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]


@cache
def plain(ours: type[models.Model]) -> Any:
    """Return a model of the same table and columns, and nothing else of ours."""
    columns: dict[str, Any] = {"__module__": __name__}
    for column in ours._meta.concrete_fields:
        columns[column.name] = column.clone()
        if isinstance(column, models.ForeignKey):
            related: Any = column.related_model
            columns[column.name] = models.ForeignKey(
                "self" if related is ours else plain(related),
                models.DO_NOTHING,
                null=column.null,
                related_name=column.remote_field.related_name or "+",
            )
    meta = {"managed": False, "db_table": ours._meta.db_table, "app_label": "stock"}
    return type(
        ours.__name__, (models.Model,), {**columns, "Meta": type("Meta", (), meta)}
    )


Claim, _Translation = plain(OurClaim), plain(OurTranslation)


def dated(row: Any, prefix: str) -> Any:
    """Return a date as our API tells it."""
    if getattr(row, f"{prefix}_earliest") is None:
        return None
    parts = ("earliest", "latest", "precision", "words")
    return {part: getattr(row, f"{prefix}_{part}") for part in parts}


def anchored(row: Any, prefix: str) -> Any:
    """Return anchored words as our API tells them."""
    if getattr(row, f"{prefix}_start") is None:
        return None
    return {
        part: getattr(row, f"{prefix}_{part}") for part in ("start", "end", "words")
    }


class Name(serializers.Serializer[Any]):
    """A name in both languages."""

    ar = serializers.CharField(source="name_ar")
    en = serializers.CharField(source="name_en")


class Named(serializers.ModelSerializer[Any]):
    """A row with its page and perhaps its name."""

    page = serializers.SerializerMethodField()
    name = Name(source="*")

    def get_page(self, row: Any) -> str:
        """Return the address of its page."""
        key = getattr(row, "slug", None) or row.code
        where = reverse(row._meta.model_name, args=[key])
        return str(self.context["request"].build_absolute_uri(where))


def _url(route: str, key: str = "slug") -> Any:
    return serializers.HyperlinkedIdentityField(f"api:{route}-detail", lookup_field=key)


class Source(Named):
    """A source."""

    url = _url("source")

    class Meta:
        model = Claim.article_version.field.related_model.article.field.related_model.source.field.related_model
        fields = ("slug", "url", "page", "name", "kind", "is_training")


class Speaker(Named):
    """A speaker."""

    url = _url("speaker")

    class Meta:
        model = Claim.speaker.field.related_model
        fields = ("slug", "url", "page", "name", "kind", "is_training")


class Event(Named):
    """An event."""

    url = _url("event")

    class Meta:
        model = Claim.measure.field.related_model.event.field.related_model
        fields = ("slug", "url", "page", "name", "is_training")


class Measure(Named):
    """A measure."""

    url = _url("measure")
    event = Event()

    class Meta:
        model = Claim.measure.field.related_model
        fields = ("slug", "url", "page", "name", "unit", "nature", "event")


class Article(Named):
    """An article."""

    name = None  # type: ignore[assignment]  # it has a title
    url = _url("article", "code")
    source = Source()  # type: ignore[assignment]  # a column of that name
    published = serializers.SerializerMethodField()

    class Meta:
        model = Claim.article_version.field.related_model.article.field.related_model
        fields = (
            "code",
            "url",
            "page",
            "title",
            "language",
            "published",
            "source",
            "is_training",
        )

    def get_published(self, row: Any) -> Any:
        """Return its date."""
        return dated(row, "published")


class Quote(Named):
    """A link to a quote."""

    name = None  # type: ignore[assignment]  # it has none
    url = _url("quote", "code")

    class Meta:
        model = Claim.quote.field.related_model
        fields = ("code", "url", "page")


class ClaimLink(Named):
    """A link to a claim."""

    name = None  # type: ignore[assignment]  # it has none
    url = _url("claim", "code")

    class Meta:
        model = Claim
        fields: Any = ("code", "url", "page")


class Translation(serializers.ModelSerializer[Any]):
    """Words in another language."""

    class Meta:
        model = _Translation
        fields = ("language", "words", "credit")


class StockClaim(ClaimLink):
    """A claim with all that is nested in it."""

    span = serializers.SerializerMethodField()
    translations = Translation(many=True)
    speaker = Speaker()
    speaker_as_written = serializers.SerializerMethodField()
    article = Article(source="article_version.article")
    article_version = serializers.IntegerField(source="article_version.number")
    quote = Quote()
    measure = Measure()
    quantity = serializers.SerializerMethodField()
    counted = serializers.SerializerMethodField()
    predicate = serializers.SerializerMethodField()
    holds = serializers.SerializerMethodField()
    replaces = ClaimLink()
    replaced_by = serializers.SerializerMethodField()
    withdrawal = serializers.SerializerMethodField()

    class Meta:
        model = Claim
        fields = (
            *(
                "code",
                "url",
                "page",
                "status",
                "words",
                "span",
                "pieces",
                "translations",
            ),
            *("speaker", "speaker_as_written", "role_words", "article"),
            *(
                "article_version",
                "quote",
                "measure",
                "quantity",
                "counted",
                "predicate",
            ),
            *("holds", "denied", "basis", "rule", "published_at", "replaces"),
            *("replacement_reason", "replaced_by", "withdrawal"),
        )

    def get_span(self, row: Any) -> Any:
        """Return where it stands."""
        return {"start": row.start, "end": row.end}

    def get_speaker_as_written(self, row: Any) -> Any:
        """Return who is named there."""
        return anchored(row, "speaker")

    def get_quantity(self, row: Any) -> Any:
        """Return the number."""
        if not row.qualifier:
            return None
        told = {
            n: getattr(row, n) for n in ("low", "high", "best", "qualifier", "unit")
        }
        told["words"] = anchored(row, "quantity")
        return told | {"qualifier_words": anchored(row, "qualifier")}

    def get_counted(self, row: Any) -> Any:
        """Return what is counted."""
        return anchored(row, "counted")

    def get_predicate(self, row: Any) -> Any:
        """Return what happened."""
        return anchored(row, "predicate")

    def get_holds(self, row: Any) -> Any:
        """Return the day it is for."""
        return dated(row, "holds")

    def get_replaced_by(self, row: Any) -> Any:
        """Return what replaced it."""
        public = ("PUBLISHED", "WITHDRAWN")
        found = [each for each in row.replacements.all() if each.status in public]
        return ClaimLink(found[0], context=self.context).data if found else None

    def get_withdrawal(self, row: Any) -> Any:
        """Return how it was taken back."""
        if row.withdrawn_at is None:
            return None
        told = {name: getattr(row, f"withdrawal_{name}") for name in ("kind", "reason")}
        return {"at": row.withdrawn_at, **told}


class Pages(CursorPagination):
    """Pages of fifty, the newest first."""

    page_size = 50
    ordering = ("-published_at", "-code")


class StockClaims(ListAPIView[Any]):
    """The list, related rows joined to it."""

    authentication_classes = ()
    throttle_classes = ()
    renderer_classes = (JSONRenderer,)
    pagination_class = Pages
    serializer_class = StockClaim
    queryset = (
        Claim.objects.filter(status__in=["PUBLISHED", "WITHDRAWN"])
        .select_related("speaker", "article_version__article__source", "measure__event")
        .select_related("quote", "replaces")
        .prefetch_related("translations", "replacements")
        .defer("article_version__text")
    )


class StockClaimsApart(StockClaims):
    """The list, related rows loaded apart."""

    queryset = (
        Claim.objects.filter(status__in=["PUBLISHED", "WITHDRAWN"])
        .prefetch_related(
            models.Prefetch(
                "article_version",
                Claim.article_version.field.related_model.objects.defer("text"),
            )
        )
        .prefetch_related("speaker", "article_version__article__source")
        .prefetch_related("measure__event", "quote", "replaces")
        .prefetch_related("translations", "replacements")
    )


urlpatterns = [
    path("", include("factbase.urls")),
    path("stock/", StockClaims.as_view()),
    path("stock-apart/", StockClaimsApart.as_view()),
]
