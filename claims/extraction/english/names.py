"""Names in a text, and the name and role in a noun phrase."""

from collections.abc import Iterator
from itertools import compress, count

from claims.extraction.english import phrases
from claims.extraction.english.prose import Prose
from claims.extraction.english.vocabulary import (
    CLASSES,
    FUNCTION_WORDS,
    GENDER_OF_NAME,
    KIND_OF_SPEAKER,
    NOUN_STARTS,
)

_LONGEST = 12
_OPENING = 6
_FAR_BACK = 200
_APPOSITION = 4
_ACRONYM = 6
_DATES = CLASSES["day"] | CLASSES["month"]
_NEVER_FIRST = FUNCTION_WORDS | _DATES
_JOINTS = frozenset(["of", "for", "on"])
_ORDINALS = frozenset(["st", "nd", "rd", "th"])
_INSIDE = _JOINTS | CLASSES["name_particle"] | {"."}
_ROLES = {noun for noun, kind in KIND_OF_SPEAKER.items() if kind == "person"}
_NOUNS = frozenset(KIND_OF_SPEAKER)
_NO_ROLES = (
    CLASSES["relative"]
    | CLASSES["adverb"]
    | CLASSES["preposition"]
    | CLASSES["subordinator"]
    | {"which"}
) - {"of", "for", "from"}
_OFFICIALS = [[noun] for noun in ("officials", "leaders", "members", "workers")]
_TITLES = CLASSES["honorific"] | _ROLES | {"."}


def names(prose: Prose) -> Iterator[range]:
    """The runs of capitalised words, as units, in order."""
    forms, lowered, end = prose.forms, prose.lowered, 0
    for index in compress(count(), prose.capitals):
        if index >= end and forms[index] not in _NEVER_FIRST and index not in lowered:
            end = _name_end(prose, index)
            yield range(index, end)


def _name_end(prose: Prose, first: int) -> int:
    """Where a name ends: `Col. Myles Caggins`, `Ministry of Defence`."""
    forms, capitals, lowered = prose.forms, prose.capitals, prose.lowered
    at, stop = first + 1, min(first + _LONGEST, len(forms))
    while at < stop and (capitals[at] or forms[at] in _INSIDE):
        is_name = capitals[at] and at not in lowered
        after = at + 1 if is_name else _joined(prose, first, at)
        if not after or forms[at - 1].endswith("'s"):
            break
        at = after
    return at


def _joined(prose: Prose, first: int, at: int) -> int:
    """Past what joins the next word to a name and that word; 0 if it is not joined."""
    forms = prose.forms
    previous, ahead = forms[at - 1], at + 1
    if forms[at] == ".":
        return ahead if previous in CLASSES["honorific"] or len(previous) == 1 else 0
    if forms[at] in _JOINTS:
        if at - 1 > first and previous not in KIND_OF_SPEAKER:
            return 0  # "Salma Odeh of the Red Cross" is a name up to the "of"
        ahead += forms[ahead : ahead + 1] == ["the"]
    elif forms[at] not in _INSIDE:
        return 0
    is_joined = ahead < len(forms) and prose.capitals[ahead]
    return ahead + 1 if is_joined and forms[ahead] not in _DATES else 0


def described(prose: Prose, phrase: range) -> tuple[range | None, range | None]:
    """The name in a noun phrase and the role before it, if there are such."""
    forms, capitals = prose.forms, prose.capitals
    start, stop = phrase.start, phrase.stop
    while start < stop and forms[start] in NOUN_STARTS:
        start += 1
    at = start
    while at < stop:
        if forms[at] in CLASSES["tail"]:
            return _titled(prose, phrase), None
        if not capitals[at] or at in prose.lowered or forms[at] in FUNCTION_WORDS:
            at += 1
            continue
        end = min(_name_end(prose, at), stop)
        if end == at + 1 and forms[at] in KIND_OF_SPEAKER:
            at = end  # "Journalists in Hama", "the Observatory"
            continue
        if at > start and forms[at - 1] in _ORDINALS:
            return None, None  # "the 7th District"
        if end == stop or not _goes_on(prose, end, stop - 1):
            at -= at > start and forms[at - 1] in CLASSES["name_particle"]
            return range(at, end), _role(prose, start, end)
        at = max(_past_bracket(prose, end), end + (forms[end] == "and"))
    return None, None


def _past_bracket(prose: Prose, index: int) -> int:
    """The place after an acronym in brackets if a noun follows, or 0."""
    after = index + len(("(", "ND", ")"))
    is_bracket = prose.forms[index:after:2] == ["(", ")"]
    return after if is_bracket and not any(prose.capitals[after : after + 1]) else 0


