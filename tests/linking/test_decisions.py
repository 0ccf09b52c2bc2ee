"""What a person decides on a suggested link, and what comes of it."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims import linking, linting, matching, recording
from claims.comparison import compare
from claims.models import Claim, SameUtterance, Standing, SuggestedLink
from claims.review import TransitionRefused
from sources.policy import PublicAt
from tests import factories as make
from tests.linking import desks

pytestmark = pytest.mark.django_db

TEXT = "At least 12 civilians were killed when rockets hit the market at noon."
WORDS = "12 civilians were killed"
LATER = desks.DAY + dt.timedelta(days=2)
PARTS = {"counted": "civilians", "happened": "killed"}


def a_claim(**columns) -> Claim:
    return desks.a_claim(TEXT, WORDS, 12, **PARTS, **columns)


def accepted(link: SuggestedLink, **columns) -> None:
    given = {"actor": make.a_reviewer(), "at": make.PUBLISHED_AT, **columns}
    linking.accept(link, **{"read_at": link.read_at, **given})


def two_reports(**columns) -> tuple[Claim, Claim]:
    """Two outlets that publish one sentence in their own voice."""
    measure = desks.a_measure()
    one = make.published(a_claim(measure=measure))
    return one, make.published(a_claim(measure=measure, day=LATER, **columns))


def voices(measure, reader=None) -> list[str]:
    everyone = compare(measure, reader or AnonymousUser()).everyone
    return [f"{voice.row}: {len(voice.current)}" for voice in everyone]


# --- one utterance ---


def test_what_is_one_utterance_counts_once():
    one, other = two_reports()
    assert len(voices(one.measure)) == 2
    [link] = desks.suggested()
    accepted(link)
    [voice] = compare(one.measure, AnonymousUser()).voices
    assert voice.claims == [one, other]
    assert voice.current == [one]
    assert voice.repetitions[other.pk].of == one.pk
    assert desks.suggested() == []


def test_an_earlier_moment_counts_as_it_counted_then():
    one, _other = two_reports()
    [link] = desks.suggested()
    accepted(link, at=make.WITHDRAWN_AT)
    before = PublicAt(make.WITHDRAWN_AT - dt.timedelta(seconds=1))
    assert len(voices(one.measure, before)) == 2
    assert len(voices(one.measure, PublicAt(make.WITHDRAWN_AT))) == 1


def test_what_is_taken_back_counts_apart_again_and_is_not_suggested_again():
    one, _other = two_reports()
    [link] = desks.suggested()
    accepted(link)
    joined = SameUtterance.objects.get()
    linking.end(joined, at=make.WITHDRAWN_AT, reason="No", actor=make.an_editor())
    assert len(voices(one.measure)) == 2
    assert desks.suggested() == []


def test_an_utterance_is_the_voice_of_whoever_is_named_for_it():
    speaker = make.a_speaker(name_en="Mina Haddad")
    one, _other = two_reports(speaker=speaker)
    [link] = desks.suggested()
    accepted(link)
    assert voices(one.measure) == ["Mina Haddad: 1"]


def test_three_reports_of_one_utterance_are_one_voice():
    one, other = two_reports()
    make.published(a_claim(measure=one.measure))
    for link in desks.suggested():
        accepted(link)
    assert len(voices(one.measure)) == 1
    assert SameUtterance.objects.count() == 3
    assert other.same_utterances.count() == 1


def test_claims_in_quotes_of_one_utterance_count_once():
    measure, claims = desks.a_measure(), []
    for _ in range(2):
        quote = desks.a_quote(f"“{TEXT}” it said.", TEXT)
        row = make.a_claim(
            version=quote.article_version, words=WORDS, low=12, measure=measure
        )
        row.quote = quote
        recorder = make.a_contributor()
        row = recording.record(row, actor=recorder, at=make.RECORDED_AT)
        make.published(quote)
        claims.append(make.published(row))
    assert len(voices(measure)) == 2
    [link] = desks.suggested()
    assert (link.quote, link.to_quote) == (claims[0].quote, claims[1].quote)
    accepted(link)
    assert len(voices(measure)) == 1


def test_the_standing_of_the_measure_follows():
    one, _other = two_reports()
    linting.refresh()
    [link] = desks.suggested()
    accepted(link)
    linting.refresh()
    standing = Standing.objects.get(measure=one.measure)
    assert (standing.agreement, standing.n_voices) == ("SINGLE_VOICE", 1)


def test_whoever_recorded_one_of_two_cannot_count_them_as_one():
    one, _other = two_reports()
    [link] = desks.suggested()
    with pytest.raises(TransitionRefused, match="recorded or edited"):
        accepted(link, actor=one.recorded_by)
    assert len(voices(one.measure)) == 2
    assert desks.suggested() == [link]


def test_what_derives_is_one_voice_already_and_is_not_suggested():
    one, other = two_reports()
    assert len(desks.suggested()) == 1
    make.a_derivation(
        article=other.article_version.article, origin=one.article_version.article
    )
    assert desks.suggested() == []


# --- one measure ---


def test_an_accepted_measure_is_that_of_the_claim_and_voids_its_approvals(settings):
    settings.REVIEW_APPROVALS = 2
    measure = desks.a_measure()
    text = f"{TEXT[:-1]} in Dana."
    claim = desks.a_claim(text, WORDS, 12, **PARTS, unit="civilians")
    [link] = desks.suggested()
    accepted(link, actor=make.an_editor())
    claim.refresh_from_db()
    assert (claim.measure, claim.unit, claim.version) == (measure, "persons", 2)
    assert desks.suggested() == []
    assert claim.is_open


def test_a_published_claim_keeps_its_measure():
    claim = make.published(a_claim(measure=make.a_measure()))
    desks.a_measure()
    assert desks.suggested() == []
    assert claim.is_public


def test_a_claim_of_a_measure_is_suggested_for_one_that_fits_better():
    other = make.a_measure(counted="boats", happened="launched")
    text = f"{TEXT[:-1]} in Dana."
    desks.a_claim(text, WORDS, 12, **PARTS, measure=other)
    right = desks.a_measure()
    assert [link.measure for link in desks.suggested()] == [right]


# --- decisions ---


def test_what_is_refused_is_never_suggested_again():
    one, _other = two_reports()
    [link] = desks.suggested()
    linking.refuse(link, actor=make.a_contributor(), at=make.PUBLISHED_AT)
    assert desks.suggested() == []
    matching.refresh(whole=True)
    assert desks.suggested() == []
    assert len(voices(one.measure)) == 2
    link.refresh_from_db()
    assert link.verdict == "REFUSED"


def test_a_decision_on_what_changed_meanwhile_is_refused_with_both():
    claim = desks.a_claim(f"{TEXT[:-1]} in Dana.", WORDS, 12, **PARTS)
    desks.a_measure()
    [link] = desks.suggested()
    read_at = link.read_at
    recording.edit(claim, {"low": 15, "high": 15}, actor=make.an_editor())
    with pytest.raises(TransitionRefused) as refused:
        accepted(link, read_at=read_at, actor=make.an_editor())
    assert "Low: “12” when you read it, “15” now." in refused.value.messages


def test_what_is_no_longer_suggested_is_not_decided_on():
    _one, other = two_reports()
    [link] = desks.suggested()
    make.withdrawn(other)
    assert desks.suggested() == []
    with pytest.raises(TransitionRefused, match="not suggested any more"):
        accepted(link)


def test_what_nothing_changed_is_one_or_two_queries():
    two_reports()
    matching.refresh()
    with CaptureQueriesContext(connection) as asked:
        assert matching.refresh() == matching.Counts()
    assert len(asked) == 2  # the head of the log, how far it was read


def test_too_much_for_a_page_waits_for_the_command():
    two_reports()
    assert matching.refresh(most=1) == matching.Counts()
    assert matching.refresh().added == 1
