"""What this base says of itself, written by the chief editor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin

from claims import policy, recording
from claims.models import AboutText
from sources.admin.desk import DeskAdmin

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.http import HttpRequest


@admin.register(AboutText)
class AboutTextAdmin(DeskAdmin):
    """The sections of the page about this base."""

    table, classes = policy.ACTS, policy.FIELDS
    adding, changing = "add abouttext", "change abouttext"
    list_display = ("__str__", "section", "language")
    list_filter = ("language",)
    ordering = ("section", "language")

    def sections(self, request: HttpRequest, row: Any) -> Any:
        """Return the fieldsets."""
        del request, row
        return [(None, {"fields": (("section", "language"), "text")})]

    def add_row(self, row: Any, *, form: Any, actor: User) -> None:
        """Write a section."""
        del form
        recording.add(row, actor=actor)

    def change_row(self, row: Any, values: Any, *, actor: User, reason: str) -> None:
        """Write it anew."""
        recording.change(row, values, actor=actor, reason=reason)
