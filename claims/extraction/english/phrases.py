"""Noun phrases, verbs and adjuncts, told by closed classes of words.

There is no tagger: what a word is follows from the small words around it, from capital
letters, and from lists. Every look ahead and back is bounded, so reading is linear.
"""

from claims.extraction.english.prose import Prose
from claims.extraction.english.units import QUOTATION
from claims.extraction.english.vocabulary import (
    CLASSES,
    CUES,
    FUNCTION_WORDS,
    KIND_OF_SPEAKER,
    NOUN_STARTS,
)
from sources.text.words import places

FAR = 60
"""How many units a subject may begin before its verb, and a phrase run on."""

_SHORT = 10
_YEAR = len("2022")
_TITLE = 5
_SETTINGS = CLASSES["setting"]
_DATES = CLASSES["day"] | CLASSES["month"]
_TIMES = CLASSES["moment"] | _DATES
_AWAY = CLASSES["address"] | CLASSES["medium"]
_BREAKS = frozenset([",", ";", ":", "—", "–", "-", "(", ")", "|", "…", "?", "!", "\n"])
_RELATIVE = CLASSES["relative"] | {"which", "that"}
_NOT_IN_PHRASES = (
    CLASSES["subordinator"] | _RELATIVE | _BREAKS | {"to", QUOTATION}
) - {"-"}
_ONLY_FIRST = (
    _DATES | CLASSES["pronoun"] | CLASSES["preposition"] | CLASSES["adverb"]
) - NOUN_STARTS
_TAILS = CLASSES["tail"]
_LEADS = CLASSES["preposition"] | CLASSES["subordinator"] | CLASSES["adverb"]
_NEVER_LAST = _TAILS | NOUN_STARTS | {"and", ".", "-"}
_NOT_IN_SETTINGS = (
    _BREAKS
    | CLASSES["pronoun"]
    | CLASSES["preposition"]
    | CLASSES["coordinator"]
    | {QUOTATION, "that"}
)
_AFTER_APPOSITION = _BREAKS - {"-"} | {QUOTATION, "."}
_AFTER_MODIFIER = CLASSES["preposition"] | {"up"}
_MAY_TRAIL = _SETTINGS | _DATES | CLASSES["nearness"]
_OWNERS = CLASSES["article"] | CLASSES["possessive"]
_ALWAYS_VERBS = CLASSES["finite"] | CLASSES["modal"] - {"to"}
_VERBS = _ALWAYS_VERBS | {
    form for form in CUES.keys() - KIND_OF_SPEAKER.keys() if not form.endswith("ing")
}
_BEFORE_NOUNS = NOUN_STARTS | CLASSES["preposition"]
_ADVERBS = CLASSES["adverb"] - NOUN_STARTS
_MAY_BEGIN_TIME = CLASSES["nearness"] | CLASSES["day"]
MAY_BEGIN_ADJUNCT = _SETTINGS | _MAY_BEGIN_TIME | CLASSES["aside"] | CLASSES["manner"]
_NOMINAL = NOUN_STARTS | KIND_OF_SPEAKER.keys() | CLASSES["subject_pronoun"]
MAY_END_ADJUNCT = _TIMES | _AWAY | CLASSES["aside"]
_AFTER_MANNER = _BREAKS | _SETTINGS | {"that", ".", QUOTATION}
_BOUNDS = frozenset(["least", "most", "best"])
_SENT = frozenset(["sent", "seen", "made", "given"])


def is_verb(prose: Prose, index: int) -> bool:
    """Whether a unit looks like a finite verb; participles after a noun pass too."""
    forms = prose.forms
    if index == len(forms):
        return False
    form = forms[index]
    is_past = form.endswith("ed")
    if not (is_past or form in _VERBS):
        return False
    if prose.capitals[index] and index not in prose.title:
        return False
    if form in _ALWAYS_VERBS:  # "the cost" is a noun
        return not (index and forms[index - 1] in CLASSES["article"])
    if index and forms[index - 1] in _BEFORE_NOUNS:
        return False
    return not is_past or (form not in CLASSES["no_past"] and "-" not in form)


