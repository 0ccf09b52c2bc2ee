"""Documents in JSON-LD: of a page's statement, for the page and for an own address."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.conf import settings

from claims import visible
from claims.exchange import schemaorg
from claims.exchange.claimreview import writing
from claims.exchange.schemaorg import Site, speaking
from sources.as_of import at_moment, moment_of
from sources.policy import as_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable

    from django.http import HttpRequest

    from claims.exchange.schemaorg import Node
    from claims.models import Assessment, Claim, Quote
    from sources.policy import Reader

MEDIA_TYPE = "application/ld+json"


def site_of(request: HttpRequest) -> Site:
    """Return how the answer to a request writes addresses of ours."""
    return _site(request.build_absolute_uri, moment_of(request))


def site_for(reader: Reader) -> Site:
    """Return how a file for a reader writes addresses of ours."""
    return _site(lambda path: f"{settings.SITE_URL}{path}", as_of(reader))


def _site(lasting: Callable[[str], str], moment: dt.datetime | None) -> Site:
    return Site(lasting, lambda address: lasting(at_moment(address, moment)))


def claim_document(
    claim: Claim, assessments: Iterable[Assessment], reader: Reader, site: Site
) -> Node:
    """Return a claim, or the review of it where a verdict stands.

    Cost: the verdicts; one query for each article that its article repeats and one
    more, where a verdict stands.
    """
    article = claim.article_version.article
    verdict = writing.standing(claim, assessments)
    first = visible.first_article(article, reader) if verdict else None
    quote = visible.quote_of(claim, reader)
    with speaking(verdict.language if verdict else article.language):
        node = schemaorg.claim(claim, quote, first, site)
        if verdict:
            node = writing.claim_review(verdict, node, site)
        return schemaorg.document(node, site)


def quote_document(quote: Quote, site: Site) -> Node:
    """Return a quote as a quotation."""
    with speaking(quote.article_version.article.language):
        return schemaorg.document(schemaorg.quotation(quote, site), site)


def as_json(node: Node) -> str:
    """Return a document as text that is also safe within an element of a page.

    What could end the element or a line of a script stands as its number.
    """
    return json.dumps(node, ensure_ascii=False).translate(_ESCAPES)


_ESCAPES = {ord(letter): f"\\u{ord(letter):04X}" for letter in "<>&\u2028\u2029"}
