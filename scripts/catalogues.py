#!/usr/bin/env python3
"""Compile the message catalogues: each .po file into the .mo file beside it.

`catalogues.py --check` writes nothing and exits 1, naming what is stale,
untranslated or fuzzy. Compiling needs no gettext, so that every machine gets
the same bytes.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "factbase/locale"


def findings(path: Path) -> Iterator[str]:
    """What is wrong with one catalogue."""
    catalogue = polib.pofile(str(path))
    for entry in catalogue.untranslated_entries():
        yield f"untranslated: {entry.msgid!r}"
    for entry in catalogue.fuzzy_entries():
        yield f"fuzzy: {entry.msgid!r}"
    compiled = path.with_suffix(".mo")
    if not compiled.exists() or compiled.read_bytes() != catalogue.to_binary():
        yield "stale: run `make messages`"


def main(arguments: list[str]) -> int:
    """Check when asked to, else compile."""
    paths = sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))
    if arguments != ["--check"]:
        for path in paths:
            polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))
        return 0
    found = [
        f"{path.relative_to(ROOT)}: {finding}"
        for path in paths
        for finding in findings(path)
    ]
    sys.stderr.writelines(f"{line}\n" for line in found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
