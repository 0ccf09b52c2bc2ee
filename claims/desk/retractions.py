"""What rests on articles that their sources took back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims import policy
from claims.retraction import retractions

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def retractions_page(request: HttpRequest) -> HttpResponse:
    """List the published statements that rest on a retracted article."""
    context = {
        "retractions": retractions(),
        "may_withdraw": policy.may(request.user, "withdraw"),
    }
    return render(request, "claims/desk/retractions.html", context)
