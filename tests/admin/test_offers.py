"""What an article seems to take from elsewhere is decided on at the desk."""

import pytest

from sources.models import Decision, Derivation
from tests import factories as make
from tests.admin.browsing import address, at_desk, complaints, fields, send, step

pytestmark = pytest.mark.django_db


def page_of(article, by=None):
    return at_desk(by or make.a_contributor()).get(address(article)).content.decode()


def test_an_article_shows_what_it_seems_to_take_and_why():
    offer = make.a_suggested_derivation()
    page = page_of(offer.article)
    assert "100% of this article stands in that one" in page
    assert address(offer.origin) in page
    assert step(offer, "accept") in page
    assert step(offer, "dismiss") in page
    assert "Nothing is suggested." in page_of(offer.origin)


def test_who_may_not_decide_is_not_asked():
    offer = make.a_suggested_derivation()
    assert step(offer, "accept") not in page_of(offer.article, make.a_reviewer())
    assert at_desk(make.a_reviewer()).get(step(offer, "accept")).status_code == 403


def test_an_offer_is_accepted_as_the_kind_that_the_person_says():
    offer = make.a_suggested_derivation()
    client = at_desk(make.a_contributor())
    asked = fields(client.get(step(offer, "accept")))
    assert asked["kind"] == ["REPUBLISHES"]
    assert "source" not in asked
    assert send(client, step(offer, "accept"), kind="QUOTES").status_code == 302
    row = Derivation.objects.get()
    assert (row.article, row.origin, row.kind) == (
        *(offer.article, offer.origin, "QUOTES"),
    )
    assert step(offer, "accept") not in page_of(offer.article)


def test_an_offer_is_dismissed_and_not_shown_again():
    offer = make.a_suggested_derivation()
    client = at_desk(make.a_contributor())
    assert send(client, step(offer, "dismiss")).status_code == 302
    offer.refresh_from_db()
    assert offer.status == Decision.DISMISSED
    assert "Nothing is suggested." in page_of(offer.article)
    answer = client.get(step(offer, "accept"), follow=True)
    assert "This step cannot be taken now" in answer.content.decode()


def test_a_credit_needs_the_source_that_it_names():
    offer = make.a_suggested_credit()
    agency = make.a_source(name_en="Thomson Reuters")
    client = at_desk(make.a_contributor())
    page = send(client, step(offer, "accept"))
    assert "Choose the source that “Reuters” stands for." in complaints(page)
    answer = send(client, step(offer, "accept"), source=agency.pk)
    assert answer.status_code == 302
    row = Derivation.objects.get()
    assert (row.origin_source, row.origin) == (agency, None)
    assert row.anchor.words == offer.words


def test_the_list_shows_what_waits():
    offer, done = make.a_suggested_derivation(), make.a_suggested_derivation()
    client = at_desk(make.an_editor())
    send(client, step(done, "dismiss"))
    page = client.get(address(type(offer), "changelist", status__exact="OPEN"))
    assert [row.pk for row in page.context["cl"].result_list] == [offer.pk]
