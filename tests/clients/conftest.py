"""The demo, served, for clients that we did not write."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.demo import filling

HERE = Path(__file__).parent
SECONDS = 120


@pytest.fixture
def demo_url(
    committed_db: None,  # noqa: ARG001  # what is filled
    request: pytest.FixtureRequest,
) -> str:
    """The address of the site with the demo in its database."""
    filling.fill()
    return request.getfixturevalue("site_url")


@pytest.fixture
def ask_node() -> Callable[..., Any]:
    """Run a script of this folder with Node.js; returns what it prints, from JSON."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node.js is missing: apt-get install nodejs npm")
    if not (HERE / "node_modules").is_dir():
        pytest.skip("The clients are not installed: scripts/clients")

    def ask(script: str, *arguments: str) -> Any:
        done = subprocess.run(  # noqa: S603  # our own script
            [node, script, *arguments],
            cwd=HERE,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        return json.loads(done.stdout)

    return ask
