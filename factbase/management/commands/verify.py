"""`manage.py verify`: was anything changed behind the application's back?"""

from __future__ import annotations

import json
import re
import sys
from argparse import ArgumentTypeError
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TypeAlias

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from factbase.checks import GUARDS
from sources import history, verification
from sources.management.progress import bar
from sources.verification import Finding, Verification

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.core.management.base import CommandParser


Head: TypeAlias = tuple[int, str]


def parse_head(written: str) -> Head:
    """Return number and digest of an exported head, written `1234:9f86…`.

    Raises:
        ArgumentTypeError: when it is written otherwise.
    """
    match = re.fullmatch(r"(\d{1,18}):([0-9a-f]{64})", written.strip())
    if match is None:
        message = f"a head is a number, a colon and 64 hexadecimal digits: {written}"
        raise ArgumentTypeError(message)
    return int(match[1]), match[2]


def _written(head: Head) -> str:
    number, digest = head
    return f"{number}:{digest}"


_SOUND = "Nothing was altered"


class Command(BaseCommand):
    """Compares the log with itself, and every row, text and trigger with the log."""

    help = "Find what was changed behind the application's back, and name the record."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument(
            "--head",
            dest="heads",
            metavar="NUMBER:DIGEST",
            type=parse_head,
            action="append",
            default=[],
            help="a head that left this machine earlier; may be given several times",
        )
        parser.add_argument(
            "--print-head", action="store_true", help="print the head, verify nothing"
        )
        parser.add_argument(
            "--chain-only", action="store_true", help="verify the log, not the rows"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, **options: Any) -> None:
        """Print the findings, and exit with 1 when there are any.

        Raises:
            CommandError: when the database does not answer or is damaged.
        """
        try:
            head = history.head()
            if options["print_head"]:
                self.stdout.write(_written(head))
            elif not self._verifies(head, **options):
                sys.exit(1)
        except DatabaseError as broken:
            message = f"The database cannot be read: {broken}"
            raise CommandError(message) from broken

    def _verifies(self, head: Head, **options: Any) -> bool:
        with bar("Verifying", verification.n_rows) as step:
            verified = Verification(tuple(options["heads"]), GUARDS, step)
            chain_only = options["chain_only"]
            findings = verified.of_the_log() if chain_only else verified.of_everything()
            if options["json"]:
                return self._as_json(findings, head) == 0
            sound = "The log was not altered; no row was read"
            return self._as_lines(findings, head, sound if chain_only else _SOUND) == 0

    def _as_json(self, findings: Iterable[Finding], head: Head) -> int:
        found = [asdict(finding) for finding in findings]
        summary = {"head": _written(head), "verified": not found, "findings": found}
        self.stdout.write(json.dumps(summary, indent=2))
        return len(found)

    def _as_lines(self, findings: Iterable[Finding], head: Head, sound: str) -> int:
        n_findings = 0
        for finding in findings:
            n_findings += 1
            self.stdout.write(str(finding))
        verdict = f"Findings: {n_findings}" if n_findings else sound
        self.stdout.write(f"{verdict}. The head of the log is {_written(head)}")
        return n_findings
