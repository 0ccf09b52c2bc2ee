"""Two people at one row: the second save is refused, and nothing is lost."""

import pytest
from django.test import Client

from claims.models import Claim
from tests import factories as make
from tests.admin.browsing import address, at_desk, complaints, fields

pytestmark = pytest.mark.django_db


@pytest.fixture
def desks() -> tuple[Client, Client]:
    return at_desk(make.an_editor()), at_desk(make.an_editor())


def test_the_second_save_shows_both_texts(desks: tuple[Client, Client]):
    first, second = desks
    source = make.a_source(name_en="Harbour News", note="Founded in 1990.")
    read = fields(second.get(address(source)))
    first.post(address(source), {**fields(first.get(address(source))), "note": "1991."})
    page = second.post(address(source), {**read, "note": "1992."})
    assert page.status_code == 200
    assert "Somebody else changed this" in complaints(page)
    conflicts = list(page.context["adminform"].form.conflicts())
    assert conflicts == [("Note", "1991.", "1992.")]
    assert "Theirs, stored" in page.content.decode()
    source.refresh_from_db()
    assert source.note == "1991."


def test_whoever_has_seen_both_texts_may_save(desks: tuple[Client, Client]):
    first, second = desks
    source = make.a_source(note="Founded in 1990.")
    read = fields(second.get(address(source)))
    first.post(address(source), {**fields(first.get(address(source))), "note": "1991."})
    page = second.post(address(source), {**read, "note": "1992."})
    assert second.post(address(source), fields(page)).status_code == 302
    source.refresh_from_db()
    assert (source.note, source.version) == ("1992.", 3)


def test_a_third_change_is_refused_again(desks: tuple[Client, Client]):
    first, second = desks
    source = make.a_source(note="Founded in 1990.")
    read = fields(second.get(address(source)))
    for note in ("1991.", "1993."):
        form = fields(first.get(address(source)))
        first.post(address(source), {**form, "note": note})
        page = second.post(address(source), {**read, "note": "1992."})
        read = fields(page)
    assert next(page.context["adminform"].form.conflicts())[1] == "1993."


def test_an_edit_of_what_was_published_meanwhile_keeps_its_text(
    desks: tuple[Client, Client],
):
    _first, second = desks
    claim = make.a_recorded_claim()
    read = fields(second.get(address(claim)))
    make.published(claim)
    page = second.post(address(claim), {**read, "note": "Counted twice."})
    assert page.status_code == 200
    assert "is not edited; it is corrected" in complaints(page)
    assert "Counted twice." in page.content.decode()
    assert Claim.objects.get().note == ""


def test_a_save_without_a_change_writes_nothing(desks: tuple[Client, Client]):
    first, _second = desks
    claim = make.a_recorded_claim(note="One.\nTwo.", low="3.125", high="3.125")
    assert (
        first.post(address(claim), fields(first.get(address(claim)))).status_code == 302
    )
    assert Claim.objects.get().version == 1


def test_a_step_at_a_version_nobody_read_is_refused():
    claim = make.a_recorded_claim()
    reviewer = at_desk(make.a_reviewer())
    url = address(claim).replace("/change/", "/step/approve/")
    read = fields(reviewer.get(url))
    editor = at_desk(make.an_editor())
    editor.post(
        address(claim), {**fields(editor.get(address(claim))), "note": "Later."}
    )
    page = reviewer.post(url, read)
    assert page.status_code == 200
    assert "Somebody else changed this" in complaints(page)
    assert Claim.objects.get().status == "RECORDED"
    assert reviewer.post(url, fields(page)).status_code == 302
    assert Claim.objects.get().status == "PUBLISHED"
