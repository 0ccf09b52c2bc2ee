"""NDJSON is read strictly, and a refusal says where."""

import json
from typing import Any

import pytest

from tests.exchange.exchanging import importing, refused
from tests.exchange.test_receiving import a_record

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{}", "line 1: The record says nothing."),
        ("[]", "line 1: The line is no JSON object"),
        ('{"claims": 1}', "line 1, claims: A list is needed"),
        ('{"claims": [1]}', "line 1, claims.1: An object is needed"),
        ('{"claims": [{}]}', "line 1, claims.1.code: This is missing."),
        (
            '{"claim": []}',
            "line 1, claim: There is no such field; the nearest is “claims”",
        ),
        ('{"claims": [], "claims": []}', "line 1, claims: The field is given twice."),
        ('{"claims": [', "line 1: This is no JSON, from column 13 on."),
    ],
)
def test_a_line_that_is_no_record_is_refused(line, told):
    [found] = refused(importing("ndjson", line.encode()))
    assert found.startswith(told)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("lo", 1, "claims.1.lo: There is no such field; the nearest is “low”."),
        ("low", True, "claims.1.low: A number is needed"),
        ("low", "1_0", "claims.1.low: A number is needed"),
        ("low", "inf", "claims.1.low: A number is needed"),
        ("low", "x", "claims.1.low: A number is needed"),
        ("denied", 1, "claims.1.denied: Give true or false."),
        ("article_version", "1", "claims.1.article_version: A whole number is needed."),
        ("words", "x", "claims.1.words: There is no such field"),
        ("note", None, "claims.1.note: Words are needed"),
        (
            "anchor",
            [1],
            "claims.1.anchor: A start, counted from 0, and words are needed",
        ),
        ("anchor", ["1", "x"], "claims.1.anchor: A start"),
        ("anchor", [-1, "x"], "claims.1.anchor: A start"),
        ("anchor", None, "claims.1.anchor: A start"),
        ("holds", {"earliest": "2022-01-01"}, "claims.1.holds: A date is needed"),
        ("holds", {"on": "2022-01-01"}, "claims.1.holds: A date is needed"),
        (
            "holds",
            {"earliest": "20220101", "latest": "20220101", "precision": "DAY"},
            "claims.1.holds: A date is needed",
        ),
        (
            "life",
            {"status": "PUBLISHED", "published_at": "2022-01-01"},
            "published_at: A",
        ),
        ("pieces", [["x"]], "claims.1.pieces.1: A start"),
        (
            "translations",
            [{"language": "ar"}],
            "claims.1.translations.1.words: This is",
        ),
    ],
)
def test_a_value_that_does_not_do_is_refused_by_its_place(name, value, told):
    record: dict[str, Any] = a_record(**{name: value})
    [found] = refused(importing("ndjson", json.dumps(record).encode()))
    assert told in found


def test_numbers_are_taken_as_strings_and_as_numbers():
    records = (a_record(1, low="75.5", high=75.5), a_record(2, low=75, high="75"))
    content = "\n".join(map(json.dumps, records))
    assert refused(importing("ndjson", content.encode())) == []
