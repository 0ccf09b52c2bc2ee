"""What a search found as a table: one hit a row, with the words around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from claims.exchange.tables import cell, line
from claims.search import search

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from claims.search import Hit, Question
    from sources.policy import Reader

#: So many hits are read at once.
_CHUNK = 100

#: `passage` begins at `start` of the field, `marks` are the places of the words in it.
COLUMNS = (
    *("kind", "key", "page", "title", "date", "source", "speaker", "status"),
    *("field", "start", "passage", "marks"),
)


def write(
    question: Question, reader: Reader, absolute: Callable[[str], str]
) -> Iterator[bytes]:
    """Yield the header, then a line for each hit; `absolute` completes an address."""
    yield line(COLUMNS)
    for hit in _hits(question, reader):
        row = _row(hit, absolute)
        yield line(cell(row[name]) for name in COLUMNS)


def _hits(question: Question, reader: Reader) -> Iterator[Hit]:
    after: str | None = None
    while True:
        found = search(question, reader, limit=_CHUNK, after=after)
        yield from found.hits
        if found.next is None:
            return
        after = found.next


def _row(hit: Hit, absolute: Callable[[str], str]) -> dict[str, Any]:
    version = getattr(hit.row, "article_version", None)
    article = version.article if version else hit.row
    source, speaker = (
        getattr(each, name, None)
        for each, name in ((article, "source"), (hit.row, "speaker"))
    )
    return {
        "kind": hit.kind,
        "key": hit.key,
        "page": absolute(hit.row.get_absolute_url()),
        "title": hit.title,
        "date": hit.date,
        "source": source and source.slug,
        "speaker": speaker and speaker.slug,
        "status": getattr(hit.row, "status", None),
        "field": hit.field,
        "start": hit.passage.start,
        "passage": hit.passage.text,
        "marks": " ".join(f"{start}-{end}" for start, end in hit.marks),
    }
