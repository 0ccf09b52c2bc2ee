"""The desk in a real browser: what is typed and saved there."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser

from claims.models import Claim, Quote
from sources.models import Article, Speaker
from tests.admin.browsing import address, at_desk
from tests.browser.looking import sign_in

pytestmark = pytest.mark.browser


def chief() -> User:
    return User.objects.get(groups__name="chief")


def test_a_link_is_chosen_by_typing_an_alias(browser: Browser, demo_url: str):
    page = browser.new_page()
    sign_in(page, demo_url, at_desk(chief()))
    page.goto(demo_url + address(Claim, "add"))
    page.click(".field-speaker .select2-selection")
    page.keyboard.type("قـسـد")
    page.get_by_role("option", name="Syrian Democratic Forces", exact=True).click()
    chosen = page.locator("#id_speaker").input_value()
    assert chosen == str(Speaker.objects.get(slug="syrian-democratic-forces").pk)


def test_saving_a_seed_article_in_a_browser_moves_no_span(
    browser: Browser, demo_url: str
):
    article = Article.objects.get(code="a-sinaa")
    text = article.versions.get().text
    page = browser.new_page()
    sign_in(page, demo_url, at_desk(chief()))
    page.goto(demo_url + address(article))
    assert page.locator(".article-text").evaluate("e => e.textContent") == text
    page.fill("#id_byline", "Mina Haddad")
    page.click("[name=_save]")
    page.wait_for_url("**/admin/sources/article/")
    article.refresh_from_db()
    assert article.byline == "Mina Haddad"
    assert article.versions.get().text == text
    for model in (Quote, Claim):
        for row in model.objects.in_article(article.pk):
            assert all(anchor.span.of(text) == anchor.words for anchor in row.anchors())
