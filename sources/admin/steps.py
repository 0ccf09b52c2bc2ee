"""Steps: what a person may do to a row besides editing it, each with its own page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin, messages
from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from sources.forms.rows import REFUSALS, StepForm
from sources.history import StaleVersion
from sources.models.versioned import Versioned

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.contrib.auth.models import User
    from django.db.models import Model
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase
    from django.urls import URLPattern
    from django.utils.functional import _StrPromise

    _ModelAdmin = admin.ModelAdmin[Model]
else:
    _ModelAdmin = admin.ModelAdmin


@dataclass(frozen=True, slots=True)
class Step:
    """A button, the form behind it, and the one process function it calls.

    `acts` are those of which the policy must allow one; `fits` tells whether the
    row is in a state for it; `run(row, actor=…, **values)` does it.
    """

    verb: str
    label: _StrPromise
    form: type[StepForm]
    run: Callable[..., object]
    acts: Sequence[str]
    fits: Callable[[Any, Any], bool] = lambda _row, _user: True
    is_grave: bool = False


@dataclass(frozen=True, slots=True)
class Tool:
    """A button above a row: what it says, where it leads."""

    label: str
    url: str
    is_grave: bool = False


def actor_of(request: HttpRequest) -> User:
    """Return the signed-in account; the admin lets nobody else in."""
    return cast("User", request.user)


class StepsAdmin(_ModelAdmin):
    """An admin whose rows have steps."""

    steps: tuple[Step, ...] = ()
    #: `(request, acts)` tells whether the policy allows one of these acts.
    may_do: Callable[[HttpRequest, Sequence[str]], bool]

    def page(
        self,
        address: str,
        view: Callable[..., HttpResponseBase],
        *,
        name: str,
        act: str,
    ) -> URLPattern:
        """Return an address of our own, for whoever may do an act.

        `factbase.checks` lets no address start that was made otherwise.
        """

        def asking(request: HttpRequest, **parts: str) -> HttpResponseBase:
            if not self.may_do(request, [act]):
                raise PermissionDenied
            return view(request, **parts)

        vars(asking)["act"] = act
        return path(address, self.admin_site.admin_view(asking), name=name)

    def get_urls(self) -> list[URLPattern]:
        """Add the address of the steps."""
        view = self.admin_site.admin_view(self.step_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_step"
        address = "<path:object_id>/step/<slug:verb>/"
        return [path(address, view, name=name), *super().get_urls()]

    def tools(self, request: HttpRequest, row: Model) -> list[Tool]:
        """Return the buttons above a row: the steps that may be taken now."""
        return [
            Tool(str(step.label), f"../step/{step.verb}/", step.is_grave)
            for step in self.steps
            if self.may_do(request, step.acts) and step.fits(row, request.user)
        ]

    def portrait(self, row: Model) -> str:
        """Return what a step's page shows of the row."""
        return str(row)

    def step_view(
        self, request: HttpRequest, object_id: str, verb: str
    ) -> HttpResponseBase:
        """Ask what a step needs, and take it."""
        step = next((step for step in self.steps if step.verb == verb), None)
        if step is None:
            raise Http404
        if not self.may_do(request, step.acts):
            raise PermissionDenied
        row = self.get_object(request, unquote(object_id))
        if row is None:
            raise Http404
        if not step.fits(row, request.user):
            message = _("This step cannot be taken now; somebody may have taken it.")
            self.message_user(request, message, messages.WARNING)
            return redirect(self._address("change", row))
        form = step.form(request.POST or None, row=row)
        if form.is_valid() and self._take(step, form, row, request):
            return redirect(self._address("change", row))
        return self._render_step(request, step, form, row)

    def _take(
        self, step: Step, form: StepForm, row: Model, request: HttpRequest
    ) -> bool:
        values = dict(form.cleaned_data)
        read_at = values.pop("version", None)
        if isinstance(row, Versioned) and read_at is not None:
            row.version = read_at
        try:
            answer = step.run(row, actor=actor_of(request), **values)
        except REFUSALS as refusal:
            self._explain(form, row, refusal)
            return False
        done = answer if isinstance(answer, str) else _("Done: %s.") % step.label
        self.message_user(request, done, messages.SUCCESS)
        return True

    @staticmethod
    def _explain(form: StepForm, row: Model, refusal: Exception) -> None:
        if isinstance(refusal, ValidationError):
            form.add_error(None, refusal.messages)
        elif isinstance(refusal, StaleVersion):
            row.refresh_from_db()
            form.read_again(refusal.current.version)
            form.add_error(None, str(refusal))
        else:
            form.add_error(None, _("This conflicts with what is recorded by now."))

    def _address(self, view: str, row: Model) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_{view}"
        return reverse(name, args=[quote(row.pk)])

    def _render_step(
        self, request: HttpRequest, step: Step, form: StepForm, row: Model
    ) -> TemplateResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": step.label,
            "step": step,
            "form": form,
            "media": self.media + form.media,
            "original": row,
            "portrait": self.portrait(row),
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/step.html", context)
