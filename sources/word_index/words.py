"""What the index is given of a text, and asked for: words, as stems and as forms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from sources.text.terms import Part, keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sources.text.terms import Query

    #: A word as stem and as form.
    Word: TypeAlias = tuple[str, str]

#: Stands between two pieces; no word that anybody asks for.
EDGE = ("¶", "¶")
#: So much of a word is compared.
LONGEST = 60
#: In so many ways a phrase may be written; others are looked for piece by piece.
_MOST_WAYS = 256


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a row: those of its title, and the others."""

    title: Sequence[Word]
    body: Sequence[Word]


def words_of(title: Iterable[str], body: Iterable[str]) -> Words:
    """Return the words of some pieces of text."""
    return Words(list(_joined(title)), list(_joined(body)))


def _joined(pieces: Iterable[str]) -> Iterator[Word]:
    is_first = True
    for piece in pieces:
        found = [(stem[:LONGEST], form[:LONGEST]) for stem, form in keys(piece)]
        if found and not is_first:
            yield EDGE
        is_first = is_first and not found
        yield from found


def asked(query: Query) -> list[Part]:
    """Return what is looked for, piece by piece."""
    return [piece for part in query.parts for piece in _pieces(part)]


def _pieces(part: Part) -> Iterator[Part]:
    """Yield a part, or overlapping ones for a phrase that can be written in many ways."""
    start, last = 0, len(part.positions)
    while True:
        end, ways = start + 1, len(part.positions[start])
        while end < last and ways * len(part.positions[end]) <= _MOST_WAYS:
            ways *= len(part.positions[end])
            end += 1
        yield Part(part.positions[start:end], part.is_prefix and end == last)
        if end == last:
            return
        start = max(end - 1, start + 1)
