"""Who says what in one sentence.

Cues are read from left to right. What a cue governs runs to the end of the sentence
until a later cue that is not part of it cuts it off.
"""

from bisect import bisect_left
from collections.abc import Iterator

from claims.extraction.english.cues import read_cue
from claims.extraction.english.endings import without_comment
from claims.extraction.english.prose import Prose
from claims.extraction.english.sentence import Attribution, Sentence
from claims.extraction.english.sources import read_source
from claims.extraction.english.units import QUOTATION
from claims.extraction.english.vocabulary import CUES
from sources.text.crowds import Crowd
from sources.text.words import places

_SOURCES = frozenset(["according", "per"])
_MOST = 12
"""So many cues of a sentence are looked at, which no writer has; so reading is quick."""

_APART = 6
"""How many words at least there are to each sentence with a cue or a quotation."""

_RELAYS = frozenset(["reported", "reports"])
_PLACES = CUES.keys() | _SOURCES | {QUOTATION}


def sentences_with_cues(
    prose: Prose,
) -> Iterator[tuple[Sentence, list[int], list[int]]]:
    """Each sentence that has a cue or a quotation, with the places of both."""
    coming, quotations = [*places(prose.forms, _PLACES)], prose.quotations
    crowd = Crowd(apart=_APART)
    at = 0
    for units in prose.sentences:
        first, at = at, bisect_left(coming, units.stop, at)
        if at == first or crowd.holds(prose.firsts[units.start]):
            continue
        cues, quoted = coming[first:at], []
        if not quotations.keys().isdisjoint(cues):
            quoted = [index for index in cues if index in quotations]
            cues = [index for index in cues if index not in quotations]
        yield Sentence(prose, units), cues, quoted


def attributions(sentence: Sentence, cues: list[int]) -> list[Attribution]:
    """The attributions of a sentence, given where words of cues stand in it."""
    found: list[Attribution] = []
    reach = 0
    for index in cues[:_MOST]:
        if index < reach:
            continue
        read = read_source if sentence.forms[index] in _SOURCES else read_cue
        new = read(sentence, index)
        if new:
            _join(sentence, found, new)
            reach = new.reach
    ended = [without_comment(sentence, one) for one in found]
    return [one for one in ended if one.before or one.after]


def _join(sentence: Sentence, found: list[Attribution], new: Attribution) -> None:
    """Add an attribution; cut off or replace what it shows to be read too far."""
    if found and sentence.form(new.cue.start - 1) == "as":
        found.pop()  # "reported the firm as saying"
    if not found:
        found.append(new)
        return
    last = found[-1]
    if new.hint and new.hint.phrase.start < last.cue.start:
        new = new._replace(hint=None)
    if new.cue.start >= last.after.stop:
        _append(found, last, new)
    elif new.rule == "en.according-to" and not sentence.ends_with_quotation(new.before):
        found[-1] = _with_source(last, new)
    elif new.before:
        _append_around(sentence, found, last, new)
    else:
        _append_clause(found, last, new)


def _append_around(
    sentence: Sentence, found: list[Attribution], last: Attribution, new: Attribution
) -> None:
    """One at the end governs all before it, but for the report of an agency."""
    if sentence.ends_with_quotation(new.before):
        _append_quotation(sentence, found, last, new)
    elif sentence.forms[new.cue.start] in _RELAYS:
        found[-1] = _cut_off(last, new.before.stop)
    else:
        found[:] = [new._replace(before=range(sentence.start, new.before.stop))]


def _append_clause(
    found: list[Attribution], last: Attribution, new: Attribution
) -> None:
    """`X said that … but Y said that …`; what does not cut the last one is nested."""
    if new.cut is None or new.cut <= last.after.start:
        return
    found[-1] = _cut_off(last, new.cut)
    found.append(_without_shared(new))


def _without_shared(new: Attribution) -> Attribution:
    """One that leaves its subject to the cue before it, if it has that one's."""
    is_shared = new.subject and new.subject.is_shared
    return new._replace(subject=None, hint=new.subject) if is_shared else new


def _cut_off(last: Attribution, stop: int) -> Attribution:
    return last._replace(after=range(last.after.start, stop))


def _append(found: list[Attribution], last: Attribution, new: Attribution) -> None:
    """Add one that begins after the last; it takes nothing of what the last has."""
    if new.rule == "en.according-to" and last.before:
        return
    if new.before:
        reach = max(last.cue.stop, last.after.stop, last.reach)
        new = new._replace(before=range(reach, max(reach, new.before.stop)))
    found.append(_without_shared(new))


def _append_quotation(
    sentence: Sentence, found: list[Attribution], last: Attribution, new: Attribution
) -> None:
    """`X said it was over, "all over," he added`: the quotation is the second one's."""
    start = new.before.stop - 1
    while start > last.after.start and sentence.forms[start] != QUOTATION:
        start -= 1
    found[-1] = _cut_off(last, start)
    found.append(new._replace(before=range(start, new.before.stop)))


def _with_source(last: Attribution, new: Attribution) -> Attribution:
    """`X said that, according to Y, …` and `X said …, according to Y`: X says it."""
    if new.after and new.cue.start <= last.after.start + 1:
        return last._replace(after=new.after)
    return last if new.cut is None else _cut_off(last, new.cut)
