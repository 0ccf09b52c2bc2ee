"""Word lists of the reading rules: one concept a line, tab-separated.

Lines that begin with `#` are comments; the first says what the columns are.
"""

from collections.abc import Iterator
from importlib import resources

from sources.text.fold import fold_key


def names(package: str, prefix: str) -> list[str]:
    """The lists of a package whose names begin so, in order."""
    files = [file.name for file in resources.files(package).iterdir()]
    return sorted(
        name.removesuffix(".tsv")
        for name in files
        if name.startswith(prefix) and name.endswith(".tsv")
    )


def rows(package: str, name: str) -> Iterator[list[str]]:
    """The lines of a list, each as its columns, without comments and empty lines."""
    text = resources.files(package).joinpath(f"{name}.tsv").read_text("utf-8")
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.split("\t")


def phrases(column: str) -> list[tuple[str, ...]]:
    """The entries of a column, folded; `_` joins the words of one entry."""
    return [
        tuple(fold_key(word) for word in entry.split("_")) for entry in column.split()
    ]
