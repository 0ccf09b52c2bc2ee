"""What changed in the public claims of a measure between two moments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, OuterRef, Prefetch, Value

from claims.models import Claim

if TYPE_CHECKING:
    import datetime as dt

    from claims.models import Measure


@dataclass(frozen=True, slots=True)
class Step:
    """A claim was published, corrected (`old` by `new`) or withdrawn (`old` alone).

    `claim` is the one of the two that answers the measure: the new one if both do.
    """

    at: dt.datetime
    claim: Claim
    new: Claim | None
    old: Claim | None

    @property
    def reason(self) -> str:
        """Why; empty for what was published and replaced nothing."""
        if self.old is None or self.new is None:
            return self.old.withdrawal_reason if self.old else ""
        return self.new.replacement_reason


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps of a measure after `since` and up to `until`, the latest first.

    What stood at `since` (nothing, for None) and these give what stood at `until`.
    Cost: one query to count; two for a slice, and one for its replacements.
    """

    measure: Measure
    since: dt.datetime | None
    until: dt.datetime

    def count(self) -> int:
        """Return how many there are."""
        return int(self._places().count())

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, part: slice) -> list[Step]:
        places = list(self._places()[part])
        public = Prefetch("replacements", Claim.objects.public())
        rows = Claim.objects.with_provenance().select_related("replaces")
        found = rows.prefetch_related(public).in_bulk([key for _, key, _ in places])
        return [_step(at, found[key], is_new) for at, key, is_new in places]

    def _places(self) -> Any:
        """Moment, claim and whether it came or went, of each step."""
        claims = Claim.objects.answering(self.measure)
        same_measure = claims.public().filter(replaces=OuterRef("pk"))
        went = claims.exclude(Exists(same_measure))  # else one step with what came
        return (
            self._within(claims, "published_at", came=True)
            .union(self._within(went, "withdrawn_at", came=False), all=True)
            .order_by("-moment", "-pk", "came")
        )

    def _within(self, claims: Any, column: str, *, came: bool) -> Any:
        window = {f"{column}__lte": self.until}
        if self.since is not None:
            window[f"{column}__gt"] = self.since
        moments = claims.filter(**window).annotate(moment=F(column), came=Value(came))
        return moments.values_list("moment", "pk", "came")


def _step(at: dt.datetime, claim: Claim, came: bool) -> Step:  # noqa: FBT001  # as the query has it
    if came:
        old: Any = claim.replaces
        return Step(at, claim, claim, old)
    return Step(at, claim, next(iter(claim.replacements.all()), None), claim)
