"""What happened to those counted: the nearest word of a list in the sentence."""

from claims.extraction.quantities import subjects
from claims.extraction.quantities.counted import Place
from claims.extraction.quantities.lists import (
    ASIDES_BEFORE,
    CHANGES,
    COUNTED,
    DETERMINERS,
    ENDS,
    HARM,
    PREDICATES,
    QUALIFIERS_BEFORE,
    SAYING,
    STOPS,
    TALLIES,
    THINGS,
)
from claims.extraction.quantities.phrases import Found
from sources.text.number_words import NUMBER_WORDS
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
    **dict.fromkeys((*".!?؟;؛\n", "when", "said", "says"), _STOP),
}
"""What it costs to cross a word: one of grammar nothing, any that is not here 1."""

_COST_OR_LOOK = {**_CROSSED, **dict.fromkeys([".", "”", "»", *PREDICATES.firsts])}
"""The same, with ``None`` for words that must be looked at."""

_STATE, _DESCRIBED = 0.5, 2.5
"""What it costs to be what is counted: `12 قتيلا`, and less firmly "five protesters"."""

_AT_ONCE, _WITH_OTHERS = -1.0, 0.2
"""What it costs to be the subject of "were", and with others or an aside between."""

_LESS = 0.25

_OF_PEOPLE = HARM | {"missing", "displaced", "surrendered", "joined", "protested"}
"""What does not happen to things."""

_SAYS_LESS = {"arrived", "found"}
"""What says less of those counted than what they are: وصول 5 جرحى."""
_DOINGS = {"launched", "arrived", "destroyed"}
_BEGINS_MARKS, _ENDS_MARKS = frozenset("“«"), frozenset("”»")
_A = frozenset(("a", "an"))
_GROWS = CHANGES | {"reached", "stood", "بلغ", "بلغت", "وصل", "وصلت"}

_DONE_TO = HARM | {"destroyed", "seized", "besieged", "released", "rescued"}

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
    if best and _is_other(words, best[1], figure.start):
        best = None
    best = _of_total(words, before, best)
    if counted:
        limit = best[0] - _LESS if best else reach
        best = _inside(words, range(*counted), limit) or best
    limit = best[0] - _LESS if best else reach
    best = _as_subject(words, figure.stop, limit) or _ahead(words, after, limit) or best
    if best is None or (counted and not may_happen(best[1], words, counted)):
        return None
    return best[1]


def _of_total(words: Words, before: range, best: Choice | None) -> Choice | None:
    """What the total is of: the number of those killed in the strikes rose to 5."""
    grows = next((i for i in before if words.forms[i] in _GROWS), before.stop)
    if grows == before.stop:
        return best
    is_own = best is not None and best[1].value not in _DOINGS
    if best and is_own and (best[1].first > grows or best[1].value not in HARM):
        return best
    for index in (grows + 1, *range(grows - 1, before.stop, -1)):
        if words.forms[index] in STOPS:
            break
        if words.forms[index] in TALLIES:
            near = range(index, min(index + _FEW, before.start))
            harm = next(filter(None, (PREDICATES.at(words, i) for i in near)), None)
            if harm is None or harm.value not in HARM:
                return best
            return min(best[0], 1.0) if best else 1.0, harm
    return best


def of_whole(
    words: Words, gap: range, whole: Found[str] | None, found: Found[str] | None
) -> Found[str] | None:
    """What befell a part of those harmed: قتل 20 بينهم 16 طفلا فروا من القصف.

    ``gap`` are the words between it and the whole, ``found`` what is read of the part.
    """
    before = ASIDES_BEFORE.before(words, gap.stop)
    is_part = before is not None and before.value == "part"
    if not is_part or whole is None or whole.value not in HARM:
        return found
    is_near = STOPS.isdisjoint(words.forms[gap.start : gap.stop])
    is_own = found is not None and found.value in HARM
    return whole if is_near and not is_own else found


def _is_other(words: Words, found: Found[str], start: int) -> bool:
    """Whether a number is reached, وصل السعر إلى 50, or a speaker told: قال جريح إن 5."""
    between = words.forms[found.end : start]
    if "ان" in between:
        before = words.forms[max(found.first - 2, 0) : found.first]
        return not SAYING.isdisjoint(before)
    return found.value == "arrived" and between[-1:] == ["الي"] and len(between) < _FEW


def _is_purpose(words: Words, index: int) -> bool:
    """Whether it is said what somebody is about: `12 workers hoping to find the dead`."""
    return words.forms[index].endswith("ing") and words.form(index + 1) in {"to", "for"}


def may_happen(found: Found[str], words: Words, counted: Place) -> bool:
    """Whether it can happen to what is counted: nobody kills a thing or razes people."""
    noun = words.forms[counted[1] - 1]
    if found.value == "destroyed":  # residents of five destroyed houses
        return noun in THINGS or noun not in COUNTED
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
    if words.form(first - 1) in _A and words.form(first)[-2:] == "ed":
        return None  # "freed from a demolished hall"
    is_of_other = words.forms[first - 1] == "," and words.form(choice[1].end) == "by"
    if first > places.start + 1 and is_of_other:
        return None  # "attacked the camp in Hama, held by the army"
    if _is_done_by_other(words, choice[1]):
        return None
    if choice[1].skip and words.forms[first][0] == "و":
        return None
    return choice


def _is_done_by_other(words: Words, found: Found[str]) -> bool:
    """Whether a clause tells what somebody did to others: `a bomb that killed five`."""
    is_active = words.form(found.first - 1) in {"that", "which", "who"}
    if not is_active or found.value not in _DONE_TO:
        return False
    after = words.form(found.end)
    is_counted = after in NUMBER_WORDS or after.isdigit() or after in DETERMINERS
    return is_counted or QUALIFIERS_BEFORE.at(words, found.end) is not None


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
            cost += found.value in _SAYS_LESS
            longer = PREDICATES.at(words, index - 1)  # إطلاق سراح
            found = longer if longer and longer.end == found.end else found
            return (cost, found) if cost <= reach else None
        elif forms[index] in _ENDS_MARKS:
            begins = not _BEGINS_MARKS.isdisjoint(forms[max(index - _FEW, 0) : index])
            cost += 0.0 if begins else _BECAUSE  # a name in marks
        elif forms[index] != "." or subjects.ends_sentence(words, index):
            cost += _CROSSED.get(forms[index], 1.0)
    return None
