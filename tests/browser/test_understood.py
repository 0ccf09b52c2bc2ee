"""A form says aloud how it reads what is being typed, in a real browser."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, expect

from claims.models import Claim
from tests import factories as make
from tests.admin.benching import TEXT, a_number, bench
from tests.admin.browsing import address, at_desk
from tests.browser.looking import listening_page, sign_in

pytestmark = pytest.mark.browser


def test_what_is_typed_is_said_below_it(browser: Browser, site_url: str):
    seen: list[str] = []
    page = listening_page(browser.new_context(), site_url.removeprefix("http://"), seen)
    version = make.a_version(text=TEXT)
    a_number(version)
    editor: User = make.an_editor()
    sign_in(page, site_url, at_desk(editor))

    page.goto(site_url + address(Claim, "add"))
    page.fill("#id_count", "٦٠-٩٠")
    line = page.locator("#id_count_understood")
    expect(line).to_have_text("Read as: 60 to 90")
    assert "id_count_understood" in str(
        page.get_attribute("#id_count", "aria-describedby")
    )
    page.fill("#id_count", "3.500")
    expect(line).to_contain_text("may mean two numbers")
    page.fill("#id_holds_0", "كانون الثاني 2022")
    expect(page.locator("#id_holds_0_understood")).to_contain_text("January 2022")

    page.goto(site_url + bench(version))
    page.fill("#id_count", "about 40")
    expect(page.locator("#id_count_understood")).to_have_text("Read as: about 40")
    assert seen == []
    assert page.evaluate("violations") == []
