"""The fields of an article as records and pages write them, each read strictly."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from sources.documents import MAX_TEXT
from sources.ingest.draft import Refusal, shown
from sources.ingest.storing import clean_text
from sources.models import Access
from sources.models.versioned import language_tag
from sources.text.dates import PartialDate

_DATE = re.compile(r"\d{4}(-\d\d){0,2}", re.ASCII)
_web_address = URLValidator(schemes=["http", "https"])


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like another one."""
    return get_close_matches(word, list(known), n=1, cutoff=0)[0]


def text(value: str) -> str:
    """The text of an article, whole."""
    _refuse_longer(value, MAX_TEXT)
    return clean_text(value)


def line(value: str, *, longest: int) -> str:
    """Words on one line, without the space around them."""
    value = value.strip()
    _refuse_longer(value, longest)
    for character in value:
        if unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}:
            message = _("The character U+%(code)04X has no place in a line.")
            raise ValidationError(message % {"code": ord(character)})
    return value


def address(value: str) -> str:
    """The address of a page on the web."""
    value = line(value, longest=1000)
    try:
        _web_address(value)
        urlsplit(value).port  # noqa: B018  # reading it refuses one beyond 65535
    except (ValidationError, ValueError) as error:
        message = _("“%(address)s” is no address of a web page.")
        raise ValidationError(message % {"address": shown(value)}) from error
    return value


def language(value: str) -> str:
    """The tag of a language."""
    language_tag(value)
    return line(value, longest=12)


def day(value: str) -> PartialDate:
    """A day, month or year as ISO 8601 writes it.

    With a time, it is the day at the place whose clock is named.
    """
    try:
        if "T" in value:
            return PartialDate.day(dt.datetime.fromisoformat(value).date())
        return _partial(value)
    except ValueError as error:
        message = _("“%(value)s” is no date; dates are written 2022-01-25.")
        raise ValidationError(message % {"value": shown(value)}) from error


def moment(value: str) -> dt.datetime:
    """A moment as ISO 8601 writes it, with its distance from UTC."""
    try:
        read = dt.datetime.fromisoformat(value)
    except ValueError:
        read = None
    if read is None or read.tzinfo is None:
        message = _(
            "“%(value)s” is no moment; one is written 2022-01-25T08:30:00+03:00."
        )
        raise ValidationError(message % {"value": shown(value)})
    return read


def access(value: str) -> Access:
    """Who reads the article, in small or capital letters."""
    if value.upper() not in Access.values:
        message = _("“%(value)s” is not known here; the nearest is “%(nearest)s”.")
        likely = nearest(value.upper(), Access.values)
        raise ValidationError(message % {"value": shown(value), "nearest": likely})
    return Access(value.upper())


def _refuse_longer(value: str, longest: int) -> None:
    if len(value) > longest:
        message = _("It has %(length)d characters, at most %(longest)d are kept.")
        raise ValidationError(message % {"length": len(value), "longest": longest})


def _partial(value: str) -> PartialDate:
    if _DATE.fullmatch(value) is None:
        raise ValueError(value)
    year, *rest = map(int, value.split("-"))
    match rest:
        case month, on:
            return PartialDate.day(dt.date(year, month, on))
        case (month,):
            return PartialDate.month(year, month)
        case _:
            return PartialDate.year(year)


FIELDS: dict[str, Callable[[str], object]] = {
    "text": text,
    "title": partial(line, longest=500),
    "url": address,
    "language": language,
    "byline": partial(line, longest=300),
    "published": day,
    "source": partial(line, longest=200),
    "access": access,
    "archive_url": address,
    "fetched_at": moment,
}
"""What reads each field of a draft; raises `ValidationError` with the reason."""


def read(name: str, value: str) -> Any:
    """The value of a field.

    Raises:
        Refusal: naming the field and the reason.
    """
    try:
        return FIELDS[name](value)
    except ValidationError as error:
        raise Refusal(error.messages[0], field=name) from error
