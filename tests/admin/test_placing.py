"""A person places what a new text lost, with the old text beside the new one."""

import pytest

from claims import suggestions
from claims.models import Claim, Placement
from sources.models import Article, ArticleVersion
from tests import factories as make
from tests.admin.browsing import address, at_desk, complaints, fields, send, step

pytestmark = pytest.mark.django_db

CHANGED = make.ENGLISH.replace("120 people", "200 people")


@pytest.fixture
def lost() -> Placement:
    """The placement of a claim whose number the next text has otherwise."""
    claim = make.a_recorded_claim()
    article = claim.article_version.article
    add = address(ArticleVersion, "add", article=article.pk)
    answer = send(at_desk(make.a_contributor()), add, text=CHANGED)
    assert answer.status_code == 302
    return claim.placements.get()


def test_a_text_that_is_pasted_carries_statements_over_and_is_read(lost: Placement):
    assert (lost.how, lost.article_version.number) == ("LOST", 2)
    assert lost.article_version.suggestions.open().exists()


def test_an_article_that_is_pasted_is_read():
    values = {"title": "Boats", "language": "en", "text": make.ENGLISH}
    client = at_desk(make.a_contributor())
    send(client, address(Article, "add"), source=make.a_source().pk, **values)
    [version] = ArticleVersion.objects.all()
    assert suggestions.waiting(version)


def test_both_texts_stand_side_by_side(lost: Placement):
    html = at_desk(make.an_editor()).get(address(lost)).content.decode()
    assert "<mark>120 people crossed the river</mark>" in html
    assert "<mark>200 people crossed the river</mark>" in html


def test_what_looks_right_is_filled_in_and_accepted_as_it_is(lost: Placement):
    answer = send(at_desk(make.a_contributor()), step(lost, "place"))
    assert answer.status_code == 302
    lost.refresh_from_db()
    assert (lost.how, lost.words) == ("BY_HAND", "200 people crossed the river")


def test_another_place_is_named_by_its_words(lost: Placement):
    client, place = at_desk(make.a_contributor()), step(lost, "place")
    values = {"anchor_start": "", "anchor_end": "", "anchor_find": "not 60 to 90"}
    assert send(client, place, **values).status_code == 302
    lost.refresh_from_db()
    assert lost.words == "not 60 to 90"


def test_words_that_are_not_there_are_refused(lost: Placement):
    client, place = at_desk(make.a_contributor()), step(lost, "place")
    values = {"anchor_start": "", "anchor_end": "", "anchor_find": "500 people"}
    assert "do not stand in the text" in complaints(send(client, place, **values))


def test_what_the_text_no_longer_says_is_set_aside(lost: Placement):
    client = at_desk(make.a_contributor())
    assert send(client, step(lost, "gone")).status_code == 302
    lost.refresh_from_db()
    assert (lost.how, lost.anchor) == ("GONE", None)
    assert step(lost, "gone").rpartition("/step/")[2] not in (
        client.get(address(lost)).content.decode()
    )


def test_what_another_placed_meanwhile_is_not_overwritten(lost: Placement):
    client, place = at_desk(make.a_contributor()), step(lost, "place")
    read = fields(client.get(place))
    send(at_desk(make.an_editor()), step(lost, "gone"))
    assert "meantime" in complaints(client.post(place, read))
    lost.refresh_from_db()
    assert lost.how == "GONE"


def test_a_reviewer_reads_and_places_nothing(lost: Placement):
    client = at_desk(make.a_reviewer())
    assert client.get(address(lost)).status_code == 200
    assert client.get(step(lost, "place")).status_code == 403


def test_a_statement_that_is_placed_keeps_its_own_text(lost: Placement):
    send(at_desk(make.a_contributor()), step(lost, "place"))
    assert Claim.objects.get().article_version.number == 1
