"""How a field reads what is typed in it, said before anything is saved."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims.counts import read_count
from claims.quantity import Quantity
from sources.forms import CoordinateField
from sources.forms.dates import read_date, read_day
from sources.forms.numbers import read_number
from sources.forms.showing import reading_language
from sources.text.dates import PartialDate, Precision

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest


def _number(typed: str) -> str:
    return Quantity.exactly(read_number(typed)).in_words(reading_language())


def _degrees(typed: str) -> str:
    return format(CoordinateField().read(typed), "f")


def _count(typed: str) -> str:
    return read_count(typed).in_words(reading_language())


def _day(typed: str) -> str:
    return _in_words(PartialDate.day(read_day(typed)))


def _date(typed: str) -> str:
    date = read_date(typed)
    if date.precision in {Precision.DAY, Precision.PERIOD}:
        return _in_words(date)
    days = PartialDate.period(date.earliest, date.latest)
    return f"{_in_words(date)} ({_in_words(days)})"


def _in_words(date: PartialDate) -> str:
    return date.in_words(reading_language())


#: How each kind of field reads; the keys are what `data-read-as` says.
READERS: dict[str, Callable[[str], str]] = {
    "number": _number,
    "degrees": _degrees,
    "count": _count,
    "day": _day,
    "date": _date,
}


@require_safe
def understood(request: HttpRequest) -> JsonResponse:
    """Say what the text in `typed` means to the kind of field that `as` names."""
    reader = READERS.get(request.GET.get("as", ""))
    if reader is None:
        kinds = {"is_refused": True, "says": "", "kinds": list(READERS)}
        return JsonResponse(kinds, status=HTTPStatus.BAD_REQUEST)
    said: dict[str, Any] = {"is_refused": False}
    try:
        said["says"] = _("Read as: %s") % reader(request.GET.get("typed", "").strip())
    except (ValidationError, ValueError) as refusal:
        reason = getattr(refusal, "messages", None) or [_("This cannot be stored.")]
        said = {"is_refused": True, "says": " ".join(reason)}
    return JsonResponse(said)
