"""Cut the best passage out of a text: where most of the marks stand together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sources.text.spans import Span

#: About so many characters are shown.
LENGTH = 240
#: How much of it stands before the first mark.
_BEFORE = 60
#: A word is not looked for further than this.
_WORD = 30


@dataclass(frozen=True, slots=True)
class Passage:
    """A cut of a text, and where it starts there, in code points."""

    text: str
    start: int = 0

    @property
    def end(self) -> int:
        """Where it ends in the text."""
        return self.start + len(self.text)


def cut(text: str, marks: Sequence[Span]) -> tuple[Passage, list[Span]]:
    """Return the passage with most marks, and the marks in it, in their places."""
    if len(text) <= LENGTH:
        return Passage(text), list(marks)
    start = _start(text, max(_best(marks) - _BEFORE, 0)) if marks else 0
    end = _end(text, min(start + LENGTH, len(text)))
    within = [mark for mark in marks if start <= mark.start and mark.end <= end]
    return Passage(text[start:end], start), within


def _best(marks: Sequence[Span]) -> int:
    """Return where the first of the most marks starts that fit together."""
    best, most, last = marks[0].start, 0, 0
    for first, mark in enumerate(marks):
        last = max(last, first)
        while last < len(marks) and marks[last].end <= mark.start + LENGTH - _BEFORE:
            last += 1
        if last - first > most:
            best, most = mark.start, last - first
    return best


def _start(text: str, near: int) -> int:
    """Return the start of a word at or after an offset, or the offset."""
    if near == 0 or text[near - 1].isspace():
        return near
    ahead = range(near, min(near + _WORD, len(text)))
    return next((at + 1 for at in ahead if text[at].isspace()), near)


def _end(text: str, near: int) -> int:
    """Return the end of a word at or before an offset, or the offset."""
    if near == len(text) or text[near].isspace():
        return near
    back = range(near - 1, max(near - _WORD, 0), -1)
    return next((at for at in back if text[at].isspace()), near)
