"""`manage.py import_claims`: receive statements from a file, as an import to approve."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from claims.exchange.formats import FORMATS, Format
from claims.management.arguments import account
from claims.management.files import n_lines, opened
from claims.receiving import Outcome, ReceivedFile, receive
from sources.ingest import decoding
from sources.management.progress import bar
from sources.policy import NotAllowed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.core.management.base import CommandParser

_STOPPED = 130  # as shells say that somebody pressed Ctrl-C
_GO_ON = "Stopped: what is counted is stored. Run the same command again to go on."
#: Of a file that is wrong all over, so many refusals are told; all are counted.
_MOST_TOLD = 1_000


class Command(BaseCommand):
    """Stores each record whole or not at all; what is there already stays as it is."""

    help = "Receive statements from a file; another person approves the import."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        formats = [name for name, form in FORMATS.items() if form.read]
        add = parser.add_argument
        add("path", metavar="PATH", help="a file, or - for standard input")
        add("--format", choices=formats, help="unless the name of the file ends in it")
        encodings = tuple(decoding.ENCODINGS)
        add("--encoding", choices=encodings, default="", help="utf-8 unless given")
        add("--as", dest="user", default="", help="the account that imports it")
        add("--dry-run", action="store_true", help="read and check; store nothing")
        add("--json", action="store_true", help="print one JSON object")

    def handle(self, *, path: str, **options: Any) -> None:
        """Say what was refused and why, then the counts; exit with 1 when any was.

        Raises:
            CommandError: with 2, when the file, its format or the account will not do.
        """
        form = _format(path, options["format"])
        counts, told = Counter[str](), list[dict[str, Any]]()
        try:
            for outcome in _outcomes(path, form, options):
                counts.update(_counted(outcome))
                if len(told) < _MOST_TOLD:
                    told += self._tell(outcome, form)
            code = 1 if counts["refused"] else 0
        except KeyboardInterrupt:
            self.stderr.write(_GO_ON)
            code = _STOPPED
        except NotAllowed as refusal:
            raise CommandError(str(refusal), returncode=2) from refusal
        self._done(counts, told, **options)
        if code:
            sys.exit(code)

    def _tell(self, outcome: Outcome, form: Format) -> Iterator[dict[str, Any]]:
        for refusal in outcome.refusals:
            refusal.field = form.told(refusal.field)
            self.stderr.write(str(refusal))
            yield {
                "file": refusal.place.file,
                "line": refusal.place.line,
                "field": refusal.field,
                "reason": refusal.reason,
            }

    def _done(
        self, counts: Counter[str], told: list[dict[str, Any]], **options: Any
    ) -> None:
        if options["json"]:
            said = {**counts, "dry_run": options["dry_run"], "refusals": told}
            self.stdout.write(json.dumps(said, ensure_ascii=False))
            return
        written = ", ".join(f"{name} {n}" for name, n in counts.items())
        rehearsed = " (dry run: nothing was stored)" * options["dry_run"]
        self.stdout.write(f"{written}{rehearsed}")


def _format(path: str, name: str | None) -> Format:
    name = name or Path(path).suffix.removeprefix(".").lower()
    form = FORMATS.get(name)
    if form is None or form.read is None:
        message = f"Say with --format in which format {path} is."
        raise CommandError(message, returncode=2)
    return form


def _outcomes(path: str, form: Format, options: dict[str, Any]) -> Iterator[Outcome]:
    actor, at = account(options["user"]), timezone.now()
    with (
        opened(path, options["encoding"]) as (stream, digest),
        bar("Records", lambda: n_lines(path)) as step,
    ):
        if form.read is None:
            return  # `_format` returns none
        name = Path(path).name
        outcomes = receive(
            form.read(stream, name, at),
            ReceivedFile(name, digest, form.name),
            actor=actor,
            at=at,
            rehearse=options["dry_run"],
        )
        for outcome in outcomes:
            step()
            yield outcome


def _counted(outcome: Outcome) -> dict[str, int]:
    """Return what one record adds to the counts."""
    is_refused = bool(outcome.refusals)
    found = {"found": outcome.n_found, "refused": int(is_refused)}
    return {"records": 1, **found, **outcome.added}
