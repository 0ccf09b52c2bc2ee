"""`manage.py lint`: what in the base deserves a look, and why."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.table import Table

from claims.lints import LINTS, Finding, Lint, Scope
from claims.management.progress import bar
from sources.policy import Operator

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    """Asks every lint, or some, and prints what they find; writes nothing."""

    help = "Say what deserves a look: contradictions, altered numbers, fallen totals."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("names", nargs="*", metavar="LINT", help="all unless given")
        parser.add_argument(
            "--public", action="store_true", help="only what is published"
        )
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *, names: list[str], **options: Any) -> None:
        """Print what was found.

        Raises:
            CommandError: for a name that no lint has.
        """
        if unknown := sorted(set(names) - LINTS.keys()):
            known = ", ".join(LINTS)
            message = f"No such lint: {', '.join(unknown)}. There are: {known}"
            raise CommandError(message)
        scope = Scope(AnonymousUser() if options["public"] else Operator())
        chosen = [LINTS[name] for name in names or LINTS]
        with bar("Lints", lambda: len(chosen)) as step:
            found = {}
            for lint in chosen:
                found[lint] = list(lint.find(scope))
                step()
        if options["json"]:
            self.stdout.write(json.dumps(_content(found), ensure_ascii=False, indent=2))
        else:
            _show(found)


def _content(found: dict[Lint, list[Finding]]) -> dict[str, Any]:
    """Return what was found as JSON: by lint, how often and where."""
    return {
        lint.name: {
            "title": str(lint.title),
            "explanation": str(lint.explanation),
            "count": len(findings),
            "findings": [
                {
                    "statement": finding.statement.code,
                    "against": finding.against.code if finding.against else None,
                    "told": lint.told(finding),
                }
                for finding in findings
            ],
        }
        for lint, findings in found.items()
    }


def _show(found: dict[Lint, list[Finding]]) -> None:
    console = Console()
    for lint, findings in found.items():
        table = Table("statement", "against", "what", title_justify="left")
        table.title = f"{lint.title}: {len(findings)} ({lint.name})"
        for finding in findings:
            against = finding.against.code if finding.against else ""
            table.add_row(finding.statement.code, against, lint.told(finding))
        if findings:
            console.print(table)
        else:
            console.print(f"{lint.title}: 0 ({lint.name})")
