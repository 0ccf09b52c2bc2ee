"""The article in a web page: trafilatura finds its text, the page states the rest."""

import json
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from typing import Any

from lxml.etree import ErrorTypes, ParserError
from lxml.html import HtmlElement, HTMLParser, document_fromstring
from trafilatura import bare_extraction
from trafilatura.settings import Document as Article

from sources.documents import Document, Reason, Unreadable

MAX_ELEMENTS = 30_000
"""Trafilatura takes about 0.1 ms for each, and more where there are many."""

MAX_ATTRIBUTES = 200
LONGEST_ATTRIBUTE = 10_000

# Where pages state the day they were published, the most explicit first.
_STATED_DATES = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@itemprop='datePublished']/@content",
    "//*[@itemprop='datePublished']/@datetime",
    "//time[@pubdate]/@datetime",
    "//time/@datetime",
)
_LINKED_DATA = "//script[@type='application/ld+json']/text()"
_DAY = len("2022-01-25")

# Dates are read here, so trafilatura need not search the whole page for one.
_NO_SEARCH = {"extensive_search": False, "original_date": True, "max_date": "9999"}


def read(content: bytes) -> Document:
    """The article of a page, given in UTF-8 whatever it declares.

    Raises:
        Unreadable: when it nests or branches too much, or has no article.
    """
    tree = _parsed(content)
    headings = [" ".join(h1.text_content().split()) for h1 in tree.iter("h1")]
    published = _days_of(tree)
    page = _article(tree)
    return Document(
        text=page.text or "",
        extractor=_extractor(),
        title=_headline(page.title or "", headings),
        byline=page.author or "",
        language=_first(tree, "/html/@lang", "/html/@xml:lang"),
        url=_first(
            tree,
            "//link[@rel='canonical']/@href",
            "//meta[@property='og:url']/@content",
        ),
        site=_first(tree, "//meta[@property='og:site_name']/@content"),
        published=published,
    )


def _article(tree: HtmlElement) -> Article:
    found = bare_extraction(
        tree,
        include_comments=False,
        with_metadata=True,
        date_extraction_params=dict(_NO_SEARCH),
    )
    if not isinstance(found, Article):
        raise Unreadable(Reason.NO_TEXT)
    return found


@cache
def _extractor() -> str:
    return f"trafilatura {version('trafilatura')}"


def _parsed(content: bytes) -> HtmlElement:
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = document_fromstring(content, parser=parser)
    except ParserError as error:  # nothing but comments and space
        raise Unreadable(Reason.NO_TEXT) from error
    # The parser goes 256 elements deep, and would keep silent about the rest.
    for fatal in parser.error_log.filter_from_fatals():
        deep = fatal.type == ErrorTypes.ERR_RESOURCE_LIMIT
        raise Unreadable(Reason.TOO_DEEP if deep else Reason.DAMAGED)
    for n_before, element in enumerate(tree.iter()):
        if n_before == MAX_ELEMENTS or len(element.attrib) > MAX_ATTRIBUTES:
            raise Unreadable(Reason.TOO_MANY_PARTS)
        _drop_long_attributes(element)
    return tree


def _drop_long_attributes(element: HtmlElement) -> None:
    """Pictures inside an address and the like, which would all be searched."""
    for name, value in element.items():
        if len(value) > LONGEST_ATTRIBUTE:
            del element.attrib[name]


def _headline(title: str, headings: list[str]) -> str:
    """The title without the name of the site, if a heading says where it ends."""
    return next((h1 for h1 in headings if h1 and title.startswith(h1)), title)


def _first(tree: HtmlElement, *paths: str) -> str:
    """The first value at any of the paths that is not empty."""
    values = (str(value).strip() for path in paths for value in tree.xpath(path))
    return next(filter(None, values), "")


def _days_of(tree: HtmlElement) -> tuple[str, ...]:
    """The days on which the page says it was published, from the best statement.

    Linked data stand before the other statements in the text, of which a page about
    one article may have those of others too.
    """
    metas, others = _STATED_DATES[:2], _STATED_DATES[2:]
    statements = [
        *(tree.xpath(path) for path in metas),
        list(_dates_in_linked_data(tree)),
        *(tree.xpath(path) for path in others),
    ]
    for values in statements:
        if days := {value.strip()[:_DAY]: None for value in values if value.strip()}:
            return tuple(days)
    return ()


def _dates_in_linked_data(tree: HtmlElement) -> Iterator[str]:
    for script in tree.xpath(_LINKED_DATA):
        try:
            data = json.loads(script, strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _published_articles(data)


def _published_articles(data: Any) -> Iterator[str]:  # any JSON
    """The `datePublished` of every object that says it is an article."""
    left = [data]
    while left:
        node = left.pop()
        if isinstance(node, list):
            left.extend(node)
        elif isinstance(node, dict):
            left.extend(node.values())
            published = node.get("datePublished")
            if "Article" in str(node.get("@type")) and isinstance(published, str):
                yield published
