#!/usr/bin/env python3
"""Take the pictures of docs/pictures anew, from the demo in a folder thrown away.

    python scripts/pictures.py [NAME...]     # all, or those whose names begin so

What is done before a picture also happens when only later ones are asked for, so
that they show the same. Needs Chromium.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "pictures"
WIDTH, HEIGHT = 1400, 900
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
KEPT = ("PATH", "HOME", "LANG")
SIGNED_IN = re.compile(r"│ (\w+) +│ ([\w-]+) +│")

Acts = tuple[tuple[str, ...], ...]
"""Methods of a page with what they are given: ("click", "#id"), ("fill", "#id", "3")."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: whose page it is, and what is done there before and after.

    Nobody's role is a reader's. `part` is the element it shows, from its top down
    to `height`; the whole window where there is none.
    """

    name: str
    address: str
    language: str = "en"
    role: str = ""
    before: Acts = ()
    after: Acts = ()
    part: str = ""
    height: int = HEIGHT


MEASURE = "/measures/missing-from-the-ferry-sahab/"
PICTURES = (
    Picture("claim-ar", "/claims/c-sinaa-holdouts/", "ar"),
    Picture("article-en", "/articles/a-caggins/"),
)


# --- the site ---


@contextmanager
def demo_site() -> Iterator[tuple[str, dict[str, str]]]:
    """Serve the demo; yield its address and the password of each role."""
    with tempfile.TemporaryDirectory() as folder, closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        command = [sys.executable, "manage.py", "quickstart", "--port", str(port)]
        server = subprocess.Popen(  # noqa: S603  # our own command
            command,
            cwd=ROOT,
            env={**kept, "FACTBASE_DATA": folder, "COLUMNS": "120"},
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            yield f"http://127.0.0.1:{port}", passwords(server.stdout)
        finally:
            server.terminate()
            server.wait()


def passwords(printed: TextIO | None) -> dict[str, str]:
    """Read what the command prints, until it serves."""
    found: dict[str, str] = {}
    for line in printed or ():
        found |= dict(SIGNED_IN.findall(line))
        if line.startswith("Ctrl-C"):
            return found
    sys.exit("Factbase did not start; what it printed says why.")
