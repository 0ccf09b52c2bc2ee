"""The words that a search compares: of a text, and of what somebody looks for.

A word counts by two keys: its folded form, and its stem (`sources.text.stems`). An
index keeps both in the order of the words; whoever asks gives for each place a few
stems, or in the exact mode forms, one of which has to stand there.

Numbers are one word however they are grouped: 3,500, ٣٬٥٠٠ and “3 500” are 3500, and
3,5 is 3.5. Initials are one word too: U.S. is US. What
is written with a hyphen, a stroke or a digit beside letters is several words, so that
F-16 and F16 are the same two; who asks for such a one asks for its words in order.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from operator import contains
from typing import NamedTuple

from sources.text.fold import fold
from sources.text.spans import Span
from sources.text.stems import (
    alternatives,
    known_from,
    may_begin,
    shapes,
    starts,
    stem,
    with_clitics,
)

#: Of the rules that make the words: another one needs the index made anew.
VERSION = 3

LONGEST = 200
MOST_PARTS = 20

_WORD = re.compile(
    r"[0-9]{1,3}(?:[,،'’][0-9]{3})+(?![0-9])"
    r"|[0-9]{1,3}(?: [0-9]{3})+(?![0-9])"
    r"|[0-9]{1,3}(?:\.[0-9]{3}){2,}(?![0-9])"
    r"|[0-9]+(?:[.,][0-9]+)?"
    r"|[^\W\d_](?:\.[^\W\d_](?![^\W_]))+"
    r"|[^\W\d_]+(?:['’][^\W\d_]+)*"
    r"|[^\W_]"
)
_POSSESSIVE = re.compile("['’]s$")
_SEPARATORS = "., ،'’"
_SEPARATOR = re.compile(f"[{_SEPARATORS}]")
_DECIMAL = re.compile(r"([0-9]+)[.,]([0-9]+)")
_GROUPS = re.compile(r"[0-9]{1,3},[0-9]{3}")
_CONTINENTAL = re.compile(r"([0-9]{1,3})\.([0-9]{3})")
_GROUPED = re.compile(r"[1-9][0-9]{3,5}")
_MARKS = '"“”„‟«»‹›＂'
_PART = re.compile(
    rf"[{_MARKS}](?P<phrase>[^{_MARKS}]*)[{_MARKS}]?"
    r"|(?P<number>(?<!\S)\d{1,3}(?:\s\d{3})+(?!\S))"
    rf"|(?P<word>[^\s{_MARKS}]+)"
)


class Part(NamedTuple):
    """Words that stand beside each other; for each the keys that will do.

    Of a prefix the last word begins with one of its keys.
    """

    positions: tuple[frozenset[str], ...]
    is_prefix: bool = False


class QueryRefused(ValueError):
    """What is looked for is too long; `code` never changes."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: all parts have to be found; without any it is false."""

    parts: tuple[Part, ...] = ()
    exact: bool = False

    def __bool__(self) -> bool:
        """Tell whether there is anything to look for."""
        return bool(self.parts)

    def spans(self, text: str) -> list[Span]:
        """Return where the words stand in a text that match a part, in order. Linear."""
        folded = fold(text)
        joined = _joined(folded.text)
        parts = [
            part
            for part in self.parts
            if any(trace in joined for trace in _traces(part, self.exact))
        ]
        if not parts:
            return []
        words = list(_WORD.finditer(folded.text))
        forms = [_form(word[0]) for word in words]
        places = {
            place
            for part in parts
            for start in self._starts(part, forms)
            for place in range(start, start + len(part.positions))
        }
        return [folded.place(*words[place].span()) for place in sorted(places)]

    def _starts(self, part: Part, forms: list[str]) -> Iterator[int]:
        """Yield where the words of a part begin among the forms of a text."""
        fitting = self._fitting(part, set(forms))
        rows = zip(*(forms[place:] for place in range(len(fitting))), strict=False)
        for start, row in enumerate(rows):
            if row[0] in fitting[0] and all(map(contains, fitting, row)):
                yield start

    def _fitting(self, part: Part, forms: set[str]) -> list[set[str]]:
        """Return those forms that may stand at each place of a part."""
        last = len(part.positions) - 1
        return [
            self._matching(wanted, forms, part.is_prefix and place == last)
            for place, wanted in enumerate(part.positions)
        ]

    def _matching(
        self,
        wanted: frozenset[str],
        forms: set[str],
        is_prefix: bool,  # noqa: FBT001  # one of two ways
    ) -> set[str]:
        if self.exact:
            keys = {form: form for form in forms}
        else:
            letters = {key[0] for key in wanted}
            keys = {form: stem(form) for form in forms if may_begin(form, letters)}
        begun = tuple(wanted)
        if is_prefix:
            return {form for form, key in keys.items() if key.startswith(begun)}
        return {form for form, key in keys.items() if key in wanted}


