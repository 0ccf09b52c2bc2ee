"""The form of a logged row: it knows the version it was read at."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sources.forms.dates import PartialDateField
from sources.forms.numbers import WholeNumberField
from sources.forms.showing import shown
from sources.forms.texts import NoteField, Place, SpanField
from sources.history import LONGEST_REASON, StaleVersion
from sources.models.versioned import CODE_ALPHABET, CODE_LENGTH, Versioned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model

#: What a process function may raise that the form has to explain.
REFUSALS = (ValidationError, StaleVersion, IntegrityError, DataError, OverflowError)

_CODE = re.compile(rf"[acqr]-[{CODE_ALPHABET}]{{{CODE_LENGTH}}}")

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[Model]
else:
    _ModelForm = forms.ModelForm


class RowForm(_ModelForm):
    """One field per value, whatever columns it takes; one hidden version or code.

    A new row's code travels in the form as `new_code`, so that a form sent twice
    meets the row it made. `read_version` is the version a stored row was read at.
    `refusal` is what the process function said to these values, if it refused.
    """

    refusal: Exception | None = None

    new_code = forms.CharField(widget=forms.HiddenInput, required=False)
    read_version = WholeNumberField(
        widget=forms.HiddenInput, required=False, min_value=1, max_value=2**31 - 1
    )
    reason = forms.CharField(
        label=gettext_lazy("reason of the change"),
        help_text=gettext_lazy("Kept in the log beside your name."),
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.TextInput({"dir": "auto", "class": "vTextField"}),
    )

    NO_VALUES: tuple[str, ...] = ("new_code", "read_version", "reason")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            field.label = capfirst(field.label)
            if isinstance(field, forms.ModelChoiceField):
                self._keep_chosen(name, field)
        for name in self.composites():
            self.initial.setdefault(name, getattr(self.instance, name))
        self.initial["new_code"] = getattr(self.instance, "code", "")
        self.initial["read_version"] = getattr(self.instance, "version", None)

    def _keep_chosen(self, name: str, field: Any) -> None:
        """Let a row keep what it is linked to, though it could not be chosen anew."""
        chosen = getattr(self.instance, f"{name}_id", None)
        if chosen is not None:
            field.queryset |= field.queryset.model._default_manager.filter(pk=chosen)

    def composites(self) -> list[str]:
        """Return the fields that stand for several columns of the row."""
        kinds = (PartialDateField, SpanField)
        return [name for name, field in self.fields.items() if isinstance(field, kinds)]

    def clean(self) -> dict[str, Any]:
        """Give the row its composite values, then say why it was refused before."""
        cleaned = super().clean() or self.cleaned_data
        self.anchor_spans()
        for name in self.composites():
            if isinstance(cleaned.get(name), Place):  # of a text nobody named
                del cleaned[name]
            elif name in cleaned:
                setattr(self.instance, name, cleaned[name])
        if code := cleaned.get("new_code"):
            self._take_code(code)
        if self.refusal is not None:
            self._explain(self.refusal)
        return cleaned

    def anchor_spans(self) -> None:
        """Turn places into anchors; forms with spans know in which text."""

    def anchor_in(self, text: str, names: list[str]) -> None:
        """Turn the places of some fields into anchors in a text."""
        outer = None
        for name in names:
            place = self.cleaned_data.get(name)
            if place is None:
                continue
            try:
                anchor = place.anchor(text, within=outer)
            except ValidationError as refusal:
                self.add_error(name, refusal)
            else:
                self.cleaned_data[name] = anchor
                outer = outer or anchor.span

    def changes(self) -> dict[str, Any]:
        """Return the values that differ from the stored row."""
        return {
            name: self.cleaned_data[name]
            for name in self.changed_data
            if name not in self.NO_VALUES
        }

    @property
    def is_stale(self) -> bool:
        """Whether somebody changed the row since the form was read."""
        if self.refusal is None or not isinstance(self.instance, Versioned):
            return False
        read_at = self.cleaned_data.get("read_version")
        return read_at is not None and read_at != self.instance.version

    def conflicts(self) -> Iterator[tuple[str, str, str]]:
        """Yield label, stored text and typed text of every field that differs."""
        for name in self.changed_data:
            if name in self.NO_VALUES or name not in self.cleaned_data:
                continue
            typed = self.cleaned_data[name]
            stored = self.get_initial_for_field(self.fields[name], name)
            yield (
                str(self[name].label),
                self._shown(name, stored),
                self._shown(name, typed),
            )

    def _shown(self, name: str, value: Any) -> str:
        field = self.fields[name]
        if isinstance(field, forms.ModelChoiceField):
            return shown(field.to_python(value))
        if isinstance(field, forms.ChoiceField):
            return str(dict(field.choices).get(value, value))  # type: ignore[arg-type]  # pairs
        return shown(value if name in self.composites() else field.prepare_value(value))

    def _take_code(self, code: str) -> None:
        if not _CODE.fullmatch(code):
            self.add_error(None, _("The form was damaged. Open it anew."))
            return
        row = type(self.instance)._default_manager.filter(code=code).first()
        if row is None:
            self.instance.code = code  # type: ignore[attr-defined]  # only rows with a code
            return
        self.add_error(
            None,
            ValidationError(
                format_html(
                    '{} <a href="../{}/change/"><bdi>{}</bdi></a>',
                    _("This form was saved already:"),
                    row.pk,
                    str(row),
                )
            ),
        )

    def _explain(self, refusal: Exception) -> None:
        if isinstance(refusal, ValidationError):
            self._explain_by_field(refusal)
        elif isinstance(refusal, StaleVersion):
            self.add_error(None, str(refusal))
        elif isinstance(refusal, IntegrityError):
            self.add_error(None, _("This conflicts with what is recorded by now."))
        else:
            self.add_error(None, _("A value is beyond what can be stored."))
        if self.is_stale:
            version = str(getattr(self.instance, "version", ""))
            self.data = _posted_again(
                self.data, self.add_prefix("read_version"), version
            )

    def _explain_by_field(self, refusal: ValidationError) -> None:
        if not hasattr(refusal, "error_dict"):
            self.add_error(None, refusal)
            return
        for name, errors in refusal.error_dict.items():
            self.add_error(name if name in self.fields else None, errors)


def _posted_again(posted: Any, name: str, value: str) -> Any:
    """Return what was posted, with one other value."""
    again = posted.copy()
    again[name] = value
    return again


class StepForm(forms.Form):
    """What a step asks for; it knows the version its page was read at."""

    version = WholeNumberField(
        widget=forms.HiddenInput, required=False, min_value=1, max_value=2**31 - 1
    )

    def __init__(self, posted: Any = None, *, row: Model) -> None:
        super().__init__(posted, initial={"version": getattr(row, "version", None)})
        for field in self.fields.values():
            field.label = capfirst(field.label)

    def read_again(self, version: int) -> None:
        """Note that the page now shows the row as it stands."""
        self.data = _posted_again(self.data, "version", str(version))


class ReasonForm(StepForm):
    """Why: the one thing most steps need."""

    reason = NoteField(label=gettext_lazy("reason"))
