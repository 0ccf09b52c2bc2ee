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
from django.core.exceptions import ValidationError
from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from claims import policy, suggestions
from claims.admin.bench import Bench, key_of, page_of
from claims.admin.working import Working
from claims.models import Suggestion
from claims.review import TransitionRefused
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
    from sources.policy import Acts

#: What a script sends to be answered with the bench alone.
PART = "X-Part"
_ACT = "record statement"
_OFFSET = re.compile(r"[0-9]{1,9}")
_KINDS = {"quote": "QUOTE", "claim": "CLAIM"}


def may_work(user: Any) -> bool:
    """Tell whether the account records statements."""
    return policy.may(user, _ACT)


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

    table: Acts = {**DeskAdmin.table, **policy.ACTS}

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
        address = self.page(
            "<path:object_id>/workbench/",
            self.workbench_view,
            name="sources_article_workbench",
            act=_ACT,
        )
        return [address, *super().get_urls()]

    def tools(self, request: HttpRequest, row: Model) -> list[Tool]:
        """Lead to the workbench first."""
        tools = super().tools(request, row)
        if may_work(request.user):
            tools.insert(0, Tool(_("Workbench"), "../workbench/"))
        return tools

    def workbench_view(self, request: HttpRequest, object_id: str) -> HttpResponseBase:
        """Show the bench, or do what a card says."""
        article: Any = self.get_object(request, unquote(object_id))
        version = article and article.versions.order_by("-number").first()
        if version is None:
            raise Http404
        version.article = article
        visit = Visit(self, request, version)
        return visit.answer() if request.method == "POST" else visit.page()


