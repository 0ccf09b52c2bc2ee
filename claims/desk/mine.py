"""One's own work: what came back, what waits, what was published, what to review."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models import Prefetch
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from claims import policy, queue, revising
from claims.desk import case
from claims.desk.queue import Queue, loaded
from claims.models import Decision, ErrorReport, ReportStatus, Review, Status
from sources.admin.steps import actor_of
from sources.forms.rows import REFUSALS

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.http import HttpRequest, HttpResponse

#: How many rows of each kind a list shows.
SOME = 50
LATELY = 10


@require_safe
def my_page(request: HttpRequest) -> HttpResponse:
    """Show a person what they have to do, and what became of what they did."""
    actor = actor_of(request)
    own = [row for model in queue.REVIEWED for row in _own_waiting(model, actor)]
    reviews = policy.may(actor, "review")
    context = {
        "returned": [_answer(row, actor) for row in own if row.is_returned],
        "waiting": [row for row in own if not row.is_returned],
        "settled": _settled(actor),
        "queue": Queue(actor, {}) if reviews else None,
        "assigned": Queue(actor, {"whose": "mine"}).page(None) if reviews else [],
        "n_reports": ErrorReport.objects.filter(status=ReportStatus.OPEN).count()
        if policy.may(actor, "answer report")
        else 0,
    }
    return render(request, "claims/desk/mine.html", context)


@require_POST
def take_over_view(request: HttpRequest, code: str) -> HttpResponse:
    """Edit one's own statement as its reviewer proposed."""
    row = case.find(code)
    version = request.POST.get("version", "")
    row.version = int(version) if version.isdecimal() else 0
    try:
        revising.take_over(row, actor=actor_of(request))
    except REFUSALS as refusal:
        messages.error(request, " ".join(getattr(refusal, "messages", [str(refusal)])))
    else:
        messages.success(
            request, _("%s is edited as proposed, and waits for its review.") % code
        )
    return redirect("me")


def _own_waiting(model: Any, actor: User) -> Any:
    """Return what a person recorded and nobody has approved yet, newest first."""
    returns = Review.objects.filter(decision=Decision.RETURNED)
    rows = loaded(queue.waiting(model)).filter(recorded_by=actor)
    with_returns = Prefetch(
        "reviews", returns.select_related("reviewer").order_by("-pk"), "returns"
    )
    return rows.prefetch_related(with_returns).order_by("-pk")[:SOME]


def _answer(row: Any, actor: User) -> dict[str, Any]:
    """Return a row that came back, why, and what its reviewer proposes."""
    now = [each for each in row.returns if each.version_reviewed == row.version]
    proposing = next((each for each in now if each.proposal), None)
    return {
        "row": row,
        "notes": now,
        "changes": case.proposed_changes(row, proposing) if proposing else [],
        "edit_url": _edit_url(row) if policy.may(actor, "edit own statement") else "",
    }


def _edit_url(row: Any) -> str:
    return reverse(f"admin:claims_{row._meta.model_name}_change", args=[row.pk])


def _settled(actor: User) -> list[Any]:
    """Return what a person recorded and others decided on last."""
    rows = [
        row
        for model in queue.REVIEWED
        for row in loaded(model._default_manager.filter(recorded_by=actor))
        .exclude(status__in=[Status.RECORDED])
        .order_by("-published_at", "-pk")[:LATELY]
    ]
    rows.sort(key=lambda row: str(row.published_at or ""), reverse=True)
    return rows[:LATELY]
