"""The first page, the lists that lead on, and what the base says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from claims import linting, visible
from claims.comparison import Agreement, sentences
from claims.corrections import withdrawn
from claims.listing import Choice, Filters, Row, Words, listed
from claims.models import (
    PUBLIC,
    AboutText,
    Claim,
    Event,
    Measure,
    Nature,
    Qualifier,
    Quote,
    QuoteKind,
    Section,
    Standing,
    Status,
)
from sources.as_of import (
    reader_of,
)
from sources.forms.showing import reading_language
from sources.models import (
    Article,
    Source,
    SourceKind,
    Speaker,
    SpeakerKind,
)
from sources.policy import Reader, as_of, sees_unpublished, visible_to

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


# --- what lists are narrowed by ---


def statement_filters(reader: Reader) -> Filters:
    """Return what statements are narrowed by, as far as a reader may."""
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
    "measure": Row(pgettext_lazy("label", "measure"), "measure", Measure),
    "qualifier": Choice(_("how it is hedged"), "qualifier", Qualifier.choices),
}
WORDS: Filters = {"search": Words(_("words"), "")}
SPEAKER_FILTERS: Filters = {"kind": Choice(_("kind"), "kind", SpeakerKind.choices)}
SOURCE_FILTERS: Filters = {"kind": Choice(_("kind"), "kind", SourceKind.choices)}


class Stands(Choice):
    """How the voices on a measure stand, today or at the moment of the page."""

    def read(self, value: str, reader: Reader) -> Any:
        """Return the agreement, in letters of either case."""
        return super().read(value.upper(), reader)

    def condition(self, chosen: Any, reader: Reader) -> Q:
        """Return the condition on measures whose voices stand so."""
        return linting.standing_so(Agreement(chosen), reader)


MEASURE_FILTERS: Filters = {
    "agreement": Stands(_("agreement"), "", sentences.AGREEMENTS.items()),
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
        "is_empty": not any(count for _name, _meta, count in counts),
        "claims": claims.published(moment).filter(**real).exclude(qualifier="")[:5],
        "quotes": quotes.published(moment).filter(**real)[:3],
        "measures": visible.measures(reader)[:6],
        "events": visible.events(reader)[:5],
        "withdrawn": visible.withdrawn(Claim, reader)[:3],
        **({} if moment else _of_today(reader)),
    }
    return render(request, "claims/home.html", context)


def _of_today(reader: Reader) -> dict[str, Any]:
    """Return what voices differ about now, and which totals fell."""
    contested = Standing.objects.filter(agreement=Agreement.CONTESTED)
    fallen = linting.findings(reader).filter(lint="falling-total")
    return {
        "contested": contested.select_related("measure__event").order_by(
            "measure__event__is_training", "-n_voices", "pk"
        )[:5],
        "fallen": fallen.with_statements().newest_first()[:3],
    }


def _list(
    request: HttpRequest, template: str, rows: QuerySet[Any], filters: Filters
) -> HttpResponse:
    listing = listed(request, rows, {**WORDS, **filters})
    return render(request, template, {"listing": listing})


@require_safe
def article_list(request: HttpRequest) -> HttpResponse:
    """List the articles."""
    rows = visible.articles(reader_of(request))
    return _list(request, "claims/article_list.html", rows, ARTICLE_FILTERS)


@require_safe
def claim_list(request: HttpRequest) -> HttpResponse:
    """List the claims."""
    rows = visible.statements(Claim, reader_of(request))
    filters = {**statement_filters(reader_of(request)), **CLAIM_FILTERS}
    return _list(request, "claims/claim_list.html", rows, filters)


@require_safe
def quote_list(request: HttpRequest) -> HttpResponse:
    """List the quotes."""
    rows = visible.statements(Quote, reader_of(request))
    filters = {**statement_filters(reader_of(request)), **QUOTE_FILTERS}
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
    listing = listed(request, rows, {})
    return render(request, "claims/correction_list.html", {"listing": listing})


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
