"""Tables of cases: one case a row, the last column says why it is so.

Lines that begin with ``# `` are comments, the first other line names the columns. Cells
are separated by tabs; ``\\uXXXX`` stands for a character that cannot be seen. A
pair of brackets ⟦ ⟧ in a text encloses the span that the row is about.
"""

import re
from pathlib import Path

import pytest

from sources.text.spans import Span

FOLDER = Path(__file__).parent


def rows(name):
    """The cases of a table as pytest parameters, each named by its reason."""
    lines = (FOLDER / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    header, *cases = [line for line in lines if line and not line.startswith("# ")]
    parameters = []
    for line in cases:
        cells = [_visible(cell) for cell in line.split("\t")]
        assert len(cells) == len(header.split("\t")), f"{name}.tsv: {line}"
        parameters.append(pytest.param(*cells[:-1], id=cells[-1]))
    return parameters


def marked(text):
    """A text without its brackets, and the span they enclose or None."""
    if "⟦" not in text:
        return text, None
    before, rest = text.split("⟦")
    words, after = rest.split("⟧")
    return before + words + after, Span(len(before), len(before) + len(words))


def _visible(cell):
    return re.sub(r"\\u([0-9a-fA-F]{4})", lambda code: chr(int(code[1], 16)), cell)
