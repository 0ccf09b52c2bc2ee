"""Role by route by method by state: what the tables say, and nothing is written else.

The questions are generated from the URL configuration and the admin registry; a
route that is new is asked without a line here.
"""

from collections.abc import Iterator
from itertools import product

import pytest
from django.http import HttpResponse

from tests.databases import is_postgresql
from tests.policy_matrix.asking import (
    METHODS,
    SAFE,
    Question,
    Visitor,
    questions,
    writes,
)
from tests.policy_matrix.oracle import (
    ABSENT,
    ANSWERED,
    FORBIDDEN,
    LOGIN,
    NOT_SO,
    ROLES,
    expected,
)
from tests.policy_matrix.world import World

#: What a browser would send from a form of which it knows nothing.
POSTED = {"post": "yes", "_save": "Save", "version": "1", "row": "c-0000000000:1"}
#: In the ordinary run one of so many is asked, another of each row than of the next.
THINNED = 61


def outcome(response: HttpResponse) -> str:
    status = response.status_code
    if status == 302 and response["Location"].startswith("/admin/login/"):
        return LOGIN
    if status in {200, 302, 400, 409, 422}:
        return ANSWERED
    return {403: FORBIDDEN, 404: ABSENT, 405: NOT_SO}.get(status, str(status))


def wrong_about(world: World, role: str, every: int = 1) -> tuple[int, list[str]]:
    """Return how many combinations were asked, and those that are not as the policy says."""
    user, wrong = world.people[role], []
    visitor = Visitor(user)
    combinations = list(_combinations(world))
    start = list(ROLES).index(role) % every
    asked = combinations[start::every]
    for question, method in asked:
        wrong += _wrong(visitor, role, method, question, user)
    return len(asked), wrong


def _combinations(world: World) -> Iterator[tuple[Question, str]]:
    """Yield every question with every method; HEAD, a GET unsent, once for each kind."""
    kinds = set()
    for question, method in product(questions(world), METHODS):
        kind = (question.route, type(question.row), question.is_public, question.verb)
        if method != "HEAD" or kind not in kinds:
            yield question, method
        if method == "HEAD":
            kinds.add(kind)


def _wrong(visitor: Visitor, role: str, method: str, question: Question, user):
    with writes() as written:
        response = visitor.ask(
            method, question.address, POSTED if method == "POST" else None
        )
    told, right = outcome(response), expected(role, method, question, user)
    if told not in right:
        yield f"{method} {question.address} {question.view}: {told}, not {sorted(right)}"
    elif written and (told != ANSWERED or method in SAFE):
        yield f"{method} {question.address} {told}, and wrote {written[0]}"


@pytest.mark.parametrize("role", ROLES)
def test_each_of_a_sample_is_answered_as_the_policy_says(world, role):
    n_asked, wrong = wrong_about(world, role, THINNED)
    assert wrong == []
    assert n_asked > 50


@pytest.mark.drill
@pytest.mark.parametrize("role", ROLES)
def test_everything_is_answered_as_the_policy_says(world, role):
    """On SQLite everything; the policy asks no engine, so a part does on the other."""
    every = 10 if is_postgresql() else 1
    n_asked, wrong = wrong_about(world, role, every)
    assert wrong == []
    assert n_asked > 2000 / every
