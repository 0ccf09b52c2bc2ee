"""The queue, and the page on which one person decides about another's statement."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from claims import queue, review, revising, tasks
from claims.desk import case
from claims.desk.queue import Queue
from claims.forms import DecisionForm
from sources.admin.steps import actor_of
from sources.forms.rows import REFUSALS
from sources.history import StaleVersion

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.http import HttpRequest, HttpResponse

#: How many statements one form decides about.
MANY = 100


@require_safe
def queue_page(request: HttpRequest) -> HttpResponse:
    """List what waits for this person's review, the oldest first."""
    waiting = Queue(actor_of(request), request.GET.dict())
    doubts = [
        (doubt, number)
        for doubt in queue.DOUBTS
        if (number := waiting.counts[doubt.name])
    ]
    context = {
        "queue": waiting,
        "page": waiting.page(request.GET.get("page")),
        "doubts": doubts,
    }
    return _rendered(request, "claims/desk/queue.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def review_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show a statement to its reviewer; take the decision and go on to the next."""
    waiting = Queue(actor_of(request), request.GET.dict())
    if request.method != "POST":
        row = case.load(code)
        form = DecisionForm(row=row)
        return _shown(request, row, waiting, form, case.proposal_form(row))
    row = case.find(code)
    waiting.beside(code)  # where it stands, before it is decided
    form = DecisionForm(request.POST, row=row)
    edit = case.proposal_form(row, request.POST)
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    if form.is_valid():
        try:
            _decide(case.find(code), form.cleaned_data, edit, actor_of(request))
        except REFUSALS as refusal:
            status = _explain(form, refusal)
        else:
            return _next(request, code, waiting)
    return _shown(request, case.load(code), waiting, form, edit, status)


@require_POST
def many_view(request: HttpRequest) -> HttpResponse:
    """Decide alike about several statements, each as it was read and by itself.

    What was changed since, or is not this person's to decide, stays as it is and is
    told by name.
    """
    actor, posted = actor_of(request), request.POST
    note, step = posted.get("note", ""), posted.get("step", "")
    done = 0
    for item in posted.getlist("row")[:MANY]:
        code, _colon, version = item.partition(":")
        values = {"step": step, "note": note, "version": version}
        refused = _refusal(code, values, actor)
        if refused:
            messages.error(request, f"{code}: {refused}")
        done += not refused
    said = ngettext(
        "%(number)d statement was decided.",
        "%(number)d statements were decided.",
        done,
    )
    messages.success(request, said % {"number": done})
    return redirect(_address("", Queue(actor, request.GET.dict())))


def _refusal(code: str, values: dict[str, str], actor: User) -> str:
    """Decide about one statement; return why that was refused, empty if it was not."""
    try:
        row = case.find(code)
    except Http404:
        return _("Nothing has this code.")
    form = DecisionForm(values, row=row)
    if not form.is_valid():
        return " ".join(str(error) for each in form.errors.values() for error in each)
    try:
        _decide(row, form.cleaned_data, None, actor)
    except REFUSALS as refusal:
        return " ".join(getattr(refusal, "messages", [str(refusal)]))
    return ""


@require_POST
def assign_view(request: HttpRequest, code: str) -> HttpResponse:
    """Take a statement to review it, or leave it to whoever comes first."""
    row, actor = case.find(code), actor_of(request)
    if request.POST.get("to") == "nobody":
        tasks.release(row, actor=actor)
    else:
        tasks.assign(row, reviewer=actor, actor=actor, at=timezone.now())
    waiting = Queue(actor, request.GET.dict())
    return redirect(_address(code, waiting))


def _address(code: str, waiting: Queue) -> str:
    address = reverse("review", args=[code]) if code else reverse("review-queue")
    return f"{address}?{waiting.query}" if waiting.query else address


def _decide(row: Any, values: dict[str, Any], edit: Any, actor: User) -> None:
    row.version = values["version"] or 0
    step, note, at = values["step"], values["note"], timezone.now()
    if step == "approve":
        review.approve(row, actor=actor, at=at, note=note)
    elif step == "discard":
        review.discard(row, reason=note, actor=actor)
    else:
        changes = _proposed(row, edit)
        review.send_back(row, note=note, proposal=changes, actor=actor, at=at)


def _proposed(row: Any, edit: Any) -> dict[str, Any] | None:
    """Return the columns that the form would change; none when it was left alone.

    Raises:
        ValidationError: when a value is refused.
    """
    if edit is None or not (edit.is_bound and edit.changes_anything()):
        return None
    if not edit.is_valid():
        raise ValidationError(_("The proposed edit cannot be read; see its fields."))
    return revising.proposed(row, edit.changes())


def _explain(form: DecisionForm, refusal: Exception) -> HTTPStatus:
    """Say on the form why nothing was decided."""
    if isinstance(refusal, StaleVersion):
        form.add_error(None, str(refusal))
        form.read_again(refusal.current.version)
        return HTTPStatus.CONFLICT
    if isinstance(refusal, ValidationError):
        form.add_error(None, refusal.messages)
    else:
        form.add_error(None, _("This conflicts with what is recorded by now."))
    return HTTPStatus.UNPROCESSABLE_ENTITY


def _next(request: HttpRequest, code: str, waiting: Queue) -> HttpResponse:
    """Go on to what waits after this one, or back to the queue when nothing does."""
    row = case.find(code)
    is_back = row.is_open and review.is_sent_back(row)
    state = _("sent back") if is_back else row.get_status_display()
    messages.success(request, _("%(code)s: %(state)s") % {"code": code, "state": state})
    before, after = waiting.beside(code)
    return redirect(_address(after or before, waiting))


def _shown(
    request: HttpRequest,
    row: Any,
    waiting: Queue,
    form: DecisionForm,
    edit: Any,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    before, after = waiting.beside(row.code)
    entries = case.entries(row)
    context = {
        **case.about(row, waiting.reviewer),
        "queue": waiting,
        "form": form,
        "edit": edit,
        "proposal": case.proposal_of(row),
        "entries": entries,
        "before": before and _address(before, waiting),
        "after": after and _address(after, waiting),
        "position": waiting.position(row.code),
        "meanwhile": entries[0] if status == HTTPStatus.CONFLICT and entries else None,
    }
    return _rendered(request, "claims/desk/review.html", context, status)


def _rendered(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    """Render a page; where htmx asked for it, its address and the focus go along."""
    is_htmx = "HX-Request" in request.headers
    response = render(
        request,
        template,
        {**context, "is_htmx": is_htmx},
        status=status,
    )
    if is_htmx and request.method == "GET":
        response["HX-Push-Url"] = request.get_full_path()
    patch_vary_headers(response, ["HX-Request"])
    return response
