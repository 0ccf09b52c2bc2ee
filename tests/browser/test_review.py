"""A reviewer at work in a real browser: by keyboard, without a mouse, in both languages."""

import datetime as dt

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page

from claims.models import Claim, Quote
from tests import factories as make
from tests.admin.browsing import at_desk
from tests.browser.looking import sign_in

pytestmark = pytest.mark.browser


def reviewing_page(browser: Browser, url: str, user: User, **options) -> Page:
    context = browser.new_context(viewport={"width": 1400, "height": 900}, **options)
    page = context.new_page()
    sign_in(page, url, at_desk(user))
    return page


def test_a_reviewer_works_through_the_queue_by_keyboard(
    browser: Browser, site_url: str
):
    makers = (make.a_recorded_claim, make.a_recorded_quote, make.a_recorded_claim)
    first, second, third = (
        maker(at=make.RECORDED_AT + dt.timedelta(hours=hour))
        for hour, maker in enumerate(makers)
    )
    page = reviewing_page(browser, site_url, make.a_reviewer())
    page.goto(f"{site_url}/review/{first.code}/")
    page.keyboard.press("j")
    page.wait_for_url(f"**/{second.code}/")
    page.keyboard.press("k")
    page.wait_for_url(f"**/{first.code}/")
    page.keyboard.press("?")
    assert page.locator("#help").get_attribute("open") is not None
    page.locator("h1").focus()
    page.keyboard.press("a")
    page.locator(".kicker", has_text=second.code).wait_for()
    assert page.url.endswith(f"/{second.code}/")
    page.wait_for_function("document.activeElement.tagName === 'H1'")
    assert first.code in page.locator(".messages").inner_text()
    page.locator(".kicker", has_text=second.code).wait_for()
    page.keyboard.press("r")
    assert page.evaluate("document.activeElement.id") == "id_note"
    page.keyboard.type("Which river?")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**/{third.code}/")
    page.locator(".kicker", has_text=third.code).wait_for()
    page.keyboard.press("d")
    page.keyboard.type("Recorded twice.")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/review/")
    statuses = [
        Claim.objects.get(pk=first.pk).status,
        Quote.objects.get(pk=second.pk).status,
        Claim.objects.get(pk=third.pk).status,
    ]
    assert statuses == ["PUBLISHED", "RECORDED", "DISCARDED"]
    assert Quote.objects.get(pk=second.pk).reviews.get().note == "Which river?"


def test_the_same_works_without_a_script(browser: Browser, site_url: str):
    claim = make.a_recorded_claim()
    reviewer = make.a_reviewer()
    page = reviewing_page(browser, site_url, reviewer, java_script_enabled=False)
    page.goto(f"{site_url}/review/{claim.code}/")
    page.get_by_role("button", name="Send back").click()
    assert "Give the reason." in page.locator("[role=alert]").inner_text()
    page.fill("#id_note", "Which river?")
    page.get_by_role("button", name="Send back").click()
    page.wait_for_url("**/review/")
    assert claim.reviews.get().note == "Which river?"


def test_an_error_is_shown_in_place_and_nothing_typed_is_lost(
    browser: Browser, site_url: str
):
    claim = make.a_recorded_claim()
    page = reviewing_page(browser, site_url, make.a_reviewer())
    page.goto(f"{site_url}/review/{claim.code}/")
    page.fill("#id_note", "My long note")
    Claim.objects.filter(pk=claim.pk).update(note="x", version=2)
    page.locator("h1").focus()
    page.keyboard.press("a")
    page.wait_for_selector("[role=alert]")
    assert page.input_value("#id_note") == "My long note"
    assert page.url.endswith(f"/review/{claim.code}/")
    page.locator("h1").focus()
    page.keyboard.press("a")
    page.wait_for_url("**/review/")


def test_what_came_back_is_edited_as_proposed_with_one_key(
    browser: Browser, site_url: str
):
    claim = make.a_recorded_claim()
    page = reviewing_page(browser, site_url, make.a_reviewer())
    page.goto(f"{site_url}/review/{claim.code}/")
    page.keyboard.press("e")
    page.fill("[name=edit-low]", "١٢١")
    page.fill("[name=edit-high]", "121")
    page.fill("#id_note", "Count again.")
    page.get_by_role("button", name="Send back").click()
    page.wait_for_url("**/review/")
    recorder = reviewing_page(browser, site_url, claim.recorded_by)
    recorder.goto(f"{site_url}/me/")
    assert "Count again." in recorder.locator(".returned").inner_text()
    recorder.keyboard.press("t")
    recorder.wait_for_selector(".notice-success")
    claim.refresh_from_db()
    assert (claim.low, claim.high) == (121, 121)
