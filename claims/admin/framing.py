"""Events and measures: what numbers are claims of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from claims import policy, recording
from claims.forms import EventForm
from claims.models import Event, Measure
from sources.admin.desk import DeskAdmin, told
from sources.forms.showing import shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.contrib.auth.models import User


class FramingAdmin(DeskAdmin):
    """Rows that `claims.recording` keeps beside the statements."""

    table, classes = policy.ACTS, policy.FIELDS
    prepopulated_fields = {"slug": ("name_en",)}
    ordering = ("name_en", "name_ar", "pk")

    other_name = told("other_name", _("in the other language"), str)

    def add_row(self, row: Any, *, form: Any, actor: User) -> None:
        """Add it."""
        del form
        recording.add(row, actor=actor)

    def change_row(
        self, row: Any, values: Mapping[str, Any], *, actor: User, reason: str
    ) -> None:
        """Change it."""
        recording.change(row, values, actor=actor, reason=reason)

    def remove_row(self, row: Any, *, actor: User) -> None:
        """Remove it."""
        recording.remove(row, actor=actor)


@admin.register(Event)
class EventAdmin(FramingAdmin):
    """What happened, where and when."""

    adding, changing, removing = "add event", "change event", "remove event"
    form = EventForm
    list_display = ("__str__", "other_name", "place_ar", "place_en", "starts", "ends")
    list_filter = ("country", "is_training")
    search_fields = ("name_ar", "name_en", "slug", "place_ar", "place_en")
    fieldsets = (
        (None, {"fields": (("name_ar", "name_en"), "slug", "is_training")}),
        (
            _("Where"),
            {
                "fields": (
                    ("place_ar", "place_en", "country"),
                    ("latitude", "longitude"),
                )
            },
        ),
        (_("When"), {"fields": ("starts", "ends")}),
    )

    starts = told("starts", _("starts"), shown, ordering="starts_earliest")
    ends = told("ends", _("ends"), shown, ordering="ends_earliest")


@admin.register(Measure)
class MeasureAdmin(FramingAdmin):
    """What is counted."""

    adding, changing, removing = "add measure", "change measure", "remove measure"
    list_display = ("__str__", "other_name", "event", "counted", "happened", "nature")
    list_filter = ("nature", "unit")
    list_select_related = ("event",)
    search_fields = (
        *("name_ar", "name_en", "slug", "counted", "happened", "place"),
        *("event__name_ar", "event__name_en"),
    )
    autocomplete_fields = ("event", "part_of")
    fieldsets = (
        (None, {"fields": (("name_ar", "name_en"), "slug", "event")}),
        (
            _("What is counted"),
            {
                "fields": (
                    ("counted", "happened", "place"),
                    ("unit", "nature", "tolerance_days"),
                    "part_of",
                ),
                "description": _(
                    "What a measure means stands once a published claim uses it."
                ),
            },
        ),
    )
