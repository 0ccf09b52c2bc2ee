"""What the workbench shows of one text: its places in order, and how far it is read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from claims import suggestions
from claims.admin.cards import direction
from claims.models import Claim, PlacedBy, Quote, Status
from sources.text.segments import Mark, segments
from sources.text.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims.admin.cards import Statement
    from claims.models import Placement, Suggestion
    from sources.models import ArticleVersion

SUGGESTED = "suggested"
_KEY = re.compile(r"s-[0-9]{1,18}")
_LINE = 90


@dataclass(frozen=True, slots=True)
class Place:
    """A suggestion or a recorded statement, as the list and the text show it."""

    key: str
    span: Span
    model: str
    state: str
    address: str
    words: str
    is_open: bool = False

    @property
    def line(self) -> str:
        """The words, in one line."""
        words = " ".join(self.words.split())
        return words if len(words) <= _LINE else f"{words[: _LINE - 1]}…"

    @property
    def is_suggestion(self) -> bool:
        """Whether a person has yet to decide."""
        return self.state == SUGGESTED

    @property
    def kind(self) -> str:
        """What it is, in the reader's language."""
        return str((Quote if self.model == "quote" else Claim)._meta.verbose_name)

    @property
    def status(self) -> str:
        """How it stands, in the reader's language."""
        if self.is_suggestion:
            return _("suggested")
        return str(Status[self.state.upper()].label)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the text with the places that cover it, the outermost first."""

    text: str
    places: tuple[Place, ...]

    @property
    def inner(self) -> Place | None:
        """What a click leads to."""
        return self.places[-1] if self.places else None

    @property
    def look(self) -> str:
        """The classes that say what covers it: kinds, states, the open card."""
        kinds = {f"mark-{place.model}" for place in self.places}
        states = {f"is-{place.state}" for place in self.places}
        here = {"is-here"} if any(place.is_open for place in self.places) else set()
        return " ".join(sorted(kinds | states | here))


class Bench:
    """A version of an article with its suggestions and statements: three queries."""

    def __init__(self, version: ArticleVersion, *, opened: str = "") -> None:
        self.version = version
        self.article = version.article
        self.opened = opened
        self.waiting = suggestions.waiting(version)
        for suggestion in self.waiting:
            suggestion.article_version = version  # with the text that is loaded
        self.placements = list(version.placements.with_statements().order_by("pk"))
        self.statements: list[Statement] = [
            *version.quotes.exclude(status=Status.DISCARDED)
            .select_related("speaker")
            .order_by("start", "pk"),
            *version.claims.exclude(status=Status.DISCARDED)
            .select_related("speaker", "measure")
            .order_by("start", "pk"),
        ]

    # --- how far it is read ---

    @cached_property
    def n_done(self) -> int:
        """How many suggestions a person has decided on: one query."""
        return self.version.suggestions.decided().count()

    @property
    def n_suggested(self) -> int:
        """How many suggestions there were."""
        return self.n_done + len(self.waiting)

    def suggestion(self, key: str) -> Suggestion | None:
        """Return the suggestion of a card, decided or not: a query if it is."""
        found = next((each for each in self.waiting if key == key_of(each)), None)
        if found or not _KEY.fullmatch(key):
            return found
        rows = self.version.suggestions.select_related("quote", "claim", "decided_by")
        return rows.filter(pk=key.removeprefix("s-")).first()

    def following(self, start: int, *, after: str = "") -> Suggestion | None:
        """Return the next open suggestion from a place on; at the end, the first."""
        left = [each for each in self.waiting if key_of(each) != after]
        ahead = (each for each in left if each.start >= start)
        return next(ahead, left[0] if left else None)

    @property
    def direction(self) -> str:
        """How the text runs: “rtl” or “ltr”."""
        return direction(self.article.language)

    @property
    def lost(self) -> list[Placement]:
        """Statements of an earlier text of which a person has to say where they are."""
        return [each for each in self.placements if each.how == PlacedBy.LOST]

    # --- places ---

    def address(self, query: str = "") -> str:
        """Return the address of the workbench with a query."""
        base = reverse("admin:sources_article_workbench", args=[self.article.pk])
        return f"{base}?{query}#card" if query else base

    @cached_property
    def places(self) -> list[Place]:
        """Return what stands in the text, in reading order."""
        found = [self._suggested(each) for each in self.waiting]
        found += [_recorded(each, each.span) for each in self.statements]
        found += [
            _recorded(each.statement, each.anchor.span)
            for each in self.placements
            if each.anchor and each.statement.status != Status.DISCARDED
        ]
        return sorted(found, key=lambda each: (each.span.start, -each.span.end))

    def _suggested(self, suggestion: Suggestion) -> Place:
        span, key = Span(suggestion.start, suggestion.end), key_of(suggestion)
        return Place(
            key=key,
            span=span,
            model=suggestion.kind.lower(),
            state=SUGGESTED,
            address=f"?card={key}#card",
            words=self.version.text[span.start : span.end],
            is_open=key == self.opened,
        )

    def stretches(self) -> Iterator[Stretch]:
        """Yield the text, cut where a place begins or ends; joined, it is the text."""
        marks = [Mark(place.span, place) for place in self.places]
        for piece in segments(self.version.text, marks):
            yield Stretch(piece.text, piece.labels)  # type: ignore[arg-type]  # places are its labels


def _recorded(row: Statement, span: Span) -> Place:
    model = str(row._meta.model_name)
    return Place(
        key=row.code,
        span=span,
        model=model,
        state=row.status.lower(),
        address=reverse(f"admin:claims_{model}_change", args=[row.pk]),
        words=row.words,
    )


def key_of(suggestion: Suggestion) -> str:
    """Return the name of a suggestion's card in addresses."""
    return f"s-{suggestion.pk}"
