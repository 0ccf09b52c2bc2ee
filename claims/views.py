"""Pages for readers: each loads what its reader may see, and presents it."""

from __future__ import annotations

from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import F, Prefetch, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from claims import passages, visible
from claims.changes import Steps
from claims.charts import drawn
from claims.comparison import compare
from claims.comparison.siblings import others_of_the_event
from claims.corrections import withdrawn
from claims.exchange import jsonld
from claims.listing import Choice, Filters, Listing, Row, listed, paged, sought
from claims.models import (
    PUBLIC,
    AboutText,
    Claim,
    Event,
    Measure,
    Nature,
    Quote,
    QuoteKind,
    Section,
    Status,
)
from claims.retraction import retracted_origins
from sources.as_of import (
    asked_between,
    kept_as_of,
    reader_of,
    written,
)
from sources.forms.showing import reading_language
from sources.models import (
    Access,
    Article,
    ArticleVersion,
    Source,
    SourceKind,
    Speaker,
    SpeakerKind,
)
from sources.policy import Reader, as_of, sees_unpublished, visible_to

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


#: How many rows a page shows of what it links the whole list of.
SOME = 12


# --- what lists are narrowed by ---


def _statement_filters(reader: Reader) -> Filters:
    status = [each for each in Status if each != Status.DISCARDED]
    if not sees_unpublished(reader):
        status = [each for each in status if each in PUBLIC]
    options = [(each, each.label) for each in status]
    by_status = {"status": Choice(_("status"), "status", options)}
    return {
        **({} if as_of(reader) else by_status),  # what stood then was published
        "speaker": Row(pgettext_lazy("label", "speaker"), "speaker", Speaker),
        "source": Row(
            pgettext_lazy("label", "source"), "article_version__article__source", Source
        ),
    }


ARTICLE_FILTERS: Filters = {
    "language": Choice(_("language"), "language", settings.LANGUAGES),
    "source": Row(pgettext_lazy("label", "source"), "source", Source),
}
QUOTE_FILTERS: Filters = {"kind": Choice(_("kind"), "kind", QuoteKind.choices)}
CLAIM_FILTERS: Filters = {
    "measure": Row(pgettext_lazy("label", "measure"), "measure", Measure)
}
SPEAKER_FILTERS: Filters = {"kind": Choice(_("kind"), "kind", SpeakerKind.choices)}
SOURCE_FILTERS: Filters = {"kind": Choice(_("kind"), "kind", SourceKind.choices)}
MEASURE_FILTERS: Filters = {
    "nature": Choice(_("nature"), "nature", Nature.choices),
    "event": Row(pgettext_lazy("label", "event"), "event", Event),
}


