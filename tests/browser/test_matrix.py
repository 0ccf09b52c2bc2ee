"""Every page in every language and look: quiet, in its language, nothing cut."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from tests.admin.browsing import at_desk
from tests.browser.every_page import a_full_base, every_page
from tests.browser.foreign import FOREIGN
from tests.browser.looking import faults, listening_page, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.once]


def test_every_page_is_quiet_fits_and_speaks_one_language(
    browser: Browser, site_url: str
):
    people = a_full_base()
    pages = every_page(people)
    found = {}
    for language in ("ar", "en"):
        tabs, seen = {}, list[str]()
        for role, user in people.items():
            context = browser.new_context(locale=language)
            tabs[role] = listening_page(context, urlsplit(site_url).netloc, seen)
            if user:
                sign_in(tabs[role], site_url, at_desk(user), language)
        for each in pages:
            tab, address = tabs[each.role], site_url + each.address
            wrong = faults(tab, address, seen, heard=each.is_heard)
            if wrong := [*wrong, *tab.evaluate(FOREIGN)]:
                found[language, each.role, each.address] = wrong
    lines = [
        f"{' '.join(key)}: {each}" for key, wrong in found.items() for each in wrong
    ]
    assert lines == [], "\n".join(lines)
    assert len(pages) > 200
