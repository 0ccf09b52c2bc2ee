"""How a cue is used, and who its subject is."""

from claims.extraction.english import complements, phrases, sides, subjects, verbs
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
from claims.extraction.english.vocabulary import (
    CLASSES,
    CUES,
    FUNCTION_WORDS,
    KIND_OF_SPEAKER,
    Cue,
)

_LOOK_BACK = 14
_JOINT = 6
_CLAUSE_STARTS = CLASSES["subject_pronoun"] | CLASSES["article"] | {"it"}
_BEFORE_INVERSION = PAUSES | {QUOTATION}
_QUOTERS = frozenset(["quoted", "cited", "quotes", "reported"])
_SAYS = frozenset(["said", "says", "told"])
_DEMONSTRATIVES = frozenset(["this", "that", "these", "those"])
_ALWAYS_TO_SOMEBODY = frozenset(["tell", "inform", "assure", "remind"])
_PRONOUNS = CLASSES["pronoun"] | _DEMONSTRATIVES


def read_cue(sentence: Sentence, index: int) -> Attribution | None:
    """What the word at an index attributes, if it is used as a cue at all."""
    cue = CUES[sentence.forms[index]]
    end = verbs.end_with_particle(sentence, index, cue)
    is_name = sentence.prose.capitals[index] and not sentence.is_titled
    if "label" in cue.frames and sentence.form(index + 1) == "by" and not is_name:
        return _labelled_by(sentence, index)
    start = verbs.start(sentence, index, cue) if end and not is_name else None
    if start is None:
        return None
    verb = Verb(range(index, end), cue)
    if cue.is_participle and start == index:
        return _participle(sentence, verb)
    return _inverted(sentence, verb) or _finite(sentence, start, verb)


def _labelled_by(sentence: Sentence, index: int) -> Attribution | None:
    """`was hailed by the mayor as “…”`: who calls it so stands after "by"."""
    end = phrases.noun_phrase_end(sentence.prose, index + 2, sentence.stop)
    phrase = range(index + 2, end)
    if sentence.form(end) != "as" or not (phrase and _may_follow(sentence, phrase)):
        return None
    after = range(end + 1, min(end + _JOINT, sentence.stop))
    return Attribution(
        range(index, index + 1), "en.label", Subject(phrase), after=after
    )


def _participle(sentence: Sentence, verb: Verb) -> Attribution | None:
    """`…, adding that …`: its subject is that of the cue or the clause before it."""
    index = verb.units.start
    before = sentence.form(index - 1)
    if before == "as":
        return _quoted_as_saying(sentence, verb)
    if index <= sentence.start + (before in CLASSES["subordinator"]):
        return None
    opened = complements.opening(sentence, verb.units.stop, verb.cue)
    joins = before in PAUSES or before in ("and", "while")
    if not (joins or before == QUOTATION or _tells(sentence, verb, opened)):
        return None
    taken = complements.taken_after(sentence, verb, opened)
    if taken is None:
        return None
    rule, after = taken
    cut = index - 1 if joins else None
    if cut and sentence.form(cut - 1) == ",":
        cut -= 1
    hint = subjects.first_subject(sentence.prose, range(sentence.start, index))
    return Attribution(
        verb.units,
        rule,
        _after_with(sentence, index),
        after=after,
        cut=cut,
        hint=hint,
        opening=opened.form,
    )


def _after_with(sentence: Sentence, index: int) -> Subject | None:
    """The subject that a participle has of its own: `with a doctor saying that …`."""
    phrase = phrases.phrase_before(sentence.prose, sentence.start, index)
    is_own = phrase and sentence.form(phrase.start - 1) == "with"
    return Subject(phrase) if phrase and is_own else None


def _tells(sentence: Sentence, verb: Verb, opened: Opening) -> bool:
    """Whether a participle that nothing sets apart says something: `saying they won`."""
    if opened.form in ("that", QUOTATION):
        return True
    return verb.cue.lemma == "say" and sentence.form(opened.at) in _CLAUSE_STARTS


def _quoted_as_saying(sentence: Sentence, verb: Verb) -> Attribution | None:
    """`was quoted as saying`, `quoted the minister as saying`."""
    end = verb.units.start - 1
    back = range(end - 1, max(sentence.start, end - _LOOK_BACK), -1)
    at = next((i for i in back if sentence.forms[i] in _QUOTERS), None)
    if at is None:
        return None
    subject: Subject | None = Subject(range(at + 1, end))
    if sentence.forms[at - 1] in CLASSES["being"] or at + 1 == end:
        while at > sentence.start and verbs.is_before_verb(sentence, at - 1):
            at -= 1
        subject = subjects.subject_before(sentence.prose, sentence.start, at)
    elif before := _before_relayer(sentence, at):
        return Attribution(verb.units, sides.BEFORE_CUE, subject, before)
    opened = complements.opening(sentence, verb.units.stop, verb.cue)
    return sides.laid_out(sentence, subject, verb, opened) if subject else None


