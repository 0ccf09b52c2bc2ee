"""How Lighthouse judges five pages in both languages, on a base with the demo.

    npm install --prefix FOLDER lighthouse
    python benchmarks/lighthouse.py FOLDER [--site http://127.0.0.1:8000] [--runs 3]

Asks the site that `make run` serves, as a telephone on a slow line, and prints the
median of each group and what moved, as the table of docs/access.md. Ends with 1 when a
group of a page has less than 95.
"""  # noqa: INP001  # a script, in no package

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

PAGES = {
    "home": "/",
    "article": "/articles/a-sinaa/",
    "claim": "/claims/c-ferry-toll-missing/",
    "measure": "/measures/missing-from-the-ferry-sahab/",
    "search": "/search/",
}
GROUPS = ("performance", "accessibility", "best-practices", "seo")
ENOUGH = 95
FLAGS = "--headless=new --no-sandbox --disable-gpu"


def report(tool: Path, address: str, language: str) -> dict[str, Any]:
    """Return what Lighthouse says of a page in a language."""
    cookie = json.dumps({"Cookie": f"django_language={language}"})
    command = [tool, address, "--quiet", "--output=json", f"--extra-headers={cookie}"]
    chromium = os.environ.get("CHROME_PATH") or shutil.which("chromium") or ""
    environment = {**os.environ, "CHROME_PATH": chromium}
    command = [*command, f"--chrome-flags={FLAGS}"]
    done = subprocess.run(command, env=environment, capture_output=True, check=True)  # noqa: S603  # a tool that whoever runs this names
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def medians(reports: list[dict[str, Any]]) -> list[float]:
    """Return the four groups in percent, and what moved."""
    groups = [
        round(
            100
            * statistics.median(each["categories"][group]["score"] for each in reports)
        )
        for group in GROUPS
    ]
    shifts = [each["audits"]["cumulative-layout-shift"] for each in reports]
    return [
        *groups,
        statistics.median(round(each["numericValue"], 3) for each in shifts),
    ]


def tell(*cells: object) -> None:
    """Print a row of the table."""
    print(f"| {' | '.join(map(str, cells))} |", flush=True)  # noqa: T201  # a script


def main() -> int:
    """Print the table; tell whether all is enough."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--site", default="http://127.0.0.1:8000")
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    tool = asked.folder / "node_modules/.bin/lighthouse"
    is_enough = True
    tell("page", "language", *GROUPS, "layout shift")
    tell(*["---"] * (len(GROUPS) + 3))
    for name, path in PAGES.items():
        for language in ("ar", "en"):
            address = asked.site + path
            runs = [report(tool, address, language) for _ in range(asked.runs)]
            *groups, shift = medians(runs)
            is_enough &= min(groups) >= ENOUGH
            tell(name, language, *groups, f"{shift:g}")
    return 0 if is_enough else 1


if __name__ == "__main__":
    sys.exit(main())
