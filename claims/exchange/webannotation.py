"""Statements as W3C Web Annotations: which words of which page say what.

https://www.w3.org/TR/annotation-model/. Positions count code points of the text as
this base shows it, from 0, the end not included. Browsers count UTF-16 units, of which
a letter beyond U+FFFF takes two. Before and after the words, at most the rest of their
paragraph is told, and nothing behind a withheld name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from claims.exchange.schemaorg import known, remarks, speaking
from claims.figures import figure, unit_of
from claims.models import Claim, Status
from claims.passages import around
from sources.text.masks import MARK
from sources.text.spans import CONTEXT, Span, TextQuoteSelector

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from django.core.paginator import Page, Paginator

    from claims.exchange.schemaorg import Node, Site
    from claims.models import Quote
    from sources.models import Article

JSON_LD = "http://www.w3.org/ns/anno.jsonld"
MEDIA_TYPE = f'application/ld+json; profile="{JSON_LD}"'


# --- one statement ---


def annotation(statement: Claim | Quote, text: str, site: Site) -> Node:
    """Return a statement as an annotation, without the context of a document.

    `text` is the one that it stands in.
    """
    with speaking(statement.article_version.article.language):
        return _annotation(statement, text, site)


def document(statement: Claim | Quote, text: str, site: Site) -> Node:
    """Return a statement as an annotation that stands for itself."""
    return {"@context": JSON_LD, **annotation(statement, text, site)}


def _annotation(statement: Claim | Quote, text: str, site: Site) -> Node:
    return known(
        id=site.lasting(reverse("annotation", args=[statement.code])),
        type="Annotation",
        motivation="classifying",
        created=_moment(statement.published_at),
        modified=_moment(statement.withdrawn_at),
        creator=_creator(site),
        rights=settings.DATA_LICENCE_URL,
        body=[*_texts(statement), *_links(statement, site)],
        target=_target(statement, text, site),
    )


def _creator(site: Site) -> Node:
    return {"id": site.lasting("/"), "type": "Organization", "name": _("Factbase")}


def _texts(statement: Claim | Quote) -> Iterator[Node]:
    yield _text("classifying", str(statement._meta.model_name), "en")
    if isinstance(statement, Claim) and statement.qualifier:
        for language in ("ar", "en"):
            yield _text("describing", _in_words(statement, language), language)
    for remark in remarks(statement):
        yield _text("tagging", remark, get_language() or "")
    if statement.status == Status.WITHDRAWN:
        state = str(statement.get_status_display())
        yield _text("tagging", state, get_language() or "")
        yield _text("commenting", statement.withdrawal_reason)


def _in_words(claim: Claim, language: str) -> str:
    with speaking(language):
        return f"{figure(claim)} {unit_of(claim)}"


def _text(purpose: str, value: str, language: str = "") -> Node:
    return known(
        type="TextualBody",
        purpose=purpose,
        value=value,
        format="text/plain",
        language=language,
    )


def _links(statement: Claim | Quote, site: Site) -> Iterator[Node]:
    yield _link("linking", site.shown(statement.get_absolute_url()))
    speaker = statement.speaker and statement.speaker.get_absolute_url()
    if speaker:
        yield _link("identifying", site.shown(speaker))


def _link(purpose: str, source: str) -> Node:
    return {"type": "SpecificResource", "purpose": purpose, "source": source}


def _target(statement: Claim | Quote, text: str, site: Site) -> Node:
    """Return the words on the page where they were published, or else on ours.

    Words with a withheld name are found nowhere but on ours.
    """
    version = statement.article_version
    article = version.article
    ours = site.shown(f"{article.get_absolute_url()}?version={version.number}")
    selectors = [
        selector(text, statement.span).to_w3c(),
        statement.span.to_w3c(),
    ]
    if not article.url or MARK in statement.words:
        return {"source": ours, "selector": selectors}
    fetched = _moment(version.fetched_at)
    state = {"type": "TimeState", "sourceDate": fetched, "cached": ours}
    return {"source": article.url, "state": state, "selector": selectors}


def selector(text: str, span: Span) -> TextQuoteSelector:
    """Return what finds the words again, with as much around them as anyone may see."""
    window = around(text, span, CONTEXT)
    return TextQuoteSelector(
        exact=span.of(text),
        prefix=text[window.start : span.start].rsplit(MARK, maxsplit=1)[-1],
        suffix=text[span.end : window.end].split(MARK, maxsplit=1)[0],
    )


def _moment(at: dt.datetime | None) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ") if at else ""


# --- those of an article ---


def collection(article: Article, pages: Paginator[Any], site: Site) -> Node:
    """Return what leads to the pages of an article's annotations."""
    at = _collected(article)
    return known(
        context=JSON_LD,
        id=site.shown(at),
        type="AnnotationCollection",
        label=article.title,
        creator=_creator(site),
        total=pages.count,
        first=_numbered(at, 1, site) if pages.count else "",
        last=_numbered(at, pages.num_pages, site) if pages.count else "",
    )


def page(article: Article, shown: Page[Any], items: Sequence[Node], site: Site) -> Node:
    """Return one page of an article's annotations."""
    at, number = _collected(article), shown.number
    return known(
        context=JSON_LD,
        id=_numbered(at, number, site),
        type="AnnotationPage",
        partOf={"id": site.shown(at), "total": shown.paginator.count},
        startIndex=shown.start_index() - 1,
        prev=_numbered(at, number - 1, site) if shown.has_previous() else "",
        next=_numbered(at, number + 1, site) if shown.has_next() else "",
        items=list(items),
    )


def _collected(article: Article) -> str:
    return reverse("article-annotations", args=[article.code])


def _numbered(address: str, number: int, site: Site) -> str:
    return site.shown(f"{address}?page={number}")
