"""What a person reads when a request cannot be answered."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import orjson
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, OperationalError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.encoding import escape_uri_path
from django.utils.translation import gettext as _

from sources.as_of import MomentRefused, NotPublishedThen
from sources.history import StaleVersion
from sources.search import WordsRefused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpRequest

#: Under this path programs ask, not people.
API = "/api/"
#: Seconds after which a busy database is worth another try.
RETRY_AFTER = 5
#: Characters of a refused parameter or value that are told back.
LONGEST_ECHO = 200


def status_of(exception: BaseException) -> HTTPStatus | None:
    """Return the status that a refusal by a database or rule deserves, if it is one."""
    table: tuple[tuple[type[BaseException], HTTPStatus], ...] = (
        (StaleVersion, HTTPStatus.CONFLICT),
        (IntegrityError, HTTPStatus.CONFLICT),
        (ValidationError, HTTPStatus.BAD_REQUEST),
        (DataError, HTTPStatus.BAD_REQUEST),
        (OverflowError, HTTPStatus.BAD_REQUEST),
        (OperationalError, HTTPStatus.SERVICE_UNAVAILABLE),
    )
    return next((status for kind, status in table if isinstance(exception, kind)), None)


def explain(status: HTTPStatus) -> str:
    """Return one sentence about a status, in the reader's language."""
    return {
        HTTPStatus.BAD_REQUEST: _("This request cannot be understood."),
        HTTPStatus.FORBIDDEN: _("You may not see or do this."),
        HTTPStatus.NOT_FOUND: _("There is nothing at this address."),
        HTTPStatus.METHOD_NOT_ALLOWED: _("This address can only be read."),
        HTTPStatus.NOT_ACCEPTABLE: _("This address has no such format."),
        HTTPStatus.TOO_MANY_REQUESTS: _("These are too many requests at once."),
        HTTPStatus.CONFLICT: _("This conflicts with what is recorded by now."),
        HTTPStatus.SERVICE_UNAVAILABLE: _("The database is busy. Try again shortly."),
    }.get(status, _("Something went wrong on our side."))


def page(
    request: HttpRequest,
    status: HTTPStatus,
    *,
    sentence: str = "",
    instead: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Return the page of an error, or its problem in the API; it asks no database.

    `instead` has the `address` and `label` of a link to what may have been meant.
    """
    if request.path.startswith(API):
        return problem(request, status)
    told = {"status": status.value, "sentence": sentence or explain(status)}
    response = render(
        request, "error.html", {**told, "instead": instead}, status=status
    )
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response["Retry-After"] = str(RETRY_AFTER)
    return response


def problem(
    request: HttpRequest,
    status: HTTPStatus,
    *,
    code: str = "",
    detail: str = "",
    refusals: Sequence[Mapping[str, str]] = (),
) -> HttpResponse:
    """Return an error as a program reads it (RFC 9457); it asks no database.

    `code` and the codes of `refusals` are stable, the sentences are in the
    reader's language.
    """
    body = {
        "type": f"urn:factbase:problem:{code or status.name.lower().replace('_', '-')}",
        "title": explain(status),
        "status": status.value,
        "detail": detail or explain(status),
        "instance": escape_uri_path(request.path),
        "errors": list(refusals),
    }
    response = HttpResponse(
        orjson.dumps(body), status=status, content_type="application/problem+json"
    )
    response["Cache-Control"] = "no-store"
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response["Retry-After"] = str(RETRY_AFTER)
    return response


def answer(request: HttpRequest, exception: Exception) -> HttpResponse | None:
    """Return the answer to an exception of a database or rule; None for others."""
    if isinstance(exception, MomentRefused):
        return _no_such_moment(request, exception)
    if isinstance(exception, NotPublishedThen):
        return _not_published_then(request, exception)
    if isinstance(exception, WordsRefused):
        return page(request, HTTPStatus.BAD_REQUEST, sentence=str(exception.message))
    status = status_of(exception)
    return None if status is None else page(request, status)


def _no_such_moment(request: HttpRequest, refused: MomentRefused) -> HttpResponse:
    sentence, instead = f"{refused.parameter}: {refused.message}", None
    if refused.nearest:
        query = request.GET.copy()
        query[refused.parameter] = refused.nearest
        instead = {
            "address": f"{request.path}?{query.urlencode()}",
            "label": _("Show it as of %s") % refused.nearest,
        }
    status = HTTPStatus.BAD_REQUEST
    return page(request, status, sentence=sentence, instead=instead)


def _not_published_then(request: HttpRequest, reason: NotPublishedThen) -> HttpResponse:
    return page(
        request,
        HTTPStatus.NOT_FOUND,
        sentence=_("Factbase had not published this at that time."),
        instead={"address": reason.address, "label": _("See it as it is today")},
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400."""
    del exception
    return page(request, HTTPStatus.BAD_REQUEST)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403."""
    del exception
    return page(request, HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404."""
    del exception
    return page(request, HTTPStatus.NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500."""
    return page(request, HTTPStatus.INTERNAL_SERVER_ERROR)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that did not come from our pages."""
    del reason
    return page(request, HTTPStatus.FORBIDDEN)
