"""Approvals count for the version they were given to, by people with no hand in it."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from claims import recording, review
from claims.models import Claim, Review, Status
from claims.review import TransitionRefused
from sources import history
from sources.models import Change
from tests import factories as make
from tests.models.rows import copy_of, write_past_the_forms

pytestmark = pytest.mark.django_db


def approve(row, actor=None):
    return review.approve(row, actor=actor or make.a_reviewer(), at=make.PUBLISHED_AT)


def send_back(row, note="Which day?"):
    return review.send_back(
        row, note=note, actor=make.a_reviewer(), at=make.PUBLISHED_AT
    )


def edit(row, by=None, **values):
    return recording.edit(row, values or {"note": "x"}, actor=by or make.an_editor())


@pytest.fixture
def _two_approvals(settings):
    settings.REVIEW_APPROVALS = 2


@pytest.mark.usefixtures("_two_approvals")
def test_the_first_of_two_approvals_leaves_it_waiting():
    claim = approve(make.a_recorded_claim())
    assert (claim.status, claim.version) == (Status.RECORDED, 1)
    assert approve(claim).status == Status.PUBLISHED


@pytest.mark.usefixtures("_two_approvals")
def test_two_approvals_are_two_people():
    reviewer = make.a_reviewer()
    claim = approve(make.a_recorded_claim(), reviewer)
    with pytest.raises(ValidationError, match="You have reviewed this version"):
        approve(claim, reviewer)
    assert Claim.objects.get(pk=claim.pk).status == Status.RECORDED


@pytest.mark.usefixtures("_two_approvals")
@pytest.mark.parametrize(
    "alter", [edit, lambda row: make.a_translation(claim=row).claim]
)
def test_an_edit_voids_earlier_approvals(alter):
    first, second = make.a_reviewer(), make.a_reviewer()
    claim = alter(approve(make.a_recorded_claim(), first))
    claim = approve(claim, second)
    assert claim.status == Status.RECORDED
    assert approve(claim, first).status == Status.PUBLISHED


@pytest.mark.usefixtures("_two_approvals")
def test_one_return_outweighs_an_approval():
    claim = approve(make.a_recorded_claim())
    send_back(claim)
    with pytest.raises(TransitionRefused, match="sent back"):
        approve(claim)


def test_a_returned_version_is_answered_with_an_edit():
    claim = make.a_recorded_claim()
    send_back(claim)
    with pytest.raises(TransitionRefused, match="sent back"):
        approve(claim)
    assert approve(edit(claim)).status == Status.PUBLISHED


@pytest.mark.parametrize("note", ["", "   "])
def test_a_return_says_why(note):
    with pytest.raises(ValidationError):
        send_back(make.a_recorded_claim(), note)


@pytest.mark.parametrize("reason", ["", "   ", "\n"])
def test_a_withdrawal_and_a_discard_say_why(reason):
    with pytest.raises(TransitionRefused):
        make.withdrawn(make.a_published_claim(), reason=reason)
    with pytest.raises(TransitionRefused):
        make.discarded(make.a_recorded_claim(), reason=reason)


def test_an_approval_of_what_was_edited_since_is_stale():
    claim = make.a_recorded_claim()
    edit(claim, note="Later")
    with pytest.raises(history.StaleVersion) as refused:
        approve(claim)
    assert refused.value.current.note == "Later"
    assert not Review.objects.exists()


def test_a_translator_does_not_approve_what_they_translated():
    translator = make.a_user("contributor", "reviewer")
    claim = make.a_translation(claim=make.a_recorded_claim(), by=translator).claim
    with pytest.raises(TransitionRefused, match="recorded or edited"):
        approve(claim, translator)


def test_a_translation_that_comes_after_the_approval_is_refused():
    read_before = make.a_recorded_claim()
    approve(Claim.objects.get(pk=read_before.pk))
    with pytest.raises(history.StaleVersion):
        make.a_translation(claim=read_before)


def test_a_chief_with_every_role_still_needs_another_person():
    chief = make.a_user("contributor", "reviewer", "editor", "chief")
    claim = make.a_recorded_claim(by=chief)
    with pytest.raises(TransitionRefused, match="recorded or edited"):
        approve(claim, chief)


def test_a_withdrawal_is_no_correction():
    with pytest.raises(TransitionRefused, match="replaces"):
        make.withdrawn(make.a_published_claim(), kind="CORRECTED")


def test_a_withdrawal_is_of_a_known_kind():
    with pytest.raises(ValidationError):
        make.withdrawn(make.a_published_claim(), kind="FORGOTTEN")


def test_a_publication_before_the_recording_is_refused_whole():
    claim = make.a_recorded_claim(at=make.WITHDRAWN_AT)
    seq, _ = history.head()
    with pytest.raises(ValidationError, match="follow each other"):
        approve(claim)
    assert not Review.objects.exists()
    assert Change.objects.filter(seq__gt=seq, model__startswith="claims").count() == 0


def test_a_quantity_without_its_measure_waits_for_one():
    claim = make.a_recorded_claim(measure=None, unit="persons")
    with pytest.raises(ValidationError, match="only with the measure"):
        approve(claim)


def test_a_unit_that_the_measure_left_behind_is_not_published():
    claim = make.a_recorded_claim()
    recording.change(claim.measure, {"unit": "boats"}, actor=make.an_editor())
    with pytest.raises(ValidationError, match="boats"):
        approve(Claim.objects.get(pk=claim.pk))


@pytest.mark.parametrize(
    "column",
    ["status", "published_at", "recorded_by", "recorded_at", "code", "replaces"],
)
def test_an_edit_cannot_alter_what_the_workflow_writes(column):
    claim = make.a_recorded_claim()
    with pytest.raises(ValidationError, match=column):
        edit(claim, **{column: None})


# --- the same at the database ---


def a_review_of(claim: Claim, reviewer, **columns) -> Review:
    return Review(
        claim=claim,
        reviewer=reviewer,
        recorder=claim.recorded_by,
        decision="APPROVED",
        version_reviewed=claim.version,
        at=make.PUBLISHED_AT,
        **columns,
    )


def refused(row, **columns) -> str:
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        write_past_the_forms(row, **columns)
    return str(refusal.value)


PUBLISH = {"status": "PUBLISHED", "published_at": make.PUBLISHED_AT}


def test_the_database_lets_neither_recorder_nor_editor_review():
    editor, claim = make.an_editor(), make.a_recorded_claim()
    claim = edit(claim, by=editor)
    for hand in (claim.recorded_by, editor):
        assert "is_by_another" in refused(a_review_of(claim, hand))


@pytest.mark.usefixtures("_two_approvals")
def test_the_database_publishes_no_version_that_nobody_approved():
    claim = make.a_recorded_claim()
    assert "approved_before" in refused(claim, **PUBLISH)
    claim = edit(approve(claim))
    assert "approved_before" in refused(claim, **PUBLISH)


@pytest.mark.usefixtures("_two_approvals")
def test_the_database_publishes_no_content_that_changes_with_it():
    claim = approve(make.a_recorded_claim())
    assert "approved_before" in refused(claim, **PUBLISH, low=1, high=1)
    assert "approved_before" in refused(claim, **PUBLISH, note="Another note")
    write_past_the_forms(claim, **PUBLISH)


def test_the_database_takes_a_return_for_no_approval():
    claim = make.a_recorded_claim()
    send_back(claim)
    assert "approved_before" in refused(claim, **PUBLISH)


def test_the_approval_of_one_claim_publishes_no_other():
    published = make.a_published_claim()
    other = make.a_recorded_claim(by=published.recorded_by)
    assert "approved_before" in refused(other, **PUBLISH)


def test_a_row_is_not_born_published():
    assert "begins_recorded" in refused(copy_of(make.a_published_claim(), version=1))
