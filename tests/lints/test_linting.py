"""Findings and standings, kept current by what the log says has changed."""

import random

import pytest
from django.test import Client

from claims import linting, recording
from claims.models import Claim, Finding, Standing, Watermark
from sources import curation, history
from tests import factories as make
from tests.lints.test_lints import TEXT, a_figure, on, taken_from
from tests.models.rows import an_own_voice

pytestmark = pytest.mark.django_db

ASKED = ("lint", "is_public", "claim", "quote", "against", "facts")
STANDS = ("measure", "agreement", "n_voices", "n_articles")


def kept() -> tuple[list[str], list[str]]:
    """All that is kept, by its columns and not by its keys."""
    findings = Finding.objects.values(*ASKED)
    return sorted(map(str, findings)), sorted(
        map(str, Standing.objects.values(*STANDS))
    )


def test_what_nothing_changed_is_not_looked_at_again(django_assert_num_queries):
    a_figure(120)
    assert linting.refresh() > 0
    with django_assert_num_queries(2):
        assert linting.refresh() == 0


def test_the_watermark_is_the_head_of_the_log():
    a_figure(120)
    linting.refresh()
    assert Watermark.objects.get().seq == history.head()[0]


def test_a_second_voice_ends_a_finding_and_makes_a_standing():
    measure = make.a_measure()
    a_figure(120, measure=measure)
    linting.refresh()
    assert (
        Finding.objects.filter(lint="only-its-source").count() == 2
    )  # public and desk
    a_figure(90, measure=measure)
    linting.refresh()
    assert not Finding.objects.filter(lint="only-its-source").exists()
    stood = Standing.objects.filter(measure=measure).values_list("agreement", flat=True)
    assert list(stood) == ["CONTESTED"]


def test_the_public_is_told_nothing_of_what_waits():
    make.a_recorded_claim(
        version=make.a_version(text=TEXT), words="120 people", low=90, high=70,
        basis="TABULATED", qualifier="RANGE",
    )  # fmt: skip
    linting.refresh()
    of_lint = Finding.objects.filter(lint="backwards")
    assert [finding.is_public for finding in of_lint] == [False]


def test_a_claim_moved_to_another_measure_bears_on_the_one_it_left():
    left, other = (make.a_measure(event=make.an_event()) for _ in range(2))
    a_figure(120, measure=left)
    moved = make.a_recorded_claim(
        version=make.a_version(text=TEXT), words="120 people", measure=left
    )
    linting.refresh()
    recording.edit(moved, {"measure": other}, actor=moved.recorded_by)
    linting.refresh()
    incremental = kept()
    linting.refresh(whole=True)
    assert incremental == kept()


def test_an_own_voice_bears_on_all_that_its_source_published():
    measure, office = make.a_measure(), make.an_organisation()
    a_figure(120, measure=measure, speaker=office)
    claim = a_figure(120, measure=measure)
    linting.refresh()
    assert {stood.n_voices for stood in Standing.objects.all()} == {2}
    own = an_own_voice(source=claim.source, speaker=office)
    linting.refresh()
    assert {stood.n_voices for stood in Standing.objects.all()} == {1}
    curation.end_own_voice(
        own, at=make.WITHDRAWN_AT, reason="No", actor=make.an_editor()
    )
    linting.refresh()
    assert {stood.n_voices for stood in Standing.objects.all()} == {2}


# --- step by step, as all at once ---


class Bases:
    """A base in which something happens, by chance."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311  # a test, not a secret
        self.event = make.an_event(**on("starts", 2))
        whole = make.a_measure(event=self.event, nature="RUNNING_TOTAL")
        part = make.a_measure(event=self.event, part_of=whole)
        self.measures = [whole, part, make.a_measure()]
        self.speakers = [make.a_speaker(), make.an_organisation(), None]
        self.claims: list[Claim] = []

    def step(self) -> None:
        steps = [self.figure, self.figure, self.repeat, self.withdraw, self.retract]
        steps += [self.role, self.merge]
        self.chance.choice(steps)()

    def figure(self, version=None) -> None:
        told = {
            "measure": self.chance.choice(self.measures),
            "speaker": self.chance.choice(self.speakers),
            "qualifier": self.chance.choice(["EXACT", "ABOUT"]),
            **on("holds", self.chance.choice([None, 1, 2, 3])),
        }
        number = self.chance.choice([70, 90, 120])
        claim = make.a_claim(
            low=number, words="120 people", version=version or make.a_version(text=TEXT),
            **told,
        )  # fmt: skip
        claim = recording.record(claim, actor=make.a_contributor(), at=make.RECORDED_AT)
        if self.chance.random() < 0.7:
            make.published(claim)
        self.claims.append(claim)

    def repeat(self) -> None:
        if self.claims:
            self.figure(taken_from(self.chance.choice(self.claims)))

    def withdraw(self) -> None:
        standing = Claim.objects.published()
        if standing:
            make.withdrawn(self.chance.choice(list(standing)))

    def retract(self) -> None:
        if self.claims:
            article = self.chance.choice(self.claims).article_version.article
            article.refresh_from_db()
            if article.retracted_on is None:
                curation.retract(
                    article,
                    on=make.WITHDRAWN_AT.date(),
                    notice="No",
                    actor=make.an_editor(),
                )

    def role(self) -> None:
        make.a_role(
            speaker=self.speakers[0], organisation=self.speakers[1], speaks_for=True
        )

    def merge(self) -> None:
        other = make.a_speaker()
        make.a_merge(speaker=other, into=self.speakers[0])
        self.speakers.append(other)


@pytest.mark.parametrize("seed", range(6))
def test_step_by_step_comes_to_the_same_as_all_at_once(seed):
    base = Bases(seed)
    for _ in range(10):
        base.step()
        linting.refresh()
    incremental = kept()
    linting.refresh(whole=True)
    assert incremental == kept()


# --- pages and API ---


def test_a_page_lists_the_lints_with_how_much_they_found():
    a_figure(90, high=70, basis="TABULATED", qualifier="RANGE")
    linting.refresh()
    page = Client().get("/lints/").content.decode()
    assert "Bounds that contradict each other" in page
    page = Client().get("/lints/backwards/").content.decode()
    assert "It states low 90, best" in page


def test_a_lint_that_is_not_there_is_not_found():
    assert Client().get("/lints/nothing/").status_code == 404


@pytest.mark.parametrize(
    ("agreement", "places"),
    [("CONTESTED", [0]), ("SINGLE_VOICE", [1]), ("NONE", [2]), ("AGREE", [])],
)
@pytest.mark.parametrize("moment", ["", "&as_of=2024-05-05"], ids=["today", "that day"])
def test_measures_are_asked_for_by_how_their_voices_stand(agreement, places, moment):
    measures = [make.a_measure() for _ in range(3)]
    for low, measure in ((70, measures[0]), (90, measures[0]), (70, measures[1])):
        a_figure(low, measure=measure)
    a_figure(70, measure=measures[2], denied=True)
    linting.refresh()
    answer = Client().get(f"/api/v1/measures/?agreement={agreement}{moment}").json()
    slugs = {row["slug"] for row in answer["results"]}
    assert slugs == {measures[place].slug for place in places}
