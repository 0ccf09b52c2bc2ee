"""The workbench in a real browser: cards without reloading, keys, words of the text."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page, expect

from claims import suggestions
from claims.models import Claim, Quote, Suggestion
from sources.models import ArticleVersion
from tests import factories as make
from tests.admin.benching import ARABIC, TEXT, a_number, a_quotation, bench
from tests.admin.browsing import at_desk
from tests.browser.looking import listening_page, sign_in

pytestmark = pytest.mark.browser

#: Select the words of the text pane between two offsets in UTF-16, as a mouse does.
SELECT = """([words]) => {
  const walker = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(words);
    if (at < 0) continue;
    getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + words.length);
    return true;
  }
  return false;
}"""


@pytest.fixture
def seen() -> list[str]:
    """What the page said to its console, and to which other hosts it spoke."""
    return []


class Desk:
    """A tab at the workbench of one text."""

    def __init__(self, browser: Browser, url: str, user: User, seen: list[str]) -> None:
        context = browser.new_context(viewport={"width": 1200, "height": 900})
        self.page = listening_page(context, url.removeprefix("http://"), seen)
        self.page.set_default_timeout(10_000)
        self.url, self.client = url, at_desk(user)
        sign_in(self.page, url, self.client)

    def open(self, version: ArticleVersion, query: str = "") -> Page:
        self.page.goto(self.url + bench(version, query))
        return self.page

    def press(self, *keys: str) -> None:
        """Press keys, each once what the last one asked for has come."""
        for key in keys:
            self.page.keyboard.press(key)
            self.page.wait_for_load_state("networkidle")


def done(page: Page, words: str) -> None:
    page.locator(".progress", has_text=words).wait_for()


@pytest.fixture
def desk(browser: Browser, site_url: str, seen: list[str]) -> Any:
    desk = Desk(browser, site_url, make.a_contributor(), seen)
    yield desk
    assert [each for each in seen if "409" not in each] == []
    assert desk.page.evaluate("violations") == []


def test_cards_are_accepted_dismissed_and_edited_by_single_keys(desk: Desk):
    version = make.a_version(text=TEXT)
    a_quotation(version)
    a_number(version)
    a_number(version, "40 were children", low="40", high=None, qualifier="MORE_THAN")
    page = desk.open(version)
    page.evaluate("window.same = true")
    page.keyboard.press("a")
    done(page, "1 of 3")
    page.keyboard.press("d")
    done(page, "2 of 3")
    page.keyboard.press("e")
    assert page.evaluate("document.activeElement.name") == "measure_name"
    page.fill("#id_low", "٤١")
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    done(page, "3 of 3")
    assert page.evaluate("window.same")  # nothing was loaded anew
    assert Quote.objects.get().words == "Nobody drowned"
    assert Claim.objects.get().low == 41
    statuses = Suggestion.objects.order_by("pk").values_list("status", flat=True)
    assert list(statuses) == ["ACCEPTED", "DISMISSED", "CHANGED"]


def test_no_key_works_while_somebody_types(desk: Desk):
    version = make.a_version(text=TEXT)
    a_quotation(version)
    page = desk.open(version)
    page.click("[name=speaker_name]")
    page.keyboard.type("adcq jk")
    assert page.input_value("[name=speaker_name]") == "adcq jk"
    assert not Quote.objects.exists()


def test_keys_lead_from_card_to_card_and_close(desk: Desk):
    version = make.a_version(text=TEXT)
    a_quotation(version)
    a_number(version)
    page = desk.open(version)
    page.keyboard.press("j")
    page.locator(".card-claim").wait_for()
    page.keyboard.press("k")
    page.locator(".card-quote").wait_for()
    page.keyboard.press("?")
    assert page.locator("#help").get_attribute("open") is not None
    page.keyboard.press("Escape")
    assert page.locator("#help").get_attribute("open") is None
    page.keyboard.press("Escape")
    page.locator(".card").wait_for(state="detached")


@pytest.mark.parametrize(
    ("key", "code"), [("ش", "KeyA"), ("ÿ", "KeyA"), ("a", "KeyQ"), ("A", "KeyA")]
)
def test_keys_work_under_other_layouts(desk: Desk, key: str, code: str):
    version = make.a_version(text=TEXT)
    a_quotation(version)
    page = desk.open(version)
    page.evaluate(
        "([key, code]) => document.body.dispatchEvent("
        "new KeyboardEvent('keydown', {key, code, bubbles: true}))",
        [key, code],
    )
    done(page, "1 of 1")


def test_words_selected_after_an_emoji_become_a_card_at_their_code_points(desk: Desk):
    version = make.a_version(text=ARABIC, language="ar")
    page = desk.open(version)
    assert page.locator("#text").evaluate("e => e.textContent") == ARABIC
    assert page.evaluate(SELECT, [" ٣٥٠٠ شخص "])
    page.keyboard.press("c")
    page.locator(".card-claim").wait_for()
    assert page.locator(".line-anchor .anchored").inner_text() == "٣٥٠٠ شخص"
    page.fill("[name=speaker_name]", "")
    page.fill("#id_high", "٣٬٥٠٠")
    page.click("button[data-key=A]")
    page.locator(".messagelist .success").wait_for()
    claim = Claim.objects.get()
    assert (claim.words, claim.start) == ("٣٥٠٠ شخص", ARABIC.index("٣٥٠٠"))


def test_a_selection_over_several_highlights_is_one_quote(desk: Desk):
    version = make.a_version(text=TEXT)
    a_quotation(version)
    page = desk.open(version, "card=")
    page.evaluate(
        "() => { const text = document.getElementById('text');"
        " getSelection().selectAllChildren(text); }"
    )
    page.keyboard.press("q")
    page.locator(".card-quote").wait_for()
    assert page.locator(".line-anchor .anchored").inner_text() == TEXT


def test_words_inside_a_highlight_are_selected_with_the_mouse(desk: Desk):
    version = make.a_version(text=TEXT)
    a_quotation(version)
    page = desk.open(version, "card=")
    page.locator("mark", has_text="Nobody drowned").dblclick(position={"x": 8, "y": 8})
    assert page.evaluate("getSelection().toString()").strip() == "Nobody"
    page.keyboard.press("q")
    page.locator(".card-quote").wait_for()
    assert page.locator(".line-anchor .anchored").inner_text() == "Nobody"
    page.get_by_role("link", name="Close").click()
    page.locator("mark", has_text="Nobody drowned").click()
    page.locator(".card", has_text="suggested").wait_for()


def test_words_are_chosen_and_a_card_saved_without_a_mouse(desk: Desk):
    version = make.a_version(text="Nobody drowned, the harbour master said.")
    make.a_speaker(name_en="the harbour master")
    page = desk.open(version)
    for _time in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "text":
            break
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    chosen = page.evaluate("getSelection().toString()")
    page.keyboard.press("q")
    page.locator(".card-quote").wait_for()
    page.keyboard.press("a")
    page.locator(".messagelist .success").wait_for()
    assert Quote.objects.get().words == chosen.strip()
    assert len(chosen.split()) > 1


def test_a_speaker_is_chosen_from_what_is_offered(desk: Desk):
    version = make.a_version(text=TEXT)
    a_quotation(version)
    speaker = make.a_speaker()
    make.a_speaker_alias("مينا حداد", speaker=speaker)
    page = desk.open(version)
    page.click("[name=speaker_name]")
    page.keyboard.type("مـينا")
    page.get_by_role("option", name="Mina Haddad").wait_for()
    page.keyboard.press("Enter")  # the only one
    assert page.input_value("[name=speaker_key]") == str(speaker.pk)
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    done(page, "1 of 1")
    assert Quote.objects.get().speaker == speaker


def test_a_new_speaker_is_added_without_losing_the_card(desk: Desk):
    version = make.a_version(text=TEXT)
    a_quotation(version, named_words="Mina Haddad")
    page = desk.open(version)
    page.click("details.creating summary")
    page.select_option("#id_new-speaker-kind", "PERSON")
    page.focus("#id_new-speaker-name_en")
    page.keyboard.press("Enter")
    page.locator("[name=speaker_key][value]").wait_for(state="attached")
    page.keyboard.press("a")
    done(page, "1 of 1")
    assert Quote.objects.get().speaker.name_en == "Mina Haddad"


def test_a_dismissal_is_undone_by_a_key(desk: Desk):
    version = make.a_version(text=TEXT)
    a_quotation(version)
    a_number(version)
    page = desk.open(version)
    page.keyboard.press("d")
    done(page, "1 of 2")
    page.keyboard.press("u")
    done(page, "0 of 2")
    expect(page.locator(".card-quote .card-state")).to_have_text("suggested")
    assert set(Suggestion.objects.values_list("status", flat=True)) == {"OPEN"}


def test_what_was_accepted_is_gone_back_to_edited_and_saved_by_keys(desk: Desk):
    version = make.a_version(text=TEXT)
    a_quotation(version)
    a_number(version)
    page = desk.open(version)
    page.keyboard.press("a")
    done(page, "1 of 2")
    page.keyboard.press("k")
    page.locator(".card-state", has_text="recorded").wait_for()
    page.keyboard.press("e")
    assert page.evaluate("document.activeElement.name") == "speaker_name"
    page.select_option("#id_kind", "INDIRECT")
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    page.locator(".card-claim").wait_for()
    assert (Quote.objects.get().kind, Quote.objects.get().version) == ("INDIRECT", 2)


def test_a_recorded_statement_opens_from_its_words_in_the_text(desk: Desk):
    version = make.a_version(text=TEXT)
    make.published(make.a_recorded_quote(version=version))
    page = desk.open(version)
    page.locator("mark", has_text="Nobody drowned").click()
    page.locator(".card .told", has_text="Nobody drowned").wait_for()
    expect(page.locator("button[data-key=A]")).to_have_count(0)


def test_the_open_card_takes_the_words_that_are_selected(desk: Desk):
    version = make.a_version(text=f"🚢 {TEXT}")
    a_quotation(version)
    page = desk.open(version)
    page.evaluate(SELECT, ["said Mina"])
    page.keyboard.press("w")
    assert page.locator(".line-anchor .anchored").inner_text() == "said Mina"
    page.keyboard.press("a")
    done(page, "1 of 1")
    assert Quote.objects.get().words == "said Mina"


def test_the_end_of_a_text_leads_to_the_next_by_a_key(desk: Desk):
    version, other = make.a_version(text=TEXT), make.a_version(text=TEXT, title="Next")
    a_quotation(version)
    a_number(other)
    page = desk.open(version)
    page.keyboard.press("a")
    done(page, "1 of 1")
    assert page.evaluate("document.activeElement.dataset.key") == "N"
    page.keyboard.press("n")
    page.wait_for_url(f"**{bench(other)}")
    page.locator(".card-claim").wait_for()


def test_a_save_that_came_too_late_shows_both(desk: Desk):
    version = make.a_version(text=TEXT)
    row = a_number(version)
    page = desk.open(version)
    suggestions.dismiss(row, actor=make.an_editor(), at=make.RECORDED_AT)
    page.fill("#id_low", "119")
    page.click("button[data-key=A]")
    page.locator(".errorlist", has_text="dismissed this suggestion already").wait_for()
    assert page.input_value("#id_low") == "119"


def test_two_columns_stand_side_by_side_at_a_thousand_pixels(desk: Desk):
    version = make.a_version(text=TEXT)
    a_number(version)
    page = desk.open(version)
    for width, expected in ((1000, True), (800, False)):
        page.set_viewport_size({"width": width, "height": 800})
        text, cards = (
            page.locator(part).bounding_box()
            for part in (".bench-text", ".bench-cards")
        )
        assert (text["x"] + text["width"] <= cards["x"]) == expected
