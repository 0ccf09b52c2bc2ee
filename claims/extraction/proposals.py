"""What the rules propose for a text; a person decides on each.

Spans are half-open ranges of code points of the text that was read.
"""

from enum import StrEnum
from typing import NamedTuple

from claims.quantity import Quantity
from sources.text.spans import Span


class QuoteKind(StrEnum):
    """How the words of a quote are given."""

    DIRECT = "DIRECT"
    INDIRECT = "INDIRECT"
    MIXED = "MIXED"


class ProposedQuote(NamedTuple):
    """Words that a text attributes to a speaker.

    ``span`` runs from the first to the last of the words, without marks and edge
    punctuation; ``pieces`` are the parts of one that was split (`"A," he said, "B."`),
    empty otherwise. ``speaker`` is the noun phrase that names who speaks, without its
    apposition, ``None`` when the text leaves it to the reader; ``role`` is what the
    apposition or title calls the speaker. ``named`` is the fullest name of the same
    speaker before the end of the quote: the place to take the name from.
    """

    span: Span
    kind: QuoteKind
    rule: str
    pieces: tuple[Span, ...] = ()
    cue: Span | None = None
    speaker: Span | None = None
    role: Span | None = None
    named: Span | None = None


class NumberForm(StrEnum):
    """How a number stands in the text, where that is not simply as a number."""

    WRITTEN = "WRITTEN"
    DUAL = "DUAL"
    ONE = "ONE"
    TENS = "TENS"
    HUNDREDS = "HUNDREDS"
    THOUSANDS = "THOUSANDS"
    MILLIONS = "MILLIONS"


class ProposedClaim(NamedTuple):
    """A number that a text states of something.

    ``number`` has the range words and the dual noun, but no qualifier. ``category`` is
    the id of what happened (killed, detained, …), empty when no list knows it.
    ``denied`` says that the text denies the figure, ``is_part`` that it is part of the
    figure before it ("eleven people, four of them children").
    """

    number: Span
    quantity: Quantity
    rule: str
    form: NumberForm = NumberForm.WRITTEN
    qualifier: Span | None = None
    counted: Span | None = None
    predicate: Span | None = None
    category: str = ""
    denied: bool = False
    is_part: bool = False

    @property
    def span(self) -> Span:
        """The whole assertion: number, qualifier, what is counted, what happened."""
        whole = self.number
        for part in (self.qualifier, self.counted, self.predicate):
            whole = whole.hull(part) if part else whole
        return whole
