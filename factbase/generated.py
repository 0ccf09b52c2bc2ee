"""The pages of docs/ that are made from the code: one line here for each."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.management import call_command
from django.utils import translation

from factbase import reading_rules, states

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def _api_schema() -> str:
    written = io.StringIO()
    call_command("spectacular", validate=True, fail_on_warn=True, stdout=written)
    return written.getvalue()


#: Each page's path under docs/, and what writes its text.
PAGES: dict[str, Callable[[], str]] = {
    "extraction.md": reading_rules.page,
    "openapi.yaml": _api_schema,
    "states.md": states.page,
}


def stale_pages() -> dict[Path, str]:
    """Return the pages whose file differs from what the code says, with their text."""
    with translation.override("en"):
        texts = {settings.BASE_DIR / "docs" / name: PAGES[name]() for name in PAGES}
    return {path: text for path, text in texts.items() if _read(path) != text}


def _read(path: Path) -> str | None:
    return path.read_text("utf-8") if path.exists() else None
