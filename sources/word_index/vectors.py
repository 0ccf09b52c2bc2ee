"""What PostgreSQL keeps and is asked for: vectors of words with their places."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise, product
from typing import TYPE_CHECKING, Any

from sources.word_index.words import EDGE, LONGEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sources.text.terms import Part
    from sources.word_index.words import Word, Words

#: PostgreSQL keeps 16,383 positions a vector, 256 a word, and a megabyte in all, where
#: a letter takes up to four bytes, and a word stands in it four times.
_MOST_WORDS, _MOST_OF_A_WORD, _MOST_LETTERS = 4_000, 255, 60_000
#: Longer texts are kept in parts, in each of which all positions have room.
_PART = 250
#: The longest phrase, which may lie across the border of two parts.
_OVERLAP = 100
#: Before forms in the one vector that holds them with the stems.
_FORM = "="
#: Before two stems that are neighbours, which have a space between them.
_PAIR = "~"
#: Before the stretch of keys that a row is of, in the same vectors.
_STRETCH = "@"
#: Rows whose keys differ in these last bits alone are of one stretch: of 32 days.
_BITS = 40
#: PostgreSQL looks among about so many of the newest rows first, in so many stretches.
_RECENT, _MOST_STRETCHES = 32_000, 64
#: These stretches, to be asked for with the words, and the key at which they begin. How
#: many rows there are the planner's statistics tell; that they are old harms no answer.
STRETCHES = f"""
    SELECT since << {_BITS} AS since,
        (SELECT ' & (' || string_agg('''{_STRETCH}' || number || '''', ' | ') || ')'
         FROM generate_series(since, until) AS number) AS words
    FROM (
        SELECT max(id) >> {_BITS} AS until, greatest(
            (max(id) >> {_BITS}) - {_MOST_STRETCHES - 1},
            (SELECT least(max(bound), (SELECT max(id) FROM {{0}})) >> {_BITS}
             FROM pg_class, pg_stats,
                unnest(histogram_bounds::text::bigint[]) WITH ORDINALITY AS at (bound, n)
             WHERE pg_class.oid = '{{0}}'::regclass AND tablename = '{{0}}'
                AND schemaname = pg_class.relnamespace::regnamespace::text
                AND attname = 'id'
                AND n < cardinality(histogram_bounds::text::bigint[])
                    * (1 - {_RECENT} / greatest(reltuples, {_RECENT})))
        ) AS since
        FROM {{0}}
    ) AS these
"""


def vectors(key: int, words: Words) -> tuple[str, str | None]:
    """Return the vectors of the title and of all words; null where they need parts."""
    whole, stretch = [*words.title, EDGE, *words.body], _stretch(key >> _BITS)
    title = f"{stretch} {_vector(words.title)}"
    return title, None if _is_long(whole) else f"{stretch} {_vector(whole)}"


def _stretch(number: int) -> str:
    return _lexeme(f"{_STRETCH}{number}")


def _is_long(words: Sequence[Word]) -> bool:
    if len(words) > _MOST_WORDS or sum(map(_length, words)) > _MOST_LETTERS:
        return True
    counts = (Counter(word[which] for word in words) for which in (0, 1))
    return any(n > _MOST_OF_A_WORD for each in counts for n in each.values())


def _length(word: Word) -> int:
    return max(map(len, word))


def parts(rows: Iterable[tuple[Sequence[Any], Words]]) -> Iterator[tuple[Any, str]]:
    """Yield the key and a vector of each part of the rows that are too long for one."""
    for row, words in rows:
        whole = [*words.title, EDGE, *words.body]
        if _is_long(whole):
            for start in range(0, len(whole), _PART - _OVERLAP):
                yield row[0], _vector(whole[start : start + _PART])


def _vector(words: Sequence[Word]) -> str:
    """Return stems and forms with their places, and each two stems that are neighbours.

    PostgreSQL would read every row that has both words of a phrase to see their places.
    """
    places: dict[str, list[str]] = defaultdict(list)
    for place, (stem, form) in enumerate(words, 1):
        places[stem].append(str(place))
        places[f"{_FORM}{form}"].append(str(place))
    placed = [f"{_lexeme(word)}:{','.join(at)}" for word, at in places.items()]
    pairs = {_pair(one, other) for (one, _), (other, _) in pairwise(words)}
    return " ".join([*placed, *map(_lexeme, sorted(pairs))])


def _pair(one: str, other: str) -> str:
    return f"{_PAIR}{one} {other}"


def _lexeme(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


def tsquery(part: Part, *, exact: bool) -> str:
    """Return what asks for a word, or for a phrase: its pairs, of several also the places."""
    if exact or len(part.positions) == 1:
        return _in_places(part, exact=exact)
    pairs = list(_pairs(part))
    if len(pairs) == 1:
        return pairs[0]
    return f"({' & '.join([*pairs, _in_places(part)])})"


def _pairs(part: Part) -> Iterator[str]:
    for number, (ones, others) in enumerate(pairwise(part.positions), 2):
        star = ":*" if part.is_prefix and number == len(part.positions) else ""
        written = sorted(
            _pair(one[:LONGEST], other[:LONGEST])
            for one, other in product(ones, others)
        )
        yield "(" + " | ".join(f"{_lexeme(each)}{star}" for each in written) + ")"


def _in_places(part: Part, *, exact: bool = False) -> str:
    mark, last = _FORM if exact else "", len(part.positions) - 1
    places = []
    for number, alternatives in enumerate(part.positions):
        star = ":*" if part.is_prefix and number == last else ""
        lexemes = (_lexeme(f"{mark}{word[:LONGEST]}") for word in sorted(alternatives))
        places.append("(" + " | ".join(f"{each}{star}" for each in lexemes) + ")")
    return "(" + " <-> ".join(places) + ")"
