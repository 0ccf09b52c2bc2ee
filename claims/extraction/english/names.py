"""Names in a text, and the name and role in a noun phrase."""

from collections.abc import Iterator
from itertools import pairwise

from claims.extraction.english.prose import Prose
from claims.extraction.english.vocabulary import (
    CLASSES,
    FUNCTION_WORDS,
    GENDER_OF_NAME,
    KIND_OF_SPEAKER,
    NOUN_STARTS,
)

_LONGEST = 12
_DATES = CLASSES["day"] | CLASSES["month"]
_JOINTS = frozenset(["of", "for", "on"])
_ROLES = {noun for noun, kind in KIND_OF_SPEAKER.items() if kind == "person"}
_TITLES = CLASSES["honorific"] | _ROLES | {"."}


def names(prose: Prose) -> Iterator[range]:
    """The runs of capitalised words, as units, in order."""
    end = 0
    for index, is_capital in enumerate(prose.capitals):
        if is_capital and index >= end and _may_begin(prose, index):
            end = _name_end(prose, index)
            yield range(index, end)


def _may_begin(prose: Prose, index: int) -> bool:
    form = prose.forms[index]
    return prose.is_name(index) and form not in FUNCTION_WORDS and form not in _DATES


def _name_end(prose: Prose, first: int) -> int:
    """Where a name ends: `Col. Myles Caggins`, `Ministry of Defence`."""
    at = first + 1
    while at < first + _LONGEST and (after := _continued(prose, first, at)) > at:
        at = after
    return at


def _continued(prose: Prose, first: int, at: int) -> int:
    """Past the next word of a name, and what joins it; ``at`` if there is none."""
    forms = prose.forms
    previous, ahead = forms[at - 1], at + 1
    if at == len(forms) or previous.endswith("'s"):
        return at
    if prose.is_name(at):
        return ahead
    if forms[at] == ".":
        return ahead if previous in CLASSES["honorific"] or len(previous) == 1 else at
    if forms[at] in _JOINTS:
        if at - 1 > first and previous not in KIND_OF_SPEAKER:
            return at  # "Salma Odeh of the Red Cross" is a name up to the "of"
        ahead += forms[ahead : ahead + 1] == ["the"]
    elif forms[at] not in CLASSES["name_particle"]:
        return at
    is_joined = ahead < len(forms) and prose.is_capital(ahead)
    return ahead + 1 if is_joined and forms[ahead] not in _DATES else at


def described(prose: Prose, phrase: range) -> tuple[range | None, range | None]:
    """The name in a noun phrase and the role before it, if there are such."""
    forms = prose.forms
    start = phrase.start
    while start < phrase.stop and forms[start] in NOUN_STARTS:
        start += 1
    at = start
    while at < phrase.stop:
        if forms[at] in CLASSES["tail"]:
            return _titled(prose, phrase), None
        if not (prose.is_name(at) and forms[at] not in FUNCTION_WORDS):
            at += 1
            continue
        end = min(_name_end(prose, at), phrase.stop)
        if end == phrase.stop or not _goes_on(prose, end, phrase.stop - 1):
            return range(at, end), _role(prose, start, end)
        at = end + (forms[end] == "and")
    return None, None


def _titled(prose: Prose, phrase: range) -> range | None:
    """The name at the end of a phrase if a title tells it: `of the army Gen. Salim`."""
    titles = (i for i in phrase if prose.forms[i] in CLASSES["honorific"])
    first = next(titles, phrase.stop)
    is_last = first < phrase.stop and _name_end(prose, first) >= phrase.stop
    return range(first, phrase.stop) if is_last else None


def _goes_on(prose: Prose, index: int, last: int) -> bool:
    """Whether what follows a run of capitals is its noun: `Syrian officials`."""
    form = prose.forms[index]
    if form == "'" or prose.forms[index - 1].endswith("'s"):
        return True
    if form == "and":
        return not prose.is_capital(last)
    is_word = form.replace("-", "").isalpha()  # the New York-based group
    return is_word and form not in CLASSES["tail"] and form != "who"


def _role(prose: Prose, start: int, end: int) -> range | None:
    """The role before a name: `Coalition spokesman`, `Foreign Minister`."""
    kinds = [KIND_OF_SPEAKER.get(prose.forms[i]) for i in range(start, end - 1)]
    roles = [i for i, kind in enumerate(kinds, start) if kind in ("person", "unnamed")]
    if not roles or "body" in kinds[roles[-1] - start :]:
        return None
    return range(start, roles[-1] + 1)


def names_several(prose: Prose, phrase: range) -> bool:
    """Whether several speak: `Egypt and Jordan`, `Hall and his wife`."""
    forms = prose.forms
    joints = [i for i in phrase[1:-1] if forms[i] == "and" or forms[i] in _JOINTS]
    return bool(joints) and (
        forms[joints[0]] == "and"
        and prose.is_capital(joints[0] - 1)
        and (
            prose.is_capital(joints[0] + 1)
            or forms[joints[0] + 1] in CLASSES["possessive"]
        )
    )


def keys(prose: Prose, name: range) -> set[str]:
    """The words by which a name may be called later: the last, and that before `of`."""
    forms = [bare(prose.forms[i]) for i in name]
    heads = [word for word, after in pairwise(forms) if after in _JOINTS]
    return {forms[-1], *heads[:1]}


def own_words(prose: Prose, name: range) -> set[str]:
    """The words of a name without titles and roles."""
    return {bare(prose.forms[i]) for i in name} - _TITLES


def acronym_after(prose: Prose, name: range) -> str:
    """The acronym in brackets after a name: `Syrian Democratic Forces (SDF)`."""
    bracket = prose.forms[name.stop : name.stop + 3]
    if len(bracket) != len("(X)") or bracket[0] != "(" or bracket[2] != ")":
        return ""
    inner = range(name.stop + 1, name.stop + 2)
    is_upper = prose.span(inner).of(prose.words.text).isupper()
    return (
        bracket[1] if is_upper and bracket[1][0] == prose.forms[name.start][0] else ""
    )


def gender(prose: Prose, name: range) -> str:
    """The gender that a title, a role or a first name tells, empty if none does."""
    forms = prose.forms[max(name.start - 1, 0) : name.stop]
    for title, told in (("male_title", "male"), ("female_title", "female")):
        if not CLASSES[title].isdisjoint(forms):
            return told
    given = prose.forms[name.start : name.stop - 1]
    return next((GENDER_OF_NAME[form] for form in given if form in GENDER_OF_NAME), "")


def bare(form: str) -> str:
    """A form without the ending of a possessive."""
    return form.removesuffix("'s").removesuffix("'") if "'" in form else form
