"""What readers see of a comparison: voices, figures, and how these stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.utils.urls import replace_query_param

from claims.api.serializers import LinkSerializer, MeasureRefSerializer
from claims.comparison import Agreement, sentences
from claims.comparison.tellings import Kind
from claims.models import Qualifier
from claims.quantity import Incomparable, RelationKind
from sources.api.refusals import one_of, whole_number
from sources.api.serializers import (
    ArticleRefSerializer,
    NameSerializer,
    PageLink,
    PartialDateSerializer,
    ValueSerializer,
)
from sources.forms.showing import reading_language
from sources.models import Article, DerivationKind

if TYPE_CHECKING:
    from rest_framework.request import Request

    from claims.comparison import Comparison, Figure, Pair, Voice
    from claims.models import Claim


#: How many relations a page has, and how many pages there can be.
DEFAULT_LIMIT, LARGEST_LIMIT, LAST_PAGE = 50, 200, 1_000_000
PARAMETERS = [
    OpenApiParameter(
        "relation", enum=list(RelationKind), description="Relations of one kind only."
    ),
    OpenApiParameter(
        "limit",
        {
            "type": "integer",
            "minimum": 1,
            "maximum": LARGEST_LIMIT,
            "default": DEFAULT_LIMIT,
        },
        description="How many relations a page has.",
    ),
    OpenApiParameter(
        "page",
        {"type": "integer", "minimum": 1, "maximum": LAST_PAGE, "default": 1},
        description="Which page of the relations; they stay as they are with `as_of`.",
    ),
]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which relations a request asks for; `kind` is null for all."""

    request: Request
    kind: RelationKind | None
    limit: int
    page: int

    @classmethod
    def by(cls, request: Request) -> Self:
        """Read the parameters of a request.

        Raises:
            ParametersRefused: when one has no such value.
        """
        query = request.query_params
        kind = one_of(query, "relation", list(RelationKind))
        return cls(
            request,
            RelationKind(kind) if kind else None,
            whole_number(query, "limit", most=LARGEST_LIMIT, default=DEFAULT_LIMIT),
            whole_number(query, "page", most=LAST_PAGE, default=1),
        )

    def address(self, page: int) -> str:
        """Return the address of another page of the same relations."""
        here = self.request.build_absolute_uri()
        return str(replace_query_param(here, "page", page))


def _bound() -> Any:
    return serializers.DecimalField(15, 3, allow_null=True, read_only=True)


class IntervalSerializer(ValueSerializer):
    """An interval as spoken; null leaves a side open."""

    low, high = _bound(), _bound()
    qualifier = serializers.ChoiceField(Qualifier.choices)
    unit = serializers.CharField()
    in_words = serializers.SerializerMethodField()

    def get_in_words(self, quantity: Any) -> str:
        """Return it in words of the language asked for, without the unit."""
        return str(quantity.in_words(reading_language()))


class FigureSerializer(ValueSerializer):
    """A figure that a voice gives, and the days that it is for."""

    quantity = IntervalSerializer()
    holds = PartialDateSerializer(allow_null=True)


class StepSerializer(ValueSerializer):
    """What an article took, and from where: an article, or who is named instead."""

    kind = serializers.ChoiceField(DerivationKind.choices)
    article = ArticleRefSerializer(allow_null=True)
    name = NameSerializer(allow_null=True)


class ToldSerializer(ValueSerializer):
    """A claim of a voice; `via` is how it came from what it repeats.

    `via` is empty where it repeats what its own article names somebody else for.
    """

    claim = LinkSerializer()
    is_latest = serializers.BooleanField()
    repeats = LinkSerializer(allow_null=True)
    via = StepSerializer(many=True)


class VoiceSerializer(ValueSerializer):
    """Who is behind figures: a speaker, a source, or an article of no stated outlet."""

    number = serializers.IntegerField()
    kind = serializers.ChoiceField([(kind.value, kind.value) for kind in Kind])
    name = NameSerializer(allow_null=True)
    page = PageLink("row", allow_null=True)
    is_unnamed = serializers.BooleanField()
    figures = FigureSerializer(many=True)
    claims = ToldSerializer(many=True)


