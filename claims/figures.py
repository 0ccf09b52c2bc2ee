"""Figures in words, in the language that is active."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import npgettext_lazy

from claims.models import Qualifier
from claims.quantity.words import digits
from sources.forms.showing import reading_language

if TYPE_CHECKING:
    from decimal import Decimal

    from claims.models import Claim

#: Units that many measures share, in the reader's language; others stand as given.
UNITS = {
    "persons": npgettext_lazy("unit", "person", "persons"),
    "families": npgettext_lazy("unit", "family", "families"),
    "households": npgettext_lazy("unit", "household", "households"),
    "vehicles": npgettext_lazy("unit", "vehicle", "vehicles"),
    "buildings": npgettext_lazy("unit", "building", "buildings"),
}
#: A number whose form of the unit stands by itself: “persons”, “أشخاص”.
SEVERAL = 3


def unit(name: str, number: int = SEVERAL) -> str:
    """Return a unit in the reader's language where it is a common one."""
    return str(UNITS[name] % number) if name in UNITS else name


def unit_of(claim: Claim) -> str:
    """Return the unit of a claim, in the form that its last number takes."""
    bounds = [bound for bound in (claim.low, claim.high) if bound is not None]
    if claim.qualifier == Qualifier.VAGUE or not bounds:
        return unit(claim.unit)
    return unit(claim.unit, int(bounds[-1]))


def figure(claim: Claim) -> str:
    """Return the quantity of a claim in words, without its unit; empty for none."""
    if claim.quantity:
        return claim.quantity.in_words(reading_language())
    if claim.qualifier:  # an imported row keeps what its table says
        return _("low %(low)s, high %(high)s, as tabulated") % {
            "low": number(claim.low),
            "high": number(claim.high),
        }
    return ""


def number(value: Decimal | None) -> str:
    """Return a stored number in groups of three, without idle zeros."""
    return "" if value is None else digits(value, reading_language())
