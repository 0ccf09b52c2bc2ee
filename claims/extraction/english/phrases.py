"""Noun phrases, verbs and adjuncts, told by closed classes of words.

There is no tagger: what a word is follows from the small words around it, from capital
letters, and from lists. Every look ahead and back is bounded, so reading is linear.
"""

from claims.extraction.english.prose import Prose
from claims.extraction.english.units import QUOTATION
from claims.extraction.english.vocabulary import (
    CLASSES,
    CUES,
    KIND_OF_SPEAKER,
    NOUN_STARTS,
)

FAR = 60
"""How many units a subject may begin before its verb, and a phrase run on."""

_SHORT = 10
_YEAR = 4
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
_NEVER_LAST = CLASSES["tail"] | NOUN_STARTS | {"and", ".", "-"}
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
_SENT = frozenset(["sent", "seen", "made", "given"])


def is_verb(prose: Prose, index: int) -> bool:
    """Whether a unit looks like a finite verb; participles after a noun pass too."""
    form = prose.forms[index]
    if prose.is_capital(index) and index not in prose.title:
        return False
    if form in CLASSES["finite"] or (form in CLASSES["modal"] and form != "to"):
        return True
    before = prose.forms[index - 1] if index else ""
    if before in NOUN_STARTS or before in CLASSES["preposition"]:
        return False
    if form.endswith("ed"):
        return form not in CLASSES["no_past"] and "-" not in form
    return form in CUES and form not in KIND_OF_SPEAKER and not form.endswith("ing")


def is_participle(prose: Prose, index: int) -> bool:
    """Whether a past participle follows a noun: `based in Cairo`."""
    after = prose.forms[index + 1 : index + 2]
    is_past = prose.forms[index].endswith("ed")
    return is_past and bool(after) and after[0] in CLASSES["preposition"]


def first_verb(prose: Prose, units: range) -> int | None:
    """The first unit that looks like a finite verb."""
    return next((i for i in units if is_verb(prose, i)), None)


def is_adverb(prose: Prose, index: int) -> bool:
    """Whether a unit may stand between a subject and its verb; `family` may not."""
    form = prose.forms[index]
    if form in CLASSES["adverb"]:
        return form not in NOUN_STARTS
    is_manner = form.endswith("ly") and form not in KIND_OF_SPEAKER
    return is_manner and not prose.is_capital(index)


def is_nominal(prose: Prose, index: int) -> bool:
    """Whether a noun phrase may begin with the unit."""
    form = prose.forms[index]
    return (
        prose.is_capital(index)
        or form in NOUN_STARTS
        or form in KIND_OF_SPEAKER
        or form in CLASSES["subject_pronoun"]
        or form[0].isdigit()
    )


def head(prose: Prose, phrase: range) -> range:
    """A noun phrase up to the first `of` or the like: where its head noun stands."""
    tails = (i for i in phrase if prose.forms[i] in CLASSES["tail"])
    return range(phrase.start, next(tails, phrase.stop))


def adjuncts_end(prose: Prose, first: int, end: int, *, places: bool = True) -> int:
    """Where a run of adjuncts ends: `on Thursday in a statement`; `first` if none."""
    at = first
    while at < end and (after := _adjunct_end(prose, at, end, places=places)) > at:
        at = after
    return at


def _adjunct_end(prose: Prose, first: int, end: int, *, places: bool) -> int:
    form = prose.forms[first]
    if form in CLASSES["nearness"] or form in CLASSES["day"]:
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
    after = prose.forms[index + 1] if index + 1 < end else ""
    form = prose.forms[index]
    return (form.endswith("ly") or form in CLASSES["manner"]) and (
        after in _BREAKS or after in _SETTINGS or after in ("", "that", ".", QUOTATION)
    )


def _time_end(prose: Prose, first: int, end: int) -> int:
    """Where `earlier this week`, `Monday night`, `Jan. 21, 2022` ends."""
    forms, last = prose.forms, first
    for at in range(first, min(first + _SHORT, end)):
        if forms[at] in _TIMES or (forms[at].isdigit() and last > first):
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
            return max(_time_end(prose, at, end), at + 1)
        if form in _AWAY:
            return _medium_end(prose, at + 1, end)
        if _ends_setting(prose, at):
            break
        if places and prose.is_capital(at):
            last = at + 1
        elif last > first + 1:
            break
    return last if last > first + 1 else first


def _ends_setting(prose: Prose, at: int) -> bool:
    form = prose.forms[at]
    return form in _NOT_IN_SETTINGS or is_verb(prose, at)


def _medium_end(prose: Prose, at: int, end: int) -> int:
    """Past what follows a medium: `posted on Telegram`, `of anonymity`."""
    forms = prose.forms
    if at + 1 < end and forms[at] in ("of", "with"):
        if forms[at + 1] in _AWAY:
            return at + 2
        if any(map(prose.is_capital, range(at + 1, min(at + 3, end)))):
            at = noun_phrase_end(prose, at + 1, end)
    if at == end or forms[at] in CUES:
        return at
    if not (forms[at].endswith("ed") or forms[at] in _SENT):
        return at
    after = adjuncts_end(prose, at + 1, end)
    return after if after > at + 1 else at


def without_trailing_adjuncts(prose: Prose, first: int, end: int) -> int:
    """Where a subject ends before `on Thursday`, `in a statement` and its verb."""
    for at in range(max(first + 1, end - _SHORT), end):
        may_begin = prose.forms[at] in _MAY_TRAIL
        if may_begin and adjuncts_end(prose, at, end, places=False) == end:
            return at
    return end


def noun_phrase_end(prose: Prose, first: int, end: int) -> int:
    """Where the noun phrase that begins here ends; apposition is not in it."""
    end = min(end, first + FAR)
    if first < end and prose.forms[first] in CLASSES["subject_pronoun"]:
        return first + 1
    at = first
    while at < end and _continues_phrase(prose, at, first, end):
        at += 1
    while at > first and prose.forms[at - 1] in _NEVER_LAST:
        at -= 1
    return at


def _continues_phrase(prose: Prose, at: int, first: int, end: int) -> bool:
    form, previous = prose.forms[at], prose.forms[at - 1]
    if form == ".":
        return previous in CLASSES["honorific"] or len(previous) == 1
    if form in CLASSES["coordinator"]:
        return form == "and" and at + 1 < end and is_nominal(prose, at + 1)
    if form in CLASSES["tail"]:
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
    if prose.is_capital(at - 1):
        return False
    return adjuncts_end(prose, at, end, places=False) == at


def _is_gerund(prose: Prose, at: int) -> bool:
    """Whether `referring` and the like follow the noun phrase; `briefing` is a noun."""
    form = prose.forms[at]
    is_verbal = form.endswith("ing") and not (form in _AWAY or form in _TIMES)
    return is_verbal and not (
        prose.is_capital(at) or prose.forms[at - 1] in NOUN_STARTS
    )


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
    if not _may_begin_apposition(prose, first):
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
