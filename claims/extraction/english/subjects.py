"""Who the subject of a verb is: the noun phrase before it, and its apposition."""

from typing import NamedTuple

from claims.extraction.english import phrases
from claims.extraction.english.pieces import (
    COMMAS,
    RELATIVE,
    is_clause,
    is_hard,
    is_introduction,
    only_introduces,
    pieces_of,
)
from claims.extraction.english.prose import Prose
from claims.extraction.english.units import QUOTATION
from claims.extraction.english.vocabulary import (
    CLASSES,
    CUES,
    KIND_OF_SPEAKER,
    NOUN_STARTS,
    PLURALS,
)
from sources.text.words import places

_DATES = CLASSES["day"] | CLASSES["month"]
_HE_OR_IT = CLASSES["subject_pronoun"] | {"it"}
_LISTED = 3
_MEDIUM = 4
_MAY_END = CLASSES["occasion"] | {"in", "via", "through"}
_NEVER_FIRST = CLASSES["preposition"] - NOUN_STARTS
_JOINTS = CLASSES["coordinator"] | CLASSES["contrast"]
_OPENERS = CLASSES["subordinator"] | CLASSES["contrast"]
_MAY_LEAD = RELATIVE | _OPENERS | CLASSES["coordinator"]
_APART = COMMAS | {QUOTATION}
_MAY_INTRODUCE = _JOINTS | _MAY_LEAD | _NEVER_FIRST | _DATES | phrases.MAY_BEGIN_ADJUNCT


class Subject(NamedTuple):
    """Who speaks, as units: the noun phrase, and what stands in apposition to it.

    ``is_shared`` says that the verb before has the same subject ("came and said").
    """

    phrase: range
    apposition: range | None = None
    is_shared: bool = False


def name_before(prose: Prose, first: int, end: int) -> Subject | None:
    """The subject that is only a name or "he", set apart: what most cues have."""
    forms, capitals, start = prose.forms, prose.capitals, end
    while start > first and capitals[start - 1]:
        start -= 1
    if start == end > first and forms[end - 1] in CLASSES["subject_pronoun"]:
        start -= 1
    is_apart = start == first or forms[start - 1] in _APART
    if forms[end - 1] in _HE_OR_IT and forms[max(end - 2, first)] in RELATIVE:
        start, is_apart = end - 1, True  # "in which it said"
    if start == end or not is_apart or start in prose.title:
        return None
    is_more = forms[start] in _MAY_INTRODUCE or forms[end - 1] in KIND_OF_SPEAKER
    return (
        None if is_more or forms[start].endswith("ly") else Subject(range(start, end))
    )


def with_office(prose: Prose, first: int, subject: Subject) -> Subject:
    """The office as subject if it stands before its name: `The mayor, Ann Li said`."""
    name = subject.phrase
    if len(name) == 1 or subject.apposition or prose.forms[name.start - 1] != ",":
        return subject
    office = pieces_of(prose, max(first, name.start - phrases.FAR), name.start - 1)[-1]
    is_held = bool(office) and _is_office(prose, office) and _is_full_name(prose, name)
    return Subject(office, name) if is_held else subject


def _is_office(prose: Prose, office: range) -> bool:
    """Whether a piece is `The head of the union` and nothing else."""
    if prose.forms[office.start] not in CLASSES["article"]:
        return False
    noun = prose.forms[phrases.head(prose, office)[-1]]
    is_one = KIND_OF_SPEAKER.get(noun) == "person" and noun not in PLURALS
    return is_one and phrases.first_verb(prose, office) is None


def _is_full_name(prose: Prose, name: range) -> bool:
    """Whether a phrase is a name of several words and no date."""
    return len(name) > 1 and all(
        prose.is_name(i) and prose.forms[i] not in _DATES
        for i in name
        if prose.forms[i] != "."
    )


def subject_before(prose: Prose, first: int, end: int) -> Subject | None:
    """The subject of a verb that stands at ``end``, in a sentence from ``first`` on."""
    first = max(first, end - phrases.FAR)
    if first == end:
        return None
    if prose.forms[end - 1] in _JOINTS:
        return first_subject(prose, range(first, end - 1), is_shared=True)
    *others, last = pieces_of(prose, first, end)
    if last and not (others and _is_open_aside(prose, last)):
        if phrase := _abutting(prose, last):
            return _before_verb_itself(prose, others, phrase)
        if prose.forms[last.start] not in ("for", "of", "from"):
            return None
    return _before_comma(prose, [*others, last] if last else others)


