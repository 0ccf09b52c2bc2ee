"""A text cut into the words, digits and marks that the reading rules look at."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, compress, count, pairwise, starmap
from operator import mul, sub
from typing import Self

from sources.text.fold import Folded, fold
from sources.text.spans import Span
from sources.text.wrapping import unwrapped

_WORD = re.compile(
    r"([a-z\u0621-\u064a]+[^\W\d_]*|[0-9]+|[^\w\s]|[^\W\d_]+|[\n_])"  # the commonest first
)
_BEYOND = 64


def places(forms: list[str], among: Container[str]) -> Iterator[int]:
    """Where forms stand that are among some; the quickest way through a whole text."""
    return compress(count(), map(among.__contains__, forms))


@dataclass(frozen=True)
class Words:
    r"""The words of a text, folded, in order, each with its place.

    A word is a run of letters, a run of digits, one mark, or one newline, so
    ``25من`` is two words and ``3,500`` three. ``forms[i]`` stands at
    ``[starts[i], ends[i])`` of ``folded.text``. Spans given out are of the source
    text. Linear in the text.
    """

    folded: Folded
    forms: list[str]
    starts: list[int]
    ends: list[int]

    @classmethod
    def of(cls, text: str) -> Self:
        """The words of a text."""
        return cls._cut(fold(text))

    @classmethod
    def of_sentences(cls, text: str) -> Self:
        """The words of a text; a newline that only broke a full line is none."""
        return cls._cut(replace(fold(unwrapped(text)), source=text))

    @classmethod
    def _cut(cls, folded: Folded) -> Self:
        gaps_and_words = _WORD.split(folded.text)
        edges = list(accumulate(map(len, gaps_and_words)))
        return cls(folded, gaps_and_words[1::2], edges[:-1:2], edges[1::2])

    def __len__(self) -> int:
        return len(self.forms)

    @property
    def text(self) -> str:
        """The source text."""
        return self.folded.source

    @cached_property
    def form(self) -> Callable[[int], str]:
        """The word at an index, empty before the first and after the last.

        It takes no index that is further out than ``_BEYOND`` words.
        """
        return [*self.forms, *[""] * _BEYOND].__getitem__

    @cached_property
    def capitals(self) -> list[bool]:
        """For each word whether it begins with a capital letter."""
        text, offsets = self.text, self.folded.offsets
        if not isinstance(offsets, range):  # as many of each letter as it folds to
            n_folded = starmap(sub, map(reversed, pairwise(offsets)))
            text = "".join(map(mul, text, n_folded))
        return [*map(str.isupper, map(text.__getitem__, self.starts))]

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The words that the text has, each once: to leave out rules for others."""
        return frozenset(self.forms)

    def written(self, index: int, *, skip: int = 0) -> str:
        """A word as it stands in the source text, less its first ``skip`` letters."""
        return self.span(index, index + 1, skip=skip).of(self.text)

    def span(self, first: int, end: int, *, skip: int = 0) -> Span:
        """Where the words ``[first, end)`` stand in the source text.

        The first ``skip`` letters are left out: clitics written as one with a word.

        Raises:
            SpanError: when there is none.
        """
        return self.folded.place(self.starts[first] + skip, self.ends[end - 1])

    def within(self, span: Span) -> range:
        """The words that a span of the source text touches."""
        inner = self.folded.folded(span)
        if inner is None:
            return range(0)
        return range(
            bisect_right(self.ends, inner.start), bisect_left(self.starts, inner.end)
        )

    def touches_next(self, index: int) -> bool:
        """Whether nothing stands between a word and the next one."""
        starts, after = self.starts, index + 1
        return after < len(starts) and self.ends[index] == starts[after]

    @cached_property
    def paragraphs(self) -> list[range]:
        """The words of each line that has any, without the newlines."""
        breaks = [i for i, form in enumerate(self.forms) if form == "\n"]
        edges = zip([-1, *breaks], [*breaks, len(self)], strict=True)
        return [range(a + 1, b) for a, b in edges if b > a + 1]

    def taken_by(self, spans: Iterable[Span]) -> set[int]:
        """The words that any of the spans touches: what another rule has read."""
        return {index for span in spans for index in self.within(span)}
