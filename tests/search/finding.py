"""What a reader finds, in short."""

from typing import Any

from claims import search
from sources.policy import Reader


def found(words: str, reader: Reader, **narrowing: Any) -> list[tuple[str, str]]:
    """Kind and key of the hits, in order."""
    answer = search.search(search.Question(words, **narrowing), reader, limit=100)
    return [(hit.kind, hit.key) for hit in answer.hits]
