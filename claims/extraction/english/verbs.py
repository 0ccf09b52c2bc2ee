"""Where the verb of a cue begins with its auxiliaries, and ends with its particle."""

from claims.extraction.english import phrases
from claims.extraction.english.sentence import Sentence
from claims.extraction.english.vocabulary import CLASSES, NOUN_STARTS, Cue

_INSERTED = 10
_LEADING = 3
_GOING_ON = [["went", "on", "to"], ["goes", "on", "to"]]
_HAVING = frozenset(["have", "has", "had", "'ve", "having"])
_NO_VERB_BEFORE = CLASSES["negation"] | CLASSES["modal"]
_BEFORE_NOUN = NOUN_STARTS | CLASSES["preposition"]


def end_with_particle(sentence: Sentence, index: int, cue: Cue) -> int:
    """Where the cue ends with its particle; 0 if it is none without."""
    if not cue.needs_particle:
        is_scolding = cue.lemma == "tell" and sentence.form(index + 1) == "off"
        return 0 if is_scolding else index + 1
    if sentence.form(index + 1) in cue.particles:
        return index + 2
    return index + 1 if "label" in cue.frames else 0


def start(sentence: Sentence, index: int, cue: Cue) -> int | None:
    """Where the verb begins with its auxiliaries; ``None`` if it attributes nothing.

    That is so when it is negated, only possible, passive, an infinitive or a noun.
    """
    forms, at = sentence.forms, index
    while at > sentence.start:
        form = forms[at - 1]
        if form in _NO_VERB_BEFORE:
            return _went_on(sentence, at) or _is_thought(sentence, at)
        if form in CLASSES["being"] and not cue.is_participle:
            return None
        if not is_before_verb(sentence, at - 1):
            break
        at -= 1
    at = _before_adjunct(sentence, at)
    before = sentence.form(at - 1)
    if before in CLASSES["alone"] and forms[at] not in CLASSES["noun_verb"]:
        return at  # "one said", "the other added"
    if before in _BEFORE_NOUN:
        return at if cue.is_participle and before in ("for", "by") else None
    return None if before in ("what", "whatever", "than") else at


def _went_on(sentence: Sentence, at: int) -> int | None:
    """Where the verb begins of `went on to say that`, the only infinitive that says."""
    start = max(at - _LEADING, sentence.start)
    is_going = sentence.forms[start:at] in _GOING_ON
    return start if is_going else None


def _is_thought(sentence: Sentence, at: int) -> int | None:
    """Where the verb begins of `is understood to have said`, `was reported to have`."""
    forms, start = sentence.forms, at - _LEADING
    if start <= sentence.start or forms[at - 1 : at + 1] != ["to", "have"]:
        return None
    if forms[at - 2] not in CLASSES["thought"]:
        return None
    start -= forms[start] in CLASSES["adverb"]
    return start if forms[start] in CLASSES["being"] else None


def _before_adjunct(sentence: Sentence, at: int) -> int:
    """Where the auxiliary of `had on Tuesday said` stands, if an adjunct parts them."""
    if sentence.form(at - 1) not in phrases.MAY_END_ADJUNCT:
        return at
    for index in range(at - 2, max(at - _INSERTED, sentence.start), -1):
        if sentence.forms[index] in _HAVING:
            end = phrases.adjuncts_end(sentence.prose, index + 1, at)
            return index if end == at else at
    return at


def is_before_verb(sentence: Sentence, index: int) -> bool:
    """Whether a unit is an auxiliary or an adverb of the verb after it."""
    form = sentence.forms[index]
    if form in CLASSES["auxiliary"] or form == sentence.form(index + 1):
        return True  # "said said" is a slip
    return phrases.is_adverb(sentence.prose, index)
