"""The forms of statements, of what they are about, and of the steps they take."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from claims.models import WithdrawalKind
from sources.forms import (
    CoordinateField,
    PartialDateField,
    PiecesField,
    RowForm,
    SpanField,
    StepForm,
)


def _note(**options: Any) -> forms.CharField:
    attrs = {"rows": 3, "dir": "auto", "class": "vLargeTextField"}
    return forms.CharField(max_length=2000, widget=forms.Textarea(attrs), **options)


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


class ClaimForm(StatementForm):
    """A claim, with its number as written and the day it holds for."""

    SPANS = (
        *StatementForm.SPANS,
        *("quantity_anchor", "qualifier_anchor", "counted_anchor", "predicate_anchor"),
    )

    quantity_anchor = SpanField(label=_("number as written"))
    qualifier_anchor = SpanField(label=_("qualifier as written"))
    counted_anchor = SpanField(label=_("counted, as written"))
    predicate_anchor = SpanField(label=_("what happened, as written"))
    holds = PartialDateField(label=_("holds on"))


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


class ApprovalForm(StepForm):
    """What a reviewer may add to an approval."""

    note = _note(label=_("note"), required=False)


class ReturnForm(StepForm):
    """Why a statement goes back."""

    note = _note(label=_("note"), help_text=_("What has to change."))


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
    reason = _note(label=_("reason"))


def correcting(form: type[StatementForm]) -> type[StatementForm]:
    """Return the form of a correction: it asks for the reason as well."""
    grounds = _note(
        label=_("reason of the correction"),
        help_text=_("Shown in public beside both texts."),
    )
    return type(form.__name__, (form,), {"grounds": grounds})
