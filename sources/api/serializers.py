"""What readers see of sources, speakers and articles, in small fixed shapes.

Rows nest downwards (article → source); what leads upwards is a link or a filter.
Null means: not stated.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from sources.api.telling import Telling
from sources.models import (
    Access,
    Article,
    ArticleVersion,
    Derivation,
    Role,
    Source,
    SourceAlias,
    Speaker,
    SpeakerAlias,
)
from sources.policy import sees_unpublished
from sources.routes import path_of
from sources.text.dates import Precision

if TYPE_CHECKING:
    from rest_framework.request import Request


class ValueSerializer(Telling, serializers.Serializer[Any]):
    """A value that takes several columns; what is empty is null."""


class PartialDateSerializer(ValueSerializer):
    """The days that a stated date may mean, inclusive, and the words that state it."""

    earliest = serializers.DateField()
    latest = serializers.DateField()
    precision = serializers.ChoiceField(choices=[(p.value, p.value) for p in Precision])
    words = serializers.CharField(allow_null=True)


class SpanSerializer(ValueSerializer):
    """Where words stand: code points of the version's text, half-open."""

    start = serializers.IntegerField()
    end = serializers.IntegerField()


class AnchorSerializer(ValueSerializer):
    """Words and where they stand."""

    start = serializers.IntegerField(source="span.start")
    end = serializers.IntegerField(source="span.end")
    words = serializers.CharField()


class NameSerializer(ValueSerializer):
    """A name in both languages; null where there is none."""

    ar = serializers.CharField(source="name_ar", allow_null=True)
    en = serializers.CharField(source="name_en", allow_null=True)


def site_of(request: Request) -> str:
    """Return where a request found us, such as `https://example.org`."""
    return str(request.build_absolute_uri("/")).rstrip("/")


@extend_schema_field(OpenApiTypes.URI)
class PageLink(serializers.Field[Any, Any, str | None, Any]):
    """The address of the page about a row; null where a withheld speaker has none."""

    def __init__(self, source: str = "*", **options: Any) -> None:
        super().__init__(source=source, read_only=True, **options)

    def to_representation(self, value: Any) -> str | None:
        """Return the absolute address."""
        path = value.get_absolute_url()
        return path and f"{self.site}{path}"

    @cached_property
    def site(self) -> str:
        """Where this request found us."""
        return site_of(self.context["request"])


class ApiLink(serializers.HyperlinkedIdentityField):
    """The address of a row in this API."""

    def __init__(self, resource: str, key: str = "slug", **options: Any) -> None:
        route = f"api:{resource}-detail"
        super().__init__(view_name=route, lookup_field=key, **options)

    def get_attribute(self, instance: Any) -> Any:
        """Return the row; None where a withheld speaker has no address."""
        return instance if getattr(instance, self.lookup_field) else None

    def to_representation(self, value: Any) -> Any:
        """Return the absolute address."""
        path = path_of(str(self.view_name), getattr(value, self.lookup_field))
        return f"{self.site}{path}"

    @cached_property
    def site(self) -> str:
        """Where this request found us."""
        return site_of(self.context["request"])


class RowSerializer(Telling, serializers.ModelSerializer[Any]):
    """The columns of a row that its `Meta` names, read-only; what is empty is null."""

    def build_standard_field(self, field_name: str, model_field: Any) -> Any:
        """Let a column be null where it may be empty."""
        field_class, options = super().build_standard_field(field_name, model_field)
        is_text = model_field.empty_strings_allowed
        options["allow_null"] = model_field.null or (model_field.blank and is_text)
        return field_class, options

    def include_extra_kwargs(self, kwargs: Any, extra_kwargs: Any) -> Any:
        """Make every column read-only."""
        return super().include_extra_kwargs(kwargs, {**extra_kwargs, "read_only": True})


class FirstOfRows:
    """Reads on through lists that hold one row at most."""

    source_attrs: list[str]

    def get_attribute(self, instance: Any) -> Any:
        """Return what the source leads to; None where it ends before."""
        for name in self.source_attrs:
            is_row = not isinstance(instance, dict)
            instance = getattr(instance, name) if is_row else instance[name]
            if isinstance(instance, list):
                instance = instance[0] if instance else None
            if instance is None:
                break
        return instance


class SourceRefSerializer(RowSerializer):
    """A source where another row names it."""

    url = ApiLink("source")
    page = PageLink()
    name = NameSerializer(source="*", read_only=True)

    class Meta:
        model = Source
        fields = ("slug", "url", "page", "name", "kind", "is_training")


class SourceAliasSerializer(RowSerializer):
    """Another name of a source."""

    class Meta:
        model = SourceAlias
        fields = ("name", "language", "script")


