"""All rows of a list at once, in the memory of a few hundred.

Rows are read chunk by chunk, each in short queries of its own, so that nobody who
writes waits for somebody who reads slowly. What fails after the first chunk cannot
change the status any more, and a server may end such an answer as if it were whole:
so it ends in a line that is no row.
"""

from __future__ import annotations

from functools import wraps
from itertools import chain
from typing import TYPE_CHECKING, Any

from django.http import StreamingHttpResponse
from django.urls import path, register_converter
from django.utils import timezone
from rest_framework.response import Response

from claims.exchange.metadata import package
from factbase.api.flat import columns
from factbase.api.formats import FORMS, Form
from factbase.api.keyset import Cursor, page
from factbase.api.paging import order_of
from factbase.api.rendering import ExactJSONRenderer
from sources import masking
from sources.api.viewsets import Resource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponseBase
    from django.urls import URLPattern
    from rest_framework.request import Request

    from factbase.api.formats import Rows, Shape

#: Rows that are read at a time.
CHUNK = 500
METADATA = "-metadata.json"


class AllRows:
    """Stands in for the pages of a list where all of it is sent."""

    PARAMETERS = ("ordering",)


class Streamed(Resource):
    """A list that is also sent whole, in other forms, each with its description."""

    def get_renderers(self) -> list[Any]:
        """Return the forms that an answer may have; only a list has several."""
        if self.action != "list":
            return super().get_renderers()
        return [ExactJSONRenderer(), *(form() for form in FORMS.values())]

    def perform_content_negotiation(
        self, request: Request, *args: Any, **kwargs: Any
    ) -> Any:
        """Return the form that the address ends in, else the one that is preferred.

        The framework's own way does not weigh what is accepted.
        """
        forms = {each.media_type: each for each in self.get_renderers()}
        suffix, self.format_kwarg = self.format_kwarg, None  # rows lead to JSON
        for form in forms.values():
            if form.format == suffix:
                return form, form.media_type
        preferred = request.get_preferred_type(list(forms))
        if preferred in forms:
            return forms[preferred], preferred
        return super().perform_content_negotiation(request, *args, **kwargs)

    def all_rows(self, request: Request, form: Form) -> HttpResponseBase:
        """Return every row that the query asks for; what fails at once is told so."""
        shape, chunks = self._asked_for(request)
        parts = _parts(form, shape, chunks)
        rest = _told(parts, form.broken_off(shape))
        sent = () if request.method == "HEAD" else chain([next(parts)], rest)
        answer = StreamingHttpResponse(sent, content_type=form.content_type)
        address = request.path.rstrip("/").removesuffix(f".{form.format}")
        address = f"{address}.{form.format}"
        name = address.rpartition("/")[2]
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        beside = _asking(request, address + METADATA)
        answer["Link"] = f'<{beside}>; rel="describedby"; type="application/json"'
        return answer

    def described(self, request: Request, **kwargs: str) -> Response:
        """Return what describes all rows in a form, as a data package."""
        form = FORMS[kwargs["form"]]()
        shape, _chunks = self._asked_for(request)
        name = request.path.rpartition("/")[2].removesuffix(METADATA)
        title = name.removesuffix(f".{form.format}")
        resource = {
            "name": title,
            "path": _asking(request, name),
            "format": form.format,
            "mediatype": form.media_type,
            "encoding": "utf-8",
            **form.fields(shape),
        }
        query = request.query_params.dict()
        return Response(package(title, [resource], query, at=timezone.now()))

    def _asked_for(self, request: Request) -> tuple[Shape, Iterator[Rows]]:
        """Return the columns and, chunk by chunk, the rows that the query asks for.

        Raises:
            ParametersRefused: for a parameter that all rows do not take.
        """
        self._paginator = AllRows()
        found = self.filter_queryset(self.get_queryset())
        order = order_of(request, self)
        return list(columns(self.get_serializer())), self._chunks(found, order)

    def _chunks(self, found: Any, order: Any) -> Iterator[Rows]:
        """Yield all rows, some at a time; one chunk at least."""
        cursor, has_more = None, True
        while has_more:
            if reading := masking.reading_now():
                reading.renew()
            rows, has_more = page(found, order, cursor, CHUNK)
            with masking.truth():
                cursor = Cursor.at(rows[-1], order, reads_back=False) if rows else None
            yield self.get_serializer(rows, many=True).data


def _asking(request: Request, address: str) -> str:
    """Return an address that asks what the request asks."""
    query = request.query_params.urlencode()
    return f"{address}?{query}" if query else address


def _parts(form: Form, shape: Shape, chunks: Iterator[Rows]) -> Iterator[bytes]:
    """Yield an answer part by part."""
    head = form.head(shape)
    for rows in chunks:
        yield head + form.lines(rows, shape)
        head = b""


def _told(parts: Iterator[bytes], broken_off: bytes) -> Iterator[bytes]:
    """Yield parts of an answer, and at their end that it was broken off, if it was."""
    try:
        yield from parts
    except Exception:
        yield broken_off
        raise


class FormConverter:
    """A form in an address."""

    regex = "|".join(map(str, FORMS))

    def to_python(self, value: str) -> str:
        """Return the name of the form."""
        return value

    def to_url(self, value: str) -> str:
        """Return the name of the form, if it is one.

        Raises:
            ValueError: when it is none.
        """
        if value not in FORMS:
            raise ValueError(value)
        return value


register_converter(FormConverter, "form")


def streamed(viewset: type[Resource]) -> Any:
    """Return a resource whose list is also sent whole."""
    paged: Any = viewset.list

    @wraps(paged)
    def listed(self: Streamed, request: Request, *args: Any, **kwargs: Any) -> Any:
        form = request.accepted_renderer
        if isinstance(form, Form):
            return self.all_rows(request, form)
        return paged(self, request, *args, **kwargs)

    more = {"__doc__": viewset.__doc__, "list": listed}
    return type(viewset.__name__, (Streamed, viewset), more)


def whole(address: str, resource: type[Streamed], route: str) -> list[URLPattern]:
    """Return where all rows of a list are, and where they are described.

    `route` names the list itself.
    """
    rows = resource.as_view({"get": "list"})
    described = resource.as_view({"get": "described"}, schema=None)
    metadata = f"{route.partition('-')[0]}-metadata"
    return [
        path(f"{address}.<form:format>", rows, name=route),
        path(f"{address}.<form:form>{METADATA}", described, name=metadata),
    ]
