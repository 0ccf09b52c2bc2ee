"""A correction publishes the new and withdraws the old in one transaction."""

import pytest
from django.core.exceptions import ValidationError

from claims import recording, review
from claims.models import Claim, Quote, Status, WithdrawalKind
from claims.review import TransitionRefused
from sources import history
from sources.policy import NotAllowed
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_the_old_one_stands_until_another_person_approves():
    old = make.a_published_claim()
    new = make.a_recorded_replacement(old)
    old.refresh_from_db()
    assert (old.status, new.status) == (Status.PUBLISHED, Status.RECORDED)


def test_the_approval_publishes_the_new_and_withdraws_the_old_at_one_moment():
    old = make.a_published_claim()
    new = make.published(make.a_recorded_replacement(old), at=make.WITHDRAWN_AT)
    old.refresh_from_db()
    assert (old.status, new.status) == (Status.WITHDRAWN, Status.PUBLISHED)
    assert old.withdrawn_at == new.published_at == make.WITHDRAWN_AT
    assert old.withdrawal_kind == WithdrawalKind.CORRECTED
    assert old.withdrawal_reason == new.replacement_reason == "Miscounted"


def test_as_of_any_moment_exactly_one_of_the_two_stood():
    old = make.a_corrected_claim()
    new = old.replacements.get()
    for moment, standing in (
        (make.RECORDED_AT, []),
        (make.PUBLISHED_AT, [old]),
        (make.WITHDRAWN_AT - make.dt.timedelta(microseconds=1), [old]),
        (make.WITHDRAWN_AT, [new]),
    ):
        assert list(Claim.objects.published_on(moment)) == standing


def test_the_chief_who_corrects_does_not_approve_the_correction():
    chief = make.a_chief()
    new = make.a_recorded_replacement(make.a_published_claim(), by=chief)
    with pytest.raises(TransitionRefused, match="recorded or edited"):
        make.published(new, by=chief)


def test_a_quote_is_corrected_like_a_claim():
    old = make.a_published_quote()
    new = make.a_quote(version=old.article_version, words="Nobody drowned,")
    new = recording.replace(
        old, new, reason="A comma", actor=make.a_chief(), at=make.PUBLISHED_AT
    )
    make.published(new)
    assert Quote.objects.get(pk=old.pk).withdrawal_kind == WithdrawalKind.CORRECTED


def test_an_assessment_gives_way_to_a_newer_one():
    old = make.a_published_assessment()
    new = make.a_recorded_assessment(
        claim=old.claim, replaces=old, replacement_reason="The list was found"
    )
    make.published(new, at=make.WITHDRAWN_AT)
    old.refresh_from_db()
    assert old.status == Status.WITHDRAWN


def test_a_second_correction_waits_until_the_first_is_settled():
    old = make.a_published_claim()
    first = make.a_recorded_replacement(old)
    with pytest.raises(ValidationError, match="recorded already"):
        make.a_recorded_replacement(old)
    make.discarded(first)
    assert make.a_recorded_replacement(old).replaces == old


@pytest.mark.parametrize("reason", ["", " "])
def test_a_correction_says_why(reason):
    old = make.a_published_claim()
    new = make.a_claim(version=old.article_version, measure=old.measure)
    with pytest.raises(ValidationError):
        recording.replace(
            old, new, reason=reason, actor=make.a_chief(), at=make.PUBLISHED_AT
        )


def test_nobody_but_the_chief_records_a_replacement_by_another_door():
    old = make.a_published_claim()
    form = make.a_claim(replaces=old, replacement_reason="Miscounted")
    for actor in (make.a_contributor(), make.a_chief()):
        with pytest.raises(ValidationError, match="chief editor"):
            recording.record(form, actor=actor, at=make.RECORDED_AT)
    with pytest.raises(ValidationError, match="replaces"):
        recording.edit(
            make.a_recorded_claim(), {"replaces": old}, actor=make.an_editor()
        )
    with pytest.raises(NotAllowed):
        recording.replace(
            old, make.a_claim(), reason="x", actor=make.an_editor(), at=make.RECORDED_AT
        )


def test_when_the_old_one_was_withdrawn_meanwhile_nothing_of_the_correction_stays():
    old = make.a_published_claim()
    new = make.a_recorded_replacement(old)
    make.withdrawn(old)
    reviewer, before = make.a_reviewer(), history.head()
    with pytest.raises(TransitionRefused):
        review.approve(new, actor=reviewer, at=make.WITHDRAWN_AT)
    assert history.head() == before
    assert Claim.objects.get(pk=new.pk).status == Status.RECORDED
    assert not new.reviews.exists()


def test_a_correction_dated_before_the_publication_rolls_back_whole():
    old = make.a_published_claim()
    new = make.a_recorded_replacement(old)
    Claim.objects.get(pk=new.pk)
    reviewer, before = make.a_reviewer(), history.head()
    with pytest.raises(ValidationError):
        review.approve(new, actor=reviewer, at=make.RECORDED_AT)
    assert history.head() == before
    assert Claim.objects.get(pk=old.pk).status == Status.PUBLISHED
