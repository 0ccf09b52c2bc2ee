"""Who a text credits: its source lines, agency tags, cited outlets and byline.

A credit says where the words come from; it does not say that they are true, nor who
publishes the page they stand on. Known outlets and the words around names are in
``lexicon/outlets.tsv`` and ``lexicon/credits.tsv``.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from sources.text import lexicon
from sources.text.spans import Span
from sources.text.words import Words

LINES_AT_AN_EDGE = 6
"""So many lines at either end of a text may credit somebody; the middle may not."""

LONGEST_NAME = 8
"""So many words a name may have; what has more is a sentence."""

LONGEST_BYLINE = 9
MOST_LETTERS = 150
LONGEST_DATELINE = 8

_STROKES = {"/", "-", "–", "—", "|"}
_SEPARATORS = {":", *_STROKES}
_BETWEEN_NAMES = {",", "،", "؛", ";", "+", "|", "/"}
_AFTER_A_PERSON = {*_BETWEEN_NAMES, *_STROKES, "("}
_BRACKETS = {"(": ")", "[": "]"}
_EDGES = {*'.:“”"«»‘’()[]'}
_STOPS = {"\n", *".:،,؛;()[]"}
_ADDRESS = {"http", "https", "www"}

Phrase = tuple[str, ...]
Phrases = dict[str, list[Phrase]]
_LEXICON = lexicon.__name__


class CreditKind(StrEnum):
    """How somebody is credited."""

    SOURCE = "SOURCE"
    TAG = "TAG"
    CITED = "CITED"
    BYLINE = "BYLINE"


@dataclass(frozen=True, slots=True)
class Credit:
    """A credit, and in it the name of the outlet or of the writers."""

    span: Span
    name: Span
    kind: CreditKind


# --- lists ---


def _by_first_word(phrases: Iterable[Phrase]) -> Phrases:
    """Phrases under the word they begin with, the longest first."""
    found: Phrases = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        found.setdefault(phrase[0], []).append(phrase)
    return found


def _phrases(kind: str, place: str) -> list[Phrase]:
    return [
        phrase
        for row_kind, row_place, column in lexicon.rows(_LEXICON, "credits")
        for phrase in lexicon.phrases(column)
        if (row_kind, row_place) == (kind, place)
    ]


def _with_lam(phrases: list[Phrase]) -> list[Phrase]:
    """The same behind a preposition: رويترز in “وفقا لرويترز”."""
    return [(f"ل{first}", *others) for first, *others in phrases]


_KNOWN = [
    phrase
    for (column,) in lexicon.rows(_LEXICON, "outlets")
    for phrase in lexicon.phrases(column)
]
_LABELS = {
    kind: tuple(_by_first_word(_phrases(kind, place)) for place in ("colon", "line"))
    for kind in (CreditKind.SOURCE, CreditKind.BYLINE)
}
_OUTLETS = _by_first_word([*_KNOWN, *_with_lam(_KNOWN)])
_LAMS = set(_by_first_word(_with_lam(_KNOWN)))
_CITING = _by_first_word(_phrases("CITED", "within"))
_NOBODY = _by_first_word(_phrases("NOBODY", "-"))
_BEFORE = _phrases("OUTLET", "before")
_NOUNS_BEFORE = {first for first, *_others in [*_BEFORE, *_with_lam(_BEFORE)]}
_NOUNS_AFTER = {noun for (noun,) in _phrases("OUTLET", "after")}
_NAME_ENDS = {word for (word,) in _phrases("NAME", "end")}


# --- credits ---


def credits_of(words: Words) -> list[Credit]:
    """The credits of a text, in order; one that overlaps an earlier one is left out."""
    found = [*_of_lines(words), *_tags(words), *_cited(words)]
    kept: list[Credit] = []
    for credit in sorted(found, key=lambda credit: credit.span):
        if not kept or kept[-1].span.end <= credit.span.start:
            kept.append(credit)
    return kept


def _edge_lines(words: Words) -> list[range]:
    lines = words.paragraphs
    inner = range(LINES_AT_AN_EDGE, len(lines) - LINES_AT_AN_EDGE)
    return [line for index, line in enumerate(lines) if index not in inner]


def _walk(words: Words, start: int, end: int, phrases: Phrases) -> int | None:
    """Where the longest phrase that stands at the start ends; أ.ف.ب has dots inside."""
    for phrase in phrases.get(words.forms[start], ()) if start < end else ():
        index = start
        for form in phrase:
            index += start < index < end and words.forms[index] == "."
            if index >= end or words.forms[index] != form:
                break
            index += 1
        else:
            return index
    return None


def _credit(words: Words, kind: CreditKind, whole: range, name: range) -> Credit:
    span = words.span(name.start, name.stop)
    if words.forms[name.start] in _LAMS:
        span = Span(span.start + 1, span.end)
    return Credit(words.span(whole.start, whole.stop), span, kind)


# --- lines that only credit ---


def _of_lines(words: Words) -> Iterator[Credit]:
    """“Source: …”, “By …” and the like, with one name or several."""
    for line in _edge_lines(words):
        for kind, names_in in _NAMES_IN.items():
            start = _after_label(words, line, kind)
            names = names_in(words, range(start, line.stop)) if start else []
            for name in names:
                first = line.start if name is names[0] else name.start
                yield _credit(words, kind, range(first, name.stop), name)


def _after_label(words: Words, line: range, kind: CreditKind) -> int | None:
    """Where the names begin in a line that begins with a label of this kind."""
    before_a_mark, alone = _LABELS[kind]
    end = _walk(words, line.start, line.stop, before_a_mark)
    if end and end < line.stop and words.forms[end] in _SEPARATORS:
        return end + 1
    is_sentence = words.forms[line.stop - 1] == "."
    return None if is_sentence else _walk(words, line.start, line.stop, alone)


def _outlets(words: Words, rest: range) -> list[range]:
    """The names of the outlets that a line lists; an address names none."""
    if not _ADDRESS.isdisjoint(words.forms[rest.start : rest.stop]):
        return []
    names = [
        _without_nouns(words, part) for part in _split(words, rest, _BETWEEN_NAMES)
    ]
    return [name for name in names if _is_name(words, name)]


def _people(words: Words, rest: range) -> list[range]:
    """The names of the writers, as one: “X and Y”."""
    name = _trimmed(words, _split(words, rest, _AFTER_A_PERSON)[0])
    if not _fits(words, name, LONGEST_BYLINE):
        return []
    has_digits = any(words.forms[index].isdecimal() for index in name)
    return [name] if _is_capital(words, name.start) and not has_digits else []


_NAMES_IN: dict[CreditKind, Callable[[Words, range], list[range]]] = {
    CreditKind.SOURCE: _outlets,
    CreditKind.BYLINE: _people,
}


def _split(words: Words, rest: range, marks: set[str]) -> list[range]:
    breaks = [index for index in rest if words.forms[index] in marks]
    edges = zip([rest.start - 1, *breaks], [*breaks, rest.stop], strict=True)
    return [range(before + 1, end) for before, end in edges]


def _without_nouns(words: Words, part: range) -> range:
    """The name alone: “وكالة رويترز” names رويترز, unless the whole is a known name."""
    start = part.start
    while start < part.stop and words.forms[start] in _NOUNS_BEFORE:
        if _walk(words, start, part.stop, _OUTLETS):
            break
        start += 1
    return _trimmed(words, range(start, part.stop))


def _trimmed(words: Words, part: range) -> range:
    """Without the marks around it."""
    start, stop = part.start, part.stop
    while start < stop and words.forms[start] in _EDGES:
        start += 1
    while start < stop and words.forms[stop - 1] in _EDGES:
        stop -= 1
    return range(start, stop)


def _is_name(words: Words, name: range) -> bool:
    if not _fits(words, name, LONGEST_NAME):
        return False
    return _walk(words, name.start, name.stop, _NOBODY) != name.stop


def _fits(words: Words, name: range, n_words: int) -> bool:
    if not 0 < len(name) <= n_words:
        return False
    return words.ends[name.stop - 1] - words.starts[name.start] <= MOST_LETTERS


def _is_capital(words: Words, index: int) -> bool:
    """Whether a word begins with a capital, or with a letter that has none."""
    letter = words.written(index)[0]
    return letter.isalpha() and not letter.islower()


# --- tags ---


def _tags(words: Words) -> Iterator[Credit]:
    """“(Reuters)” anywhere, and “BEIRUT - AFP” where a line begins."""
    for index, form in enumerate(words.forms):
        if form in _BRACKETS:
            end = _walk(words, index + 1, len(words), _OUTLETS)
            if end and words.forms[end : end + 1] == [_BRACKETS[form]]:
                whole, name = range(index, end + 1), range(index + 1, end)
                yield _credit(words, CreditKind.TAG, whole, name)
    for line in _edge_lines(words):
        for index in line[1:LONGEST_DATELINE]:
            end = _walk(words, index, line.stop, _OUTLETS)
            if end and words.forms[index - 1] in _STROKES:
                yield _credit(
                    words, CreditKind.TAG, range(index, end), range(index, end)
                )


# --- outlets cited in sentences ---


def _cited(words: Words) -> Iterator[Credit]:
    """“according to Reuters”, “نقلا عن وكالة …”."""
    for index, form in enumerate(words.forms):
        if form in _CITING and (start := _walk(words, index, len(words), _CITING)):
            name = _cited_name(words, _reach(words, start))
            if name:
                yield _credit(words, CreditKind.CITED, range(index, name.stop), name)


def _reach(words: Words, start: int) -> range:
    """The words ahead that a name can take: not many, and to the end of the clause."""
    ahead = range(start, min(start + LONGEST_NAME, len(words)))
    return range(start, _first(words, ahead, _STOPS))


def _cited_name(words: Words, ahead: range) -> range | None:
    """A known outlet, or a name that a noun beside it makes one."""
    nouns = _NOUNS_BEFORE | _NOUNS_AFTER
    for index in ahead:
        if index == ahead.start or words.forms[index - 1] in nouns:
            end = _walk(words, index, ahead.stop, _OUTLETS)
            if end:
                return range(index, end)
    return _after_nouns(words, ahead) or _before_a_noun(words, ahead) or None


def _after_nouns(words: Words, ahead: range) -> range:
    """“موقع “عنب بلدي””: what is in quotation marks, or else at most two words."""
    named = (index for index in ahead if words.forms[index] not in _NOUNS_BEFORE)
    start = next(named, ahead.stop)
    if start in {ahead.start, ahead.stop}:
        return range(0)
    if words.forms[start] in _EDGES:
        return range(start + 1, _first(words, range(start + 1, ahead.stop), _EDGES))
    two = range(start, min(start + 2, ahead.stop))
    return range(start, _first(words, two, _NAME_ENDS))


def _first(words: Words, part: range, forms: set[str]) -> int:
    """Where the first of such forms stands, or the end."""
    return next((index for index in part if words.forms[index] in forms), part.stop)


def _before_a_noun(words: Words, ahead: range) -> range:
    """“the Daily Planet newspaper”, “the Springfield Times”: capitals and a noun."""
    start = ahead.start + ("the" in words.forms[ahead.start : ahead.start + 1])
    small = (i for i in range(start, ahead.stop) if not _is_capital(words, i))
    end = next(small, ahead.stop)
    nouns = _NOUNS_AFTER.intersection(words.forms[start + 1 : end + 1][-2:])
    return range(start, end) if nouns else range(0)