def _is_open_aside(prose: Prose, piece: range) -> bool:
    """Whether an aside lacks its second comma: `Li, who confirmed the raid said`."""
    is_relative = prose.forms[piece.start] in ("who", "which") and len(piece) > 1
    return is_relative and phrases.is_verb(prose, piece.start + 1)


def _before_verb_itself(prose: Prose, others: list[range], phrase: range) -> Subject:
    """The subject whose noun phrase ends at the verb, given the pieces before it."""
    phrase = _before_medium(prose, phrase)
    if others and _is_person_in_office(prose, others[-1], phrase):
        return Subject(others[-1], phrase)
    return Subject(range(_list_start(prose, others, phrase), phrase.stop))


def first_subject(
    prose: Prose, units: range, *, is_shared: bool = False
) -> Subject | None:
    """The subject of the first verb of a clause, for one further on without its own."""
    if prose.forms[units.start] == QUOTATION:  # "“It is over,” said Li and added"
        units = units[1 + (prose.forms[units.start + 1] in CUES) :]
    stop = min(units.stop, units.start + phrases.FAR)
    hard = (i for i in range(units.start, stop) if is_hard(prose, i))
    pieces = pieces_of(prose, units.start, next(hard, stop))
    while pieces and only_introduces(prose, pieces[0]):
        pieces = pieces[1:]
    if not pieces:
        return None
    first, *others = pieces
    first = first[prose.forms[first.start] in _JOINTS :]
    start = _after_introduction(prose, first)
    end = _before_verb(prose, range(start + 1, first.stop))
    if end == start + 1 > first.stop or not phrases.is_nominal(prose, start):
        return None
    if end == first.stop and others:
        apposition = phrases.apposition_after(prose, end, units.stop)
        return Subject(range(start, end), apposition, is_shared)
    if end == first.stop:
        end = _after_known_noun(prose, range(start, end))
    end = phrases.without_trailing_adjuncts(prose, start, end)
    return Subject(range(start, end), None, is_shared) if end > start else None


def _before_verb(prose: Prose, units: range) -> int:
    """Where a subject ends before its verb and the adverbs of that, or the units do."""
    verb = phrases.first_verb(prose, units)
    if verb is None:
        return units.stop
    while verb > units.start and phrases.is_adverb(prose, verb - 1):
        verb -= 1
    return verb


def _after_known_noun(prose: Prose, units: range) -> int:
    """Where a noun phrase ends whose verb is not known: after a noun that can speak."""
    nouns = (i for i in units if prose.forms[i] in KIND_OF_SPEAKER)
    return next(nouns, units.start - 1) + 1


def _before_comma(prose: Prose, pieces: list[range]) -> Subject | None:
    """The subject when a comma stands between it and its verb."""
    lowest = len(pieces)
    while lowest and not is_clause(prose, pieces[lowest - 1]):
        lowest -= 1
    pieces = pieces[lowest:]
    while pieces and is_introduction(prose, pieces[0]):
        pieces = pieces[1:]
    phrase = _abutting(prose, pieces[0]) if pieces else None
    if phrase is None:
        return None
    own = _before_medium(prose, phrase)
    if len(pieces) == 1 or own != phrase:
        return Subject(own)
    return Subject(phrase, range(pieces[1].start, pieces[-1].stop))


def _before_medium(prose: Prose, phrase: range) -> range:
    """A phrase without `in a statement by the spokesman`, `reacting to the vote`."""
    for count in places(prose.forms[phrase.start + 1 : phrase.stop], _MAY_END):
        at = phrase.start + 1 + count
        is_occasion = prose.forms[at] in CLASSES["occasion"]
        words = prose.forms[at + 1 : at + _MEDIUM]
        if is_occasion or not CLASSES["own_words"].isdisjoint(words):
            return range(phrase.start, at)
    return phrase