def is_participle(prose: Prose, index: int) -> bool:
    """Whether a past participle follows a noun: `based in Cairo`."""
    if not prose.forms[index].endswith("ed"):
        return False
    after = prose.forms[index + 1 : index + 2]
    return bool(after) and after[0] in CLASSES["preposition"]


def first_verb(prose: Prose, units: range) -> int | None:
    """The first unit that looks like a finite verb."""
    for index, form in enumerate(prose.forms[units.start : units.stop], units.start):
        if (form in _VERBS or form.endswith("ed")) and is_verb(prose, index):
            return index
    return None


def is_adverb(prose: Prose, index: int) -> bool:
    """Whether a unit may stand between a subject and its verb; `family` may not."""
    form = prose.forms[index]
    if form in _ADVERBS:
        return True
    is_manner = form.endswith("ly") and form not in KIND_OF_SPEAKER
    return is_manner and not prose.capitals[index]


def is_nominal(prose: Prose, index: int) -> bool:
    """Whether a noun phrase may begin with the unit."""
    form = prose.forms[index]
    return prose.capitals[index] or form in _NOMINAL or form[0].isdigit()


def head(prose: Prose, phrase: range) -> range:
    """A noun phrase up to the first `of` or the like: where its head noun stands."""
    forms = prose.forms[phrase.start : phrase.stop]
    if _TAILS.isdisjoint(forms):
        return phrase
    return phrase[: next(places(forms, _TAILS))]


def adjuncts_end(prose: Prose, first: int, end: int, *, places: bool = True) -> int:
    """Where a run of adjuncts ends: `on Thursday in a statement`; `first` if none."""
    at = first
    while at < end and _may_begin_adjunct(prose.forms[at]):
        after = _adjunct_end(prose, at, end, places=places)
        if after == at:
            break
        at = after
    return at


def _may_begin_adjunct(form: str) -> bool:
    return form in MAY_BEGIN_ADJUNCT or form.endswith("ly")


def _adjunct_end(prose: Prose, first: int, end: int, *, places: bool) -> int:
    form = prose.forms[first]
    if form in _MAY_BEGIN_TIME:
        at = _time_end(prose, first, end)
        if at > first:
            return at
    if form in CLASSES["aside"] or _is_manner(prose, first, end):
        return first + 1
    if form in _SETTINGS:
        return _setting_end(prose, first, end, places=places)
    return first


def _is_manner(prose: Prose, index: int, end: int) -> bool:
    """Whether it is an adverb of the verb: `said initially that`, not `nearly 30`."""
    form = prose.forms[index]
    if not (form.endswith("ly") or form in CLASSES["manner"]):
        return False
    return index + 1 == end or prose.forms[index + 1] in _AFTER_MANNER


def _is_in_date(forms: list[str], first: int, at: int) -> bool:
    """Whether a number is one of a date: not in `said on Thursday 60 people died`."""
    near = forms[first : at + 2]
    is_dated = len(forms[at]) == _YEAR or not CLASSES["month"].isdisjoint(near)
    return forms[at].isdigit() and is_dated


def _time_end(prose: Prose, first: int, end: int) -> int:
    """Where `earlier this week`, `Monday night`, `Jan. 21, 2022` ends."""
    forms, last = prose.forms, first
    for at in range(first, min(first + _SHORT, end)):
        if forms[at] in _TIMES or (last > first and _is_in_date(forms, first, at)):
            last = at + 1
        elif forms[at] == "that" and last > first:
            break  # "on Tuesday that 40 families left"
        elif forms[at] not in CLASSES["nearness"] and not _joins_date(prose, at):
            break
    return last


def _joins_date(prose: Prose, index: int) -> bool:
    """Whether it may stand inside of a date: `3`, `Jan.`, the comma of `May 3, 2020`."""
    if prose.forms[index].isdigit():
        return True
    after = "".join(prose.forms[index + 1 : index + 2])
    is_year = after.isdigit() and len(after) == _YEAR
    is_day = prose.forms[index - 1] in _DATES and after != "the"
    return prose.forms[index] in (".", ",") and (is_year or is_day)