class Visit:
    """One request to the workbench.

    `suggestion` or `recorded` is what the address names, decided on or not.
    """

    def __init__(
        self, desk: WorkbenchAdmin, request: HttpRequest, version: ArticleVersion
    ) -> None:
        self.desk, self.request = desk, request
        self.actor = actor_of(request)
        self.asked = request.GET.get("card")
        self._load(version)

    def _load(self, version: ArticleVersion) -> None:
        self.bench = Bench(version)
        self.working = Working(self.bench, user=self.actor, typed=self._typed)
        self.suggestion = self.bench.suggestion(self.asked or "")
        self.recorded = self.bench.statement(self.asked or "")

    def _typed(self, model: Any) -> Callable[..., Any]:
        model_admin = self.desk.admin_site.get_model_admin(model)
        return partial(model_admin.formfield_for_dbfield, request=self.request)

    # --- showing ---

    def page(self) -> HttpResponseBase:
        """Show the card that the address names; without one, the first that waits.

        What was recorded in an earlier text is edited on its own page.
        """
        if self.recorded and self.recorded not in self.bench.recorded:
            return redirect(page_of(self.recorded))
        try:
            return self.shown(self._opened())
        except ValidationError as refusal:
            messages.warning(self.request, " ".join(refusal.messages))
            return self.shown(None)

    def _opened(self) -> Card | None:
        asked, waiting = self.request.GET, self.bench.waiting
        if kind := _KINDS.get(asked.get("new", "")):
            return self.working.on_place(kind, _place(asked))
        if self.asked is None and waiting:
            return self.working.on_suggestion(waiting[0])
        if self.suggestion in waiting:
            return self.working.on_suggestion(self.suggestion)
        if self.recorded in self.bench.statements:
            return self.working.on_statement(self.recorded)
        if self.asked:
            raise ValidationError(_("Somebody has decided on this already."))
        return None

    def shown(self, card: Card | None) -> TemplateResponse:
        """Return the page, or for a script the bench alone."""
        self.bench.opened = card.key if card else ""
        is_listed = any(place.is_open for place in self.bench.places)
        is_part = PART in self.request.headers
        template = "_workbench" if is_part else "workbench"
        context = {
            **self.desk.admin_site.each_context(self.request),
            "is_nav_sidebar_enabled": False,
            "title": _("Workbench"),
            "subtitle": str(self.bench.article),
            "bench": self.bench,
            "card": card,
            "is_apart": card and not is_listed,
            "dismissals": self.bench.dismissals(self.actor),
            "undoable": self.bench.undoable(self.actor),
            "next_articles": self._next_articles(),
            "is_part": is_part,
            "opts": self.bench.article._meta,
            "original": self.bench.article,
        }
        return TemplateResponse(self.request, f"admin/claims/{template}.html", context)

    def _next_articles(self) -> list[Any]:
        """Return where to go on once this text is done: at most one, one query."""
        return [] if self.bench.waiting else to_read(self.actor, 1)

    # --- doing ---

    def answer(self) -> HttpResponseBase:
        """Do what the button says, and lead on to the next card."""
        doing = self.request.POST.get("do", "")
        if doing == "dismiss" and self.suggestion:
            return self._dismiss(self.suggestion)
        if doing == "reopen" and self.suggestion:
            return self._reopen(self.suggestion)
        if doing.startswith("create-"):
            return self._create(doing.removeprefix("create-"))
        return self._save()

    @property
    def kind(self) -> str:
        """What the card that was sent is about."""
        if self.suggestion:
            return self.suggestion.kind
        if kind := _KINDS.get(self.request.GET.get("new", "")):
            return kind
        was_read = self.request.POST.get("read_at", "")  # a rereading took it away
        return "QUOTE" if was_read.startswith("QUOTE") else "CLAIM"

    def _sent(self, posted: Any, refusal: Exception | None = None) -> Card:
        row = self.recorded or self.working.new(self.kind)
        return self.working.sent(row, self.suggestion, posted, refusal)

    def _dismiss(self, suggestion: Suggestion) -> HttpResponseBase:
        try:
            suggestions.dismiss(suggestion, actor=self.actor, at=timezone.now())
        except ValidationError as refusal:
            messages.warning(self.request, " ".join(refusal.messages))
        return self._on(suggestion.start)

    def _reopen(self, suggestion: Suggestion) -> HttpResponseBase:
        try:
            suggestions.reopen(suggestion, actor=self.actor)
        except ValidationError as refusal:
            messages.warning(self.request, " ".join(refusal.messages))
            return self._on(suggestion.start)
        return redirect(self.bench.address(f"card={self.asked}"))

    def _save(self) -> HttpResponseBase:
        posted = self.request.POST
        if saved := self.working.already(self.kind, posted):
            return self._on(saved.start)
        card = self._sent(posted)
        if posted.get("read_at", "") != card.read_at:
            return self.shown(self.working.overtaken(card, posted))
        is_valid = card.form.is_valid()
        for form in card.unadded():
            is_valid = False
            form.refuse_unadded()
        if not is_valid:
            return self.shown(card)
        try:
            row = self.working.record(card)
        except TransitionRefused:  # between reading it and writing
            return self.desk.workbench_view(self.request, str(self.bench.article.pk))
        except REFUSALS as refusal:
            self._load(self.bench.version)
            return self.shown(self._sent(posted, refusal))
        words = _("Saved: %s") if self.recorded else _("Recorded: %s")
        messages.success(self.request, words % row)
        return self._on(row.start)

    def _create(self, what: str) -> HttpResponseBase:
        """Add a row that the card names first, and show the card with it chosen."""
        posted = self.request.POST.copy()
        card = self._sent(posted)
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
        described = [name for name in posted if name.startswith(f"{form.prefix}-")]
        for name in described:
            del posted[name]
        posted[f"{form.FILLS}_key"], posted[f"{form.FILLS}_name"] = (
            str(row.pk),
            str(row),
        )
        messages.success(self.request, _("Added: %s") % row)
        return self.shown(self._sent(posted))

    def _on(self, start: int) -> HttpResponseBase:
        """Lead to the next open suggestion."""
        following = self.bench.following(start, after=self.asked or "")
        query = f"card={key_of(following)}" if following else "card="
        return redirect(self.bench.address(query))


def _place(asked: Any) -> Place:
    """Return the place that an address names: two offsets, words, or both."""
    start, end = (
        int(asked[side]) if _OFFSET.fullmatch(asked.get(side, "")) else None
        for side in ("start", "end")
    )
    return Place(start, end, "" if end else asked.get("words", "").strip())
