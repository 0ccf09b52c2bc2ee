"""What people type about their own account; each form saves by one process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.forms import (
    PasswordChangeForm,
    PasswordResetForm,
    SetPasswordForm,
)
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factbase import accounts
from factbase.accounts import codes, links, locks

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.http import HttpRequest


if TYPE_CHECKING:
    _SetPasswordForm = SetPasswordForm[User]
else:
    _SetPasswordForm = SetPasswordForm


def _again(request: HttpRequest, password: str) -> User:
    """Return the signed-in account, if this is its password; failures are counted.

    Raises:
        ValidationError: when it is not.
    """
    name = request.user.get_username()
    user = authenticate(request, username=name, password=password)
    if user is None:
        raise ValidationError(_("The password is wrong."))
    return user


class OwnPasswordForm(PasswordChangeForm):
    """The old password and a new one."""

    def __init__(self, *args: Any, request: HttpRequest, **options: Any) -> None:
        super().__init__(*args, **options)
        self.request = request

    def clean_old_password(self) -> str:
        """Ask for the old password no more often than a sign-in does."""
        old: str = self.cleaned_data["old_password"]
        self.user = _again(self.request, old)
        return old

    def save(self, commit: bool = True) -> User:  # noqa: FBT001, FBT002  # Django's signature
        """Change it."""
        del commit
        password = self.cleaned_data["new_password1"]
        self.user = accounts.change_password(self.user, password)
        return self.user


class NewPasswordForm(_SetPasswordForm):
    """A new password, for whoever came by a link."""

    def save(self, commit: bool = True) -> User:  # noqa: FBT001, FBT002  # Django's signature
        """Change it."""
        del commit
        return accounts.change_password(self.user, self.cleaned_data["new_password1"])


class ForgottenForm(PasswordResetForm):
    """An e-mail address, which may be anybody's."""

    def save(self, *args: Any, **options: Any) -> None:
        """Mail a link to each account with this address."""
        del args, options
        for user in self.get_users(self.cleaned_data["email"]):
            links.mail(user)


def _code_field(label: Any) -> forms.CharField:
    attributes = {
        "autocomplete": "one-time-code",
        "autocapitalize": "none",
        "autofocus": True,
        "spellcheck": "false",
        "dir": "ltr",
    }
    return forms.CharField(
        label=label, max_length=20, widget=forms.TextInput(attributes)
    )


class CodeForm(forms.Form):
    """The code that is asked after the password."""

    code = _code_field(gettext_lazy("Code"))

    def __init__(self, *args: Any, request: HttpRequest, user: User) -> None:
        super().__init__(*args)
        self.request, self.user = request, user

    def clean_code(self) -> str:
        """Spend the code; `user` remembers its device, as django-otp expects."""
        code: str = self.cleaned_data["code"]
        name = self.user.get_username()
        if not locks.refuses(self.request, name):
            device = codes.check(self.user, code)
            if device is not None:
                self.user.otp_device = device  # type: ignore[attr-defined]  # of django-otp
                return code
            locks.count(self.request, name)
        raise ValidationError(codes.wrong_code())


class ConfirmForm(forms.Form):
    """The first code of a new secret, and the password, for security's sake."""

    code = _code_field(gettext_lazy("Code shown by the app"))
    password = forms.CharField(
        label=gettext_lazy("Your password"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, request: HttpRequest) -> None:
        super().__init__(*args)
        self.request = request

    def clean_password(self) -> str:
        """Ask for the password no more often than a sign-in does."""
        password: str = self.cleaned_data["password"]
        _again(self.request, password)
        return password
