"""`manage.py first_admin`: make the account that creates all others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from factbase import accounts
from factbase.management.asking import new_password
from sources.policy import NotAllowed

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    """Works on a base without accounts only."""

    help = "Make the account `admin`, which creates all others; once."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument(
            "--ask",
            action="store_true",
            help="ask for its password instead of making one",
        )

    def handle(self, **options: Any) -> None:
        """Make it, and print the password that was made.

        Raises:
            CommandError: when there is an account already, or the password is weak.
        """
        password = new_password() if options["ask"] else accounts.random_password()
        try:
            user = accounts.first_admin(password=password)
        except (NotAllowed, ValidationError) as refusal:
            raise CommandError(_said(refusal)) from refusal
        self.stdout.write(f"The account {user.username} is made.")
        if not options["ask"]:
            self.stdout.write(f"Its password, shown this once: {password}")


def _said(refusal: NotAllowed | ValidationError) -> str:
    if isinstance(refusal, ValidationError):
        return " ".join(refusal.messages)
    return str(refusal)
