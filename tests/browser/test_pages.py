"""Every page in a real browser: quiet, within its width, open to everyone."""

from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser

PATHS = (
    *("/", "/articles/", "/claims/", "/quotes/", "/speakers/", "/sources/"),
    *("/events/", "/measures/", "/claims/?status=WITHDRAWN", "/nothing-here/"),
    *("/articles/a-sinaa/", "/articles/a-coalition/", "/articles/a-ferry-rescuers/"),
    *("/articles/a-ferry-translation/", "/claims/c-sinaa-joined/"),
    *("/claims/c-ferry-translation-missing/", "/claims/c-ferry-rescuers-missing/"),
    *("/quotes/q-coalition-01/", "/speakers/myles-caggins/"),
    *("/speakers/syrian-democratic-forces/", "/sources/adel-center-for-human-rights/"),
    *("/events/attack-on-the-sinaa-prison/", "/measures/missing-from-the-ferry-sahab/"),
    *("/measures/missing-from-the-ferry-sahab/changes/", "/?as_of=2022-02-04"),
    *("/embed/measures/missing-from-the-ferry-sahab/",),
    *("/measures/missing-from-the-ferry-sahab/?as_of=2022-02-04T10:00:00Z",),
    *("/claims/c-ferry-toll-medical/?as_of=2022-01-30", "/search/"),
    *("/search/?q=%D8%B3%D8%AC%D9%86", "/search/?q=nowhere&exact=true&year=2022"),
)
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
RECORD_VIOLATIONS = """
window.violations = [];
addEventListener("securitypolicyviolation", event => violations.push(event.blockedURI));
"""


def faults(page: Page, address: str, seen: list[str]) -> list[str]:
    """What is wrong with a page: noise, blocked content, other hosts, overflow, axe."""
    seen.clear()
    page.goto(address, wait_until="load")
    return faults_as_shown(page, seen)


def faults_as_shown(page: Page, seen: list[str]) -> list[str]:
    """What is wrong with the page that is open."""
    found = [each for each in seen if "404 (Not Found)" not in each]
    found += [f"blocked: {each}" for each in page.evaluate("violations")]
    overflow = page.evaluate(OVERFLOW)
    if overflow > 0:
        found.append(f"{overflow} px too wide")
    report = Axe().run(page)
    found += [
        f"axe: {each['id']}: {[node['html'][:200] for node in each['nodes'][:3]]}"
        for each in report.response["violations"]
    ]
    seen.clear()  # of the noise that axe makes
    return found


def listening_page(context: BrowserContext, host: str, seen: list[str]) -> Page:
    """A page that notes console messages, errors and requests to other hosts."""

    def note_request(request):
        if urlsplit(request.url).netloc != host:
            seen.append(f"asked {request.url}")

    context.add_init_script(RECORD_VIOLATIONS)
    page = context.new_page()
    page.on("console", lambda message: seen.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: seen.append(f"error: {error}"))
    page.on("request", note_request)
    return page


@pytest.mark.once
def test_every_page_is_quiet_fits_and_is_accessible(browser: Browser, demo_url: str):
    found = {}
    host = urlsplit(demo_url).netloc
    for language in ("ar", "en"):
        for width, scheme in ((1400, "light"), (420, "dark")):
            context = browser.new_context(
                locale=language,
                color_scheme=scheme,
                viewport={"width": width, "height": 900},
            )
            seen: list[str] = []
            page = listening_page(context, host, seen)
            for path in PATHS:
                wrong = faults(page, demo_url + path, seen)
                if wrong:
                    found[language, width, path] = wrong
            context.close()
    assert found == {}


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
