"""Bars on a terminal, and silence elsewhere."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.progress import TimeRemainingColumn as TimeLeft

from sources.ingest import reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


@contextmanager
def articles_read(paths: Iterable[str]) -> Iterator[Callable[[], None]]:
    """Show on a terminal how many articles of some files were read; yield a step."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda: None
        return
    text = TextColumn("{task.description}")
    columns = (text, BarColumn(), MofNCompleteColumn(), TimeLeft())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("Articles", total=_n_articles(paths))
        yield lambda: progress.advance(task)


def _n_articles(paths: Iterable[str]) -> int | None:
    """Return how many articles the files hold; None when standard input is among them."""
    if reading.STANDARD_INPUT in paths:
        return None
    folders = [Path(path) for path in paths]
    files = [
        file
        for folder in folders
        for file in (folder.rglob("*.*") if folder.is_dir() else [folder])
    ]
    return sum(map(_n_records, filter(Path.is_file, files)))


def _n_records(path: Path) -> int:
    if reading.KINDS.get(path.suffix.lower()) != reading.RECORDS:
        return 1
    with path.open("rb") as stream:
        return sum(1 for line in stream if line.strip())
