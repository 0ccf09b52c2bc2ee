"""Refuse what is not allowed on purpose, before a view sees it."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from factbase import errors
from factbase.accounts import codes
from factbase.policy import OWN_POLICY, ROUTES, WITHOUT_CODE
from sources import masking, withholding
from sources.policy import roles_of, sees_unpublished, sees_withheld

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from collections.abc import Set as AbstractSet
    from typing import Any

    from django.contrib.auth.models import User
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    Handler = Callable[[HttpRequest], HttpResponseBase]

#: What a page of forms is asked by; Django's admin answers any method like a GET.
FORMS = ("GET", "HEAD", "POST")


def refuse_what_no_database_keeps(get_response: Handler) -> Handler:
    """Refuse NUL and broken UTF-8 in addresses: no row holds them, some engines fail."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        query = request.META.get("QUERY_STRING", "").lower()
        if "\0" in request.path or "�" in request.path or "%00" in query:
            sentence = _("The address holds characters that no text has.")
            status = HTTPStatus.BAD_REQUEST
            if request.path.startswith(errors.API):
                refusals = _without_text(request, sentence)
                return errors.problem(
                    request, status, detail=sentence, refusals=refusals
                )
            return HttpResponse(
                sentence, status=status, content_type="text/plain; charset=utf-8"
            )
        return get_response(request)

    return handle


def _without_text(request: HttpRequest, sentence: str) -> list[dict[str, str]]:
    """Return each parameter whose name or value no text holds."""
    return [
        {
            "parameter": name[: errors.LONGEST_ECHO],
            "code": "not-text",
            "detail": sentence,
            "value": value[: errors.LONGEST_ECHO],
        }
        for name, values in request.GET.lists()
        for value in values
        if "\0" in name + value
    ]


def mask_withheld_names(get_response: Handler) -> Handler:
    """Hide withheld names from all but the chief, whose views of them are noted.

    No answer with such a name leaves before the entry of its reader is written.
    """

    def handle(request: HttpRequest) -> HttpResponseBase:
        reading = masking.Reading(
            knows=lambda: sees_withheld(request.user),
            records=lambda: sees_unpublished(request.user),
        )
        with reading:
            response = get_response(request)
        if response.streaming:
            stream: Any = response
            parts = _noted_stream(request, reading, stream.streaming_content)
            stream.streaming_content = parts
        _note(request, reading)
        return response

    return handle


def _note(
    request: HttpRequest,
    reading: masking.Reading,
    noted: AbstractSet[int] = frozenset(),
) -> None:
    """Keep whose names the reader is shown, but for those whom an entry names."""
    shown = reading.shown - noted
    if shown and not reading.is_restricted:
        match = request.resolver_match
        reader = cast("User", request.user)
        route = match.view_name if match else ""
        withholding.note_access(shown, reader=reader, route=route)


def _noted_stream(
    request: HttpRequest, reading: masking.Reading, parts: Iterable[Any]
) -> Iterator[Any]:
    """Yield the parts of an answer, each after the entry of whom it names."""
    noted = set(reading.shown)
    for part in reading.streamed(parts):
        _note(request, reading, noted)
        noted |= reading.shown
        yield part


def _to_the_codes(request: HttpRequest) -> HttpResponseBase:
    """Send a person to where codes are set up; refuse a program."""
    if request.path.startswith(errors.API):
        raise PermissionDenied
    return redirect("own-codes")


class RoutePolicyMiddleware:
    """Ask the route table before each view, and turn database refusals into answers."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on; the hooks below do the work."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponseBase | None:
        """Refuse a route that the account's roles may not reach.

        Raises:
            PermissionDenied: for a signed-in account without the role, and for a
                route that no table declares.
        """
        del view, args, kwargs
        match = request.resolver_match
        if match and match.view_name not in WITHOUT_CODE and codes.is_owed(request):
            return _to_the_codes(request)
        if match and match.namespaces[:1] == ["admin"] and request.method not in FORMS:
            return HttpResponseNotAllowed(FORMS)
        if match is None or (match.namespaces and match.namespaces[0] in OWN_POLICY):
            return None
        if match.view_name not in ROUTES:
            raise PermissionDenied
        allowed = ROUTES[match.view_name]
        if allowed is None or roles_of(request.user) & allowed:
            return None
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect(f"/admin/login/?next={request.path}")

    def process_exception(self, request: HttpRequest, exception: Exception) -> Any:
        """Answer 400, 409 or 503 where a database refused; never 500."""
        return errors.answer(request, exception)
