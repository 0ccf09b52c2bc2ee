"""One card of the workbench: opened, filled in, and saved by itself."""

from __future__ import annotations

import hashlib
from copy import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from claims import drafting, policy, recording, suggestions
from claims.admin.bench import page_of
from claims.admin.cards import MODELS, card_form, inherit
from claims.admin.creating import new_row
from claims.models import Claim, Quote, Status, SuggestionStatus
from sources.forms.texts import Place
from sources.history import canonical

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from django.contrib.auth.models import User

    from claims.admin.bench import Bench
    from claims.admin.creating import NewRow
    from claims.models import Suggestion
    from sources.models import ArticleVersion
    from sources.text.spans import Span


def read_at(suggestion: Suggestion | None) -> str:
    """Return kind and place of a suggestion with a digest of the rest; empty for none."""
    if suggestion is None:
        return ""
    state = [suggestion.status, suggestion.rule, suggestion.fields]
    digest = hashlib.sha256(canonical(state).encode()).hexdigest()[:16]
    return f"{suggestion.kind}:{suggestion.start}:{suggestion.end}:{digest}"


@dataclass
class Card:
    """A form for one statement, with what explains it.

    `inherited` names the fields that come from other statements of the text;
    `conflicts` shows label, theirs and yours after a save that came too late.
    What cannot be edited is only shown; `correction` is where it is corrected, if
    the person may.
    """

    form: Any
    suggestion: Suggestion | None = None
    inherited: set[str] = field(default_factory=set)
    conflicts: list[tuple[str, str, str]] = field(default_factory=list)
    creating: dict[str, NewRow] = field(default_factory=dict)
    can_be_edited: bool = True
    correction: str = ""

    @property
    def row(self) -> Any:
        """The statement as it would be recorded."""
        return self.form.instance

    @property
    def kind(self) -> str:
        """Return “quote” or “claim”."""
        return str(self.row._meta.model_name)

    @property
    def is_recorded(self) -> bool:
        """Whether the statement is in the base already."""
        return self.row.pk is not None

    @property
    def key(self) -> str:
        """Return what names this card in an address; empty for a new statement."""
        if self.suggestion and self.suggestion.pk:
            return f"s-{self.suggestion.pk}"
        return str(self.row.code) if self.is_recorded else ""

    @property
    def query(self) -> str:
        """Return the address of this card, as a query."""
        return f"card={self.key}" if self.key else f"new={self.kind}"

    @property
    def state(self) -> str:
        """How the statement stands, in the reader's language."""
        if self.is_recorded:
            return str(self.row.get_status_display())
        if self.suggestion:
            return _("suggested")
        return "" if self.form.is_bound else _("unconfirmed: read from your selection")

    @property
    def saving(self) -> str:
        """What the button that saves it says."""
        if self.is_recorded:
            return _("Save")
        return _("Accept") if self.suggestion else _("Record")

    @property
    def page(self) -> str:
        """Return the address of a recorded statement in the admin."""
        return page_of(self.row)

    @property
    def read_at(self) -> str:
        """Return what the next save has to have been read at."""
        return read_at(self.suggestion)

    def first(self) -> Iterator[tuple[Any, list[NewRow]]]:
        """Yield the fields that decide, each with the rows it may be the first to name."""
        for bound in self.form.first():
            new = [row for row in self.creating.values() if bound.name == row.BELOW]
            yield bound, new

    def unadded(self) -> list[NewRow]:
        """Return the rows that were described and not added, where none was chosen."""
        chosen = getattr(self.form, "cleaned_data", {})
        rows = self.creating.values()
        return [row for row in rows if row.is_begun and not chosen.get(row.BELOW)]

    @property
    def why_not(self) -> str:
        """Say why it cannot be edited."""
        if self.row.is_open:
            return _("Only an editor changes what somebody else recorded.")
        if self.row.status == Status.PUBLISHED:
            return _("What is published is not edited; the chief editor corrects it.")
        return _("What was withdrawn stays as it is.")

    @property
    def has_errors_behind(self) -> bool:
        """Whether a field among the details was refused."""
        return any(name in self.form.errors for name in self.form.MORE)

    @property
    def percent(self) -> int:
        """How often the rule is right, of a hundred."""
        return round(self.suggestion.confidence * 100) if self.suggestion else 0


