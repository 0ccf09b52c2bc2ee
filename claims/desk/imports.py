"""Imports: what a file brought in, how it looks, and the approval of all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from claims import batches
from claims.models import Batch
from sources.admin.steps import actor_of
from sources.forms.rows import REFUSALS

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PAGE_SIZE = 30


@require_safe
def imports_page(request: HttpRequest) -> HttpResponse:
    """List the imports, the newest first."""
    rows = Batch.objects.select_related("imported_by").order_by("-pk")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "claims/desk/imports.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def import_page(request: HttpRequest, number: int) -> HttpResponse:
    """Show an import with counts, what looks wrong and a sample; approve it whole."""
    batch = get_object_or_404(Batch.objects.select_related("imported_by"), pk=number)
    actor = actor_of(request)
    if request.method == "POST":
        try:
            done = sum(batches.approve(batch, actor=actor, at=timezone.now()))
        except REFUSALS as refusal:
            said = getattr(refusal, "messages", [str(refusal)])
            messages.error(request, " ".join(said))
        else:
            messages.success(request, _("%d statements were approved.") % done)
        return redirect("import", number=batch.pk)
    context = {
        "batch": batch,
        "standing": batches.standing(batch),
        "sample": batches.sample(batch),
        "n_approvable": batches.n_approvable(batch, actor),
    }
    return render(request, "claims/desk/import.html", context)
