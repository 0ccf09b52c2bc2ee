"""Whatever is asked, the answer is an answer: never an error of ours."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from django.http import HttpResponse
from django.test import Client

from factbase.api.paging import KeysetPagination
from tests.api.resources import VIEWSETS, parameters

pytestmark = pytest.mark.django_db

HOSTILE = {
    "NUL": "%00",
    "NUL inside": "a%00b",
    "a lone surrogate": "%ED%A0%80",
    "overlong UTF-8": "%C0%80",
    "cut UTF-8": "%D9",
    "a huge number": "9" * 30,
    "a huger number": "9" * 5000,
    "a huge exponent": "1e999999",
    "no number": "NaN",
    "infinity": "-Infinity",
    "sixteen digits": "1234567890123.1234",
    "a number with an underscore": "3_500",
    "digits of another script": quote("٣٥٠٠"),
    "year 10000": "10000-01-01",
    "year 0": "0000-01-01",
    "the 30th of February": "2024-02-30",
    "a moment before the first one": quote("0001-01-01T00:00:00+23:59"),
    "a moment after the last one": quote("9999-12-31T23:59:59-23:59"),
    "an offset of a day": quote("2024-01-01T00:00:00+24:00"),
    "SQL": quote("' OR 1=1 --"),
    "markup": quote("<script>alert(1)</script>"),
    "a pattern": quote("(a+)+$"),
    "percent signs": "%25%25s",
    "a list": quote("[1,2]"),
    "deep nesting": "[" * 2000,
    "control characters": "%07%1B%5B31m%0A%0D",
    "right-to-left marks": quote("\u202e\u2066x"),
    "a star": "*",
    "a space": "%20",
    "null": "null",
    "eight thousand letters": "a" * 8000,
}


#: Refused before anyone reads which parameter it is for.
NEVER_READ = {"%00", "a%00b"}

every_value = pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE.keys())


@every_value
def test_no_list_takes_it_for_any_of_its_filters(client: Client, value: str):
    for resource, viewset in VIEWSETS.items():
        filters = viewset.filterset_class.base_filters
        query = "&".join(f"{name}={value}" for name in filters)
        answer = client.get(f"/api/v1/{resource}/?{query}")
        problem = refused(answer)
        named = {error["parameter"] for error in problem["errors"]}
        assert named == set() if value in NEVER_READ else set(filters), resource


@every_value
@pytest.mark.parametrize("name", [*KeysetPagination.PARAMETERS, "id__in", "unknown"])
def test_no_list_takes_it_for_anything_else(client: Client, name: str, value: str):
    refused(client.get(f"/api/v1/corrections/?{name}={value}"))


@pytest.mark.drill
@every_value
@pytest.mark.parametrize("resource", VIEWSETS)
def test_no_parameter_of_a_list_takes_it_alone(
    client: Client, resource: str, value: str
):
    for name in [*parameters(resource), "id__in", "unknown"]:
        refused(client.get(f"/api/v1/{resource}/?{name}={value}"))


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
    "key", ["%00", "%ED%A0%80", "a" * 4000, "..", "%2e%2e%2f", "1'--", "é", "٣", "%0a"]
)
@pytest.mark.parametrize("resource", VIEWSETS)
def test_an_odd_key_is_not_found(client: Client, resource: str, key: str):
    answer = client.get(f"/api/v1/{resource}/{key}/")
    assert answer.status_code in {400, 404}
    assert answer["Content-Type"] == "application/problem+json"
