"""Measures of the same event: what they count that this one does not, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from claims.models import Measure
from sources.policy import Reader, visible_to

if TYPE_CHECKING:
    from django.db.models import QuerySet

#: What may differ, from what tells most; the first that does is the reason.
_REASONS = {
    "happened": _("what happened to them is another thing"),
    "counted": _("others are counted"),
    "place": _("another place"),
    "unit": _("another unit"),
    "nature": _("a level, a running total and an increment are different things"),
}


def others_of_the_event(measure: Measure, reader: Reader) -> list[tuple[Measure, Any]]:
    """Return the other measures of the event, each with why it is not compared."""
    rows: QuerySet[Any] = Measure.objects.filter(event=measure.event_id)
    others = visible_to(reader, rows.exclude(pk=measure.pk)).order_by("pk")
    return [(other, _reason(measure, other)) for other in others]


def _reason(measure: Measure, other: Measure) -> Any:
    for column, reason in _REASONS.items():
        if getattr(measure, column) != getattr(other, column):
            return reason
    return _("two measures of the same thing: perhaps they are one")
