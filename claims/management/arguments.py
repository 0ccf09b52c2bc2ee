"""What `manage.py import_articles` is told, checked before anything is read."""

from __future__ import annotations

from argparse import ArgumentTypeError
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import User
from django.core.management.base import CommandError

from claims.importing import Given
from sources import policy
from sources.ingest import decoding, fields, known
from sources.ingest.draft import Refusal
from sources.policy import UserRole

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.core.management.base import CommandParser


def declare(parser: CommandParser) -> None:
    """Declare the arguments."""
    add = parser.add_argument
    add("paths", nargs="+", metavar="PATH", help="a file, a folder, - (standard input)")
    add("--user", default="", help="the account that brings them in")
    add("--source", type=_source, help="of articles that name none")
    add("--language", type=_read("language"), help="of all these articles")
    add(
        "--encoding",
        type=_checked(decoding.known),
        help="of texts and pages that do not say theirs",
    )
    add(
        "--fetched-at",
        type=_read("fetched_at"),
        metavar="MOMENT",
        help="when they were fetched, as 2022-01-25T08:30:00+03:00; now unless given",
    )
    add("--dry-run", action="store_true", help="read, check, compare; store nothing")
    add("--json", action="store_true", help="print one JSON object")


def given(options: dict[str, Any]) -> Given:
    """Return what was said of all articles."""
    said = ("source", "language", "fetched_at")
    return Given(**{name: options[name] for name in said if options[name]})


def account(name: str) -> User:
    """Return the account of this name, or the only editor's where none is named.

    Raises:
        CommandError: when there is none, or it may not bring articles in.
    """
    editors = User.objects.filter(groups__name=UserRole.EDITOR)
    named = User.objects.filter(username=name) if name else editors
    found = list(named.filter(is_active=True)[:2])
    if len(found) != 1:
        message = (
            f"There is no account {name}."
            if name
            else "Say with --user who brings them in: there is not exactly one editor."
        )
        raise CommandError(message, returncode=2)
    if not policy.may(found[0], "add article"):
        message = f"The account {found[0]} has no role that brings articles in."
        raise CommandError(message, returncode=2)
    return found[0]


def _read(name: str) -> Callable[[str], Any]:
    """Return what reads the value of a field of an article."""
    return _checked(lambda written: fields.read(name, written))


def _checked(read: Callable[[str], Any]) -> Callable[[str], Any]:
    """Return what reads a value and explains a refusal as the parser does."""

    def reading(written: str) -> Any:
        try:
            return read(written)
        except Refusal as refusal:
            raise ArgumentTypeError(refusal.reason) from refusal

    return reading


_source = _checked(lambda name: known.source_named(name).slug)
