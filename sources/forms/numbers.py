"""Numbers as people type them, and never another number than they meant."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from sources.text.fold import fold_key

ARABIC_POINT = "٫"

_NUMBER = re.compile(
    r"(?P<sign>[-+−]?)(?P<whole>\d+|\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+)"
    r"(?:\.(?P<fraction>\d+))?",
    re.ASCII,
)
_POINT_OR_GROUP = re.compile(r"[-+−]?[1-9]\d{0,2}\.\d{3}", re.ASCII)
_LONGEST = 40


def read_number(typed: str) -> Decimal:
    """Return the number that “3,500”, “3٬500”, “٣٥٠٠” or “3 500” stands for.

    Raises:
        ValidationError: for what is no number, and for “3.500”, which is 3500 to
            some and 3.5 to others. “٫” is a decimal point to everyone.
    """
    folded = fold_key(typed[:_LONGEST])
    found = _NUMBER.fullmatch(folded)
    if found is None or len(typed) > _LONGEST:
        raise ValidationError(_("“%s” is not a number.") % typed[:_LONGEST])
    if _POINT_OR_GROUP.fullmatch(folded) and ARABIC_POINT not in typed:
        whole, fraction = folded.split(".")
        raise ValidationError(
            _("“%(typed)s” may mean two numbers. Write %(one)s or %(other)s.")
            % {
                "typed": typed,
                "one": f"{whole}{fraction}",
                "other": f"{whole}.{fraction}0",
            }
        )
    return _decimal(found)


def _decimal(found: re.Match[str]) -> Decimal:
    whole = re.sub("[, ]", "", found["whole"])
    sign = "-" if found["sign"] in {"-", "−"} else ""
    fraction = (found["fraction"] or "").rstrip("0")
    return Decimal(f"{sign}{whole}.{fraction}" if fraction else f"{sign}{whole}")


def write_number(number: Decimal) -> str:
    """Return a number as `read_number` reads it back: 3.125 becomes “3.1250”."""
    written = format(number.normalize(), "f")
    return f"{written}0" if _POINT_OR_GROUP.fullmatch(written) else written


class _Typed:
    """A number field that is typed as text, in any digits."""

    widget = forms.TextInput
    read_as = "number"

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Say which keyboard fits; figures run from left to right in any language."""
        del widget
        return {
            "inputmode": "decimal",
            "dir": "ltr",
            "class": "number",
            "data-read-as": self.read_as,
        }

    def read(self, typed: str) -> Decimal:
        """Return the number that was typed."""
        return read_number(typed)

    def to_python(self, value: Any) -> Any:
        """Return the number; None when nothing was typed."""
        if isinstance(value, str):
            value = value.strip()
            value = self.read(value) if value else None
        return super().to_python(value)  # type: ignore[misc]  # of the field beside it

    def prepare_value(self, value: Any) -> Any:
        """Return what the input shows."""
        return write_number(value) if isinstance(value, Decimal) else value


class NumberField(_Typed, forms.DecimalField):
    """A decimal in any digits, grouped or not."""


class WholeNumberField(_Typed, forms.IntegerField):
    """A whole number in any digits, grouped or not."""

    def read(self, typed: str) -> Any:
        """Return the number as an integer.

        Raises:
            ValidationError: when it has a fraction.
        """
        number = read_number(typed)
        if number != number.to_integral_value():
            raise ValidationError(_("“%s” is not a whole number.") % typed)
        return int(number)


class CoordinateField(_Typed, forms.DecimalField):
    """Degrees: never grouped, so that 35.123 is what it looks like."""

    read_as = "degrees"

    def read(self, typed: str) -> Decimal:
        """Return the degrees.

        Raises:
            ValidationError: for anything but digits around one point.
        """
        folded = fold_key(typed[:_LONGEST])
        if not re.fullmatch(r"[-+]?\d{1,3}(\.\d{1,12})?", folded, re.ASCII):
            raise ValidationError(_("“%s” is not a number.") % typed[:_LONGEST])
        return Decimal(folded)

    def prepare_value(self, value: Any) -> Any:
        """Return what the input shows."""
        return format(value, "f") if isinstance(value, Decimal) else value
