"""Accounts and their roles: who may sign in, and what they do here.

Each function is one process: it asks the policy, writes through the log, and
commits whole or not at all. A role is a group, and belonging to it a logged row;
a password never enters the log.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from sources import engine, history, policy
from sources.models import Action
from sources.models.versioned import CODE_ALPHABET
from sources.policy import NotAllowed, UserRole

if TYPE_CHECKING:
    from collections.abc import Iterable

_Membership = User.groups.through


def random_password() -> str:
    """Return a password such as `7kq2-mzp4-xd9c-h3wn`: 76 bits, easy to read out."""
    groups = (
        "".join(secrets.choice(CODE_ALPHABET) for _letter in range(4))
        for _group in range(4)
    )
    return "-".join(groups)


def first_admin(*, password: str) -> User:
    """Create the account that creates all others; no person acts.

    Raises:
        NotAllowed: when there is an account already.
    """
    return create_account(
        username=UserRole.ADMIN, roles=[UserRole.ADMIN], password=password, actor=None
    )


@transaction.atomic
def create_account(
    *,
    username: str,
    roles: Iterable[UserRole],
    password: str,
    actor: User | None,
    email: str = "",
) -> User:
    """Create an account with its roles.

    Raises:
        NotAllowed: when the actor may not manage accounts; `actor` is null only
            for the very first account.
        ValidationError: when the name is taken or the password too weak.
    """
    engine.lock_log()
    _require_manager(actor)
    # the admin's login asks for staff
    user = User(username=username, email=email, is_staff=True)
    validate_password(password, user)
    user.set_password(password)
    history.add(user, actor=actor)
    _join(user, roles, actor=actor)
    return user


@transaction.atomic
def set_roles(
    user: User, roles: Iterable[UserRole], *, actor: User, reason: str = ""
) -> User:
    """Give an account exactly these roles.

    Raises:
        NotAllowed: when the actor may not manage accounts.
        ValidationError: when nobody would be left to manage accounts.
    """
    engine.lock_log()
    _require_manager(actor)
    wanted = set(roles)
    if UserRole.ADMIN not in wanted:
        _refuse_last_admin(user)
    held = _Membership.objects.filter(user=user).select_related("group")
    for membership in held.exclude(group__name__in=wanted):
        history.remove(membership, actor=actor, reason=reason)
    _join(
        user,
        wanted - {membership.group.name for membership in held},
        actor=actor,
        reason=reason,
    )
    return User.objects.get(pk=user.pk)  # without the roles it remembers


@transaction.atomic
def set_active(user: User, *, active: bool, actor: User, reason: str = "") -> User:
    """Close an account, or open it again; nobody is ever deleted.

    Raises:
        NotAllowed: when the actor may not manage accounts.
        ValidationError: when nobody would be left to manage accounts.
    """
    engine.lock_log()
    _require_manager(actor)
    if not active:
        _refuse_last_admin(user)
    return note(user, reason, actor=actor, is_active=active)


def deactivate(user: User, *, actor: User, reason: str = "") -> User:
    """Close an account: it signs in no more, its work stays.

    Raises:
        NotAllowed, ValidationError: as for `set_active`.
    """
    return set_active(user, active=False, actor=actor, reason=reason)


@transaction.atomic
def set_email(user: User, email: str, *, actor: User) -> User:
    """Say where mail for an account goes; the log keeps the address.

    Raises:
        NotAllowed: when the actor may not manage accounts.
        ValidationError: when it is no address.
    """
    engine.lock_log()
    _require_manager(actor)
    return note(user, _("An e-mail address."), actor=actor, email=email)


@transaction.atomic
def set_password(user: User, password: str, *, actor: User | None) -> User:
    """Give an account a new password; the log notes that, not the password.

    Every session of the account ends. `actor` is null for whoever works at the
    machine itself.

    Raises:
        NotAllowed: when the actor may not manage accounts.
        ValidationError: when the password is too weak.
    """
    engine.lock_log()
    if actor is not None:
        _require_manager(actor)
    return _renew(user, password, actor=actor)


@transaction.atomic
def change_password(user: User, password: str) -> User:
    """Give an account the password that its own person chose.

    `user` is the account as it was read: an old password or a link is good for
    one change. Every session of the account ends but the one that is told.

    Raises:
        ValidationError: when the password is too weak, or the account was closed
            or got another password in the meantime.
    """
    engine.lock_log()
    current = User.objects.get(pk=user.pk)
    if not current.is_active or current.password != user.password:
        raise ValidationError(_("The account was changed in the meantime."))
    return _renew(current, password, actor=current)


def note(user: User, reason: str, *, actor: User | None, **columns: Any) -> User:
    """Set columns of an account and log it; without columns only log it.

    For processes that asked the policy and hold the lock of the log.

    Raises:
        ValidationError: when a column refuses its value.
    """
    current = User.objects.get(pk=user.pk)
    for name, value in columns.items():
        setattr(current, name, value)
    if columns:
        current.full_clean()
        current.save(update_fields=list(columns))
    history.record(current, actor=actor, action=Action.CHANGED, reason=reason)
    return current


def _renew(user: User, password: str, *, actor: User | None) -> User:
    validate_password(password, user)
    hashed = make_password(password)
    return note(user, _("A new password."), actor=actor, password=hashed)


def _require_manager(actor: User | None) -> None:
    if actor is not None:
        policy.require(actor, "manage accounts")
    elif User.objects.exists():
        raise NotAllowed(_("An administrator creates further accounts."))


def _refuse_last_admin(user: User) -> None:
    admins = User.objects.filter(is_active=True, groups__name=UserRole.ADMIN)
    if set(admins.values_list("pk", flat=True)) == {user.pk}:
        raise ValidationError(_("Somebody has to be left who manages accounts."))


def _join(
    user: User, roles: Iterable[str], *, actor: User | None, reason: str = ""
) -> None:
    for role in sorted(roles):
        group = Group.objects.filter(name=role).first() or history.add(
            Group(name=role), actor=actor
        )
        history.add(_Membership(user=user, group=group), actor=actor, reason=reason)
