"""The page docs/extraction.md: each reading rule with the sentences that test it."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from claims.extraction.rules import rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims.extraction.rules import Rule

_SPECS = Path(__file__).resolve().parents[1] / "tests" / "specs"

#: The heading of each part, and the tables of tests/specs it shows.
_PARTS = {
    "Quotes and speakers, Arabic": ("quotes_ar", "speakers_ar"),
    "Quotes and speakers, English": ("quotes_en", "speakers_en"),
    "Quotation marks": ("marks",),
    "Quantities, Arabic": ("quantities_ar",),
    "Quantities, English": ("quantities_en",),
    "Numbers as written, Arabic": ("numerals_ar",),
    "Numbers as written, English": ("numerals_en",),
    "Dates, Arabic": ("dates_ar",),
    "Dates, English": ("dates_en",),
    "The day of a quote and of a figure": ("said_on", "holds"),
    "Source credits": ("credits",),
}

_PAGE = """\
# What the machine reads in an article

Made from `claims/extraction/lexicon/rules_*.tsv` and the tables of `tests/specs` by
`make docs`; edit those. Each row is a test: the sentence, what is read of it, and why.
A dash in the tables, and “nothing” here, means that nothing may be suggested. `⏎` stands
for a new line, `¦` stands between several values.

Nothing here is recorded by itself: a person accepts, changes or dismisses each
suggestion, and how often each rule was right is counted (`manage.py suggest --report`).

## The rules

| rule | suggests | right | why |
|---|---|---|---|
{rules}

{parts}
"""


def page() -> str:
    """Return the text of the page."""
    return _PAGE.format(
        rules="\n".join(_rule(rule) for rule in rules().values()),
        parts="\n\n".join(_part(*part) for part in _PARTS.items()),
    )


def _rule(rule: Rule) -> str:
    share = f"{rule.confidence:.0%}"
    return _row(f"`{rule.id}`", rule.yields, share, f"{rule.why_en} {rule.why_ar}")


def _part(heading: str, tables: tuple[str, ...]) -> str:
    rows = "\n".join(
        _row(case.pop("text", ""), _read_as(case), case["why"])
        for table in tables
        for case in _cases(table)
    )
    return f"## {heading}\n\n| sentence | read as | why |\n|---|---|---|\n{rows}"


def _read_as(case: dict[str, str]) -> str:
    said = [
        f"{column}: {value}"
        for column, value in case.items()
        if column != "why" and value not in {"", "-"}
    ]
    return "<br>".join(said) or "nothing"


def _cases(table: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a table by its columns."""
    lines = (_SPECS / f"{table}.tsv").read_text("utf-8").splitlines()
    kept = [line for line in lines if line and not line.startswith("# ")]
    yield from csv.DictReader(kept, delimiter="\t", quoting=csv.QUOTE_NONE)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
