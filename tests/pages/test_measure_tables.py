"""The comparison of a measure as a table, read by a client that we did not write."""

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import frictionless
import pytest
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.pages.conftest import Read
from tests.pages.test_measures import a_statement, asked

pytestmark = pytest.mark.django_db

#: Everything is published on the 3rd of May 2024.
BEFORE, BETWEEN = "2024-05-02", "2024-05-05"


@pytest.fixture
def measure():
    """One voice in two articles, the second repeating the first, and an open figure."""
    measure = make.a_measure(slug="missing")
    harbour = make.an_organisation(name_en="=Harbour()", name_ar="")
    first = a_statement(measure, 60, high=90, qualifier="RANGE", speaker=harbour)
    again = a_statement(measure, 60, high=90, qualifier="RANGE", speaker=harbour)
    make.a_derivation(
        article=again.article_version.article,
        origin=first.article_version.article,
        recorded_at=make.RECORDED_AT,
    )
    a_statement(measure, "200.5", high=None, qualifier="AT_LEAST")
    a_statement(make.a_measure(event=measure.event), 7)
    return measure


def address(route: str, query: str = "") -> str:
    return reverse(route, args=["missing"]) + query


def table(client: Client, query: str = "") -> bytes:
    answer = client.get(address("measure-table", query))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    return answer.getvalue()


def rows(client: Client, query: str = "") -> list[dict[str, str]]:
    written = table(client, query).decode()
    return list(csv.DictReader(io.StringIO(written, newline="")))


@pytest.mark.usefixtures("measure")
@pytest.mark.parametrize("query", ["", f"?as_of={BETWEEN}"])
def test_frictionless_finds_table_and_description_valid(
    client: Client, tmp_path: Path, query: str
):
    package = client.get(address("measure-table-metadata", query)).json()
    (tmp_path / package["resources"][0]["path"]).write_bytes(table(client, query))
    described = tmp_path / "comparison-metadata.json"
    described.write_text(json.dumps(package))

    read = frictionless.Package(str(described))
    report = read.validate()
    assert report.flatten(["rowNumber", "fieldName", "message"]) == []
    told = [
        (row["voice"], row["low"], row["high"], row["qualifier"])
        for row in read.resources[0].read_rows()
    ]
    assert told == [
        (1, 60, 90, "RANGE"),
        (1, 60, 90, "RANGE"),
        (2, Decimal("200.5"), None, "AT_LEAST"),
    ]
    assert package["query"] == {
        "measure": "missing",
        **({"as_of": BETWEEN} if query else {}),
    }


def test_voices_and_repetitions_are_those_of_the_json(client: Client, measure):
    found = asked(measure)
    told = [
        (str(voice["number"]), each["claim"]["code"], each["repeats"])
        for voice in found["voices"]
        for each in voice["claims"]
    ]
    written = rows(client)
    assert [(row["voice"], row["claim"]) for row in written] == [
        (number, code) for number, code, _repeats in told
    ]
    assert [row["repeats"] for row in written] == [
        repeats["code"] if repeats else "" for _number, _code, repeats in told
    ]


@pytest.mark.usefixtures("measure")
def test_a_spreadsheet_computes_no_name(client: Client):
    assert {row["voice_name_en"] for row in rows(client)} == {
        "'=Harbour()",
        "Harbour News",
    }


@pytest.mark.usefixtures("measure")
def test_before_anything_was_published_there_is_no_table(client: Client):
    for route in ("measure-table", "measure-table-metadata"):
        path = address(route, f"?as_of={BEFORE}")
        assert client.get(path).status_code == 404


def test_of_a_past_day_it_has_what_stood_then(client: Client):
    make.a_corrected_claim(measure=make.a_measure(slug="missing"))
    [then], [now] = rows(client, f"?as_of={BETWEEN}"), rows(client)
    assert then["claim"] != now["claim"]


@pytest.mark.usefixtures("measure")
def test_a_table_says_where_it_is_described(client: Client):
    path = address("measure-table", f"?as_of={BETWEEN}")
    described = address("measure-table-metadata", f"?as_of={BETWEEN}")
    assert client.get(path)["Link"].startswith(f'<{described}>; rel="describedby"')


def test_a_page_leads_to_its_data_as_of_the_same_day(read: Read, measure):
    for query in ("", f"?as_of={BETWEEN}"):
        links = read(f"{measure.get_absolute_url()}{query}").links()
        for route in ("measure-table", "measure-table-metadata"):
            assert address(route, query) in links


def test_a_withheld_name_is_in_no_public_table(client: Client, measure):
    speaker = make.a_speaker(slug="mina")
    a_statement(measure, 75, speaker=speaker)
    make.withheld(speaker)
    written = table(client)
    assert b"75" in written
    assert b"Haddad" not in written
    client.force_login(make.a_chief())
    assert b"Haddad" in table(client)
