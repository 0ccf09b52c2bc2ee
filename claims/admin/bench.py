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
from claims.models import Claim, PlacedBy, Quote, Status, SuggestionStatus
from sources.text.segments import Mark, segments
from sources.text.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.contrib.auth.models import User

    from claims.admin.cards import Statement
    from claims.models import Placement, Suggestion
    from sources.models import ArticleVersion

SUGGESTED, DISMISSED = "suggested", "dismissed"
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
    def is_card(self) -> bool:
        """Whether it opens here, and not on a page of its own."""
        return self.address.startswith("?")

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
class Dismissal:
    """A suggestion that a person dismissed; whoever did may take it back."""

    place: Place
    by: str
    is_own: bool


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
    """A version of an article with its suggestions and statements: three queries.

    `recorded` are all its statements, `statements` those that nobody discarded.
    """

    def __init__(self, version: ArticleVersion, *, opened: str = "") -> None:
        self.version = version
        self.article = version.article
        self.opened = opened
        self.waiting = suggestions.waiting(version)
        for suggestion in self.waiting:
            suggestion.article_version = version  # with the text that is loaded
        self.placements = list(version.placements.with_statements().order_by("pk"))
        self.recorded: list[Statement] = [
            *version.quotes.select_related("speaker").order_by("start", "pk"),
            *version.claims.select_related("speaker", "measure__event").order_by(
                "start", "pk"
            ),
        ]
        self.statements = [
            each for each in self.recorded if each.status != Status.DISCARDED
        ]

    # --- how far it is read ---

    @cached_property
    def decided(self) -> list[Suggestion]:
        """What a person has decided on, the last at the end: one query."""
        rows = self.version.suggestions.decided().select_related("decided_by")
        return list(rows.order_by("decided_at", "pk"))

    @property
    def n_done(self) -> int:
        """How many suggestions a person has decided on."""
        return len(self.decided)

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

    def statement(self, key: str) -> Statement | None:
        """Return the statement of a card, discarded or not, also of an earlier text."""
        earlier = (each.statement for each in self.placements)
        rows = (*self.recorded, *earlier)
        return next((each for each in rows if key == each.code), None)

    def dismissals(self, user: User) -> list[Dismissal]:
        """Return what was dismissed, the last at the end, as this person sees it."""
        return [
            self._dismissal(each, user)
            for each in self.decided
            if each.status == SuggestionStatus.DISMISSED
        ]

    def undoable(self, user: User) -> Dismissal | None:
        """Return the dismissal that was the last this person decided; else None."""
        own = [each for each in self.decided if each.decided_by_id == user.pk]
        if own and own[-1].status == SuggestionStatus.DISMISSED:
            return self._dismissal(own[-1], user)
        return None

    def _dismissal(self, suggestion: Suggestion, user: User) -> Dismissal:
        place, by = self._suggested(suggestion, DISMISSED), suggestion.decided_by
        return Dismissal(place, str(by), is_own=by == user)

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
        found += [
            self._recorded(each, each.span, f"?card={each.code}#card")
            for each in self.statements
        ]
        found += [
            self._recorded(each.statement, each.anchor.span, page_of(each.statement))
            for each in self.placements
            if each.anchor and each.statement.status != Status.DISCARDED
        ]
        return sorted(found, key=lambda each: (each.span.start, -each.span.end))

    def _suggested(self, suggestion: Suggestion, state: str = SUGGESTED) -> Place:
        span, key = Span(suggestion.start, suggestion.end), key_of(suggestion)
        return Place(
            key=key,
            span=span,
            model=suggestion.kind.lower(),
            state=state,
            address=f"?card={key}#card",
            words=self.version.text[span.start : span.end],
            is_open=key == self.opened,
        )

    def _recorded(self, row: Statement, span: Span, address: str) -> Place:
        return Place(
            key=row.code,
            span=span,
            model=str(row._meta.model_name),
            state=row.status.lower(),
            address=address,
            words=row.words,
            is_open=row.code == self.opened,
        )

    def stretches(self) -> Iterator[Stretch]:
        """Yield the text, cut where a place begins or ends; joined, it is the text."""
        marks = [Mark(place.span, place) for place in self.places]
        for piece in segments(self.version.text, marks):
            yield Stretch(piece.text, piece.labels)  # type: ignore[arg-type]  # places are its labels


def page_of(row: Statement) -> str:
    """Return the address of a statement in the admin."""
    return reverse(f"admin:claims_{row._meta.model_name}_change", args=[row.pk])


def key_of(suggestion: Suggestion) -> str:
    """Return the name of a suggestion's card in addresses."""
    return f"s-{suggestion.pk}"
