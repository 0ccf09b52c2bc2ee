"""A measure's chart outside our pages: in a frame of another site, and as a picture."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from csp.decorators import csp_replace, csp_update
from django.conf import settings
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from claims.charts import drawn
from claims.charts.style import SOURCE
from claims.comparison import compare
from claims.models import Measure
from sources.as_of import kept_as_of, moment_of, reader_of
from sources.policy import visible_to

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from claims.models import Claim

#: Who may frame an embed: everyone. No other page may be framed by anyone.
ANYBODY = "*"
SVG = "image/svg+xml; charset=utf-8"

_NOT_IN_XML = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@csp_replace({"frame-ancestors": [ANYBODY]})  # type: ignore[arg-type]  # also of views of a row
@xframe_options_exempt
@require_safe
def embed(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the chart of a measure with its sentence and a way to its page."""
    return _shown(request, slug, "claims/embed.html")


@csp_update({"style-src": [SOURCE]})  # type: ignore[arg-type]  # likewise
@require_safe
def chart(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the chart of a measure as a picture that needs nothing else.

    Its marks lead nowhere: a picture may be shown from anywhere.
    """
    answer = _shown(request, slug, "claims/chart.svg", content_type=SVG)
    answer.content = _NOT_IN_XML.sub(" ", answer.content.decode())
    return answer


def _shown(
    request: HttpRequest, slug: str, template: str, **response: Any
) -> HttpResponse:
    """Answer in the language that `lang` asks for, or else in the visitor's."""
    reader = reader_of(request)
    asked = request.GET.get("lang")
    known = asked if asked in dict(settings.LANGUAGES) else translation.get_language()
    rows = visible_to(reader, Measure.objects.select_related("event"))
    measure = get_object_or_404(rows, slug=slug)
    comparison = compare(measure, reader)

    def address(claim: Claim) -> str:
        return kept_as_of(request, claim.get_absolute_url())

    with translation.override(known):
        drawing = drawn(comparison, reader, address=address)
        context = {"measure": measure, "drawing": drawing, "moment": moment_of(request)}
        answer = render(request, template, context, **response)
    answer["Content-Language"] = known
    return answer
