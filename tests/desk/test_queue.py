"""What waits for whom, in which order, and what deserves a second look."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import User

from claims import queue, recording, review, tasks
from claims.desk.queue import Queue
from claims.models import Assessment, Claim, Quote
from sources.text.dates import PartialDate
from tests import factories as make

pytestmark = pytest.mark.django_db

DAY = PartialDate.day(dt.date(2024, 5, 1))


@pytest.fixture
def reviewer() -> User:
    return make.a_reviewer()


def codes(reviewer: User, **asked: str) -> list[str]:
    return Queue(reviewer, asked).codes


def test_the_oldest_waits_at_the_top_whatever_its_kind(reviewer: User):
    newer = make.a_recorded_claim(at=make.RECORDED_AT + dt.timedelta(hours=2))
    older = make.a_recorded_quote(at=make.RECORDED_AT)
    verdict = make.a_recorded_assessment(claim=make.a_published_claim())
    assert codes(reviewer) == [older.code, newer.code, verdict.code]


def test_what_one_may_not_review_is_not_in_ones_queue():
    chief = make.a_chief()
    make.a_recorded_claim(by=chief)
    edited = make.a_recorded_claim()
    recording.edit(edited, {"note": "x"}, actor=chief)
    returned = make.a_recorded_claim()
    review.send_back(
        returned, note="Which?", actor=make.a_reviewer(), at=make.PUBLISHED_AT
    )
    make.a_published_claim()
    make.discarded(make.a_recorded_claim())
    open_to_all = make.a_recorded_claim()
    assert codes(chief) == [open_to_all.code]


def test_an_answered_return_waits_again(reviewer: User):
    claim = make.a_recorded_claim()
    review.send_back(claim, note="Which?", actor=reviewer, at=make.PUBLISHED_AT)
    assert codes(reviewer) == []
    recording.edit(claim, {"note": "These."}, actor=claim.recorded_by)
    assert codes(reviewer) == [claim.code]


def test_what_one_approved_waits_for_others_only(reviewer: User, settings):
    settings.REVIEW_APPROVALS = 2
    claim = make.a_recorded_claim()
    review.approve(claim, actor=reviewer, at=make.PUBLISHED_AT)
    assert codes(reviewer) == []
    assert codes(make.a_reviewer()) == [claim.code]


def test_each_filter_leaves_what_it_names(reviewer: User):
    measure = make.a_measure()
    quote = make.a_recorded_quote()
    claim = make.a_recorded_claim(
        version=quote.article_version, measure=measure, quote=quote
    )
    other = make.a_recorded_claim()
    tasks.assign(other, reviewer=reviewer, actor=reviewer, at=make.PUBLISHED_AT)
    source = quote.article_version.article.source
    both = {quote.code, claim.code}
    assert set(codes(reviewer, kind="quote")) == {quote.code}
    assert set(codes(reviewer, source=source.slug)) == both
    assert set(codes(reviewer, measure=measure.slug)) == both
    assert set(codes(reviewer, event=measure.event.slug)) == both
    assert set(codes(reviewer, whose="mine")) == {other.code}
    assert set(codes(reviewer, whose="nobody")) == both
    assert set(codes(reviewer, older="30")) == {*both, other.code}
    assert codes(reviewer, measure=measure.slug, kind="assessment") == []


def offered(reviewer: User, **asked: str) -> dict[str, list[str]]:
    selects = Queue(reviewer, asked).row_selects
    return {name: [row.slug for row in rows] for name, _, rows, _ in selects}


def test_sources_events_and_measures_of_what_waits_can_be_chosen():
    reviewer = make.a_user("contributor", "reviewer")
    claim, quote = make.a_recorded_claim(), make.a_recorded_quote()
    make.a_recorded_claim(by=reviewer)  # does not wait for whoever recorded it
    published = make.a_published_claim()
    measure, assessed = claim.measure, make.a_recorded_assessment().claim
    sources = [row.article_version.article.source for row in (claim, quote, assessed)]
    assert {name: set(slugs) for name, slugs in offered(reviewer).items()} == {
        "source": {source.slug for source in sources},
        "event": {measure.event.slug, assessed.measure.event.slug},
        "measure": {measure.slug, assessed.measure.slug},
    }
    chosen = published.measure.slug
    assert chosen in offered(reviewer, measure=chosen)["measure"]


def test_a_page_holds_the_rows_in_the_order_of_the_queue(reviewer: User):
    for hour in range(3):
        at = make.RECORDED_AT + dt.timedelta(hours=hour)
        make.a_recorded_claim(at=at)
        make.a_recorded_quote(at=at)
    waiting = Queue(reviewer, {})
    assert [row.code for row in waiting.page(None).object_list] == waiting.codes
    assert len(waiting.codes) == 6


# --- second looks ---


def doubts(row: Claim | Quote | Assessment) -> set[str]:
    found = queue.waiting(type(row)).get(pk=row.pk)
    return {d.name for d in queue.DOUBTS if getattr(found, f"doubts_{d.name}")}


def held(day: PartialDate | None) -> dict[str, Any]:
    """The columns of the day that a figure holds for."""
    if day is None:
        return {}
    return {
        "holds_earliest": day.earliest,
        "holds_latest": day.latest,
        "holds_precision": "DAY",
    }


def somebody_known() -> User:
    contributor = make.a_contributor()
    for _ in range(queue.NEWCOMER):
        make.a_published_claim(by=contributor)
    return contributor


def test_the_first_statements_of_a_contributor_are_doubted_until_five_are_out():
    contributor = make.a_contributor()
    for n in range(queue.NEWCOMER):
        assert doubts(make.a_recorded_claim(by=contributor)) == {"newcomer"}, n
        make.a_published_claim(by=contributor)
    assert doubts(make.a_recorded_claim(by=contributor)) == set()


def test_a_statement_of_a_rule_that_is_often_wrong_is_doubted():
    known = somebody_known()
    [doubted, *_rest] = queue.doubted_rules()
    assert doubts(make.a_recorded_claim(by=known, rule=doubted)) == {"unsure"}
    assert doubts(make.a_recorded_quote(by=known, rule=doubted)) == {"unsure"}


@pytest.mark.parametrize(
    ("low", "high", "day", "is_conflict"),
    [
        pytest.param(121, 121, DAY, True, id="another number"),
        pytest.param(120, 120, DAY, False, id="the same number"),
        pytest.param(100, 130, DAY, False, id="a range around it"),
        pytest.param(130, None, DAY, True, id="at least more"),
        pytest.param(
            *(121, 121, PartialDate.day(dt.date(2024, 5, 2)), False), id="another day"
        ),
        pytest.param(121, 121, None, False, id="no day"),
    ],
)
def test_a_claim_apart_from_a_published_one_is_doubted(low, high, day, is_conflict):
    known, measure = somebody_known(), make.a_measure()
    make.a_published_claim(measure=measure, **held(DAY))
    claim = make.a_recorded_claim(
        by=known,
        measure=measure,
        low=low,
        high=high,
        qualifier="EXACT" if low == high else "RANGE" if high else "AT_LEAST",
        **held(day),
    )
    assert doubts(claim) == ({"conflict"} if is_conflict else set())


def test_a_correction_does_not_contradict_what_it_replaces():
    old = make.a_published_claim(**held(DAY))
    new = make.a_recorded_replacement(old)
    assert "conflict" not in doubts(new)


# --- assignment ---


def test_nobody_is_assigned_what_they_recorded(reviewer: User):
    chief = make.a_chief()
    claim = make.a_recorded_claim(by=chief)
    with pytest.raises(review.TransitionRefused):
        tasks.assign(claim, reviewer=chief, actor=reviewer, at=make.PUBLISHED_AT)


def test_an_assignment_moves_and_ends(reviewer: User):
    claim, other = make.a_recorded_claim(), make.a_reviewer()
    for person in (reviewer, other):
        tasks.assign(claim, reviewer=person, actor=reviewer, at=make.PUBLISHED_AT)
    assert tasks.assignment_of(claim).reviewer == other
    tasks.release(claim, actor=reviewer)
    assert tasks.assignment_of(claim) is None
