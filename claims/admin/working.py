"""One card of the workbench: opened, filled in, and saved by itself."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from claims import drafting, recording, suggestions
from claims.admin.cards import MODELS, card_form, inherit
from claims.admin.creating import new_row
from claims.models import Claim, Quote
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
    """

    form: Any
    suggestion: Suggestion | None = None
    inherited: set[str] = field(default_factory=set)
    conflicts: list[tuple[str, str, str]] = field(default_factory=list)
    creating: dict[str, NewRow] = field(default_factory=dict)

    @property
    def row(self) -> Any:
        """The statement as it would be recorded."""
        return self.form.instance

    @property
    def kind(self) -> str:
        """Return “quote” or “claim”."""
        return str(self.row._meta.model_name)

    @property
    def query(self) -> str:
        """Return what names this card in an address."""
        pk = self.suggestion and self.suggestion.pk
        return f"card=s-{pk}" if pk else f"new={self.kind}"

    @property
    def read_at(self) -> str:
        """Return what the next save has to have been read at."""
        return read_at(self.suggestion)

    def first(self) -> Iterator[tuple[Any, list[NewRow]]]:
        """Yield the fields that decide, each with the rows it may be the first to name."""
        for bound in self.form.first():
            new = [row for row in self.creating.values() if bound.name == row.BELOW]
            yield bound, new

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
        kind: str,
        suggestion: Suggestion | None,
        posted: Mapping[str, Any],
        refusal: Exception | None = None,
    ) -> Card:
        """Return the card as it was sent, with what a process refused before."""
        row = MODELS[kind](article_version=self.bench.version)
        form = self._form(row)
        form.refusal = refusal
        card = Card(form(posted, instance=row), suggestion)
        card.creating = self._creating(card, posted)
        return card

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
        """Record what a valid card says.

        Raises:
            ValidationError: when the process refuses it.
        """
        moment = timezone.now()
        if card.suggestion is None:
            return recording.record(card.row, actor=self.user, at=moment)
        return suggestions.accept(card.suggestion, card.row, actor=self.user, at=moment)

    # --- too late ---

    def overtaken(self, card: Card, posted: Mapping[str, Any]) -> Card:
        """Return a card that shows what was typed beside what stands by now.

        Saving it accepts the suggestion as it is now; where somebody has decided on
        it, what was typed is recorded as a statement of its own.
        """
        place = posted.get("read_at", "").rpartition(":")[0]
        live = next(
            (
                each
                for each in self.bench.waiting
                if read_at(each).rpartition(":")[0] == place
            ),
            None,
        )
        theirs: Any = card.suggestion and card.suggestion.statement
        if theirs is None and live is not None:
            theirs = drafting.draft(live)
        if theirs is not None:
            beside = self._form(theirs)(posted, instance=theirs)
            beside.is_valid()
            card.conflicts = list(beside.conflicts())
        card.suggestion = live
        card.form.is_valid()
        message = _(
            "Somebody else has decided on this, or it is read otherwise by now."
        )
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
