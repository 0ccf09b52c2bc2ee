"""Named findings over the base, each with its explanation.

A lint says what deserves a look; it changes nothing and forbids nothing.
"""

from claims.lints import by_report, by_statement, by_voice
from claims.lints.finding import Finding, Lint, Scope

LINTS: dict[str, Lint] = {
    lint.name: lint for lint in (*by_voice.LINTS, *by_statement.LINTS, *by_report.LINTS)
}

__all__ = ["LINTS", "Finding", "Lint", "Scope"]
