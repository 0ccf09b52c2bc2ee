"""The tree that a measure stands in: what it is part of, and what is part of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.comparison import compare_each
from claims.comparison.loading import claims_of_each
from claims.lints.by_voice import above
from claims.models import Measure
from sources.policy import Reader, visible_to

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.utils.functional import _StrOrPromise

    from claims.comparison import Comparison
    from claims.models import Finding

#: How many measures of a tree are compared on one page.
MOST = 40


@dataclass(frozen=True)
class Member:
    """A measure in the tree: how its voices stand, and where it exceeds its total."""

    comparison: Comparison
    depth: int
    role: _StrOrPromise
    exceeding: list[Finding] = field(default_factory=list)

    @property
    def measure(self) -> Measure:
        """The measure."""
        return self.comparison.measure


@dataclass(frozen=True)
class Family:
    """A measure compared, and the tree around it, from the uppermost total down.

    The tree is empty where nothing is part of anything. `n_more` have no room in it.
    """

    comparison: Comparison
    tree: list[Member]
    n_more: int = 0


def near(measure: Measure, reader: Reader) -> list[Measure]:
    """Return the measures of the event, and beyond it the total and the parts."""
    rows = Measure.objects.filter(
        Q(event=measure.event_id) | Q(pk=measure.part_of_id) | Q(part_of=measure)
    )
    shown = visible_to(reader, rows.select_related("event"))
    return list(shown.exclude(pk=measure.pk).order_by("pk"))


def family(measure: Measure, others: Sequence[Measure], reader: Reader) -> Family:
    """Compare a measure, and with it those of the others that are of its tree.

    Cost: as many queries as the comparison of one measure.
    """
    totals = list(_totals(measure, others))[::-1]
    seen = {measure.pk, *(each.pk for each in totals)}
    parts = list(_parts(measure, others, depth=len(totals) + 1, seen=seen))
    shown = parts[:MOST]
    rows = [
        *((each, depth, _("total")) for depth, each in enumerate(totals)),
        (measure, len(totals), _("this measure")),
        *((each, depth, _("part")) for each, depth in shown),
    ]
    claims = claims_of_each([each for each, _depth, _role in rows], reader)
    found = {each.measure.pk: each for each in compare_each(claims, reader)}
    tree = [
        Member(found[each.pk], depth, role, _exceeding(each, found))
        for each, depth, role in rows
    ]
    return Family(
        found[measure.pk], tree if len(tree) > 1 else [], len(parts) - len(shown)
    )


def _exceeding(measure: Measure, found: dict[int, Comparison]) -> list[Finding]:
    total = found.get(measure.part_of_id or 0)
    return list(above(found[measure.pk], total)) if total else []


def _totals(measure: Measure, others: Sequence[Measure]) -> Iterator[Measure]:
    """Yield what a measure is part of, the nearest first."""
    by_key = {each.pk: each for each in others}
    while total := by_key.pop(measure.part_of_id or 0, None):
        yield total
        measure = total


def _parts(
    measure: Measure, others: Sequence[Measure], *, depth: int, seen: set[int]
) -> Iterator[tuple[Measure, int]]:
    """Yield the parts of a measure with theirs below them, each once."""
    of: dict[int | None, list[Measure]] = defaultdict(list)
    for each in others:
        of[each.part_of_id].append(each)
    waiting = [(each, depth) for each in reversed(of[measure.pk])]
    while waiting:
        part, level = waiting.pop()
        if part.pk not in seen:
            seen.add(part.pk)
            yield part, level
            waiting += [(each, level + 1) for each in reversed(of[part.pk])]
