"""Who speaks and what is counted: told by name on a card, or added there."""

import pytest

from claims.models import Claim, Event, Measure, Quote
from sources.models import Speaker
from tests import factories as make
from tests.admin.benching import (
    TEXT,
    a_number,
    a_quotation,
    bench,
    decide,
    opened,
    send,
    text_of,
)
from tests.admin.browsing import at_desk, fields

pytestmark = pytest.mark.django_db


# --- names ---


@pytest.mark.parametrize(
    "typed",
    ["مينا حدّاد", "mina haddad", "  MINA  Haddad ", "harbour-master", "مـينا حداد"],
)
def test_a_speaker_is_told_by_any_name_in_any_spelling(typed: str):
    version = make.a_version(text=TEXT)
    speaker = make.a_speaker(slug="harbour-master")
    make.a_speaker_alias("مينا حداد", speaker=speaker)
    make.a_speaker(name_en="Mina")
    row = a_quotation(version)
    client = at_desk(make.a_contributor())
    answer = decide(client, version, row, "accept", speaker_name=typed)
    assert answer.status_code == 302
    assert Quote.objects.get().speaker == speaker


def test_a_name_that_two_speakers_have_is_asked_about():
    version = make.a_version(text=TEXT)
    make.a_speaker(slug="one")
    chosen = make.a_speaker(slug="other")
    row = a_quotation(version)
    client = at_desk(make.a_contributor())
    page = decide(client, version, row, "accept", speaker_name="Mina Haddad")
    assert "Several are called so; write one of: one, other" in text_of(page)
    values = {"speaker_name": "Mina Haddad", "speaker_key": str(chosen.pk)}
    assert decide(client, version, row, "accept", **values).status_code == 302
    assert Quote.objects.get().speaker == chosen


def test_a_name_typed_over_a_choice_is_what_counts():
    version = make.a_version(text=TEXT)
    old, new = make.a_speaker(), make.a_speaker(name_en="Nour Saleh")
    row = a_quotation(version)
    values = {"speaker_key": str(old.pk), "speaker_name": "nour saleh"}
    decide(at_desk(make.a_contributor()), version, row, "accept", **values)
    assert Quote.objects.get().speaker == new


def test_a_speaker_whom_the_base_lacks_is_added_on_the_card_and_chosen():
    version = make.a_version(text=TEXT)
    row = a_quotation(version, named_words="Mina Haddad")
    client = at_desk(make.a_contributor())
    page = opened(client, version, row)
    assert fields(page)["speaker_name"] == ["Mina Haddad"]
    assert fields(page)["new-speaker-name_en"] == ["Mina Haddad"]
    at = bench(version, f"card=s-{row.pk}")
    refused = send(client, page, at)
    assert "Nothing in the base is called so." in text_of(refused)
    values = {"new-speaker-kind": "PERSON", "role_words": "master"}
    page = send(client, page, at, "create-speaker", **values)
    speaker = Speaker.objects.get(slug="mina-haddad")
    assert fields(page)["speaker_key"] == [str(speaker.pk)]
    assert fields(page)["role_words"] == ["master"]
    assert send(client, page, at).status_code == 302
    assert Quote.objects.get().speaker == speaker


def test_a_name_that_is_known_is_not_added_again():
    version = make.a_version(text=TEXT)
    make.a_speaker()
    row = a_quotation(version)
    values = {"new-speaker-kind": "PERSON", "new-speaker-name_en": "mina  haddad"}
    client = at_desk(make.a_contributor())
    page = decide(client, version, row, "create-speaker", **values)
    assert "This name is in the base already: choose it." in text_of(page)
    assert Speaker.objects.count() == 1


def test_an_unnamed_speaker_belongs_to_the_source_of_the_article():
    version = make.a_version(text=TEXT)
    row = a_quotation(version)
    values = {"new-speaker-kind": "UNNAMED", "new-speaker-name_ar": "مصدر طبي"}
    client = at_desk(make.a_contributor())
    decide(client, version, row, "create-speaker", **values)
    assert Speaker.objects.get().source == version.article.source


def test_an_unnamed_speaker_of_no_source_is_refused_by_the_process():
    version = make.a_version(text=TEXT, source=None)
    row = a_quotation(version)
    values = {"new-speaker-kind": "UNNAMED", "new-speaker-name_en": "A medic"}
    page = decide(
        at_desk(make.an_editor()),
        version,
        row,
        "create-speaker",
        **values,
    )
    assert "An unnamed speaker belongs to a source" in text_of(page)


def test_what_was_described_and_not_added_is_asked_for():
    version = make.a_version(text=TEXT)
    row = a_number(version, counted_words="people")
    client = at_desk(make.a_contributor())
    at = bench(version, f"card=s-{row.pk}")
    typed = {"new-measure-name_en": "Crossed", "new-event-name_en": "Crossing"}
    page = send(client, opened(client, version, row), at, **typed)
    assert text_of(page).count("Described, and not added") == 2
    assert fields(page)["new-measure-name_en"] == ["Crossed"]
    assert not Claim.objects.exists()
    measure = make.a_measure()
    chosen = {"measure_key": str(measure.pk), "measure_name": measure.name_en}
    assert send(client, page, at, **chosen).status_code == 302
    assert Claim.objects.get().measure == measure


def test_an_event_and_a_measure_are_added_on_the_card_of_a_claim():
    version = make.a_version(text=TEXT)
    row = a_number(version, counted_words="people", unit="")
    client = at_desk(make.a_contributor())
    at = bench(version, f"card=s-{row.pk}")
    page = opened(client, version, row)
    assert fields(page)["new-measure-counted"] == ["people"]
    page = send(client, page, at, "create-event", **{"new-event-name_en": "Crossing"})
    event = Event.objects.get()
    assert fields(page)["new-measure-event_name"] == ["Crossing"]
    values = {"name_en": "Crossed", "happened": "crossed", "unit": "persons"}
    values = {f"new-measure-{name}": value for name, value in values.items()}
    values["new-measure-nature"] = "LEVEL"
    page = send(client, page, at, "create-measure", **values)
    measure = Measure.objects.get()
    assert (measure.event, measure.counted) == (event, "people")
    assert send(client, page, at).status_code == 302
    claim = Claim.objects.get()
    assert (claim.measure, claim.unit) == (measure, "persons")
