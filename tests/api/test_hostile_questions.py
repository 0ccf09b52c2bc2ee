"""Whatever is asked, the answer is an answer: never an error of ours."""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl

import pytest
from django.http import HttpResponse
from django.test import Client

from factbase.errors import LONGEST_ECHO
from tests.api import hostile
from tests.api.hostile import Parameter
from tests.api.resources import VIEWSETS, a_public_world

pytestmark = pytest.mark.django_db

every_value = pytest.mark.parametrize(
    "value", hostile.VALUES.values(), ids=hostile.VALUES.keys()
)


@every_value
def test_no_filter_of_claims_takes_it(client: Client, value: str):
    assert named(client, "claims", value) == filters_of("claims")


@pytest.mark.drill
@every_value
def test_no_filter_of_any_list_takes_it(client: Client, value: str):
    for resource in VIEWSETS:
        assert named(client, resource, value) == filters_of(resource), resource


def filters_of(resource: str) -> set[str]:
    """All but words to search for, which may be any."""
    return set(VIEWSETS[resource].filterset_class.base_filters) - {"search"}


def named(client: Client, resource: str, value: str) -> set[str]:
    """The parameters that a refusal names, where every filter has this value."""
    query = "&".join(f"{name}={value}" for name in filters_of(resource))
    problem = refused(client.get(f"/api/v1/{resource}/?{query}"))
    return {error["parameter"] for error in problem["errors"]}


@pytest.mark.parametrize("name", hostile.OF_THEIR_OWN)
def test_a_parameter_read_in_a_way_of_its_own_is_answered_or_refused(
    client: Client, name: str
):
    asked = [each for each in hostile.parameters() if each.name == name][:1]
    assert list(wrong_answers(client, asked, a_public_world())) == []


@pytest.mark.drill
@pytest.mark.parametrize("path", hostile.schema()["paths"])
def test_no_operation_fails_at_a_parameter(client: Client, path: str):
    asked = [each for each in hostile.parameters() if each.path == path]
    own = [each for each in asked if each.name in hostile.OF_THEIR_OWN]
    unknown = Parameter(path, "unknown")
    assert list(wrong_answers(client, [*own, unknown], a_public_world())) == []


def wrong_answers(
    client: Client, asked: list[Parameter], world: dict[str, str]
) -> Iterator[str]:
    """What is wrong with the answers, by parameter and by the name of the question."""
    for parameter in asked:
        address = hostile.address(parameter.path, world)
        for name, query, must_refuse in hostile.questions(parameter):
            answer = client.get(f"{address}?{query}")
            wrong = what_is_wrong(answer, query, must_refuse=must_refuse)
            if wrong:
                yield f"{parameter.path} {parameter.name}: {name}: {wrong}"


def what_is_wrong(answer: Any, query: str, *, must_refuse: bool) -> str | None:
    if answer.status_code in {200, 404} and not must_refuse:
        answer.getvalue()
        return None  # 404: of the first day there is no row
    if answer.status_code != 400:
        return f"answers {answer.status_code}"
    if answer["Content-Type"] != "application/problem+json":
        return f"refuses in {answer['Content-Type']}"
    return misnamed(json.loads(answer.content), query)


def misnamed(problem: Any, query: str) -> str | None:
    """Whether parameter, value and a code are missing from what is told of one."""
    pairs = parse_qsl(query, keep_blank_values=True, errors="replace")
    names, values = zip(*pairs, strict=True)
    for error in problem["errors"]:
        if error["code"] == "missing-parameter":
            continue  # what else is wrong: under this name nothing was given
        told = error.get("value", "")
        whole = ", ".join(values)[:LONGEST_ECHO]
        if error["parameter"] not in {name[:LONGEST_ECHO] for name in names}:
            return f"names {error['parameter']!r}"
        parts = {part for value in values for part in [value, *value.split(",")]}
        if told != whole and told not in {part[:LONGEST_ECHO] for part in parts}:
            return f"tells the value {told!r}"
        if not re.fullmatch("[a-z]+(-[a-z]+)*", error["code"]):
            return f"has the code {error['code']!r}"
    return None if problem["errors"] else "names nothing"


@every_value
@pytest.mark.parametrize(
    "path", ["claims/?search", "corrections/?search", "search/?q", "search/?cursor"]
)
def test_words_are_looked_for_or_refused(client: Client, path: str, value: str):
    answer = client.get(f"/api/v1/{path}={value}")
    assert answer.status_code in {200, 400}
    if answer.status_code == 400:
        refused(answer)


def refused(answer: HttpResponse) -> Any:
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    return json.loads(answer.content)


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("&&&", id="only separators"),
        pytest.param("=", id="nothing is nothing"),
        pytest.param("=1", id="no name"),
        pytest.param("%", id="half an escape"),
        pytest.param("[]=1", id="a list by name"),
        pytest.param("limit[]=1", id="a known name as a list"),
        pytest.param("LIMIT=1", id="capitals"),
        pytest.param("limit=1;count=exact", id="semicolons"),
        pytest.param("limit=1&limit=1", id="twice the same"),
        pytest.param("__class__=1", id="an attribute of Python"),
        pytest.param("status__in=PUBLISHED", id="a lookup that is not offered"),
        pytest.param("article_version__text__regex=(a%2B)%2B%24", id="a regex"),
        pytest.param("recorded_by__password__startswith=p", id="a password"),
        pytest.param("&".join(f"a{n}=1" for n in range(2100)), id="2,100 parameters"),
        pytest.param("\ufffd=1".encode().decode("latin-1"), id="broken name"),
    ],
)
@pytest.mark.parametrize("path", ["claims/", "corrections/", ""])
def test_an_odd_query_is_refused_or_empty(client: Client, path: str, query: str):
    answer = client.get(f"/api/v1/{path}?{query}")
    assert answer.status_code == (200 if query == "&&&" else 400)


@pytest.mark.parametrize(
    "key",
    [
        *("%00", "%ED%A0%80", "%FF", "a" * 4000, "..", "%2e%2e%2f", "1'--", "é", "٣"),
        *("%0a", "%0d%0aX:1", "%", "-", "1e999", "x.csv", "x.ndjson", ";a=1", "%2F"),
    ],
)
@pytest.mark.parametrize("resource", VIEWSETS)
def test_an_odd_key_is_not_found(client: Client, resource: str, key: str):
    answer = client.get(f"/api/v1/{resource}/{key}/")
    assert answer.status_code in {400, 404}
    assert answer["Content-Type"] == "application/problem+json"
