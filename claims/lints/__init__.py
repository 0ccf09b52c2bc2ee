"""Named findings over the base, each with its explanation.

A lint says what deserves a look; it changes nothing and forbids nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.lints import by_report, by_series, by_statement, by_voice
from claims.lints.by_voice import compared
from claims.lints.finding import Lint, Scope
from claims.models import Claim

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from claims.comparison import Comparison
    from claims.models import Finding

_MODULES = (by_voice, by_statement, by_report, by_series)
LINTS: dict[str, Lint] = {
    lint.name: lint for module in _MODULES for lint in module.LINTS
}

__all__ = [
    "LINTS",
    "Lint",
    "Scope",
    "compared",
    "comparisons",
    "findings",
    "judged",
    "searched",
]


def findings(scope: Scope, names: Collection[str] = LINTS) -> Iterator[Finding]:
    """Yield what some lints find among the statements of a scope."""
    chosen = [LINTS[name] for name in names]
    yield from searched(scope, chosen)
    if any(lint.judge for lint in chosen):
        for comparison in comparisons(scope):
            yield from judged(comparison, chosen)


def searched(
    scope: Scope, lints: Collection[Lint] = tuple(LINTS.values())
) -> Iterator[Finding]:
    """Yield what those lints find that search a scope by themselves."""
    for lint in lints:
        if lint.find:
            yield from lint.find(scope)


def comparisons(scope: Scope) -> Iterator[Comparison]:
    """Yield the comparison of each measure that a scope reaches."""
    return compared(scope.of(Claim), scope.reader)


def judged(
    comparison: Comparison, lints: Collection[Lint] = tuple(LINTS.values())
) -> Iterator[Finding]:
    """Yield what those lints find that judge a comparison."""
    for lint in lints:
        if lint.judge:
            yield from lint.judge(comparison)
