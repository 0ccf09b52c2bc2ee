"""The first seed article from paste to recorded, by keys alone once it is pasted."""

import time
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page

from claims.exchange import demo
from claims.models import Claim, Quote
from tests import factories as make
from tests.admin.browsing import at_desk
from tests.browser.looking import sign_in

pytestmark = pytest.mark.browser

CATALOGUE = {"sources", "speakers", "events", "measures"}
TITLE = "مجموعة من عناصر داعش، ما زالت متحصنة في سجن الصناعة"
#: What a person types of a measure's name, by the number as the text has it.
MEASURES = {
    "3500": "المستسلمون",
    "المئات": "المنضمون",
    "60-90": "المتحصنون",
    "قُتل": "القتلى",
}


class Keys:
    """A keyboard that counts."""

    def __init__(self, page: Page) -> None:
        self.page, self.presses = page, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.presses += 1

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)
        self.presses += len(words)


def annotated() -> tuple[list[Any], list[Any]]:
    """The quotes and the claims with a quantity that the seed is known to have."""
    entries = demo.read(settings.BASE_DIR / "fixtures")
    seed = [entry for entry in entries if entry.article == "a-sinaa"]
    quotes = [entry for entry in seed if entry.kind == "quotes"]
    claims = [entry for entry in seed if "quantity_anchor" in entry.values]
    return quotes, claims


@pytest.fixture
def catalogue(committed_db: None) -> None:  # noqa: ARG001  # what is filled
    """A base that knows who speaks in the seed and what is counted, and no article."""
    entries = demo.read(settings.BASE_DIR / "fixtures")
    people = demo.People(
        contributor=make.a_contributor(),
        reviewer=make.a_reviewer(),
        editor=make.an_editor(),
        chief=make.a_chief(),
    )
    demo.replay([entry for entry in entries if entry.kind in CATALOGUE], people)


def paste(page: Page, url: str) -> None:
    folder = settings.BASE_DIR / "fixtures" / "hasakah" / "texts"
    text = (folder / "000_091ea166c5367c92.txt").read_text("utf-8")
    page.goto(f"{url}/admin/sources/article/bring-in/")
    page.fill("[name=text]", text)
    page.click("button[value=look]")
    page.fill("[name=draft-title]", TITLE)
    page.fill("[name=draft-published_earliest]", "27 كانون الثاني 2022")
    page.click("button[value=keep]")
    page.wait_for_url("**/workbench/")


def work(page: Page, keys: Keys) -> None:
    """Accept card after card; choose the measure of each claim by its first word."""
    n_open = page.locator(".places > li").count()
    for left in range(n_open, 0, -1):
        if page.locator(".card-claim").count():
            words = page.locator(".line-anchor .anchored").inner_text()
            name = next(name for part, name in MEASURES.items() if part in words)
            keys.press("e")
            page.locator("[name=measure_name]").fill("")
            keys.type(name)
            page.locator("[role=option]").first.wait_for()
            if page.locator("[role=option]").count() > 1:
                keys.press("ArrowDown")
            keys.press("Enter", "Enter")  # choose, and save from the field
        else:
            keys.press("a")
        done = n_open - left + 1
        page.locator(f'.progress progress[value="{done}"]').wait_for()


def test_the_first_seed_is_worked_from_its_text_to_recorded_statements(
    browser: Browser,
    catalogue: None,  # noqa: ARG001  # what the base knows
    site_url: str,
    record_property: Any,
):
    page = browser.new_context(viewport={"width": 1200, "height": 900}).new_page()
    sign_in(page, site_url, at_desk(make.a_contributor()), "ar")
    keys, began = Keys(page), time.monotonic()
    paste(page, site_url)
    work(page, keys)
    record_property("seconds", round(time.monotonic() - began, 1))
    record_property("key presses", keys.presses)
    quotes, claims = annotated()
    known = {entry.values["anchor"].span: entry for entry in quotes}
    assert {quote.span for quote in Quote.objects.all()} == set(known)
    for quote in Quote.objects.select_related("speaker"):
        assert quote.speaker.slug == known[quote.span].references["speaker"][1]
    assert sorted(
        (claim.quantity_words, claim.low, claim.high, claim.measure.slug)
        for claim in Claim.objects.select_related("measure")
    ) == sorted(
        (
            entry.values["quantity_anchor"].words,
            entry.values["low"],
            entry.values.get("high"),
            entry.references["measure"][1],
        )
        for entry in claims
    )
    assert keys.presses < 100
