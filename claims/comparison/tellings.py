"""Claims as voices are counted by them, and by whom they are told."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from decimal import Decimal

    from claims.comparison.figures import Figure


class Kind(StrEnum):
    """What a voice is known by; an article where its outlet is not stated."""

    SPEAKER = "SPEAKER"
    SOURCE = "SOURCE"
    ARTICLE = "ARTICLE"


@dataclass(frozen=True, slots=True, order=True)
class Originator:
    """Who a voice is: a row, by kind and key."""

    kind: Kind
    key: int


@dataclass(frozen=True, slots=True)
class Telling:
    """A claim as voices are counted by it.

    `originator` is who is named for it, or the source where nobody is (`is_own`); a
    speaker may be known by what they are alone (`is_unnamed`). `figure` is `None` where
    the claim gives none; `denied` is the one that it denies. `days` order the figures
    of a voice: the day it is for, the day it was said, the day of the article, each if
    known. `words` are folded. `text` is the version of the article that it stands in.
    Claims with one `utterance` were judged by a person to report the same; `None` where
    nobody did.
    """

    key: int
    article: int
    originator: Originator
    is_own: bool
    figure: Figure | None
    days: tuple[dt.date | None, ...] = ()
    is_unnamed: bool = False
    denied: Figure | None = None
    words: str = ""
    text: int = 0
    utterance: int | None = None

    @property
    def is_nameless(self) -> bool:
        """Whether nobody is named for it."""
        return self.is_own or self.is_unnamed

    @property
    def when(self) -> tuple[tuple[bool, dt.date | None], ...]:
        """What sorts it among others of its voice; what is not known comes first.

        A figure without a day is for the day it was said, and what has no day of its
        own was said on the day of the article.
        """
        known, filled = None, []
        for day in reversed(self.days):
            known = day or known
            filled.append((known is not None, known))
        return tuple(reversed(filled))

    @property
    def numbers(self) -> frozenset[Decimal | None]:
        """The numbers it states, whatever the hedge around them."""
        about = self.figure or self.denied
        return frozenset((about.quantity.low, about.quantity.high) if about else ())

    def is_for_another_day(self, other: Telling) -> bool:
        """Whether both state a day, and these have none in common."""
        one, two = self.figure or self.denied, other.figure or other.denied
        days = (one and one.holds, two and two.holds)
        return bool(days[0] and days[1] and days[0].days_apart(days[1]))

    def tells_the_same(self, other: Telling, *, is_whole: bool) -> bool:
        """Whether it gives the numbers of another claim, or all was taken with its words.

        The same words may have been read as other numbers.
        """
        if is_whole:
            in_its_words = bool(self.words) and self.words == other.words
            return in_its_words or self.numbers == other.numbers
        return self.numbers == other.numbers and not self.is_for_another_day(other)

    def reports_with(self, first: Telling) -> bool:
        """Whether it tells nothing else than the first report of its utterance."""
        is_denial = (self.figure is None, self.denied is None)
        return (
            is_denial == (first.figure is None, first.denied is None)
            and (self.is_nameless or self.originator == first.originator)
            and self.tells_the_same(first, is_whole=False)
        )

    def may_repeat(self, other: Telling, *, is_whole: bool) -> bool:
        """Whether it may be what another claim told, given that all was taken or not.

        In the source's own voice anyone's words may be repeated, in a speaker's those
        of the same one. Whom two sources leave unnamed is one where all was taken.
        """
        if (self.figure is None, self.denied is None) != (
            other.figure is None,
            other.denied is None,
        ):
            return False
        both_unnamed = is_whole and self.is_unnamed and other.is_unnamed
        return self.is_own or both_unnamed or self.originator == other.originator

    def restates(self, other: Telling) -> bool:
        """Whether the source says by itself what it names somebody else for.

        The same interval, hedged or not, and not for another day.
        """
        one, two = self.figure or self.denied, other.figure or other.denied
        if not (self.is_own and one and two) or other.is_own:
            return False
        return (
            self.text == other.text
            and (self.denied is None) == (other.denied is None)
            and one.quantity.unit == two.quantity.unit
            and one.quantity.stated() == two.quantity.stated()
            and not self.is_for_another_day(other)
        )
