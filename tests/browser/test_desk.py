"""The desk in a real browser: quiet under the content policy, in both languages."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, Page

from claims import intake
from claims.models import Claim, Placement, Quote
from sources.models import Article, ArticleVersion, Speaker
from tests.admin.browsing import address, at_desk, step
from tests.browser.test_pages import faults, listening_page

pytestmark = pytest.mark.browser


def chief() -> User:
    return User.objects.get(groups__name="chief")


def sign_in(page: Page, url: str, client: Client, language: str = "en") -> None:
    """Give the tab the session of a signed-in client, and a language."""
    session = client.cookies["sessionid"].value
    cookies = {"sessionid": session, "django_language": language}
    page.context.add_cookies(
        [{"name": name, "value": value, "url": url} for name, value in cookies.items()]
    )


def desk_pages() -> list[str]:
    claim, article = (
        Claim.objects.get(code="c-sinaa-surrendered"),
        Article.objects.get(code="a-sinaa"),
    )
    recorded = Claim.objects.recorded().first()
    return [
        "/admin/",
        address(Claim, "changelist"),
        address(Claim, "add"),
        address(claim),
        address(claim, "history"),
        address(recorded),
        step(claim, "withdraw"),
        address(Claim, "add", replaces=claim.code),
        address(article),
        address(Article, "add"),
        address(Speaker, "changelist", q="قسد"),
        address(Speaker.objects.first()),
        address(Speaker.objects.first(), "delete"),
        "/admin/sources/change/",
        "/admin/claims/suggestion/rules/",
        *_placing(claim.article_version),
    ]


def _placing(version: ArticleVersion) -> list[str]:
    """The pages of a statement that a new text lost."""
    contributor = User.objects.get(groups__name="contributor")
    text = version.text.replace("3500", "4000")
    at = version.fetched_at
    intake.add_version(version.article, text=text, actor=contributor, at=at)
    [lost, *_others] = Placement.objects.lost()
    return [address(lost), step(lost, "place"), address(Placement, "changelist")]


@pytest.mark.once
@pytest.mark.once
@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_the_desk_is_quiet_and_accessible(
    browser: Browser, demo_url: str, language: str, scheme: str
):
    seen: list[str] = []
    context = browser.new_context(
        color_scheme=scheme, viewport={"width": 1400, "height": 900}
    )
    page = listening_page(context, demo_url.removeprefix("http://"), seen)
    sign_in(page, demo_url, at_desk(chief()), language)
    found = {
        path: wrong
        for path in desk_pages()
        if (wrong := faults(page, demo_url + path, seen))
    }
    assert found == {}


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