def sender(prose: Prose, phrase: range) -> range:
    """Who sent what speaks, `a statement from the mayor`; the phrase if none is told."""
    at = phrases.head(prose, phrase).stop
    is_sent = at < phrase.stop and prose.forms[at] in ("from", "by")
    if is_sent and prose.forms[at - 1] in CLASSES["own_words"]:
        return range(at + 1, phrase.stop)
    return phrase


def _titled(prose: Prose, phrase: range) -> range | None:
    """The name at the end of a phrase if a title tells it: `of the army Gen. Salim`."""
    titles = (i for i in phrase if prose.forms[i] in CLASSES["honorific"])
    first = next(titles, phrase.stop)
    is_last = first < phrase.stop and _name_end(prose, first) >= phrase.stop
    return range(first, phrase.stop) if is_last else None


def _goes_on(prose: Prose, index: int, last: int) -> bool:
    """Whether what follows a run of capitals is its noun: `Syrian officials`."""
    form = prose.forms[index]
    if form == "(":
        return 0 < _past_bracket(prose, index) <= last  # "New Dale (ND) police"
    if form == "'" or prose.forms[index - 1].endswith("'s"):
        return True
    if form == "and":
        return not prose.capitals[last]
    is_word = bare(form).replace("-", "").isalpha()  # the New York-based group
    return is_word and form not in CLASSES["tail"] and form != "who"


def _role(prose: Prose, start: int, end: int) -> range | None:
    """The role before a name: `Coalition spokesman`, `Foreign Minister`."""
    if end - start == 1:
        return None
    kinds = [KIND_OF_SPEAKER.get(form) for form in prose.forms[start : end - 1]]
    roles = [i for i, kind in enumerate(kinds) if kind in ("person", "unnamed")]
    if not roles or "body" in kinds[roles[-1] :]:
        return None
    return range(start, start + roles[-1] + 1)


def _is_office(prose: Prose, phrase: range) -> bool:
    """Whether one person is meant: `The Health and Education Secretary`."""
    is_one = prose.forms[phrase.start] in CLASSES["article"]
    return is_one and prose.forms[phrase.stop - 1] in _ROLES


def names_several(prose: Prose, phrase: range) -> bool:
    """Whether several speak: `Egypt and Jordan`, `Hall and his wife`."""
    inner = prose.forms[phrase.start + 1 : phrase.stop - 1]
    if "and" not in inner:
        return False
    joint = phrase.start + 1 + inner.index("and")
    if _is_office(prose, phrase):
        return False
    if not _JOINTS.isdisjoint(prose.forms[phrase.start : joint]):
        return False
    second = range(joint + 1, phrase.stop)
    if prose.capitals[joint + 1] or prose.forms[joint + 1] in CLASSES["possessive"]:
        kind_before = KIND_OF_SPEAKER.get(prose.forms[joint - 1])
        return prose.capitals[joint - 1] or kind_before == "body"
    return prose.capitals[joint - 1] and _is_titled_name(prose, second)


def _is_titled_name(prose: Prose, phrase: range) -> bool:
    """Whether a name stands behind what it is called: `former president Ann Reed`."""
    name, role = described(prose, phrase)
    return name is not None and role is not None and name.stop == phrase.stop


def key(prose: Prose, name: range) -> str:
    """The word by which a name is called later: its last."""
    return bare(prose.forms[name.stop - 1])


def keys(prose: Prose, name: range) -> set[str]:
    """The words by which a name may be called later: the last, that before `of`."""
    forms = prose.forms[name.start : name.stop]
    found = {bare(forms[-1])}
    if forms[0] in CLASSES["first_name_title"]:
        found.add(forms[1])  # "Sir Alan"
    if not _JOINTS.isdisjoint(forms):
        joint = next(i for i, form in enumerate(forms) if form in _JOINTS)
        found = found - _NOUNS  # "the police" is no "Chief of Police"
        found.add(bare(forms[joint - 1]))
    return found


def initials(prose: Prose, name: range) -> str:
    """The first letters of the capitalised words of a name: `hrw`."""
    return "".join(prose.forms[i][0] for i in name if prose.capitals[i])


def own_words(prose: Prose, name: range) -> set[str]:
    """The words of a name without titles and roles."""
    return set(map(bare, prose.forms[name.start : name.stop])) - _TITLES


def is_acronym(prose: Prose, name: range) -> bool:
    """Whether a name is one short word in capitals: `HRW`."""
    if len(name) > 1 or not len("UN") <= len(prose.forms[name.start]) <= _ACRONYM:
        return False
    return prose.span(name).of(prose.words.text).isupper()


