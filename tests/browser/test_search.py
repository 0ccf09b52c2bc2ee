"""Somebody searches in Arabic, in a real browser: finds, narrows, opens, shares."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

WORDS = "والسجن"


def arabic_page(browser: Browser, **options) -> Page:
    return browser.new_context(locale="ar", **options).new_page()


def test_a_word_is_found_narrowed_opened_and_shared(browser: Browser, demo_url: str):
    page = arabic_page(browser)
    page.goto(f"{demo_url}/articles/")
    page.keyboard.press("/")
    page.keyboard.type(WORDS)
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    marks = page.locator(".hits mark")
    expect(marks.first).to_be_visible()
    found = marks.all_inner_texts()
    assert [text for text in found if not re.search("سجو?ن", text)] == []  # or prisons

    n_before = page.locator(".hit").count()
    page.locator(".facets").get_by_role("link", name=re.compile("كاغينز")).click()
    expect(page.locator(".chip")).to_contain_text("كاغينز")
    assert 0 < page.locator(".hit").count() < n_before

    friend = arabic_page(browser, java_script_enabled=False)
    friend.goto(page.url)
    assert friend.inner_text(".found") == page.inner_text(".found")
    query = parse_qs(urlsplit(page.url).query)
    assert query == {"q": [WORDS], "speaker": ["myles-caggins"]}

    words = page.locator(".hit blockquote a").first
    said = words.inner_text()
    words.click()
    expect(page).to_have_url(re.compile("/quotes/q-coalition-"))
    expect(page.locator("blockquote").first).to_contain_text(said.strip("… "))
    page.go_back()
    page.locator(".chip").click()
    expect(page.locator(".hit")).to_have_count(n_before)


def test_the_key_of_the_box_is_the_same_on_an_arabic_layout(
    browser: Browser, demo_url: str
):
    page = arabic_page(browser)
    page.goto(f"{demo_url}/search/?q=%D8%B3%D8%AC%D9%86")
    box = page.get_by_role("searchbox")
    expect(box).not_to_be_focused()
    page.dispatch_event(
        "body", "keydown", {"key": "ظ", "code": "Slash", "bubbles": True}
    )
    expect(box).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.type("/")
    expect(box).to_have_value("سجن/")
