"""Assessments, translations, and what is only read: reviews and imports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims import policy, recording
from claims.admin.workflow import LIFECYCLE, ReviewedAdmin
from claims.models import Assessment, Batch, Evidence, Review, Translation
from sources.admin.desk import DeskAdmin, told
from sources.admin.inlines import DeskInline
from sources.admin.steps import actor_of

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.http import HttpRequest


class EvidenceInline(DeskInline):
    """What a new assessment rests on: given with it, never changed."""

    model = Evidence
    fields = ("claim", "url", "note")
    autocomplete_fields = ("claim",)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Take evidence together with a new assessment."""
        return obj is None and policy.may(request.user, "assess")


@admin.register(Assessment)
class AssessmentAdmin(ReviewedAdmin):
    """Verdicts on claims; a newer one replaces an older."""

    adding = "assess"
    inlines = (EvidenceInline,)
    list_display = ("__str__", "rating", "status", "recorded_by", "published_at")
    list_filter = ("rating", "status", "language")
    list_select_related = ("claim", "recorded_by")
    search_fields = ("summary", "code", "claim__words", "claim__code")
    autocomplete_fields = ("claim",)
    ordering = ("-pk",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Take the reason for which a new verdict replaces the one that stands."""
        del request
        return [name for name in LIFECYCLE if obj or name != "replacement_reason"]

    def sections(self, request: HttpRequest, row: Any) -> Any:
        """Return the fieldsets."""
        del request
        verdict = ["claim", ("rating", "language"), "summary"]
        if row:
            return [(None, {"fields": verdict}), self.state(row)]
        return [(None, {"fields": [*verdict, "replacement_reason"]})]

    def save_model(
        self, request: HttpRequest, obj: Any, form: Any, change: Any
    ) -> None:
        """Wait for the evidence: both are recorded in one process."""

    def save_related(
        self, request: HttpRequest, form: Any, formsets: Any, change: Any
    ) -> None:
        """Record the assessment with its evidence."""
        del change
        evidence = [row for formset in formsets for row in formset.save(commit=False)]
        recording.assess(
            form.instance, evidence=evidence, actor=actor_of(request), at=timezone.now()
        )


@admin.register(Translation)
class TranslationAdmin(DeskAdmin):
    """Statements in another language: edited until the statement is published."""

    table, classes = policy.ACTS, policy.FIELDS
    adding = changing = "translate statement"
    list_display = ("__str__", "language", "quote", "claim", "translated_by")
    list_filter = ("language",)
    list_select_related = ("quote", "claim", "translated_by")
    search_fields = ("words", "credit", "quote__words", "claim__words")
    autocomplete_fields = ("quote", "claim")
    readonly_fields = ("translator", "recorded_at")
    ordering = ("-pk",)
    _subject = ("quote", "claim", "language")

    translator = told("translated_by", _("translated by"), str)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Allow editing while the statement is open; show the rest to read.

        A form sent for what was closed in the meantime is let through to the
        process, which refuses it with the reason: so nothing typed is lost.
        """
        is_open = obj is None or obj.statement.is_open or request.method == "POST"
        return is_open and super().has_change_permission(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Keep a translation with its statement, in its language."""
        fields = super().get_readonly_fields(request, obj)
        return (*fields, *self._subject) if obj else fields

    def sections(self, request: HttpRequest, row: Any) -> Any:
        """Return the fieldsets."""
        del request
        own = (("translator", "recorded_at"),) if row else ()
        return [(None, {"fields": (*self._subject, "words", "credit", *own)})]

    def add_row(self, row: Any, *, form: Any, actor: User) -> None:
        """Record it."""
        del form
        recording.translate(row, actor=actor, at=timezone.now())

    def change_row(self, row: Any, values: Any, *, actor: User, reason: str) -> None:
        """Edit it."""
        recording.retranslate(row, values, actor=actor, reason=reason)


@admin.register(Evidence)
class EvidenceAdmin(DeskAdmin):
    """What assessments rest on, to read."""

    list_display = ("__str__", "assessment", "url")
    list_select_related = ("assessment__claim", "claim")
    search_fields = ("note", "url", "claim__words", "assessment__summary")
    ordering = ("-pk",)
    fieldsets = ((None, {"fields": ("assessment", "claim", "url", "note")}),)


@admin.register(Review)
class ReviewAdmin(DeskAdmin):
    """Decisions on statements, to read."""

    list_display = ("at", "decision", "subject", "reviewer", "recorder", "note")
    list_filter = ("decision",)
    list_select_related = (
        "quote",
        "claim",
        "assessment__claim",
        "reviewer",
        "recorder",
    )
    search_fields = ("note", "quote__words", "claim__words", "reviewer__username")
    ordering = ("-pk",)
    fieldsets = (
        (None, {"fields": ("quote", "claim", "assessment", "decision", "note")}),
        (_("Who"), {"fields": (("by", "of"), ("at", "version_reviewed"))}),
    )

    by = told("reviewer", _("reviewer"), str)
    of = told("recorder", _("recorder"), str)

    @admin.display(description=_("of"))
    def subject(self, review: Review) -> str:
        """Return what was reviewed."""
        return str(review.subject)


@admin.register(Batch)
class BatchAdmin(DeskAdmin):
    """Imported files, to read."""

    list_display = ("file_name", "format", "imported_by", "imported_at", "n_recorded")
    list_filter = ("format",)
    list_select_related = ("imported_by",)
    search_fields = ("file_name", "sha256")
    ordering = ("-pk",)
    fieldsets = (
        (None, {"fields": ("file_name", "format", ("importer", "imported_at"))}),
        (_("Rows"), {"fields": (("n_read", "n_recorded", "n_refused"), "sha256")}),
    )

    importer = told("imported_by", _("imported by"), str)
