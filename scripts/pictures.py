#!/usr/bin/env python3
"""Take the pictures of docs/pictures anew, from the demo in a folder thrown away.

They are taken in the order of the list: what is done for one stays done for those
after it. Needs Chromium.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TextIO

from playwright.sync_api import (
    Browser,
    BrowserContext,
    FloatRect,
    Page,
    sync_playwright,
)

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "pictures"
WIDTH, HEIGHT, MARGIN = 1400, 900, 10
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
KEPT = ("HOME", "LANG", "PATH")
PASSWORD = re.compile(r"│ (\w+) +│ ([\w-]+) +│")

Acts = tuple[tuple[str, ...], ...]
"""Methods of a page and what they are given: ("click", "#id"), ("fill", "#id", "3")."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: of which page, in which language, as whom (as nobody: a reader).

    `part` is the element it shows, at most `tall` pixels of it. What is done
    `before` it is seen on it, what is done `after` it on the next ones.
    """

    name: str
    address: str
    language: str = "en"
    role: str = ""
    part: str = "html"
    tall: int = HEIGHT
    before: Acts = ()
    after: Acts = ()


SURVIVORS = "/review/c-ferry-toll-survivors/"
PROPOSED = (
    ("press", "body", "e"),
    ("fill", "[name=edit-anchor_find]", "up to 45 survivors were still being treated"),
    ("fill", "#id_note", "They are those in treatment: let the words say so."),
)
AGENCY = (ROOT / "fixtures/training/texts/7-agency.en.txt").read_text("utf-8")
TAKEN_OVER = "\n\n".join(
    (
        "Ferry toll climbs again",
        "10 January 2022",
        *AGENCY.strip().split("\n\n")[2:],
        "Source: Harbour News Agency",
    )
)
MISSING = (
    ("click", "tr:has-text('Ferry toll climbs') a[href$='workbench/']"),
    ("click", ".places a:has-text('claim'):has-text('between 60 and 80')"),
    ("wait_for_selector", ".card :text('between 60 and 80 passengers')"),
)
RETURNED = "section[aria-labelledby=returned]"
PICTURES = (
    # README.md
    Picture("claim-ar", "/claims/c-sinaa-holdouts/", "ar"),
    Picture("article-en", "/articles/a-coalition/"),
    Picture(
        "workbench-ar",
        "/admin/sources/article/",
        *("ar", "editor"),
        before=(("click", "tr:has-text('«سحاب» قبالة') a[href$='workbench/']"),),
    ),
    Picture(
        "admin-claim",
        "/admin/claims/claim/?q=survivors",
        *("en", "editor"),
        before=(("click", "tr:has-text('up to 45') th a"),),
    ),
    # docs/editing.md
    Picture("desk-en", "/admin/", "en", "editor", tall=640),
    Picture(
        "bring-in-en",
        "/admin/sources/article/bring-in/",
        *("en", "editor", "#content"),
        before=(("fill", "#id_text", TAKEN_OVER), ("click", "[value=look]")),
        after=(("click", "[value=keep]"),),
    ),
    Picture(
        "workbench-en",
        "/admin/sources/article/",
        *("en", "editor", "#content", 1000),
        before=MISSING,
    ),
    Picture(
        "number-en",
        "/admin/sources/article/",
        *("en", "editor", ".card"),
        before=(
            *MISSING,
            ("fill", ".card [name$=count]", "حوالي ٣٬٥٠٠"),
            ("wait_for_selector", ".card .understood:has-text('3,500')"),
        ),
    ),
    Picture(
        "offers-en",
        "/admin/sources/article/",
        *("en", "editor", ".field-offers"),
        before=(("click", "tr:has-text('Ferry toll climbs') th a"),),
    ),
    # docs/reviewing.md
    Picture("queue-en", "/review/", "en", "reviewer", "#desk"),
    Picture(
        "review-ar", "/review/q-ferry-press-quay/", "ar", "reviewer", "#desk", 1100
    ),
    Picture("review-en", SURVIVORS, "en", "reviewer", ".split", 1072),
    Picture(
        "proposal-en",
        SURVIVORS,
        *("en", "reviewer", "#decision", 720),
        before=PROPOSED,
        after=(("click", "[value=return]"),),
    ),
    Picture("returned-ar", "/me/", "ar", "editor", RETURNED, 358),
    Picture("returned-en", "/me/", "en", "editor", RETURNED, 358),
    Picture(
        "history-en",
        "/review/c-ferry-translation-missing/",
        *("en", "chief", ".past", 662),
        before=(("click", ".past summary"),),
    ),
    Picture("retractions-en", "/review/retractions/", "en", "chief", "#desk"),
    Picture("corrections-ar", "/corrections/", "ar"),
    Picture("corrections-en", "/corrections/"),
    Picture(
        "as-of-en", "/measures/missing-from-the-ferry-sahab/?as_of=2022-02-04", tall=620
    ),
)


# --- the site ---


@contextmanager
def demo_site() -> Iterator[tuple[str, dict[str, str]]]:
    """Serve the demo; yield its address and the password of each role."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        server = subprocess.Popen(  # noqa: S603  # our own command
            [sys.executable, "manage.py", "quickstart", "--port", str(port)],
            cwd=ROOT,
            env={**kept, "FACTBASE_DATA": folder, "COLUMNS": "120"},
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            words = passwords(server.stdout)
            wait_for(port)
            yield f"http://127.0.0.1:{port}", words
        finally:
            server.terminate()
            server.wait()


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def passwords(printed: TextIO | None) -> dict[str, str]:
    """Read what quickstart prints before it serves; the password of each role."""
    found: dict[str, str] = {}
    for line in printed or ():
        found |= dict(PASSWORD.findall(line))
        if line.startswith("Ctrl-C"):
            return found
    sys.exit("Factbase did not start; the lines above say why.")


