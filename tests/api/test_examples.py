"""Every operation of the schema shows an example, and the demo answers so."""

import json
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator

from factbase.api.examples import SERVER, address, examples
from tests.api import hostile
from tests.demo import filling

OPERATIONS = {
    operations["get"]["operationId"]: (path, operations["get"])
    for path, operations in hostile.schema()["paths"].items()
}


def is_valid(schema: Any, value: Any) -> bool:
    components = hostile.schema()["components"]
    return bool(
        Draft202012Validator({**schema, "components": components}).is_valid(value)
    )


def test_every_operation_has_an_example_and_no_example_is_of_none():
    assert examples().keys() == OPERATIONS.keys()


@pytest.mark.parametrize("operation", OPERATIONS)
def test_what_an_example_asks_is_what_its_parameters_take(operation: str):
    example = examples()[operation]
    by_name = {
        each["name"]: each for each in OPERATIONS[operation][1].get("parameters", ())
    }
    for name, value in {**example["path"], **example["query"]}.items():
        assert is_valid(by_name[name]["schema"], value), name


@pytest.mark.parametrize("operation", OPERATIONS)
def test_question_and_answer_are_shown_and_are_as_the_schema_says(operation: str):
    example = examples()[operation]
    path, described = OPERATIONS[operation]
    content = described["responses"]["200"]["content"]["application/json"]
    shown, answer = content["examples"]["demo"], example["answer"]
    assert shown["value"] == answer
    assert shown["summary"].endswith(f"GET {address(path, example)}")
    assert not isinstance(answer, dict) or answer.get("results", True), "finds nothing"
    assert is_valid(content["schema"], answer)


@pytest.mark.usefixtures("committed_db")  # lints follow commits
def test_the_demo_answers_as_every_example_says(client: Client):
    filling.fill()
    for operation, (path, _described) in OPERATIONS.items():
        example = examples()[operation]
        asked = address(path, example)
        answer = client.get(asked, **SERVER)
        told = json.loads(answer.content)
        assert told == example["answer"], f"{asked}: run scripts/api_examples.py"
