import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

Ask = Callable[..., Any]


@pytest.fixture(autouse=True)
def _no_limit(settings: Settings):
    settings.API_RATE = None


@pytest.fixture
def ask(client: Client) -> Ask:
    """Ask for a path under /api/v1/ and read the answer, which must be the expected one."""

    def ask(path: str, *, expect: int = 200, **query: object) -> Any:
        response = client.get(f"/api/v1/{path}", query)
        assert response.status_code == expect, response.content.decode()
        return json.loads(response.content)

    return ask
