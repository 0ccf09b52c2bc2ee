"""Blocks of data in a real browser: read as data, run by nobody, blocked by nothing."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from tests import factories
from tests.browser.looking import listening_page

pytestmark = [pytest.mark.browser, pytest.mark.once]

NASTY = "</script><script>alert(1)</script><!-- \u2028 120 people crossed the river"
BLOCK = "document.querySelector('script[type=\"application/ld+json\"]').textContent"


def test_a_block_of_data_is_no_script_to_the_policy(browser: Browser, site_url: str):
    version = factories.a_version(text=NASTY, title=NASTY)
    claim = factories.a_published_claim(version=version, words=NASTY)
    factories.a_published_assessment(claim=claim)
    quote = factories.a_published_quote(version=version, words=NASTY)
    seen: list[str] = []
    page = listening_page(browser.new_context(), urlsplit(site_url).netloc, seen)
    page.on("dialog", lambda dialog: seen.append(f"dialog: {dialog.message}"))
    for row, name in ((claim, "claimReviewed"), (quote, "text")):
        page.goto(f"{site_url}{row.get_absolute_url()}", wait_until="load")
        assert page.evaluate(f"JSON.parse({BLOCK})['{name}']") == NASTY
        assert page.evaluate("violations") == []
    assert seen == []
