"""The page about the API works under the policy it is sent with."""

import pytest
from playwright.sync_api import Browser, expect

pytestmark = pytest.mark.browser


def test_the_page_of_the_schema_shows_every_operation(site_url: str, browser: Browser):
    complaints: list[str] = []
    asked: list[str] = []
    page = browser.new_page()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site_url}/api/v1/docs/")
    page.wait_for_selector(".opblock")
    expect(page.locator(".opblock")).to_have_count(23)
    assert complaints == []
    own = (site_url, "data:", "blob:")
    assert [url for url in asked if not url.startswith(own)] == []


def test_an_operation_is_tried_out_on_the_page(site_url: str, browser: Browser):
    page = browser.new_page()
    page.goto(f"{site_url}/api/v1/docs/#/claims/claims_list")
    page.get_by_role("button", name="Try it out").click()
    page.get_by_role("button", name="Execute").click()
    page.wait_for_selector(".live-responses-table")
    assert '"results": []' in page.locator(".live-responses-table").inner_text()
