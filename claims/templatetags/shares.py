"""How shares are written on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

if TYPE_CHECKING:
    from decimal import Decimal

register = template.Library()


@register.filter
def percent(share: Decimal) -> str:
    """Return a share, 0 to 1, in percent to one place after the point."""
    return f"{share:.1%}"
