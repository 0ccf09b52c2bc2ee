"""`manage.py import_articles`: bring articles in from files, folders, standard input."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any, cast

from django.core.management.base import BaseCommand
from django.utils import timezone

from claims.importing import Tally, bring_in_each
from claims.management import arguments
from sources.ingest import reading
from sources.management.progress import articles_read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedReader

    from django.core.management.base import CommandParser

    from claims.intake import Outcome

_STOPPED = 130  # as shells say that somebody pressed Ctrl-C
_GO_ON = (
    "Stopped: what is counted is stored, each article whole. Run the same command "
    "again to go on; what came in is unchanged then."
)


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
        outcomes, tally = _outcomes(paths, options), Tally()
        with articles_read(paths) as step:
            try:
                for outcome in outcomes:
                    tally.add(outcome)
                    if outcome.is_read:
                        step()
                    if outcome.is_read or options["verbosity"] > 1:
                        self._tell(outcome)
                code = 1 if tally.refusals else 0
            except KeyboardInterrupt:
                code = _STOPPED
        self.stdout.write(_summary(tally, **options))
        if code == _STOPPED:
            self.stderr.write(_GO_ON)
        if code:
            sys.exit(code)

    def _tell(self, outcome: Outcome) -> None:
        for refusal in outcome.refusals:
            self.stderr.write(str(refusal))
        for remark in outcome.remarks:
            self.stderr.write(f"{outcome.place}: {remark}")


def _outcomes(paths: list[str], options: dict[str, Any]) -> Iterator[Outcome]:
    stdin = cast("BufferedReader", sys.stdin.buffer)
    read = reading.from_paths(paths, stdin=stdin, encoding=options["encoding"] or "")
    return bring_in_each(
        read,
        given=arguments.given(options),
        actor=arguments.account(options["user"]),
        at=timezone.now(),
        rehearse=options["dry_run"],
    )


def _summary(tally: Tally, **options: Any) -> str:
    if options["json"]:
        about = {"refusals": tally.refusals, "remarks": tally.remarks}
        told = {**tally.counts, "dry_run": options["dry_run"], **about}
        return json.dumps(told, ensure_ascii=False)
    counts = ", ".join(f"{name} {n}" for name, n in tally.counts.items())
    return f"{counts} (dry run: nothing was stored)" if options["dry_run"] else counts
