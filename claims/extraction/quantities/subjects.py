"""The verb whose subject a figure is, though other words stand between them.

`12 people, three of them children, were killed`; `5 soldiers and a guard were hurt`.
"""

from claims.extraction.quantities.lists import (
    PARTS,
    PREDICATES,
    QUALIFIERS_AFTER,
    STOPS,
)
from claims.extraction.quantities.phrases import Found
from sources.text.words import Words

_LONGEST_ASIDE = 25
_LONGEST_SUBJECT = 14
_FEW = 4
_CLOSERS = {",": ",", "،": "،", "—": "—", "–": "–", "(": ")"}
BEING = frozenset(("were", "was", "are", "have", "had", "has", "been", "being"))
_ADVERBS = frozenset(("also", "all", "reportedly", "still", "later", "then"))
_HELD_TRUE = frozenset(("confirmed", "reported", "feared", "believed", "presumed"))
_LINKS = frozenset(("and", "from", "of", "in"))
_BREAKS = (STOPS | _CLOSERS.keys()).union(
    (*')“”"«»:', "who", "which", "that", "when", "while", "after", "before", "since"),
    ("as", "but", "because", "if", "where", "until", "said", "says", "to", "or"),
)


def after_aside(words: Words, end: int) -> Found[str] | None:
    """The predicate behind what is set apart after a figure that ends at a word."""
    if hedge := QUALIFIERS_AFTER.at(words, end):
        end = hedge.end
    closer = _CLOSERS.get(words.form(end))
    if closer is None:
        return None
    tells_of_parts = closer not in ",،" or _tells_of_parts(words, end + 1)
    for index in range(end + 2, min(end + _LONGEST_ASIDE, len(words) - 1)):
        form = words.forms[index]
        if form == closer and (found := _behind(words, index + 1, closer)):
            is_finite = words.forms[index + 1] in BEING
            return found if is_finite or tells_of_parts else None
        if form in STOPS:
            return None
    return None


def _behind(words: Words, index: int, closer: str) -> Found[str] | None:
    """A predicate right behind an aside, or after "from the group" behind a dash."""
    found = _next(words, index)
    return found if found or closer in ",،" else of_being(words, index)


def _tells_of_parts(words: Words, index: int) -> bool:
    form = words.form(index)
    return form in PARTS or form[:1].isdigit() or words.form(index + 1) in {"of"}


def _next(words: Words, index: int) -> Found[str] | None:
    """A predicate here, or right after words such as "had also been"."""
    for at in range(index, min(index + _FEW, len(words))):
        form = words.forms[at]
        found = PREDICATES.at(words, at)
        if found and not (form in _HELD_TRUE and PREDICATES.at(words, at + 1)):
            return found
        if form not in BEING | _HELD_TRUE and not (at > index and form in _ADVERBS):
            return None
    return None


def of_being(words: Words, end: int) -> Found[str] | None:
    """The predicate of `5 soldiers and a guard of the camp were hurt`."""
    for index in range(end, min(end + _LONGEST_SUBJECT, len(words) - 1)):
        form = words.forms[index]
        if form in BEING:
            return _next(words, index)
        if index == end and form not in _LINKS:
            return None
        if form in _BREAKS and (form != "." or ends_sentence(words, index)):
            return None
        is_verb = form.endswith("ed") or PREDICATES.at(words, index)
        is_compound = words.forms[index - 1] == "-"
        if is_verb and not (is_compound or form.endswith("s")):  # but "and inmates"
            return None
    return None


def ends_sentence(words: Words, index: int) -> bool:
    """Whether a stop is one, not that of "7.8" or of an initial as in "U.S. soldiers"."""
    before = words.form(index - 1)
    is_initial = len(before) == 1 and before.isascii() and before.isalpha()
    return not (is_initial or words.touches_next(index))