def acronym_after(prose: Prose, name: range) -> str:
    """The acronym in brackets after a name: `Syrian Democratic Forces (SDF)`."""
    bracket = prose.forms[name.stop : name.stop + 3]
    if not bracket or bracket[0] != "(" or bracket[2:] != [")"]:
        return ""
    acronym = range(name.stop + 1, name.stop + 2)
    letters = bracket[1].lower()
    is_short = letters[0] == prose.forms[name.start][0]
    if _JOINTS.isdisjoint(prose.forms[name.start : name.stop]):
        is_short |= initials(prose, name).endswith(letters)  # UN Food Programme (FP)
    return letters if is_short and is_acronym(prose, acronym) else ""


def gender(prose: Prose, name: range) -> str:
    """The gender that a title, a role or a first name tells, empty if none does."""
    titles = prose.forms[max(name.start - 1, 0) : name.stop]
    for title, told in (("male_title", "male"), ("female_title", "female")):
        if not CLASSES[title].isdisjoint(titles):
            return told
    given = prose.forms[name.start : name.stop - 1]
    return next(filter(None, map(GENDER_OF_NAME.get, given)), "")


def kind(prose: Prose, name: range) -> str:
    """What a name names: "person", "body", only a "role"; empty if it does not tell."""
    forms = prose.forms
    if gender(prose, name) or forms[name.stop : name.stop + 2] == [",", "who"]:
        return "person"
    kinds = [KIND_OF_SPEAKER.get(form) for form in forms[name.start : name.stop]]
    if kinds[-1] == "person":
        return "role"
    if not kinds[-1] and next(filter(None, kinds), "") == "person":
        return "person"  # "Superintendent of Police Ravi Nair"
    before = forms[max(name.start - 1, 0) : name.start]
    is_known = forms[name.stop - 1] in CLASSES["body_name"] or "body" in kinds
    is_noun = len(name) == 1 and forms[name.stop : name.stop + 1] in _OFFICIALS
    if (is_known and not (is_noun and kinds[0])) or is_acronym(prose, name):
        return "body"
    if before == ["the"] and not _is_place(forms[name.start : name.stop]):
        return "body"
    if forms[name.stop : name.stop + 1] == [","]:
        before += forms[name.stop + 1 : name.stop + 1 + _APPOSITION]
    kinds.extend(map(KIND_OF_SPEAKER.get, before))
    return "person" if "person" in kinds else ""


def _is_place(forms: list[str]) -> bool:
    """Whether a name with "the" is no body: "the Philippines", "the T4 base"."""
    return len(forms) == 1 and (len(forms[0]) == 1 or forms[0].endswith("s"))


def bare(form: str) -> str:
    """A form without the ending of a possessive."""
    return form.removesuffix("'s").removesuffix("'") if "'" in form else form


def is_owned(prose: Prose, head: range) -> bool:
    """Whether somebody is told by whose they are: `the victim's brother`."""
    forms = prose.forms
    return any(forms[i].endswith(("'s", "s'")) for i in head[:-1])


def names_anybody(prose: Prose, phrase: range) -> bool:
    """Whether a phrase names anybody: not so `the New York-based group`."""
    is_named = False
    capitals, lowered = prose.capitals, prose.lowered
    for index in phrases.head(prose, phrase):
        if index in lowered:
            is_named = False
        elif capitals[index] and prose.forms[index] not in FUNCTION_WORDS:
            is_named = True
    return is_named


def is_called(prose: Prose, name: range, noun: str) -> bool:
    """Whether a noun is in a name or right before it: `the mayor, Salma Odeh`."""
    forms = prose.forms
    before = name.start - (forms[name.start - 1] == ",")
    return noun in forms[max(before - 1, 0) : phrases.head(prose, name).stop]


def introduced(prose: Prose, noun: str, before: int) -> range | None:
    """Who was brought in by a noun and did not speak: `another source denied it`."""
    forms = prose.forms
    for index in range(before - 1, max(before - _FAR_BACK, 0), -1):
        if forms[index] == noun:
            near = range(index - 1, max(index - _OPENING, -1), -1)
            first = next((i for i in near if forms[i] in CLASSES["single"]), None)
            if first is not None:
                end = phrases.noun_phrase_end(prose, first, before)
                return range(first, end) if index < end else None
    return None


def is_no_role(forms: list[str]) -> bool:
    """Whether an apposition tells no role: `who …`, `some of whom`, `speaking`, `34`."""
    first = "whom" if "whom" in forms[:3] else forms[0]
    is_verb = first.endswith("ing") and first not in KIND_OF_SPEAKER
    return is_verb or first in _NO_ROLES or (len(forms) == 1 and first.isdigit())
