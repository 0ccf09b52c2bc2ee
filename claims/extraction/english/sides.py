"""On which side of a cue and its subject the words stand that they attribute."""

from claims.extraction.english import complements, phrases
from claims.extraction.english.sentence import (
    NOTHING,
    PAUSES,
    STOPS,
    Attribution,
    Opening,
    Sentence,
    Verb,
)
from claims.extraction.english.subjects import Subject
from claims.extraction.english.units import QUOTATION
from claims.extraction.english.vocabulary import CLASSES, CUES, KIND_OF_SPEAKER

BEFORE_CUE = "en.clause.before-cue"
_HALF = 14
_CLAUSE = 6
_JOINT = 6
_OVER = STOPS | {"", ","}
_MEANWHILE = frozenset(["as", "while", "when", "after", "before"])
_JOINTS = CLASSES["coordinator"] | CLASSES["contrast"]
_STATES = (CLASSES["auxiliary"] | CLASSES["modal"]) - {"to", "having", "being"}


def laid_out(
    sentence: Sentence, subject: Subject, verb: Verb, opened: Opening
) -> Attribution | None:
    """Tell whether what is attributed stands before the cue, after it, or around."""
    left = range(sentence.start, subject.phrase.start)
    last = sentence.form(left.stop - 1)
    is_apart = last in PAUSES or last == QUOTATION
    is_last = opened.form in STOPS or not subject.is_shared  # "he rose and said."
    is_other = opened.form == "that" or (not opened.form and _is_contrasted(sentence))
    follows = is_apart and is_last and not is_other
    if follows and sentence.ends_with_quotation(left):
        after = second_half(sentence, verb.units.stop)
        return Attribution(
            verb.units, BEFORE_CUE, subject, left, after, opening=QUOTATION
        )
    if opened.form == "," and not is_apart and _begins_clause(sentence, opened.at + 1):
        opened = Opening(opened.at + 1, "")
    elif opened.form in STOPS or opened.form in (",", ""):
        read = _around(sentence, subject, verb, opened) if is_apart else None
        if read or opened.form:
            return read
    if sentence.forms[subject.phrase.start] in CLASSES["writer"]:
        return None
    taken = complements.taken_after(sentence, verb, opened)
    if taken is None:
        return None
    rule, after = taken
    cut = _cut(sentence, subject, verb.units.start)
    return Attribution(
        verb.units, rule, subject, after=after, cut=cut, opening=opened.form
    )


def _around(
    sentence: Sentence, subject: Subject, verb: Verb, opened: Opening
) -> Attribution | None:
    """`…, X said.` and `The raid, X said, was …`."""
    form = sentence.form(opened.at)
    if not (form in _OVER or _is_aside(sentence, opened.at)):
        return None
    left, after = range(sentence.start, subject.phrase.start), NOTHING
    is_whole = _says_something(sentence, left)
    is_over = is_whole and sentence.form(opened.at + 1) == "without"
    if form == "," and not is_over and resumes(sentence, opened.at + 1):
        after = range(opened.at + 1, sentence.stop)
    if not (after or is_whole):
        return None
    return Attribution(verb.units, BEFORE_CUE, subject, left, after)


def _begins_clause(sentence: Sentence, at: int) -> bool:
    """Whether what is said begins after a mere comma: `The mayor said, the dam is …`."""
    after = range(at, min(at + _HALF, sentence.stop))
    if not (resumes(sentence, at) and phrases.is_nominal(sentence.prose, at)):
        return False
    verb = phrases.first_verb(sentence.prose, after[1:])
    return verb is not None and sentence.forms[verb] in _STATES


def _says_something(sentence: Sentence, units: range) -> bool:
    """Whether there is a verb, or a quotation that begins what is said.

    Among enough words after what may be a subject one is a verb, known or not.
    """
    if phrases.first_verb(sentence.prose, units[1:]) is not None:
        return True
    if len(units) >= _CLAUSE and phrases.is_nominal(sentence.prose, units.start):
        return True
    return sentence.forms[units.start] == QUOTATION


def _is_aside(sentence: Sentence, index: int) -> bool:
    """Whether only how it was said follows: `as he left`, `in a sign of anger`.

    Or what words it was said in: `in a message … shared with us`, `… that was deleted`.
    """
    form = sentence.forms[index]
    if form in _MEANWHILE or form == "that":
        return True
    if phrases.is_participle(sentence.prose, index):
        return True
    rest = range(index, sentence.stop)
    if sentence.forms[index] not in CLASSES["preposition"]:
        return False
    verb = phrases.first_verb(sentence.prose, rest)
    return verb is None or phrases.is_participle(sentence.prose, verb)


def resumes(sentence: Sentence, index: int) -> bool:
    """Whether the attributed sentence goes on here after the parenthesis."""
    form = sentence.form(index)
    return bool(form) and not (
        form in CUES
        or form in _JOINTS
        or form in CLASSES["relative"]
        or (form.endswith("ing") and form not in KIND_OF_SPEAKER)
        or form in ("which", "according", "in", "even", QUOTATION)
        or form in _MEANWHILE
        or sentence.is_tag(index)
    )


def _cut(sentence: Sentence, subject: Subject, verb: int) -> int | None:
    """Where an independent clause with this subject begins, with its joint."""
    at = verb if subject.is_shared else subject.phrase.start
    back = range(at - 1, max(at - _JOINT, sentence.start), -1)
    if subject.is_shared:
        at = 1 + next((i for i in back if sentence.forms[i] in _JOINTS), at - 1)
    elif sentence.form(at - 1) == ",":  # "…, but so far, the police said"
        at = 1 + next(
            (i for i in back if sentence.forms[i] in CLASSES["contrast"]), at - 1
        )
    joint = sentence.form(at - 1)
    if joint == ";":
        return at - 1
    if joint in (",", QUOTATION) and _is_contrasted(sentence):
        return at - (joint == ",")
    if joint == "as" and sentence.form(at - 2) in (",", "even"):
        at -= 1 + (sentence.form(at - 2) == "even")
        return at - (sentence.form(at - 1) == ",")
    if joint in _JOINTS:
        return at - 2 if sentence.form(at - 2) == "," else at - 1
    return None


def _is_contrasted(sentence: Sentence) -> bool:
    """Whether a main clause is still to come: `While A said this, B said that`."""
    return sentence.forms[sentence.start] in CLASSES["contrast"]


def second_half(sentence: Sentence, at: int) -> range:
    """The second half of a split quotation, if no other cue comes between."""
    for index in range(at, min(at + _HALF, sentence.stop - 1)):
        form = sentence.forms[index]
        if form in CUES or form == QUOTATION:
            break
        if form in (",", ":", "—"):
            at = index + 1 + (sentence.form(index + 1) in CLASSES["coordinator"])
            if sentence.form(at) == QUOTATION and not sentence.is_tag(at + 1):
                return range(at, at + 1)
    return NOTHING
