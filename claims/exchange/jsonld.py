"""Documents in JSON-LD: of a page's statement, for the page and for an own address."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from claims import visible
from claims.exchange import schemaorg
from claims.exchange.claimreview import writing
from claims.exchange.schemaorg import Site, speaking
from sources.as_of import kept_as_of, reader_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest

    from claims.exchange.schemaorg import Node
    from claims.models import Assessment, Claim, Quote

MEDIA_TYPE = "application/ld+json"


def site_of(request: HttpRequest) -> Site:
    """Return how the answer to a request writes addresses of ours."""
    lasting = request.build_absolute_uri
    return Site(lasting, lambda address: lasting(kept_as_of(request, address)))


def claim_document(
    request: HttpRequest,
    claim: Claim,
    quote: Quote | None,
    assessments: Iterable[Assessment],
) -> Node:
    """Return a claim, or the review of it where a verdict stands.

    Cost: the verdicts; one query for each article that its article repeats and one
    more, where a verdict stands.
    """
    site, article = site_of(request), claim.article_version.article
    verdict = writing.standing(claim, assessments)
    first = visible.first_article(article, reader_of(request)) if verdict else None
    with speaking(verdict.language if verdict else article.language):
        node = schemaorg.claim(claim, quote, first, site)
        if verdict:
            node = writing.claim_review(verdict, node, site)
        return schemaorg.document(node, site)


def quote_document(request: HttpRequest, quote: Quote) -> Node:
    """Return a quote as a quotation."""
    site = site_of(request)
    with speaking(quote.article_version.article.language):
        return schemaorg.document(schemaorg.quotation(quote, site), site)


def as_json(node: Node) -> str:
    """Return a document as text that is also safe within an element of a page.

    What could end the element or a line of a script stands as its number.
    """
    return json.dumps(node, ensure_ascii=False).translate(_ESCAPES)


_ESCAPES = {ord(letter): f"\\u{ord(letter):04X}" for letter in "<>&\u2028\u2029"}
