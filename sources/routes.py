"""Addresses of rows, by the name of their route and their public key."""

from __future__ import annotations

from functools import cache

from django.urls import reverse

_KEY = "KEY"


def path_of(route: str, key: str) -> str:
    """Return the path of a row; a route is looked up once, however many rows it has."""
    before, after = _around(route)
    return f"{before}{key}{after}"


@cache
def _around(route: str) -> tuple[str, str]:
    """Return what stands before and after the key."""
    before, _, after = reverse(route, args=[_KEY]).rpartition(_KEY)
    return before, after
