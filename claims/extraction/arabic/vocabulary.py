"""The Arabic word lists, folded, inflected and compiled once."""

from collections.abc import Iterator
from enum import Enum, auto
from functools import lru_cache
from typing import NamedTuple

from claims.extraction import lexicon as lists
from sources.text import lexicon
from sources.text.fold import fold_key

_LISTS = lists.__name__

REMEMBERED = 1 << 12
"""Of how many distinct words it is remembered what they are."""


class Number(Enum):
    """How many speak, as the form of a verb says."""

    ONE = auto()
    TWO = auto()
    MANY = auto()


class Form(Enum):
    """What form of a verb a word is."""

    PAST = auto()
    PRESENT = auto()
    PARTICIPLE = auto()


class Cue(NamedTuple):
    """A form of a verb that gives somebody's words.

    ``frames`` and ``prepositions`` are those of `cues_ar.tsv`. A form that ``is_finite``
    can have a subject of its own. ``joined`` says that و or ف is written to it.
    """

    lemma: str
    frames: str
    prepositions: frozenset[str]
    form: Form
    feminine: bool
    number: Number
    is_finite: bool
    joined: bool = False


def _past(verb: str) -> Iterator[tuple[str, bool, Number]]:
    """قال قالت قالا قالتا قالوا; نفى نفت نفيا نفتا نفوا."""
    is_weak = verb[-1] in "اي"
    stem = verb[:-1] if is_weak else verb
    yield verb, False, Number.ONE
    yield stem + "ت", True, Number.ONE
    if verb[1] != "ا" or len(verb) < 4:  # noqa: PLR2004  # طالبا is also "a student"
        yield stem + ("يا" if is_weak else "ا"), False, Number.TWO
    yield stem + "تا", True, Number.TWO
    yield stem + "وا", False, Number.MANY


def _present(verb: str) -> Iterator[tuple[str, bool, Number]]:
    """يقول تقول يقولان يقولون; يرى ترى يريان يرون."""
    is_weak = verb[-1] in "يو"
    stem = verb[:-1] if is_weak else verb
    yield verb, False, Number.ONE
    yield "ت" + verb[1:], True, Number.ONE
    yield verb + "ان", False, Number.TWO
    yield stem + "ون", False, Number.MANY


def _participle(noun: str) -> Iterator[tuple[str, bool, Number]]:
    """قائلا قائلة قائلين."""
    yield noun + "ا", False, Number.ONE
    yield noun + "ه", True, Number.ONE
    yield noun + "ين", False, Number.MANY


_INFLECTIONS = {
    Form.PAST: _past,
    Form.PRESENT: _present,
    Form.PARTICIPLE: _participle,
}


def _cues() -> dict[str, Cue]:
    found: dict[str, Cue] = {}
    for lemma, frames, prepositions, *columns in lexicon.rows(_LISTS, "cues_ar"):
        after = frozenset(fold_key(prepositions).replace("-", "").split())
        for form, column in zip(Form, columns, strict=True):
            for word in fold_key(column).replace("-", "").split():
                for written, feminine, number in _INFLECTIONS[form](word):
                    finite = form is not Form.PARTICIPLE
                    cue = Cue(lemma, frames, after, form, feminine, number, finite)
                    found.setdefault(written, cue)
    for noun in _PARTICLES["saying"]:
        found[noun] = found["ب" + noun] = found["قاءلا"]
    joined = {
        conjunction + written: cue._replace(joined=True)
        for written, cue in found.items()
        for conjunction in "وف"
    }
    both = {**joined, **found}
    return {
        form: cue for form, cue in both.items() if form not in _PARTICLES["not_cue"]
    }


def _replies() -> dict[str, Cue]:
    """Forms of رد with و that are also of ورد: وردت."""
    return {
        written: cue._replace(joined=True)
        for form, cue in CUES.items()
        if cue.lemma == "reply" and "M" in CUES.get(written := "و" + form, cue).frames
    }


def _classes(name: str) -> dict[str, frozenset[str]]:
    return {
        name: frozenset(fold_key(words).split())
        for name, words in lexicon.rows(_LISTS, name)
    }


def _definite(words: frozenset[str]) -> frozenset[str]:
    return words | {"ال" + word for word in words}


def _prefixed(words: frozenset[str], letter: str) -> frozenset[str]:
    """The words with و, ب or ل written to them; ل swallows the alef of the article."""
    article = letter + ("ل" if letter == "ل" else "ال")
    return frozenset(
        prefix + word for word in words for prefix in (letter, article) if word
    )


def _duals(words: frozenset[str]) -> frozenset[str]:
    """مصدران مصدرين; سيدتان سيدتين."""
    stems = {word[:-1] + "ت" if word.endswith("ه") else word for word in words}
    return frozenset(stem + ending for stem in stems for ending in ("ان", "ين"))


_PARTICLES = _classes("particles_ar")
CUES = _cues()
REPLIES = _replies()

_NOUNS = _classes("nouns_ar")
ROLES = _definite(_NOUNS["role"])
RANKS = _definite(_NOUNS["rank"])
OFFICES = _definite(_NOUNS["office"])
LEFT_OUT = _NOUNS["left_out"]
BODY = _NOUNS["office"]
"""Offices that want a name: حركة, where الحركة has been named."""
UNNAMED = _definite(_NOUNS["unnamed"] | _duals(_NOUNS["unnamed"]))
MEDIA = _definite(_NOUNS["medium"])
KIN = _definite(_NOUNS["kin"])
PERSONS = ROLES | RANKS
HEADS = ROLES | RANKS | OFFICES | UNNAMED | MEDIA
GOVERNING = HEADS - UNNAMED
OCCASIONS = _definite(_NOUNS["occasion"])
AT_OCCASIONS = _prefixed(_NOUNS["stated"], "ب")
OUTLETS = _definite(_NOUNS["outlet"])
AGENCIES = (_NOUNS["outlet"] & _NOUNS["office"]) | {"رويترز"}
TO_OUTLETS = _prefixed(_NOUNS["outlet"], "ل")
AT_OFFICES = _prefixed(_NOUNS["office"] | {"اسم"}, "ب") | {"باسم"}
TO_OFFICES = _prefixed(_NOUNS["office"] | _NOUNS["role"], "ل")
ADDRESSEES = _definite(_NOUNS["addressee"]) | _NOUNS["group"]
BODIES = frozenset("ال" + word for word in _NOUNS["addressee"])
TIMES = _NOUNS["time"]
FIRST_NAMES = _NOUNS["first_name"]
NAMES_TOO = _NOUNS["name_too"]


