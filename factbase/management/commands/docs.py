"""`manage.py docs`: write the pages that are made from the code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from factbase.generated import stale_pages

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    """Writes what differs, or only says so."""

    help = "Write the generated pages of docs/."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument(
            "--check", action="store_true", help="write nothing; fail if one is stale"
        )

    def handle(self, **options: Any) -> None:
        """Write the stale pages and name them.

        Raises:
            CommandError: with `--check`, when there are any.
        """
        stale = stale_pages()
        names = ", ".join(str(path.relative_to(settings.BASE_DIR)) for path in stale)
        if options["check"] and stale:
            message = f"Not what the code says any more: {names}. Run `make docs`."
            raise CommandError(message)
        for path, text in stale.items():
            path.write_text(text, "utf-8")
        self.stdout.write(f"Written: {names}" if stale else "All pages are up to date.")