def wait_for(port: int) -> None:
    """Wait until somebody listens on a port, for half a minute at most."""
    for _tenth in range(300):
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    sys.exit("Factbase started and does not answer.")


# --- the camera ---


class Camera:
    """A browser before the site, signed in once for each role and language."""

    def __init__(self, browser: Browser, url: str, words: dict[str, str]) -> None:
        self.browser, self.url, self.words = browser, url, words
        self.context = cache(self._context)

    def _context(self, role: str, language: str) -> BrowserContext:
        context = self.browser.new_context(
            viewport={"width": WIDTH, "height": HEIGHT},
            color_scheme="light",
            locale=language,
        )
        context.set_default_timeout(20_000)
        if role:
            page = context.new_page()
            page.goto(f"{self.url}/admin/login/?next=/me/", wait_until="commit")
            page.fill("#id_username", role)
            page.fill("#id_password", self.words[role])
            page.press("#id_password", "Enter")
            page.wait_for_url("**/me/")
            page.close()
        return context

    def take(self, picture: Picture) -> int:
        """Write one picture; return its size in bytes."""
        page = self.context(picture.role, picture.language).new_page()
        page.goto(self.url + picture.address)
        self._do(page, picture.before)
        page.evaluate("scrollTo(0, 0)")
        path = FOLDER / f"{picture.name}.png"
        taken = page.screenshot(path=path, clip=box(page, picture), full_page=True)
        self._do(page, picture.after)
        page.close()
        return len(taken)

    def _do(self, page: Page, acts: Acts) -> None:
        for method, *given in acts:
            getattr(page, method)(*given)
            page.wait_for_load_state("networkidle")


def box(page: Page, picture: Picture) -> FloatRect:
    """Return where the part of a page stands, with a margin around it."""
    found = page.locator(picture.part).first.bounding_box()
    if found is None:
        sys.exit(f"{picture.name}: nothing is shown of {picture.part}")
    return {
        "x": max(0, found["x"] - MARGIN),
        "y": max(0, found["y"] - MARGIN),
        "width": min(WIDTH, found["width"] + 2 * MARGIN),
        "height": min(picture.tall, found["height"] + 2 * MARGIN),
    }


def main() -> None:
    """Take all pictures, saying how far it is."""
    path = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if path is None:
        sys.exit("Chromium is missing: apt-get install chromium")
    sys.stdout.write("Preparing the demo (half a minute)\n")
    with demo_site() as (url, words), sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-lcd-text"]
        )
        camera = Camera(browser, url, words)
        for number, picture in enumerate(PICTURES, 1):
            size = camera.take(picture) // 1000
            told = f"{number} of {len(PICTURES)}: {picture.name}.png, {size} kB\n"
            sys.stdout.write(told)
            sys.stdout.flush()
        browser.close()


if __name__ == "__main__":
    main()
