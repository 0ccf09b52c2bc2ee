"""`manage.py suggest`: run the reading rules on articles, or say how the rules do."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.table import Table

from claims import matching, track_record
from claims.suggestions import Counts, last_versions, suggest
from sources.management.progress import bar, waiting

if TYPE_CHECKING:
    from django.core.management.base import CommandParser

_HEADINGS = (
    *("rule", "open", "accepted", "changed", "dismissed", "right of the decided"),
    "measured",
)


class Command(BaseCommand):
    """Stores what the rules propose by now; what a person has decided on stays."""

    help = "Run the rules on the last text of articles, and store what they suggest."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("codes", nargs="*", metavar="ARTICLE_CODE")
        parser.add_argument("--all", action="store_true", help="read every article")
        parser.add_argument(
            "--dry-run", action="store_true", help="count, and store nothing"
        )
        parser.add_argument(
            "--report", action="store_true", help="read nothing; say how the rules do"
        )
        parser.add_argument(
            "--links",
            action="store_true",
            help="read no article; look for links between all statements anew",
        )
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *, codes: list[str], **options: Any) -> None:
        """Print what was done, or how the rules do.

        Raises:
            CommandError: when no article is named, or one that does not exist.
        """
        if options["report"]:
            self._report(as_json=options["json"])
            return
        if options["links"]:
            with waiting("Looking for links", Console(stderr=True)):
                done = asdict(matching.refresh(whole=True))
            self._done(done, as_json=options["json"])
            return
        if bool(codes) == options["all"]:
            message = "Name the articles by their codes, or read them with --all."
            raise CommandError(message)
        versions = last_versions(codes or None)
        known = dict(versions.values_list("pk", "article__code"))
        if missing := set(codes).difference(known.values()):
            message = f"No such article: {', '.join(sorted(missing))}"
            raise CommandError(message)
        counts = Counts()
        with bar("Reading", lambda: len(known)) as step:
            for pk in known:  # one text at a time in memory
                counts += suggest(versions.get(pk=pk), dry_run=options["dry_run"])
                step()
        self._done({"articles": len(known), **asdict(counts)}, as_json=options["json"])

    def _done(self, done: dict[str, int], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(done))
        else:
            self.stdout.write(", ".join(f"{name} {n}" for name, n in done.items()))

    def _report(self, *, as_json: bool) -> None:
        rules = track_record.report()
        if as_json:
            rows = [{**asdict(r), "precision": r.precision} for r in rules]
            self.stdout.write(json.dumps(rows, indent=2, default=str))
            return
        table = Table(*_HEADINGS)
        for r in rules:
            counts = (r.open, r.accepted, r.changed, r.dismissed)
            shares = (r.precision, r.measured)
            table.add_row(r.rule, *map(str, counts), *map(_shown, shares))
        console = Console(width=120)
        with console.capture() as written:
            console.print(table)
        self.stdout.write(written.get())


def _shown(share: Any) -> str:
    return "" if share is None else f"{share:.1%}"
