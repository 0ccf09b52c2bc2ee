"""What every page has, in a real browser: a language and a day to switch."""

import pytest
from playwright.sync_api import Browser, expect

pytestmark = pytest.mark.browser


def test_the_switch_turns_the_page_around_in_place(browser: Browser, site_url: str):
    page = browser.new_context(locale="en").new_page()
    page.goto(f"{site_url}/claims/?status=WITHDRAWN")
    page.get_by_role("button", name="العربية").click()
    assert page.url == f"{site_url}/claims/?status=WITHDRAWN"
    assert page.locator("html").get_attribute("dir") == "rtl"
    page.get_by_role("button", name="English").click()
    assert page.locator("html").get_attribute("dir") == "ltr"


def test_a_day_is_picked_kept_and_left(browser: Browser, demo_url: str):
    page = browser.new_context(locale="en", java_script_enabled=False).new_page()
    page.goto(f"{demo_url}/measures/missing-from-the-ferry-sahab/")
    page.get_by_label("As of", exact=True).fill("2022-02-04")
    page.locator(".as-of").get_by_role("button", name="Show").click()
    assert "As Factbase stood on 4 February 2022." in page.inner_text(".is-past")
    page.get_by_role("link", name="Claims", exact=True).click()
    assert page.url == f"{demo_url}/claims/?as_of=2022-02-04"
    page.get_by_role("link", name="Today", exact=True).click()
    assert page.url == f"{demo_url}/claims/"


def test_a_citation_is_copied_as_it_is_read(browser: Browser, demo_url: str):
    context = browser.new_context(locale="en")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{demo_url}/claims/c-sinaa-holdouts/")
    page.get_by_role("button", name="Copy the citation").click()
    expect(page.locator(".cite [role=status]")).to_have_text("Copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.inner_text("#citation").strip()
    assert copied.endswith("/claims/c-sinaa-holdouts/")
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(); }")
    page.get_by_role("button", name="Copy the citation").click()
    expect(page.locator(".cite [role=status]")).to_contain_text("Selected")
    assert page.evaluate("getSelection().toString()").strip() == copied
