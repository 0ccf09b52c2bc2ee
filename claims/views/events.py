"""The page of an event: its measures with how each stands, when, and where."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims import visible
from claims.charts import maps, timeline
from claims.comparison import compare_each
from claims.comparison.loading import claims_of_each
from claims.listing import listed, sought
from claims.models import Claim, Event
from sources.as_of import kept_as_of, reader_of
from sources.policy import visible_to

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest, HttpResponse

    from claims.models import Measure
    from sources.policy import Reader


@require_safe
def event(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an event: a page of its measures compared, their timeline, a map.

    Cost: that of one comparison, whatever the number of measures.
    """
    reader = reader_of(request)
    found = sought(request, partial(visible_to, rows=Event.objects.all()), slug=slug)
    listing = listed(request, visible.measures(reader).filter(event=found), {})
    claims = claims_of_each(listing.page, reader)
    context = {
        "event": found,
        "listing": listing,
        "comparisons": compare_each(claims, reader) if claims else (),
        "timeline": _timeline(request, found, claims, reader),
        "map": maps.mapped(found, _around(found, reader)),
    }
    return render(request, "claims/event.html", context)


def _timeline(
    request: HttpRequest,
    event: Event,
    claims: dict[Measure, list[Claim]],
    reader: Reader,
) -> timeline.Timeline | None:
    taken_back: Iterable[Claim] = visible.withdrawn(Claim, reader).filter(
        measure__in=claims
    )

    def address(row: Any) -> str:
        return kept_as_of(request, row.get_absolute_url())

    everything = [claim for own in claims.values() for claim in own]
    found = timeline.happenings(event, everything, taken_back, address=address)
    return timeline.laid_out(found, event.name)


def _around(event: Event, reader: Reader) -> list[Event]:
    """Return other events near one, the nearest in latitude first; none if it is nowhere."""
    if event.latitude is None or event.longitude is None:
        return []
    near = Event.objects.exclude(pk=event.pk).filter(
        is_training=event.is_training,
        latitude__range=(event.latitude - maps.AROUND, event.latitude + maps.AROUND),
        longitude__range=(event.longitude - maps.AROUND, event.longitude + maps.AROUND),
    )
    return list(
        visible_to(reader, near).order_by("-starts_earliest", "pk")[: maps.OTHERS]
    )
