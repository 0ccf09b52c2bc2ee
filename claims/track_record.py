"""How the rules do: what people made of their suggestions, beside what was measured."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from claims.extraction.rules import rules
from claims.models import Suggestion


@dataclass(frozen=True, slots=True)
class RuleReport:
    """What became of the suggestions of one rule, in all texts.

    `measured` is its precision on annotated articles; null for a rule of the past.
    """

    rule: str
    why: str
    measured: Decimal | None
    open: int = 0
    accepted: int = 0
    changed: int = 0
    dismissed: int = 0
    replaced: int = 0

    @property
    def decided(self) -> int:
        """How many of them a person has decided on."""
        return self.accepted + self.changed + self.dismissed

    @property
    def precision(self) -> Decimal | None:
        """The share of the decided ones that a statement was made of.

        A change counts as right: the rule saw a statement where there was one. What
        is open or was replaced by a newer text counts neither way. Null before
        the first decision; to the thousandth.
        """
        if not self.decided:
            return None
        return round(Decimal(self.accepted + self.changed) / self.decided, 3)


def report() -> list[RuleReport]:
    """Return how each rule does, by its id, past rules included: one query."""
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for rule, status, n in Suggestion.objects.counted_by_rule():
        counts[rule][status.lower()] = n
    return [_report_on(rule, counts[rule]) for rule in sorted({*rules(), *counts})]


def _report_on(rule: str, counts: dict[str, int]) -> RuleReport:
    known = rules().get(rule)
    why = Suggestion(rule=rule).why
    return RuleReport(rule, why, known.confidence if known else None, **counts)