def _with_pronouns(words: frozenset[str]) -> frozenset[str]:
    """رفضه رفضها رفضهم; دعوته دعوتها دعوتهم."""
    return frozenset(
        (word[:-1] + "ت" if word.endswith("ه") else word) + pronoun
        for word in words
        for pronoun in ("ه", "ها", "هم", "هما")
    )


_HAPPENINGS = _classes("events_ar")
RENEWED = _definite(_HAPPENINGS["own"]) | _with_pronouns(_HAPPENINGS["own"])
ADDRESSED = _HAPPENINGS["addressed"]
COUNTED = _HAPPENINGS["counted"]
_EVENTS = _HAPPENINGS["any"] | ADDRESSED | _with_pronouns(_HAPPENINGS["own"])

THAT = _PARTICLES["that"]
ADJECTIVES = _PARTICLES["adjective"]
SAME = _PARTICLES["same"]
SAME_BEFORE = _PARTICLES["same_before"]
FIRST_PERSON_THAT = frozenset(form for form in THAT if form.endswith(("نا", "ني")))
TURNS = _PARTICLES["turn"]
THIS = _PARTICLES["this"]
SO_THAT = _PARTICLES["so_that"]
_ENDS = _PARTICLES["end"] | THAT | SO_THAT
ENDS = _ENDS | {"و" + word for word in _ENDS}
TIES = {
    name.removeprefix("tie_"): words
    for name, words in ((fold_key(key), value) for key, value in _PARTICLES.items())
    if name.startswith("tie_")
}
_RELATIVES = frozenset(["الذي", "التي", "الذين"])
RELATIVES = _RELATIVES | {"و" + word for word in _RELATIVES}
LINKERS = _PARTICLES["linker"]
BUT = _PARTICLES["but"]
NEGATIONS = _PARTICLES["negation"]
UNREAL = _PARTICLES["unreal"]
NOT_THAT = _PARTICLES["not_that"]
AFTER_THAT = _PARTICLES["after_that"]
BEFORE_NOUN = _PARTICLES["before_noun"]
BETWEEN_PIECES = _PARTICLES["between_pieces"]
NO_SPEAKERS = _definite(_PARTICLES["no_speaker"])
FURTHER = _PARTICLES["further"]
ASIDES = _PARTICLES["aside"]
ASIDES_AFTER_MARKS = _PARTICLES["aside_after_marks"]
NOT_FURTHER = _PARTICLES["not_further"]
LATTER = _PARTICLES["latter"]
ELSEWHERE = _PARTICLES["elsewhere"]
BROUGHT = _PARTICLES["brought"]

_SOURCES = _classes("sources_ar")
BEFORE_SOURCE = _SOURCES["before"]
TOLD = _SOURCES["told"]
HIS_WORDS = _SOURCES["his_words"]
WORDS_OF = _SOURCES["words_of"]
BASED_ON = _SOURCES["based_on"]
FIGURES = _SOURCES["figures"]
ISSUED = _SOURCES["issued"]
MADE = _SOURCES["made"]
NOT_SOURCES = _definite(_SOURCES["not_source"]) | _prefixed(_SOURCES["not_source"], "ل")
BY_LINES = _definite(_SOURCES["by_line"])
NOT_HEADLINES = _SOURCES["not_headline"]


def is_other(word: str) -> bool:
    """Whether a word is somebody else after a subject: who is called on or described.

    That is one of a list, a number of people, or a noun with the article.
    """
    if word in ADDRESSEES or word in OUTLETS or word.isdigit():
        return True
    is_adjective = is_nisba(word) or word.endswith("يون") or word in ADJECTIVES
    return word.startswith("ال") and not is_adjective


def is_nisba(word: str) -> bool:
    """Whether a word with the article tells where somebody belongs: المصرية."""
    return word.startswith("ال") and word.endswith(("ي", "يه"))


@lru_cache(REMEMBERED)
def is_event(word: str) -> bool:
    """Whether a word is a noun of what happens: listed, or a verbal noun by its shape.

    The shapes are those that few other nouns have: افتعال, استفعال, انفعال, تفعيل,
    مفاعلة.
    """
    return word in _EVENTS or (_has_shape_of_event(word) and word not in HEADS)


def _has_shape_of_event(word: str) -> bool:
    if len(word) > 5 and word.startswith("است"):  # noqa: PLR2004  # استفعال, استفالة
        return True
    if len(word) == 5 and word[0] == "ت" and word[3] == "ي":  # noqa: PLR2004  # تفعيل
        return word[2] != "ا" and word[4] not in "اهوي"
    if len(word) == 6 and word[0] == "م":  # noqa: PLR2004  # مفاعلة
        return word[2] == "ا" and word[-1] == "ه"
    if not 6 <= len(word) <= 7 or word[0] != "ا" or word[-2] != "ا":  # noqa: PLR2004  # استفعال
        return False
    return word[1] == "ن" or word[2] == "ت" or word.startswith(("اض", "از"))
