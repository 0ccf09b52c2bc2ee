"""One public row of every resource, and the queries that lists are asked."""

from typing import Any, TypeVar

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
    viewset = VIEWSETS[resource]
    return [
        *viewset.filterset_class.base_filters,
        *KeysetPagination.PARAMETERS,
        *viewset.shaping_parameters(),
        as_of.PARAMETER,
    ]


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


#: What is copied before what refers to it.
COPIED = [
    *("sources", "speakers", "articles", "events", "measures", "quotes", "claims"),
    "assessments",
]


def a_crowd(number: int) -> None:
    """A public world, and so many copies of a row of each list for the desk to see.

    Copies come first by their keys, and refer to copies. Corrections are no rows of
    their own: of these there are eleven more.
    """
    paths, copies = a_public_world(), dict[Any, list[Any]]()
    version = factories.a_version()
    for _ in range(11):
        factories.a_withdrawn_quote(version=version)
    for resource in COPIED:
        viewset, key = VIEWSETS[resource], paths[resource].split("/")[-2]
        model, name = viewset.queryset.model, viewset.lookup_field
        row = model._default_manager.get(**{name: key})
        copies[model] = model._default_manager.bulk_create(
            copied(row, {name: f"a-copy-{n}", **leading_to(n, copies, row)})
            for n in range(number)
        )


def leading_to(number: int, copies: dict[Any, list[Any]], row: Any) -> dict[str, Any]:
    """The copies of that number which a copy refers to, as its row refers to theirs."""
    return {
        each.name: copies[each.related_model][number]
        for each in row._meta.concrete_fields
        if each.related_model in copies and getattr(row, each.attname)
    }


#: How a reviewed row begins.
BEGINNING = {"status": "RECORDED", "version": 1, "published_at": None}


def copied(row: Any, columns: dict[str, Any]) -> Any:
    """The row once more, not stored yet, with other values in some columns."""
    same = {
        each.name: getattr(row, each.name)
        for each in row._meta.concrete_fields
        if not each.primary_key
    }
    if "status" in same:
        same |= BEGINNING
    return type(row)(**(same | columns))
