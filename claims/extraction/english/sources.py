"""`According to X`: the source phrase before, inside of or after what it says."""

from claims.extraction.english import phrases
from claims.extraction.english.sentence import (
    NOTHING,
    PAUSES,
    STOPS,
    Attribution,
    Sentence,
)
from claims.extraction.english.sides import resumes
from claims.extraction.english.subjects import Subject
from claims.extraction.english.vocabulary import CLASSES, KIND_OF_SPEAKER

_SOURCE_CUES = {("according", "to"), ("as", "per")}
_LEADS = CLASSES["coordinator"] | CLASSES["contrast"] | {"", "that"}
_MARKS = PAUSES | STOPS
_LONGEST = 60
_DESCRIBED = 12


def read_source(sentence: Sentence, index: int) -> Attribution | None:
    """What is attributed by an "according" at an index."""
    index -= sentence.form(index) == "per"
    first, stop = index + 2, sentence.stop
    lead = sentence.form(index), sentence.form(index + 1)
    if lead not in _SOURCE_CUES or first >= stop:
        return None
    end = phrases.noun_phrase_end(sentence.prose, first, stop)
    phrase = range(first, _with_participle(sentence, end))
    if not phrase or _is_no_source(sentence, phrase):
        return None
    apposition = phrases.apposition_after(sentence.prose, phrase.stop, stop)
    before, after = _sides(sentence, index, (apposition or phrase).stop)
    return Attribution(
        range(index, first),
        "en.according-to",
        Subject(phrase, apposition),
        before,
        after,
        cut=index - 1 if sentence.form(index - 1) in PAUSES else index,
    )


def _with_participle(sentence: Sentence, end: int) -> int:
    """Where a source ends that is told by what they do: `a person briefed on the talks`."""
    if end >= sentence.stop or not phrases.is_participle(sentence.prose, end):
        return end
    near = range(end + 2, min(end + _DESCRIBED, sentence.stop))
    stop = next((i for i in near if sentence.forms[i] in _MARKS), near.stop)
    verb = phrases.first_verb(sentence.prose, range(end + 2, stop))
    return stop if verb is None and stop < end + _DESCRIBED else end


def _sides(sentence: Sentence, index: int, end: int) -> tuple[range, range]:
    """What stands before and after a source phrase, if the source says it."""
    ahead = range(end, min(end + _LONGEST, sentence.stop))
    at = next((i for i in ahead if sentence.forms[i] in _MARKS), sentence.stop)
    after = range(at + 1, sentence.stop) if sentence.form(at) in PAUSES else NOTHING
    before = range(sentence.start, index)
    last = sentence.form(index - 1 - (sentence.form(index - 1) == ","))
    if last in _LEADS:
        return NOTHING, after
    if after and resumes(sentence, after.start):
        return before, after
    return before, NOTHING


def _is_no_source(sentence: Sentence, phrase: range) -> bool:
    """Whether it is a law, a plan or the like, not somebody."""
    words = sentence.forms[phrase.start : phrase.stop]
    if sentence.form(phrase.start - 1) == "per" and not any(
        map(KIND_OF_SPEAKER.get, words)
    ):
        return True  # "as per usual"
    is_thing = not CLASSES["not_a_source"].isdisjoint(words)
    return is_thing and not any(sentence.prose.capitals[phrase.start : phrase.stop])
