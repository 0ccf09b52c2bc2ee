"""Pages of a list, and the parameters that ask for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from rest_framework.pagination import BasePagination
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from factbase.api.keyset import Cursor, Order, page
from sources.api.refusals import ParametersRefused, Refusal, nearest

if TYPE_CHECKING:
    from rest_framework.request import Request

DEFAULT_LIMIT, LARGEST_LIMIT = 50, 200


class KeysetPagination(BasePagination):
    """Pages of `limit` rows with links to the next and the previous one.

    Nothing is counted unless `count=exact` asks for it: one query more.
    """

    PARAMETERS = ("ordering", "limit", "cursor", "count")

    def paginate_queryset(
        self, queryset: Any, request: Request, view: Any = None
    ) -> list[Any]:
        """Return the rows of the page that the query asks for.

        Raises:
            ParametersRefused: when one of our parameters has no such value.
        """
        self.request, self.order = request, _order(request, view)
        self.cursor, limit = _cursor(request, self.order), _limit(request)
        self.count = queryset.count() if _wants_count(request) else None
        self.rows, self.has_more = page(queryset, self.order, self.cursor, limit)
        return self.rows

    def get_paginated_response(self, data: Any) -> Response:
        """Return the page in its envelope."""
        is_inside = self.cursor is not None
        reads_back = self.cursor is not None and self.cursor.reads_back
        on, back = (
            (is_inside, self.has_more) if reads_back else (self.has_more, is_inside)
        )
        envelope = {
            "next": self._link(-1, reads_back=False) if on else None,
            "previous": self._link(0, reads_back=True) if back else None,
            "results": data,
        }
        return Response(
            envelope if self.count is None else {"count": self.count, **envelope}
        )

    def _link(self, position: int, *, reads_back: bool) -> str | None:
        if not self.rows:
            return None
        cursor = Cursor.at(self.rows[position], self.order, reads_back=reads_back)
        address = self.request.build_absolute_uri()
        return str(replace_query_param(address, "cursor", str(cursor)))

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """Describe the parameters in OpenAPI."""
        return [
            _parameter(
                "ordering",
                "By what, `-` for falling. Rows without a value in it come last.",
                type="string",
                enum=view.orderings(),
                default=view.default_ordering,
            ),
            _parameter(
                "limit",
                "How many rows a page has.",
                type="integer",
                minimum=1,
                maximum=LARGEST_LIMIT,
                default=DEFAULT_LIMIT,
            ),
            _parameter(
                "cursor", "Taken from `next` or `previous` as it is.", type="string"
            ),
            _parameter(
                "count",
                "`exact` counts all rows that match; it costs time.",
                type="string",
                enum=["exact"],
            ),
        ]

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Describe the envelope in OpenAPI."""
        link = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {
                "count": {"type": "integer", "description": "With `count=exact`."},
                "next": link,
                "previous": link,
                "results": schema,
            },
        }


def _parameter(name: str, description: str, **schema: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": description, "schema": schema}


def _order(request: Request, view: Any) -> Order:
    name = request.query_params.get("ordering", view.default_ordering)
    if name not in view.orderings():
        detail = _("Rows cannot be ordered by this.")
        near = nearest(name, view.orderings())
        raise ParametersRefused(Refusal("ordering", "not-one-of", detail, name, near))
    columns = view.queryset.model._meta
    column = columns.get_field(view.ordering_columns[name.removeprefix("-")])
    return Order(name, column, columns.get_field(view.lookup_field))


def _limit(request: Request) -> int:
    text = request.query_params.get("limit", str(DEFAULT_LIMIT))
    if text in map(str, range(1, LARGEST_LIMIT + 1)):
        return int(text)
    detail = _("Give a whole number from 1 to %d.") % LARGEST_LIMIT
    raise ParametersRefused(Refusal("limit", "not-a-number", detail, text))


def _cursor(request: Request, order: Order) -> Cursor | None:
    text = request.query_params.get("cursor")
    if text is None:
        return None
    try:
        return Cursor.read(text, order)
    except (ValueError, TypeError, OverflowError, ValidationError) as reason:
        detail = _("No link of this list, so ordered, has this cursor.")
        refusal = Refusal("cursor", "not-a-cursor", detail, text)
        raise ParametersRefused(refusal) from reason


def _wants_count(request: Request) -> bool:
    asked = request.query_params.get("count")
    if asked in {None, "exact"}:
        return asked is not None
    detail = _("The only count there is is the exact one.")
    raise ParametersRefused(Refusal("count", "not-one-of", detail, asked, "exact"))