@lru_cache
def _traces(part: Part, exact: bool) -> frozenset[str]:  # noqa: FBT001  # the mode
    """Return what any text has in it, joined, in which the first word of a part stands."""
    first = part.positions[0]
    is_prefix = part.is_prefix and len(part.positions) == 1
    found = {_joined(each) for each in (first if exact else shapes(first, is_prefix))}
    return frozenset(
        each for each in found if not any(one in each for one in found - {each})
    )


def _joined(text: str) -> str:
    """Return a text without what may stand inside a word or number."""
    for mark in _SEPARATORS:
        text = text.replace(mark, "")
    return text


def keys(text: str) -> Iterator[tuple[str, str]]:
    """Yield the stem and the form of each word of a text; what an index is made of."""
    for found in _WORD.finditer(fold(text).text):
        form = _form(found[0])
        yield stem(form), form


def _form(word: str) -> str:
    """Return a word as it is compared: without marks inside, a number ungrouped."""
    if word.isalnum():
        return word
    if (found := _DECIMAL.fullmatch(word)) and not _GROUPS.fullmatch(word):
        return f"{found[1]}.{found[2]}"
    return _SEPARATOR.sub("", _POSSESSIVE.sub("", word))


def parse(words: str, *, exact: bool = False) -> Query:
    """Return what the words of a person look for.

    Words in quotation marks are a phrase, `abc*` is the beginning of a word, and what
    falls into several words is a phrase of these.

    Raises:
        QueryRefused: for more than 200 characters or 20 parts.
    """
    if len(words) > LONGEST:
        message = f"Give at most {LONGEST} characters."
        raise QueryRefused(message, "too-long")
    parts = dict.fromkeys(
        filter(None, (_part(each, exact) for each in _PART.finditer(words)))
    )
    if len(parts) > MOST_PARTS:
        message = f"Give at most {MOST_PARTS} words."
        raise QueryRefused(message, "too-many-words")
    return Query(tuple(parts), exact)


def _part(found: re.Match[str], exact: bool) -> Part | None:  # noqa: FBT001  # the mode
    written = found["phrase"] or found["number"] or found["word"] or ""
    is_prefix = found["phrase"] is None and written.endswith("*")
    forms = [_form(each) for each in _WORD.findall(fold(written).text)]
    if not forms:
        return None
    if exact:
        return Part(tuple(frozenset([form]) for form in forms), is_prefix)
    positions = [_asked(form) for form in forms]
    if is_prefix:
        positions[-1] = starts(forms[-1])
    # Clitics are written before the first word; within a phrase each would multiply it.
    positions[0] = with_clitics(positions[0])
    if is_prefix:
        positions[-1] |= known_from(forms[-1])
    return Part(tuple(positions), is_prefix)


def _asked(form: str) -> frozenset[str]:
    """Return the stems to look for; of 3500 also 3.500, as the continent groups it."""
    if form.isalpha():
        return alternatives(form)
    if found := _CONTINENTAL.fullmatch(form):
        return frozenset([form, found[1] + found[2]])
    if _GROUPED.fullmatch(form):
        return frozenset([form, f"{form[:-3]}.{form[-3:]}"])
    return frozenset([form])