class SpeakerRefSerializer(FirstOfRows, RowSerializer):
    """A speaker where another row names them; a withheld one has a mark for a name."""

    slug = serializers.SlugField(read_only=True, allow_null=True)
    url = ApiLink("speaker", allow_null=True)
    page = PageLink(allow_null=True)
    name = NameSerializer(source="*", read_only=True)

    class Meta:
        model = Speaker
        fields = ("slug", "url", "page", "name", "kind", "is_training")


class SourceSerializer(SourceRefSerializer):
    """A publishing office."""

    languages = serializers.ListField(child=serializers.CharField(), read_only=True)
    aliases = SourceAliasSerializer(many=True, read_only=True)
    speaks_as = SpeakerRefSerializer(
        source="standing_own_voices.speaker", read_only=True, allow_null=True
    )

    class Meta:
        model = Source
        fields = (
            *SourceRefSerializer.Meta.fields,
            *("country", "homepage", "languages", "aliases", "speaks_as"),
        )


class SpeakerAliasSerializer(RowSerializer):
    """Another name of a speaker."""

    class Meta:
        model = SpeakerAlias
        fields = ("name", "language", "script")


class RoleSerializer(RowSerializer):
    """What a speaker was, where, from when to when."""

    name = NameSerializer(source="*", read_only=True)
    organisation = SpeakerRefSerializer(read_only=True, allow_null=True)
    held_from = PartialDateSerializer(read_only=True, allow_null=True)
    held_until = PartialDateSerializer(read_only=True, allow_null=True)

    class Meta:
        model = Role
        fields = ("name", "organisation", "speaks_for", "held_from", "held_until")


class SpeakerSerializer(SpeakerRefSerializer):
    """A person or organisation whose words are reported."""

    source = SourceRefSerializer(read_only=True, allow_null=True)  # type: ignore[assignment]  # a column of that name
    aliases = SpeakerAliasSerializer(many=True, read_only=True)
    roles = RoleSerializer(many=True, read_only=True, source="standing_roles")
    merged_into = SpeakerRefSerializer(
        source="standing_merges.into", read_only=True, allow_null=True
    )

    class Meta:
        model = Speaker
        fields = (
            *SpeakerRefSerializer.Meta.fields,
            *("wikidata", "source", "aliases", "roles", "merged_into"),
        )


class ArticleRefSerializer(RowSerializer):
    """An article where another row names it."""

    url = ApiLink("article", "code")
    page = PageLink()
    published = PartialDateSerializer(read_only=True, allow_null=True)
    source = SourceRefSerializer(read_only=True, allow_null=True)  # type: ignore[assignment]  # a column of that name

    class Meta:
        model = Article
        fields = (
            *("code", "url", "page", "title", "language", "published", "source"),
            "is_training",
        )


class ArticleSerializer(ArticleRefSerializer):
    """A published text; its source is null where the text does not state it."""

    address = serializers.URLField(source="url", read_only=True, allow_null=True)

    class Meta:
        model = Article
        fields = (
            *ArticleRefSerializer.Meta.fields,
            *("address", "byline", "published_origin", "access", "archive_url"),
            *("retracted_on", "retraction_notice"),
        )


class ArticleVersionSerializer(RowSerializer):
    """The text of an article as fetched on a day; no digest where a name is withheld."""

    sha256 = serializers.CharField(read_only=True, allow_null=True)

    class Meta:
        model = ArticleVersion
        fields = ("number", "fetched_at", "sha256")


class DerivationSerializer(RowSerializer):
    """What an article takes from another article, a source or a speaker."""

    origin = ArticleRefSerializer(read_only=True, allow_null=True)
    origin_source = SourceRefSerializer(read_only=True, allow_null=True)
    origin_speaker = SpeakerRefSerializer(read_only=True, allow_null=True)
    says_so = AnchorSerializer(source="anchor", read_only=True, allow_null=True)

    class Meta:
        model = Derivation
        fields = ("kind", "origin", "origin_source", "origin_speaker", "says_so")


class ArticleDetailSerializer(ArticleSerializer):
    """A published text with its words, versions and origins."""

    text = serializers.SerializerMethodField()
    versions = ArticleVersionSerializer(
        many=True, read_only=True, source="numbered_versions"
    )
    derivations = DerivationSerializer(
        many=True, read_only=True, source="standing_derivations"
    )

    class Meta:
        model = Article
        fields = (
            *ArticleSerializer.Meta.fields,
            *("text", "versions", "derivations"),
        )

    def get_text(self, article: Any) -> str | None:
        """Return the latest text; null to the public where access is not open."""
        reader = self.context["request"].user
        if article.access != Access.OPEN and not sees_unpublished(reader):
            return None
        text: str = article.numbered_versions[-1].text
        return text
