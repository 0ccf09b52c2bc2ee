"""Ask for a password at a terminal, or read it from a pipe."""

from __future__ import annotations

import sys
from getpass import getpass

from django.core.management.base import CommandError


def new_password() -> str:
    """Return a password typed twice, or the first line that is piped in.

    Raises:
        CommandError: when both differ.
    """
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    typed = getpass("New password: ")
    if getpass("The same again: ") != typed:
        message = "These are two different passwords."
        raise CommandError(message)
    return typed
