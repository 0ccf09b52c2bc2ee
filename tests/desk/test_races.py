"""Sixteen people press at the same moment, on pages, in bulk and in the admin."""

from collections.abc import Callable, Iterable
from functools import partial

import pytest
from django.http import HttpResponse
from django.test import Client

from claims.models import Claim, Review
from tests import factories as make
from tests.admin import browsing
from tests.desk.test_review_page import signed_in
from tests.history.races import race
from tests.rendering import unrecorded

pytestmark = pytest.mark.usefixtures("stage")

ROUNDS = [
    pytest.param(5, id="5 rounds"),
    pytest.param(200, id="200 rounds", marks=pytest.mark.drill),
]
FEW_ROUNDS = [
    pytest.param(3, id="3 rounds"),
    pytest.param(20, id="20 rounds", marks=pytest.mark.drill),
]
N = 16
#: What is said when only the database refuses, for want of an earlier refusal.
REFUSED_BY_THE_BASE = "This conflicts with what is recorded by now."


def _on_the_page(client: Client, claim: Claim):
    content = {"version": str(claim.version), "step": "approve", "note": ""}
    return client.post(f"/review/{claim.code}/", content)


def _in_bulk(client: Client, claim: Claim):
    content = {"step": "approve", "row": [f"{claim.code}:{claim.version}"]}
    return client.post("/review/many/", content)


def _in_the_admin(client: Client, claim: Claim):
    content = {"version": str(claim.version), "note": ""}
    return client.post(browsing.step(claim, "approve"), content)


WAYS = (_on_the_page, _in_bulk, _in_the_admin)


def _at_once(sends: Iterable[Callable[[], HttpResponse]]) -> list[HttpResponse]:
    with unrecorded():
        return race(*sends)


@pytest.mark.parametrize("rounds", ROUNDS)
def test_of_16_reviewers_on_three_ways_one_publishes(rounds):
    clients = [signed_in(make.a_reviewer()) for _ in range(N)]
    for _ in range(rounds):
        claim = make.a_recorded_claim()
        answers = _at_once(
            partial(WAYS[n % len(WAYS)], client, claim)
            for n, client in enumerate(clients)
        )
        assert {answer.status_code for answer in answers} <= {200, 302, 409, 422}
        claim.refresh_from_db()
        assert (claim.status, claim.version) == ("PUBLISHED", 2)
        assert Review.objects.filter(claim=claim).count() == 1


@pytest.mark.parametrize("rounds", FEW_ROUNDS)
def test_an_approval_and_an_edit_at_once_never_publish_what_nobody_read(rounds):
    reviewers = [signed_in(make.a_reviewer()) for _ in range(N // 2)]
    editors = [browsing.at_desk(make.an_editor()) for _ in range(N // 2)]
    for _ in range(rounds):
        claim = make.a_recorded_claim()
        at = browsing.address(claim)
        form = browsing.fields(editors[0].get(at))  # what all of them read
        answers = _at_once(
            [
                *(partial(_on_the_page, client, claim) for client in reviewers),
                *(
                    partial(editor.post, at, {**form, "note": f"by {n}"})
                    for n, editor in enumerate(editors)
                ),
            ]
        )
        assert all(answer.status_code < 500 for answer in answers)
        told = [answer.content.decode() for answer in answers]
        assert not any(REFUSED_BY_THE_BASE in each for each in told)
        claim.refresh_from_db()
        published = claim.status == "PUBLISHED"
        assert (claim.note == "") == published
        assert claim.version == 2
        if not published:
            lost = [answer for answer in answers[N // 2 :] if answer.status_code == 200]
            assert len(lost) == N // 2 - 1
            assert all(claim.note in answer.content.decode() for answer in lost)
