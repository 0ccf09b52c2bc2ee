"""What is recorded opens as a card: to edit it, or to read it and see who may."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from claims import carrying, recording
from claims.models import Claim, Quote
from sources.models import Change
from tests import factories as make
from tests.admin.benching import TEXT, a_number, bench, send, text_of
from tests.admin.browsing import address, at_desk, fields

pytestmark = pytest.mark.django_db


def card_of(row: Any) -> str:
    return bench(row.article_version, f"card={row.code}")


def edit(client: Client, row: Any, **values: Any) -> HttpResponse:
    return send(client, client.get(card_of(row)), card_of(row), **values)


def test_a_recorded_statement_is_edited_in_place_and_the_next_card_opens():
    version = make.a_version(text=TEXT)
    author = make.a_contributor()
    claim = make.a_recorded_claim(version=version, words="120 people", by=author)
    row = a_number(version, "40 were children")
    answer = edit(at_desk(author), claim, note="Twice.", reason="Heard again")
    assert f"card=s-{row.pk}" in answer["Location"]
    claim.refresh_from_db()
    assert (claim.note, claim.version) == ("Twice.", 2)
    entry = Change.objects.latest("pk")
    assert (entry.action, entry.reason) == ("EDITED", "Heard again")


def test_other_words_and_another_speaker_are_given_to_a_recorded_quote():
    version = make.a_version(text=TEXT)
    quote = make.a_recorded_quote(version=version, words="Nobody")
    speaker = make.a_speaker(name_en="The harbour master")
    edit(
        at_desk(make.an_editor()),
        quote,
        anchor_start="",
        anchor_end="",
        anchor_find="Nobody drowned",
        speaker_name="the harbour master",
    )
    quote = Quote.objects.get()
    assert (quote.words, quote.speaker) == ("Nobody drowned", speaker)


def test_a_plain_claim_that_gets_a_number_gets_the_unit_of_its_measure():
    author, version = make.a_contributor(), make.a_version()
    plain = make.a_plain_claim(version=version)
    claim = recording.record(plain, actor=author, at=make.RECORDED_AT)
    measure = make.a_measure(unit="boats")
    values = {"qualifier": "EXACT", "low": "4", "high": "4"}
    edit(at_desk(make.an_editor()), claim, measure_name=measure.name_en, **values)
    assert Claim.objects.get().unit == "boats"


def test_a_card_saved_without_a_change_writes_nothing_and_leads_on():
    claim = make.a_recorded_claim()
    assert edit(at_desk(make.an_editor()), claim).status_code == 302
    assert Claim.objects.get().version == 1


def test_what_is_refused_is_explained_and_nothing_typed_is_lost():
    claim = make.a_recorded_claim()
    page = edit(at_desk(make.an_editor()), claim, note="Twice.", low="3.500")
    assert "may mean two numbers" in text_of(page)
    assert fields(page)["note"] == ["Twice."]
    assert Claim.objects.get().note == ""


def test_a_new_speaker_is_added_on_the_card_of_a_recorded_quote():
    quote = make.a_recorded_quote()
    client = at_desk(make.an_editor())
    new = {"new-speaker-name_en": "Omar Nasser", "new-speaker-kind": "PERSON"}
    page = send(
        client, client.get(card_of(quote)), card_of(quote), "create-speaker", **new
    )
    assert fields(page)["speaker_name"] == ["Omar Nasser"]
    send(client, page, card_of(quote))
    assert Quote.objects.get().speaker.name_en == "Omar Nasser"


# --- too late ---


def test_a_stale_edit_shows_both_texts_and_saves_the_second_time():
    claim = make.a_recorded_claim()
    mine, theirs = at_desk(make.an_editor()), at_desk(make.an_editor())
    page = mine.get(card_of(claim))
    edit(theirs, claim, note="theirs")
    late = send(mine, page, card_of(claim), note="mine")
    assert late.context["card"].conflicts == [("Note", "theirs", "mine")]
    assert "Theirs, stored" in text_of(late)
    assert Claim.objects.get().note == "theirs"
    assert send(mine, late, card_of(claim)).status_code == 302
    assert (Claim.objects.get().note, Claim.objects.get().version) == ("mine", 3)


@pytest.mark.parametrize("close", [make.published, make.discarded])
def test_an_edit_of_what_was_closed_meanwhile_keeps_what_was_typed(close: Any):
    claim = make.a_recorded_claim()
    client = at_desk(make.an_editor())
    page = client.get(card_of(claim))
    close(claim)
    late = send(client, page, card_of(claim), note="mine")
    assert "is not edited; it is corrected" in text_of(late)
    assert fields(late)["note"] == ["mine"]
    assert Claim.objects.get().note == ""


def test_an_edit_that_a_newer_text_overtook_is_saved_where_it_was_read():
    claim = make.a_recorded_claim()
    client = at_desk(make.an_editor())
    page = client.get(card_of(claim))
    version = claim.article_version
    newer = make.a_version(article=version.article, text=f"Update. {version.text}")
    carrying.carry(newer, actor=make.an_editor(), at=make.RECORDED_AT)
    assert send(client, page, card_of(claim), note="mine").status_code == 302
    assert Claim.objects.get().note == "mine"
    assert client.get(card_of(claim))["Location"] == address(claim)


# --- who ---


def test_somebody_elses_statement_is_only_read_by_a_contributor():
    claim = make.a_recorded_claim(note="Counted twice.")
    page = at_desk(make.a_contributor()).get(card_of(claim))
    assert "Only an editor changes what somebody else recorded." in text_of(page)
    assert "Counted twice." in text_of(page)
    assert 'value="accept"' not in page.content.decode()


def test_an_edit_that_the_policy_forbids_is_refused():
    claim = make.a_recorded_claim()
    editors = at_desk(make.an_editor()).get(card_of(claim))
    client = at_desk(make.a_contributor())
    assert send(client, editors, card_of(claim), note="mine").status_code == 403
    assert Claim.objects.get().note == ""


def test_what_is_published_is_read_and_the_chief_is_led_to_its_correction():
    claim = make.published(make.a_recorded_claim())
    correction = f"{address(Claim, 'add')}?replaces={claim.code}"
    for person, leads in ((make.an_editor(), False), (make.a_chief(), True)):
        page = at_desk(person).get(card_of(claim))
        assert "What is published is not edited" in text_of(page)
        assert (correction in page.content.decode()) == leads


def test_what_was_withdrawn_is_only_read():
    claim = make.a_withdrawn_claim()
    page = at_desk(make.a_chief()).get(card_of(claim))
    assert "What was withdrawn stays as it is." in text_of(page)
    assert "replaces=" not in page.content.decode()


def test_the_card_of_a_discarded_statement_does_not_open():
    claim = make.discarded(make.a_recorded_claim())
    page = at_desk(make.an_editor()).get(card_of(claim))
    assert page.context["card"] is None
    assert "Somebody has decided on this already." in text_of(page)
