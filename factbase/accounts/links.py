"""Links with which a person gives their own account a new password, once.

A link is good for `PASSWORD_RESET_TIMEOUT` seconds and ends with the password it
was made for, or when the account signs in. Nothing keeps it: neither table nor log.
"""

from __future__ import annotations

import logging
from threading import Thread
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from factbase import accounts
from sources import engine, policy

if TYPE_CHECKING:
    from django.contrib.auth.models import User

logger = logging.getLogger(__name__)


def hours_valid() -> int:
    """Return for how many hours a link is good."""
    return settings.PASSWORD_RESET_TIMEOUT // 3600


@transaction.atomic
def issue(user: User, *, actor: User | None) -> str:
    """Return a link to hand over to a person.

    `actor` is null for whoever works at the machine itself.

    Raises:
        NotAllowed: when the actor may not manage accounts.
        ValidationError: when the account is closed.
    """
    engine.lock_log()
    if actor is not None:
        policy.require(actor, "manage accounts")
    if not user.is_active:
        raise ValidationError(_("This account is closed."))
    return _link(
        accounts.note(user, _("A link for a new password was issued."), actor=actor)
    )


def mail(user: User) -> None:
    """Mail a link to the account's own address; nobody waits for it.

    How long the mail takes would tell that there is such an account.
    """
    content = {"link": _link(user), "user": user, "hours": hours_valid()}
    message = EmailMessage(
        subject=_("A new password for Factbase"),
        body=render_to_string("accounts/link.txt", content),
        to=[user.email],
    )
    Thread(target=_send, args=[message, user.pk], name="mail").start()


def _send(message: EmailMessage, account: int) -> None:
    try:
        message.send()
    except OSError as refusal:  # of the network or, as its subclass, of the server
        name = type(refusal).__name__
        logger.warning("No mail could be sent to account %s: %s", account, name)


def _link(user: User) -> str:
    account = urlsafe_base64_encode(force_bytes(user.pk))
    token = default_token_generator.make_token(user)
    path = reverse("password_reset_confirm", args=[account, token])
    return f"{settings.SITE_URL}{path}"
