"""`manage.py lint`: work out what in the base deserves a look, and say why."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.table import Table

from claims import linting
from claims.lints import LINTS
from sources.management.progress import bar

if TYPE_CHECKING:
    from django.core.management.base import CommandParser

    from claims.models import Finding


class Command(BaseCommand):
    """Asks every lint anew, keeps what they find for the pages, and prints it."""

    help = "Say what deserves a look: contradictions, altered numbers, fallen totals."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("names", nargs="*", metavar="LINT", help="all unless given")
        parser.add_argument(
            "--public", action="store_true", help="only what is published"
        )
        parser.add_argument(
            "--changed",
            action="store_true",
            help="work out only what changes bear on that were not looked at yet",
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
        with bar("Findings", lambda: None) as step:
            linting.refresh(whole=not options["changed"], step=step)
        found: dict[str, list[Finding]] = {name: [] for name in names or LINTS}
        audience = linting.PUBLIC if options["public"] else linting.DESK
        kept = linting.findings(audience.reader).filter(lint__in=found)
        for finding in kept.select_related("claim", "quote", "against").order_by("pk"):
            found[finding.lint].append(finding)
        if options["json"]:
            self.stdout.write(json.dumps(_content(found), ensure_ascii=False, indent=2))
        else:
            _show(found)


def _content(found: dict[str, list[Finding]]) -> dict[str, Any]:
    """Return what was found as JSON: by lint, how often and where."""
    return {
        name: {
            "title": str(LINTS[name].title),
            "explanation": str(LINTS[name].explanation),
            "count": len(of_lint),
            "findings": [
                {
                    "statement": finding.statement.code,
                    "against": finding.against.code if finding.against else None,
                    "told": LINTS[name].told(finding),
                }
                for finding in of_lint
            ],
        }
        for name, of_lint in found.items()
    }


def _show(found: dict[str, list[Finding]]) -> None:
    console = Console()
    for name, of_lint in found.items():
        lint = LINTS[name]
        table = Table("statement", "against", "what", title_justify="left")
        table.title = f"{lint.title}: {len(of_lint)} ({name})"
        for finding in of_lint:
            against = finding.against.code if finding.against else ""
            table.add_row(finding.statement.code, against, lint.told(finding))
        if of_lint:
            console.print(table)
        else:
            console.print(f"{lint.title}: 0 ({name})")
