"""Measures of the same event: what they count that this one does not, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claims.models import Measure

#: What may differ, from what tells most; the first that does is the reason.
_REASONS = {
    "happened": _("what happened to them is another thing"),
    "counted": _("others are counted"),
    "place": _("another place"),
    "unit": _("another unit"),
    "nature": _("a level, a running total and an increment are different things"),
}


def not_compared(
    measure: Measure, others: Iterable[Measure]
) -> list[tuple[Measure, Any]]:
    """Return those of the same event, each with why it is not compared."""
    of_it = (other for other in others if other.event_id == measure.event_id)
    return [(other, _reason(measure, other)) for other in of_it]


def _reason(measure: Measure, other: Measure) -> Any:
    for column, reason in _REASONS.items():
        if getattr(measure, column) != getattr(other, column):
            return reason
    return _("two measures of the same thing: perhaps they are one")
