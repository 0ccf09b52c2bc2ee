"""A translation is edited, reviewed and frozen with its statement."""

import pytest
from django.core.exceptions import ValidationError

from claims import recording, review
from claims.models import Quote, Status, Translation
from claims.review import TransitionRefused
from sources import history
from sources.models import Change
from tests import factories as make

pytestmark = pytest.mark.django_db

MAKERS = {"quote": make.a_recorded_quote, "claim": make.a_recorded_claim}
both = pytest.mark.parametrize("kind", MAKERS)


def translated(kind="quote", **columns) -> Translation:
    return make.a_translation(**{kind: MAKERS[kind]()}, **columns)


def retranslate(translation, by=None, **values):
    return recording.retranslate(
        translation, values or {"words": "x"}, actor=by or make.a_contributor()
    )


def approve(row, actor=None):
    return review.approve(row, actor=actor or make.a_reviewer(), at=make.PUBLISHED_AT)


@both
def test_an_edit_keeps_what_it_does_not_name(kind):
    before = translated(kind, credit="Dalia Karim")
    after = retranslate(before, words="لم يغرق أحد منهم")
    stored = Translation.objects.get()
    assert (stored.words, stored.credit) == ("لم يغرق أحد منهم", "Dalia Karim")
    assert (stored.translated_by, stored.recorded_at) == (
        before.translated_by,
        make.RECORDED_AT,
    )
    assert (after.version, stored.version) == (2, 2)


@both
def test_an_edit_voids_earlier_approvals(kind, settings):
    settings.REVIEW_APPROVALS = 2
    translation, first = translated(kind), make.a_reviewer()
    approve(translation.statement, first)
    row = retranslate(Translation.objects.get()).statement
    assert approve(row).status == Status.RECORDED
    assert approve(row, first).status == Status.PUBLISHED


def test_an_approval_of_what_was_read_before_the_edit_is_stale():
    translation = translated()
    read_before = Quote.objects.get()
    retranslate(translation)
    with pytest.raises(history.StaleVersion):
        approve(read_before)


def test_whoever_edits_a_translation_does_not_approve_it():
    translator = make.a_user("contributor", "reviewer")
    row = retranslate(translated(), by=translator).statement
    with pytest.raises(TransitionRefused, match="recorded or edited"):
        approve(row, translator)


def test_an_edit_answers_a_return():
    row = translated().statement
    review.send_back(row, note="Nobody?", actor=make.a_reviewer(), at=make.PUBLISHED_AT)
    row = retranslate(Translation.objects.get()).statement
    assert approve(row).status == Status.PUBLISHED


@both
@pytest.mark.parametrize(
    "settle",
    [
        make.published,
        make.discarded,
        lambda row: make.withdrawn(make.published(row)),
    ],
    ids=["published", "discarded", "withdrawn"],
)
def test_it_is_frozen_with_its_statement(kind, settle):
    settle(translated(kind).statement)
    head = history.head()
    with pytest.raises(ValidationError, match="no longer open"):
        retranslate(Translation.objects.get())
    assert history.head() == head


@pytest.mark.parametrize(
    "name", ["quote", "claim", "language", "translated_by", "recorded_at", "version"]
)
def test_an_edit_leaves_alone_what_it_is_a_translation_of(name):
    with pytest.raises(ValidationError, match=name):
        retranslate(translated(), **{name: None})


def test_a_translation_does_not_lose_its_words():
    with pytest.raises(ValidationError) as refused:
        retranslate(translated(), words="")
    assert "words" in refused.value.message_dict
    assert Quote.objects.get().version == 2  # nothing of the edit stays


def test_an_edit_of_what_another_edited_is_stale():
    read_before = translated()
    retranslate(Translation.objects.get(), words="Theirs")
    with pytest.raises(history.StaleVersion) as refused:
        retranslate(read_before, words="Mine")
    assert refused.value.current.words == "Theirs"
    assert refused.value.attempted == {"words": "Mine"}


def test_an_edit_of_its_statement_meanwhile_stands_beside_it():
    translation = Translation.objects.select_related("quote").get(pk=translated().pk)
    recording.edit(Quote.objects.get(), {"role_words": "x"}, actor=make.an_editor())
    statement = retranslate(translation, credit="Dalia Karim").statement
    assert (statement.role_words, statement.version) == ("x", 4)


def test_the_log_keeps_the_reason_beside_the_edit():
    recording.retranslate(
        translated(), {"credit": "x"}, actor=make.an_editor(), reason="She asked."
    )
    entry = Change.objects.latest("seq")
    assert (entry.model, entry.reason) == ("claims.translation", "She asked.")
