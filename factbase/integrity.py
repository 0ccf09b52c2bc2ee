"""Where the log stands: number and digest of its last entry, for anyone to keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sources import history

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@never_cache
@require_safe
def integrity(request: HttpRequest) -> HttpResponse:
    """Show the head of the log; as JSON where that is asked for."""
    seq, digest = history.head()
    head = {"seq": seq, "digest": digest, "at": timezone.now()}
    if request.GET.get("format") == "json":
        return JsonResponse(head)
    return render(request, "integrity.html", head)