def _setting_end(prose: Prose, first: int, end: int, *, places: bool) -> int:
    """Where `in a statement`, `on Jan. 21`, `in Geneva`, `to reporters` ends."""
    last = first + 1
    for at in range(first + 1, min(first + _SHORT, end)):
        form = prose.forms[at]
        is_year = at == first + 1 and form.isdigit() and len(form) == _YEAR
        if form in _TIMES or is_year:
            last = max(_time_end(prose, at, end), at + 1)
            is_dated = prose.forms[at - 1] in _OWNERS  # "in a July 26 release"
            return _medium_end(prose, last, end) if is_dated else last
        if form in _AWAY and not _acts(prose, at):
            return _medium_end(prose, at + 1, end)
        if _ends_setting(prose, at):
            break
        if places and prose.capitals[at]:
            last = at + 1
        elif last > first + 1:
            break
    return last if last > first + 1 else first


def _acts(prose: Prose, at: int) -> bool:
    """Whether those addressed do something: `said at the meeting people were shot`."""
    return prose.forms[at] in CLASSES["address"] and is_verb(prose, at + 1)


def _ends_setting(prose: Prose, at: int) -> bool:
    form = prose.forms[at]
    if form in _NOT_IN_SETTINGS or is_verb(prose, at):
        return True
    before = prose.forms[at - 1]  # "at least 43 people", "over 300 residents"
    return form in _BOUNDS if before == "at" else before == "over" and form.isdigit()


def _medium_end(prose: Prose, at: int, end: int) -> int:
    """Past what follows a medium: `posted on Telegram`, `of anonymity`."""
    forms = prose.forms
    while at < end and forms[at] in _AWAY and not _acts(prose, at):
        at += 1  # "on his Twitter account"
    if at + 1 < end and forms[at] in ("of", "with"):
        if any(prose.capitals[at + 1 : min(at + 3, end)]):
            at = noun_phrase_end(prose, at + 1, end)
        elif forms[at + 1] in _AWAY:
            return at + 2
    if at == end or forms[at] in CUES:
        return at
    if not (forms[at].endswith("ed") or forms[at] in _SENT):
        return at
    after = adjuncts_end(prose, at + 1, end)
    return after if after > at + 1 else at


def without_trailing_adjuncts(prose: Prose, first: int, end: int) -> int:
    """Where a subject ends before `on Thursday`, `in a statement` and its verb."""
    start = max(first + 1, end - _SHORT)
    for at, form in enumerate(prose.forms[start:end], start):
        if form in _MAY_TRAIL and adjuncts_end(prose, at, end, places=False) == end:
            return at - _trails(prose, first, at - 1)
    return end


def _trails(prose: Prose, first: int, at: int) -> bool:
    """Whether a participle belongs to the adjunct after it: `residents reached by`."""
    is_past = prose.forms[at].endswith("ed") and not prose.capitals[at]
    return is_past and at > first and prose.forms[at - 1] not in NOUN_STARTS


def noun_phrase_end(prose: Prose, first: int, end: int) -> int:
    """Where the noun phrase that begins here ends; apposition is not in it."""
    forms, end = prose.forms, min(end, first + FAR)
    if first < end and forms[first] in CLASSES["subject_pronoun"]:
        return first + 1
    at = first
    while at < end and _continues_phrase(prose, at, first, end):
        at += 1
    while at > first and forms[at - 1] in _NEVER_LAST and not _is_many(forms, at):
        at -= 1
    is_alone = at == first < end and forms[first] in CLASSES["alone"]
    return at + is_alone


def _is_many(forms: list[str], end: int) -> bool:
    """Whether a number ends a phrase: `a mother of six`."""
    return forms[end - 1] in CLASSES["determiner"] and forms[end - 2] == "of"


