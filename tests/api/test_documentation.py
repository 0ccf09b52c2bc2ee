"""docs/api.md says what is so: its examples are run on the demo."""

import json
import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from claims.exchange import demo
from tests import factories
from tests.api.resources import VIEWSETS

MANUAL = (settings.BASE_DIR / "docs" / "api.md").read_text()
SITE = "http://localhost:8000"


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", MANUAL, re.DOTALL)


@pytest.fixture
def _demo(db: None):  # noqa: ARG001  # what is filled
    people = demo.People(
        contributor=factories.a_contributor(),
        reviewer=factories.a_reviewer(),
        editor=factories.an_editor(),
        chief=factories.a_chief(),
    )
    demo.replay(demo.read(settings.BASE_DIR / "fixtures"), people)


def read(client: Client, address: str) -> Any:
    answer = client.get(address.removeprefix(SITE))
    assert answer.status_code == 200, (address, answer.content.decode())
    return json.loads(answer.content)


@pytest.mark.usefixtures("_demo")
def test_the_examples_of_the_manual_find_something(client: Client):
    commands = "".join(blocks("sh")).splitlines()
    addresses = [re.fullmatch(r'curl "(.+)"', line)[1] for line in commands]
    assert len(addresses) >= 6
    for address in addresses:
        if re.search(r"\.(csv|ndjson)(\?|$)", address):
            assert (
                len(client.get(address.removeprefix(SITE)).getvalue().splitlines()) > 1
            )
        else:
            assert read(client, address).get("results", True), address


@pytest.mark.usefixtures("_demo")
def test_the_table_of_the_manual_has_the_columns_it_prints(client: Client):
    [program] = blocks("python")
    compile(program, "api.md", "exec")
    [address] = re.findall(rf'"({SITE}.*)"', program)
    [columns] = re.findall(r"claims\[\[(.*?)\]\]", program)
    rows = read(client, address)["results"]
    for column in json.loads(f"[{columns}]"):
        assert any(is_told(row, column.split(".")) for row in rows), column


def is_told(row: Any, path: list[str]) -> bool:
    for name in path:
        row = (row or {}).get(name)
    return row is not None


@pytest.mark.django_db
def test_the_refusal_in_the_manual_is_what_is_answered(client: Client):
    [shown] = blocks("json")
    answer = client.get("/api/v1/claims/?mesure=x")
    assert json.loads(answer.content) == json.loads(shown)


def test_the_manual_names_every_list():
    assert set(re.findall(r"^\| `(\w+)` \|", MANUAL, re.MULTILINE)) == set(VIEWSETS)


def test_the_manual_names_what_can_be_expanded():
    told = re.findall(r"^\| `(\w+)` \| ((?:`\w+`(?:, )?)+) \|$", MANUAL, re.MULTILINE)
    assert {name: re.findall(r"\w+", names) for name, names in told} == {
        name: list(viewset.expandable)
        for name, viewset in VIEWSETS.items()
        if viewset.expandable
    }


@pytest.mark.usefixtures("_demo")
def test_the_words_of_every_statement_stand_at_their_place(client: Client):
    client.force_login(factories.a_reviewer())
    rows = [
        *read(client, "/api/v1/quotes/?limit=200")["results"],
        *read(client, "/api/v1/claims/?limit=200")["results"],
    ]
    assert len(rows) > 60
    for row in rows:
        article = read(client, row["article"]["url"].removeprefix("http://testserver"))
        if row["article_version"] == article["versions"][-1]["number"]:
            at = row["span"]
            assert article["text"][at["start"] : at["end"]] == row["words"]
