"""What happened to those counted: the nearest word of a list in the sentence."""

from claims.extraction.quantities.counted import Place
from claims.extraction.quantities.lists import ENDS, HARM, PREDICATES, THINGS
from claims.extraction.quantities.phrases import Found
from sources.text.words import Words

WITH_AND = 4.0
"""What it costs to cross "and"."""

FARTHEST = 10.0
_WINDOW = 14
_COMMA, _BECAUSE, _STOP = 2.0, 5.0, 100.0
_CROSSED: dict[str, float] = {
    **dict.fromkeys(ENDS, 0.0),
    **dict.fromkeys((",", "،"), _COMMA),
    **dict.fromkeys(("and", "و", "وان", "وانه", "وانها"), WITH_AND),
    **dict.fromkeys(("but", "while", "جراء", "اثر", "بسبب", "نتيجه"), _BECAUSE),
    **dict.fromkeys(("نافيا", "نافيه", "مشيرا", "مشيره", "لافتا", "موضحا"), _BECAUSE),
    **dict.fromkeys(("فيما", "بينما", "حين", "عندما", "مضيفا", "موكدا"), _BECAUSE),
    **dict.fromkeys((*".!?؟;؛\n", "when"), _STOP),
}
"""What it costs to cross a word: one of grammar nothing, any that is not here 1."""

_COST_OR_LOOK = {**_CROSSED, **dict.fromkeys([".", *PREDICATES.firsts])}
"""The same, with ``None`` for words that must be looked at."""

_STATE, _DESCRIBED = 0.5, 2.5
"""What it costs to be what is counted: `12 قتيلا`, and less firmly "five protesters"."""

_LESS = 0.25

_OF_PEOPLE = HARM | {"displaced", "surrendered", "joined", "protested"}
"""What does not happen to things."""

Choice = tuple[float, Found[str]]


def predicate(
    words: Words,
    figure: range,
    counted: Place | None,
    *,
    joined: float = 0.0,
    reach: float = FARTHEST,
) -> Found[str] | None:
    """The predicate of a figure whose words, with what is counted, are given.

    Of two that are as near, the one before the number is taken; none where things would
    be harmed like people. ``joined`` is what it
    costs to look there, as after `قتيلا و43 جريحا`; ``reach`` is the most it may cost.
    """
    before = range(figure.start - 1, max(figure.start - _WINDOW, 0) - 1, -1)
    after = range(figure.stop, min(figure.stop + _WINDOW, len(words)))
    best = _nearest(words, before, joined, reach)
    if counted:
        limit = best[0] - _LESS if best else reach
        best = _inside(words, range(*counted), limit) or best
    limit = best[0] - _LESS if best else reach
    best = _ahead(words, after, limit) or best
    is_of_things = counted and not THINGS.isdisjoint(words.forms[slice(*counted)])
    if best is None or (is_of_things and best[1].value in _OF_PEOPLE):
        return None
    return best[1]


def _inside(words: Words, places: range, reach: float) -> Choice | None:
    """A predicate in the counted phrase."""
    for index in places:
        found = PREDICATES.at(words, index)
        if found:
            cost = _STATE if found.value in HARM else _DESCRIBED
            return (cost, found) if cost <= reach else None
    return None


def _ahead(words: Words, places: range, reach: float) -> Choice | None:
    """A predicate after the figure, unless "and" written as one with it goes on."""
    choice = _nearest(words, places, 0.0, reach)
    if choice and choice[1].skip and words.forms[choice[1].first][0] == "و":
        return None
    return choice


def _nearest(words: Words, places: range, cost: float, reach: float) -> Choice | None:
    """The first predicate of some places, and what it costs to get there."""
    forms = words.forms
    for index in places:
        if cost > reach:
            return None
        crossing = _COST_OR_LOOK.get(forms[index], 1.0)
        if crossing is not None:
            cost += crossing
        elif found := PREDICATES.at(words, index):
            return cost, found
        elif forms[index] != "." or _ends_sentence(words, index):
            cost += _CROSSED.get(forms[index], 1.0)
    return None


def _ends_sentence(words: Words, index: int) -> bool:
    """Whether a stop is one, not that of "7.8" or of an initial as in "U.S. soldiers"."""
    before = words.form(index - 1)
    is_initial = len(before) == 1 and before.isascii() and before.isalpha()
    return not (is_initial or words.touches_next(index))
