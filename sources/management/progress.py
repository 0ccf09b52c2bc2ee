"""How far long work is: bars on a terminal, now and then a line elsewhere."""

from __future__ import annotations

import sys
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn
from rich.progress import TimeRemainingColumn as TimeLeft
from rich.text import Text

from sources.ingest import reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from contextlib import AbstractContextManager

    from rich.progress import Task


#: Between two lines, where there is no terminal.
SECONDS = 10


class Step(Protocol):
    """Says that one more is done, or as many."""

    def __call__(self, n: int = 1, /) -> object:
        """Say that so many more are done."""


class _Rate(ProgressColumn):
    """How many a second."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:,.1f}/s" if task.speed else "")


def articles_read(paths: Iterable[str]) -> AbstractContextManager[Step]:
    """Show how many articles of some files were read; yield a step."""
    return bar("Articles", lambda: _n_articles(paths))


@contextmanager
def bar(what: str, total: Callable[[], int | None]) -> Iterator[Step]:
    """Show how much is done, of how much, how fast, and what is left; yield a step.

    Where there is no terminal, a line says now and then how far it is. The total is
    asked for once something is shown; None is one that nobody knows.
    """
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _Lines(what, total)
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
        yield lambda n=1: progress.advance(task, n)


@contextmanager
def waiting(what: str, console: Console) -> Iterator[None]:
    """Say what is done that nobody can count: on a terminal as long as it lasts."""
    if not console.is_terminal:
        console.print(f"{what} …")
        yield
        return
    with console.status(what):
        yield


class _Lines:
    """Says on standard error, every ten seconds at most, how much is done."""

    def __init__(self, what: str, total: Callable[[], int | None]) -> None:
        self.what, self.total = what, cache(total)
        self.done, self.due = 0, monotonic() + SECONDS

    def __call__(self, n: int = 1) -> None:
        self.done += n
        if monotonic() < self.due:
            return
        self.due = monotonic() + SECONDS
        total = self.total()
        known = "" if total is None else f" of {total:,}"
        sys.stderr.write(f"{self.what}: {self.done:,}{known}\n")
        sys.stderr.flush()


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