def _continues_phrase(prose: Prose, at: int, first: int, end: int) -> bool:
    form, previous = prose.forms[at], prose.forms[at - 1]
    if form == ".":
        return previous in CLASSES["honorific"] or len(previous) == 1
    if form in CLASSES["coordinator"]:
        return form == "and" and at + 1 < end and is_nominal(prose, at + 1)
    if form in _TAILS:
        return _continues_with_tail(prose, at, end)
    if form in _NOT_IN_PHRASES or (at > first and form in _ONLY_FIRST):
        return False
    if at > first and form in _OWNERS and previous not in _NEVER_LAST:
        return False  # "said residents the raid was over"
    return at == first or not (is_verb(prose, at) or _is_gerund(prose, at))


def _continues_with_tail(prose: Prose, at: int, end: int) -> bool:
    """Whether `of the Red Cross`, `in Gaza` still belongs to the phrase."""
    if prose.forms[at] in ("of", "for", "from"):
        return True
    if KIND_OF_SPEAKER.get(prose.forms[at - 1]) in ("body", "unnamed"):
        near = prose.forms[at + 1 : at + _TITLE]
        if not CLASSES["settlement"].isdisjoint(near):
            return True
    if prose.capitals[at - 1]:
        return False
    return adjuncts_end(prose, at, end, places=False) == at


def _is_gerund(prose: Prose, at: int) -> bool:
    """Whether `referring` and the like follow the noun phrase; `briefing` is a noun."""
    form = prose.forms[at]
    is_verbal = form.endswith("ing") and not (form in _AWAY or form in _TIMES)
    return is_verbal and not (prose.capitals[at] or prose.forms[at - 1] in NOUN_STARTS)


def phrase_before(prose: Prose, first: int, end: int) -> range | None:
    """The short noun phrase that ends here: what a relative clause relates to."""
    at = end
    while at > max(first, end - _SHORT) and not _begins_other(prose, at - 1):
        at -= 1
        if prose.forms[at] in NOUN_STARTS:
            break
    return range(at, end) if at < end else None


def _begins_other(prose: Prose, at: int) -> bool:
    form = prose.forms[at]
    if form in CLASSES["preposition"] or form in CLASSES["subordinator"]:
        return True
    return form in _BREAKS or form == QUOTATION or is_verb(prose, at)


def apposition_after(prose: Prose, at: int, stop: int) -> range | None:
    """The apposition that a comma opens at an index: `, a spokesman for Y`."""
    first = at + 1
    if first >= stop or prose.forms[at] not in (",", "—", "–"):
        return None
    is_name = prose.forms[at - 1] in KIND_OF_SPEAKER and prose.is_name(first)
    if not (is_name or _may_begin_apposition(prose, first)):
        return None
    end = first
    while end < min(stop, first + FAR) and prose.forms[end] not in _AFTER_APPOSITION:
        end += 1
    return (
        range(first, end) if end > first and not _is_clause(prose, first, end) else None
    )


def _may_begin_apposition(prose: Prose, first: int) -> bool:
    form, *near = prose.forms[first : first + _TITLE]
    if form in _OWNERS or form == "one":
        return True
    if form[0].isdigit():
        return bool(near) and near[0] in _BREAKS  # an age
    return form not in CUES and any(word in KIND_OF_SPEAKER for word in (form, *near))


def _is_clause(prose: Prose, first: int, end: int) -> bool:
    """Whether there is a verb before any relative pronoun, not `made up of`."""
    for at in range(first + 1, end):
        if prose.forms[at] in _RELATIVE:
            return False
        after = prose.forms[at + 1] if at + 1 < end else ""
        if is_verb(prose, at) and after not in _AFTER_MODIFIER:
            return True
    return False


def acts_after(prose: Prose, lead: range, name: range) -> bool:
    """Whether a name is the subject behind a lead: `As a result Calder was …`."""
    return (
        prose.forms[lead.start] in _LEADS
        and prose.forms[lead[-1]] not in FUNCTION_WORDS
        and name.stop < len(prose.forms)
        and is_verb(prose, name.stop)
        and first_verb(prose, lead) is None
    )
