"""Suggested links: both passages side by side, accepted or refused; what was joined."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import admin
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from claims import linking, matching, policy
from claims.admin.placements import passage_at
from claims.models import LinkKind, SameUtterance, SuggestedLink
from sources.admin.catalogue import taking_back
from sources.admin.desk import DeskAdmin, told
from sources.admin.steps import Step
from sources.forms import StepForm
from sources.forms.showing import shown

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import QuerySet
    from django.http import HttpRequest

DECIDING = "decide on a link"


class AcceptForm(StepForm):
    """The versions of both ends that the person has read."""

    read_at = forms.RegexField(r"^\d{1,9}\.\d{1,9}$", widget=forms.HiddenInput)

    def __init__(self, posted: Any = None, *, row: SuggestedLink) -> None:
        super().__init__(posted, row=row)
        self.initial["read_at"] = row.read_at
        self._now = row.read_at

    def add_error(self, field: str | None, error: Any) -> None:
        """Say it beside both ends as they stand now, which the next answer is on."""
        super().add_error(field, error)
        posted: Any = self.data.copy()  # type: ignore[attr-defined]  # of a request
        posted["read_at"] = self._now
        self.data = posted


def _accept(row: SuggestedLink, *, read_at: str, actor: User) -> None:
    linking.accept(row, read_at=read_at, actor=actor, at=timezone.now())


def _refuse(row: SuggestedLink, *, actor: User) -> None:
    linking.refuse(row, actor=actor, at=timezone.now())


def _may_accept(row: SuggestedLink, user: Any) -> bool:
    """Tell whether a link waits, and for whoever may do what accepting it does."""
    if not row.is_open or row.kind != LinkKind.SAME_MEASURE or row.claim is None:
        return row.is_open
    return policy.may_own(user, "edit statement", row.claim)


def n_waiting(user: Any) -> int:
    """Return how many links wait for a person."""
    if not policy.may(user, DECIDING):
        return 0
    return SuggestedLink.objects.open().count()


@admin.register(SuggestedLink)
class SuggestedLinkAdmin(DeskAdmin):
    """Claims that seem to be of a measure, statements that seem to be one utterance."""

    table, classes = policy.ACTS, policy.FIELDS
    list_display = ("one_side", "other_side", "why", "kind", "verdict", "deciding")
    list_display_links = None
    list_filter = ("verdict", "kind")
    search_fields = (
        *("claim__words", "quote__words", "to_claim__words", "to_quote__words"),
        *("measure__name_ar", "measure__name_en"),
    )
    ordering = ("verdict", "-score", "pk")
    fieldsets = (
        (None, {"fields": ("both", "why")}),
        (_("Decision"), {"fields": ("kind", "verdict", ("decider", "decided_at"))}),
    )
    steps = (
        Step(
            verb="accept",
            label=_("Accept"),
            form=AcceptForm,
            run=_accept,
            acts=(DECIDING,),
            fits=_may_accept,
        ),
        Step(
            verb="refuse",
            label=_("Refuse"),
            form=StepForm,
            run=_refuse,
            acts=(DECIDING,),
            fits=lambda row, _user: row.is_open,
            is_grave=True,
        ),
    )

    decider = told("decided_by", _("decided by"), shown)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Load both ends."""
        rows: Any = super().get_queryset(request)
        return cast("QuerySet[Any]", rows.with_ends())

    def portrait(self, row: Any) -> str:
        """Return both passages with what matched."""
        return format_html("{}{}", self.both(row), self.why(row))

    @admin.display(description=_("one passage"))
    def one_side(self, link: SuggestedLink) -> str:
        """Return the words that the link begins with."""
        return _side(link.one)

    @admin.display(description=_("the other"))
    def other_side(self, link: SuggestedLink) -> str:
        """Return the words or the measure that it leads to."""
        return _side(link.other)

    @admin.display(description=_("score and reason"), ordering="score")
    def why(self, link: SuggestedLink) -> str:
        """Return the score, and what adds how much to it."""
        context = {"link": link, "reasons": matching.reasons(link)}
        return render_to_string("admin/claims/link_reasons.html", context)

    @admin.display(description=_("decide"))
    def deciding(self, link: SuggestedLink) -> str:
        """Return the ways to a decision."""
        return render_to_string("admin/claims/link_steps.html", {"link": link})

    @admin.display(description=_("side by side"))
    def both(self, link: SuggestedLink) -> str:
        """Return both passages in their texts; of a measure, that of its last claim."""
        example = link.measure and link.measure.claims.order_by("-pk").first()
        sides = [(None, link.one), (link.measure, example or link.other)]
        passages = [
            (measure, row, passage_at(row.article_version, row.span))
            for measure, row in sides
            if hasattr(row, "span")
        ]
        context = {"passages": passages, "measure": link.measure}
        return render_to_string("admin/claims/link.html", context)


def _side(row: Any) -> str:
    version = getattr(row, "article_version", None)
    context = {"row": row, "version": version}
    return render_to_string("admin/claims/link_side.html", context)


@admin.register(SameUtterance)
class SameUtteranceAdmin(DeskAdmin):
    """Statements that count once: joined by accepting a link, taken back here."""

    table, classes = policy.ACTS, policy.FIELDS
    list_display = ("__str__", "recorder", "recorded_at", "ended_at")
    list_filter = (("ended_at", admin.EmptyFieldListFilter),)
    list_select_related = ("claim", "to_claim", "quote", "to_quote", "recorded_by")
    search_fields = ("claim__words", "quote__words", "to_claim__words")
    ordering = ("-pk",)
    fieldsets = (
        (None, {"fields": (("claim", "to_claim"), ("quote", "to_quote"))}),
        (None, {"fields": (("recorder", "recorded_at"), "ended_at")}),
    )
    steps = (taking_back(linking.end, "end same utterance", _("Take it back")),)

    recorder = told("recorded_by", _("recorded by"), str)
