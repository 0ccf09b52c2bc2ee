"""A dismissal is undone at once, or later from the list of what was dismissed."""

import pytest

from claims import suggestions
from sources.models import ArticleVersion
from tests import factories as make
from tests.admin.benching import TEXT, a_number, a_quotation, bench, decide, text_of
from tests.admin.browsing import at_desk

pytestmark = pytest.mark.django_db


def take_back(client, version: ArticleVersion, row):
    return client.post(bench(version, f"card=s-{row.pk}"), {"do": "reopen"})


def test_the_last_dismissal_is_undone_and_its_card_opens_again():
    version = make.a_version(text=TEXT)
    row = a_number(version)
    a_quotation(version)
    client = at_desk(make.a_contributor())
    page = client.get(decide(client, version, row, "dismiss")["Location"])
    assert page.context["undoable"].place.words == "120 people crossed"
    answer = take_back(client, version, row)
    page = client.get(answer["Location"])
    assert page.context["card"].suggestion == row
    assert page.context["undoable"] is None
    assert "0 of 2 suggestions done" in text_of(page)


def test_after_an_acceptance_the_dismissal_before_is_only_in_the_list():
    version = make.a_version(text=TEXT)
    row, other = a_number(version), a_quotation(version)
    client = at_desk(make.a_contributor())
    decide(client, version, row, "dismiss")
    decide(client, version, other, "accept")
    page = client.get(bench(version))
    assert page.context["undoable"] is None
    assert "1 dismissed suggestion" in text_of(page)
    assert take_back(client, version, row).status_code == 302
    row.refresh_from_db()
    assert row.status == "OPEN"


def test_only_whoever_dismissed_it_takes_it_back():
    version = make.a_version(text=TEXT)
    row = a_number(version)
    suggestions.dismiss(row, actor=make.an_editor(), at=make.RECORDED_AT)
    client = at_desk(make.a_contributor())
    page = client.get(bench(version))
    assert page.context["undoable"] is None
    assert 'value="reopen"' not in page.content.decode()
    page = client.get(take_back(client, version, row)["Location"])
    assert "Only your own dismissal can be taken back." in text_of(page)


def test_what_was_dismissed_is_no_longer_highlighted():
    version = make.a_version(text=TEXT)
    row = a_number(version)
    client = at_desk(make.a_contributor())
    assert "<mark" in client.get(bench(version)).content.decode()
    decide(client, version, row, "dismiss")
    assert "<mark" not in client.get(bench(version)).content.decode()


# --- the end of a text ---


def test_a_text_that_is_done_leads_to_the_article_with_most_to_read():
    version, other = make.a_version(text=TEXT), make.a_version(text=TEXT, title="Next")
    row = a_number(version)
    a_number(other)
    a_quotation(other)
    client = at_desk(make.a_contributor())
    assert "are decided on" not in text_of(client.get(bench(version)))
    page = client.get(decide(client, version, row, "dismiss")["Location"])
    assert "All suggestions of this text are decided on." in text_of(page)
    assert (bench(other) in page.content.decode(), "Next" in text_of(page)) == (1, 1)


def test_the_last_text_leads_to_bringing_one_in():
    page = at_desk(make.a_contributor()).get(bench(make.a_version(text=TEXT)))
    assert "Nothing waits here for a decision." in text_of(page)
    assert "/bring-in/" in page.content.decode()
