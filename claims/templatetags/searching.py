"""What was found, as a page shows it: the words marked in the original text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from sources.text.segments import Mark, segments
from sources.text.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from claims.search import Count, Hit

register = template.Library()


@register.filter
def counted(count: Count) -> str:
    """Return how many were counted, with a plus where there are more."""
    return f"{count.n}{'+' if count.is_capped else ''}"


@register.filter
def title_pieces(hit: Hit) -> Iterator[tuple[str, bool]]:
    """Yield the title in pieces, each with whether it was looked for."""
    return _pieces(hit.title, hit.title_marks)


@register.filter
def passage_pieces(hit: Hit) -> Iterator[tuple[str, bool]]:
    """Yield the passage in pieces, each with whether it was looked for."""
    begins = hit.passage.start
    return _pieces(hit.passage.text, (mark.shifted(-begins) for mark in hit.marks))


def _pieces(text: str, spans: Iterable[Span]) -> Iterator[tuple[str, bool]]:
    for piece in segments(text, [Mark(span, "found") for span in spans]):
        yield piece.text, bool(piece.labels)


@register.filter
def is_cut_before(hit: Hit) -> bool:
    """Tell whether the passage begins inside its text."""
    return hit.passage.start > 0


@register.filter
def written_in(hit: Hit) -> str:
    """Return the language of the text that a hit stands in; empty where none is kept."""
    row: Any = hit.row
    version = getattr(row, "article_version", None)
    article = version.article if version else row
    return str(getattr(row, "language", "") or getattr(article, "language", ""))
