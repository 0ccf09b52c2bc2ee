"""Signing in, and what people do about their own password and codes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django_otp
import segno
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import login, update_session_auth_hash
from django.contrib.auth import views as stock
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from factbase.accounts import codes, locks
from factbase.accounts.forms import (
    CodeForm,
    ConfirmForm,
    ForgottenForm,
    NewPasswordForm,
    OwnPasswordForm,
)
from sources.admin.steps import actor_of
from sources.policy import UserRole, roles_of

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django_otp.plugins.otp_totp.models import TOTPDevice

    from sources.policy import Reader

#: Where a session keeps who gave the password and owes the code.
_WAITING = "waits_for_code"
#: How many seconds the code may take.
_PATIENCE = 600

if TYPE_CHECKING:
    from django.views.generic.base import ContextMixin
else:
    ContextMixin = object


class _OnDesk(ContextMixin):
    """A stock page under the head of our admin site."""

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        """Add what each page of the admin site has."""
        site = admin.site.each_context(self.request)  # type: ignore[attr-defined]  # of a view
        return {**site, **super().get_context_data(**context)}


# --- signing in ---


def first_screen(user: Reader) -> str:
    """Return where the work of an account begins: reviewers read, others record."""
    reads_only = roles_of(user) == {UserRole.REVIEWER}
    return reverse("me" if reads_only else "admin:index")


class SignIn(_OnDesk, stock.LoginView):
    """Name and password; then the code, where an account has one."""

    authentication_form = AdminAuthenticationForm
    template_name = "admin/login.html"

    def get_default_redirect_url(self) -> str:
        """Lead to the account's first screen, where it wanted to go nowhere else."""
        return first_screen(self.request.user)

    def form_valid(self, form: Any) -> HttpResponse:
        """Let the account in, or ask for its code."""
        user = form.get_user()
        if not codes.is_used_by(user):
            return super().form_valid(form)
        self.request.session.cycle_key()
        self.request.session[_WAITING] = {
            "user": user.pk,
            "backend": user.backend,
            "password": user.get_session_auth_hash(),
            "until": timezone.now().timestamp() + _PATIENCE,
            "next": self.get_redirect_url(),
        }
        return redirect("sign-in-code")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        """Add what the admin's template asks for."""
        added = {
            "title": _("Log in"),
            "app_path": self.request.get_full_path(),
            "username": self.request.user.get_username(),
        }
        return {**super().get_context_data(**context), **added}


@sensitive_post_parameters("code")
@never_cache
def give_code(request: HttpRequest) -> HttpResponse:
    """Ask for the code, and let the account in with it."""
    user = _waiting(request)
    if user is None:
        return redirect("admin:login")
    form = CodeForm(request.POST or None, request=request, user=user)
    if not form.is_valid():
        return _page(request, "code", title=_("Code"), form=form)
    waiting = request.session.pop(_WAITING)
    login(request, user, backend=waiting["backend"])
    return redirect(waiting["next"] or first_screen(user))


def _waiting(request: HttpRequest) -> User | None:
    """Return the account that gave its password a moment ago, if it still has it."""
    waiting = request.session.get(_WAITING)
    if waiting is None or waiting["until"] < timezone.now().timestamp():
        return None
    user = User.objects.filter(pk=waiting["user"], is_active=True).first()
    if user and constant_time_compare(
        waiting["password"], user.get_session_auth_hash()
    ):
        return user
    return None


# --- passwords ---


class OwnPassword(_OnDesk, stock.PasswordChangeView):
    """The old password and a new one; all other sessions of the account end."""

    form_class = OwnPasswordForm
    template_name = "accounts/password.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Add the request, from which failures are counted."""
        return {**super().get_form_kwargs(), "request": self.request}


class Forgotten(_OnDesk, stock.PasswordResetView):
    """Mails a link; the answer is the same whoever asks for whom."""

    form_class = ForgottenForm

    def get_template_names(self) -> list[str]:
        """Name an administrator where no mail can be sent."""
        if settings.CAN_MAIL:
            return super().get_template_names()
        return ["accounts/no_mail.html"]

    def form_valid(self, form: Any) -> HttpResponse:
        """Mail, unless too much was asked for or no mail can be sent."""
        if not settings.CAN_MAIL:
            return self.form_invalid(form)
        if locks.refuses(self.request, locks.LINKS) or locks.count(
            self.request, locks.LINKS
        ):
            return HttpResponse()  # the middleware of axes answers
        return super().form_valid(form)


class ForgottenDone(_OnDesk, stock.PasswordResetDoneView):
    """Says that mail is on its way, if there is such an account."""


class NewPassword(_OnDesk, stock.PasswordResetConfirmView):
    """A new password for whoever came by a link, which leaves the address at once."""

    form_class = NewPasswordForm

    def get_user(self, uidb64: str) -> User | None:
        """Return the account of a link, unless it is closed."""
        user = super().get_user(uidb64)
        return user if user and user.is_active else None


class NewPasswordDone(_OnDesk, stock.PasswordResetCompleteView):
    """Leads on to the sign-in."""


# --- codes ---


@sensitive_post_parameters()
@never_cache
def own_codes(request: HttpRequest) -> HttpResponse:
    """Say whether codes are asked; show a new secret; confirm it by a code of it."""
    user = actor_of(request)
    if "begin" in request.POST:
        return _secret_page(request, codes.begin(user), ConfirmForm(request=request))
    device = codes.begun(user)
    if request.method != "POST" or device is None:
        return _codes_page(request, user)
    form = ConfirmForm(request.POST, request=request)
    try:
        if form.is_valid():
            return _confirmed(request, *codes.confirm(user, **form.cleaned_data))
    except ValidationError as refusal:
        form.add_error("code", refusal)
    return _secret_page(request, device, form)


def _confirmed(
    request: HttpRequest, device: TOTPDevice, recovery_codes: list[str]
) -> HttpResponse:
    update_session_auth_hash(request, device.user)
    django_otp.login(request, device)
    return _page(
        request,
        "recovery",
        title=_("Recovery codes"),
        codes=[f"{code[:4]} {code[4:]}" for code in recovery_codes],
    )


def _codes_page(request: HttpRequest, user: User) -> HttpResponse:
    return _page(
        request,
        "codes",
        title=_("Codes at sign-in"),
        is_used=codes.is_used_by(user),
        is_owed=codes.is_owed(request),
        n_left=codes.recovery_codes_left(user),
    )


def _secret_page(
    request: HttpRequest, device: TOTPDevice, form: ConfirmForm
) -> HttpResponse:
    picture = segno.make(device.config_url, error="m")
    secret = codes.secret(device)
    return _page(
        request,
        "secret",
        title=_("Codes at sign-in"),
        form=form,
        secret=secret,
        picture=mark_safe(picture.svg_inline(scale=5, light="#fff")),  # noqa: S308  # drawn by segno
    )


def _page(request: HttpRequest, name: str, **context: Any) -> HttpResponse:
    site = admin.site.each_context(request)
    return render(request, f"accounts/{name}.html", {**site, **context})
