"""What readers see of quotes, claims and what stands around them.

Rows nest downwards (claim → measure, speaker, article → source); what leads
upwards is a link or a filter. Null means: not stated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from claims.models import (
    Assessment,
    Claim,
    Event,
    Evidence,
    Measure,
    Quote,
    Translation,
    WithdrawalKind,
)
from sources.api.serializers import (
    AnchorSerializer,
    ApiLink,
    ArticleRefSerializer,
    FirstOfRows,
    NameSerializer,
    PageLink,
    PartialDateSerializer,
    RowSerializer,
    SpanSerializer,
    SpeakerRefSerializer,
    ValueSerializer,
    site_of,
)
from sources.policy import as_of, sees_unpublished
from sources.routes import path_of

if TYPE_CHECKING:
    pass


class PlaceSerializer(ValueSerializer):
    """The name of a place in both languages; null where there is none."""

    ar = serializers.CharField(source="place_ar", allow_null=True)
    en = serializers.CharField(source="place_en", allow_null=True)


class EventRefSerializer(RowSerializer):
    """An event where another row names it."""

    url = ApiLink("event")
    page = PageLink()
    name = NameSerializer(source="*", read_only=True)

    class Meta:
        model = Event
        fields: tuple[str, ...] = ("slug", "url", "page", "name", "is_training")


class EventSerializer(EventRefSerializer):
    """What happened, where, from when to when."""

    place = PlaceSerializer(source="*", read_only=True)
    starts = PartialDateSerializer(read_only=True, allow_null=True)
    ends = PartialDateSerializer(read_only=True, allow_null=True)

    class Meta:
        model = Event
        fields = (
            *EventRefSerializer.Meta.fields,
            *("place", "country", "latitude", "longitude", "starts", "ends"),
        )


class MeasureLinkSerializer(RowSerializer):
    """A measure where another measure names it."""

    url = ApiLink("measure")
    page = PageLink()
    name = NameSerializer(source="*", read_only=True)

    class Meta:
        model = Measure
        fields: tuple[str, ...] = ("slug", "url", "page", "name")


class MeasureRefSerializer(MeasureLinkSerializer):
    """A measure where a claim names it."""

    event = EventRefSerializer(read_only=True)

    class Meta:
        model = Measure
        fields = (*MeasureLinkSerializer.Meta.fields, "unit", "nature", "event")


class MeasureSerializer(MeasureRefSerializer):
    """What numbers are claims of: who or what, what happened to them, and where."""

    part_of = MeasureLinkSerializer(read_only=True, allow_null=True)

    class Meta:
        model = Measure
        fields = (
            *MeasureRefSerializer.Meta.fields,
            *("counted", "happened", "place", "tolerance_days", "part_of"),
        )


class LinkSerializer(FirstOfRows, ValueSerializer):
    """A link to a quote, claim or assessment; null when the reader may not see it."""

    code = serializers.CharField()
    url = serializers.SerializerMethodField()
    page = PageLink()

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, row: Any) -> str:
        """Return the address of the row in this API."""
        path = path_of(f"api:{row._meta.model_name}-detail", row.code)
        return f"{site_of(self.context['request'])}{path}"

    def to_representation(self, instance: Any) -> Any:
        """Return the link, unless the row is not public and the reader is."""
        reader = self.context["request"].user
        if instance.was_public(as_of(reader)) or sees_unpublished(reader):
            return super().to_representation(instance)
        return None


class WithdrawalSerializer(ValueSerializer):
    """When, how and why something published was taken back."""

    at = serializers.DateTimeField(source="withdrawn_at")
    kind = serializers.ChoiceField(WithdrawalKind.choices, source="withdrawal_kind")
    reason = serializers.CharField(source="withdrawal_reason")

    def to_representation(self, instance: Any) -> Any:
        """Return the withdrawal; null while the row stands."""
        return super().to_representation(instance) if instance.withdrawn_at else None


class ReviewedSerializer(RowSerializer):
    """How a quote, claim or assessment came to be public, and what became of it."""

    page = PageLink()
    replaces = LinkSerializer(read_only=True, allow_null=True)
    replaced_by = LinkSerializer(
        source="visible_replacements", read_only=True, allow_null=True
    )
    withdrawal = WithdrawalSerializer(source="*", read_only=True, allow_null=True)

    LIFECYCLE = (
        *("published_at", "replaces", "replacement_reason", "replaced_by"),
        "withdrawal",
    )


class TranslationSerializer(RowSerializer):
    """The words in another language, by a person."""

    class Meta:
        model = Translation
        fields = ("language", "words", "credit")


class StatementSerializer(ReviewedSerializer):
    """What quotes and claims have in common."""

    span = SpanSerializer(read_only=True)
    pieces = serializers.SerializerMethodField()
    translations = TranslationSerializer(
        source="told_translations", many=True, read_only=True
    )
    speaker = SpeakerRefSerializer(read_only=True, allow_null=True)
    speaker_as_written = AnchorSerializer(
        source="speaker_anchor", read_only=True, allow_null=True
    )
    article = ArticleRefSerializer(source="article_version.article", read_only=True)
    article_version = serializers.IntegerField(
        source="article_version.number", read_only=True
    )

    WORDS = (
        *("code", "url", "page", "status", "words", "span", "pieces", "translations"),
        *("speaker", "speaker_as_written", "role_words", "article", "article_version"),
    )

    @extend_schema_field(AnchorSerializer(many=True))
    def get_pieces(self, statement: Any) -> list[dict[str, Any]]:
        """Return the inner spans of a split quotation, in order."""
        names = ("start", "end", "words")
        return [dict(zip(names, piece, strict=True)) for piece in statement.pieces]


class QuoteSerializer(StatementSerializer):
    """Words attributed to a speaker, where they stand."""

    url = ApiLink("quote", "code")
    cue = AnchorSerializer(source="cue_anchor", read_only=True, allow_null=True)
    said_on = PartialDateSerializer(read_only=True, allow_null=True)

    class Meta:
        model = Quote
        fields = (
            *StatementSerializer.WORDS,
            *("kind", "language", "cue", "said_on", "rule"),
            *StatementSerializer.LIFECYCLE,
        )


class QuantitySerializer(RowSerializer):
    """A count as an interval as spoken; null leaves a side open."""

    words = AnchorSerializer(source="quantity_anchor", read_only=True, allow_null=True)
    qualifier_words = AnchorSerializer(
        source="qualifier_anchor", read_only=True, allow_null=True
    )

    class Meta:
        model = Claim
        fields = (
            *("low", "high", "best", "qualifier", "unit", "words"),
            "qualifier_words",
        )

    def to_representation(self, instance: Any) -> Any:
        """Return the quantity; null for a plain claim."""
        return super().to_representation(instance) if instance.qualifier else None


class ClaimSerializer(StatementSerializer):
    """A checkable assertion, where it stands, with its quantity if it has one."""

    url = ApiLink("claim", "code")
    quote = LinkSerializer(read_only=True, allow_null=True)
    measure = MeasureRefSerializer(read_only=True, allow_null=True)
    quantity = QuantitySerializer(source="*", read_only=True, allow_null=True)
    counted = AnchorSerializer(source="counted_anchor", read_only=True, allow_null=True)
    predicate = AnchorSerializer(
        source="predicate_anchor", read_only=True, allow_null=True
    )
    holds = PartialDateSerializer(read_only=True, allow_null=True)

    class Meta:
        model = Claim
        fields = (
            *StatementSerializer.WORDS,
            *("quote", "measure", "quantity", "counted", "predicate", "holds"),
            *("denied", "basis", "rule"),
            *StatementSerializer.LIFECYCLE,
        )


class EvidenceSerializer(RowSerializer):
    """What an assessment rests on: a claim, or an address."""

    claim = LinkSerializer(read_only=True, allow_null=True)
    address = serializers.URLField(source="url", read_only=True, allow_null=True)

    class Meta:
        model = Evidence
        fields = ("claim", "address", "note")


class AssessmentSerializer(ReviewedSerializer):
    """The verdict on a claim, with what it rests on."""

    url = ApiLink("assessment", "code")
    claim = LinkSerializer(read_only=True)
    evidence = EvidenceSerializer(many=True, read_only=True)
    is_training = serializers.BooleanField(
        source="claim.article_version.article.is_training", read_only=True
    )

    class Meta:
        model = Assessment
        fields = (
            *("code", "url", "page", "status", "claim", "rating", "summary"),
            *("language", "evidence", "is_training"),
            *ReviewedSerializer.LIFECYCLE,
        )


class CorrectionSerializer(ValueSerializer):
    """The public record that something was withdrawn: when, why, and for what."""

    code = serializers.CharField()
    url = ApiLink("correction", "code")
    page = PageLink()
    of = serializers.SerializerMethodField()
    withdrawn = LinkSerializer(source="*")
    replaced_by = LinkSerializer(source="visible_replacements", allow_null=True)
    kind = serializers.ChoiceField(WithdrawalKind.choices, source="withdrawal_kind")
    reason = serializers.CharField(source="withdrawal_reason")
    published_at = serializers.DateTimeField()
    withdrawn_at = serializers.DateTimeField()
    is_training = serializers.SerializerMethodField()

    @extend_schema_field({"type": "string", "enum": ["claim", "quote", "assessment"]})
    def get_of(self, row: Any) -> str:
        """Return what was withdrawn."""
        return str(row._meta.model_name)

    def get_is_training(self, row: Any) -> bool:
        """Tell whether it was invented for practice."""
        statement = row.claim if isinstance(row, Assessment) else row
        return bool(statement.article_version.article.is_training)
