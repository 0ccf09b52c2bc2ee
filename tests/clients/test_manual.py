"""The programs of docs/api.md, copied out of it, print what they promise."""

import json
import re
import sys
from typing import Any
from urllib.request import urlopen

import pandas
import pytest
from django.conf import settings

from tests.clients.running import run

pytestmark = pytest.mark.once

MANUAL = (settings.BASE_DIR / "docs" / "api.md").read_text()
SITE = "http://localhost:8000"


def program(language: str, site: str) -> str:
    """The one program in a language, asking another site."""
    [text] = re.findall(rf"```{language}\n(.*?)```", MANUAL, re.DOTALL)
    return text.replace(SITE, site)


def test_the_table_of_pandas_holds_the_figures(demo_url: str):
    printed = run(sys.executable, "-c", program("python", demo_url))
    assert "3500" in printed


def test_pandas_reads_the_whole_table_as_the_lines_have_it(demo_url: str):
    [address] = re.findall(r'curl "(\S+claims\.csv\?\S+)"', MANUAL)
    table = pandas.read_csv(address.replace(SITE, demo_url))
    lines = read_ndjson(demo_url, address.partition("?")[2])
    assert list(table["words"]) == [row["words"] for row in lines]
    for bound in ("low", "high"):
        figures = table[f"quantity_{bound}"].astype(object)
        told = [row["quantity"] and row["quantity"][bound] for row in lines]
        assert list(figures.where(figures.notna(), None)) == told


def read_ndjson(site: str, query: str) -> list[Any]:
    with urlopen(f"{site}/api/v1/claims.ndjson?{query}") as answer:  # noqa: S310  # ours
        return [json.loads(line) for line in answer]


@pytest.mark.usefixtures("ask_node")
def test_the_script_for_observable_prints_the_figures(demo_url: str):
    program_of_node = program("js", demo_url)
    printed = run("node", "--input-type=module", "--eval", program_of_node)
    assert "low: 3500" in printed
