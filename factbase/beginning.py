"""What an empty base begins with: its first accounts, and the demo if one wants it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import User
from django.db import transaction

from claims import suggestions
from claims.exchange import demo
from factbase import accounts
from sources import engine
from sources.policy import UserRole

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@transaction.atomic
def begin(
    fixtures: Path | None, *, progress: Callable[[int, int], None]
) -> dict[str, str]:
    """Make the first accounts and replay the demo, all of it or nothing.

    The rules read its articles, so that there is something to work off. Without
    fixtures only the first administrator is made. Returns the password of
    each account by its name; nothing at all when the base has accounts already.

    Raises:
        DemoError: naming the entry that cannot be read or is refused.
    """
    engine.lock_log()  # of two that begin at once, the second finds the accounts
    if User.objects.exists():
        return {}
    passwords = {UserRole.ADMIN: accounts.random_password()}
    admin = accounts.first_admin(password=passwords[UserRole.ADMIN])
    if fixtures:
        people = {}
        for role in set(UserRole) - {UserRole.ADMIN}:
            passwords[role] = accounts.random_password()
            people[role] = accounts.create_account(
                username=role, roles=[role], password=passwords[role], actor=admin
            )
        entries = demo.read(fixtures)
        demo.replay(entries, demo.People(**people), progress=progress)
        for version in suggestions.last_versions():
            suggestions.suggest(version)
    return {str(role): passwords[role] for role in UserRole if role in passwords}
