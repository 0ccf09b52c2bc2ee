"""The workbench of an article: its text beside one card a statement.

Every card works without a script: a link opens it, a form saves it, the answer
leads on to the next. A script asks for the bench alone and puts it in place.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from claims import policy, suggestions
from claims.admin.bench import Bench
from claims.admin.working import Working, read_at
from claims.models import Suggestion
from sources.admin.desk import DeskAdmin
from sources.admin.steps import Tool, actor_of
from sources.forms.rows import REFUSALS
from sources.forms.texts import Place
from sources.models import Article

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import Model, QuerySet
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase
    from django.urls import URLPattern

    from claims.admin.working import Card
    from sources.models import ArticleVersion

#: What a script sends to be answered with the bench alone.
PART = "X-Part"
_OFFSET = re.compile(r"[0-9]{1,9}")
_KINDS = {"quote": "QUOTE", "claim": "CLAIM"}


def may_work(user: Any) -> bool:
    """Tell whether the account records statements."""
    return policy.may(user, "record statement")


def workbench_address(article: Article) -> str:
    """Return the address of an article's workbench."""
    return reverse("admin:sources_article_workbench", args=[article.pk])


_OPEN = Suggestion.objects.open().filter(article_version__article=OuterRef("pk"))


def with_open(articles: QuerySet[Any]) -> Any:
    """Count the open suggestions of each article that is shown, in the same query."""
    counted = _OPEN.order_by().values("article_version__article")
    number = Subquery(counted.values(n=Count("pk")))
    return articles.annotate(n_open=Coalesce(number, 0))


def to_read(user: Any, most: int) -> list[Any]:
    """Return the articles with the most open suggestions, for whoever records."""
    if not may_work(user):
        return []
    left = with_open(Article.objects.filter(Exists(_OPEN)))
    return list(left.order_by("-n_open", "pk")[:most])


