"""Every refusal is a problem that a program can read, in the reader's language."""

import json
import sqlite3

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import DataError, IntegrityError, OperationalError
from django.http import HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from factbase import errors
from factbase.api.problems import handle
from sources.policy import NotAllowed
from tests import factories


def problem(answer: HttpResponse) -> dict:
    told = json.loads(answer.content)
    assert answer["Content-Type"] == "application/problem+json"
    assert told["status"] == answer.status_code
    assert set(told) == {"type", "title", "status", "detail", "instance", "errors"}
    return told


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "instance"),
    [
        pytest.param("/api/", "/api/", id="above the API"),
        pytest.param("/api/v2/", "/api/v2/", id="another version"),
        pytest.param("/api/v1/claim/", "/api/v1/claim/", id="no such list"),
        pytest.param("/api/v1/claims/c-x/", "/api/v1/claims/c-x/", id="no such row"),
        pytest.param("/api/v1/مقال/", "/api/v1/%D9%85%D9%82%D8%A7%D9%84/", id="Arabic"),
    ],
)
def test_what_is_not_there_is_a_problem(client: Client, path: str, instance: str):
    told = problem(client.get(path))
    assert told["type"] == "urn:factbase:problem:not-found"
    assert told["instance"] == instance


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("signed_in", [False, True], ids=["anyone", "desk"])
def test_nothing_is_written_through_the_api(method: str, *, signed_in: bool):
    client = Client(enforce_csrf_checks=True)
    claim = factories.a_published_claim()
    if signed_in:
        client.force_login(factories.a_chief())
    for path in ("", "claims/", f"claims/{claim.code}/", "corrections/"):
        answer = getattr(client, method)(f"/api/v1/{path}")
        assert problem(answer)["type"] == "urn:factbase:problem:method-not-allowed"
        assert answer["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["head", "options"])
def test_an_address_may_be_asked_what_it_is(client: Client, method: str):
    assert getattr(client, method)("/api/v1/claims/").status_code == 200


@pytest.mark.django_db
def test_another_format_is_refused(client: Client):
    answer = client.get("/api/v1/claims/", headers={"accept": "application/xml"})
    assert problem(answer)["status"] == 406


@pytest.mark.django_db
def test_a_browser_gets_json(client: Client):
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    answer = client.get("/api/v1/claims/", headers={"accept": accept})
    assert answer["Content-Type"] == "application/json"


@pytest.mark.django_db
def test_too_many_questions_are_told_to_wait(client: Client, settings: Settings):
    settings.API_RATE = "2/hour"
    cache.clear()
    answers = [client.get("/api/v1/claims/") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert problem(answers[2])["type"] == "urn:factbase:problem:too-many-requests"
    assert 0 < int(answers[2]["Retry-After"]) <= 3600
    cache.clear()


@pytest.mark.django_db
def test_the_desk_is_not_told_to_wait(client: Client, settings: Settings):
    settings.API_RATE = "1/hour"
    client.force_login(factories.a_reviewer())
    answers = [client.get("/api/v1/claims/") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 200]


@pytest.mark.parametrize(
    ("exception", "status"),
    [
        pytest.param(PermissionDenied(), 403, id="not allowed"),
        pytest.param(NotAllowed("only the chief"), 403, id="not allowed by policy"),
        pytest.param(DataError(), 400, id="a value that the database refuses"),
        pytest.param(OverflowError(), 400, id="a number that no column holds"),
        pytest.param(IntegrityError(), 409, id="a conflict"),
        pytest.param(OperationalError(), 503, id="a busy database"),
    ],
)
def test_a_refusal_below_is_a_problem(
    rf: RequestFactory, exception: Exception, status: int
):
    answer = handle(exception, {"request": rf.get("/api/v1/claims/")})
    assert answer is not None
    assert problem(answer)["status"] == status
    assert answer.has_header("Retry-After") == (status == 503)


def test_a_bug_of_ours_is_left_to_the_handler_of_bugs(rf: RequestFactory):
    request = rf.get("/api/v1/claims/")
    assert handle(sqlite3.Warning(), {"request": request}) is None
    told = problem(errors.server_error(request))
    assert told["type"] == "urn:factbase:problem:internal-server-error"


@pytest.mark.django_db
def test_sentences_are_in_the_readers_language_and_codes_are_not(client: Client):
    address = "/api/v1/claims/?mesure=x"
    english = problem(client.get(address, headers={"accept-language": "en"}))
    arabic = problem(client.get(address, headers={"accept-language": "ar"}))
    assert english["type"] == arabic["type"]
    assert english["errors"][0]["code"] == arabic["errors"][0]["code"]
    assert arabic["title"] != english["title"]


@pytest.mark.django_db
def test_any_site_may_read(client: Client):
    answer = client.get("/api/v1/claims/", headers={"origin": "https://example.org"})
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert not answer.has_header("Access-Control-Allow-Credentials")
