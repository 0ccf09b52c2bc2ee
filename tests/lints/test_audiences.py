"""What is told of findings and standings rests on what its reader may know."""

import pytest
from django.contrib.auth.models import AnonymousUser

from claims import linting
from claims.comparison import Agreement, compare
from claims.models import Finding, Measure, Standing
from sources import curation, masking
from tests import factories as make
from tests.lints.test_lints import TEXT, a_figure, on

pytestmark = pytest.mark.django_db


def as_a_reader() -> masking.Reading:
    return masking.Reading(knows=lambda: False, records=lambda: False)


@pytest.fixture
def of_an_office() -> Measure:
    """An office and one who speaks for it, each with a figure: one voice."""
    speaker, office = make.a_speaker(), make.an_organisation()
    make.a_role(speaker=speaker, organisation=office, speaks_for=True)
    measure = make.a_measure()
    for who in (speaker, office):
        a_figure(120, speaker=who, measure=measure)
    return measure


def n_voices(measure: Measure) -> int:
    linting.refresh()
    return Standing.objects.get(measure=measure).n_voices


def test_a_withheld_speaker_is_a_voice_apart_as_on_the_page(of_an_office):
    assert n_voices(of_an_office) == 1
    make.withheld(of_an_office.claims.order_by("pk")[0].speaker)
    assert n_voices(of_an_office) == 2
    with as_a_reader():
        assert len(compare(of_an_office, AnonymousUser()).voices) == 2


def test_a_name_that_is_shown_again_is_looked_at_again(of_an_office):
    speaker = make.withheld(of_an_office.claims.order_by("pk")[0].speaker)
    assert n_voices(of_an_office) == 2
    make.withholding.lift(
        speaker, reason="Agreed", actor=make.a_chief(), at=make.WITHDRAWN_AT
    )
    assert n_voices(of_an_office) == 1


def test_nobody_is_told_when_the_role_of_a_withheld_speaker_ended():
    speaker = make.a_speaker()
    make.a_role(speaker=speaker, **on("held_until", 1))
    quote = make.a_published_quote(
        version=make.a_version(text=TEXT), words="70 came back", cue="said",
        speaker=speaker, role_words="spokesman", **on("said_on", 3),
    )  # fmt: skip
    linting.refresh()
    assert Finding.objects.filter(quote=quote).count() == len(["public", "desk"])
    make.withheld(speaker)
    linting.refresh()
    assert not Finding.objects.filter(quote=quote).exists()


def test_the_public_is_not_told_what_was_retracted_of_what_it_cannot_see():
    origin = make.an_article()
    version = make.a_version(text=TEXT)
    make.a_derivation(article=version.article, origin=origin)
    a_figure(120, version=version)
    curation.retract(
        origin, on=make.WITHDRAWN_AT.date(), notice="No", actor=make.an_editor()
    )
    linting.refresh()
    found = Finding.objects.filter(lint="rests-on-retracted")
    assert [finding.is_public for finding in found] == [False]


def test_how_voices_stand_is_of_what_is_published_to_the_desk_too():
    measure = make.a_measure()
    a_figure(120, measure=measure)
    make.a_recorded_claim(
        version=make.a_version(text=TEXT), words="120 people", low=90, measure=measure
    )
    linting.refresh()
    assert Standing.objects.get(measure=measure).agreement == Agreement.SINGLE_VOICE
