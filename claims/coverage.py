"""What rows of tables rest on: how many reports, from how many offices and originators.

A row of a table is a claim whose basis is tabulated; its reports are the articles that
the row's own article derives from (`claims.exchange.ged`). The offices and originators
of a report are those that its derivations name. A merged speaker is who it was merged
into. All rows about one event count together, whichever table has them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q

from claims.models import Basis
from sources.models import Merge
from sources.models.versioned import standing

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from claims.models.claim import ClaimQuerySet

_TAKEN = "article_version__article__derivations"
_REPORT = f"{_TAKEN}__origin"
_NAMED = f"{_REPORT}__derivations"


@dataclass(slots=True)
class Coverage:
    """What the rows about one event rest on; all by key.

    `claims` are the rows, `first_reported` the day of the first report.
    """

    event: int
    starts: dt.date | None
    claims: set[int] = field(default_factory=set)
    reports: set[int] = field(default_factory=set)
    sources: set[int] = field(default_factory=set)
    originators: set[int] = field(default_factory=set)
    first_reported: dt.date | None = None

    @property
    def is_several(self) -> bool:
        """Whether two or more reports tell of the event."""
        return len(self.reports) > 1

    @property
    def is_of_one_source(self) -> bool:
        """Whether all of several reports come from one office."""
        return self.is_several and len(self.sources) == 1

    @property
    def is_of_one_originator(self) -> bool:
        """Whether all of several reports go back to one originator."""
        return self.is_several and len(self.originators) == 1

    @property
    def is_reported_early(self) -> bool:
        """Whether a report is dated before the event began, however one reads it."""
        return bool(
            self.first_reported and self.starts and self.first_reported < self.starts
        )


def coverage(claims: ClaimQuerySet) -> Iterator[Coverage]:
    """Yield what the events rest on that some claims tabulate: two queries.

    In the order of the events' keys, in the memory of one; those without a report
    are left out.
    """
    merged = _merged()
    rows = (
        claims.filter(
            Q(**{f"{_TAKEN}__ended_at": None, f"{_REPORT}__isnull": False}),
            basis=Basis.TABULATED,
            measure__isnull=False,
        )
        .order_by("measure__event")
        .values_list(
            "measure__event",
            "measure__event__starts_earliest",
            "pk",
            _REPORT,
            f"{_REPORT}__published_latest",
            f"{_NAMED}__origin_source",
            f"{_NAMED}__origin_speaker",
            f"{_NAMED}__ended_at",
        )
    )
    for _event, of_one in groupby(rows.iterator(), key=itemgetter(0)):
        yield _joined(list(of_one), merged)


def out_of_order(claims: ClaimQuerySet) -> ClaimQuerySet:
    """Those rows of tables that break low <= best <= high; kept as they are."""
    wrong = Q(low__gt=F("best")) | Q(best__gt=F("high")) | Q(low__gt=F("high"))
    return claims.filter(wrong, basis=Basis.TABULATED)


def _joined(rows: list[tuple[Any, ...]], merged: dict[int, int]) -> Coverage:
    event, starts, *_rest = rows[0]
    found = Coverage(event, starts)
    for _event, _starts, claim, report, day, source, speaker, ended_at in rows:
        found.claims.add(claim)
        found.reports.add(report)
        if day and (found.first_reported is None or day < found.first_reported):
            found.first_reported = day
        if ended_at is None:
            found.sources.update({source} - {None})
            found.originators.update({merged.get(speaker, speaker)} - {None})
    return found


def _merged() -> dict[int, int]:
    """Return whom each merged speaker stands for, at the end of the merges."""
    steps = dict(Merge.objects.filter(standing(None)).values_list("speaker", "into"))
    return {speaker: _last(speaker, steps) for speaker in steps}


def _last(speaker: int, steps: dict[int, int]) -> int:
    passed = {speaker}
    while speaker in steps and steps[speaker] not in passed:
        speaker = steps[speaker]
        passed.add(speaker)
    return speaker
