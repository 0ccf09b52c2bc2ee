"""What the rules propose, and how they do: to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from claims import policy, track_record
from claims.models import Suggestion
from sources.admin.desk import DeskAdmin, told
from sources.forms.showing import shown

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest
    from django.urls import URLPattern


@admin.register(Suggestion)
class SuggestionAdmin(DeskAdmin):
    """What the rules propose, to read."""

    table, classes = policy.ACTS, policy.FIELDS
    list_display = ("__str__", "kind", "article_version", "confidence", "status")
    list_filter = ("status", "kind", "rule")
    list_select_related = ("article_version__article",)
    search_fields = ("rule", "article_version__article__title")
    ordering = ("-pk",)
    fieldsets = (
        (None, {"fields": ("article_version", "kind", ("start", "end"), "fields")}),
        (_("Rule"), {"fields": (("rule", "rule_set", "confidence"), "because")}),
        (
            _("Decision"),
            {"fields": ("status", ("decider", "decided_at"), "quote", "claim")},
        ),
    )

    because = told("why", _("why"), shown)
    decider = told("decided_by", _("decided by"), shown)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Leave the texts out of lists."""
        rows = super().get_queryset(request).select_related("article_version__article")
        return rows.defer("article_version__text")

    def get_urls(self) -> list[URLPattern]:
        """Add the page that says how the rules do."""
        address = self.page(
            "rules/",
            self.rules_view,
            name="claims_suggestion_rules",
            act="read the track record",
        )
        return [address, *super().get_urls()]

    def rules_view(self, request: HttpRequest) -> TemplateResponse:
        """Show what became of each rule's suggestions."""
        context = {
            **self.admin_site.each_context(request),
            "title": _("How the rules do"),
            "rules": track_record.report(),
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/claims/rules.html", context)
