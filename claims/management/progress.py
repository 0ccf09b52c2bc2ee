"""Bars on a terminal, and silence elsewhere."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn
from rich.progress import TimeRemainingColumn as TimeLeft
from rich.text import Text

from sources.ingest import reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from contextlib import AbstractContextManager

    from rich.progress import Task


class _Rate(ProgressColumn):
    """How many a second."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:,.1f}/s" if task.speed else "")


def articles_read(paths: Iterable[str]) -> AbstractContextManager[Callable[[], None]]:
    """Show on a terminal how many articles of some files were read; yield a step."""
    return bar("Articles", lambda: _n_articles(paths))


@contextmanager
def bar(what: str, total: Callable[[], int | None]) -> Iterator[Callable[[], None]]:
    """Show on a terminal how much is done, how fast, and what is left; yield a step.

    The total is asked for on a terminal only; None is one that nobody knows.
    """
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda: None
        return
    columns = (
        "{task.description}",
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TimeLeft(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(what, total=total())
        yield lambda: progress.advance(task)


def _n_articles(paths: Iterable[str]) -> int | None:
    """Return how many articles the files hold; None when standard input is among them."""
    if reading.STANDARD_INPUT in paths:
        return None
    found = (file for path in paths for file in reading.files(Path(path)))
    return sum(_n_records(file) for file in found if isinstance(file, Path))


def _n_records(path: Path) -> int:
    is_many = reading.KINDS.get(path.suffix.lower()) == reading.RECORDS
    with suppress(OSError):
        if is_many and path.is_file():
            with path.open("rb") as stream:
                return sum(1 for line in stream if line.strip())
    return 1
