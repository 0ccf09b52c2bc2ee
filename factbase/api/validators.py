"""Answers of the API that need not be sent again: entity tags, and what caches read.

The tag of an answer is worked out before its content: from the last entry of the log,
from how far findings and standings were kept up with it, from the code that answers,
from the address, the language, what is accepted, and who asks. While all of that is
the same so is the content; where something changes meanwhile, the tag is the older one
and the next question is answered in full. RFC 9110, sections 8.8.3, 13.1.2 and 15.4.5.
"""

from __future__ import annotations

import hashlib
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import OperationalError, connection
from django.db.models import Subquery
from django.http import HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation import get_language

from claims import linting
from claims.models import Watermark
from factbase import errors
from sources.models import Change
from sources.policy import roles_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    Handler = Callable[[HttpRequest], HttpResponseBase]

#: Pages about the API, which are no content of the base.
UNTAGGED = {"api:docs"}
#: Files that decide what an answer says.
_CODE = {".py", ".mo", ".tsv", ".json"}


class EntityTags:
    """Gives each answer of the API its tag, and none where the reader has that one.

    Cost: one query; with 304 no other but those that say who asks.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Return the answer with its tag, if it is one to keep."""
        response = self.get_response(request)
        told: dict[str, str] = vars(request).get("told_of_answer", {})
        if told and response.status_code == HTTPStatus.OK:
            if _asked_unless(request) == ["*"]:
                response = HttpResponseNotModified()
            _tell(response, told)
        return response

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponseBase | None:
        """Answer 304 where what the reader has is what they would get."""
        del view, args, kwargs
        match = request.resolver_match
        if match is None or match.namespaces != ["api"] or not _is_read(request):
            return None
        if match.view_name in UNTAGGED:
            return None
        try:
            tag = tag_of(request)
        except OperationalError as busy:
            return errors.answer(request, busy)
        # Views may put the public of a past moment in the place of who is signed in.
        private = "private, " if request.user.is_authenticated else ""
        told = {"ETag": f"W/{tag}", "Cache-Control": f"{private}no-cache"}
        vars(request)["told_of_answer"] = told
        if tag not in {each.removeprefix("W/") for each in _asked_unless(request)}:
            return None
        return _tell(HttpResponseNotModified(), told)


def _is_read(request: HttpRequest) -> bool:
    return request.method in {"GET", "HEAD"}


def _asked_unless(request: HttpRequest) -> list[str]:
    """Return the tags of what the reader has."""
    return parse_etags(request.headers.get("If-None-Match", ""))


def _tell(response: HttpResponseBase, told: dict[str, str]) -> HttpResponseBase:
    """Say what to keep, for whom, and when to ask again: always, and cheaply."""
    for name, value in told.items():
        response[name] = value
    patch_vary_headers(response, ("Accept",))
    return response


def tag_of(request: HttpRequest) -> str:
    """Return the tag of the answer to a request: one query, besides who asks."""
    user = request.user
    who = [str(user.pk), *sorted(roles_of(user))] if user.is_authenticated else []
    asked = [
        request.build_absolute_uri(),
        request.headers.get("Accept", ""),
        str(get_language()),
    ]
    key = repr([_stand(), release(), asked, who])
    return f'"{hashlib.sha256(key.encode()).hexdigest()[:32]}"'


def _stand() -> tuple[int, int | None] | None:
    """Return how far the log is, and how far findings and standings were kept up."""
    with connection.cursor() as cursor:
        cursor.execute(*_question())
        found: tuple[int, int | None] | None = cursor.fetchone()
    return found


@cache
def _question() -> tuple[str, tuple[Any, ...]]:
    """Return the question as SQL, which takes longer to compile than to answer."""
    kept = Watermark.objects.filter(pk=linting.MARK).values("seq")
    last = Change.objects.order_by("-seq").values("seq", kept=Subquery(kept))[:1]
    return last.query.sql_with_params()


@cache
def release() -> str:
    """Return what stands for the code that answers, its words and its settings."""
    found = hashlib.sha256()
    for folder in ("factbase", "claims", "sources"):
        files = sorted((settings.BASE_DIR / folder).rglob("*"))
        for path in (each for each in files if each.suffix in _CODE):
            found.update(path.read_bytes())
    licence = (str(settings.DATA_LICENCE), settings.DATA_LICENCE_URL)
    found.update(repr(licence).encode())
    return found.hexdigest()


def for_caches(get_response: Handler) -> Handler:
    """Let one answer do for everybody without an account, whatever cookies they send.

    It is asked for anew each time (`no-cache`), so that who signs in gets their own.
    """

    def handle(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if not request.path.startswith(errors.API):
            return response
        if "private" not in response.get("Cache-Control", "private"):
            varies = response.get("Vary", "").split(", ")
            response["Vary"] = ", ".join(each for each in varies if each != "Cookie")
        if response.status_code == HTTPStatus.NOT_MODIFIED:
            del response["Content-Length"]  # it would be that of the content
        return response

    return handle
