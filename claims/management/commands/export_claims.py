"""`manage.py export_claims`: write statements to a file, with what describes it."""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentTypeError
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from claims.exchange.exporting import FilterRefused, exported
from claims.exchange.formats import FORMATS
from claims.exchange.gathering import FILTERS
from claims.exchange.metadata import describe
from claims.models import Status
from sources import as_of
from sources.management.progress import bar
from sources.policy import PublicAt

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from django.core.management.base import CommandParser

    from sources.policy import Reader


class Command(BaseCommand):
    """Writes what the public may see, or what the account may that is named."""

    help = "Write statements to a file or to standard output."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        formats = [name for name, form in FORMATS.items() if form.write]
        statuses = [status for status in Status.values if status != Status.DISCARDED]
        add = parser.add_argument
        add("--format", choices=formats, default="ndjson")
        add("--output", type=Path, metavar="PATH", help="standard output unless given")
        add("--as", dest="user", help="the account that reads; the public unless given")
        add("--as-of", type=_moment, metavar="MOMENT", help="what was published then")
        add("--measure", metavar="SLUG")
        add("--event", metavar="SLUG")
        add("--source", metavar="SLUG")
        add("--status", choices=statuses)
        add("--json", action="store_true", help="print what describes the file")

    def handle(self, *, output: Path | None, **options: Any) -> None:
        """Write the file, and beside it its description.

        Raises:
            CommandError: with 2, when an account or a filter is unknown, or the file
                cannot be written.
        """
        form, reader = FORMATS[options["format"]], _reader(options)
        filters = {name: options[name] for name in FILTERS if options[name]}
        pieces = exported(form, reader, filters)
        try:
            if output is None:
                _write(pieces, cast("IO[bytes]", sys.stdout.buffer))
                return
            partly = output.with_name(f"{output.name}.part")
            with partly.open("wb") as file:
                _write(pieces, file)
                os.fsync(file.fileno())
            partly.replace(output)
        except FilterRefused as refusal:
            raise CommandError(str(refusal), returncode=2) from refusal
        except OSError as refusal:
            message = f"{output} cannot be written: {refusal.strerror}"
            raise CommandError(message, returncode=2) from refusal
        query = filters | _asked(options)
        package = json.dumps(
            describe(output, form, query, at=timezone.now()),
            ensure_ascii=False,
            indent=2,
        )
        beside = output.with_name(f"{output.name}-metadata.json")
        beside.write_text(f"{package}\n", encoding="utf-8")
        self.stdout.write(package if options["json"] else f"{output}, {beside}")


def _write(pieces: Iterable[bytes], file: IO[bytes]) -> None:
    with bar("Records", lambda: None) as step:
        for piece in pieces:
            file.write(piece)
            step()


def _reader(options: dict[str, Any]) -> Reader:
    """Return who reads: the public of a moment, an account, or the public."""
    if options["as_of"]:
        return PublicAt(options["as_of"])
    if not options["user"]:
        return AnonymousUser()
    found = User.objects.filter(username=options["user"], is_active=True).first()
    if found is None:
        message = f"There is no account {options['user']}."
        raise CommandError(message, returncode=2)
    return found


def _asked(options: dict[str, Any]) -> dict[str, str]:
    moment: dt.datetime | None = options["as_of"]
    return {"as_of": moment.isoformat()} if moment else {}


def _moment(typed: str) -> dt.datetime:
    try:
        return as_of.read(typed, now=timezone.now())
    except ValidationError as refusal:
        raise ArgumentTypeError(" ".join(refusal.messages)) from refusal
