"""Values as a person reads them, in either direction of writing."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sources.models.columns import Anchor
from sources.text.dates import PartialDate
from sources.text.spans import Span

NOTHING = "—"


def reading_language() -> str:
    """Return “ar” or “en”: the language of the page."""
    return "ar" if (get_language() or "").startswith("ar") else "en"


def isolated(words: str) -> str:
    """Return words that keep their direction to themselves."""
    return f"\N{FIRST STRONG ISOLATE}{words}\N{POP DIRECTIONAL ISOLATE}"


def left_to_right(figures: str) -> str:
    """Return figures that keep their order inside a line of Arabic."""
    return f"\N{LEFT-TO-RIGHT ISOLATE}{figures}\N{POP DIRECTIONAL ISOLATE}"


def shown(value: Any) -> str:
    """Return a value as text; a dash for none."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, PartialDate):
        words = f" {isolated(f'“{value.words}”')}" if value.words else ""
        return f"{value.in_words(reading_language())}{words}"
    if isinstance(value, Anchor):
        return shown_place(value.words, value.span)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)


def shown_place(words: str, span: Span) -> str:
    """Return words and the offsets where they stand."""
    return f"{words} {left_to_right(f'({span.start}–{span.end})')}"
