"""The forms of statements, of what they are about, and of the steps they take."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.counts import CountedForm, CountField
from claims.models import Claim, Measure, Quote, WithdrawalKind
from sources.forms import (
    CoordinateField,
    NoteField,
    NumberField,
    PartialDateField,
    PiecesField,
    RowForm,
    SpanField,
    StepForm,
)
from sources.models import Speaker


class StatementForm(RowForm):
    """What quotes and claims share: places in the text of one article version."""

    SPANS: tuple[str, ...] = ("anchor", "speaker_anchor")

    anchor = SpanField(label=_("words"), required=True)
    pieces = PiecesField(
        label=_("pieces"),
        help_text=_("The inner spans of a split quotation, in order."),
    )
    speaker_anchor = SpanField(label=_("speaker as written"))

    def anchor_spans(self) -> None:
        """Find every place in the text of the version."""
        version = self.cleaned_data.get("article_version")
        version = version or getattr(self.instance, "article_version", None)
        if version is None:
            return
        self.anchor_in(version.text, list(self.SPANS))
        if places := self.cleaned_data.get("pieces"):
            self._cut_pieces(version.text, places)

    def _cut_pieces(self, text: str, places: list[Any]) -> None:
        try:
            anchors = [place.anchor(text) for place in places]
        except (ValidationError, ValueError) as refusal:
            self.add_error("pieces", str(getattr(refusal, "message", refusal)))
        else:
            self.cleaned_data["pieces"] = [
                [anchor.span.start, anchor.span.end, anchor.words] for anchor in anchors
            ]


class QuoteForm(StatementForm):
    """A quote, with its cue and the day it was said."""

    SPANS = (*StatementForm.SPANS, "cue_anchor")

    cue_anchor = SpanField(label=_("cue"))
    said_on = PartialDateField(label=_("said on"))


class ClaimForm(CountedForm, StatementForm):
    """A claim, with its number as written and the day it holds for."""

    NO_VALUES = (*StatementForm.NO_VALUES, CountedForm.COUNT)

    SPANS = (
        *StatementForm.SPANS,
        *("quantity_anchor", "qualifier_anchor", "counted_anchor", "predicate_anchor"),
    )

    count = CountField(
        label=_("count"),
        help_text=_(
            "The whole in one: 3500, 60-90, about 3500. It fills what follows."
        ),
        required=False,
    )
    quantity_anchor = SpanField(label=_("number as written"))
    qualifier_anchor = SpanField(label=_("qualifier as written"))
    counted_anchor = SpanField(label=_("counted, as written"))
    predicate_anchor = SpanField(label=_("what happened, as written"))
    holds = PartialDateField(label=_("holds on"))


class _Proposed(StatementForm):
    """What a reviewer may propose to change; the rest goes into the note."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        row: Any = self.instance
        kept = {*(self._meta.fields or ()), "read_version", CountedForm.COUNT}
        for name in set(self.fields) - kept:
            del self.fields[name]
        speaker: Any = self.fields["speaker"]
        article = row.article_version.article
        speaker.queryset = Speaker.objects.filter(
            Q(pk=row.speaker_id)
            | Q(pk__in=Claim.objects.in_article(article.pk).values("speaker"))
            | Q(pk__in=Quote.objects.in_article(article.pk).values("speaker"))
        ).order_by("pk")

    def changes_anything(self) -> bool:
        """Tell whether the reviewer touched a field."""
        return bool(set(self.changed_data) - set(self.NO_VALUES))


class ProposedQuoteForm(_Proposed, QuoteForm):
    """An edit of a quote that its reviewer proposes."""

    SPANS = ("anchor",)

    class Meta:
        model = Quote
        fields = ("anchor", "speaker", "kind", "said_on")


class ProposedClaimForm(_Proposed, ClaimForm):
    """An edit of a claim that its reviewer proposes."""

    SPANS = ("anchor",)

    low = NumberField(label=_("low"), required=False)
    high = NumberField(label=_("high"), required=False)

    class Meta:
        model = Claim
        fields = (
            *("anchor", "qualifier", "low", "high", "unit", "measure", "speaker"),
            *("holds", "denied"),
        )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        claim: Any = self.instance
        same_event = Q(event=claim.measure.event) if claim.measure else Q(pk=None)
        in_article = Claim.objects.in_article(claim.article_version.article_id)
        measure: Any = self.fields["measure"]
        measure.queryset = Measure.objects.filter(
            same_event | Q(pk__in=in_article.values("measure"))
        ).order_by("pk")


#: The form of a proposed edit, for each kind of statement.
PROPOSED: dict[type[Quote | Claim], type[RowForm]] = {
    Quote: ProposedQuoteForm,
    Claim: ProposedClaimForm,
}


class EventForm(RowForm):
    """An event, with its place and days."""

    starts = PartialDateField(label=_("starts"))
    ends = PartialDateField(label=_("ends"))
    latitude = CoordinateField(
        label=_("latitude"), max_digits=9, decimal_places=6, required=False
    )
    longitude = CoordinateField(
        label=_("longitude"), max_digits=9, decimal_places=6, required=False
    )


class DecisionForm(StepForm):
    """What a reviewer decides on the page of a review, and says about it."""

    step = forms.ChoiceField(
        choices=[(step, step) for step in ("approve", "return", "discard")],
        widget=forms.HiddenInput,
    )
    note = NoteField(label=_("note"), required=False)

    def clean_note(self) -> str:
        """Ask why, unless the reviewer agrees."""
        note: str = self.cleaned_data["note"]
        if self.cleaned_data.get("step") != "approve" and not note.strip():
            raise ValidationError(_("Give the reason."))
        return note


class ApprovalForm(StepForm):
    """What a reviewer may add to an approval."""

    note = NoteField(label=_("note"), required=False)


class ReturnForm(StepForm):
    """Why a statement goes back."""

    note = NoteField(label=_("note"), help_text=_("What has to change."))


class WithdrawalForm(StepForm):
    """Who took a statement back, and why."""

    kind = forms.ChoiceField(
        label=_("who took it back"),
        choices=[
            (kind.value, kind.label)
            for kind in WithdrawalKind
            if kind != WithdrawalKind.CORRECTED
        ],
    )
    reason = NoteField(label=_("reason"))


def correcting(form: type[StatementForm]) -> type[StatementForm]:
    """Return the form of a correction: it asks for the reason as well."""
    grounds = NoteField(
        label=_("reason of the correction"),
        help_text=_("Shown in public beside both texts."),
    )
    return type(form.__name__, (form,), {"grounds": grounds})
