"""Whoever writes at the same moment, one wins, and the log stays one chain."""

from functools import partial

import pytest
from django.core.exceptions import ImproperlyConfigured

from claims import recording, review
from claims.models import Claim, Review, Status, Translation
from sources import curation, history, ingest
from sources.models import Change, Derivation, Merge
from tests import factories as make
from tests.history.races import kinds, race

pytestmark = pytest.mark.usefixtures("stage")

ROUNDS = [
    pytest.param(20, id="20 rounds"),
    pytest.param(200, id="200 rounds", marks=pytest.mark.drill),
]
FEW_ROUNDS = [
    pytest.param(5, id="5 rounds"),
    pytest.param(50, id="50 rounds", marks=pytest.mark.drill),
]


@pytest.fixture(autouse=True)
def _the_chain_is_whole_afterwards(committed_db):  # noqa: ARG001  # whose log it is
    yield
    previous = history.GENESIS
    for seq, entry in enumerate(Change.objects.order_by("seq"), start=1):
        assert (entry.seq, entry.previous) == (seq, previous)
        assert entry.digest == history.digest_of(entry)
        previous = entry.digest


def test_a_write_outside_a_transaction_is_refused():
    source = make.a_source()
    with pytest.raises(ImproperlyConfigured):
        history.record(source, actor=None, action=history.Action.CHANGED)


@pytest.mark.parametrize("rounds", ROUNDS)
def test_of_16_editors_of_one_version_one_wins_and_15_read_both_texts(rounds):
    editors = [make.an_editor() for _ in range(16)]
    claim = make.a_recorded_claim()
    for _ in range(rounds):
        notes = [f"{editor} at {claim.version}" for editor in editors]
        outcomes = race(
            *(
                partial(recording.edit, claim, {"note": note}, actor=editor)
                for note, editor in zip(notes, editors, strict=True)
            )
        )
        assert kinds(outcomes) == {"StaleVersion": 15, "done": 1}
        won = next(row for row in outcomes if isinstance(row, Claim))
        for note, refused in zip(notes, outcomes, strict=True):
            if refused is not won:
                assert refused.current.note == won.note
                assert refused.attempted == {"note": note}
        claim = Claim.objects.get(pk=claim.pk)
        assert (claim.note, claim.version) == (won.note, won.version)


@pytest.mark.parametrize("rounds", FEW_ROUNDS)
def test_of_editors_of_a_translation_one_wins_and_the_others_read_both_texts(rounds):
    editors = [make.an_editor() for _ in range(6)]
    translation = make.a_translation(quote=make.a_recorded_quote())
    for _ in range(rounds):
        outcomes = race(
            *(
                partial(
                    recording.retranslate,
                    translation,
                    {"words": f"{editor} at {translation.version}"},
                    actor=editor,
                )
                for editor in editors
            )
        )
        assert kinds(outcomes) == {"StaleVersion": 5, "done": 1}
        translation = next(row for row in outcomes if isinstance(row, Translation))
        lost = [refused for refused in outcomes if refused is not translation]
        assert {refused.current.words for refused in lost} == {translation.words}
    assert translation.statement.version == 2 + rounds


@pytest.mark.parametrize("rounds", FEW_ROUNDS)
def test_no_edit_of_a_translation_slips_in_beside_an_approval(rounds):
    reviewer, editor = make.a_reviewer(), make.an_editor()
    for _ in range(rounds):
        translation = make.a_translation(quote=make.a_recorded_quote())
        outcomes = race(
            partial(
                review.approve,
                translation.statement,
                actor=reviewer,
                at=make.PUBLISHED_AT,
            ),
            partial(
                recording.retranslate, translation, {"words": "Late"}, actor=editor
            ),
        )
        assert list(kinds(outcomes)) in (
            ["StaleVersion", "done"],
            ["ValidationError", "done"],
        )
        was_approved = isinstance(outcomes[1], Exception)
        translation.refresh_from_db()
        assert (translation.words != "Late") == was_approved
        assert translation.statement.is_open != was_approved


@pytest.mark.parametrize("rounds", ROUNDS)
def test_racing_approvals_publish_once(rounds):
    reviewers = [make.a_reviewer() for _ in range(4)]
    version, measure = make.a_version(), make.a_measure()
    recorder = make.a_contributor()
    for _ in range(rounds):
        claim = make.a_recorded_claim(version=version, measure=measure, by=recorder)
        outcomes = race(
            *(
                partial(review.approve, claim, actor=reviewer, at=make.PUBLISHED_AT)
                for reviewer in reviewers
            )
        )
        assert kinds(outcomes) == {"StaleVersion": 3, "done": 1}
        assert Review.objects.filter(claim=claim).count() == 1
        actions = [entry.action for entry in history.timeline(claim)]
        assert actions == ["PUBLISHED", "RECORDED"]


