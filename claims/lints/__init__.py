"""Named findings over the base, each with its explanation.

A lint says what deserves a look; it changes nothing and forbids nothing.
"""

from claims.lints import by_report, by_series, by_statement, by_voice
from claims.lints.finding import Finding, Lint, Scope

_MODULES = (by_voice, by_statement, by_report, by_series)
LINTS: dict[str, Lint] = {
    lint.name: lint for module in _MODULES for lint in module.LINTS
}

__all__ = ["LINTS", "Finding", "Lint", "Scope"]
