"""The log, to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib import admin
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from sources.admin.desk import DeskAdmin
from sources.models import Change
from sources.policy import UserRole, roles_of

if TYPE_CHECKING:
    from django.http import HttpRequest


def name_of(change: Change) -> str:
    """Return what kind of row a change is of, and its key."""
    try:
        kind = capfirst(str(apps.get_model(change.model)._meta.verbose_name))
    except LookupError:  # a table that is no more
        kind = change.model
    return f"{kind} {change.object_id}"


def address_of(change: Change) -> str:
    """Return the address of the changed row in the admin; empty when it has none."""
    try:
        name = f"admin:{change.model.replace('.', '_')}_change"
        return reverse(name, args=[change.object_id])
    except NoReverseMatch:
        return ""


def latest_of(user: Any, number: int) -> list[tuple[Change, str, str]]:
    """Return what an account did last, each with its name and address: one query."""
    changes = Change.objects.filter(actor=user).order_by("-seq")[:number]
    return [(change, name_of(change), address_of(change)) for change in changes]


class ModelFilter(admin.SimpleListFilter):
    """What kind of row was changed; asks the code, not the whole log."""

    title = _("model")
    parameter_name = "model"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return label and name of every model of ours."""
        del request
        models = model_admin.admin_site._registry  # noqa: SLF001  # the site's list
        return sorted(
            (model._meta.label_lower, capfirst(str(model._meta.verbose_name)))
            for model in models
        )

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Return the changes of one kind."""
        del request
        return queryset.filter(model=self.value()) if self.value() else queryset


@admin.register(Change)
class ChangeAdmin(DeskAdmin):
    """Every change, newest first; nothing here can be altered."""

    list_display = ("seq", "at", "actor_name", "action", "row", "reason")
    list_filter = ("action", ModelFilter)
    search_fields = ("actor_name", "reason", "model")
    ordering = ("-seq",)
    list_select_related = False

    def sections(self, request: HttpRequest, row: Any) -> Any:
        """Show snapshots to the chief: they hold protected columns, too."""
        del row
        is_chief = UserRole.CHIEF in roles_of(request.user)
        snapshot = ("snapshot",) if is_chief else ()
        return (
            (None, {"fields": (("seq", "at"), "actor_name", "action", "row")}),
            (None, {"fields": ("reason", ("version_before", "version_after"))}),
            (_("Chain"), {"fields": (*snapshot, "previous", "digest")}),
        )

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Ask the policy."""
        del obj
        return self.may_do(request, ["read the log"])

    @admin.display(description=_("object"))
    def row(self, change: Change) -> str:
        """Return a link to what was changed."""
        name, address = name_of(change), address_of(change)
        return format_html('<a href="{}">{}</a>', address, name) if address else name
