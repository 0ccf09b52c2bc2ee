"""Cut a text where highlights begin and end, so that a template only loops."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from itertools import pairwise

from sources.text.spans import Span


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of a text and the label it is to carry."""

    span: Span
    label: Hashable


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the text that the same marks cover from end to end.

    ``labels`` has each label once, that of the mark which began first (of two that begin
    together: the longer) outermost. ``opens`` are those of its labels whose mark
    begins with this piece, for what must stand once per mark, such as an HTML id.
    """

    span: Span
    text: str
    labels: tuple[Hashable, ...] = ()
    opens: tuple[Hashable, ...] = ()


def segments(text: str, marks: Iterable[Mark]) -> list[Segment]:
    """The text cut at every boundary of the marks, which may cross and repeat.

    Joined, the pieces are the text; nothing is cut where no mark begins or ends.
    Takes O(n log n) time for n marks, plus the size of the result.

    Raises:
        SpanError: if a mark reaches beyond the text.
    """
    ordered = sorted(marks, key=lambda mark: (mark.span.start, -mark.span.end))
    starting, ending = defaultdict(list), defaultdict(list)
    for number, mark in enumerate(ordered):
        mark.span.require_within(text)
        starting[mark.span.start].append(number)
        ending[mark.span.end].append(number)
    cuts = sorted({0, len(text)} | starting.keys() | ending.keys())
    active: dict[int, Hashable] = {}  # keeps the order of insertion: outermost first
    pieces = []
    for start, end in pairwise(cuts):
        for number in ending[start]:
            del active[number]
        opens = {number: ordered[number].label for number in starting[start]}
        active.update(opens)
        pieces.append(
            Segment(
                span=Span(start, end),
                text=text[start:end],
                labels=tuple(dict.fromkeys(active.values())),
                opens=tuple(dict.fromkeys(opens.values())),
            )
        )
    return pieces
