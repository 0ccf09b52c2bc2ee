"""What SQLite keeps and is asked for: the columns of a table of FTS5."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from sources.word_index.words import LONGEST, asked

if TYPE_CHECKING:
    from sources.text.terms import Part, Query
    from sources.word_index.words import Words

#: FTS5 would split words at these characters.
TOKENIZE = r"ascii tokenchars ''!#$%&()*+,-./:;<=>?@[\]^_`{|}~''"
COLUMNS = ("rowid", "title", "body", "title_forms", "body_forms")


def columns(words: Words) -> list[str]:
    """Return what FTS5 is given: stems, then forms."""
    return [
        " ".join(word[which] for word in some)
        for which in (0, 1)
        for some in (words.title, words.body)
    ]


def match(query: Query, *, in_title: bool) -> str:
    """Return what asks for the rows in which everything stands."""
    names = ["title"] if in_title else ["title", "body"]
    looked_in = " ".join(f"{name}_forms" if query.exact else name for name in names)
    return f"{{{looked_in}}} : ({' AND '.join(map(_part, asked(query)))})"


def _part(part: Part) -> str:
    star = "*" if part.is_prefix else ""
    phrases = product(*(sorted(each) for each in part.positions))
    written = (" ".join(word[:LONGEST] for word in phrase) for phrase in phrases)
    return "(" + " OR ".join(f'"{phrase}"{star}' for phrase in written) + ")"
