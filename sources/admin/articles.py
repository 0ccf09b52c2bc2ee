"""Articles, their immutable versions, and what they take from each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sources import curation, ingest
from sources.admin.catalogue import taking_back
from sources.admin.desk import DeskAdmin, told
from sources.admin.offers import DECIDING, open_offers
from sources.admin.originals import OriginalsAdmin
from sources.admin.steps import Step, Tool
from sources.forms import (
    DayField,
    NoteField,
    PartialDateField,
    RowForm,
    SpanField,
    StepForm,
)
from sources.forms.showing import shown
from sources.models import Article, ArticleVersion, Derivation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.contrib.auth.models import User
    from django.db.models import Model, QuerySet
    from django.http import HttpRequest


class TextField(forms.CharField):
    """The text of a new version, pasted as it is: no edge of it is trimmed."""

    def __init__(self) -> None:
        super().__init__(
            label=_("text"),
            strip=False,
            widget=forms.Textarea({"rows": 24, "dir": "auto", "class": "pasted"}),
            help_text=_("As it was published. It cannot be altered afterwards."),
        )


class ArticleForm(RowForm):
    """What is said about an article; its text is not among it."""

    published = PartialDateField(label=_("published"))


class NewArticleForm(ArticleForm):
    """A new article with its text."""

    text = TextField()


class RetractionForm(StepForm):
    """When the source took the article back, and in which words."""

    on = DayField(label=_("retracted on"))
    notice = NoteField(label=_("retraction notice"))


@admin.register(Article)
class ArticleAdmin(DeskAdmin):
    """The text is pasted once; a new text is a new version, never an edit."""

    adding, changing = "add article", "change article"
    form = ArticleForm
    list_display = (
        "title",
        "source",
        "language",
        "published",
        "access",
        "retracted_on",
    )
    list_filter = ("language", "access", "is_training")
    list_select_related = ("source",)
    date_hierarchy = "published_earliest"
    search_fields = (
        *("title", "code", "url", "byline"),
        *("source__name_ar", "source__name_en", "source__aliases__folded"),
    )
    autocomplete_fields = ("source",)
    ordering = ("-published_earliest", "-pk")
    readonly_fields = ("code", "retracted_on", "retraction_notice", "offers", "texts")
    steps = (
        Step(
            verb="retract",
            label=_("Note a retraction"),
            form=RetractionForm,
            run=curation.retract,
            acts=("retract article",),
            fits=lambda article, _user: article.retracted_on is None,
            is_grave=True,
        ),
    )
    _about = (
        (None, {"fields": ("title", "source", "url", ("language", "byline"))}),
        (_("When"), {"fields": ("published", "published_origin")}),
        (_("Access"), {"fields": (("access", "is_training"), "archive_url")}),
    )

    published = told("published", _("published"), shown, ordering="published_earliest")

    def form_for(self, request: HttpRequest, row: Any) -> type[RowForm]:
        """Ask for the text of a new article only."""
        del request
        return ArticleForm if row else NewArticleForm

    def sections(self, request: HttpRequest, row: Any) -> Any:
        """Paste the text, or read it and what it seems to take from elsewhere."""
        if row is None:
            return [*self._about, (_("Text"), {"fields": ("text",)})]
        retraction = ("retracted_on", "retraction_notice") if row.retracted_on else ()
        offers = ("offers",) if self.may_do(request, [DECIDING]) else ()
        return [
            *self._about,
            (_("In the base"), {"fields": ("code", *retraction, *offers, "texts")}),
        ]

    @admin.display(description=_("seems to take from"))
    def offers(self, article: Article) -> str:
        """Return the suggested derivations that nobody has decided on."""
        return open_offers(article)

    @admin.display(description=_("text"))
    def texts(self, article: Article) -> str:
        """Return the versions, the last one in full."""
        versions = list(article.versions.order_by("-number"))
        return render_to_string(
            "admin/sources/texts.html", {"article": article, "versions": versions}
        )

    def tools(self, request: HttpRequest, row: Model) -> list[Tool]:
        """Add the way to a new version."""
        tools = super().tools(request, row)
        if self.may_do(request, ["add version"]):
            address = reverse("admin:sources_articleversion_add")
            label = str(_("Add a version"))
            tools = [Tool(label, f"{address}?article={row.pk}"), *tools]
        return tools

    def add_row(self, row: Any, *, form: Any, actor: User) -> None:
        """Bring it in with its text."""
        text = form.cleaned_data["text"]
        ingest.add_article(row, text=text, fetched_at=timezone.now(), actor=actor)

    def change_row(
        self, row: Any, values: Mapping[str, Any], *, actor: User, reason: str
    ) -> None:
        """Change what is said about it."""
        curation.change(row, values, actor=actor, reason=reason)


class NewVersionForm(RowForm):
    """The next text of an article."""

    text = TextField()


@admin.register(ArticleVersion)
class ArticleVersionAdmin(OriginalsAdmin):
    """Texts as they were fetched; one may be added, none altered."""

    adding = "add version"
    list_display = ("__str__", "number", "fetched_at", "digest")
    list_select_related = ("article",)
    search_fields = ("article__title", "article__code", "sha256")
    autocomplete_fields = ("article",)
    ordering = ("-fetched_at", "-pk")
    _details = ("sha256", "fetched_at", "extractor", "original_media_type")

    @admin.display(description=_("SHA-256"))
    def digest(self, version: ArticleVersion) -> str:
        """Return the beginning of the digest."""
        return f"{version.sha256[:12]}…"

    @admin.display(description=_("text"))
    def written(self, version: ArticleVersion) -> str:
        """Return the text in its own language and direction."""
        context = {"article": version.article, "versions": [version]}
        return render_to_string("admin/sources/texts.html", context)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Leave the texts out of lists."""
        rows = super().get_queryset(request).select_related("article")
        return rows.defer("text")

    def sections(self, request: HttpRequest, row: Any) -> Any:
        """Paste the text, or read it."""
        del request
        if row is None:
            return [(None, {"fields": ("article", "text")})]
        return [
            (None, {"fields": (("article", "number"), "written")}),
            (_("Details"), {"fields": self._details}),
        ]

    def form_for(self, request: HttpRequest, row: Any) -> type[RowForm]:
        """Ask for the text of a new version only."""
        del request
        return RowForm if row else NewVersionForm

    def add_row(self, row: Any, *, form: Any, actor: User) -> None:
        """Add it as the next version of its article."""
        text = form.cleaned_data["text"]
        version = ingest.add_version(
            row.article, text=text, fetched_at=timezone.now(), actor=actor
        )
        row.pk, row.number = version.pk, version.number


