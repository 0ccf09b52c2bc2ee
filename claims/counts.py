"""Counts as people type them: “60-90”, “about 3500”, “أكثر من ٣٥٠٠”."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from claims.extraction.quantities import quantities
from claims.quantity import Quantity
from sources.forms.numbers import read_number, write_number
from sources.text.dating import dates
from sources.text.fold import fold_key
from sources.text.words import Words

_LONGEST = 80
_POINT_OR_GROUP = re.compile(r"(?<![\d.,])[1-9]\d{0,2}\.\d{3}(?![\d.,])", re.ASCII)
#: The rules read figures of something; alone, “60-90” may be anything.
_COUNTED = " people"


def read_count(typed: str) -> Quantity:
    """Return the count that was typed, with its hedge, as the rules read it in a text.

    Raises:
        ValidationError: for what is no count, for more than a count, and for what
            `read_number` refuses because it means two numbers.
    """
    stripped = typed.strip()
    with suppress(ValidationError):
        return Quantity.exactly(read_number(stripped))
    for number in _POINT_OR_GROUP.findall(fold_key(stripped)):
        read_number(number)  # which says what the two readings are
    count = _count_in_text(stripped) if len(stripped) <= _LONGEST else None
    if count is None:
        raise ValidationError(
            _("“%s” is not a clear count. Write 3500, 60-90 or about 3500.")
            % stripped[:_LONGEST]
        )
    return count


def _count_in_text(typed: str) -> Quantity | None:
    words = Words.of(typed + _COUNTED)
    found = quantities(words, [date.span for date in dates(words, dateline=None)])
    if len(found) != 1:
        return None
    claim = found[0]
    whole = claim.number.hull(claim.qualifier) if claim.qualifier else claim.number
    n_read = len(words.within(whole))
    is_all_read = n_read == len(Words.of(typed).forms)
    is_count = is_all_read and not (claim.denied or claim.quantity.unit)
    return claim.quantity if is_count else None


class CountField(forms.CharField):
    """A whole count in one box: the number or numbers and how they are hedged."""

    widget = forms.TextInput({"dir": "auto", "class": "count", "data-read-as": "count"})

    def to_python(self, value: Any) -> Any:
        """Return the quantity; None when nothing was typed."""
        typed = super().to_python(value)
        return read_count(typed) if typed else None


class CountedForm(forms.BaseForm):
    """Spreads what is typed as one count over the fields that make it up.

    So a count is typed like any of its parts, and what follows knows only these.
    """

    #: The box, and the fields that it fills.
    COUNT, PARTS = "count", ("qualifier", "low", "high")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.is_counted_twice = False
        with suppress(ValidationError):
            if count := CountField(required=False).clean(self._posted(self.COUNT)):
                self._spread(count)

    def clean(self) -> dict[str, Any]:
        """Refuse a count beside other numbers than its own."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.is_counted_twice:
            message = _("Another number is typed beside this count. Empty one of them.")
            self.add_error(self.COUNT, message)
        return cleaned

    def _posted(self, name: str) -> str:
        return str(self.data.get(self.add_prefix(name), ""))

    def _spread(self, count: Quantity) -> None:
        bounds = (count.low, count.high)
        written = ("" if bound is None else write_number(bound) for bound in bounds)
        values = dict(zip(self.PARTS, (str(count.qualifier), *written), strict=True))
        self.is_counted_twice = any(
            self._is_typed(name) and self._posted(name).strip() != value
            for name, value in values.items()
        )
        if not self.is_counted_twice:
            posted: Any = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
            for name, value in values.items():
                posted[self.add_prefix(name)] = value
            self.data = posted

    def _is_typed(self, name: str) -> bool:
        field = self.fields[name]
        initial = self.get_initial_for_field(field, name)
        return bool(field.has_changed(initial, self._posted(name)))