def _before_relayer(sentence: Sentence, at: int) -> range:
    """The quotation before who passes it on: `“…,” the paper quoted him as saying`."""
    relayer = subjects.subject_before(sentence.prose, sentence.start, at)
    left = range(sentence.start, relayer.phrase.start if relayer else at)
    return left if sentence.ends_with_quotation(left) else NOTHING


def _inverted(sentence: Sentence, verb: Verb) -> Attribution | None:
    """`"…," said Smith, a spokesman for …`; also after a clause without marks."""
    index, end = verb.units.start, verb.units.stop
    if sentence.form(index - 1) not in _BEFORE_INVERSION:
        return None
    is_never = verb.cue.lemma in _ALWAYS_TO_SOMEBODY or "document" in verb.cue.frames
    if is_never or end >= sentence.stop:
        return None
    left = range(sentence.start, index)
    phrase = range(end, phrases.noun_phrase_end(sentence.prose, end, sentence.stop))
    if not (phrase and _may_follow(sentence, phrase)):
        return None
    if not _may_be_inverted(sentence, left, phrase):
        return None
    if "person" in verb.cue.frames and _is_addressee(sentence, phrase):
        return None
    apposition = phrases.apposition_after(sentence.prose, phrase.stop, sentence.stop)
    reach = apposition.stop if apposition else phrase.stop
    return Attribution(
        verb.units,
        sides.BEFORE_CUE,
        Subject(phrase, apposition),
        before=left,
        after=sides.second_half(sentence, reach),
        reach=reach,
        opening=QUOTATION,
    )


def _is_addressee(sentence: Sentence, phrase: range) -> bool:
    """Whether a phrase is rather whom they warn or ask: `…, warned drivers to stay`."""
    if sentence.form(phrase.stop) in ("to", "that", "if"):
        return True
    left = range(sentence.start, phrase.start - 1)
    return not sentence.ends_with_quotation(left) and not any(
        sentence.prose.is_name(i) or sentence.forms[i] in CLASSES["article"]
        for i in phrase
    )


def _may_follow(sentence: Sentence, phrase: range) -> bool:
    """Whether a phrase after a cue can be its subject: `interior ministry sources`."""
    if phrases.is_nominal(sentence.prose, phrase.start):
        return True
    words = sentence.forms[phrase.start : phrase.stop]
    return words[0] not in FUNCTION_WORDS and any(map(KIND_OF_SPEAKER.get, words))


def _may_be_inverted(sentence: Sentence, left: range, phrase: range) -> bool:
    """Whether what stands before the cue is said, and what follows it is its subject."""
    after = sentence.form(phrase.stop)
    if sentence.ends_with_quotation(left):
        return after not in CLASSES["finite"]
    if after and phrases.is_verb(sentence.prose, phrase.stop):
        return False
    if phrases.first_verb(sentence.prose, left[1:-1]) is None:
        return False
    own = subjects.subject_before(sentence.prose, left.start, left.stop)
    return own is None or own.apposition is None


def _finite(sentence: Sentence, start: int, verb: Verb) -> Attribution | None:
    """`X said that …`, `…, X said`: the subject stands before the cue."""
    if _is_relative(sentence, start - 1):
        return _relative(sentence, start - 1, verb)
    if _is_told(sentence, start, verb):
        return None
    may_be_noun = sentence.forms[start] in CLASSES["noun_verb"]
    if may_be_noun and start == verb.units.start and _is_noun(sentence, start):
        return None
    prose, first = sentence.prose, sentence.start
    subject = subjects.name_before(prose, first, start)
    if subject is None:
        end = phrases.without_trailing_adjuncts(prose, first, start)
        subject = subjects.subject_before(prose, first, end)
    if subject is None or not _may_speak(sentence, subject.phrase, verb.cue):
        return None
    opened = complements.opening(sentence, verb.units.stop, verb.cue)
    full = subjects.with_office(prose, first, subject)
    is_inserted = opened.form == "," or opened.form in STOPS  # "the mayor, Li said, is"
    if not is_inserted or sentence.form(full.phrase.start - 1) == QUOTATION:
        subject = full
    found = sides.laid_out(sentence, subject, verb, opened)
    at = subject.phrase.start - 1
    if found and sentence.form(at) in ("which", "whom"):  # "a note in which he said"
        found = found._replace(hint=subjects.first_subject(prose, range(first, at)))
    return found


