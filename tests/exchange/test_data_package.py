"""Frictionless, which we did not write, finds our tables valid and reads their types."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import frictionless
import pytest
from django.core.management import call_command

from tests import factories as make
from tests.exchange.inventing import Inventor

pytestmark = pytest.mark.django_db


def test_an_exported_table_is_a_valid_data_package(tmp_path: Path):
    claims = {claim.code: claim for claim in Inventor(7).claims(60)}
    make.a_chief("chief")
    output = tmp_path / "claims.csv"
    call_command(
        "export_claims", format="csv", output=output, user="chief", verbosity=0
    )

    package = frictionless.Package(str(tmp_path / "claims.csv-metadata.json"))
    report = package.validate()
    assert report.flatten(["rowNumber", "fieldName", "message"]) == []
    rows = package.resources[0].read_rows()
    assert len(rows) == len(claims)
    for row in rows:
        claim = claims[row["code"]]
        assert row["low"] == claim.low
        assert isinstance(row["low"], Decimal | None)
        assert row["holds_earliest"] == claim.holds_earliest
        assert isinstance(row["article_fetched_at"], dt.datetime | None)
