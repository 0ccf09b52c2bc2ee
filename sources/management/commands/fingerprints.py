"""`manage.py fingerprints`: work out anew what texts are recognised by."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from sources.ingest import known
from sources.management.progress import bar
from sources.models import ArticleVersion


class Command(BaseCommand):
    """Replaces the fingerprints of all texts; nothing else depends on them."""

    help = (
        "Work out anew the fingerprints by which texts that stand elsewhere are found."
    )

    def handle(self, **options: Any) -> None:
        """Print how many texts were read."""
        del options
        with bar("Texts", ArticleVersion.objects.count) as step:
            n_texts = known.remember_all(step)
        self.stdout.write(f"texts {n_texts}")
