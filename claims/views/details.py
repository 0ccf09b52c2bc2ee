"""The pages of one row: an article, a statement, a speaker, a measure."""

from __future__ import annotations

from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django.db.models import F, Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from claims import passages, visible
from claims.changes import Steps
from claims.charts import drawn
from claims.comparison.siblings import not_compared
from claims.exchange import jsonld
from claims.fared import fared
from claims.listing import Listing, listed, paged, sought
from claims.models import (
    Claim,
    Measure,
    Quote,
)
from claims.parts import family, near
from claims.retraction import retracted_origins
from claims.views.lists import statement_filters
from sources.as_of import (
    asked_between,
    kept_as_of,
    reader_of,
    written,
)
from sources.models import (
    Access,
    ArticleVersion,
    Source,
)
from sources.policy import as_of, sees_unpublished, visible_to

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


#: How many rows a page shows of what it links the whole list of.
SOME = 12


@require_safe
def article(request: HttpRequest, code: str) -> HttpResponse:
    """Show an article: its text with what was said in it, its versions, its origins."""
    reader = reader_of(request)
    found = sought(request, visible.articles, code=code)
    versions = list(visible.versions(found, reader))
    version = _version(versions, request.GET.get("version", ""))
    statements = [
        statement
        for model in (Quote, Claim)
        for statement in visible.statements(model, reader).in_article(found.pk)
    ]
    here = [each for each in statements if each.article_version_id == version.pk]
    here.sort(key=attrgetter("start", "code"))
    is_whole = found.access == Access.OPEN or sees_unpublished(reader)
    context = {
        "article": found,
        "version": version,
        "versions": versions,
        "passages": passages.shown(version.text, here, is_whole=is_whole),
        "is_whole": is_whole,
        "statements": here,
        "elsewhere": [each for each in statements if each not in here],
        "derivations": visible.derivations(reader).filter(article=found),
        "fallen": retracted_origins(found, reader),
        "derived": visible.derivations(reader).filter(origin=found, shows_article=True),
    }
    return render(request, "claims/article.html", context)


def _version(versions: list[ArticleVersion], number: str) -> ArticleVersion:
    """Return the version of this number, or the latest if none is asked for."""
    for version in versions:
        if number in ("", str(version.number)):
            return version
    raise Http404


def _permalink(
    request: HttpRequest, statement: Claim | Quote, quote: Quote | None
) -> dict[str, Any]:
    said_on = quote.said_on if quote else None
    day = statement.said_when(said_on)
    speaker = statement.speaker
    return {
        "statement": statement,
        "article": statement.article_version.article,
        "passage": passages.in_its_passage(statement),
        "said_on": said_on,
        "roles": passages.roles_on(speaker, day) if speaker else [],
        "former_roles": passages.roles_before(speaker, day) if speaker else [],
        "permalink": request.build_absolute_uri(
            kept_as_of(request, statement.get_absolute_url())
        ),
    }


@require_safe
def claim(request: HttpRequest, code: str) -> HttpResponse:
    """Show a claim in its passage."""
    reader = reader_of(request)
    found = sought(request, partial(visible.permalink, Claim), code=code)
    quote = visible.quote_of(found, reader)
    assessments = visible.assessments(reader).filter(claim=found)
    context = {
        **_permalink(request, found, quote),
        "quote": quote,
        "assessments": assessments,
        "linked_data": jsonld.claim_document(
            found, assessments, reader, jsonld.site_of(request)
        ),
    }
    return render(request, "claims/claim.html", context)


@require_safe
def quote(request: HttpRequest, code: str) -> HttpResponse:
    """Show a quote in its passage, with the claims made in it."""
    found = sought(request, partial(visible.permalink, Quote), code=code)
    context = {
        **_permalink(request, found, found),
        "claims": visible.statements(Claim, reader_of(request)).filter(quote=found),
        "linked_data": jsonld.quote_document(found, jsonld.site_of(request)),
    }
    return render(request, "claims/quote.html", context)


@require_safe
def speaker(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a speaker: what they were when, other names, what they said."""
    reader = reader_of(request)
    found = sought(
        request,
        lambda reader: visible.speakers(reader).prefetch_related("aliases"),
        slug=slug,
    )
    context = {
        "speaker": found,
        "same": visible.same_speakers(found, reader),
        "holders": visible.holders(found, reader),
        "fared": fared(found, "speaker", reader),
        "claims": visible.statements(Claim, reader).filter(speaker=found)[:SOME],
        "quotes": visible.statements(Quote, reader).filter(speaker=found)[:SOME],
    }
    return render(request, "claims/speaker.html", context)


@require_safe
def source(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a source: its articles, and what others took from it."""
    reader = reader_of(request)
    named = ("aliases", Prefetch("own_voices", visible.own_voices(reader)))
    rows = partial(visible_to, rows=Source.objects.prefetch_related(*named))
    found = sought(request, rows, slug=slug)
    taken = visible.derivations(reader).filter(origin_source=found, shows_article=True)
    context = {
        "source": found,
        "articles": visible.articles(reader).filter(source=found)[:SOME],
        "derived": taken,
        "fared": fared(found, "article_version__article__source", reader),
    }
    return render(request, "claims/source.html", context)


@require_safe
def measure(request: HttpRequest, slug: str) -> HttpResponse:
    """Show how the voices on a measure stand to each other, and all its claims.

    The table of claims is in the order of what they hold for.
    """
    reader = reader_of(request)
    measures = Measure.objects.select_related("event")
    found = sought(request, partial(visible_to, rows=measures), slug=slug)
    claims = (
        visible.statements(Claim, reader)
        .answering(found)
        .order_by(F("holds_earliest").asc(nulls_last=True), "pk")
    )
    others = near(found, reader)
    related = family(found, others, reader)
    among_voices = set(related.comparison.claims)

    def address(claim: Claim) -> str:
        if claim in among_voices:
            return f"#{claim.code}"
        return kept_as_of(request, claim.get_absolute_url())

    context = {
        "measure": found,
        "family": related,
        "comparison": related.comparison,
        "drawing": drawn(related.comparison, reader, address=address),
        "siblings": not_compared(found, others),
        "until": written(moment) if (moment := as_of(reader)) else "",
        "listing": listed(request, claims, statement_filters(reader)),
    }
    return render(request, "claims/measure.html", context)


@require_safe
def measure_changes(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what was published, corrected and withdrawn of a measure between two days."""
    rows = visible_to(request.user, Measure.objects.select_related("event"))
    found = get_object_or_404(rows, slug=slug)
    now = timezone.now()
    since, until = asked_between(request.GET, now=now)
    days = {"from": since, "until": until}
    parameters = {name: written(day) for name, day in days.items() if day}
    steps = Steps(found, since, until)
    context = {
        "measure": found,
        "since": since,
        "until": until,
        "today": now.date(),
        "parameters": parameters,
        "listing": Listing(steps, {}, {}, parameters, paged(request, steps)),
    }
    return render(request, "claims/measure_changes.html", context)