def _is_told(sentence: Sentence, start: int, verb: Verb) -> bool:
    """Whether it goes on a passive: `She was called and informed that …`."""
    if verb.cue.lemma not in _ALWAYS_TO_SOMEBODY:
        return False
    near = max(sentence.start, start - _LOOK_BACK)
    return (
        sentence.form(start - 1) == "and"
        and sentence.form(verb.units.stop) == "that"
        and not CLASSES["being"].isdisjoint(sentence.forms[near:start])
    )


def _is_relative(sentence: Sentence, index: int) -> bool:
    """Whether a verb after it has a relative pronoun as subject."""
    form = sentence.form(index)
    if form == "that":
        return sentence.form(index - 1) in CLASSES["own_words"]
    if form == "whom":
        return sentence.form(index - 1) == "of"
    return form in ("who", "which")


def _relative(sentence: Sentence, at: int, verb: Verb) -> Attribution | None:
    """`Ali Hassan, who says that …`: its subject is what it relates to."""
    is_part = sentence.form(at) == "whom"  # "residents, some of whom said that"
    at -= 2 * is_part
    cut = at - 1 if sentence.form(at - 1) in PAUSES else at
    opened = complements.opening(sentence, verb.units.stop, verb.cue)
    taken = complements.taken_after(sentence, verb, opened)
    noun = phrases.phrase_before(sentence.prose, sentence.start, cut)
    if taken is None or noun is None:
        return None
    rule, after = taken
    if cut < at:
        after = _before_main_verb(sentence, after, verb.cue)
    hint = None if sentence.form(at) == "that" else Subject(noun)
    if is_part:
        hint = subjects.subject_before(sentence.prose, sentence.start, cut)
    elif (
        sentence.forms[noun.stop - 1] in CLASSES["own_words"]
    ):  # "its statement, which"
        hint = subjects.first_subject(sentence.prose, range(sentence.start, cut))
    return Attribution(
        verb.units, rule, after=after, cut=cut, hint=hint, opening=opened.form
    )


def _before_main_verb(sentence: Sentence, after: range, cue: Cue) -> range:
    """What `The firm, which says it has no debt, declined` says: up to "declined".

    Without its comma only where a thing was said: `who confirmed the raid said`.
    """
    prose, forms = sentence.prose, sentence.forms
    for index in after[1:-1]:
        if forms[index] == "," and phrases.is_verb(prose, index + 1):
            return range(after.start, index)
        if forms[index] in _SAYS and "noun" in cue.frames:
            return range(after.start, index)
    return after


def _is_noun(sentence: Sentence, index: int) -> bool:
    """Whether a form such as `reports` is no verb here: `insurance claims`."""
    form, before = sentence.forms[index], sentence.form(index - 1)
    if before in CLASSES["pronoun"]:
        return False
    if not form.endswith("s"):  # "the Mercy Corps report", but "two groups report"
        return not (before in KIND_OF_SPEAKER and before.endswith(("s", "police")))
    if before in KIND_OF_SPEAKER:
        return False
    is_name = bool(before) and sentence.prose.capitals[index - 1]
    return not is_name or before.endswith("'s")


def _may_speak(sentence: Sentence, phrase: range, cue: Cue) -> bool:
    """Whether a subject can say something, or only a person or body can so say it."""
    around = sentence.forms[max(phrase.start - 1, sentence.start) : phrase.stop]
    if not CLASSES["nobody"].isdisjoint(around):
        return False
    first = sentence.forms[phrase.start]
    if len(phrase) == 1 and first[0].isdigit():
        return False  # "29 confirmed dead"
    if len(phrase) == 1 and first in _PRONOUNS:
        is_person = first != "it" or "known" not in cue.frames
        return is_person and first not in _DEMONSTRATIVES
    if "document" in cue.frames or "bench" in cue.frames:
        return _is_of_its_kind(sentence, phrase, cue)
    return "known" not in cue.frames or any(
        sentence.forms[i] in KIND_OF_SPEAKER
        or (sentence.prose.capitals[i] and sentence.forms[i] not in FUNCTION_WORDS)
        for i in phrases.head(sentence.prose, phrase)
    )


def _is_of_its_kind(sentence: Sentence, phrase: range, cue: Cue) -> bool:
    """Whether a subject is a court that hears, or a document that shows something."""
    head = phrases.head(sentence.prose, phrase)
    noun = sentence.forms[head[-1]] if head else ""
    if "bench" in cue.frames:
        return noun in CLASSES["bench"]
    return KIND_OF_SPEAKER.get(noun) == "document" or noun in CLASSES["result"]