class RelationSerializer(ValueSerializer):
    """How two figures of different voices stand to each other.

    Voices are named by their `number`. `gap` and `ratio` tell how far apart two are in
    conflict, `reason` why two are not comparable.
    """

    kind = serializers.ChoiceField([(kind.value, kind.value) for kind in RelationKind])
    first, second = FigureSerializer(), FigureSerializer()
    first_voices = serializers.ListField(child=serializers.IntegerField())
    second_voices = serializers.ListField(child=serializers.IntegerField())
    gap, ratio = _bound(), _bound()
    reason = serializers.ChoiceField(
        [(why.value, why.value) for why in Incomparable], allow_null=True
    )
    sentence = serializers.CharField()


class RelationsSerializer(ValueSerializer):
    """One page of the relations, the worst first; `count` is of all that match."""

    count = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = RelationSerializer(many=True)


class ComparisonSerializer(ValueSerializer):
    """How the voices on a measure stand to each other, and why.

    `envelope` reaches from the lowest low to the highest high of the latest figures;
    nothing in it is computed but its ends. Voices are all there; relations, of which
    there may be many more, come in pages.
    """

    measure = MeasureRefSerializer()
    agreement = serializers.ChoiceField(
        [(each.value, each.value) for each in Agreement]
    )
    summary = serializers.CharField()
    n_voices, n_articles, n_sources = (serializers.IntegerField() for _ in range(3))
    envelope = IntervalSerializer(allow_null=True)
    stated_ranges = FigureSerializer(many=True)
    voices = VoiceSerializer(many=True)
    relations = RelationsSerializer()
    denials = LinkSerializer(many=True)


def content(comparison: Comparison, asked: Asked) -> dict[str, Any]:
    """Return a comparison, with the relations asked for, as its serializer reads it."""
    return {
        "measure": comparison.measure,
        "agreement": comparison.agreement,
        "summary": sentences.summary(comparison),
        "n_voices": len(comparison.voices),
        "n_articles": comparison.n_articles,
        "n_sources": comparison.n_sources,
        "envelope": comparison.envelope,
        "stated_ranges": comparison.stated_ranges,
        "voices": [
            _voice(number, voice, comparison)
            for number, voice in enumerate(comparison.everyone, 1)
        ],
        "relations": _relations(comparison, asked),
        "denials": comparison.denials,
    }


def _voice(number: int, voice: Voice, comparison: Comparison) -> dict[str, Any]:
    by_key = {claim.pk: claim for claim in comparison.claims}
    return {
        "number": number,
        "kind": voice.originator.kind,
        "row": voice.row,
        "name": None if isinstance(voice.row, Article) else voice.row,
        "is_unnamed": voice.is_unnamed,
        "figures": voice.figures,
        "claims": [_told(claim, voice, comparison, by_key) for claim in voice.claims],
    }


def _told(
    claim: Claim, voice: Voice, comparison: Comparison, by_key: dict[int, Claim]
) -> dict[str, Any]:
    repetition = voice.repetitions.get(claim.pk)
    above = repetition.of if repetition else None
    steps = comparison.way(repetition) if repetition else []
    return {
        "claim": claim,
        "is_latest": claim in voice.current,
        "repeats": None if above is None else by_key[above],
        "via": [
            {
                "kind": step.kind,
                "article": row if isinstance(row, Article) else None,
                "name": None if isinstance(row, Article) else row,
            }
            for step, row in steps
        ],
    }


def _relations(comparison: Comparison, asked: Asked) -> dict[str, Any]:
    pairs = comparison.related(asked.kind) if asked.kind else comparison.pairs
    first, last = (asked.page - 1) * asked.limit, asked.page * asked.limit
    numbers = _numbers(comparison)
    return {
        "count": len(pairs),
        "next": asked.address(asked.page + 1) if last < len(pairs) else None,
        "previous": asked.address(asked.page - 1) if asked.page > 1 else None,
        "results": [_relation(pair, numbers) for pair in pairs[first:last]],
    }


def _relation(pair: Pair, numbers: dict[Figure, list[int]]) -> dict[str, Any]:
    relation = pair.relation
    return {
        "kind": relation.kind,
        "first": pair.first,
        "second": pair.second,
        "first_voices": numbers[pair.first],
        "second_voices": numbers[pair.second],
        "gap": relation.gap,
        "ratio": relation.ratio,
        "reason": relation.reason,
        "sentence": relation.sentence(reading_language()),
    }


def _numbers(comparison: Comparison) -> dict[Figure, list[int]]:
    """Return the numbers of the voices that state each figure."""
    found: dict[Figure, list[int]] = {}
    for number, voice in enumerate(comparison.everyone, 1):
        for figure in voice.stated:
            found.setdefault(figure, []).append(number)
    return found
