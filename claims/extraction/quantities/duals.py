"""Arabic duals: nouns that say by their ending that there are two of them."""

from claims.extraction.quantities.lists import DUALS, NOT_DUALS, WAW_NOUNS
from sources.text.number_words import NUMBER_WORDS
from sources.text.words import Words

FEMININE = ("تان", "تين")
_CONSTRUCT = ("تا", "تي")
_SHORTEST = 6
_NOT_NOUNS = ("ال", "لل", "بال", "كال", "فال", "ي")
"""How words begin that have the article, or are verbs."""
_PREPOSITIONS = "بلكف"
_NEAR = 3


def dual_at(words: Words, index: int) -> tuple[int, bool] | None:
    """The letters of clitics before the dual at a word, and whether it is sure."""
    found = DUALS.get(words.forms[index]) or _by_ending(words.forms[index])
    return None if found and _is_adjective(words, index, found[0]) else found


def _by_ending(form: str) -> tuple[int, bool] | None:
    """A feminine noun that is in no list; no plural ends as its dual does."""
    if not form.endswith(FEMININE) or form in NUMBER_WORDS:
        return None
    skip = int(form[0] == "و" and f"{form[:-3]}ه" not in WAW_NOUNS)
    noun = form[skip:]
    without = noun[1:] if noun[:1] in _PREPOSITIONS else noun
    if len(noun) < _SHORTEST or not NOT_DUALS.isdisjoint((noun, without)):
        return None
    return None if noun.startswith(_NOT_NOUNS) else (skip, True)


def _is_adjective(words: Words, index: int, skip: int) -> bool:
    """Whether it describes a dual before it: `مدينتين جديدتين`, `السيارتان محترقتان`.

    It has the case of what it describes, but for participles: `كانت السيارتان محترقتين`.
    """
    form = words.forms[index]
    if skip and form[0] == "و":
        return False
    before = words.form(index - 1)
    if form.endswith(FEMININE):
        near = words.forms[max(index - _NEAR, 0) : index]
        cases = FEMININE if form[0] == "م" else form[-3:]
        return any(_is_dual(other, cases) for other in near)
    is_pair = before in DUALS or before.startswith(("ال", "هذ", "الل"))
    return is_pair and form.endswith("ان") and before.endswith("ان")


def _is_dual(form: str, cases: str | tuple[str, ...]) -> bool:
    """Whether a word may be a feminine dual, of these cases or before its genitive."""
    if form.endswith(cases):
        return form not in NOT_DUALS
    is_long = len(form) >= _SHORTEST - 1
    return is_long and form.endswith(_CONSTRUCT) and not form.startswith(_NOT_NOUNS)
