"""What stands after a cue: whom, when and where it is said to, then what is said."""

from claims.extraction.english import phrases
from claims.extraction.english.sentence import (
    STOPS,
    Opening,
    Sentence,
    Verb,
)
from claims.extraction.english.units import QUOTATION
from claims.extraction.english.vocabulary import (
    CLASSES,
    CUES,
    FUNCTION_WORDS,
    KIND_OF_SPEAKER,
    NOUN_STARTS,
    Cue,
)

_LOOK_AHEAD = 14
_CLAUSE = 40
_ADDRESSEE = 12
_NOUNS = 4
_SPOILED = 5
_ACT = 7
_LOOSE = 4
_AFTER_SUBJECT = (CLASSES["auxiliary"] | CLASSES["modal"]) - {"to", "having", "being"}
_AFTER_RELATIVE = CUES.keys() | _AFTER_SUBJECT
_MAY_LEAD_UP = CLASSES["preposition"] | {"that"}
_OBJECTS = frozenset(["me", "him", "us", "them", "her"])
_SOMEBODY = KIND_OF_SPEAKER.keys() | _OBJECTS
_ADDRESSEES = CLASSES["address"] | KIND_OF_SPEAKER.keys()
_TO_SOMEBODY = _ADDRESSEES | NOUN_STARTS | _OBJECTS
_NOT_IN_TOPIC = FUNCTION_WORDS | NOUN_STARTS
_PARTICLES = {"to": "en.directive", "how": "en.clause"}
_NAMING = frozenset(["call", "brand", "describe"])
_OWNERS = CLASSES["article"] | CLASSES["possessive"]
_TAILS = CLASSES["tail"]
_NEVER_FIRST = CLASSES["ignored"] | CLASSES["finite"] | CUES.keys() | {"to", "of", "by"}


def opening(sentence: Sentence, at: int, cue: Cue) -> Opening:
    """Where what is said begins, past the addressee and the adjuncts of the cue."""
    if "person" in cue.frames:
        at = _past_addressee(sentence, at)
    while at < sentence.stop:
        form = sentence.forms[at]
        if form == ":" or (form == "that" and not _points(sentence, at)):
            if form == "that" and _is_subject(sentence, at):
                return Opening(at, form)
            return Opening(at + 1 + (sentence.form(at + 1) == "\n"), form)
        if form == QUOTATION or form in STOPS:
            return Opening(at, form)
        if form == ",":
            return _after_comma(sentence, at)
        after = phrases.adjuncts_end(sentence.prose, at, sentence.stop)
        if after == at or (form in cue.particles and _governs(sentence, at)):
            return _past_unknown_phrase(sentence, at, cue)
        at = after
    return Opening(at, ".")


def _governs(sentence: Sentence, at: int) -> bool:
    """Whether a particle leads into what is said: not `claimed to reporters that`."""
    if sentence.forms[at] != "to":
        return True
    form = sentence.form(at + 1)
    return not (form in _TO_SOMEBODY or _is_name(sentence, at + 1))


def _points(sentence: Sentence, at: int) -> bool:
    """Whether a "that" is one of `at that point` or `in a letter that also urged`."""
    before = sentence.forms[at - 1]
    if before in CLASSES["preposition"]:
        return True
    verb = at + 1 + (sentence.form(at + 1) in CLASSES["adverb"])
    return before in CLASSES["own_words"] and sentence.form(verb) in _AFTER_RELATIVE


def _is_subject(sentence: Sentence, at: int) -> bool:
    """Whether a "that" is itself part of what is said: `said that was long ago`."""
    has_verb = sentence.form(at + 1) in _AFTER_SUBJECT
    return has_verb and not sentence.prose.capitals[at + 1]


def _after_comma(sentence: Sentence, at: int) -> Opening:
    """`said, however, that …`; a comma alone opens nothing."""
    form = sentence.form(at + 1)
    if form == QUOTATION:
        return Opening(at + 1, QUOTATION)
    if form == "that":
        return Opening(at + 2, "that")
    end = phrases.adjuncts_end(sentence.prose, at + 1, sentence.stop)
    if end == at + 1 or sentence.form(end) != ",":
        return Opening(at, ",")
    if sentence.form(end + 1) == "that":
        return Opening(end + 2, "that")
    return Opening(end + 1, "")


def _past_unknown_phrase(sentence: Sentence, at: int, cue: Cue) -> Opening:
    """`said after the meeting that`: only what leads up to a "that" or a colon."""
    if colon := _colon_to_marks(sentence, at):
        return Opening(colon + 1, ":")
    form = sentence.forms[at]
    is_relative = form == "that"
    is_unknown = form in _MAY_LEAD_UP and form not in cue.particles
    if is_unknown or "person" in cue.frames:
        for index in range(at + 1 + is_relative, min(at + _LOOK_AHEAD, sentence.stop)):
            form = sentence.forms[index]
            if form == ":" or (form == "that" and not _points(sentence, index)):
                return Opening(index + 1, form)
            is_verb = form in CLASSES["finite"] and not is_relative
            is_addressee = form == QUOTATION and sentence.forms[index - 1] == "to"
            if is_verb or (form in (",", QUOTATION) and not is_addressee):
                break
    return Opening(at, "")


