"""Any walk through the workflow ends where a plain model of it says."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims import recording, review
from claims.models import Claim
from sources import history
from sources.models import Change
from tests import factories as make

REFUSALS = (PermissionDenied, ValidationError, history.StaleVersion)
MOMENT = make.WITHDRAWN_AT


@dataclass
class Model:
    """A claim as the workflow knows it, and nothing of how it is stored."""

    status: str = "RECORDED"
    version: int = 1
    hands: set[int] = field(default_factory=set)
    approvals: set[int] = field(default_factory=set)
    is_sent_back: bool = False

    def edit(self, person: int) -> bool:
        if self.status != "RECORDED" or (person == REVIEWER):
            return False
        self.hands.add(person)
        self._step(self.status)
        return True

    def approve(self, person: int) -> bool:
        if not self._may_review(person) or person in self.approvals:
            return False
        self.approvals.add(person)
        if len(self.approvals) == 2:
            self._step("PUBLISHED")
        return True

    def send_back(self, person: int) -> bool:
        if not self._may_review(person) or person in self.approvals:
            return False
        self.is_sent_back = True
        return True

    def discard(self, _person: int) -> bool:
        return self._move("RECORDED", "DISCARDED")

    def withdraw(self, person: int) -> bool:
        return person != REVIEWER and self._move("PUBLISHED", "WITHDRAWN")

    def _may_review(self, person: int) -> bool:
        waits = self.status == "RECORDED" and not self.is_sent_back
        return waits and person not in self.hands

    def _move(self, before: str, after: str) -> bool:
        if self.status != before:
            return False
        self._step(after)
        return True

    def _step(self, status: str) -> None:
        self.status, self.version = status, self.version + 1
        self.approvals, self.is_sent_back = set(), False


#: People 0 and 1 hold every role, person 2 only reviews.
REVIEWER = 2
STEPS = {
    "edit": lambda row, actor: recording.edit(row, {"note": "x"}, actor=actor),
    "approve": lambda row, actor: review.approve(row, actor=actor, at=MOMENT),
    "send_back": lambda row, actor: review.send_back(
        row, note="Which?", actor=actor, at=MOMENT
    ),
    "discard": lambda row, actor: review.discard(row, reason="Twice", actor=actor),
    "withdraw": lambda row, actor: review.withdraw(
        row, kind="WITHDRAWN", reason="Misheard", actor=actor, at=MOMENT
    ),
}
often = st.sampled_from(["edit", "approve", "approve", "send_back", "withdraw"])
walks = st.lists(
    st.tuples(st.one_of(often, st.sampled_from(sorted(STEPS))), st.integers(0, 2)),
    min_size=3,
    max_size=10,
)


@pytest.fixture
def people(db, settings) -> list[Any]:  # noqa: ARG001  # opens the database
    settings.REVIEW_APPROVALS = 2
    everything = ("contributor", "reviewer", "editor", "chief")
    return [make.a_user(*everything), make.a_user(*everything), make.a_reviewer()]


@pytest.fixture
def claim(people) -> Claim:
    return make.a_recorded_claim(by=people[0])


@given(walk=walks, stale=st.booleans())
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_workflow_does_what_its_model_does(people, claim, walk, stale):
    with transaction.atomic():
        model, seq = Model(hands={0}), history.head()[0]
        for verb, person in walk:
            row = Claim.objects.get(pk=claim.pk)
            assert (row.status, row.version) == (model.status, model.version)
            assert is_done(verb, row, people[person]) == getattr(model, verb)(person)
        if stale and model.version > 1:
            assert not any(is_done(verb, claim, people[0]) for verb in STEPS)
        assert review.contributors(claim) == {people[hand].pk for hand in model.hands}
        n_steps = Change.objects.filter(seq__gt=seq, model="claims.claim").count()
        assert n_steps == model.version - 1
        transaction.set_rollback(True)


def is_done(verb: str, row: Claim, actor: Any) -> bool:
    try:
        STEPS[verb](row, actor)
    except REFUSALS:
        return False
    return True
