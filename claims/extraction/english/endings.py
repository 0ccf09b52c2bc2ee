"""Where reported words end though their sentence goes on: what the reporter adds."""

from claims.extraction.english.sentence import Attribution, Sentence
from claims.extraction.english.units import QUOTATION
from claims.extraction.english.vocabulary import CLASSES, COMMENTS, CUES
from sources.text.words import places

_UNTOLD = "without"
_SHORTEST = 2
_NEAR = 5
_JOINTS = CLASSES["coordinator"] | CLASSES["contrast"] | {",", ";", _UNTOLD}
_GOES_ON = CLASSES["pronoun"] | CLASSES["coordinator"]
_BESIDES = CLASSES["contrast"]
_JUDGING = CLASSES["citing"] | {
    form for form, cue in CUES.items() if cue.is_participle and "label" in cue.frames
}
_OF_THEMSELVES = frozenset(["deny", "admit", "insist", "maintain", "claim"])


def without_comment(sentence: Sentence, one: Attribution) -> Attribution:
    """An attribution without what the reporter adds to the words after its cue."""
    if not one.after:
        return one
    near = sentence.forms[one.after.start : one.after.stop]
    for count in places(near, _JOINTS):
        is_after_words = count >= _SHORTEST or near[:count] == [QUOTATION]
        if is_after_words and _adds(sentence, one, one.after.start + count):
            stop = one.after.start + count
            return one._replace(after=range(one.after.start, stop))
    return one


def _adds(sentence: Sentence, one: Attribution, at: int) -> bool:
    """Whether the reporter speaks from a comma or a conjunction on."""
    is_comma = sentence.forms[at] == ","
    if sentence.forms[at] == ";":
        return sentence.form(at + 1) not in _GOES_ON
    start = at + is_comma
    first, *near = sentence.forms[start : min(start + _NEAR, sentence.stop)] or [""]
    if is_comma and first in _JUDGING:
        return CUES.keys().isdisjoint(sentence.forms[one.after.start : at])
    if first in COMMENTS and (is_comma or first == _UNTOLD):
        return not COMMENTS[first].isdisjoint(near)
    if first in _BESIDES and near[:1] and near[0] in CLASSES["different"]:
        return not CLASSES["estimate"].isdisjoint(near)
    return first in ("and", "but") and _tells_verdict(sentence, one, near)


def _tells_verdict(sentence: Sentence, one: Attribution, near: list[str]) -> bool:
    """Whether one who pleads is judged: `denied he had a gun but was convicted`."""
    cue = CUES.get(sentence.forms[one.cue.start])
    is_plea = cue is not None and cue.lemma in _OF_THEMSELVES
    is_judged = near[:1] and near[0] in CLASSES["auxiliary"]
    return is_plea and bool(is_judged) and not CLASSES["verdict"].isdisjoint(near)
