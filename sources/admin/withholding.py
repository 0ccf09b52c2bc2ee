"""Withhold a speaker: where the name stands, which places are somebody else, who saw it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sources import withholding
from sources.admin.desk import DeskAdmin, told
from sources.admin.inlines import LinkSelect
from sources.admin.steps import Step
from sources.forms import ReasonForm, StepForm
from sources.models import AccessEntry, Article, Derivation, WithheldSpan
from sources.policy import sees_withheld

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.http import HttpRequest
    from django.utils.safestring import SafeString

    from sources.models import Speaker
    from sources.withholding import Place

_LONGEST_MARK = 200


class PlacesForm(ReasonForm):
    """Every place where the name stands; those of somebody else are ticked.

    Whatever is not ticked hides, and so does what no form can list.
    """

    somebody_else = forms.MultipleChoiceField(
        label=gettext_lazy("Tick what is somebody else; all the rest hides."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    listed = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, posted: Any = None, *, row: Any) -> None:
        super().__init__(posted, row=row)
        found = withholding.places(row)
        choices: Any = self.fields["somebody_else"]
        choices.choices = [(place.key, _told(place)) for place in found]
        self.initial["somebody_else"] = [p.key for p in found if not p.is_hidden]
        self.initial["listed"] = " ".join(place.key for place in found)


def _told(place: Place) -> SafeString:
    news = "" if place.kind else _("new")
    before, words, after = place.context
    return format_html(
        '<span class="place-where">{} {}</span> <bdi>{}<mark>{}</mark>{}</bdi>',
        *(place.where, news, before, words, after),
    )


class MarkForm(StepForm):
    """Words that tell who a speaker is, though they are no name."""

    article = forms.ModelChoiceField(
        label=gettext_lazy("article"),
        queryset=Article.objects.order_by("pk"),
        widget=LinkSelect(Derivation._meta.get_field("article"), admin.site),
    )
    words = forms.CharField(
        label=gettext_lazy("words to hide"),
        max_length=_LONGEST_MARK,
        help_text=gettext_lazy("Wherever they stand in its texts and its title."),
        widget=forms.TextInput({"dir": "auto", "class": "vTextField"}),
    )


def _withhold(
    speaker: Speaker,
    *,
    somebody_else: list[str],
    listed: str,
    reason: str,
    actor: User,
) -> None:
    shown = set(listed.split())
    withholding.withhold(
        speaker,
        listed=shown,
        ticked=shown - set(somebody_else),
        reason=reason,
        actor=actor,
        at=timezone.now(),
    )


def _mark(speaker: Speaker, *, article: Article, words: str, actor: User) -> str:
    at = timezone.now()
    n = withholding.mark(speaker, article=article, words=words, actor=actor, at=at)
    told = ngettext("%(n)d place hides now.", "%(n)d places hide now.", n)
    return told % {"n": n}


def _lift(speaker: Speaker, *, reason: str, actor: User) -> None:
    withholding.lift(speaker, reason=reason, actor=actor, at=timezone.now())


def _step(verb: str, label: Any, form: type[StepForm], run: Any) -> Step:
    return Step(
        verb=verb,
        label=label,
        form=form,
        run=run,
        acts=(withholding.ACT,),
        fits=lambda speaker, _user: speaker.withheld == (verb != "withhold"),
        is_grave=verb in ("withhold", "lift"),
    )


STEPS = (
    _step("withhold", gettext_lazy("Withhold the name"), PlacesForm, _withhold),
    _step("places", gettext_lazy("Where the name stands"), PlacesForm, _withhold),
    _step("mark", gettext_lazy("Hide other words"), MarkForm, _mark),
    _step("lift", gettext_lazy("Show the name again"), ReasonForm, _lift),
)


class ChiefsAdmin(DeskAdmin):
    """What only those read who see withheld names."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Ask the policy."""
        del obj
        return sees_withheld(request.user)


@admin.register(AccessEntry)
class AccessEntryAdmin(ChiefsAdmin):
    """Who was shown a withheld name, when, on which page."""

    list_display = ("at", "reader", "speaker", "route")
    list_filter = (("speaker", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("reader", "speaker")
    search_fields = ("reader__username", "route")
    ordering = ("-pk",)
    fieldsets = ((None, {"fields": (("at", "who"), "speaker", "route")}),)

    who = told("reader", gettext_lazy("reader"), str)


@admin.register(WithheldSpan)
class WithheldSpanAdmin(ChiefsAdmin):
    """What was said of places where withheld names stand."""

    list_display = ("__str__", "speaker", "kind", "recorded_at", "ended_at")
    list_filter = ("kind", ("speaker", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("speaker",)
    search_fields = ("model", "field")
    ordering = ("-pk",)
    fieldsets = (
        (None, {"fields": ("speaker", "kind", ("model", "object_id", "field"))}),
        (None, {"fields": (("start", "end"), "text_sha256")}),
        (None, {"fields": (("recorded_at", "ended_at"),)}),
    )