class DerivationForm(RowForm):
    """What an article takes from where, and the words that say so."""

    anchor = SpanField(
        label=_("words that say so"), help_text=_("In the version named above.")
    )

    def anchor_spans(self) -> None:
        """Find the words in the version that says so."""
        version = self.cleaned_data.get("article_version")
        if version is not None:
            self.anchor_in(version.text, ["anchor"])
        elif self.cleaned_data.get("anchor"):
            self.add_error(
                "article_version", _("A span needs the version it stands in.")
            )


@admin.register(Derivation)
class DerivationAdmin(DeskAdmin):
    """Who takes from whom: recorded, taken back, never edited."""

    adding = "record derivation"
    form = DerivationForm
    list_display = ("__str__", "kind", "recorded_at", "ended_at")
    list_filter = ("kind", ("ended_at", admin.EmptyFieldListFilter))
    list_select_related = ("article", "origin", "origin_source", "origin_speaker")
    search_fields = ("article__title", "origin__title", "words")
    autocomplete_fields = (
        *("article", "origin", "origin_source", "origin_speaker"),
        "article_version",
    )
    ordering = ("-pk",)
    readonly_fields = ("recorded_at", "ended_at")
    fieldsets = (
        (None, {"fields": ("article", "kind")}),
        (_("Taken from"), {"fields": ("origin", "origin_source", "origin_speaker")}),
        (_("Where it says so"), {"fields": ("article_version", "anchor")}),
        (_("In the base"), {"fields": (("recorded_at", "ended_at"),)}),
    )
    steps = (taking_back(curation.end_derivation, "end derivation", _("Take back")),)

    anchor = told("anchor", _("words that say so"), shown)

    def add_row(self, row: Any, *, form: Any, actor: User) -> None:
        """Record it as of now."""
        del form
        row.recorded_at = timezone.now()
        curation.record_derivation(row, actor=actor)
