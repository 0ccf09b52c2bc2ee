"""Where statements stand in later texts: found by the base, or placed by a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims import carrying, policy
from claims.models import PlacedBy, Placement
from sources.admin.desk import DeskAdmin, told
from sources.admin.steps import Step
from sources.forms import SpanField, StepForm
from sources.models.columns import Anchor

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import QuerySet
    from django.http import HttpRequest

    from sources.models import ArticleVersion
    from sources.text.spans import Span

_CONTEXT = 240


class PlaceForm(StepForm):
    """Where a statement stands now; a place that looks right is filled in already."""

    anchor = SpanField(label=_("words"), required=True)

    def __init__(self, posted: Any = None, *, row: Placement) -> None:
        super().__init__(posted, row=row)
        self.text = row.article_version.text
        if span := carrying.candidate(row):
            self.initial["anchor"] = Anchor.at(self.text, span)

    def clean_anchor(self) -> Anchor:
        """Find the words in the new text."""
        anchor: Anchor = self.cleaned_data["anchor"].anchor(self.text)
        return anchor


def _place(row: Placement, *, anchor: Anchor, actor: User) -> None:
    carrying.place(row, span=anchor.span, actor=actor, at=timezone.now())


def _give_up(row: Placement, *, actor: User) -> None:
    carrying.give_up(row, actor=actor, at=timezone.now())


@admin.register(Placement)
class PlacementAdmin(DeskAdmin):
    """The old text and the new one side by side; a person says where it stands."""

    table, classes = policy.ACTS, policy.FIELDS
    list_display = ("__str__", "how", "placer", "placed_at")
    list_filter = ("how",)
    search_fields = (
        *("quote__words", "claim__words", "article_version__article__title"),
        *("quote__code", "claim__code"),
    )
    ordering = ("-pk",)
    steps = (
        Step(
            verb="place",
            label=_("Place it"),
            form=PlaceForm,
            run=_place,
            acts=("place statement",),
        ),
        Step(
            verb="gone",
            label=_("No longer there"),
            form=StepForm,
            run=_give_up,
            acts=("place statement",),
            fits=lambda row, _user: row.how != PlacedBy.GONE,
            is_grave=True,
        ),
    )
    fieldsets = (
        (None, {"fields": ("texts", "lost")}),
        (_("Where"), {"fields": ("how", ("placer", "placed_at"))}),
    )

    placer = told("placed_by", _("placed by"), str)
    lost = told("lost_parts", _("parts that were lost"), ", ".join)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Load what a list shows."""
        rows: Any = super().get_queryset(request)
        return cast("QuerySet[Any]", rows.with_statements())

    def portrait(self, row: Any) -> str:
        """Return both texts, to find the place in."""
        return self.texts(row)

    @admin.display(description=_("texts"))
    def texts(self, placement: Placement) -> str:
        """Return the words in the text they were recorded in, and in the new one."""
        statement = placement.statement
        new = placement.span if placement.anchor else carrying.candidate(placement)
        passages = [
            passage_at(statement.article_version, statement.span),
            passage_at(placement.article_version, new),
        ]
        return render_to_string("admin/claims/placed.html", {"passages": passages})


def passage_at(version: ArticleVersion, span: Span | None) -> dict[str, Any]:
    """Return the words with the text around them; without a span, all of the text."""
    text = version.text
    start, end = (span.start, span.end) if span else (0, 0)
    first = max(start - _CONTEXT, 0)
    last = min(end + _CONTEXT, len(text)) if span else len(text)
    return {
        "article": version.article,
        "version": version,
        "before": ("…" if first else "") + text[first:start],
        "words": text[start:end],
        "after": text[end:last] + ("…" if last < len(text) else ""),
    }