def _colon_to_marks(sentence: Sentence, at: int) -> int | None:
    """The colon of `vowed a harsh revenge: “…”`."""
    for index in range(at, min(at + _ACT, sentence.stop)):
        form = sentence.forms[index]
        if form == ":" and sentence.form(index + 1) == QUOTATION:
            return index
        if not form.isalpha() or form in CLASSES["finite"]:
            return None
    return None


def _past_addressee(sentence: Sentence, first: int) -> int:
    """Past `Reuters`, `the BBC's Today programme`, `reporters`, `me`."""
    if sentence.form(first) in _OBJECTS:
        return first + 1
    end, stop = first, min(first + _ADDRESSEE, sentence.stop)
    for index in range(first + 1, min(first + _NOUNS, stop)):
        if sentence.forms[index] in CLASSES["subject_pronoun"]:
            return index  # "told union members they"
        if sentence.forms[index] in FUNCTION_WORDS:
            break
    while end < stop and _is_of_addressee(sentence, end, is_first=end == first):
        end += 1
    return first if _is_topic(sentence, first, end) else end


def _is_topic(sentence: Sentence, first: int, end: int) -> bool:
    """Whether a thing follows rather than somebody: `warned the death toll could`."""
    if end != first + 2 or sentence.form(first) not in CLASSES["article"]:
        return False
    is_known = sentence.forms[first + 1] in _ADDRESSEES or _is_name(sentence, first + 1)
    after = sentence.form(end)
    return not is_known and after.isalpha() and after not in _NOT_IN_TOPIC


def _is_of_addressee(sentence: Sentence, index: int, *, is_first: bool) -> bool:
    form, previous = sentence.forms[index], sentence.forms[index - 1]
    is_owned = previous.endswith("'s")
    if form in CLASSES["address"] or _is_name(sentence, index):
        return True
    if form in _OWNERS or form.endswith("'s"):
        return is_first or previous == "and"
    if form == "and":
        return not (is_first or phrases.is_verb(sentence.prose, index + 1))
    if not form.isalpha() or form in FUNCTION_WORDS:
        return form == QUOTATION and is_owned
    after = sentence.form(index + 1)
    leads = is_first and (after in NOUN_STARTS or after in CLASSES["pronoun"])
    return leads or is_owned or previous in NOUN_STARTS


def _is_name(sentence: Sentence, index: int) -> bool:
    is_article = sentence.forms[index] in CLASSES["article"]
    return sentence.prose.capitals[index] and not is_article


def taken_after(
    sentence: Sentence, verb: Verb, opened: Opening
) -> tuple[str, range] | None:
    """The rule by which a cue takes what stands after it, if it does, and its extent."""
    form, cue = sentence.form(opened.at), verb.cue
    after = range(opened.at, sentence.stop)
    if form in STOPS or form in ("", "whether") or opened.form == ",":
        return None
    if "document" in cue.frames:
        return None
    if "bid" in cue.frames and not opened.form and _bids(sentence, verb.units.stop):
        return "en.directive", range(verb.units.stop, sentence.stop)
    rule = _rule(sentence, verb, opened)
    if not rule:
        return None
    if "noun" in cue.frames and not opened.form:
        end = _end_of_object(sentence, after)
        if end < after.stop:
            return "en.nominal", range(after.start, end)
    if form in cue.particles and not cue.needs_particle and form != "to":
        after = after[1:]
    return rule, after


def _end_of_object(sentence: Sentence, after: range) -> int:
    """Where a noun phrase ends before what its speaker also did: `and left the hall`."""
    verb = phrases.first_verb(sentence.prose, after[: _LOOK_AHEAD * 2])
    if verb is None or sentence.form(verb - 1) not in ("and", "but"):
        return after.stop
    joined, last = sentence.form(verb + 1), sentence.form(verb - 2)
    goes_on = (
        joined in NOUN_STARTS
        or joined in CLASSES["preposition"]
        or sentence.forms[verb] in CUES  # "but said reports were being read"
    )
    if not goes_on or last.endswith("ed") or last in CLASSES["harmed"]:
        return after.stop  # "six dead and injured in the raid"
    return verb - 1 - (last == ",")


def _rule(sentence: Sentence, verb: Verb, opened: Opening) -> str:
    """The rule by which a cue takes what it opens; empty if it takes no such thing."""
    frames = verb.cue.frames
    after = range(opened.at, sentence.stop)
    if opened.form == ":":
        return "en.colon"
    if "label" in frames:
        return _rule_of_label(sentence, verb, after)
    if opened.form == "that":
        return "" if frames & {"marked", "order"} else "en.clause"
    if opened.form == QUOTATION:
        return "en.clause"
    if "order" in frames:
        return _directive(sentence, after) or _wish(sentence, after)
    return _rule_without_that(sentence, verb.cue, after)


