"""Two people who press a button at the same moment: one wins, the other sees both."""

from functools import partial

import pytest

from claims.models import Claim
from tests import factories as make
from tests.admin.benching import (
    TEXT,
    a_number,
    bench,
    conflicts_on,
    opened,
    send,
    text_of,
)
from tests.admin.browsing import at_desk, fields
from tests.history.races import race

pytestmark = pytest.mark.usefixtures("stage")

ROUNDS = [
    pytest.param(3, id="3 rounds"),
    pytest.param(30, id="30 rounds", marks=pytest.mark.drill),
]


@pytest.fixture
def two():
    """Two editors at their desks."""
    return at_desk(make.an_editor("mina")), at_desk(make.an_editor("omar"))


@pytest.mark.parametrize("rounds", ROUNDS)
def test_of_two_who_accept_one_records_and_the_other_sees_both_texts(rounds, two):
    for _ in range(rounds):
        version = make.a_version(text=TEXT)
        row = a_number(version)
        at = bench(version, f"card=s-{row.pk}")
        sends = [
            partial(send, client, opened(client, version, row), at, note=note)
            for client, note in zip(two, ("first", "second"), strict=True)
        ]
        answers = sorted(race(*sends), key=lambda answer: answer.status_code)
        late, done = answers
        assert (late.status_code, done.status_code) == (200, 302)
        claim = Claim.objects.get(article_version=version)
        assert "recorded this already" in text_of(late)
        typed = {"first", "second"} - {claim.note}
        assert set(fields(late)["note"]) == typed
        assert ("Note", claim.note, *typed) in conflicts_on(late)


@pytest.mark.parametrize("rounds", ROUNDS)
def test_of_one_who_accepts_and_one_who_dismisses_the_later_is_told(rounds, two):
    for _ in range(rounds):
        version = make.a_version(text=TEXT)
        row = a_number(version)
        at = bench(version, f"card=s-{row.pk}")
        accepting, dismissing = (
            partial(send, client, opened(client, version, row), at, do)
            for client, do in zip(two, ("accept", "dismiss"), strict=True)
        )
        accepted, dismissed = race(accepting, dismissing)
        row.refresh_from_db()
        assert Claim.objects.filter(article_version=version).count() == (
            row.status == "ACCEPTED"
        )
        told = two[1].get(dismissed["Location"])
        if row.status == "ACCEPTED":
            assert "Mina recorded this already" in text_of(told)
        else:
            assert "omar dismissed this suggestion already" in text_of(accepted)
            assert fields(accepted)["low"] == ["120"]


@pytest.mark.parametrize("rounds", ROUNDS)
def test_of_two_edits_of_one_version_the_later_sees_both_texts(rounds, two):
    for _ in range(rounds):
        claim = make.a_recorded_claim()
        at = bench(claim.article_version, f"card={claim.code}")
        sends = [
            partial(send, client, client.get(at), at, note=note)
            for client, note in zip(two, ("first", "second"), strict=True)
        ]
        late, done = sorted(race(*sends), key=lambda answer: answer.status_code)
        assert (late.status_code, done.status_code) == (200, 302)
        claim.refresh_from_db()
        typed = {"first", "second"} - {claim.note}
        assert conflicts_on(late) == [("Note", claim.note, *typed)]
        assert claim.version == 2
