"""What the public is told of a past moment is what it was told at that moment.

The oracle is the API itself, asked without `as_of` after each step of a history.
"""

import datetime as dt

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.changes import Steps
from claims.models import Claim
from sources.as_of import written
from tests import factories as make
from tests.as_of.histories import FIRST, Base, addresses, histories, read, told

within_a_test = settings(
    max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def base(db, settings) -> Base:  # noqa: ARG001  # opens the database
    settings.API_RATE = None
    return Base()


@pytest.fixture
def at_the_desk(base: Base) -> Client:
    client = Client()
    client.force_login(base.chief)
    return client


@given(history=histories)
@within_a_test
def test_a_past_moment_is_told_as_it_was_told_then(client, at_the_desk, base, history):
    with transaction.atomic():
        base.moment, then = FIRST, {}
        for verb, choice in history:
            base.step(verb, choice)
            then[written(base.moment)] = told(client, addresses(client))
        known = addresses(client)
        for moment, answers in then.items():
            # What nothing public reaches any more was there at that moment.
            asked = sorted({*known, *filter(_is_address, answers)})
            now = told(client, asked, as_of=moment)
            for address in now:
                assert now.get(address) == answers.get(address), (moment, address)
        assert told(at_the_desk, asked, as_of=moment) == now
        transaction.set_rollback(True)


def _is_address(key: str) -> bool:
    return key.startswith("/")


def standing(moment: dt.datetime | None, measure) -> set[int]:
    """The slow way: each claim of a measure by itself."""
    return {
        claim.pk
        for claim in Claim.objects.all()
        if claim.measure_id == measure.pk and moment and claim.published_at
        if claim.published_at <= moment
        if claim.withdrawn_at is None or claim.withdrawn_at > moment
    }


@given(
    history=histories,
    between=st.tuples(st.none() | st.integers(0, 10), st.integers(0, 10)),
)
@within_a_test
def test_the_changes_lead_from_what_stood_to_what_stood(base, history, between):
    with transaction.atomic():
        base.moment = FIRST
        for verb, choice in history:
            base.step(verb, choice)
        first, last = between
        since = None if first is None else FIRST + dt.timedelta(minutes=first)
        until = FIRST + dt.timedelta(minutes=last)
        for measure in base.measures:
            stood = standing(since, measure)
            steps = Steps(measure, since, until)[0:1000]
            assert len(Steps(measure, since, until)) == len(steps)
            assert [step.at for step in steps] == sorted(
                (step.at for step in steps), reverse=True
            )
            for step in reversed(steps):
                stood -= {step.old.pk} if step.old else set()
                came = step.new and step.new.measure_id == measure.pk
                stood |= {step.new.pk} if came else set()
            if since is None or since <= until:
                assert stood == standing(until, measure)
            else:
                assert steps == []
        transaction.set_rollback(True)


def test_a_detail_tells_of_a_withdrawal_that_had_been_made(client: Client, base: Base):
    del base
    claim = make.a_withdrawn_claim()
    address = f"/api/v1/claims/{claim.code}/"
    assert read(client, address, as_of="2024-05-02") is None
    stood = read(client, address, as_of="2024-05-05")
    assert (stood["status"], stood["withdrawal"]) == ("PUBLISHED", None)
    fallen = read(client, address, as_of="2024-05-06")
    assert fallen["status"] == "WITHDRAWN"
    assert fallen["withdrawal"]["reason"] == claim.withdrawal_reason
