"""`manage.py changepassword`: let somebody in again, from the machine itself.

It takes the place of Django's command of this name, which the log would not know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from factbase import accounts
from factbase.accounts import codes, links, locks
from factbase.management.asking import new_password

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    """Writes as an administrator would, but in nobody's name."""

    help = "Give an account a new password, for whoever cannot ask an administrator."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("username")
        parser.add_argument(
            "--link",
            action="store_true",
            help="print a link with which the person chooses it, once",
        )
        parser.add_argument(
            "--no-codes", action="store_true", help="ask for no code any more"
        )

    def handle(self, **options: Any) -> None:
        """Forget failures, take the codes away if wanted, then the password.

        Raises:
            CommandError: when there is no such account, or the password is weak.
        """
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            message = f"There is no account {options['username']}."
            raise CommandError(message)
        try:
            self._let_in(user, **options)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal

    def _let_in(self, user: User, *, link: bool, no_codes: bool, **_rest: Any) -> None:
        if link:
            self.stdout.write(links.issue(user, actor=None))
        else:
            accounts.set_password(user, new_password(), actor=None)
        if no_codes:
            codes.remove(user, actor=None)
        locks.lift(user, actor=None)
