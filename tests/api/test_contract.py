"""A tool of others asks every operation what the schema allows, and what it forbids.

Schemathesis makes the questions from the committed schema, sends them to the site as a
server would, and holds every answer against everything it can check.
"""

import json
from collections.abc import Iterator
from itertools import chain
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from jsonschema import Draft202012Validator
from pytest_django import Settings
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema

from tests.api import hostile
from tests.demo import filling

pytestmark = pytest.mark.usefixtures("committed_db")

PHASES = ["examples", "coverage", "fuzzing", "stateful"]
PATHS = list(hostile.schema()["paths"])
#: One operation of each kind, asked for everything that the schema borders on.
ONE_OF_EACH_KIND = [
    "/api/v1/",
    "/api/v1/measures/{slug}/comparison/",
    "/api/v1/sources/{slug}/",
]
#: What must at least have been looked at.
CHECKS = {
    *("not_a_server_error", "status_code_conformance", "content_type_conformance"),
    *("response_headers_conformance", "response_schema_conformance"),
    *("negative_data_rejection", "positive_data_acceptance", "use_after_free"),
    *("missing_required_header", "unsupported_method", "allow_header_conformance"),
    *("ensure_resource_availability", "ignored_auth", "object_level_authorization"),
}
#: Why something well-formed is refused, where no schema can tell it beforehand.
UNFORESEEABLE = {
    *("not-known", "unknown-field", "not-a-cursor"),  # nothing here is called so
    *("not-together", "too-deep", "reversed"),  # it does not go with something else
    *("in-the-future", "nothing-to-find", "too-many-words"),
}


def wrong(paths: list[str], *, phases: list[str]) -> list[str]:
    """Everything that the tool finds wrong with operations in some of its phases."""
    config = SchemathesisConfig.from_dict(
        {
            "generation": {"max-examples": 2, "deterministic": True, "no-shrink": True},
            "continue-on-failure": True,
            "phases": {name: {"enabled": name in phases} for name in PHASES},
        }
    )
    schema = schemathesis.openapi.from_dict(hostile.schema(), config=config)
    schema.app = get_wsgi_application()
    asked, checked, found = set[str](), set[str](), list[str]()
    for event in from_schema(schema.include(path=paths)).execute():
        assert not isinstance(event, events.NonFatalError | events.FatalError), event
        if isinstance(event, events.ScenarioFinished):
            asked.add(event.recorder.label)
            checked |= {each.name for each in made(event.recorder)}
            found += faults(event.recorder)
    assert checked >= CHECKS
    assert asked >= {f"GET {path}" for path in paths}
    return found


def made(recorder: Any) -> Iterator[Any]:
    """Every check of every answer."""
    return chain.from_iterable(recorder.checks.values())


def faults(recorder: Any) -> Iterator[str]:
    """What is wrong with answers, but for what no schema can say."""
    for key, checks in recorder.checks.items():
        for check in checks:
            asked, case = recorder.interactions.get(key), recorder.cases[key].value
            if check.failure_info and not is_told(check.name, asked, case):
                failure = check.failure_info.failure
                question = f"{asked.request.method} {asked.request.uri}"
                yield f"{question}: {failure.title}: {failure.message}"


def is_told(check: str, asked: Any, case: Any) -> bool:
    """Whether the words of the schema tell of it, where its form cannot."""
    body = json.loads(asked.response.content)
    if check == "positive_data_acceptance":
        return {error["code"] for error in body["errors"]} <= UNFORESEEABLE
    if check != "response_schema_conformance" or "fields" not in case.query:
        return False
    return WITH_SOME_FIELDS[case.operation.path].is_valid(body)


def some_of(schema: Any) -> Any:
    """A schema without what it requires."""
    if isinstance(schema, list):
        return [some_of(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        name: some_of(each)
        for name, each in schema.items()
        if name != "required" or not isinstance(each, list)
    }


#: What `fields` leaves of the answers.
WITH_SOME_FIELDS = {
    path: Draft202012Validator(
        some_of(
            {
                **operation["get"]["responses"]["200"]["content"]["application/json"][
                    "schema"
                ],
                "components": hostile.schema()["components"],
            }
        )
    )
    for path, operation in hostile.schema()["paths"].items()
}


@pytest.fixture(autouse=True)
def _demo(committed_db: None, settings: Settings):  # noqa: ARG001  # what is filled
    settings.API_RATE = None
    filling.fill()


def test_all_checks_hold_for_every_operation():
    assert wrong(PATHS, phases=["examples", "fuzzing"]) == []


def test_all_checks_hold_at_the_borders_of_an_operation_of_each_kind():
    assert wrong(ONE_OF_EACH_KIND, phases=["coverage"]) == []


@pytest.mark.drill
@pytest.mark.once  # what engines may differ in, test_hostile_questions asks of both
def test_all_checks_hold_at_the_borders_of_every_operation_and_from_one_to_the_next():
    assert wrong(PATHS, phases=["coverage", "stateful"]) == []
