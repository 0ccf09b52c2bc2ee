"""What the public sees: what something published or withdrawn reaches, no more."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

import sources.policy
from claims.models import Assessment, Event, Measure, Translation
from sources import curation
from sources.models import Article, Source, Speaker
from sources.policy import visible_to
from tests import factories as make

pytestmark = pytest.mark.django_db

#: A claim reaches its article, source, speaker, measure and event.
REACHED_BY_A_CLAIM = (Article, Source, Speaker, Measure, Event)


def seen_by(user, model) -> int:
    return visible_to(user, model.objects.all()).count()


def a_claim_in(state: str) -> Any:
    """A claim with a verdict; all it reaches is reached by nothing else."""
    columns = {"speaker": make.a_speaker()}
    maker = {
        "recorded": make.a_recorded_claim,
        "published": make.a_published_claim,
        "withdrawn": make.a_withdrawn_claim,
        "discarded": lambda **c: make.discarded(make.a_recorded_claim(**c)),
    }[state]
    return maker(**columns)


@pytest.mark.parametrize("state", ["recorded", "published", "withdrawn", "discarded"])
def test_the_public_sees_what_a_public_claim_reaches(state):
    claim = a_claim_in(state)
    expected = int(state in {"published", "withdrawn"})
    for reader in (AnonymousUser(), make.a_user(), make.an_admin()):
        for model in (type(claim), *REACHED_BY_A_CLAIM):
            assert seen_by(reader, model) == expected, model
    for member in map(make.a_user, sorted(sources.policy.DESK)):
        for model in (type(claim), *REACHED_BY_A_CLAIM):
            assert seen_by(member, model) == 1, model


@pytest.mark.parametrize(
    ("maker", "expected"),
    [
        pytest.param(make.a_recorded_quote, 0, id="recorded"),
        pytest.param(make.a_published_quote, 1, id="published"),
        pytest.param(make.a_withdrawn_quote, 1, id="withdrawn"),
        pytest.param(
            lambda **c: make.discarded(make.a_recorded_quote(**c)), 0, id="set aside"
        ),
    ],
)
def test_the_public_sees_what_a_public_quote_reaches(maker, expected):
    quote = maker(speaker=make.a_speaker())
    for model in (type(quote), Article, Source, Speaker):
        assert seen_by(AnonymousUser(), model) == expected, model


def test_the_public_sees_a_verdict_once_it_is_published():
    verdict = make.a_recorded_assessment()
    assert seen_by(AnonymousUser(), Assessment) == 0
    verdict = make.published(verdict, at=make.WITHDRAWN_AT)
    assert seen_by(AnonymousUser(), Assessment) == 1
    make.withdrawn(verdict)
    assert seen_by(AnonymousUser(), Assessment) == 1


def test_what_nothing_public_reaches_is_not_seen():
    make.an_article()
    make.a_speaker()
    make.a_measure()
    make.a_role(organisation=make.an_organisation(), speaks_for=True)
    for model in REACHED_BY_A_CLAIM:
        assert seen_by(AnonymousUser(), model) == 0


def names_seen(model) -> set[str]:
    seen = visible_to(AnonymousUser(), model.objects.all())
    return set(seen.values_list("name_en", flat=True))


def test_a_public_speaker_reaches_their_organisation_and_whom_they_turned_out_to_be():
    speaker = make.a_speaker(name_en="M. Haddad")
    make.a_role(speaker=speaker, organisation=make.an_organisation(name_en="Office"))
    middle = make.a_speaker(name_en="Mina Haddad")
    make.a_merge(speaker=speaker, into=middle)
    make.a_published_claim(speaker=speaker)
    make.a_speaker(name_en="Nobody")
    assert names_seen(Speaker) == {"M. Haddad", "Office", "Mina Haddad"}


def test_a_public_article_reaches_the_source_and_speaker_it_takes_from():
    claim = make.a_published_claim(speaker=make.a_speaker())
    make.a_derivation(
        article=claim.article_version.article,
        origin_source=make.a_source(name_en="North Press"),
        origin_speaker=make.a_speaker(name_en="The clerk"),
    )
    assert names_seen(Source) == {"Harbour News", "North Press"}
    assert names_seen(Speaker) == {"Mina Haddad", "The clerk"}


def test_a_derivation_that_ended_reaches_nothing():
    claim = make.a_published_claim()
    row = make.a_derivation(
        article=claim.article_version.article,
        origin_source=make.a_source(name_en="North Press"),
    )
    curation.end_derivation(
        row, at=make.WITHDRAWN_AT, reason="No", actor=make.an_editor()
    )
    assert names_seen(Source) == {"Harbour News"}


def test_an_unnamed_speaker_reaches_their_source():
    make.a_published_claim(
        speaker=make.an_unnamed_speaker(source=make.a_source(name_en="The Gazette"))
    )
    assert names_seen(Source) == {"Harbour News", "The Gazette"}


def test_a_measure_reaches_what_it_is_part_of():
    whole = make.a_measure(name_en="All who crossed")
    part = make.a_measure(name_en="Children who crossed", part_of=whole)
    make.a_published_claim(measure=part)
    make.a_measure(name_en="Boats")
    assert names_seen(Measure) == {"All who crossed", "Children who crossed"}


def test_a_list_of_what_no_table_declares_is_a_mistake():
    with pytest.raises(KeyError):
        visible_to(AnonymousUser(), Translation.objects.all())
