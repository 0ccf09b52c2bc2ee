"""Asking for statements as programs do."""

import json
from typing import Any

from django.test import Client


def asked(address: str, as_user: Any = None, status: int = 200) -> Any:
    """What an address answers, read as JSON."""
    client = Client()
    if as_user:
        client.force_login(as_user)
    answer = client.get(address)
    assert answer.status_code == status
    return json.loads(answer.content) if status == 200 else None


def linked(row: Any, query: str = "") -> Any:
    return asked(f"{row.get_absolute_url().rstrip('/')}.jsonld{query}")


def annotated(row: Any, query: str = "") -> Any:
    return asked(f"/annotations/{row.code}/{query}")


def addresses_of(row: Any) -> tuple[str, str]:
    own = row.get_absolute_url().rstrip("/")
    return f"{own}.jsonld", f"/annotations/{row.code}/"
