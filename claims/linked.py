"""Statements for programs of others: schema.org and Web Annotations, as JSON-LD.

Whoever asks, the answer is what the public sees, withheld names hidden.
"""

from __future__ import annotations

from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from claims import visible
from claims.exchange import jsonld, webannotation
from claims.exchange.jsonld import site_of
from claims.exchange.schemaorg import speaking
from claims.listing import paged, sought
from claims.models import Claim, Quote
from sources.as_of import for_anyone, reader_of
from sources.policy import as_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from claims.exchange.schemaorg import Node

#: Kinds of statements by the letter that their codes begin with.
_KINDS: dict[str, type[Claim] | type[Quote]] = {"c": Claim, "q": Quote}


def _answer(node: Node, media_type: str = jsonld.MEDIA_TYPE) -> HttpResponse:
    return HttpResponse(jsonld.as_json(node), content_type=media_type)


@require_safe
@for_anyone
def claim(request: HttpRequest, code: str) -> HttpResponse:
    """Tell a claim in the words of schema.org, with the verdict on it."""
    found = sought(request, partial(visible.permalink, Claim), code=code)
    reader = reader_of(request)
    assessments = visible.assessments(reader).filter(claim=found)
    site = site_of(request)
    return _answer(jsonld.claim_document(found, assessments, reader, site))


@require_safe
@for_anyone
def quote(request: HttpRequest, code: str) -> HttpResponse:
    """Tell a quote in the words of schema.org."""
    found = sought(request, partial(visible.permalink, Quote), code=code)
    return _answer(jsonld.quote_document(found, site_of(request)))


@require_safe
@for_anyone
def annotation(request: HttpRequest, code: str) -> HttpResponse:
    """Tell where the words of a statement stand, as a Web Annotation."""
    model = _KINDS.get(code[:1])
    if model is None:
        raise Http404
    found = sought(request, partial(visible.permalink, model), code=code)
    text = found.article_version.text
    node = webannotation.document(found, text, site_of(request))
    return _answer(node, webannotation.MEDIA_TYPE)


@require_safe
@for_anyone
def article_annotations(request: HttpRequest, code: str) -> HttpResponse:
    """Tell where all statements of an article stand: the collection, or a page of it."""
    article = sought(request, visible.articles, code=code)
    reader, site = reader_of(request), site_of(request)
    statements = [
        statement
        for model in (Quote, Claim)
        for statement in visible.statements(model, reader).in_article(article.pk)
    ]
    statements.sort(key=attrgetter("article_version.number", "start", "code"))
    shown = paged(request, statements)
    if "page" not in request.GET:
        with speaking(article.language):
            node = webannotation.collection(article, shown.paginator, site)
        return _answer(node, webannotation.MEDIA_TYPE)
    known = article.versions.known(as_of(reader))
    texts = {version.pk: version.text for version in known}
    items = [
        webannotation.annotation(each, texts[each.article_version_id], site)
        for each in shown
    ]
    node = webannotation.page(article, shown, items, site)
    return _answer(node, webannotation.MEDIA_TYPE)
