"""Search as people spell: alef with or without hamza, digits of any script."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, reduce
from itertools import chain
from operator import or_
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from sources.masking import is_restricted, reading_now
from sources.text.fold import fold, fold_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from django.db.models import QuerySet

_LONGEST, _MOST_WORDS = 200, 8

#: Latin, combining marks, Arabic, format characters, Arabic and full-width forms.
_LETTERS = chain(
    range(0x21, 0x250),
    range(0x300, 0x370),
    range(0x600, 0x700),
    range(0x200B, 0x2070),
    range(0xFB50, 0xFE00),
    range(0xFE70, 0xFFF0),
)


def spelled(term: str, paths: Iterable[str]) -> Q:
    """Return the condition that every word of a term stands in one of the columns.

    A word stands for all its spellings, as `sources.text.fold` has them. Where
    there are no columns to search, nothing is asked for.
    """
    condition = Q()
    for word in fold_key(term[:_LONGEST]).split()[:_MOST_WORDS]:
        pattern = spelling_pattern(word)
        found = (Q(**{f"{path}__regex": pattern}) for path in paths)
        condition &= reduce(or_, found, Q())
    return condition


def without_hidden_matches(
    rows: QuerySet[Any], term: str, paths: Sequence[str]
) -> QuerySet[Any]:
    """Leave out what matches a term by nothing but a name that hides from the reader.

    Cost, while somebody is withheld: the rows that match both the term and a name,
    or all that match the term where marks were made by hand.
    """
    words, reading = fold_key(term[:_LONGEST]).split()[:_MOST_WORDS], reading_now()
    if not words or not paths or reading is None or not is_restricted():
        return rows
    suspects = rows
    if not reading.has_marks_by_hand:
        named = (spelled(name, paths) for name in reading.words)
        suspects = rows.filter(reduce(or_, named))
    patterns = [re.compile(spelling_pattern(word)) for word in words]
    hidden = [
        row.pk for row in suspects.distinct() if not _is_seen(row, patterns, paths)
    ]
    return rows.exclude(pk__in=hidden)


def _is_seen(row: Any, patterns: list[re.Pattern[str]], paths: Iterable[str]) -> bool:
    seen = [str(value) for path in paths for value in _values(row, path.split("__"))]
    return all(any(map(pattern.search, seen)) for pattern in patterns)


def _values(row: Any, path: list[str]) -> Iterator[Any]:
    """Yield what a search looks at, as the reader sees it."""
    if row is None or not path:
        yield "" if row is None else row
        return
    following = getattr(row, path[0])
    several = following.all() if hasattr(following, "all") else [following]
    for each in several:
        yield from _values(each, path[1:])


def spelling_pattern(folded: str) -> str:
    """Return a regular expression for all that folds to this, in time linear in both.

    It is one that Python and PostgreSQL read alike.
    """
    families = _families()
    unseen = f"{families['']}*"
    return unseen.join(families.get(letter) or re.escape(letter) for letter in folded)


@cache
def _families() -> dict[str, str]:
    """Return the character class of all letters that fold to one, by that one."""
    members = defaultdict(list)
    for code in _LETTERS:
        folded = fold(chr(code)).text
        if len(folded) <= 1:
            members[folded].append(code)
    return {folded: _character_class(codes) for folded, codes in members.items()}


def _character_class(codes: list[int]) -> str:
    runs: list[list[int]] = []
    for code in codes:
        if runs and code == runs[-1][-1] + 1:
            runs[-1].append(code)
        else:
            runs.append([code])
    return "[" + "".join(map(_range, runs)) + "]"


def _range(run: list[int]) -> str:
    ends = [run[0]] if len(run) == 1 else [run[0], run[-1]]
    return "-".join(f"\\{chr(c)}" if chr(c) in r"\]^-[" else chr(c) for c in ends)
