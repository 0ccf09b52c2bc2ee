"""`manage.py quickstart`: from nothing to a running site, and from then on to serve it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from claims import linting, search
from claims.exchange import demo
from factbase import beginning, checks, serving
from sources.management.progress import waiting
from sources.policy import UserRole

if TYPE_CHECKING:
    from django.core.management.base import CommandParser

ROLES = {
    UserRole.CONTRIBUTOR: "records quotes and claims",
    UserRole.REVIEWER: "approves what others recorded, or sends it back",
    UserRole.EDITOR: "records, edits and keeps the catalogue",
    UserRole.CHIEF: "assesses, corrects and withdraws",
    UserRole.ADMIN: "manages accounts, nothing else",
}


class Command(BaseCommand):
    """Prepares whatever is missing, so that a second start only serves."""

    help = "Prepare the database, the accounts and the demo where missing, and serve."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument(
            "--port", type=int, default=settings.PORT, help="default: PORT, or 8000"
        )
        parser.add_argument(
            "--no-serve", action="store_true", help="prepare everything, then stop"
        )

    def handle(self, **options: Any) -> None:
        """Prepare, say where and with which passwords, serve.

        Raises:
            CommandError: with the one line that says what is in the way.
        """
        console = Console(soft_wrap=True)
        try:
            if not options["no_serve"]:
                serving.refuse_busy_port(options["port"])
            _prepare(console)
        except (serving.CannotServe, demo.DemoError) as refusal:
            raise CommandError(refusal) from refusal
        if not options["no_serve"]:
            _serve(console, options["port"])


def _prepare(console: Console) -> None:
    serving.refuse_unusable_folder(settings.DATA_DIR)
    serving.refuse_unfit_database()
    with waiting("Preparing the database", console):
        serving.migrate()
    if settings.IS_PRODUCTION:
        checks.refuse_unsafe_production()
    _show(console, _begin(console))
    with waiting("Looking at what deserves a look", console):
        linting.refresh()
    with waiting("Indexing what can be searched", console):
        search.refresh()
    with waiting("Collecting the static files", console):
        serving.collect_static()


def _begin(console: Console) -> dict[str, str]:
    fixtures = settings.BASE_DIR / "fixtures" if settings.DEMO else None
    if not console.is_terminal:
        with waiting("Making what a base begins with", console):
            return beginning.begin(fixtures, progress=lambda _done, _total: None)
    with Progress(console=console, transient=True) as bar:
        task = bar.add_task("Replaying the demo", visible=False)

        def progress(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, visible=True)

        return beginning.begin(fixtures, progress=progress)


def _show(console: Console, passwords: dict[str, str]) -> None:
    if not passwords:
        console.print(
            "The accounts are there. Forgotten a password? manage.py changepassword NAME"
        )
        return
    table = Table(title="The passwords are shown this once", title_justify="left")
    for heading in ("name", "password"):
        table.add_column(heading, min_width=len(max(passwords.values(), key=len)))
    table.add_column("what the role does")
    for role, password in passwords.items():
        table.add_row(role, password, ROLES[UserRole(role)])
    console.print(table)


def _serve(console: Console, port: int) -> NoReturn:
    address = f"http://{serving.LOOPBACK}:{port}/"
    if settings.PUBLIC_URL:
        console.print(f"{settings.PUBLIC_URL}/ is what the proxy makes of {address}")
    else:
        console.print(f"Factbase answers at {address} and, to edit, {address}admin/")
    console.print("Ctrl-C stops it.")
    serving.serve(port)
