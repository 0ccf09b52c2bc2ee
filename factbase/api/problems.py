"""Every refusal of the API as a problem that a program can read (RFC 9457)."""

from __future__ import annotations

from dataclasses import asdict
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework.exceptions import APIException

from factbase import errors
from sources.api.refusals import ParametersRefused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse

    from sources.api.refusals import Refusal


def handle(exception: Exception, context: Mapping[str, Any]) -> HttpResponse | None:
    """Return the problem that an exception of a view is; None for a bug of ours."""
    request = context["request"]
    if isinstance(exception, ParametersRefused):
        return _parameters_refused(request, exception)
    if isinstance(exception, APIException):
        return _refused(request, exception)
    status = _status_of(exception)
    return errors.problem(request, status) if status else None


def _status_of(exception: Exception) -> HTTPStatus | None:
    if isinstance(exception, Http404):
        return HTTPStatus.NOT_FOUND
    if isinstance(exception, PermissionDenied):
        return HTTPStatus.FORBIDDEN
    return errors.status_of(exception)


def _refused(request: HttpRequest, exception: APIException) -> HttpResponse:
    status = HTTPStatus(exception.status_code)
    response = errors.problem(request, status, detail=str(exception.detail))
    if wait := getattr(exception, "wait", None):
        response["Retry-After"] = str(wait)
    return response


def _parameters_refused(
    request: HttpRequest, exception: ParametersRefused
) -> HttpResponse:
    return errors.problem(
        request,
        HTTPStatus.BAD_REQUEST,
        code="parameters-refused",
        detail=str(exception.detail),
        refusals=[_as_json(refusal) for refusal in exception.refusals],
    )


def _as_json(refusal: Refusal) -> dict[str, str]:
    said = {name: text for name, text in asdict(refusal).items() if text is not None}
    return {name: text[: errors.LONGEST_ECHO] for name, text in said.items()}
