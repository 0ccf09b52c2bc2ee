"""The page that says how the rules do: figures, bars, and nothing that the CSP stops."""

import html
import re

import pytest

from claims import suggestions
from claims.extraction.rules import rules
from tests import factories as make
from tests.admin.browsing import at_desk
from tests.models.rows import a_suggestion

pytestmark = pytest.mark.django_db

PAGE = "/admin/claims/suggestion/rules/"


def text_of(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def page(language: str = "en") -> str:
    client = at_desk(make.an_editor())
    client.cookies["django_language"] = language
    return client.get(PAGE).content.decode()


def test_it_counts_what_became_of_each_rule():
    for decided in (True, False):
        suggestion = a_suggestion()
        if decided:
            suggestions.dismiss(suggestion, actor=make.an_editor(), at=make.RECORDED_AT)
    shown = page()
    assert "number-before-noun A rule of the past. 1 0 0 1 0.0% 0.0% —" in text_of(
        shown
    )
    assert '<meter min="0" max="1" value="0.000"' in shown


def test_it_lists_every_rule_with_its_reason_and_what_was_measured():
    text = text_of(page())
    assert rules()
    for rule in rules().values():
        assert f"{rule.id} {rule.why_en} 0 0 0 0 —" in text
        assert f"{rule.confidence:.1%}" in text


def test_it_is_in_the_reader_s_language():
    shown = page("ar")
    assert 'dir="rtl"' in shown
    assert all(rule.why_ar in text_of(shown) for rule in rules().values())


@pytest.mark.parametrize("language", ["ar", "en"])
def test_it_brings_no_style_or_script_of_its_own(language: str):
    a_suggestion()
    shown = page(language)
    assert not re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=", shown)


def test_every_bar_has_a_name():
    a_suggestion()
    bars = re.findall(r"<meter[^>]*>", page())
    assert all('aria-label="' in bar for bar in bars)


def test_it_costs_the_same_however_much_was_suggested(django_assert_num_queries):
    client = at_desk(make.an_editor())
    a_suggestion()
    with django_assert_num_queries(4):  # session, account, its roles; the counts
        client.get(PAGE)
    for _more in range(3):
        a_suggestion()
    with django_assert_num_queries(4):
        client.get(PAGE)


@pytest.mark.parametrize(
    ("role", "status"),
    [("contributor", 200), ("reviewer", 200), ("chief", 200), ("admin", 403)],
)
def test_whoever_has_a_desk_reads_it(role: str, status: int):
    assert at_desk(make.a_user(role)).get(PAGE).status_code == status


@pytest.mark.parametrize(("role", "led"), [("editor", True), ("admin", False)])
def test_the_desk_leads_to_it(role: str, *, led: bool):
    index = at_desk(make.a_user(role)).get("/admin/").content.decode()
    assert (PAGE in index) == led
    assert ("how__exact=LOST" in index) == led
