"""Quotes and claims: recorded, edited, approved, corrected, withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast

from django.contrib import admin
from django.contrib.admin.utils import label_for_field, lookup_field
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from claims import recording
from claims.admin.workflow import LIFECYCLE, ReviewedAdmin
from claims.forms import (
    ClaimForm,
    QuoteForm,
    StatementForm,
    correcting,
)
from claims.models import Claim, Quote, Status, Translation
from sources.admin.desk import told
from sources.admin.steps import Tool, actor_of
from sources.forms.numbers import write_number
from sources.forms.showing import isolated, reading_language, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.contrib.auth.models import User
    from django.db.models import Model, QuerySet
    from django.http import HttpRequest

    _TabularInline = admin.TabularInline[Model, Model]
else:
    _TabularInline = admin.TabularInline

_CONTEXT = 240


class StatementAdmin(ReviewedAdmin):
    """What the admins of quotes and claims share."""

    adding = "record statement"
    form: type[StatementForm] = StatementForm
    list_per_page = 50
    list_filter: ClassVar[tuple[Any, ...]] = (
        "status",
        "article_version__article__language",
        "article_version__article__is_training",
    )
    ordering = ("-pk",)
    readonly_fields = (*LIFECYCLE, "passage")
    search_fields: ClassVar[tuple[str, ...]] = (
        *("words", "code", "speaker__name_ar", "speaker__name_en"),
        *("speaker__aliases__folded", "article_version__article__title"),
    )

    anchor = told("anchor", _("words"), shown)
    speaker_anchor = told("speaker_anchor", _("speaker as written"), shown)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Load what a list shows, without the texts."""
        rows: Any = super().get_queryset(request)
        return cast("QuerySet[Any]", rows.with_provenance())

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Allow editing what is open to whoever may; show the rest to read.

        A form sent for what was closed in the meantime is let through to the
        process, which refuses it with the reason: so nothing typed is lost.
        """
        own = obj is None or obj.recorded_by_id == request.user.pk
        acts = ["edit statement", *(["edit own statement"] if own else [])]
        is_open = obj is None or obj.is_open or request.method == "POST"
        return is_open and self.may_do(request, acts)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Ask the policy; a correction is another act than a record."""
        act = "correct" if "replaces" in request.GET else self.adding
        return self.may_do(request, [act])

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Keep a statement in the version it was read in."""
        fields = super().get_readonly_fields(request, obj)
        return (*fields, "article_version") if obj else fields

    def form_for(self, request: HttpRequest, row: Any) -> type[StatementForm]:
        """Ask for the reason of a correction."""
        is_correction = row is None and self._replaced(request)
        return correcting(self.form) if is_correction else self.form

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Begin a correction with its reason."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None and "replaces" in request.GET:
            return [(_("Correction"), {"fields": ["grounds"]}), *fieldsets]
        return fieldsets

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Begin a correction with what it replaces."""
        old = self._replaced(request)
        if old is None:
            return super().get_changeform_initial_data(request)
        columns = [*self.form.SPANS, *self.form.base_fields]
        columns += [field.name for field in self.opts.concrete_fields]
        skipped = {*LIFECYCLE, "id", "version", *self.form.NO_VALUES}
        return {name: getattr(old, name, None) for name in set(columns) - skipped}

    def _replaced(self, request: HttpRequest) -> Any:
        """Return what a correction corrects; None when the form is of none.

        Raises:
            Http404: when no such statement is published.
        """
        code = request.GET.get("replaces")
        if code is None:
            return None
        return get_object_or_404(
            self.get_queryset(request), code=code, status=Status.PUBLISHED
        )

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **options: Any
    ) -> Any:
        """Say of a correction what it corrects."""
        old = None if context.get("original") else self._replaced(request)
        if old is not None:
            context |= {"title": _("Correction"), "subtitle": str(old)}
        return super().render_change_form(request, context, *args, **options)

    def tools(self, request: HttpRequest, row: Any) -> list[Tool]:
        """Add the way to a correction."""
        tools = super().tools(request, row)
        if row.status == Status.PUBLISHED and self.may_do(request, ["correct"]):
            name = f"admin:{self.opts.app_label}_{self.opts.model_name}_add"
            address = f"{reverse(name)}?replaces={row.code}"
            tools.insert(0, Tool(str(_("Correct")), address))
        if row.is_open and self.may_do(request, ["translate statement"]):
            tools += self._translating(row)
        return tools

    def _translating(self, row: Any) -> list[Tool]:
        """Return the ways to each translation of a statement, and to a new one."""
        at, noun = "admin:claims_translation", Translation._meta.verbose_name
        known = [
            Tool(
                f"{capfirst(str(noun))} ({each.language})",
                reverse(f"{at}_change", args=[each.pk]),
            )
            for each in row.translations.order_by("language")
        ]
        another = f"{reverse(f'{at}_add')}?{self.opts.model_name}={row.pk}"
        return [*known, Tool(str(_("Translate")), another)]

    def save_model(
        self, request: HttpRequest, obj: Any, form: Any, change: Any
    ) -> None:
        """Record a correction as the replacement of what it corrects."""
        old = None if change else self._replaced(request)
        if old is None:
            super().save_model(request, obj, form, change)
            return
        recording.replace(
            old,
            obj,
            reason=form.cleaned_data["grounds"],
            actor=actor_of(request),
            at=timezone.now(),
        )

    def add_row(self, row: Any, *, form: Any, actor: User) -> None:
        """Record it."""
        del form
        recording.record(row, actor=actor, at=timezone.now())

    def change_row(
        self, row: Any, values: Mapping[str, Any], *, actor: User, reason: str
    ) -> None:
        """Edit it."""
        recording.edit(row, values, actor=actor, reason=reason)

    def portrait(self, row: Any) -> str:
        """Return all that is approved: the passage, each value of a list, translations.

        Beside those of a correction stand those of what it replaces.
        """
        rows = [each for each in (row.replaces, row) if each]
        facts = [
            (
                capfirst(str(label_for_field(name, self.model, self))),
                [self._told(name, each) for each in rows],
            )
            for name in ("words", *self.list_display[1:])
        ]
        noun = capfirst(str(Translation._meta.verbose_name_plural))
        facts.append((noun, [_translations(each) for each in rows]))
        context = {"passage": self.passage(row), "facts": facts, "row": row}
        return render_to_string("admin/claims/portrait.html", context)

    def _told(self, name: str, row: Any) -> str:
        column, _attribute, value = lookup_field(name, row, self)
        choices = dict(getattr(column, "flatchoices", ()))
        return shown(choices.get(value, value))

    @admin.display(description=_("passage"))
    def passage(self, row: Any) -> str:
        """Return the words with the text around them."""
        version = row.article_version
        text = version.text
        before, after = max(row.start - _CONTEXT, 0), row.end + _CONTEXT
        context = {
            "article": version.article,
            "version": version,
            "before": ("…" if before else "") + text[before : row.start],
            "words": text[row.start : row.end],
            "after": text[row.end : after] + ("…" if after < len(text) else ""),
        }
        return render_to_string("admin/claims/passage.html", context)


