"""The forms of the workbench: one statement each, begun from what was read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.forms import modelform_factory
from django.utils.translation import gettext_lazy as _

from claims.admin.naming import measure_field, speaker_field
from claims.forms import ClaimForm, QuoteForm
from claims.models import Claim, Quote, SuggestionKind
from sources.forms import SpanField
from sources.text.fold import fold_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import TypeAlias

    Statement: TypeAlias = Quote | Claim

MODELS: dict[str, type[Quote | Claim]] = {
    SuggestionKind.QUOTE: Quote,
    SuggestionKind.CLAIM: Claim,
}
_LONGEST_UNIT = 40
_RIGHT_TO_LEFT = {"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "syr", "ug", "ur"}


def direction(language: str) -> str:
    """Return “rtl” or “ltr”: how a text of this language runs."""
    return "rtl" if language.split("-", maxsplit=1)[0] in _RIGHT_TO_LEFT else "ltr"


# --- forms ---


class StatementCard:
    """What both cards add to the forms of statements.

    `FIRST` are the fields that decide; `MORE` are places and details behind them.
    """

    FIRST: tuple[str, ...] = ()
    MORE: tuple[str, ...] = ()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        form: Any = self
        article = form.instance.article_version.article
        written = {"lang": article.language, "dir": direction(article.language)}
        for field in form.fields.values():
            if isinstance(field, SpanField):
                field.widget.widgets[-1].attrs.update(written)
        form.fields["role_words"].widget.attrs.update(written)
        form.initial["speaker"] = form.instance.speaker

    def first(self) -> list[Any]:
        """Return the fields that decide."""
        return [self[name] for name in self.FIRST]  # type: ignore[index]  # of the form

    def more(self) -> list[Any]:
        """Return the other fields."""
        return [self[name] for name in self.MORE]  # type: ignore[index]  # of the form

    def told(self) -> Iterator[tuple[str, str]]:
        """Yield label and text of each value that is there, to read."""
        for bound in (*self.first(), *self.more()):
            if bound.initial not in (None, "", [], False):
                yield bound.label, self._shown(bound.name, bound.initial)  # type: ignore[attr-defined]  # of the form


class QuoteCard(StatementCard, QuoteForm):
    """A quote on the workbench."""

    FIRST = ("anchor", "speaker", "kind", "said_on")
    MORE = ("pieces", "speaker_anchor", "role_words", "cue_anchor", "language")

    speaker = speaker_field()


class ClaimCard(StatementCard, ClaimForm):
    """A claim on the workbench."""

    FIRST = (
        *("anchor", "count", "qualifier", "low", "high", "unit"),
        *("measure", "speaker", "holds"),
    )
    MORE = (
        *("quote", "best", "quantity_anchor", "qualifier_anchor", "counted_anchor"),
        *("predicate_anchor", "pieces", "speaker_anchor", "role_words"),
        *("basis", "denied", "note"),
    )

    speaker = speaker_field()
    measure = measure_field()
    quote = forms.ModelChoiceField(
        Quote.objects.none(), required=False, label=_("quote")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        claim: Any = self.instance
        self.initial["measure"] = claim.measure
        quotes: Any = self.fields["quote"]
        quotes.queryset = claim.article_version.quotes.order_by("start", "pk")

    def clean(self) -> dict[str, Any]:
        """Take the unit of the measure where none is given; else what is counted."""
        cleaned = super().clean()
        measure, counted = cleaned.get("measure"), cleaned.get("counted_anchor")
        if cleaned.get("qualifier") and not cleaned.get("unit"):
            as_written = counted.words[:_LONGEST_UNIT] if counted else ""
            cleaned["unit"] = measure.unit if measure else as_written
        return cleaned

    def changes(self) -> dict[str, Any]:
        """Add the unit that a number was given by itself."""
        values: dict[str, Any] = super().changes()
        given = {"unit": self.cleaned_data["unit"]} if "qualifier" in values else {}
        return values | given


CARDS: dict[type[Quote | Claim], type[QuoteCard | ClaimCard]] = {
    Quote: QuoteCard,
    Claim: ClaimCard,
}


def card_form(model: type[Quote | Claim], typed: Callable[..., Any]) -> type[Any]:
    """Return the form class of a card; `typed` is how the admin types a column."""
    form = CARDS[model]
    columns = {column.name for column in model._meta.concrete_fields}
    return modelform_factory(
        model,
        form=form,
        fields=[name for name in (*form.FIRST, *form.MORE) if name in columns],
        formfield_callback=typed,
    )


# --- what a card begins with ---


def inherit(row: Statement, recorded: Iterable[Statement], *, reader: Any) -> set[str]:
    """Give a card what it lacks and the text's other statements know.

    A claim takes the speaker of the quote around it; words for a speaker mean whom
    they meant before; what has no speaker or date takes those of what the reader
    recorded last, and a number the measure of theirs that count the same. Returns
    the names of the fields that were filled.
    """
    others = list(recorded)
    own = [each for each in others if each.recorded_by_id == reader.pk]
    last = _last(own)
    around = _quote_around(row, others) if isinstance(row, Claim) else None
    filled = {
        "quote": around if isinstance(row, Claim) and row.quote_id is None else None,
        **_speaker(row, others, around or last),
    }
    filled |= _date(row, _last([each for each in own if isinstance(each, type(row))]))
    if isinstance(row, Claim):
        filled |= _measure(row, [each for each in own if isinstance(each, Claim)])
    found = {name: value for name, value in filled.items() if value is not None}
    for name, value in found.items():
        setattr(row, name, value)
    return set(found)


def _quote_around(claim: Claim, others: list[Statement]) -> Quote | None:
    quotes = [
        each
        for each in others
        if isinstance(each, Quote) and each.is_open | each.is_public
        if each.span.contains(claim.span)
    ]
    return max(quotes, key=lambda quote: quote.start, default=None)


def _speaker(
    row: Statement, others: list[Statement], nearest: Statement | None
) -> dict[str, Any]:
    if row.speaker_id is not None:
        return {}
    if not row.speaker_words:
        return {"speaker": nearest and nearest.speaker}
    words = fold_key(row.speaker_words)
    same = (
        each.speaker
        for each in reversed(others)
        if each.speaker and fold_key(each.speaker_words) == words
    )
    return {"speaker": next(same, None)}


def _last(rows: list[Statement]) -> Statement | None:
    return max(rows, key=lambda each: (each.recorded_at, each.pk), default=None)


def _date(row: Statement, last: Statement | None) -> dict[str, Any]:
    name = "said_on" if isinstance(row, Quote) else "holds"
    return {name: getattr(last, name, None)} if getattr(row, name) is None else {}


def _measure(claim: Claim, own: list[Claim]) -> dict[str, Any]:
    """Return the measure of the claims that count the same, if they all have one."""
    if claim.measure_id is not None or not claim.qualifier:
        return {}
    found = {each.measure for each in own if _counts_the_same(claim, each)}
    measure = found.pop() if len(found) == 1 else None
    return {"measure": measure, "unit": measure.unit} if measure else {}


def _counts_the_same(claim: Claim, other: Claim) -> bool:
    """Whether two claims say the same of the same noun, in one unit and of one event.

    What no verb is read of may be anything; and what held before an event began is
    not of that event.
    """
    measure = other.measure
    if measure is None or claim.unit not in ("", measure.unit):
        return False
    began = measure.event.starts_earliest
    if began and claim.holds and claim.holds.latest < began:
        return False
    return bool(claim.predicate_words) and _said(claim) == _said(other)


def _said(claim: Claim) -> tuple[str, str]:
    return fold_key(claim.counted_words), fold_key(claim.predicate_words)
