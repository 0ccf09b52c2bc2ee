"""One public row of every resource, and the queries that lists are asked."""

from typing import TypeVar

from django.urls import reverse

from claims import recording
from claims.api import viewsets as of_claims
from claims.models import Claim, Quote
from factbase.api.paging import KeysetPagination
from sources import as_of
from sources.api import viewsets as of_sources
from sources.api.viewsets import Resource
from tests import factories

Row = TypeVar("Row", Claim, Quote)

VIEWSETS: dict[str, type[Resource]] = {
    "sources": of_sources.SourceViewSet,
    "speakers": of_sources.SpeakerViewSet,
    "articles": of_sources.ArticleViewSet,
    "quotes": of_claims.QuoteViewSet,
    "claims": of_claims.ClaimViewSet,
    "measures": of_claims.MeasureViewSet,
    "events": of_claims.EventViewSet,
    "assessments": of_claims.AssessmentViewSet,
    "corrections": of_claims.CorrectionViewSet,
}


def parameters(resource: str) -> list[str]:
    filters = VIEWSETS[resource].filterset_class.base_filters
    return [*filters, *KeysetPagination.PARAMETERS, as_of.PARAMETER]


def recorded(row: Row) -> Row:
    """A row that a factory made and nobody recorded yet, after its recording."""
    actor, at = factories.a_contributor(), factories.RECORDED_AT
    return recording.record(row, actor=actor, at=at)


def a_public_world() -> dict[str, str]:
    """One public row of every resource at least; the paths of their details."""
    speaker = factories.a_speaker()
    factories.a_speaker_alias("Umm Sami", speaker=speaker)
    office = factories.an_organisation()
    factories.a_role(speaker=speaker, organisation=office, speaks_for=True)
    version = factories.a_version()
    article = version.article
    factories.a_source_alias("The Harbour", source=article.source)
    measure = factories.a_measure(part_of=factories.a_measure())
    quote = factories.a_published_quote(version=version, speaker=speaker)
    claim = factories.a_published_claim(
        version=version, speaker=speaker, measure=measure, quote=quote
    )
    assessment = factories.a_published_assessment(claim=claim)
    corrected = factories.a_corrected_claim(version=version, measure=measure)
    factories.a_withdrawn_quote(version=version)
    factories.a_derivation(article=article, origin_source=factories.a_source())
    keys = {
        "source": article.source.slug,
        "speaker": speaker.slug,
        "article": article.code,
        "quote": quote.code,
        "claim": claim.code,
        "measure": measure.slug,
        "event": measure.event.slug,
        "assessment": assessment.code,
        "correction": corrected.code,
    }
    return {
        f"{name}s": reverse(f"api:{name}-detail", args=[key])
        for name, key in keys.items()
    }