@pytest.mark.parametrize("rounds", FEW_ROUNDS)
def test_racing_approvals_of_which_two_are_needed_publish_once(rounds, settings):
    settings.REVIEW_APPROVALS = 2
    reviewers = [make.a_reviewer() for _ in range(4)]
    for _ in range(rounds):
        claim = make.a_recorded_claim()
        outcomes = race(
            *(
                partial(review.approve, claim, actor=reviewer, at=make.PUBLISHED_AT)
                for reviewer in reviewers
            )
        )
        assert kinds(outcomes) == {"StaleVersion": 2, "done": 2}
        assert Review.objects.filter(claim=claim).count() == 2
        assert Claim.objects.get(pk=claim.pk).status == Status.PUBLISHED


@pytest.mark.parametrize("rounds", ROUNDS)
def test_a_form_sent_twice_records_once(rounds):
    contributor = make.a_contributor()
    version, measure = make.a_version(), make.a_measure()
    for number in range(rounds):
        forms = [
            make.a_claim(version=version, measure=measure, code=f"c-form{number}")
            for _ in range(3)
        ]
        outcomes = race(
            *(
                partial(recording.record, form, actor=contributor, at=make.RECORDED_AT)
                for form in forms
            )
        )
        assert kinds(outcomes) == {"ValidationError": 2, "done": 1}
        assert Claim.objects.filter(code=f"c-form{number}").count() == 1


@pytest.mark.parametrize("rounds", FEW_ROUNDS)
def test_versions_that_come_together_are_numbered_one_after_the_other(rounds):
    contributor = make.a_contributor()
    for _ in range(rounds):
        article = make.an_article()
        outcomes = race(
            *(
                partial(
                    ingest.add_version,
                    article,
                    text=f"Text {number}",
                    fetched_at=make.FETCHED_AT,
                    actor=contributor,
                )
                for number in range(4)
            )
        )
        assert kinds(outcomes) == {"done": 4}
        numbers = article.versions.order_by("number").values_list("number", flat=True)
        assert list(numbers) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("rounds", FEW_ROUNDS)
def test_two_writers_close_no_circle_together(rounds):
    editor = make.an_editor()
    for _ in range(rounds):
        one, other = make.an_article(), make.an_article()
        him, her = make.a_speaker(), make.a_speaker()

        def derive(article, origin):
            row = Derivation(
                article=article,
                origin=origin,
                kind="CITES",
                recorded_at=make.RECORDED_AT,
            )
            return curation.record_derivation(row, actor=editor)

        def merge(speaker, into):
            return curation.merge(
                speaker, into=into, at=make.RECORDED_AT, reason="Same", actor=editor
            )

        outcomes = race(partial(derive, one, other), partial(derive, other, one))
        assert kinds(outcomes) == {"ValidationError": 1, "done": 1}
        outcomes = race(partial(merge, him, her), partial(merge, her, him))
        assert kinds(outcomes) == {"ValidationError": 1, "done": 1}
    assert Derivation.objects.count() == Merge.objects.count() == rounds


@pytest.mark.parametrize("rounds", FEW_ROUNDS)
def test_many_kinds_of_writers_wait_for_each_other_and_none_is_lost(rounds):
    for _ in range(rounds):
        old = make.a_published_claim()
        new = make.a_recorded_replacement(old)
        waiting, disputed = make.a_recorded_claim(), make.a_published_claim()
        source = old.article_version.article.source
        speaker = make.a_speaker()
        outcomes = race(
            partial(make.published, new, by=make.a_reviewer()),
            partial(make.withdrawn, disputed),
            partial(make.discarded, waiting),
            partial(make.an_article, source=source),
            partial(make.a_role, speaker=speaker),
            partial(make.a_recorded_quote, version=old.article_version),
            partial(make.a_recorded_assessment, claim=old),
            partial(curation.change, source, {"note": "x"}, actor=make.an_editor()),
        )
        assert kinds(outcomes) == {"done": 8}


@pytest.mark.parametrize("rounds", FEW_ROUNDS)
def test_a_measure_changes_its_meaning_or_its_claim_is_published_never_both(rounds):
    reviewer, editor = make.a_reviewer(), make.an_editor()
    for _ in range(rounds):
        claim = make.a_recorded_claim()
        race(
            partial(review.approve, claim, actor=reviewer, at=make.PUBLISHED_AT),
            partial(recording.change, claim.measure, {"unit": "boats"}, actor=editor),
        )
        claim = Claim.objects.select_related("measure").get(pk=claim.pk)
        published = claim.status == Status.PUBLISHED
        assert published == (claim.measure.unit == "persons")