def _is_person_in_office(prose: Prose, name: range, office: range) -> bool:
    """Whether a name and an office follow that lack the last comma: `Li, a judge said`."""
    return (
        KIND_OF_SPEAKER.get(prose.forms[phrases.head(prose, office)[-1]]) == "person"
        and _is_full_name(prose, name)
        and not is_introduction(prose, name)
    )


def _abutting(prose: Prose, piece: range) -> range | None:
    """The noun phrase in a piece that ends where its verb begins."""
    start, stop = piece.start, piece.stop
    if not _MAY_LEAD.isdisjoint(prose.forms[start:stop]):
        start, stop = _after_lead(prose, piece)
    return _cleaned(prose, range(start, stop)) if start < stop else None


def _after_lead(prose: Prose, piece: range) -> tuple[int, int]:
    """The last part of a piece that a conjunction or relative pronoun cuts off."""
    first = piece[1:] if _is_adjective(prose, piece) else piece
    verb = phrases.first_verb(prose, first)
    for index in reversed(piece):
        form = prose.forms[index]
        if form not in _MAY_LEAD:
            continue
        has_verb = verb is not None and verb < index
        if form in RELATIVE and index > piece.start and not has_verb:
            return piece.start, index  # "a man who saw it"
        if form in _OPENERS or (form in CLASSES["coordinator"] and has_verb):
            return index + 1, piece.stop
    return piece.start, piece.stop


def _cleaned(prose: Prose, units: range) -> range | None:
    """A noun phrase without what introduces its clause."""
    start, stop = units.start, units.stop
    while start < stop and prose.forms[start] in _JOINTS:
        start += 1
    start = _after_introduction(prose, range(start, stop))
    stop = _without_tail(prose, range(start, stop))
    verb = _last_main_verb(prose, range(start, stop))
    if verb is not None and not (verb == start and _is_adjective(prose, units)):
        begins = start == units.start and _is_main_verb(prose, start)
        start = _past_particles(prose, range(verb + 1, stop))
        if begins or start == stop or not phrases.is_nominal(prose, start):
            return None
    if start >= stop or prose.forms[start] in _NEVER_FIRST:
        return None
    return range(start, stop)


def _is_adjective(prose: Prose, units: range) -> bool:
    """Whether a phrase begins with a participle of its noun: `retired General Ali`."""
    after = prose.forms[units.start + 1 : units.stop]
    is_past = prose.forms[units.start].endswith("ed")
    return is_past and any(map(KIND_OF_SPEAKER.get, after))


def _past_particles(prose: Prose, units: range) -> int:
    """Past the `out` of `As they walked out the mayor said`."""
    at = units.start
    while at < units.stop and prose.forms[at] in CLASSES["particle"]:
        at += 1
    return at


def _last_main_verb(prose: Prose, units: range) -> int | None:
    first = phrases.first_verb(prose, units)
    if first is None:
        return None
    back = range(units.stop - 1, first - 1, -1)
    return next((i for i in back if _is_main_verb(prose, i)), None)


def _is_main_verb(prose: Prose, index: int) -> bool:
    form = prose.forms[index]
    if phrases.is_participle(prose, index) or not phrases.is_verb(prose, index):
        return False
    return form in CUES or form in CLASSES["finite"] or not prose.capitals[index]


def _without_tail(prose: Prose, units: range) -> int:
    """Where a phrase ends before an adverb or what stands in brackets: `X (left)`."""
    stop = units.stop
    while stop > units.start and phrases.is_adverb(prose, stop - 1):
        stop -= 1
    if stop > units.start and prose.forms[stop - 1] == ")":
        return max((i for i in units if prose.forms[i] == "("), default=stop)
    return stop


def _after_introduction(prose: Prose, units: range) -> int:
    """Past `On Monday`, `Last week`, `Meanwhile` without a comma."""
    after = phrases.adjuncts_end(prose, units.start, units.stop)
    return after if after < units.stop else units.start


def _list_start(prose: Prose, others: list[range], phrase: range) -> int:
    """Where `Egypt, Jordan and Qatar` begins, given its last piece."""
    start = phrase.start
    if "and" not in prose.forms[start : phrase.stop] or not prose.capitals[start]:
        return start
    for piece in reversed(others):
        is_name = 0 < len(piece) <= _LISTED and all(
            prose.capitals[piece.start : piece.stop]
        )
        if not is_name:
            break
        start = piece.start
    return start