class Working:
    """What one person does on the workbench of one text.

    `typed(model)` returns how the admin types the columns of a model.
    """

    def __init__(
        self, bench: Bench, *, user: User, typed: Callable[[Any], Callable[..., Any]]
    ) -> None:
        self.bench, self.user, self.typed = bench, user, typed

    # --- opening ---

    def on_suggestion(self, suggestion: Suggestion) -> Card:
        """Open the card of a suggestion, with what it lacks from other statements."""
        return self._begun(drafting.draft(suggestion), suggestion)

    def on_statement(self, row: Any) -> Card:
        """Open the card of what is recorded: to edit it, or else to read it."""
        card = Card(self._form(row)(instance=row))
        card.can_be_edited = row.is_open and policy.may_own(
            self.user, "edit statement", row
        )
        card.creating = self._creating(card)
        if row.status == Status.PUBLISHED and policy.may(self.user, "correct"):
            add = reverse(f"admin:claims_{card.kind}_add")
            card.correction = f"{add}?replaces={row.code}"
        return card

    def on_place(self, kind: str, place: Place) -> Card:
        """Open a new card on words of the text, read by the same rules.

        Raises:
            ValidationError: when the words do not stand in the text, or in several
                places.
        """
        version = self.bench.version
        anchor = place.anchor(version.text)
        row = read_in(version, kind, anchor.span)
        row.anchor = anchor
        return self._begun(row, None)

    def _begun(self, row: Any, suggestion: Suggestion | None) -> Card:
        inherited = inherit(row, self.bench.statements, reader=self.user)
        form = self._form(row)(instance=row)
        card = Card(form, suggestion, inherited)
        if row.speaker_id is None:
            fields = suggestion.fields if suggestion else {}
            name = fields.get("named_words") or row.speaker_words
            form.initial["speaker"] = name
        card.creating = self._creating(card)
        return card

    def _form(self, row: Any) -> Any:
        return card_form(type(row), self.typed(type(row)))

    # --- sending ---

    def sent(
        self,
        row: Any,
        suggestion: Suggestion | None,
        posted: Mapping[str, Any],
        refusal: Exception | None = None,
    ) -> Card:
        """Return the card of a row as it was sent, with what a process refused before.

        After a save that came too late it shows what is stored by now as well.
        """
        row = copy(row)  # what is listed beside the card stays as it is
        form = self._form(row)
        form.refusal = refusal
        card = Card(form(posted, instance=row), suggestion)
        if refusal and not card.form.is_valid() and card.form.is_stale:
            card.conflicts = list(card.form.conflicts())
        card.creating = self._creating(card, posted)
        return card

    def new(self, kind: str) -> Any:
        """Return a statement of this text of which nothing is known yet."""
        return MODELS[kind](article_version=self.bench.version)

    def _creating(self, card: Card, posted: Any = None) -> dict[str, NewRow]:
        """Return the forms of the rows that this card may be the first to name."""
        kinds = ["speaker"]
        begun: dict[str, dict[str, Any]] = {"speaker": {}, "measure": {}, "event": {}}
        row, language = card.row, self.bench.article.language
        name = "name_ar" if language.startswith("ar") else "name_en"
        unresolved = card.form.initial.get("speaker")
        if isinstance(unresolved, str):
            begun["speaker"][name] = unresolved
        if isinstance(row, Claim):
            kinds += ["measure", "event"]
            begun["measure"] = {
                "counted": row.counted_words[:120],
                "happened": row.predicate_words[:120],
                "unit": row.unit,
            }
        return {
            kind: new_row(kind, self.typed, posted, **begun[kind]) for kind in kinds
        }

    def already(self, kind: str, posted: Mapping[str, Any]) -> Any:
        """Return the row that this very form has recorded before, sent twice."""
        code = posted.get("new_code", "")
        version = self.bench.version
        return MODELS[kind].objects.filter(code=code, article_version=version).first()

    def record(self, card: Card) -> Any:
        """Record or edit what a valid card says; what says nothing new is done.

        Raises:
            NotAllowed: when the person may not edit this statement.
            StaleVersion: when somebody changed it since.
            ValidationError: when the process refuses it.
        """
        moment = timezone.now()
        if card.is_recorded:
            return self._edit(card)
        if card.suggestion is None:
            return recording.record(card.row, actor=self.user, at=moment)
        return suggestions.accept(card.suggestion, card.row, actor=self.user, at=moment)

    def _edit(self, card: Card) -> Any:
        values, sent = card.form.changes(), card.form.cleaned_data
        if not values:
            return card.row
        card.row.version = sent["read_version"] or 0
        return recording.edit(card.row, values, actor=self.user, reason=sent["reason"])

    # --- too late ---

    def overtaken(self, card: Card, posted: Mapping[str, Any]) -> Card:
        """Return a card that shows what was typed beside what stands by now.

        Saving it accepts the suggestion as it is now; where somebody has decided on
        it, what was typed is recorded as a statement of its own.
        """
        decided, place = card.suggestion, posted.get("read_at", "").rpartition(":")[0]
        live = next(
            (
                each
                for each in self.bench.waiting
                if read_at(each).rpartition(":")[0] == place
            ),
            None,
        )
        theirs: Any = decided and decided.statement
        if theirs is None and live is not None:
            theirs = drafting.draft(live)
        if theirs is not None:
            beside = self._form(theirs)(posted, instance=theirs)
            beside.is_valid()
            card.conflicts = list(beside.conflicts())
        card.suggestion = live
        card.form.is_valid()
        message = _("It is read otherwise by now.")
        if decided is not None and decided.status != SuggestionStatus.OPEN:
            message = suggestions.what_happened(decided)
        card.form.add_error(None, message)
        return card


def read_in(version: ArticleVersion, kind: str, span: Span) -> Any:
    """Return what the rules read in a place: its words alone where they read nothing.

    Parts that they found beside the place are left out.
    """
    found = [
        each
        for each in suggestions.proposals(version)
        if each.kind == kind and each.span.overlaps(span)
    ]
    if found:
        row = drafting.draft(max(found, key=lambda each: _shared(each, span)))
        _leave_out_what_is_beside(row, span)
        return row
    if kind == "CLAIM":
        return Claim(article_version=version)
    language = version.article.language
    return Quote(article_version=version, language=language, kind="INDIRECT")


def _shared(suggestion: Suggestion, span: Span) -> int:
    return min(suggestion.end, span.end) - max(suggestion.start, span.start)


def _leave_out_what_is_beside(row: Any, span: Span) -> None:
    for prefix in row.INNER:
        anchor = getattr(row, f"{prefix}anchor")
        if anchor and not span.contains(anchor.span):
            setattr(row, f"{prefix}anchor", None)
    if not all(span.start <= start and end <= span.end for start, end, _ in row.pieces):
        row.pieces = []
