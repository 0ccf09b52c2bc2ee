"""A measure's comparison as a table to take away, and what describes that table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from claims.comparison import compare
from claims.exchange import compared
from claims.exchange.tables import MEDIA_TYPE
from claims.models import Measure
from sources.as_of import kept_as_of, moment_of, reader_of
from sources.policy import visible_to

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def _measure(request: HttpRequest, slug: str) -> Measure:
    rows = visible_to(reader_of(request), Measure.objects.all())
    return get_object_or_404(rows, slug=slug)


@require_safe
def table(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    """Give the comparison of a measure as CSV, line by line."""
    measure = _measure(request, slug)
    lines = compared.write(compare(measure, reader_of(request)))
    answer = StreamingHttpResponse(lines, content_type=f"{MEDIA_TYPE}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{measure.slug}.csv"'
    beside = kept_as_of(request, reverse("measure-table-metadata", args=[slug]))
    answer["Link"] = f'<{beside}>; rel="describedby"; type="application/json"'
    return answer


@require_safe
def metadata(request: HttpRequest, slug: str) -> HttpResponse:
    """Describe that table as a data package: columns, licence, query, moment."""
    found = compared.describe(
        _measure(request, slug),
        reverse("measure-table", args=[slug]).rpartition("/")[2],
        moment=moment_of(request),
        at=timezone.now(),
    )
    return JsonResponse(found, json_dumps_params={"ensure_ascii": False, "indent": 2})
