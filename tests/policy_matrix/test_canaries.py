"""What is not public is told at no address, in no format, by no filter or order."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpResponse

from factbase.policy import ROUTES
from sources.api.filters import DayFilter, FlagFilter, KnownFilter, MomentFilter
from sources.models import Role
from sources.policy import UserRole
from tests.api.resources import VIEWSETS
from tests.policy_matrix.asking import OF_NO_ENGINE, Visitor, questions
from tests.policy_matrix.oracle import knows
from tests.policy_matrix.world import CANARY, SPARROW, World


def told(response: HttpResponse) -> str:
    """All that an answer says, in its body and in its headers."""
    body = b"".join(response) if response.streaming else response.content
    return "\n".join([body.decode(), *map(str, response.headers.values())])


def canaries(world: World) -> set[str]:
    """The canary, and the codes of what is hidden."""
    codes = {getattr(row, "code", "") for row in world.hidden} - {""}
    return {CANARY, CANARY.title(), *codes}


def addresses(world: World, role: str) -> Iterator[str]:
    """Every address of what an account may know."""
    for question in questions(world):
        is_open = ROUTES.get(question.route, set()) is None
        if is_open and question.is_public and knows(role, question):
            yield question.address


def questions_to_lists(world: World) -> Iterator[str]:
    """Every way to ask a list of the API."""
    for name, viewset in VIEWSETS.items():
        for asked in ways(world, viewset):
            yield f"/api/v1/{name}/?{asked}"


def ways(world: World, viewset: Any) -> Iterator[str]:
    """Each order, each whole row, and each filter with each value that readers know."""
    yield from (f"ordering={each}" for each in viewset.orderings())
    yield from (f"expand={each}" for each in viewset.expansions())
    yield from ("count=exact", "count=estimate", "page=2")
    for name, each in viewset.filterset_class.base_filters.items():
        yield from (f"{name}={value}" for value in values(world, each))


def values(world: World, each: Any) -> list[Any]:
    if isinstance(each, KnownFilter):
        rows = [row for row, is_public in world.of(each.known) if is_public]
        return sorted({getattr(row, each.extra["column"]) for row in rows} - {""})[:2]
    if isinstance(each, FlagFilter):
        return ["true", "false"]
    if isinstance(each, DayFilter | MomentFilter):
        return ["2024-05-02"]
    return [value for value, _label in each.extra.get("choices", [("5", "")])]


@pytest.mark.parametrize(
    ("role", "language"),
    [
        ("anonymous", "en"),
        pytest.param("anonymous", "ar", marks=OF_NO_ENGINE),
        pytest.param(UserRole.ADMIN, "en", marks=OF_NO_ENGINE),
        pytest.param("no role", "ar", marks=OF_NO_ENGINE),
    ],
)
def test_no_canary_sings_for_the_public(world, role, language):
    visitor = Visitor(world.people[role], language)
    found, n_told = sung(world, visitor, addresses(world, role))
    assert found == {}
    assert n_told > 80


@pytest.mark.drill
def test_no_filter_or_order_makes_one_sing(world):
    found, n_told = sung(world, Visitor(None), questions_to_lists(world))
    assert found == {}
    assert n_told > 80


def sung(
    world: World, visitor: Visitor, asked: Iterator[str]
) -> tuple[dict[str, set[str]], int]:
    """What each address tells of what is hidden, and how many told anything."""
    found, n_told, secrets = {}, 0, canaries(world)
    for address in asked:
        response = visitor.ask("GET", address)
        n_told += response.status_code == 200
        said = told(response).replace(visitor.name or "\0", "")  # one knows oneself
        if heard := {each for each in secrets if each in said}:
            found[address] = heard
    return found, n_told


def test_the_office_of_an_office_is_not_named(world):
    [office] = {
        role.speaker for role in Role.objects.filter(organisation__name_en=SPARROW)
    }
    for address in ("/speakers/", office.get_absolute_url()):
        assert SPARROW not in told(Visitor(None).ask("GET", address))
        assert SPARROW in told(Visitor(world.people["editor"]).ask("GET", address))


def test_the_crawl_would_hear_them_at_a_desk(world):
    visitor = Visitor(world.people["editor"])
    heard = [CANARY in told(visitor.ask("GET", f"/{at}/")) for at in ("claims", "me")]
    assert any(heard)
