"""`manage.py rebuild_search`: make the index of the search anew from the rows."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from claims import search
from sources.management.progress import bar


class Command(BaseCommand):
    """Makes every entry anew; searches and changes go on meanwhile."""

    help = "Make the index of the search anew, after rows came in past the processes."

    def handle(self, **options: Any) -> None:
        """Do it, and say how many rows were looked at."""
        del options
        n_rows = search.n_rows()
        with bar("Rows", lambda: n_rows) as step:
            search.rebuild(step=step)
        self.stdout.write(f"Rows looked at: {n_rows}.")