class ToRead(admin.SimpleListFilter):
    """Articles whose suggestions nobody has decided on."""

    title = gettext_lazy("to read")
    parameter_name = "to_read"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        """Offer those with open suggestions."""
        del request, model_admin
        return [("1", gettext_lazy("with open suggestions"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep the articles that have some."""
        del request
        return queryset.filter(Exists(_OPEN)) if self.value() == "1" else queryset


class WorkbenchAdmin(DeskAdmin):
    """Articles that have a workbench."""

    @admin.display(description=gettext_lazy("workbench"), ordering="n_open")
    def workbench(self, article: Any) -> str:
        """Return the way to the workbench, and how much waits there."""
        words = ngettext("%(number)d to read", "%(number)d to read", article.n_open)
        words = words % {"number": article.n_open} if article.n_open else _("open it")
        return format_html('<a href="{}/workbench/">{}</a>', article.pk, words)

    def get_list_display(self, request: HttpRequest) -> Any:
        """Add the way to the workbench."""
        columns = super().get_list_display(request)
        if not may_work(request.user):
            return columns
        title, *others = columns
        return [title, "workbench", *others]

    def get_list_filter(self, request: HttpRequest) -> Any:
        """Add what is left to read."""
        return [ToRead, *super().get_list_filter(request)]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Count what is open."""
        return with_open(super().get_queryset(request))

    def get_urls(self) -> list[URLPattern]:
        """Add the address of the workbench."""
        view = self.admin_site.admin_view(self.workbench_view)
        name = "sources_article_workbench"
        address = path("<path:object_id>/workbench/", view, name=name)
        return [address, *super().get_urls()]

    def tools(self, request: HttpRequest, row: Model) -> list[Tool]:
        """Lead to the workbench first."""
        tools = super().tools(request, row)
        if may_work(request.user):
            tools.insert(0, Tool(_("Workbench"), "../workbench/"))
        return tools

    def workbench_view(self, request: HttpRequest, object_id: str) -> HttpResponseBase:
        """Show the bench, or do what a card says."""
        if not may_work(request.user):
            raise PermissionDenied
        article: Any = self.get_object(request, unquote(object_id))
        version = article and article.versions.order_by("-number").first()
        if version is None:
            raise Http404
        version.article = article
        visit = Visit(self, request, version)
        return visit.answer() if request.method == "POST" else visit.page()


class Visit:
    """One request to the workbench."""

    def __init__(
        self, desk: DeskAdmin, request: HttpRequest, version: ArticleVersion
    ) -> None:
        self.site, self.request = desk.admin_site, request
        self.bench = Bench(version)
        self.actor = actor_of(request)
        self.working = Working(self.bench, user=self.actor, typed=self._typed)

    def _typed(self, model: Any) -> Callable[..., Any]:
        model_admin = self.site.get_model_admin(model)
        return partial(model_admin.formfield_for_dbfield, request=self.request)

    # --- showing ---

    def page(self) -> HttpResponseBase:
        """Show the card that the address names; without one, the first that waits."""
        try:
            return self.shown(self._opened())
        except ValidationError as refusal:
            messages.warning(self.request, " ".join(refusal.messages))
            return self.shown(None)

    def _opened(self) -> Card | None:
        asked = self.request.GET
        if kind := _KINDS.get(asked.get("new", "")):
            return self.working.on_place(kind, _place(asked))
        waiting = self.bench.waiting
        if "card" not in asked:
            return self.working.on_suggestion(waiting[0]) if waiting else None
        suggestion = self.bench.suggestion(asked["card"])
        if suggestion and suggestion in waiting:
            return self.working.on_suggestion(suggestion)
        if asked["card"]:
            raise ValidationError(_("Somebody has decided on this suggestion already."))
        return None

    def shown(self, card: Card | None) -> TemplateResponse:
        """Return the page, or for a script the bench alone."""
        opened = card.suggestion if card else None
        self.bench.opened = f"s-{opened.pk}" if opened else ""
        is_part = PART in self.request.headers
        template = "_workbench" if is_part else "workbench"
        context = {
            **self.site.each_context(self.request),
            "is_nav_sidebar_enabled": False,
            "title": _("Workbench"),
            "subtitle": str(self.bench.article),
            "bench": self.bench,
            "card": card,
            "is_part": is_part,
            "opts": self.bench.article._meta,
            "original": self.bench.article,
        }
        return TemplateResponse(self.request, f"admin/claims/{template}.html", context)

    # --- doing ---

    def answer(self) -> HttpResponseBase:
        """Do what the button says, and lead on to the next card."""
        posted, asked = self.request.POST, self.request.GET
        suggestion = self.bench.suggestion(asked.get("card", ""))
        kind = suggestion.kind if suggestion else _KINDS.get(asked.get("new", ""))
        if kind is None:  # a rereading took it away
            kind = "QUOTE" if posted.get("read_at", "").startswith("QUOTE") else "CLAIM"
        doing = posted.get("do", "")
        if doing == "dismiss" and suggestion:
            return self._dismiss(suggestion)
        if doing.startswith("create-"):
            return self._create(doing.removeprefix("create-"), kind, suggestion)
        return self._save(kind, suggestion)

    def _dismiss(self, suggestion: Suggestion) -> HttpResponseBase:
        try:
            suggestions.dismiss(suggestion, actor=self.actor, at=timezone.now())
        except ValidationError as refusal:
            messages.warning(self.request, " ".join(refusal.messages))
        else:
            messages.success(self.request, _("Dismissed."))
        return self._on(suggestion.start, suggestion)

    def _save(self, kind: str, suggestion: Suggestion | None) -> HttpResponseBase:
        posted = self.request.POST
        if saved := self.working.already(kind, posted):
            return self._on(saved.start, suggestion)
        card = self.working.sent(kind, suggestion, posted)
        was_read = posted.get("read_at", "")
        if was_read != read_at(suggestion):
            return self.shown(self.working.overtaken(card, posted))
        if not card.form.is_valid():
            return self.shown(card)
        try:
            row = self.working.record(card)
        except REFUSALS as refusal:
            return self.shown(self.working.sent(kind, suggestion, posted, refusal))
        messages.success(self.request, _("Recorded: %s") % row)
        return self._on(row.start, suggestion)

    def _create(
        self, what: str, kind: str, suggestion: Suggestion | None
    ) -> HttpResponseBase:
        """Add a row that the card names first, and show the card with it chosen."""
        posted = self.request.POST.copy()
        card = self.working.sent(kind, suggestion, posted)
        form = card.creating.get(what)
        if form is None:
            raise Http404
        form.is_asked = True
        if not form.is_valid():
            return self.shown(card)
        source = self.bench.article.source
        try:
            row = form.add(actor=self.actor, source=source)
        except REFUSALS as refusal:
            form.add_error(None, getattr(refusal, "messages", [str(refusal)]))
            return self.shown(card)
        posted[f"{form.FILLS}_key"], posted[f"{form.FILLS}_name"] = (
            str(row.pk),
            str(row),
        )
        messages.success(self.request, _("Added: %s") % row)
        return self.shown(self.working.sent(kind, suggestion, posted))

    def _on(self, start: int, done: Suggestion | None) -> HttpResponseBase:
        """Lead to the next open suggestion."""
        left = f"s-{done.pk}" if done else ""
        following = self.bench.following(start, after=left)
        query = f"card=s-{following.pk}" if following else "card="
        return redirect(self.bench.address(query))


def _place(asked: Any) -> Place:
    """Return the place that an address names: two offsets, words, or both."""
    start, end = (
        int(asked[side]) if _OFFSET.fullmatch(asked.get(side, "")) else None
        for side in ("start", "end")
    )
    return Place(start, end, "" if end else asked.get("words", "").strip())
