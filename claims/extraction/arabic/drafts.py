"""Quotes as they are found, before it is known who an implicit speaker is."""

from typing import NamedTuple

from claims.extraction.arabic import vocabulary as words_of
from claims.extraction.arabic.page import QUOTED_PART, Page
from claims.extraction.arabic.phrase import Phrase
from claims.extraction.arabic.sources import Source
from claims.extraction.arabic.vocabulary import Cue
from claims.extraction.marks import Quoted
from claims.extraction.proposals import QuoteKind


class Draft(NamedTuple):
    """A quote in words of the page; nothing before ``done`` is to be read again.

    ``clitic`` letters of the first word are not said. ``verb`` tells the gender and
    number of a speaker that is not named. A draft without a rule only remembers that a
    sentence was about somebody, who may then be "he".
    """

    rule: str
    inner: range
    done: int
    kind: QuoteKind = QuoteKind.DIRECT
    clitic: int = 0
    cue: range | None = None
    verb: Cue | None = None
    speaker: Phrase | None = None
    apposition: Phrase | None = None


def by_source(
    source: Source, rule: str, inner: range, kind: QuoteKind, verb: Cue | None = None
) -> Draft:
    """What a source named beside it has said; it ends before or after the source."""
    done = max(source.end, inner.stop)
    return Draft(
        rule,
        inner,
        done,
        kind,
        cue=source.cue,
        verb=verb,
        speaker=source.speaker,
        apposition=source.apposition,
    )


def kind_of_clause(page: Page, start: int, end: int) -> QuoteKind:
    """Mixed when some of the words are quoted."""
    for each in page.quotations_in(start, end):
        if each.closer and page.n_words(each.inner) >= QUOTED_PART:
            return QuoteKind.MIXED
    return QuoteKind.INDIRECT


_INTRODUCING = (words_of.THAT | words_of.SO_THAT) - words_of.FIRST_PERSON_THAT


def words_in(page: Page, each: Quoted) -> range:
    """The words of a quotation, without the أن that introduces them.

    After a colon it is the speaker's own, and so is "that we": قال: “إن الله معنا”.
    """
    first, end = each.inner.start, each.inner.stop
    if ":" in page.forms[max(each.opener - 1, 0) : first + 1]:
        return each.inner
    while first < end and page.forms[first] in _INTRODUCING:
        first += 1
    return range(first, end)
