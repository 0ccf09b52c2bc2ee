"""Pages of a list, and the parameters that ask for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from rest_framework.pagination import BasePagination
from rest_framework.response import Response

from factbase.api.keyset import LONGEST_CURSOR, Cursor, Order, numbered_page, page
from sources.api.refusals import (
    ParametersRefused,
    Refusal,
    nearest,
    one_of,
    whole_number,
)

if TYPE_CHECKING:
    from rest_framework.request import Request

DEFAULT_LIMIT, LARGEST_LIMIT = 50, 200
#: Rows that pages by number reach; a database walks through all rows before a page.
DEEPEST = 10_000
#: Where counting ends that is not asked to be exact.
MOST_COUNTED = 1_000
EXACT, ESTIMATE, AT_LEAST = "exact", "estimate", "at-least"


class KeysetPagination(BasePagination):
    """Pages of `limit` rows with links to the next and the previous one.

    A cursor leads to a page as fast wherever it lies, and shows no row twice; a number
    leads to it only among the first rows. Nothing is counted unless asked for.
    """

    PARAMETERS = ("ordering", "limit", "cursor", "page", "count")

    def paginate_queryset(
        self, queryset: Any, request: Request, view: Any = None
    ) -> list[Any]:
        """Return the rows of the page that the query asks for.

        Raises:
            ParametersRefused: when one of our parameters has no such value.
        """
        self.request, self.order = request, order_of(request, view)
        self.cursor, self.limit = _cursor(request, self.order), _limit(request)
        self.number, count = _number(request, self.limit), _count(request)
        self.counted = _counted(queryset, count) if count else {}
        self.rows, self.has_more = (
            numbered_page(queryset, self.order, self.number, self.limit)
            if self.number
            else page(queryset, self.order, self.cursor, self.limit)
        )
        return self.rows

    def get_paginated_response(self, data: Any) -> Response:
        """Return the page in its envelope."""
        following, previous = self._numbered() if self.number else self._linked()
        links = {"next": following, "previous": previous}
        return Response({**self.counted, **links, "results": data})

    def _linked(self) -> tuple[str | None, str | None]:
        """Return the links of a page that a cursor led to, or of the first."""
        is_inside = self.cursor is not None
        reads_back = self.cursor is not None and self.cursor.reads_back
        on, back = (
            (is_inside, self.has_more) if reads_back else (self.has_more, is_inside)
        )
        return (
            self._link(-1, reads_back=False) if on else None,
            self._link(0, reads_back=True) if back else None,
        )

    def _numbered(self) -> tuple[str | None, str | None]:
        """Return the links of a page by number; behind the last, on goes a cursor."""
        number, following = self.number, None
        if self.has_more and (number + 1) * self.limit <= DEEPEST:
            following = self._address(page=number + 1)
        elif self.has_more:
            following = self._link(-1, reads_back=False)
        return following, self._address(page=number - 1) if number > 1 else None

    def _link(self, position: int, *, reads_back: bool) -> str | None:
        if not self.rows:
            return None
        cursor = Cursor.at(self.rows[position], self.order, reads_back=reads_back)
        return self._address(cursor=str(cursor))

    def _address(self, **place: object) -> str:
        """Return the address of the same list at another place."""
        query = self.request.query_params.copy()
        query.pop("page", None)
        for name, value in place.items():
            query[name] = str(value)
        address = self.request.build_absolute_uri(self.request.path)
        return f"{address}?{query.urlencode()}"

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
                "cursor",
                "Taken from `next` or `previous` as it is; never together with `page`.",
                type="string",
                minLength=1,
                maxLength=LONGEST_CURSOR,
            ),
            _parameter(
                "page",
                f"The page of this number, within the first {DEEPEST:,} rows; "
                "`next` leads on behind them, and is exact while rows are added.",
                type="integer",
                minimum=1,
                maximum=DEEPEST,
                example=2,
            ),
            _parameter(
                "count",
                "`exact` counts all rows that match; it costs time. "
                f"`estimate` stops at {MOST_COUNTED:,}.",
                type="string",
                enum=[EXACT, ESTIMATE],
            ),
        ]

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Describe the envelope in OpenAPI."""
        link = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {
                "count": {
                    "type": "integer",
                    "description": "How many rows match; with `count`.",
                },
                "count_kind": {
                    "type": "string",
                    "enum": [EXACT, AT_LEAST],
                    "description": "Whether there are so many, or more; with `count`.",
                },
                "next": link,
                "previous": link,
                "results": schema,
            },
        }


def _parameter(name: str, description: str, **schema: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": description, "schema": schema}


def order_of(request: Request, view: Any) -> Order:
    """Return the order that the query asks for.

    Raises:
        ParametersRefused: when a list has no such order.
    """
    name = request.query_params.get("ordering", view.default_ordering)
    if name not in view.orderings():
        detail = _("Rows cannot be ordered by this.")
        near = nearest(name, view.orderings())
        raise ParametersRefused(Refusal("ordering", "not-one-of", detail, name, near))
    columns = view.queryset.model._meta
    column = columns.get_field(view.columns()[name.removeprefix("-")])
    return Order(name, column, columns.get_field(view.lookup_field))


def _limit(request: Request) -> int:
    query = request.query_params
    return whole_number(query, "limit", most=LARGEST_LIMIT, default=DEFAULT_LIMIT)


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


def _number(request: Request, limit: int) -> int:
    """Return which page is asked for by number; 0 where none is."""
    query = request.query_params
    text, last = query.get("page"), DEEPEST // limit
    if text is None:
        return 0
    if "cursor" in query:
        detail = _("Ask for a page by its number or by a cursor, not by both.")
        raise ParametersRefused(Refusal("page", "not-together", detail, text))
    number = whole_number(query, "page", most=10**9, default=1)
    if number > last:
        detail = _("Numbers lead no further than page %d; follow “next” to go on.")
        raise ParametersRefused(Refusal("page", "too-deep", detail % last, text))
    return number


def _count(request: Request) -> str | None:
    return one_of(request.query_params, "count", (EXACT, ESTIMATE))


def _counted(rows: Any, count: str) -> dict[str, Any]:
    """Return how many rows there are, and whether there may be more."""
    if count == EXACT:
        return {"count": rows.count(), "count_kind": EXACT}
    kinds = getattr(rows, "kinds", [rows])  # corrections are of several kinds
    found = sum(kind.order_by()[: MOST_COUNTED + 1].count() for kind in kinds)
    kind = EXACT if found <= MOST_COUNTED else AT_LEAST
    return {"count": min(found, MOST_COUNTED), "count_kind": kind}
