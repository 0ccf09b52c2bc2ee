"""Codes of an authenticator app, asked after the password.

django-otp keeps the secrets, takes no code twice and slows down after each wrong
one. Neither secrets nor codes enter the log; only sessions that gave a code are
left when an account begins to use them.
"""

from __future__ import annotations

from base64 import b32encode
from textwrap import wrap
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from factbase import accounts
from sources import engine, policy
from sources.policy import roles_of

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.http import HttpRequest

#: How many recovery codes an account gets; each is good once.
RECOVERY_CODES = 10
_DIGITS = 6
_KINDS = (TOTPDevice, StaticDevice)


def is_used_by(user: User) -> bool:
    """Tell whether an account is asked for a code."""
    return bool(TOTPDevice.objects.filter(user=user, confirmed=True).exists())


def recovery_codes_left(user: User) -> int:
    """Return how many recovery codes an account has not used yet."""
    return int(StaticToken.objects.filter(device__user=user).count())


def is_owed(request: HttpRequest) -> bool:
    """Tell whether a session has to give a code before it may do anything.

    True where `REQUIRE_TOTP` names a role of the account and no code was given.
    """
    required = set(settings.REQUIRE_TOTP)
    if not required or DEVICE_ID_SESSION_KEY in request.session:
        return False
    return bool(required & roles_of(request.user))


@transaction.atomic
def begin(user: User) -> TOTPDevice:
    """Return a new secret; nobody is asked for its codes until it is confirmed."""
    TOTPDevice.objects.filter(user=user, confirmed=False).delete()
    return TOTPDevice.objects.create(user=user, name="app", confirmed=False)


def secret(device: TOTPDevice) -> str:
    """Return a secret as an app wants it typed, four letters at a time."""
    letters = b32encode(device.bin_key).decode()
    return " ".join(wrap(letters, 4))


def begun(user: User) -> TOTPDevice | None:
    """Return the secret that waits to be confirmed."""
    return TOTPDevice.objects.filter(user=user, confirmed=False).first()


@transaction.atomic
def confirm(user: User, *, password: str, code: str) -> tuple[TOTPDevice, list[str]]:
    """Ask an account for codes from now on, if it can give one of the new secret.

    It replaces an older secret with its recovery codes. Returns the device, whose
    `user` is the account as it stands, and new recovery codes. The password is
    hashed anew, which ends the sessions that gave no code.

    Raises:
        ValidationError: when the password or the code is wrong.
    """
    engine.lock_log()
    device = begun(user)
    if not user.check_password(password):
        raise ValidationError(_("The password is wrong."))
    if device is None or not device.verify_token(_plain(code)):
        raise ValidationError(wrong_code())
    TOTPDevice.objects.filter(user=user, confirmed=True).delete()
    device.confirmed = True
    device.save()
    device.user = accounts.note(
        user,
        _("Codes are asked at sign-in from now on."),
        actor=user,
        password=make_password(password),
    )
    return device, _new_recovery_codes(user)


@transaction.atomic
def check(user: User, code: str) -> TOTPDevice | StaticDevice | None:
    """Return the device whose code this is, and spend the code."""
    engine.lock_log()
    plain = _plain(code)
    kind = TOTPDevice if len(plain) == _DIGITS else StaticDevice
    device = kind.objects.filter(user=user, confirmed=True).first()
    if device is None or not device.verify_token(plain):
        return None
    if kind is StaticDevice:
        accounts.note(user, _("A recovery code was used."), actor=user)
    return device


@transaction.atomic
def remove(user: User, *, actor: User | None, reason: str = "") -> None:
    """Ask an account for no code any more.

    `actor` is null for whoever works at the machine itself.

    Raises:
        NotAllowed: when the actor may not manage accounts.
    """
    engine.lock_log()
    if actor is not None:
        policy.require(actor, "manage accounts")
    for kind in _KINDS:
        kind.objects.filter(user=user).delete()
    said = _("No code is asked at sign-in any more.")
    accounts.note(user, f"{said} {reason}".strip(), actor=actor)


def wrong_code() -> str:
    """Return what a person reads whose code was refused."""
    return _("This code is wrong or was used already. Wait for the next one.")


def is_slowed_down(user: User) -> bool:
    """Tell whether wrong codes make an account wait."""
    return any(
        kind.objects.filter(user=user, throttling_failure_count__gt=0).exists()
        for kind in _KINDS
    )


def speed_up(user: User) -> None:
    """Forget the wrong codes of an account."""
    for kind in _KINDS:
        for device in kind.objects.filter(user=user):
            device.throttle_reset()


def _new_recovery_codes(user: User) -> list[str]:
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="recovery codes")
    codes = [StaticToken.random_token() for _n in range(RECOVERY_CODES)]
    for code in codes:
        StaticToken.objects.create(device=device, token=code)
    return codes


def _plain(code: str) -> str:
    """Return a code without the spaces it is read with."""
    return "".join(code.split()).lower()
