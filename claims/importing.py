"""Bring many articles in: what is said of all of them, and what became of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from claims.intake import Arrival, Outcome, bring_in
from sources import following
from sources.ingest.draft import Draft, PassedOver, Refusal, SourceOrigin
from sources.text import addresses

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from django.contrib.auth.models import User

    from sources.models import ArticleVersion


@dataclass(frozen=True, slots=True)
class Given:
    """What a person says of all articles they bring in; empty where they do not.

    A source that an article states itself goes before the one given here.
    """

    source: str = ""
    language: str = ""
    fetched_at: dt.datetime | None = None

    def to(self, draft: Draft) -> Draft:
        """Return a draft with what was said of it."""
        said: dict[str, Any] = {
            "language": self.language,
            "fetched_at": self.fetched_at,
        }
        if draft.source_origin != SourceOrigin.GIVEN and self.source:
            said |= {"source": self.source, "source_origin": SourceOrigin.GIVEN}
        return replace(draft, **{name: value for name, value in said.items() if value})


def bring_in_each(
    read: Iterable[Draft | Refusal],
    *,
    given: Given,
    actor: User,
    at: dt.datetime,
    rehearse: bool = False,
) -> Iterator[Outcome]:
    """Bring in what was read, one by one; what cannot be read or stored is refused.

    Raises:
        NotAllowed: when the actor's roles do not record.
    """
    with following.once_at_the_end():
        yield from _brought_in(read, given, actor, at, rehearse=rehearse)


def _brought_in(
    read: Iterable[Draft | Refusal],
    given: Given,
    actor: User,
    at: dt.datetime,
    *,
    rehearse: bool,
) -> Iterator[Outcome]:
    rehearsed = _Rehearsed()
    for draft in read:
        if isinstance(draft, Refusal):
            is_harmless = isinstance(draft, PassedOver)
            arrival = Arrival.PASSED_OVER if is_harmless else Arrival.REFUSED
            yield Outcome(arrival, draft.place, refusals=(draft,))
            continue
        outcome = bring_in(given.to(draft), actor=actor, at=at, rehearse=rehearse)
        yield rehearsed.judged(outcome) if rehearse else outcome


class _Rehearsed:
    """What a rehearsal would have stored: the texts by address, the sources by text."""

    def __init__(self) -> None:
        self._texts: dict[str, set[str]] = {}
        self._sources: dict[str, set[int | None]] = {}

    def judged(self, outcome: Outcome) -> Outcome:
        """Return what would have become of a draft after those before it."""
        version = outcome.version
        if version is None or outcome.arrival == Arrival.UNCHANGED:
            return outcome
        texts = self._texts_of(version)
        if version.sha256 in texts:
            return Outcome(Arrival.UNCHANGED, outcome.place, version)
        if texts:
            outcome = replace(outcome, arrival=Arrival.NEW_VERSION)
        texts.add(version.sha256)
        return outcome

    def _texts_of(self, version: ArticleVersion) -> set[str]:
        """Return the texts of the article that a version is of."""
        url, source = version.article.url, version.article.source_id
        sources = self._sources.setdefault(version.sha256, set())
        is_met = any(None in {source, other} or source == other for other in sources)
        sources.add(source)
        if url:
            return self._texts.setdefault(min(addresses.twins(url)), set())
        return {version.sha256} if is_met else set()


@dataclass(slots=True)
class Tally:
    """How many articles were brought in and how, and what that led to.

    Of refusals only the values are kept: the exceptions hold what was read.
    """

    arrivals: Counter[str] = field(default_factory=Counter)
    n_offers: int = 0
    n_suggestions: int = 0
    n_carried: int = 0
    n_lost: int = 0
    refusals: list[dict[str, Any]] = field(default_factory=list)
    remarks: list[dict[str, Any]] = field(default_factory=list)

    def add(self, outcome: Outcome) -> None:
        """Count one more."""
        self.arrivals[outcome.arrival] += 1
        if not outcome.is_read:
            return
        self.n_offers += outcome.n_offers
        self.n_suggestions += outcome.n_suggestions
        self.n_carried += outcome.n_carried
        self.n_lost += outcome.n_lost
        self.refusals += [
            {**asdict(each.place), "field": each.field, "reason": each.reason}
            for each in outcome.refusals
        ]
        place = asdict(outcome.place)
        self.remarks += [{**place, "remark": each} for each in outcome.remarks]

    @property
    def counts(self) -> dict[str, int]:
        """The counts by name, for people and programs."""
        return {
            "read": self.arrivals.total() - self.arrivals[Arrival.PASSED_OVER],
            "new": self.arrivals[Arrival.NEW],
            "new_versions": self.arrivals[Arrival.NEW_VERSION],
            "unchanged": self.arrivals[Arrival.UNCHANGED],
            "refused": self.arrivals[Arrival.REFUSED],
            "passed_over": self.arrivals[Arrival.PASSED_OVER],
            "offers": self.n_offers,
            "suggestions": self.n_suggestions,
            "statements_carried": self.n_carried,
            "statements_to_place": self.n_lost,
        }
