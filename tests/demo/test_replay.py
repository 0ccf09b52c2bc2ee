"""The replay goes through the process functions, once, and whole or not at all."""

from collections import Counter
from itertools import chain

import pytest

from claims.exchange import demo
from claims.models import Assessment, Claim, Decision, Quote, Review
from sources import history
from sources.models import Change, Derivation, Source
from sources.policy import NotAllowed
from tests import factories


def test_the_replay_counts_what_it_added(replayed: demo.Replayed):
    assert replayed.added == {
        "sources": 7,
        "speakers": 9,
        "events": 3,
        "measures": 11,
        "articles": 9,
        "quotes": 42,
        "claims": 31,
        "assessments": 2,
    }
    assert replayed.found == Counter()


def test_a_second_replay_changes_nothing(
    entries: list[demo.Entry], people: demo.People, replayed: demo.Replayed
):
    before = history.head()
    again = demo.replay(entries, people)
    assert history.head() == before
    assert again.added == Counter()
    assert again.found == replayed.added


def test_progress_is_told_after_every_entry(
    entries: list[demo.Entry], people: demo.People
):
    told: list[tuple[int, int]] = []
    demo.replay(entries, people, progress=lambda *step: told.append(step))
    assert told == [(done, len(entries)) for done in range(1, len(entries) + 1)]


@pytest.mark.usefixtures("replayed")
@pytest.mark.parametrize("model", [Quote, Claim, Assessment])
def test_whatever_is_public_was_recorded_by_one_and_approved_by_another(
    model: type, people: demo.People
):
    rows = model.objects.public().prefetch_related("reviews")
    assert rows
    for row in rows:
        [approval] = [r for r in row.reviews.all() if r.decision == Decision.APPROVED]
        assert approval.reviewer == people.reviewer != row.recorded_by
        assert row.recorded_at <= approval.at == row.published_at


@pytest.mark.usefixtures("replayed")
def test_every_anchor_of_the_demo_holds_the_words_of_its_text():
    n_anchors = 0
    statements = (m.objects.select_related("article_version") for m in (Quote, Claim))
    for row in chain(*statements):
        text = row.article_version.text
        for anchor in row.anchors():
            assert text[anchor.span.start : anchor.span.end] == anchor.words
            n_anchors += 1
    for row in Derivation.objects.select_related("article_version"):
        anchor = row.anchor
        assert anchor is not None
        assert anchor.span.of(row.article_version.text) == anchor.words
    assert n_anchors > 200


@pytest.mark.usefixtures("replayed")
def test_every_row_of_the_demo_has_its_entry_in_the_log(people: demo.People):
    recorded = Change.objects.filter(action="RECORDED")
    assert Counter(recorded.values_list("model", flat=True)) == {
        "claims.quote": 42,
        "claims.claim": 31,
        "claims.assessment": 2,
    }
    actors = set(Change.objects.exclude(actor=None).values_list("actor", flat=True))
    assert actors == {
        person.pk
        for person in (people.contributor, people.reviewer, people.editor, people.chief)
    }
    assert Review.objects.filter(reviewer=people.reviewer).count() == 68 + 2


SOURCE = """
[[sources]]
slug = "first-of-two"
kind = "OUTLET"
name_en = "The first of two"

[[sources]]
slug = "second-of-two"
kind = "OUTLET"
"""


def test_an_entry_that_a_process_refuses_is_named_and_nothing_is_written(
    tmp_path, people: demo.People
):
    (tmp_path / "group").mkdir()
    (tmp_path / "group" / "sources.toml").write_text(SOURCE)
    before = history.head()
    with pytest.raises(demo.DemoError) as refusal:
        demo.replay(demo.read(tmp_path), people)
    assert str(refusal.value).startswith("group/sources.toml, second-of-two: ")
    assert "name" in str(refusal.value)
    assert history.head() == before
    assert not Source.objects.filter(slug="first-of-two").exists()


def test_an_account_without_its_role_cannot_take_part(tmp_path, people: demo.People):
    (tmp_path / "group").mkdir()
    (tmp_path / "group" / "sources.toml").write_text(SOURCE)
    stranger = demo.People(
        contributor=factories.a_user(),
        reviewer=people.reviewer,
        editor=people.editor,
        chief=people.chief,
    )
    with pytest.raises(NotAllowed):
        demo.replay(demo.read(tmp_path), stranger)
