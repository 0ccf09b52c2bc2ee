"""Search: what stands where, in both languages, for whoever may know of it.

The index (`writing`) is kept in the transaction that alters a row, and holds words as
the public may read them; who finds what is decided by `sources.policy`, before
anything is counted or cut.
"""

from claims.search.asking import (
    KINDS,
    MOST,
    Count,
    CursorRefused,
    Facet,
    Found,
    Question,
    matching,
    search,
)
from claims.search.cutting import Passage
from claims.search.showing import Hit
from claims.search.writing import follow, n_rows, rebuild, refresh

__all__ = [
    "KINDS",
    "MOST",
    "Count",
    "CursorRefused",
    "Facet",
    "Found",
    "Hit",
    "Passage",
    "Question",
    "follow",
    "matching",
    "n_rows",
    "rebuild",
    "refresh",
    "search",
]
