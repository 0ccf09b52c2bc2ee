"""Roles, merges and derivations are recorded and taken back, never edited."""

import pytest

from sources.models import Change, Derivation, Merge, Role
from tests import factories as make
from tests.admin.browsing import address, at_desk, complaints, send, step

pytestmark = pytest.mark.django_db


def test_a_role_is_recorded_with_its_years_and_taken_back_with_a_reason():
    speaker, office = make.a_speaker(), make.an_organisation()
    client = at_desk(make.an_editor())
    answer = send(
        client,
        address(Role, "add"),
        speaker=speaker.pk,
        organisation=office.pk,
        name_en="Spokeswoman",
        speaks_for="on",
        held_until_earliest="2020-01-01",
        held_until_precision="YEAR",
    )
    assert answer.status_code == 302, complaints(answer)
    role = Role.objects.get()
    assert str(role.held_until_latest) == "2020-12-31"
    assert send(client, step(role, "end"), reason="Another person.").status_code == 302
    role.refresh_from_db()
    assert role.ended_at is not None
    assert Change.objects.latest("seq").reason == "Another person."
    assert client.get(step(role, "end")).status_code == 302


def test_speakers_are_merged_for_a_reason_and_parted_again():
    speaker, into = make.a_speaker(), make.a_speaker()
    client = at_desk(make.an_editor())
    values = {"speaker": speaker.pk, "into": into.pk, "grounds": "One person."}
    assert send(client, address(Merge, "add"), **values).status_code == 302
    merged = Merge.objects.get()
    assert Change.objects.latest("seq").reason == "One person."
    assert send(client, step(merged, "end"), reason="Two after all.").status_code == 302
    merged.refresh_from_db()
    assert merged.ended_at is not None


def test_a_merge_in_a_circle_is_explained_in_the_form():
    speaker, into = make.a_speaker(), make.a_speaker()
    make.a_merge(speaker=into, into=speaker)
    page = send(
        at_desk(make.an_editor()),
        address(Merge, "add"),
        speaker=speaker.pk,
        into=into.pk,
        grounds="One person.",
    )
    assert "merged the other way round" in complaints(page)


def test_a_derivation_is_anchored_where_the_text_says_so():
    version = make.a_version(text="المصدر: موقع نورث برس", language="ar")
    origin = make.a_source(name_ar="نورث برس")
    answer = send(
        at_desk(make.a_contributor()),
        address(Derivation, "add"),
        article=version.article.pk,
        kind="REPUBLISHES",
        origin_source=origin.pk,
        article_version=version.pk,
        anchor_find="المصدر: موقع نورث برس",
    )
    assert answer.status_code == 302, complaints(answer)
    derivation = Derivation.objects.get()
    assert (derivation.start, derivation.end) == (0, len(version.text))


def test_a_derivation_needs_the_version_of_its_words_and_an_origin():
    article = make.an_article()
    client = at_desk(make.a_contributor())
    values = {"article": article.pk, "kind": "CITES"}
    page = send(client, address(Derivation, "add"), **values)
    assert "Name the article, the source or the speaker" in complaints(page)
    page = send(client, address(Derivation, "add"), **values, anchor_find="Boats")
    assert "A span needs the version" in complaints(page)
