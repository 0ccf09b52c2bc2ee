from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.pages.markup import Markup

Read = Callable[..., Markup]


@pytest.fixture
def read(db: None) -> Read:  # noqa: ARG001  # pages read rows
    """Open a page, as somebody and in a language, and take it apart."""

    def read(
        path: str,
        *,
        as_user: User | None = None,
        language: str = "en",
        status: int = 200,
    ) -> Markup:
        client = Client(headers={"accept-language": language})
        if as_user:
            client.force_login(as_user)
        response = client.get(path)
        assert response.status_code == status, path
        return Markup(response.content.decode())

    return read
