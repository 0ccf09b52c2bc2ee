"""Accounts: who may sign in, and what they do here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db.models import Count, Q
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factbase import accounts
from factbase.accounts import codes, links, locks
from sources.admin.desk import DeskAdmin
from sources.admin.steps import Step
from sources.forms import NoteField, ReasonForm, RowForm, StepForm
from sources.policy import UserRole

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest


def _roles_field() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=gettext_lazy("roles"),
        choices=UserRole.choices,
        widget=forms.CheckboxSelectMultiple,
    )


class NewAccountForm(RowForm):
    """A name and roles; the password is made here and shown once."""

    roles = _roles_field()

    def clean_roles(self) -> list[UserRole]:
        """Return roles, not their names."""
        return [UserRole(name) for name in self.cleaned_data["roles"]]


class EmailForm(StepForm):
    """Where mail for an account goes."""

    email = forms.EmailField(
        label=gettext_lazy("e-mail address"),
        help_text=gettext_lazy("Kept in the log."),
        required=False,
    )

    def __init__(self, posted: Any = None, *, row: Any) -> None:
        super().__init__(posted, row=row)
        self.initial["email"] = row.email


class RolesForm(StepForm):
    """The roles an account shall have."""

    roles = _roles_field()
    reason = NoteField(label=gettext_lazy("reason"), required=False)

    def __init__(self, posted: Any = None, *, row: Any) -> None:
        super().__init__(posted, row=row)
        self.initial["roles"] = [group.name for group in row.groups.all()]

    def clean_roles(self) -> list[UserRole]:
        """Return roles, not their names."""
        return [UserRole(name) for name in self.cleaned_data["roles"]]


def _reset_password(user: User, *, actor: User) -> str:
    password = accounts.random_password()
    accounts.set_password(user, password, actor=actor)
    return _password_note(user.username, password)


def _password_note(username: str, password: str) -> str:
    return format_html(
        _("The password of {}, shown this once: {}"),
        format_html("<bdi>{}</bdi>", username),
        format_html('<code dir="ltr">{}</code>', password),
    )


def _issue_link(user: User, *, actor: User) -> str:
    return format_html(
        _("With this link {} chooses a new password, once, within {} hours: {}"),
        format_html("<bdi>{}</bdi>", user.username),
        links.hours_valid(),
        format_html('<code dir="ltr">{}</code>', links.issue(user, actor=actor)),
    )


def _is_locked(user: User, _actor: User) -> bool:
    return locks.are_failures_counted(user)


def _reopen(user: User, *, reason: str, actor: User) -> None:
    accounts.set_active(user, active=True, actor=actor, reason=reason)


_ACTS = ("manage accounts",)


@admin.register(User)
class AccountAdmin(DeskAdmin):
    """Accounts are created, given roles, closed and opened again; none is deleted."""

    adding = "manage accounts"
    form = NewAccountForm
    list_display = ("username", "roles", "is_active", "gives_codes", "last_login")
    list_filter = ("is_active", "groups")
    search_fields = ("username",)
    ordering = ("username",)
    steps = (
        Step(
            verb="roles",
            label=gettext_lazy("Set roles"),
            form=RolesForm,
            run=accounts.set_roles,
            acts=_ACTS,
        ),
        Step(
            verb="password",
            label=gettext_lazy("New password"),
            form=StepForm,
            run=_reset_password,
            acts=_ACTS,
        ),
        Step(
            verb="link",
            label=gettext_lazy("Link for a new password"),
            form=StepForm,
            run=_issue_link,
            acts=_ACTS,
            fits=lambda user, _actor: user.is_active,
        ),
        Step(
            verb="email",
            label=gettext_lazy("E-mail address"),
            form=EmailForm,
            run=accounts.set_email,
            acts=_ACTS,
        ),
        Step(
            verb="unlock",
            label=gettext_lazy("Forget failed attempts"),
            form=StepForm,
            run=locks.lift,
            acts=_ACTS,
            fits=_is_locked,
        ),
        Step(
            verb="no-codes",
            label=gettext_lazy("Ask for no code"),
            form=ReasonForm,
            run=codes.remove,
            acts=_ACTS,
            fits=lambda user, _actor: codes.is_used_by(user),
            is_grave=True,
        ),
        Step(
            verb="close",
            label=gettext_lazy("Close the account"),
            form=ReasonForm,
            run=accounts.deactivate,
            acts=_ACTS,
            fits=lambda user, _actor: user.is_active,
            is_grave=True,
        ),
        Step(
            verb="open",
            label=gettext_lazy("Open the account"),
            form=ReasonForm,
            run=_reopen,
            acts=_ACTS,
            fits=lambda user, _actor: not user.is_active,
        ),
    )

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Ask the policy."""
        del obj
        return self.may_do(request, _ACTS)

    def sections(self, request: HttpRequest, row: Any) -> Any:
        """Ask for a name and roles; show the rest."""
        del request
        if row is None:
            return [(None, {"fields": ("username", "email", "roles")})]
        dates = ("date_joined", "last_login")
        shown = ("username", "email", "roles", "is_active", "gives_codes", dates)
        return [(None, {"fields": shown})]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Load with the accounts their roles, and whether they give codes."""
        n_codes = Count("totpdevice", Q(totpdevice__confirmed=True))
        rows: QuerySet[Any] = super().get_queryset(request).annotate(n_codes=n_codes)
        return rows.prefetch_related("groups")

    @admin.display(description=gettext_lazy("codes at sign-in"), boolean=True)
    def gives_codes(self, user: Any) -> bool:
        """Tell whether a code is asked after the password."""
        return bool(user.n_codes)

    @admin.display(description=gettext_lazy("roles"))
    def roles(self, user: User) -> str:
        """Return the roles in the reader's language."""
        names = sorted(group.name for group in user.groups.all())
        labels = [(UserRole(name).label,) for name in names if name in UserRole]
        return format_html_join(", ", "{}", labels)

    def add_row(self, row: Any, *, form: Any, actor: User) -> None:
        """Create it; the form remembers its password for one message."""
        form.password = accounts.random_password()
        user = accounts.create_account(
            username=row.username,
            email=row.email,
            roles=form.cleaned_data["roles"],
            password=form.password,
            actor=actor,
        )
        row.pk = user.pk

    def save_model(
        self, request: HttpRequest, obj: Any, form: Any, change: Any
    ) -> None:
        """Say the password of a new account, once."""
        super().save_model(request, obj, form, change)
        note = _password_note(obj.username, form.password)
        self.message_user(request, note, messages.WARNING)
