"""A real Chromium before the whole site, which shows both seed articles."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.demo import filling

#: As long as Playwright's own steps wait; its five seconds are short on a busy machine.
expect.set_options(timeout=30_000)


@pytest.fixture(autouse=True)
def _queries_beside_the_loop(monkeypatch: pytest.MonkeyPatch):
    """Playwright's loop runs in this thread, and Django then refuses plain queries."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture
def browser(chromium: str) -> Iterator[Browser]:
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def demo_url(
    committed_db: None,  # noqa: ARG001  # what is filled
    request: pytest.FixtureRequest,
) -> str:
    """The address of the site with the demo in its database."""
    filling.fill()
    return request.getfixturevalue("site_url")
