"""The queue of a reviewer: what waits, across the kinds, narrowed and in order."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.paginator import InvalidPage, Paginator
from django.db.models import CharField, Count, Q, Value
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims import queue
from claims.listing import query_string
from claims.models import Assessment, Claim, Event, Measure, Quote
from sources.models import Source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.contrib.auth.models import User
    from django.core.paginator import Page
    from django.db.models import Model
    from django.utils.functional import _StrPromise

    from claims.models import Reviewed

PAGE_SIZE = 25
#: How many sources, events and measures can be chosen from; beyond that by a link.
OFFERED = 200
#: How far the next and the previous are looked for.
HORIZON = 1000

_ARTICLE = {Claim: "", Quote: "", Assessment: "claim__"}


def _source(model: type[Reviewed], slug: str) -> Q:
    return Q(**{f"{_ARTICLE[model]}article_version__article__source__slug": slug})


def _measure(model: type[Reviewed], slug: str) -> Q:
    return _about(model, Q(measure__slug=slug))


def _event(model: type[Reviewed], slug: str) -> Q:
    return _about(model, Q(measure__event__slug=slug))


def _about(model: type[Reviewed], measured: Q) -> Q:
    """Return the condition of a claim for the rows of a model that belong to one."""
    claims = Claim.objects.filter(measured)
    if model is Quote:
        return Q(pk__in=claims.exclude(quote=None).values("quote"))
    return Q(**{"claim__in" if model is Assessment else "pk__in": claims})


#: The way from what waits to the rows that it belongs to.
_LEADING: Mapping[type[Reviewed], Mapping[str, str]] = {
    kind: {
        "source": f"{_ARTICLE[kind]}article_version__article__source",
        "event": f"{way}measure__event",
        "measure": f"{way}measure",
    }
    for kind, way in ((Claim, ""), (Quote, "claims__"), (Assessment, "claim__"))
}

#: Parameters that name a row by its slug.
ROWS: Mapping[str, tuple[_StrPromise, type[Model], Any]] = {
    "source": (_("source"), Source, _source),
    "event": (_("event"), Event, _event),
    "measure": (_("measure"), Measure, _measure),
}
KINDS: dict[str, type[Any]] = {"claim": Claim, "quote": Quote, "assessment": Assessment}
#: Parameters that take one of a few values.
CHOICES: Mapping[str, Mapping[str, _StrPromise]] = {
    "kind": {
        "claim": _("claim"),
        "quote": _("quote"),
        "assessment": _("assessment"),
    },
    "doubt": {
        "any": _("any reason"),
        **{doubt.name: doubt.label for doubt in queue.DOUBTS},
    },
    "whose": {"mine": _("assigned to me"), "nobody": _("assigned to nobody")},
    "older": {
        "1": _("older than a day"),
        "7": _("older than a week"),
        "30": _("older than a month"),
    },
}
LABELS = {
    "kind": _("kind"),
    "doubt": _("needs a second look"),
    "whose": _("assigned"),
    "older": _("age"),
}


@dataclass
class Queue:
    """What waits for one person's review, narrowed by declared parameters.

    Raises:
        Http404: for a value that no parameter takes.
    """

    reviewer: User
    asked: Mapping[str, str]
    chosen: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        known = (*CHOICES, *ROWS)
        self.chosen = {name: self.asked[name] for name in known if self.asked.get(name)}
        for name, options in CHOICES.items():
            if name in self.chosen and self.chosen[name] not in options:
                raise Http404

    @property
    def query(self) -> str:
        """The parameters as a query string."""
        return query_string(self.chosen)

    @property
    def selects(self) -> list[tuple[str, _StrPromise, list[tuple[str, Any]], str]]:
        """Name, label, options and chosen value of what the form offers."""
        return [
            (name, LABELS[name], list(options.items()), self.chosen.get(name, ""))
            for name, options in CHOICES.items()
        ]

    @cached_property
    def row_selects(self) -> list[tuple[str, _StrPromise, list[Any], str]]:
        """Name, label, rows and chosen slug of each: the rows of all that waits.

        Three queries, and one for each chosen row that nothing waiting belongs to.
        """
        return [
            (name, label, self._offered(name, model), self.chosen.get(name, ""))
            for name, (label, model, _condition) in ROWS.items()
        ]

    def _offered(self, name: str, model: type[Model]) -> list[Any]:
        condition = Q()
        for kind, paths in _LEADING.items():
            keys = queue.reviewable(kind, self.reviewer).values(paths[name])
            condition |= Q(pk__in=keys)
        offered: Any = model._default_manager.filter(condition).order_by("slug")
        rows = list(offered[:OFFERED])
        chosen = self.chosen.get(name)
        if chosen and chosen not in {row.slug for row in rows}:
            rows.append(self._row(model, name))
        return sorted(rows, key=lambda row: str(row.name).casefold())

    def _row(self, model: type[Model], name: str) -> Any:
        row = model._default_manager.filter(slug=self.chosen[name]).first()
        if row is None:
            raise Http404
        return row

    # --- what waits ---

    def waiting(self, model: type[Reviewed]) -> Any:
        """Return the rows of a model that this person may review, narrowed."""
        rows = queue.reviewable(model, self.reviewer)
        if "doubt" in self.chosen:
            rows = queue.doubted(rows)
        for name, value in self.chosen.items():
            rows = rows.filter(self._condition(model, name, value))
        return rows

    def _condition(self, model: type[Reviewed], name: str, value: str) -> Q:
        if name in ROWS:
            return ROWS[name][2](model, value)  # type: ignore[no-any-return]  # a condition
        if name == "kind":
            return Q() if KINDS[value] is model else Q(pk__in=[])
        if name == "whose":
            mine = Q(assignment__reviewer=self.reviewer)
            return mine if value == "mine" else Q(assignment=None)
        if name == "older":
            return Q(recorded_at__lt=timezone.now() - dt.timedelta(days=int(value)))
        return queue.doubtful() if value == "any" else Q(**{f"doubts_{value}": True})

    def _ordered(self) -> Any:
        """Return kind, key and code of everything that waits, the oldest first."""
        parts = [
            self.waiting(model)
            .order_by()
            .annotate(table=Value(name, output_field=CharField()))
            .values_list("table", "pk", "code", "recorded_at")
            for name, model in KINDS.items()
        ]
        return parts[0].union(*parts[1:], all=True).order_by("recorded_at", "code")

    @cached_property
    def codes(self) -> list[str]:
        """The codes of what waits, in order, as far as the horizon: one query."""
        return [code for _kind, _pk, code, _at in self._ordered()[:HORIZON]]

    def beside(self, code: str) -> tuple[str, str]:
        """Return the codes before and after one; empty at either end.

        After one that no longer waits comes the first.
        """
        if code not in self.codes:
            return "", next(iter(self.codes), "")
        here = self.codes.index(code)
        before = self.codes[here - 1] if here else ""
        return before, next(iter(self.codes[here + 1 :]), "")

    def position(self, code: str) -> int:
        """The place of a code in the queue, from 1; 0 for what does not wait here."""
        return self.codes.index(code) + 1 if code in self.codes else 0

    def page(self, number: str | None) -> Page[Any]:
        """Return a page of the rows themselves: five queries.

        Raises:
            Http404: when there is no such page.
        """
        try:
            page = Paginator(self._ordered(), PAGE_SIZE).page(number or 1)
        except InvalidPage as missing:
            raise Http404 from missing
        found: dict[str, Any] = {}
        for name, model in KINDS.items():
            keys = [pk for kind, pk, *_rest in page.object_list if kind == name]
            rows = loaded(queue.waiting(model)).filter(pk__in=keys) if keys else []
            found |= {row.code: row for row in rows}
        page.object_list = [
            found[code] for _kind, _pk, code, _at in page.object_list if code in found
        ]
        return page

    # --- counts, of all that waits and not only of what was chosen ---

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many wait in all, assigned to me, and for each doubt: three queries."""
        total: dict[str, int] = {}
        for model in KINDS.values():
            asked = {f"doubt_{doubt.name}": doubt.name for doubt in queue.DOUBTS}
            rows = queue.doubted(queue.reviewable(model, self.reviewer))
            counted = rows.aggregate(
                all=Count("pk"),
                mine=Count("pk", filter=Q(assignment__reviewer=self.reviewer)),
                any=Count("pk", filter=queue.doubtful()),
                **{
                    alias: Count("pk", filter=Q(**{f"doubts_{name}": True}))
                    for alias, name in asked.items()
                },
            )
            for name, number in counted.items():
                short = name.removeprefix("doubt_")
                total[short] = total.get(short, 0) + number
        return total


def loaded(rows: Any) -> Any:
    """Load what a line of the queue shows."""
    if rows.model is Assessment:
        return rows.select_related(
            "recorded_by",
            "assignment__reviewer",
            "claim__measure",
            "claim__speaker",
            "claim__article_version__article__source",
        ).defer("claim__article_version__text")
    return rows.with_provenance().select_related("assignment__reviewer")
