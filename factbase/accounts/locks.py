"""How often a password, a code or a link may be asked for in vain.

django-axes counts failures for each account and address, so that whoever fails on
purpose locks out nobody elsewhere.
"""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING, Any

from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from axes.utils import reset
from django.contrib.auth.signals import user_login_failed
from django.db import transaction
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rest_framework.throttling import BaseThrottle

from factbase import accounts
from factbase.accounts import codes
from sources import engine, policy

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.http import HttpRequest, HttpResponse

#: Under this name, which no account can have, requests for a link are counted.
LINKS = "a link for a new password"


def client_address(request: HttpRequest) -> str | None:
    """Return the address that asks, as the API counts it; None when there is none.

    An IPv6 address stands for its network of 64 bits: one connection has them all.
    """
    try:
        asking = BaseThrottle().get_ident(request)  # type: ignore[arg-type]  # reads META only
        address = ip_address(asking or "")
    except ValueError:
        return None
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ip_network((address, 64), strict=False).network_address)


def refuses(request: HttpRequest, name: str) -> bool:
    """Tell whether there were too many failures; the answer then says so itself."""
    credentials = {"username": name}
    request.axes_locked_out = not AxesProxyHandler.is_allowed(request, credentials)  # type: ignore[attr-defined]  # read by the middleware of axes
    return request.axes_locked_out  # type: ignore[attr-defined,no-any-return]  # likewise


def count(request: HttpRequest, name: str) -> bool:
    """Count a failure; tell whether it was one too many."""
    user_login_failed.send(__name__, credentials={"username": name}, request=request)
    return request.axes_locked_out  # type: ignore[attr-defined,no-any-return]  # set by axes


def answer(
    request: HttpRequest, response: HttpResponse, credentials: dict[str, str] | None
) -> HttpResponse:
    """Say politely that there were too many attempts, whatever the account."""
    del response, credentials
    seconds = int(get_cool_off(request).total_seconds())
    minutes = seconds // 60
    sentence = ngettext(
        "Too many attempts from here. Try again in a minute.",
        "Too many attempts from here. Try again in %(minutes)s minutes.",
        minutes,
    )
    context = {
        "status": 429,
        "sentence": sentence % {"minutes": minutes},
        "advice": _("An administrator can let you in sooner."),
    }
    page = render(request, "error.html", context, status=429)
    page["Retry-After"] = str(seconds)
    return page


def are_failures_counted(user: User) -> bool:
    """Tell whether an account has failures that count against it."""
    attempts: Any = AccessAttempt.objects.filter(username=user.username)
    return attempts.exists() or codes.is_slowed_down(user)


@transaction.atomic
def lift(user: User, *, actor: User | None) -> None:
    """Forget the failures of an account, wherever they came from.

    Raises:
        NotAllowed: when the actor may not manage accounts.
    """
    engine.lock_log()
    if actor is not None:
        policy.require(actor, "manage accounts")
    reset(username=user.username)
    codes.speed_up(user)
    accounts.note(user, _("Failed attempts to sign in were forgotten."), actor=actor)
