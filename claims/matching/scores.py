"""How alike two statements are, part by part; needs no framework.

A score is the sum of what its parts add, in hundredths. Parts that must match are
conditions and add nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from claims.extraction.quantities.lists import ENDS, PREDICATES
from sources.text import likeness
from sources.text.stems import stem
from sources.text.words import Words

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from decimal import Decimal

#: What each part of a score adds, in hundredths.
Parts: TypeAlias = "dict[str, int]"
Days: TypeAlias = "tuple[dt.date, dt.date]"

#: A link is suggested from so many hundredths on.
ENOUGH = 65
#: A claim is suggested for another measure if that fits so much better than its own.
BETTER = 20
#: So many words in a row are compared, and one of so many runs is kept as a key.
RUN, WINDOW = 3, 4
#: What is said in fewer words is said by chance.
FEWEST = 6
#: From this share of both on, words are near-duplicates.
NEAR = 0.6
#: So many days apart a report may still repeat another, or be about an event.
SOON = 3


@dataclass(frozen=True, slots=True)
class Count:
    """What a number counts: what happened, to whom or what, and in which unit.

    `happened` is the group of the rules' predicates that its words are of, whatever the
    language; empty where they are of none. `nouns` are stems.
    """

    happened: str = ""
    nouns: frozenset[str] = frozenset()
    unit: str = ""


@dataclass(frozen=True, slots=True)
class End:
    """A claim, quote or measure, as far as links are found by it.

    `passage` are the words that are compared, folded: of a quote, or the sentence of a
    claim. `days` are those that it is about, `holds` those that it states. `places` are
    folded, as is the `title` of the article; `events` are those of which the article
    has other claims. `is_open` says that its measure may still be chosen.
    """

    kind: str
    key: int
    count: Count = Count()
    numbers: frozenset[Decimal | str | None] = frozenset()
    days: Days | None = None
    measure: int | None = None
    event: int | None = None
    places: tuple[str, ...] = ()
    article: int | None = None
    title: str = ""
    passage: str = ""
    published: dt.date | None = None
    speaker: int | None = None
    is_nameless: bool = True
    holds: Days | None = None
    events: frozenset[int] = frozenset()
    is_in_quote: bool = False
    is_open: bool = False


# --- what a number counts ---


def count_of(happened: str, counted: str, unit: str = "") -> Count:
    """Return what a number counts, given the words that say so."""
    return Count(_happened(happened), frozenset(_stems(counted)), unit)


def _happened(words: str) -> str:
    read = Words.of(words)
    found = (PREDICATES.at(read, index) for index in range(len(read.forms)))
    return next((each.value for each in found if each), "")


def _stems(words: str) -> Iterator[str]:
    """Yield nouns without article and number: "civilians", المدنيين, مدنيا."""
    read = Words.of(words)
    for index, form in enumerate(read.forms):
        if form.isalpha() and form not in ENDS and not PREDICATES.at(read, index):
            yield stem(form)


# --- one measure ---


def same_measure(claim: End, example: End) -> Parts:
    """Return what says that a claim is of the measure of an example, or is one.

    Empty where they cannot be: another unit, another thing that happened, or nothing
    in common in what is counted.
    """
    one, other = claim.count, example.count
    shared = one.nouns & other.nouns
    known = bool(one.happened and other.happened)
    if not (shared and _one_unit(one, other)):
        return {}
    if known and one.happened != other.happened:
        return {}
    share = len(shared) / min(len(one.nouns), len(other.nouns))
    return _found(
        happened=25 if known else 0,
        counted=round(25 * share),
        event=20 if example.event in claim.events else 0,
        place=_place(claim, example),
        day=10 if _apart(claim.days, example.days) <= SOON else 0,
    )


def _one_unit(one: Count, other: Count) -> bool:
    """Whether units are one, or what is counted stands in place of the unit."""
    return one.unit == other.unit or {*_stems(one.unit)} <= one.nouns


def _place(claim: End, example: End) -> int:
    places = [place for place in example.places if place]
    if any(place in claim.passage for place in places):
        return 20
    return 15 if any(place in claim.title for place in places) else 0


# --- one utterance ---


def same_utterance(one: End, other: End) -> Parts:
    """Return what says that two statements report one utterance; empty if they cannot.

    They stand in two articles, name no two speakers, give the same numbers of no two
    measures for no two days, and say it in nearly the same words.
    """
    if not _may_be_one(one, other):
        return {}
    shares = likeness.shares(one.passage, other.passage, run=RUN)
    share = min(shares.of_one, shares.of_other)
    if share < NEAR:
        return {}
    named = not (one.is_nameless or other.is_nameless)
    apart = _apart(_day(one), _day(other))
    return _found(
        words=round(70 * share),
        speaker=20 if named else 0,
        unnamed=0 if named else 10,
        soon=10 if apart <= SOON else 0,
    )


def _may_be_one(one: End, other: End) -> bool:
    if one.kind != other.kind or one.article == other.article:
        return False
    if one.numbers != other.numbers or _apart(one.holds, other.holds, unknown=0):
        return False
    if one.measure and other.measure and one.measure != other.measure:
        return False
    if one.is_in_quote and other.is_in_quote:  # their quotes are compared
        return False
    nobody = one.is_nameless or other.is_nameless
    return nobody or one.speaker == other.speaker


def _day(end: End) -> Days | None:
    return (end.published, end.published) if end.published else None


def _apart(one: Days | None, other: Days | None, *, unknown: int = SOON + 1) -> int:
    """Return how many days lie between two periods; 0 if they share one."""
    if one is None or other is None:
        return unknown
    return max(0, (max(one[0], other[0]) - min(one[1], other[1])).days)


def _found(**parts: int) -> Parts:
    return {name: points for name, points in parts.items() if points}


def total(parts: Parts) -> int:
    """Return a score in hundredths."""
    return sum(parts.values())
