"""Form fields that read what people type, and the form of a logged row."""

from sources.forms.dates import DayField, PartialDateField
from sources.forms.numbers import CoordinateField, NumberField, WholeNumberField
from sources.forms.rows import ReasonForm, RowForm, StepForm
from sources.forms.texts import (
    LanguagesField,
    NoteField,
    PassageField,
    PiecesField,
    SpanField,
)

__all__ = [
    "CoordinateField",
    "DayField",
    "LanguagesField",
    "NoteField",
    "NumberField",
    "PartialDateField",
    "PassageField",
    "PiecesField",
    "ReasonForm",
    "RowForm",
    "SpanField",
    "StepForm",
    "WholeNumberField",
]
