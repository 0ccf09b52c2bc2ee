"""What happened to those counted: the nearest word of a list in the sentence."""

from claims.extraction.quantities import subjects
from claims.extraction.quantities.counted import Place
from claims.extraction.quantities.lists import ENDS, HARM, PREDICATES, THINGS
from claims.extraction.quantities.phrases import Found
from sources.text.words import Words

WITH_AND = 4.0
"""What it costs to cross "and"."""

FARTHEST = 10.0
_AHEAD = 8.0
_WINDOW = 14
_FEW = 4
_COMMA, _BECAUSE, _STOP = 2.0, 5.0, 100.0
_CROSSED: dict[str, float] = {
    **dict.fromkeys(ENDS, 0.0),
    **dict.fromkeys((",", "،"), _COMMA),
    **dict.fromkeys(("and", "و", "وان", "وانه", "وانها"), WITH_AND),
    **dict.fromkeys(("but", "while", "جراء", "اثر", "بسبب", "نتيجه"), _BECAUSE),
    **dict.fromkeys(("نافيا", "نافيه", "مشيرا", "مشيره", "لافتا", "موضحا"), _BECAUSE),
    **dict.fromkeys(("فيما", "بينما", "حين", "عندما", "مضيفا", "موكدا"), _BECAUSE),
    **dict.fromkeys("”»", _BECAUSE),
    **dict.fromkeys((*".!?؟;؛\n", "when"), _STOP),
}
"""What it costs to cross a word: one of grammar nothing, any that is not here 1."""

_COST_OR_LOOK = {**_CROSSED, **dict.fromkeys([".", *PREDICATES.firsts])}
"""The same, with ``None`` for words that must be looked at."""

_STATE, _DESCRIBED = 0.5, 2.5
"""What it costs to be what is counted: `12 قتيلا`, and less firmly "five protesters"."""

_AT_ONCE, _WITH_OTHERS = -1.0, 0.2
"""What it costs to be the subject of "were", and with others or an aside between."""

_LESS = 0.25

_OF_PEOPLE = HARM | {"missing", "displaced", "surrendered", "joined", "protested"}
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
    if best and _reaches(words, best[1], figure.start):
        best = None
    if counted:
        limit = best[0] - _LESS if best else reach
        best = _inside(words, range(*counted), limit) or best
    limit = best[0] - _LESS if best else reach
    best = _as_subject(words, figure.stop, limit) or _ahead(words, after, limit) or best
    if best is None or (counted and not may_happen(best[1], words, counted)):
        return None
    return best[1]


def _reaches(words: Words, found: Found[str], start: int) -> bool:
    """Whether nobody arrives, but a number is reached: وصل السعر إلى 50."""
    between = words.forms[found.end : start]
    return found.value == "arrived" and between[-1:] == ["الي"] and len(between) < _FEW


def _is_purpose(words: Words, index: int) -> bool:
    """Whether it is said what somebody is about: `12 workers hoping to find the dead`."""
    return words.forms[index].endswith("ing") and words.form(index + 1) in {"to", "for"}


def may_happen(found: Found[str], words: Words, counted: Place) -> bool:
    """Whether it can happen to what is counted: nobody kills or holds a thing."""
    is_of_things = not THINGS.isdisjoint(words.forms[slice(*counted)])
    return not (is_of_things and found.value in _OF_PEOPLE)


def _inside(words: Words, places: range, reach: float) -> Choice | None:
    """A predicate in the counted phrase."""
    for index in places:
        found = PREDICATES.at(words, index)
        if found:
            cost = _STATE if found.value in HARM else _DESCRIBED
            return (cost, found) if cost <= reach else None
    return None


def _as_subject(words: Words, end: int, reach: float) -> Choice | None:
    """The predicate whose subject the figure is, with words in between."""
    found = subjects.of_being(words, end) or subjects.after_aside(words, end)
    if found is None:
        return None
    cost = _AT_ONCE if words.form(end) in subjects.BEING else _WITH_OTHERS
    return (cost, found) if cost <= reach else None


def _ahead(words: Words, places: range, reach: float) -> Choice | None:
    """A predicate after the figure, unless "and" written as one with it goes on."""
    choice = _nearest(words, places, 0.0, min(reach, _AHEAD))
    if choice is None:
        return None
    first = choice[1].first
    is_of_other = words.forms[first - 1] == "," and words.form(choice[1].end) == "by"
    if first > places.start + 1 and is_of_other:
        return None  # "attacked the camp in Hama, held by the army"
    if choice[1].skip and words.forms[first][0] == "و":
        return None
    return choice


def _nearest(words: Words, places: range, cost: float, reach: float) -> Choice | None:
    """The first predicate of some places, and what it costs to get there."""
    forms = words.forms
    for index in places:
        if cost > reach:
            return None
        crossing = _COST_OR_LOOK.get(forms[index], 1.0)
        if crossing == 1.0 and _is_purpose(words, index):
            return None
        if crossing is not None:
            cost += crossing
        elif found := PREDICATES.at(words, index):
            return cost, found
        elif forms[index] != "." or subjects.ends_sentence(words, index):
            cost += _CROSSED.get(forms[index], 1.0)
    return None