def _directive(sentence: Sentence, after: range) -> str:
    """The rule for `urged him to leave`, `called on them “to leave”`."""
    is_told = sentence.has(after, "to", within=_CLAUSE)
    is_quoted = any(
        sentence.prose.words.forms[sentence.prose.quotations[index].inner.start] == "to"
        for index in after
        if sentence.forms[index] == QUOTATION
    )
    return "en.directive" if is_told or is_quoted else ""


def _wish(sentence: Sentence, after: range) -> str:
    """The rule for `urged calm in the valley`; not for whom somebody urged."""
    end = phrases.noun_phrase_end(sentence.prose, after.start, sentence.stop)
    head = phrases.head(sentence.prose, range(after.start, end))
    is_somebody = any(
        _is_name(sentence, i) or sentence.forms[i] in _SOMEBODY for i in head
    )
    return "en.nominal" if head and not is_somebody else ""


def _bids(sentence: Sentence, at: int) -> bool:
    """Whether somebody and what they are to do follow: `warned drivers to stay`."""
    is_somebody = False
    for index in range(at, min(at + _ADDRESSEE, sentence.stop)):
        form = sentence.forms[index]
        if form == "to" or phrases.is_verb(sentence.prose, index):
            return is_somebody and form == "to"
        is_somebody |= form in _ADDRESSEES or form.endswith("ers")
    return False


def _rule_without_that(sentence: Sentence, cue: Cue, after: range) -> str:
    """The rule by which a cue takes a bare clause or a noun phrase."""
    form = sentence.forms[after.start]
    if form in cue.particles:
        return "" if "marked" in cue.frames else _PARTICLES.get(form, "en.nominal")
    if "bare" not in cue.frames or _is_spoiled(sentence, cue, after):
        return ""
    if "act" in cue.frames and _is_act(sentence, after):
        return ""
    if phrases.first_verb(sentence.prose, after[: _LOOK_AHEAD * 2]) is not None:
        return "en.clause"
    if "noun" in cue.frames:
        return "" if form in CLASSES["preposition"] else "en.nominal"
    is_quoted = sentence.has(after, QUOTATION, within=_LOOK_AHEAD)
    is_long = "loose" in cue.frames and len(after) > _LOOSE
    return "en.clause" if is_quoted or is_long else ""


def _is_spoiled(sentence: Sentence, cue: Cue, after: range) -> bool:
    """Whether what follows shows that nothing is said: `claimed the lives of`."""
    first, *more = sentence.forms[after.start : after.start + _SPOILED]
    following = more[0] if more else ""
    if first.endswith("ed") and following in CLASSES["preposition"]:
        return True  # "the number confirmed killed in the raid"
    if first == "about" and not following[:1].isdigit():
        return True
    if first == "this" and following in CLASSES["preposition"]:
        return True  # "said this in a post"
    # but "claimed it received the victims", "said 190 of the victims"
    is_object = "noun" in cue.frames and first not in CLASSES["pronoun"]
    is_lost = is_object and not CLASSES["spoils"].isdisjoint(more)
    is_noun = first in CLASSES["noun_verb"] and following in _TAILS
    return is_lost or (first in _NEVER_FIRST and not is_noun)


def _is_act(sentence: Sentence, after: range) -> bool:
    """Whether a thing follows that is done by declaring it: `declared a curfew`."""
    words = enumerate(sentence.forms[after.start : after.stop][:_ACT], after.start)
    acts = [
        index
        for index, form in words
        if form in CLASSES["act"] or _is_handed_on(sentence, index)
    ]
    if not acts:
        return False
    near = range(after.start, min(acts[-1] + 2, after.stop))
    return phrases.first_verb(sentence.prose, near) is None


def _is_handed_on(sentence: Sentence, index: int) -> bool:
    """Whether somebody gets what is reported: `the theft to police`, `to the bank`."""
    at = index + 1 + (sentence.form(index + 1) in _OWNERS)
    return sentence.forms[index] == "to" and sentence.form(at) in _ADDRESSEES


def _rule_of_label(sentence: Sentence, verb: Verb, after: range) -> str:
    """The rule for `called on X to`, `called for`, `accused X of`, `called it “…”`."""
    first, *particle = sentence.forms[verb.units.start : verb.units.stop]
    form = sentence.forms[after.start]
    if form in CLASSES["preposition"]:
        return ""
    is_apart = sentence.form(verb.units.start - 1) == ","
    if is_apart and form == QUOTATION and verb.cue.lemma in _NAMING:
        return ""  # "the operation, dubbed “…”"
    if particle == ["for"]:
        return "en.nominal"
    if particle:
        return _directive(sentence, after)
    if first.startswith("accus") and sentence.has(after, "of", within=_CLAUSE):
        return "en.nominal"
    return "en.label" if sentence.has(after, QUOTATION, within=_CLAUSE) else ""
