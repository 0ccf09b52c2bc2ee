"""People with passwords and phones, and what they do at the sign-in."""

import re
from http.client import FOUND
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from factbase import accounts
from factbase.accounts import codes
from sources.models import Change
from sources.policy import UserRole
from tests import factories as make

PASSWORD = "tmbk-92xz-hhd4-fwnc"  # noqa: S105  # of accounts that tests make
WRONG = "no such password"
NEW = "w7dd-p2mm-40tz-kkqe"
DESK = "/admin/"
LOGIN = "/admin/login/"
CODE = "/account/code/"
CODES = "/account/codes/"


def an_account(*roles: str, username: str = "huda", email: str = "") -> User:
    return accounts.create_account(
        username=username,
        roles=[UserRole(role) for role in roles or ("editor",)],
        password=PASSWORD,
        email=email,
        actor=make.an_admin(),
    )


def sign_in(
    client: Client, username: str = "huda", password: str = PASSWORD, **at: Any
) -> HttpResponse:
    """Send the login form; `REMOTE_ADDR` and other headers may be given."""
    form = {"username": username, "password": password}
    return client.post(LOGIN, form, **at)


def signed_in(user: User | None = None) -> Client:
    client = Client()
    assert sign_in(client, (user or an_account()).username).status_code == FOUND
    return client


def is_in(client: Client) -> bool:
    return client.get(DESK).status_code == 200


# --- codes ---


def code_of(device: TOTPDevice, later: int = 0) -> str:
    """The code that the app shows now, or so many half minutes later."""
    return f"{totp(device.bin_key, drift=later):06}"


def with_codes(user: User) -> tuple[TOTPDevice, list[str]]:
    """The device of an account that gave its first code, and its recovery codes."""
    begun = codes.begin(user)
    confirmed = codes.confirm(user, password=PASSWORD, code=code_of(begun))
    in_step(user)
    return confirmed


def in_step(user: User) -> None:
    """Forget that half a minute ended between a code and its use.

    The app would be taken to be slow from then on, and its next code for one of the
    future.
    """
    TOTPDevice.objects.filter(user=user).update(drift=0)


def recovery_codes_on(page: HttpResponse) -> list[str]:
    return re.findall(r"<code>(\w{4} \w{4})</code>", page.content.decode())


# --- the log ---


def noted(user: User) -> list[str]:
    """What the log says of an account, after its creation."""
    entries = Change.objects.filter(model="auth.user", object_id=user.pk)
    return [entry.reason for entry in entries.order_by("seq")][1:]


def whole_log() -> str:
    return " ".join(
        f"{entry.reason} {entry.snapshot}" for entry in Change.objects.all()
    )
