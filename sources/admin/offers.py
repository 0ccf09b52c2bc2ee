"""What articles seem to take from elsewhere, for a person to accept or dismiss."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sources import curation
from sources.admin.desk import DeskAdmin, told
from sources.admin.inlines import LinkSelect
from sources.admin.steps import Step
from sources.forms import StepForm
from sources.forms.showing import shown
from sources.models import (
    Article,
    Decision,
    DerivationKind,
    Source,
    SuggestedDerivation,
)

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import QuerySet

DECIDING = "decide on a derivation"


class AcceptForm(StepForm):
    """How the article takes from the other, and which source a name stands for."""

    kind = forms.ChoiceField(label=_("kind"), choices=DerivationKind)
    source = forms.ModelChoiceField(
        label=_("from the source"),
        queryset=Source.objects.order_by("pk"),
        widget=LinkSelect(
            SuggestedDerivation._meta.get_field("origin_source"), admin.site
        ),
        required=False,
    )

    def __init__(self, posted: Any = None, *, row: Any) -> None:
        super().__init__(posted, row=row)
        self.initial.update({"kind": row.kind, "source": row.origin_source})
        if row.origin is not None:
            del self.fields["source"]


def _accept(
    row: SuggestedDerivation, *, actor: User, kind: str, source: Source | None = None
) -> None:
    curation.accept_derivation(
        row,
        kind=DerivationKind(kind),
        source=source,
        actor=actor,
        at=timezone.now(),
    )


def _dismiss(row: SuggestedDerivation, *, actor: User) -> None:
    curation.dismiss_derivation(row, actor=actor, at=timezone.now())


def _step(verb: str, label: Any, form: type[StepForm], run: Any) -> Step:
    return Step(
        verb=verb,
        label=label,
        form=form,
        run=run,
        acts=(DECIDING,),
        fits=lambda row, _user: row.is_open,
        is_grave=verb == "dismiss",
    )


@admin.register(SuggestedDerivation)
class SuggestedDerivationAdmin(DeskAdmin):
    """Suggested derivations: accepted into the record, or dismissed for good."""

    list_display = ("__str__", "kind", "share", "status")
    list_filter = ("status", "kind")
    list_select_related = ("article", "origin", "origin_source")
    search_fields = ("article__title", "origin__title", "origin_name")
    ordering = ("-pk",)
    fieldsets = (
        (None, {"fields": ("article", "kind", "why")}),
        (_("Taken from"), {"fields": ("origin", "origin_source", "origin_name")}),
        (_("Where it says so"), {"fields": ("article_version", "anchor")}),
        (_("Decision"), {"fields": (("status", "decided_at"),)}),
    )
    steps = (
        _step("accept", _("Accept"), AcceptForm, _accept),
        _step("dismiss", _("Dismiss"), StepForm, _dismiss),
    )

    anchor = told("anchor", _("words that say so"), shown)
    why = told("why", _("why"), shown)


def open_offers(article: Article) -> str:
    """Return the open ones of an article with what may be done: one query."""
    offers: QuerySet[SuggestedDerivation] = article.suggested_derivations.filter(
        status=Decision.OPEN
    ).select_related("origin", "origin_source")
    return render_to_string(
        "admin/sources/offers.html", {"offers": offers.order_by("-share", "pk")}
    )
