"""What a base has published reaches another one through its API, digit by digit."""

import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from sources import following
from tests import factories as make
from tests.clients import carry_over
from tests.clients.running import run
from tests.exchange.exchanging import a_base, importing, problems, refused
from tests.exchange.inventing import Inventor

N_CLAIMS = 40
#: What is of the one base: how far a claim has come there.
OF_THE_BASE = {"status", "published_at"}


def publish_claims_by_chance() -> None:
    with following.once_at_the_end():
        for claim in list(Inventor(23).claims(N_CLAIMS)):
            make.published(claim)


def claims(reader: Any = None) -> dict[str, carry_over.Row]:
    """What the API says of every claim, numbers as they are written, by code."""
    client = Client()
    if reader:
        client.force_login(reader)
    lines = client.get("/api/v1/claims.ndjson").getvalue().decode().splitlines()
    rows = map(carry_over.read, lines)
    return {
        row["code"]: {name: row[name] for name in row.keys() - OF_THE_BASE}
        for row in rows
    }


@pytest.mark.usefixtures("django_db_setup")
def test_numbers_dates_places_and_letters_reach_another_base(
    django_db_blocker: DjangoDbBlocker, tmp_path: Path
):
    with a_base(django_db_blocker, tmp_path / "first"):
        publish_claims_by_chance()
        before = claims()
        server = LiveServer("localhost")
        written = run(sys.executable, "carry_over.py", server.url)
        server.stop()

    with a_base(django_db_blocker, tmp_path / "second"):
        assert refused(importing("ndjson", written.encode())) == []
        after = claims(make.a_chief())
        assert len(after) > N_CLAIMS / 2
        assert after == {code: before[code] for code in after}
        assert problems() == []
