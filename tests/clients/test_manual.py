"""The programs of docs/api.md, copied out of it, print what they promise."""

import re
import sys

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


@pytest.mark.usefixtures("ask_node")
def test_the_script_for_observable_prints_the_figures(demo_url: str):
    program_of_node = program("js", demo_url)
    printed = run("node", "--input-type=module", "--eval", program_of_node)
    assert "low: 3500" in printed
