"""Reports of errors: sent by any reader, answered by a reviewer."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)
from rest_framework.throttling import SimpleRateThrottle

from claims import tasks
from claims.models import Claim, ErrorReport, Quote, ReportStatus
from claims.models.task import report_code
from sources.admin.steps import actor_of
from sources.forms import NoteField
from sources.forms.rows import REFUSALS

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    _ModelForm = forms.ModelForm[ErrorReport]
else:
    _ModelForm = forms.ModelForm

PAGE_SIZE = 30


class ReportThrottle(SimpleRateThrottle):
    """A few reports an hour from one address: enough for a reader, not for a flood."""

    scope = "report"
    rate = "10/hour"

    def get_cache_key(self, request: Any, view: Any) -> str:
        """Return the key under which an address is counted; it is never stored."""
        del view
        return self.cache_format % {
            "scope": self.scope,
            "ident": self.get_ident(request),
        }


class ReportForm(_ModelForm):
    """What is wrong, and where an answer may go."""

    code = forms.SlugField(widget=forms.HiddenInput, max_length=40)

    class Meta:
        model = ErrorReport
        fields = ("message", "contact")
        widgets = {"message": forms.Textarea({"rows": 6, "dir": "auto"})}
        help_texts = {
            "contact": gettext_lazy(
                "Only if you want an answer. It is deleted once we have looked."
            )
        }


class AnswerForm(forms.Form):
    """What was done about a report."""

    status = forms.ChoiceField(
        choices=[(each, each.label) for each in ReportStatus if each != "OPEN"]
    )
    answer = NoteField(error_messages={"required": gettext_lazy("Say what was done.")})


@require_http_methods(["GET", "HEAD", "POST"])
def report_page(request: HttpRequest, code: str) -> HttpResponse:
    """Let any reader say what is wrong with a public statement."""
    model = Quote if code.startswith("q") else Claim
    found = get_object_or_404(model.objects.public().with_provenance(), code=code)
    status = HTTPStatus.OK
    form = ReportForm(initial={"code": report_code()})
    if request.method == "POST":
        form = ReportForm(request.POST)
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if not ReportThrottle().allow_request(request, None):  # type: ignore[arg-type]  # asks for the address only
            form.add_error(None, _("These are many reports at once; try again later."))
            status = HTTPStatus.TOO_MANY_REQUESTS
        elif form.is_valid():
            _keep(form, found)
            messages.success(request, _("Thank you. A reviewer will look at it."))
            return redirect(found)
    context = {"form": form, "statement": found, "kind": model._meta.model_name}
    return render(request, "claims/report.html", context, status=status)


def _keep(form: ReportForm, statement: Claim | Quote) -> None:
    report = form.instance
    report.code = form.cleaned_data["code"]
    setattr(report, statement._meta.model_name or "", statement)
    tasks.report_error(report, at=timezone.now())


@require_safe
def reports_page(request: HttpRequest) -> HttpResponse:
    """List what readers report: the open ones first, the oldest first."""
    reports = ErrorReport.objects.select_related("quote", "claim", "answered_by")
    is_done = request.GET.get("answered") == "1"
    if is_done:
        rows = reports.exclude(status=ReportStatus.OPEN).order_by("-answered_at", "-pk")
    else:
        rows = reports.filter(status=ReportStatus.OPEN).order_by("reported_at", "pk")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "is_done": is_done, "form": AnswerForm()}
    return render(request, "claims/desk/reports.html", context)


@require_POST
def answer_view(request: HttpRequest, code: str) -> HttpResponse:
    """Close a report with what was done."""
    report = get_object_or_404(ErrorReport, code=code)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        for each in form.errors.values():
            messages.error(request, " ".join(map(str, each)))
        return redirect("report-list")
    try:
        tasks.answer_report(
            report,
            status=ReportStatus(form.cleaned_data["status"]),
            answer=form.cleaned_data["answer"],
            actor=actor_of(request),
            at=timezone.now(),
        )
    except REFUSALS as refusal:
        messages.error(request, " ".join(getattr(refusal, "messages", [str(refusal)])))
    else:
        messages.success(request, _("The report is answered."))
    return redirect("report-list")
