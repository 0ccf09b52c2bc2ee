"""Pages for every hand, eye and ear, and for slow lines."""

import gzip
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, Page, Route

from claims.models import Claim
from tests.admin.browsing import address, at_desk, step
from tests.browser import hearing
from tests.browser.test_desk import chief, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.once]

HEARD = Path(__file__).parent / "heard"
MEASURE = "/measures/missing-from-the-ferry-sahab/"
#: A page of each kind that readers see.
READ = (
    *("/", "/claims/", "/search/?q=ferry", "/articles/a-ferry-rescuers/", MEASURE),
    *("/claims/c-ferry-toll-missing/", "/events/attack-on-the-sinaa-prison/"),
    *("/nothing-here/", "/admin/login/"),
)
#: A page of each kind that people with a desk see.
DESK = (
    *("/review/", "/review/c-ferry-toll-survivors/", "/admin/"),
    *("/admin/claims/claim/", "/admin/claims/suggestion/rules/"),
    "/admin/sources/change/5/change/",
)
#: Pages with much text, many rows or a drawing.
HEAVY = (
    *("/", "/claims/", "/claims/c-ferry-toll-missing/", "/search/?q=ferry"),
    *("/articles/a-ferry-rescuers/", MEASURE),
)
#: The bytes of a first load, fonts apart.
FIRST_LOAD = 60 * 1024
#: What the markup of Swagger UI itself does.
OF_SWAGGER = {"heading-order", "nested-interactive", "region"}
#: Wait until a page has been drawn without its fonts, and note what moves from then on.
STAY_DRAWN = """() => new Promise(done => setTimeout(() => {
  window.moved = 0;
  new PerformanceObserver(list => { for (const each of list.getEntries()) moved += each.value; })
    .observe({type: "layout-shift"});
  done(moved);
}, 200))"""


def of_the_desk() -> list[str]:
    claim = Claim.objects.get(code="c-ferry-translation-missing-2")
    bench = f"/admin/sources/article/{claim.article_version.article_id}/workbench/"
    return [*DESK, address(claim, "history"), step(claim, "withdraw"), bench]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_comparison_is_heard_in_sentences(
    browser: Browser, demo_url: str, language: str
):
    page = browser.new_page(locale=language)
    page.goto(demo_url + MEASURE)
    page.eval_on_selector_all("details", "all => all.forEach(each => each.open = true)")
    expected = (HEARD / f"{language}.txt").read_text().splitlines()
    said = hearing.heard(page)
    begin = said.index(expected[0])
    assert said[begin : begin + len(expected)] == expected


def test_pages_are_ordered_show_the_focus_and_fit_at_twice_the_size(
    browser: Browser, demo_url: str
):
    found = []
    for language in ("en", "ar"):
        page = browser.new_page(locale=language)
        found += [each for path in READ for each in wrong_with(page, demo_url, path)]
        sign_in(page, demo_url, at_desk(chief()), language)
        for path in of_the_desk():
            found += wrong_with(page, demo_url, path)
    assert found == [], "\n".join(found)


def wrong_with(page: Page, site: str, path: str) -> list[str]:
    """What is wrong with a page for who needs its order, its focus or larger text."""
    page.set_viewport_size({"width": 1400, "height": 900})
    page.goto(site + path)
    page.keyboard.press("Tab")
    found = page.evaluate(hearing.STRUCTURE) + page.evaluate(hearing.UNSEEN_FOCUS)
    page.evaluate(hearing.TWICE)
    for width in (1400, 420):
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{width} px: {each}" for each in page.evaluate(hearing.STICKING_OUT)]
    return [f"{path}: {each}" for each in found]


def test_the_page_of_the_api_is_accessible(browser: Browser, site_url: str):
    page = browser.new_page(locale="ar")
    page.goto(f"{site_url}/api/v1/docs/")
    page.wait_for_selector(".opblock")
    found = {each["id"] for each in Axe().run(page).response["violations"]}
    assert found <= OF_SWAGGER


def test_first_loads_are_light_and_nothing_moves_when_fonts_come_late(
    browser: Browser, demo_url: str
):
    found = {}
    for language in ("en", "ar"):
        for path in HEAVY:
            page = browser.new_context(locale=language).new_page()
            loaded, moved = first_load(page, demo_url + path)
            if moved or loaded > FIRST_LOAD:
                found[language, path] = (loaded, moved)
            page.context.close()
    assert found == {}


def first_load(page: Page, at: str) -> tuple[int, float]:
    """Load a page whose fonts come after it is drawn; return its bytes and what moved."""
    asked: list[str] = []
    fonts: list[Route] = []
    page.on("request", lambda request: asked.append(request.url))
    page.route("**/*.woff2", lambda route: fonts.append(route))  # noqa: PLW0108  # a built-in cannot be marked
    html = page.goto(at, wait_until="domcontentloaded").body()
    page.evaluate(STAY_DRAWN)
    assert fonts
    for font in fonts:
        font.continue_()
    page.wait_for_load_state("load")
    moved = page.evaluate("new Promise(done => setTimeout(() => done(moved), 100))")
    return len(html) + sum(map(transferred, asked)), moved


def transferred(url: str) -> int:
    """Return the bytes of a style or script as the site sends it, compressed."""
    path = url.partition("/static/")[2]
    if not path.endswith((".css", ".js", ".svg")):
        return 0
    return len(gzip.compress(Path(finders.find(path)).read_bytes()))


def test_meaning_and_rest_are_kept_for_who_asks(browser: Browser, demo_url: str):
    page = browser.new_page(
        locale="en", forced_colors="active", reduced_motion="reduce"
    )
    page.goto(demo_url + MEASURE)
    ground = "each => getComputedStyle(each).backgroundColor"
    assert page.eval_on_selector(".chart", ground) == page.eval_on_selector(
        "body", ground
    )
    page.goto(f"{demo_url}/articles/a-ferry-rescuers/")
    line = "each => getComputedStyle(each).textDecorationStyle"
    quote, claim = (
        page.eval_on_selector(f".legend .mark-{each}", line)
        for each in ("quote", "claim")
    )
    assert quote != claim
    page.goto(f"{demo_url}/admin/login/")
    moving = "all => all.filter(each => getComputedStyle(each).transitionDuration !== '0s').length"
    assert page.eval_on_selector_all("*", moving) == 0
    page.emulate_media(contrast="more")
    page.goto(demo_url)
    soft = "each => getComputedStyle(each).color"
    assert page.eval_on_selector(".site-footer", soft) == page.eval_on_selector(
        "body", soft
    )