@admin.register(Quote)
class QuoteAdmin(StatementAdmin):
    """Words attributed to a speaker."""

    form = QuoteForm
    list_display = ("__str__", "speaker", "kind", "said_on", "status")
    list_filter = ("status", "kind", *StatementAdmin.list_filter[1:])
    autocomplete_fields = ("article_version", "speaker")

    said_on = told("said_on", _("said on"), shown, ordering="said_on_earliest")
    cue_anchor = told("cue_anchor", _("cue"), shown)

    def sections(self, request: HttpRequest, row: Any) -> Any:
        """Return the fieldsets."""
        del request
        where = ("article_version", *(["passage"] if row else []), "anchor", "pieces")
        return [
            (_("What was said"), {"fields": (*where, ("kind", "language"))}),
            (
                _("By whom"),
                {"fields": ("speaker", "speaker_anchor", "role_words", "cue_anchor")},
            ),
            (_("When"), {"fields": ("said_on",)}),
            *([self.state(row)] if row else []),
        ]


@admin.register(Claim)
class ClaimAdmin(StatementAdmin):
    """Checkable assertions, most with a number."""

    form = ClaimForm
    list_display = ("__str__", "quantity", "measure", "speaker", "holds", "status")
    list_filter = (
        "status",
        "qualifier",
        "basis",
        "denied",
        *StatementAdmin.list_filter[1:],
    )
    autocomplete_fields = ("article_version", "speaker", "quote", "measure")
    search_fields = (
        *StatementAdmin.search_fields,
        *("measure__name_ar", "measure__name_en"),
    )

    holds = told("holds", _("holds on"), shown, ordering="holds_earliest")
    quantity_anchor = told("quantity_anchor", _("number as written"), shown)
    qualifier_anchor = told("qualifier_anchor", _("qualifier as written"), shown)
    counted_anchor = told("counted_anchor", _("counted, as written"), shown)
    predicate_anchor = told("predicate_anchor", _("what happened, as written"), shown)

    @admin.display(description=_("quantity"), ordering="low")
    def quantity(self, claim: Claim) -> str:
        """Return the interval as spoken."""
        return quantity_of(claim)

    def sections(self, request: HttpRequest, row: Any) -> Any:
        """Return the fieldsets; to read, the quantity is one phrase."""
        where = ("article_version", *(["passage"] if row else []), "anchor", "pieces")
        edits = row is None or self.has_change_permission(request, row)
        parts = ("count", "qualifier", "low", "high", "best", "unit")
        numbers = parts if edits else "quantity"
        written = [name for name in ClaimForm.SPANS if not name.startswith("speaker")]
        return [
            (_("What was said"), {"fields": (*where, "quote")}),
            (_("By whom"), {"fields": ("speaker", "speaker_anchor", "role_words")}),
            (
                _("How many"),
                {
                    "fields": ("measure", numbers, *written[1:]),
                },
            ),
            (_("When"), {"fields": ("holds",)}),
            (_("How"), {"fields": (("basis", "denied"), "note")}),
            *([self.state(row)] if row else []),
        ]


def _translations(row: Any) -> str:
    """Return the words of each translation, with its language and credit."""
    rows = row.translations.order_by("language")
    told = (
        f"{isolated(each.words)} ({', '.join(filter(None, [each.language, each.credit]))})"
        for each in rows
    )
    return shown(" · ".join(told))


def quantity_of(claim: Claim) -> str:
    """Return a claim's interval in the reader's language; “—” for a plain claim."""
    if not claim.qualifier:
        return shown(None)
    quantity = claim.quantity
    if quantity is None:  # a table whose low is above its high
        return f"{write_number(claim.low)} > {write_number(claim.high)} {claim.unit}"
    best = f" ({write_number(claim.best)})" if claim.best is not None else ""
    return f"{quantity.in_words(reading_language())} {quantity.unit}{best}"