# --- home and lists ---


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what Factbase is, and what it holds."""
    reader = reader_of(request)
    moment = as_of(reader)
    counts = [
        (name, rows.model._meta, visible_to(reader, rows).count())
        for name, rows in (
            ("article-list", Article.objects.all()),
            ("quote-list", Quote.objects.listed(moment)),
            ("claim-list", Claim.objects.listed(moment)),
            ("speaker-list", Speaker.objects.all()),
            ("source-list", Source.objects.all()),
        )
    ]
    real = {"article_version__article__is_training": False}
    claims, quotes = (visible.statements(model, reader) for model in (Claim, Quote))
    context = {
        "counts": counts,
        "claims": claims.published(moment).filter(**real).exclude(qualifier="")[:5],
        "quotes": quotes.published(moment).filter(**real)[:3],
        "measures": visible.measures(reader)[:6],
        "events": visible.events(reader)[:5],
        "withdrawn": visible.withdrawn(Claim, reader)[:3],
    }
    return render(request, "claims/home.html", context)


def _list(
    request: HttpRequest, template: str, rows: QuerySet[Any], filters: Filters
) -> HttpResponse:
    return render(request, template, {"listing": listed(request, rows, filters)})


@require_safe
def article_list(request: HttpRequest) -> HttpResponse:
    """List the articles."""
    rows = visible.articles(reader_of(request))
    return _list(request, "claims/article_list.html", rows, ARTICLE_FILTERS)


@require_safe
def claim_list(request: HttpRequest) -> HttpResponse:
    """List the claims."""
    rows = visible.statements(Claim, reader_of(request))
    filters = {**_statement_filters(reader_of(request)), **CLAIM_FILTERS}
    return _list(request, "claims/claim_list.html", rows, filters)


@require_safe
def quote_list(request: HttpRequest) -> HttpResponse:
    """List the quotes."""
    rows = visible.statements(Quote, reader_of(request))
    filters = {**_statement_filters(reader_of(request)), **QUOTE_FILTERS}
    return _list(request, "claims/quote_list.html", rows, filters)


@require_safe
def speaker_list(request: HttpRequest) -> HttpResponse:
    """List the speakers with what they were."""
    rows = visible.speakers(reader_of(request))
    return _list(request, "claims/speaker_list.html", rows, SPEAKER_FILTERS)


@require_safe
def source_list(request: HttpRequest) -> HttpResponse:
    """List the sources."""
    rows = visible.by_name(visible_to(reader_of(request), Source.objects.all()))
    return _list(request, "claims/source_list.html", rows, SOURCE_FILTERS)


@require_safe
def event_list(request: HttpRequest) -> HttpResponse:
    """List the events with their measures."""
    return _list(
        request, "claims/event_list.html", visible.events(reader_of(request)), {}
    )


@require_safe
def measure_list(request: HttpRequest) -> HttpResponse:
    """List the measures with how many public claims each has."""
    rows = visible.measures(reader_of(request))
    return _list(request, "claims/measure_list.html", rows, MEASURE_FILTERS)


@require_safe
def correction_list(request: HttpRequest) -> HttpResponse:
    """List what was withdrawn and what stands in its place, the latest first."""
    rows: Any = withdrawn(reader_of(request)).order_by("-withdrawn_at", "-code")
    return _list(request, "claims/correction_list.html", rows, {})


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Tell how this base works, corrects, licenses, and whom to write to."""
    language = reading_language()
    own = AboutText.objects.filter(language=language)
    texts = {each.section: each.text for each in own}
    sections = [(each, texts.get(each.value, "")) for each in Section]
    context = {
        "sections": sections,
        "approvals": settings.REVIEW_APPROVALS,
        "contact": settings.CONTACT_EMAIL,
        "licence": settings.DATA_LICENCE,
        "licence_url": settings.DATA_LICENCE_URL,
    }
    return render(request, "claims/about.html", context)


# --- one of each ---


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
        "claims": visible.statements(Claim, reader).filter(speaker=found)[:SOME],
        "quotes": visible.statements(Quote, reader).filter(speaker=found)[:SOME],
    }
    return render(request, "claims/speaker.html", context)


@require_safe
def source(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a source: its articles, and what others took from it."""
    reader = reader_of(request)
    rows = partial(visible_to, rows=Source.objects.prefetch_related("aliases"))
    found = sought(request, rows, slug=slug)
    taken = visible.derivations(reader).filter(origin_source=found, shows_article=True)
    context = {
        "source": found,
        "articles": visible.articles(reader).filter(source=found)[:SOME],
        "derived": taken,
    }
    return render(request, "claims/source.html", context)


@require_safe
def event(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an event with its measures."""
    rows = partial(visible_to, rows=Event.objects.all())
    found = sought(request, rows, slug=slug)
    measures = visible.measures(reader_of(request)).filter(event=found)
    return render(request, "claims/event.html", {"event": found, "measures": measures})


@require_safe
def measure(request: HttpRequest, slug: str) -> HttpResponse:
    """Show how the voices on a measure stand to each other, and all its claims.

    The table of claims is in the order of what they hold for.
    """
    reader = reader_of(request)
    wholes = Prefetch("part_of", visible_to(reader, Measure.objects.all()))
    measures = Measure.objects.select_related("event").prefetch_related(wholes)
    found = sought(request, partial(visible_to, rows=measures), slug=slug)
    claims = (
        visible.statements(Claim, reader)
        .answering(found)
        .order_by(F("holds_earliest").asc(nulls_last=True), "pk")
    )
    comparison = compare(found, reader)
    context = {
        "measure": found,
        "comparison": comparison,
        "drawing": drawn(comparison, reader, address="#{0.code}".format),
        "parts": visible_to(reader, found.parts.order_by("pk")),
        "siblings": others_of_the_event(found, reader),
        "until": written(moment) if (moment := as_of(reader)) else "",
        "listing": listed(request, claims, _statement_filters(reader)),
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
    page = paged(request, Steps(found, since, until))
    context = {
        "measure": found,
        "since": since,
        "until": until,
        "today": now.date(),
        "parameters": parameters,
        "listing": Listing(page, {}, parameters=parameters),
    }
    return render(request, "claims/measure_changes.html", context)
