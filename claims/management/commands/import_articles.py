"""`manage.py import_articles`: bring articles in from files, folders, standard input."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any, cast

from django.core.management.base import BaseCommand
from django.utils import timezone

from claims.importing import Tally, bring_in_each
from claims.management import arguments
from claims.management.progress import articles_read
from sources.ingest import reading

if TYPE_CHECKING:
    from io import BufferedReader

    from django.core.management.base import CommandParser


class Command(BaseCommand):
    """Stores each article whole or not at all; what is there already stays as it is."""

    help = (
        "Bring in articles: texts, pages, Word and PDF files, folders, NDJSON records."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        arguments.declare(parser)

    def handle(self, *, paths: list[str], **options: Any) -> None:
        """Say what was refused and why, then the counts; exit with 1 when any was."""
        actor = arguments.account(options["user"])
        given = arguments.given(options)
        how = {"actor": actor, "at": timezone.now(), "rehearse": options["dry_run"]}
        stdin, tally = cast("BufferedReader", sys.stdin.buffer), Tally()
        with articles_read(paths) as step:
            read = reading.from_paths(
                paths, stdin=stdin, encoding=options["encoding"] or ""
            )
            for outcome in bring_in_each(read, given=given, **how):
                tally.add(outcome)
                for refusal in outcome.refusals:
                    self.stderr.write(str(refusal))
                step()
        self.stdout.write(_summary(tally, **options))
        if tally.refusals:
            sys.exit(1)


def _summary(tally: Tally, **options: Any) -> str:
    if options["json"]:
        about = {"dry_run": options["dry_run"], "refusals": tally.refusals}
        return json.dumps({**tally.counts, **about}, ensure_ascii=False)
    counts = ", ".join(f"{name} {n}" for name, n in tally.counts.items())
    return f"{counts} (dry run: nothing was stored)" if options["dry_run"] else counts
