"""Sources and speakers with their other names, roles and merges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sources import curation
from sources.admin import withholding
from sources.admin.desk import DeskAdmin, told
from sources.admin.inlines import DeskInline
from sources.admin.steps import Step, Tool, actor_of
from sources.forms import (
    LanguagesField,
    NoteField,
    PartialDateField,
    ReasonForm,
    RowForm,
)
from sources.forms.showing import shown
from sources.models import (
    Merge,
    OwnVoice,
    Role,
    Source,
    SourceAlias,
    Speaker,
    SpeakerAlias,
)
from sources.policy import sees_withheld

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.contrib.auth.models import User
    from django.http import HttpRequest


class CatalogueAdmin(DeskAdmin):
    """Rows that `sources.curation` keeps."""

    def add_row(self, row: Any, *, form: Any, actor: User) -> None:
        """Add it."""
        del form
        curation.add(row, actor=actor)

    def change_row(
        self, row: Any, values: Mapping[str, Any], *, actor: User, reason: str
    ) -> None:
        """Change it."""
        curation.change(row, values, actor=actor, reason=reason)

    def remove_row(self, row: Any, *, actor: User) -> None:
        """Remove it."""
        curation.remove(row, actor=actor)


class AliasInline(DeskInline):
    """Other names: added and removed on the page of their owner, never changed."""

    fields = ("name", "language")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Ask whether the owner may be changed."""
        del obj
        owner = self.admin_site.get_model_admin(self.parent_model)
        return owner.has_change_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Ask whether the owner may be changed."""
        return self.has_add_permission(request, obj)


class SourceAliasInline(AliasInline):
    """Other names of a source."""

    model = SourceAlias


class SpeakerAliasInline(AliasInline):
    """Other names of a speaker."""

    model = SpeakerAlias


class OwnerAdmin(CatalogueAdmin):
    """A source or a speaker, with its other names on the same page."""

    def save_formset(
        self, request: HttpRequest, form: Any, formset: Any, change: Any
    ) -> None:
        """Hand each name that came or went to the process."""
        del form, change
        for alias in formset.save(commit=False):
            curation.add(alias, actor=actor_of(request))
        for alias in formset.deleted_objects:
            curation.remove(alias, actor=actor_of(request))


class SourceForm(RowForm):
    """A source; its languages are typed with commas."""

    languages = LanguagesField(label=_("languages"), help_text=_("Tags: ar, en"))


@admin.register(Source)
class SourceAdmin(OwnerAdmin):
    """The offices that publish."""

    adding, changing, removing = "add source", "change source", "remove source"
    form = SourceForm
    inlines = (SourceAliasInline,)
    list_display = ("__str__", "other_name", "kind", "country", "is_training")
    list_filter = ("kind", "is_training")
    search_fields = ("name_ar", "name_en", "slug", "aliases__folded")
    ordering = ("name_en", "name_ar", "pk")
    prepopulated_fields = {"slug": ("name_en",)}
    fieldsets = (
        (None, {"fields": (("name_ar", "name_en"), "slug", "kind")}),
        (_("Details"), {"fields": (("country", "languages"), "homepage", "note")}),
        (None, {"fields": ("is_training",)}),
    )

    other_name = told("other_name", _("in the other language"), str)


@admin.register(Speaker)
class SpeakerAdmin(OwnerAdmin):
    """Whose words are reported."""

    adding, changing, removing = "add speaker", "change speaker", "remove speaker"
    inlines = (SpeakerAliasInline,)
    list_display = ("__str__", "other_name", "kind", "source", "is_training")
    list_select_related = ("source",)
    search_fields = ("name_ar", "name_en", "slug", "aliases__folded")
    ordering = ("name_en", "name_ar", "pk")
    autocomplete_fields = ("source",)
    prepopulated_fields = {"slug": ("name_en",)}
    fieldsets = (
        (None, {"fields": (("name_ar", "name_en"), "slug", "kind", "source")}),
        (_("Details"), {"fields": ("wikidata", "is_training")}),
    )
    steps = withholding.STEPS

    other_name = told("other_name", _("in the other language"), str)

    def get_list_filter(self, request: HttpRequest) -> Any:
        """Let the chief find those whose names are withheld."""
        withheld = ("withheld",) if sees_withheld(request.user) else ()
        return ("kind", "is_training", *withheld)

    def tools(self, request: HttpRequest, row: Any) -> list[Tool]:
        """Add the way to who was shown a withheld name."""
        tools = super().tools(request, row)
        if row.withheld:  # so it is the chief who looks
            address = reverse("admin:sources_accessentry_changelist")
            query = f"?speaker__id__exact={row.pk}"
            tools.append(Tool(str(_("Who was shown the name")), f"{address}{query}"))
        return tools


class AliasAdmin(CatalogueAdmin):
    """All other names in one list."""

    list_filter = ("language",)

    def sections(self, request: HttpRequest, row: Any) -> Any:
        """Put the owner first."""
        del request, row
        return [(None, {"fields": (*self.autocomplete_fields, "name", "language")})]


@admin.register(SourceAlias)
class SourceAliasAdmin(AliasAdmin):
    """Other names of sources."""

    adding = removing = "change source"
    list_display = ("name", "language", "source")
    list_select_related = ("source",)
    search_fields = ("folded", "source__name_ar", "source__name_en")
    autocomplete_fields = ("source",)
    ordering = ("name", "pk")


@admin.register(SpeakerAlias)
class SpeakerAliasAdmin(AliasAdmin):
    """Other names of speakers."""

    adding = removing = "change speaker"
    list_display = ("name", "language", "speaker")
    list_select_related = ("speaker",)
    search_fields = ("folded", "speaker__name_ar", "speaker__name_en")
    autocomplete_fields = ("speaker",)
    ordering = ("name", "pk")


def taking_back(end: Callable[..., object], act: str, label: Any) -> Step:
    """Return the step that ends a recorded fact as of now."""

    def run(row: Any, *, reason: str, actor: User) -> None:
        end(row, at=timezone.now(), reason=reason, actor=actor)

    return Step(
        verb="end",
        label=label,
        form=ReasonForm,
        run=run,
        acts=(act,),
        fits=lambda row, _user: row.ended_at is None,
        is_grave=True,
    )


class RoleForm(RowForm):
    """What a speaker was, from when to when."""

    held_from = PartialDateField(label=_("from"))
    held_until = PartialDateField(label=_("until"))


@admin.register(Role)
class RoleAdmin(DeskAdmin):
    """What speakers were: recorded, taken back, never edited."""

    adding = "record role"
    form = RoleForm
    list_display = ("__str__", "speaker", "organisation", "held_from", "held_until")
    list_filter = ("speaks_for", ("ended_at", admin.EmptyFieldListFilter))
    list_select_related = ("speaker", "organisation")
    search_fields = (
        *("name_ar", "name_en", "speaker__name_ar", "speaker__name_en"),
        "speaker__aliases__folded",
    )
    autocomplete_fields = ("speaker", "organisation")
    ordering = ("-pk",)
    readonly_fields = ("recorded_at", "ended_at")
    fieldsets = (
        (None, {"fields": ("speaker", ("name_ar", "name_en"))}),
        (_("Where"), {"fields": ("organisation", "speaks_for")}),
        (_("When"), {"fields": ("held_from", "held_until")}),
        (_("In the base"), {"fields": (("recorded_at", "ended_at"),)}),
    )
    steps = (taking_back(curation.end_role, "end role", _("Take back")),)

    held_from = told("held_from", _("from"), shown, ordering="held_from_earliest")
    held_until = told("held_until", _("until"), shown, ordering="held_until_earliest")

    def add_row(self, row: Any, *, form: Any, actor: User) -> None:
        """Record it as of now."""
        del form
        row.recorded_at = timezone.now()
        curation.record_role(row, actor=actor)


@admin.register(OwnVoice)
class OwnVoiceAdmin(DeskAdmin):
    """As whom sources speak: recorded, taken back, never edited."""

    adding = "say as whom a source speaks"
    list_display = ("__str__", "recorded_at", "ended_at")
    list_filter = (("ended_at", admin.EmptyFieldListFilter),)
    list_select_related = ("source", "speaker")
    search_fields = (
        *("source__name_ar", "source__name_en", "source__aliases__folded"),
        *("speaker__name_ar", "speaker__name_en", "speaker__aliases__folded"),
    )
    autocomplete_fields = ("source", "speaker")
    ordering = ("-pk",)
    readonly_fields = ("recorded_at", "ended_at")
    fieldsets = (
        (None, {"fields": ("source", "speaker")}),
        (_("In the base"), {"fields": (("recorded_at", "ended_at"),)}),
    )
    steps = (
        taking_back(
            curation.end_own_voice, "say as whom a source speaks", _("Take back")
        ),
    )

    def add_row(self, row: Any, *, form: Any, actor: User) -> None:
        """Record it as of now."""
        del form
        row.recorded_at = timezone.now()
        curation.record_own_voice(row, actor=actor)


class MergeForm(RowForm):
    """Two speakers that are one, and how we know."""

    grounds = NoteField(label=_("reason"))


@admin.register(Merge)
class MergeAdmin(DeskAdmin):
    """Merges of speakers: done and undone, never edited."""

    adding = "merge speakers"
    form = MergeForm
    list_display = ("__str__", "recorded_at", "ended_at")
    list_filter = (("ended_at", admin.EmptyFieldListFilter),)
    list_select_related = ("speaker", "into")
    search_fields = (
        *("speaker__name_ar", "speaker__name_en", "speaker__aliases__folded"),
        *("into__name_ar", "into__name_en"),
    )
    autocomplete_fields = ("speaker", "into")
    ordering = ("-pk",)
    readonly_fields = ("recorded_at", "ended_at")
    steps = (taking_back(curation.end_merge, "merge speakers", _("Undo the merge")),)

    def sections(self, request: HttpRequest, row: Any) -> Any:
        """Ask for the reason once; afterwards the history tells it."""
        del request
        own = ("grounds",) if row is None else (("recorded_at", "ended_at"),)
        return [(None, {"fields": ("speaker", "into", *own)})]

    def add_row(self, row: Any, *, form: Any, actor: User) -> None:
        """Merge as of now."""
        curation.merge(
            row.speaker,
            into=row.into,
            at=timezone.now(),
            reason=form.cleaned_data["grounds"],
            actor=actor,
        )
