"""The schema is valid, committed, and says what the answers are."""

import json
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.test import Client
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from factbase import generated
from tests import factories
from tests.api.resources import VIEWSETS, a_public_world, parameters, recorded

COMMITTED = settings.BASE_DIR / "docs" / "openapi.yaml"


def test_the_committed_schema_is_valid_and_what_the_code_says():
    assert generated.PAGES["openapi.yaml"]() == COMMITTED.read_text(), "run: make docs"


def test_another_validator_finds_no_fault_in_it(schema: Any):
    OpenAPIV31SpecValidator(schema).validate()


@pytest.fixture(scope="module")
def schema() -> Any:
    return yaml.safe_load(COMMITTED.read_text())


def test_every_parameter_is_in_the_schema(schema: Any):
    for resource in VIEWSETS:
        listing = schema["paths"][f"/api/v1/{resource}/"]["get"]
        named = {parameter["name"] for parameter in listing["parameters"]}
        assert named == set(parameters(resource)), resource


@pytest.mark.django_db
@pytest.mark.parametrize("desk", [False, True], ids=["public", "desk"])
def test_every_answer_is_as_the_schema_says(client: Client, schema: Any, *, desk: bool):
    details = a_public_world()
    factories.published(recorded(factories.a_plain_claim()))
    factories.a_recorded_claim()
    if desk:
        client.force_login(factories.a_chief())
    for resource, address in details.items():
        key = "code" if "-" in address.split("/")[-2][:2] else "slug"
        check(schema, f"/api/v1/{resource}/{{{key}}}/", client.get(address).content)
        listing = client.get(f"/api/v1/{resource}/", {"limit": 2}).content
        check(schema, f"/api/v1/{resource}/", listing)


def check(schema: Any, path: str, content: bytes) -> None:
    answers = schema["paths"][path]["get"]["responses"]
    described = answers["200"]["content"]["application/json"]["schema"]
    validator = Draft202012Validator({**described, "components": schema["components"]})
    wrong = [error.message for error in validator.iter_errors(json.loads(content))]
    assert wrong == [], path


@pytest.mark.django_db
def test_a_refusal_is_as_the_schema_says(client: Client, schema: Any):
    described = {
        "$ref": "#/components/schemas/Problem",
        "components": schema["components"],
    }
    refused = json.loads(client.get("/api/v1/claims/?mesure=x&low__gte=y").content)
    Draft202012Validator(described).validate(refused)


# --- the page about it ---


@pytest.mark.django_db
def test_the_page_of_the_schema_loads_nothing_from_elsewhere(client: Client):
    page = client.get("/api/v1/docs/")
    html = page.content.decode()
    assert "http" not in html
    assert "<style" not in html
    assert "<script>" not in html


@pytest.mark.django_db
def test_the_page_of_the_schema_may_draw_its_own_images_and_no_more(client: Client):
    allowed = directives(client.get("/api/v1/docs/"))
    elsewhere = directives(client.get("/api/v1/"))
    assert allowed.pop("img-src") == "'self' data:"
    assert elsewhere.pop("img-src") == "'self'"
    assert allowed == elsewhere


def directives(answer: Any) -> dict[str, str]:
    policy = answer["Content-Security-Policy"]
    pairs = (part.strip().partition(" ") for part in policy.split(";"))
    return {name: values for name, _, values in pairs}


@pytest.mark.django_db
def test_the_schema_is_served(client: Client):
    answer = client.get("/api/v1/schema/")
    assert yaml.safe_load(answer.content)["openapi"] == "3.1.0"
