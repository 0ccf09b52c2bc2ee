"""Atom feeds: what changed, for those who follow it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.corrections import withdrawn
from claims.templatetags.reading import figure, unit_of

if TYPE_CHECKING:
    import datetime as dt

    _Feed = Feed[Any, None]
else:
    _Feed = Feed

#: How many entries a feed holds.
LATEST = 50


class CorrectionsFeed(_Feed):
    """The latest corrections, for anyone: what the public sees today, whoever asks."""

    feed_type = Atom1Feed
    title = gettext_lazy("Factbase: corrections")
    subtitle = gettext_lazy("What was withdrawn, why, and what stands in its place.")

    def link(self) -> str:
        """Return the page of the same."""
        return reverse("correction-list")

    def items(self) -> list[Any]:
        """Return what was withdrawn last: a few queries."""
        return withdrawn(AnonymousUser()).order_by("-withdrawn_at", "-code")[:LATEST]

    def item_title(self, item: Any) -> str:
        """Return which statement was withdrawn, and how."""
        return f"{item.get_withdrawal_kind_display()}: {told(item)}"

    def item_description(self, item: Any) -> str:
        """Return why, and what replaced it."""
        newer = item.visible_replacements
        lines = [item.withdrawal_reason]
        lines += [_("Now: %s") % told(each) for each in newer]
        return "\n".join(lines)

    def item_guid(self, item: Any) -> str:
        """Return what stays the same for ever."""
        return f"tag:factbase,2022:correction/{item.code}"

    item_guid_is_permalink = False

    def item_pubdate(self, item: Any) -> dt.datetime:
        """Return when it was withdrawn."""
        when: dt.datetime = item.withdrawn_at
        return when

    item_updateddate = item_pubdate


def told(row: Any) -> str:
    """Return a claim's figure, a verdict, or the words of a quote, in one line."""
    if hasattr(row, "rating"):
        return str(row.get_rating_display())
    if getattr(row, "qualifier", ""):
        return f"{figure(row)} {unit_of(row)}: {row.words}"
    return str(row.words)
