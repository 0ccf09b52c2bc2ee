"""Lines that were broken only because they were full.

A mail, a wire or a page saved as plain text breaks its lines at one width, in the middle
of sentences. Readers read on; so do the rules, which otherwise take the end of a line for
that of a paragraph.
"""

from collections.abc import Iterator
from itertools import accumulate, pairwise
from typing import NamedTuple

from sources.text import lexicon
from sources.text.fold import fold_key

_WIDTHS = range(40, 101)
"""How long the longest line of a text is that was broken at a width."""
_FEWEST, _MOST_OF = 2, 0.6
"""How many breaks at least show a width, and what part of all of them."""
_RAGGED = 0.75
"""How long a line is, next to the longest, that was broken where letters are uneven."""
_SENTENCE = 40
"""A line this long that a small letter follows is no title and no item of a list."""
_CLOSERS = "\"”»'’)]"
_STOPS = tuple(".!?؟:؛;…")
_LEADING = frozenset(
    fold_key(word)
    for (words,) in lexicon.rows("sources.text.lexicon", "line_never_ends")
    for word in words.split()
)


class _Break(NamedTuple):
    """A single newline: its place, and what the lines on its sides tell.

    ``is_full`` says that the next word would not have fitted into the line, ``is_cut``
    that it is about as long and has no mark of an end, and ``leads_on`` that its
    sentence must go on.
    """

    at: int
    is_full: bool
    is_cut: bool
    leads_on: bool


def unwrapped(text: str) -> str:
    """The text with a space for each newline that only broke a full line.

    No character changes its place. Linear in the text.
    """
    lines = text.split("\n")
    width = max(map(len, lines))
    breaks = list(_breaks(lines, width))
    n_shown = sum(each.is_cut for each in breaks)
    is_wrapped = width in _WIDTHS and n_shown >= max(_FEWEST, _MOST_OF * len(breaks))
    soft = [
        each.at
        for each in breaks
        if each.leads_on or (is_wrapped and (each.is_full or each.is_cut))
    ]
    edges = pairwise([-1, *soft, len(text)])
    return " ".join(text[a + 1 : b] for a, b in edges) if soft else text


def _breaks(lines: list[str], width: int) -> Iterator[_Break]:
    """The newlines with a line on each side; they end no paragraph for sure."""
    ends = accumulate(len(line) + 1 for line in lines)
    for end, (one, after) in zip(ends, pairwise(lines), strict=False):
        line = one.rstrip()
        last, first = line.split()[-1:], after.split(maxsplit=1)[:1]
        if last and first:
            is_open = not line.rstrip(_CLOSERS).endswith(_STOPS)
            is_full = len(line) + len(first[0]) >= width
            is_small = len(line) >= _SENTENCE and first[0][0].islower()
            leads_on = is_open and (is_small or fold_key(last[0]) in _LEADING)
            is_cut = is_open and len(line) >= _RAGGED * width
            yield _Break(end - 1, is_full, is_cut, leads_on)
