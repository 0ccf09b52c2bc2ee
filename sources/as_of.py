"""The parameter `as_of`: what Factbase had published at a moment, never when it held.

The one place that reads it; a day means its end, in UTC.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from sources.forms.dates import is_moment, read_day, read_moment
from sources.masking import Reading
from sources.policy import PublicAt, Reader, as_of
from sources.text.fold import fold_key

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, QueryDict

Answer = TypeVar("Answer")

PARAMETER = "as_of"
#: Nobody writes a day or a moment longer than this.
LONGEST = 60

_LOST_PLUS = re.compile(r"(?<=\d) (?=\d\d:\d\d$)", re.ASCII)  # “+” in an address
_YEAR_FIRST = re.compile(r"(\d{4,})\D(\d{1,2})\D(\d{1,2})", re.ASCII)


class MomentRefused(ValidationError):
    """A parameter names no past day or moment.

    `code` never changes; `nearest` is the nearest value that would do.
    """

    def __init__(
        self, parameter: str, code: str, message: str, value: str, nearest: str | None
    ) -> None:
        super().__init__(message, code=code)
        self.parameter, self.value, self.nearest = parameter, value, nearest


class NotPublishedThen(Http404):
    """A row is public today and was not at the moment asked for.

    `address` is its page as it is today.
    """

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


def reader_of(request: HttpRequest) -> Reader:
    """Return who reads: the public of the moment asked for, else who is signed in.

    The request remembers it, so that the page can say so and its links keep it.

    Raises:
        MomentRefused: when `as_of` names no past day or moment.
    """
    now = timezone.now()
    moment = asked(request.GET, PARAMETER, now=now)
    reader = request.user if moment is None else PublicAt(moment)
    vars(request)["reader"] = reader
    return reader


def for_anyone(view: Callable[..., Answer]) -> Callable[..., Answer]:
    """Make a view answer everybody as the public, withheld names hidden from all."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> Answer:
        request.user = AnonymousUser()
        with Reading(knows=lambda: False, records=lambda: False):
            return view(request, *args, **kwargs)

    return answer


def moment_of(request: HttpRequest) -> dt.datetime | None:
    """Return the moment that a page is of; None for today, and where none is read."""
    return as_of(vars(request).get("reader", AnonymousUser()))


def kept_as_of(request: HttpRequest, address: str) -> str:
    """Return an address of ours that keeps the moment the page is of."""
    return at_moment(address, moment_of(request))


def at_moment(address: str, moment: dt.datetime | None) -> str:
    """Return an address of ours as of a moment; None is today."""
    if moment is None:
        return address
    path, mark, fragment = address.partition("#")
    joint = "&" if "?" in path else "?"
    return f"{path}{joint}{urlencode({PARAMETER: written(moment)})}{mark}{fragment}"


def asked(query: QueryDict, name: str, *, now: dt.datetime) -> dt.datetime | None:
    """Return the moment that a parameter names; None where it is missing or empty.

    Raises:
        MomentRefused: when it names no past day or moment, or is repeated.
    """
    values = query.getlist(name)
    if len(values) > 1:
        message = _("This parameter is given more than once.")
        value = ", ".join(values)
        raise MomentRefused(name, "repeated-parameter", message, value, None)
    return read(values[0], name=name, now=now) if any(values) else None


def asked_between(
    query: QueryDict, *, now: dt.datetime
) -> tuple[dt.datetime | None, dt.datetime]:
    """Return the moments that `from` and `until` name: the beginning and today else.

    Raises:
        MomentRefused: when one names no past moment, or the first is the later one.
    """
    first, last = "from", "until"
    since = asked(query, first, now=now)
    until = asked(query, last, now=now) or end_of(now.date())
    if since and since > until:
        message = _("The first of the two days comes after the second.")
        near = written(until)
        raise MomentRefused(first, "after-until", message, written(since), near)
    return since, until


def read(typed: str, *, name: str = PARAMETER, now: dt.datetime) -> dt.datetime:
    """Return the moment that was typed, in UTC: as it is, or as the end of a day.

    Raises:
        MomentRefused: for anything else, and for what lies in the future.
    """
    tonight = end_of(now.date())
    try:
        moment = _moment(typed)
    except ValidationError:
        near = _nearest_day(typed, now.date()).isoformat()
        example = "2022-01-09, 9 January 2022, 2022-01-09T10:00:00Z"
        message = _(
            "“%(typed)s” is no day or moment. Write it like one of these: %(like)s"
        )
        message %= {"typed": typed[:LONGEST], "like": example}
        raise MomentRefused(name, "not-a-moment", message, typed, near) from None
    if moment > now and moment != tonight:
        near = written(tonight if moment == end_of(moment) else now)
        message = _("“%(typed)s” lies in the future; the latest is %(latest)s, in UTC.")
        message %= {"typed": typed[:LONGEST], "latest": near}
        raise MomentRefused(name, "in-the-future", message, typed, near)
    return moment


def _moment(typed: str) -> dt.datetime:
    if len(typed) > LONGEST:
        raise ValidationError(typed)
    folded = _LOST_PLUS.sub("+", fold_key(typed)).upper()
    return read_moment(folded) if is_moment(folded) else end_of(read_day(typed))


def end_of(day: dt.date) -> dt.datetime:
    """Return the last moment of a day, in UTC."""
    return dt.datetime.combine(day, dt.time.max, dt.UTC)


def written(moment: dt.datetime) -> str:
    """Return a moment as an address writes it; the end of a day is the day."""
    if moment == end_of(moment):
        return moment.date().isoformat()
    precision = "microseconds" if moment.microsecond else "seconds"
    whole = moment.astimezone(dt.UTC).replace(tzinfo=None)
    return f"{whole.isoformat(timespec=precision)}Z"


def _nearest_day(typed: str, today: dt.date) -> dt.date:
    """Return the day that comes nearest to year, month and day; today for anything."""
    numbers = _YEAR_FIRST.match(fold_key(typed[:LONGEST]))
    if numbers is None or int(numbers[1]) > today.year:
        return today
    year, month, day = map(int, numbers.groups())
    year, month = max(year, 1), min(max(month, 1), 12)
    day = min(max(day, 1), monthrange(year, month)[1])
    return min(dt.date(year, month, day), today)
