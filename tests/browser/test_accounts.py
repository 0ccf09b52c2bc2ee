"""Signing in with a code in a real browser, and every page on the way there."""

import pytest
from playwright.sync_api import Browser, Page, expect

from factbase.accounts import codes, links
from tests import factories as make
from tests.accounts.signing_in import PASSWORD, an_account, code_of, in_step
from tests.browser.looking import faults, faults_as_shown, listening_page

pytestmark = pytest.mark.browser


def follow(page: Page, selector: str) -> None:
    """Click what leads to another page, and wait until that is loaded."""
    with page.expect_navigation():
        page.click(selector)


def type_password(page: Page, url: str) -> None:
    page.goto(f"{url}/admin/")
    page.fill("#id_username", "huda")
    page.fill("#id_password", PASSWORD)
    follow(page, "#login-form [type=submit]")


@pytest.mark.parametrize("scripts", [True, False], ids=["with", "without JavaScript"])
def test_a_chief_sets_codes_up_and_signs_in_with_one(
    browser: Browser, site_url: str, *, scripts: bool
):
    user = an_account("chief")
    page = browser.new_page(java_script_enabled=scripts)
    type_password(page, site_url)
    follow(page, "text=Codes")
    follow(page, "[name=begin]")
    expect(page.locator(".qr-code svg")).to_be_visible()
    letters = page.locator(".secret").inner_text()
    device = codes.begun(user)
    assert letters == codes.secret(device)
    page.fill("#id_code", code_of(device))
    page.fill("#id_password", PASSWORD)
    follow(page, ".submit-row [type=submit]")
    shown = page.locator(".recovery-codes li")
    expect(shown).to_have_count(codes.RECOVERY_CODES)
    in_step(user)
    follow(page, "#logout-form [type=submit]")
    type_password(page, site_url)
    page.fill("#id_code", code_of(device, 1))
    follow(page, "#login-form [type=submit]")
    assert page.url.endswith("/admin/")


OPEN = (
    *("/admin/login/", "/account/forgotten/", "/account/forgotten/sent/"),
    *("/account/password/x/y/", "/account/password/changed/"),
)
OWN = (*("/admin/password_change/", "/admin/password_change/done/", "/account/codes/"),)


@pytest.mark.once
@pytest.mark.parametrize("language", ["ar", "en"])
def test_each_page_is_quiet_fits_and_is_accessible(
    browser: Browser, site_url: str, settings, language: str
):
    settings.CAN_MAIL = True
    user = an_account("chief")
    link = links.issue(user, actor=make.an_admin()).partition(":8000")[2]
    context = browser.new_context()
    cookie = {"name": "django_language", "value": language, "url": site_url}
    context.add_cookies([cookie])
    seen: list[str] = []
    page = listening_page(context, site_url.removeprefix("http://"), seen)
    found = {path: faults(page, site_url + path, seen) for path in (*OPEN, link)}
    settings.CAN_MAIL = False
    found["no mail"] = faults(page, f"{site_url}/account/forgotten/", seen)
    type_password(page, site_url)
    found |= {path: faults(page, site_url + path, seen) for path in OWN}
    follow(page, "[name=begin]")
    found["secret"] = faults_as_shown(page, seen)
    page.fill("#id_code", code_of(codes.begun(user)))
    page.fill("#id_password", PASSWORD)
    follow(page, ".submit-row [type=submit]")
    found["recovery codes"] = faults_as_shown(page, seen)
    found["codes set up"] = faults(page, f"{site_url}/account/codes/", seen)
    follow(page, "#logout-form [type=submit]")
    type_password(page, site_url)
    found["code"] = faults_as_shown(page, seen)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
