"""Export statements with somebody's eyes: what they may not see is not written."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, cast

from django.utils.translation import gettext as _

from claims.models import Event, Measure
from sources import engine, masking, withholding
from sources.models import Source
from sources.policy import sees_unpublished, sees_withheld, visible_to

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.contrib.auth.models import User
    from django.db.models import Model

    from claims.exchange.formats import Format
    from sources.policy import Reader

#: The rows whose slug a filter takes.
_NAMED: dict[str, type[Model]] = {"source": Source, "event": Event, "measure": Measure}


class FilterRefused(ValueError):
    """A filter names what the reader cannot know."""


def exported(
    form: Format, reader: Reader, filters: Mapping[str, str]
) -> Iterator[bytes]:
    """Yield a file piece by piece, all of it as the base stands at this moment.

    Withheld names are masked as on pages; that the chief editor was shown some is noted.

    Raises:
        FilterRefused: when a filter names nothing that the reader may see.
        TypeError: when the format is not written.
    """
    if form.write is None:
        raise TypeError(form.name)
    _refuse_unknown(reader, filters)
    reading = masking.Reading(
        knows=lambda: sees_withheld(reader), records=lambda: sees_unpublished(reader)
    )
    try:
        with engine.unchanging():
            yield from reading.streamed(form.write(reader, filters))
    finally:
        if reading.shown and not reading.is_restricted:
            chief = cast("User", reader)
            withholding.note_access(reading.shown, reader=chief, route="export_claims")


def _refuse_unknown(reader: Reader, filters: Mapping[str, str]) -> None:
    for name, value in filters.items():
        if name not in _NAMED:
            continue
        rows: Any = visible_to(reader, _NAMED[name]._default_manager.all())
        if not rows.filter(slug=value).exists():
            slugs = [row.slug for row in rows.only("slug")[:1000]]
            nearest = "".join(get_close_matches(value, slugs, n=1))
            message = _(
                "There is no %(name)s “%(value)s”. The nearest is “%(nearest)s”."
            )
            words = {"name": name, "value": value, "nearest": nearest}
            raise FilterRefused(message % words)
