"""Where people begin: readers on the first page, everybody else at what is theirs to do."""

import pytest
from django.contrib.auth.models import User

from tests import factories as make
from tests.pages.conftest import Read

BRING_IN, WORKBENCH = "/admin/sources/article/bring-in/", "/admin/sources/article/"
QUEUE, RETRACTIONS, ACCOUNT = (
    "/review/",
    "/review/retractions/",
    "/admin/auth/user/add/",
)
TASKS = {
    "contributor": {BRING_IN, f"{WORKBENCH}?to_read=1"},
    "reviewer": {QUEUE},
    "editor": {BRING_IN, f"{WORKBENCH}?to_read=1"},
    "chief": {BRING_IN, f"{WORKBENCH}?to_read=1", QUEUE, RETRACTIONS},
    "admin": {ACCOUNT},
}


def test_the_first_page_says_in_three_sentences_what_this_is_and_leads_in(read: Read):
    claim = make.a_published_claim()
    make.a_withdrawn_claim()
    page = read("/")
    told = page.text_in("intro")
    for words in ("each at its place", "nobody invents a midpoint", "cannot publish"):
        assert words in told
    leads = {part.attribute("href") for part in page.parts if part.stands_in("begin")}
    article = claim.article_version.article.get_absolute_url()
    assert {claim.get_absolute_url(), article, "/corrections/"} <= leads


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "How statements get here"), ("ar", "كيف تصل التصريحات إلى هنا")],
)
def test_an_empty_base_says_how_statements_get_into_it(
    read: Read, language: str, told: str
):
    page = read("/", language=language)
    assert told in page.text_in("begin")
    assert {BRING_IN, WORKBENCH, QUEUE} <= page.links()


@pytest.mark.parametrize(
    "name",
    ["articles", "claims", "quotes", "speakers", "sources", "events", "measures"],
)
def test_an_empty_list_says_why_and_leads_on(read: Read, name: str):
    page = read(f"/{name}/")
    assert "Nothing is published yet." in page.text_in("empty")
    assert "/" in page.links()


def test_a_filter_that_nothing_fits_can_be_left(read: Read):
    make.a_published_claim()
    page = read("/claims/?status=WITHDRAWN")
    assert "Nothing fits these filters." in page.text_in("empty")
    assert "Show all" in page.text_linked_to("/claims/", "empty")
    assert page.text_in("statement-head") == ""


@pytest.mark.parametrize("role", TASKS)
def test_the_first_screen_of_each_role_says_what_is_theirs_to_do(read: Read, role: str):
    account: User = make.a_user(role)
    for screen in ("/admin/", "/me/") if role != "admin" else ("/admin/",):
        page = read(screen, as_user=account)
        tasks = {
            part.attribute("href")
            for part in page.parts
            if part.stands_in("begin") and part.attribute("href")
        }
        assert tasks == TASKS[role], screen


def test_the_steps_above_a_row_lead_back_to_its_list(read: Read):
    claim = make.a_published_claim()
    rows = {
        "/claims/": claim,
        "/articles/": claim.article_version.article,
        "/measures/": claim.measure,
        "/events/": claim.measure.event,
    }
    for at, row in rows.items():
        page = read(row.get_absolute_url())
        assert page.text_linked_to(at, "crumbs"), at
    changes = read(f"{claim.measure.get_absolute_url()}changes/")
    assert changes.text_linked_to(claim.measure.get_absolute_url(), "crumbs")
