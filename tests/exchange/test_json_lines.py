"""What goes out as NDJSON comes in again, byte for byte."""

import hashlib
import io
from typing import Any

import pytest

from claims.exchange import json_lines
from claims.exchange.gathering import gathered
from claims.models import Claim, Quote
from claims.receiving import Outcome, ReceivedFile, receive
from sources.verification import Verification
from tests import databases
from tests import factories as make
from tests.exchange.inventing import Inventor


def exported(reader: Any, **filters: str) -> bytes:
    return b"".join(json_lines.write(gathered(reader, filters)))


def imported(content: bytes, **options: Any) -> list[Outcome]:
    digest = hashlib.sha256(content).hexdigest()
    options = {"actor": make.an_editor(), "at": make.PUBLISHED_AT, **options}
    read = json_lines.read(io.BytesIO(content), "statements.ndjson")
    return list(
        receive(read, ReceivedFile("statements.ndjson", digest, "ndjson"), **options)
    )


def problems() -> list[str]:
    """What `verify` finds, but for the accounts that factories make past the log."""
    found = Verification().of_everything()
    return [str(each) for each in found if not each.record.startswith("auth.")]


def refusals(outcomes: list[Outcome]) -> list[str]:
    return [str(each) for outcome in outcomes for each in outcome.refusals]


@pytest.mark.parametrize(
    "n_claims", [200, pytest.param(10_000, marks=pytest.mark.drill)]
)
def test_claims_by_chance_come_back_byte_for_byte(
    n_claims, django_db_setup, django_db_blocker, tmp_path
):
    def in_a_base(name: str):
        folder = tmp_path / name
        folder.mkdir()
        return databases.fresh_copy(folder)

    with django_db_blocker.unblock():
        with in_a_base("first"):
            for _claim in Inventor(n_claims).claims(n_claims):
                pass
            n_quotes = Quote.objects.count()
            first = exported(make.a_chief())
        with in_a_base("second"):
            assert refusals(imported(first)) == []
            assert Claim.objects.count() == n_claims
            assert Quote.objects.count() == n_quotes
            assert exported(make.a_chief()) == first
            assert problems() == []
