"""What is wrong with the parameters of a query, said one by one."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from django.http import QueryDict

    from sources.as_of import MomentRefused

#: Longer words are not compared: the cost of comparing grows with their square.
LONGEST_COMPARED = 80


@dataclass(frozen=True, slots=True)
class Refusal:
    """One parameter that is refused.

    `code` never changes, `detail` is a sentence in the reader's language,
    `nearest` is what they may have meant, if anything comes near.
    """

    parameter: str
    code: str
    detail: str
    value: str | None = None
    nearest: str | None = None


def moment_refused(reason: MomentRefused) -> Refusal:
    """Return what is wrong with a parameter that names no past moment."""
    return Refusal(
        reason.parameter,
        str(reason.code),
        str(reason.message),
        reason.value,
        reason.nearest,
    )


class ParametersRefused(APIException):
    """The query has parameters or values that do not exist; none is guessed."""

    status_code = HTTPStatus.BAD_REQUEST

    def __init__(self, *refusals: Refusal) -> None:
        super().__init__(_("Some parameters of this query are refused."))
        self.refusals = refusals


def nearest(word: str, words: Iterable[str]) -> str | None:
    """Return the word that comes nearest, whatever its case, if one comes near."""
    if len(word) > LONGEST_COMPARED:
        return None
    by_folded = {known.casefold(): known for known in words}
    near = get_close_matches(word.casefold(), by_folded, n=1)
    return by_folded[near[0]] if near else None


def whole_number(query: QueryDict, name: str, *, most: int, default: int) -> int:
    """Return the whole number from 1 that a parameter gives.

    Raises:
        ParametersRefused: when it gives none, or a greater one than `most`.
    """
    text = query.get(name, str(default))
    digits = len(str(most))
    if text.isascii() and text.isdecimal() and len(text) <= digits and text[0] != "0":
        number = int(text)
        if number <= most:
            return number
    detail = _("Give a whole number from 1 to %d.") % most
    raise ParametersRefused(Refusal(name, "not-a-number", detail, text))


def one_of(query: QueryDict, name: str, values: Collection[str]) -> str | None:
    """Return which of some values a parameter gives; None where it is missing.

    Raises:
        ParametersRefused: when it gives another one.
    """
    text = query.get(name)
    if text is None or text in values:
        return text
    detail = _("Give one of these: %s.") % ", ".join(values)
    raise ParametersRefused(
        Refusal(name, "not-one-of", detail, text, nearest(text, values))
    )


def misused_parameters(query: QueryDict, known: Collection[str]) -> Iterator[Refusal]:
    """Yield each parameter that is not known, given twice, or given without a value."""
    for name, values in query.lists():
        if name not in known:
            yield Refusal(
                name,
                "unknown-parameter",
                _("There is no such parameter here."),
                values[-1],
                nearest(name, known),
            )
        elif len(values) > 1:
            yield Refusal(
                name,
                "repeated-parameter",
                _("This parameter is given more than once."),
                ", ".join(values),
            )
        elif not values[0]:
            yield Refusal(
                name, "empty-parameter", _("This parameter is given without a value.")
            )
