"""The English word lists, compiled once."""

from dataclasses import dataclass

from claims.extraction import lexicon as lists
from sources.text import lexicon

_LISTS = lists.__name__


@dataclass(frozen=True, slots=True)
class Cue:
    """One form of a verb that attributes words to somebody.

    ``frames`` say what it takes (see the head of `cues_en.tsv`), ``particles`` which
    small words after it belong to it; with ``needs_particle`` it is no cue without.
    """

    lemma: str
    is_participle: bool
    is_past: bool
    frames: frozenset[str]
    particles: frozenset[str]
    needs_particle: bool


def _cues() -> dict[str, Cue]:
    found = {}
    for row in lexicon.rows(_LISTS, "cues_en"):
        lemma, finite, participles, frames, particles = [*row, "", "", ""][:5]
        for form in [*finite.split(), *participles.split()]:
            found[form] = Cue(
                lemma,
                is_participle=form in participles.split(),
                is_past=form in _IRREGULAR_PASTS or form.endswith("ed"),
                frames=frozenset(frames.split()),
                particles=frozenset(particles.replace("=", "").split()),
                needs_particle="=" in particles,
            )
    return found


def _comments() -> dict[str, frozenset[str]]:
    return {
        first: frozenset(following.split())
        for firsts, following in lexicon.rows(_LISTS, "comments_en")
        for first in firsts.split()
    }


def _kinds() -> dict[str, str]:
    found = {}
    for noun, plural, kind in lexicon.rows(_LISTS, "speakers_en"):
        found[noun] = found[plural] = kind
    return found


CLASSES = {
    row[0]: frozenset(row[1].split()) for row in lexicon.rows(_LISTS, "grammar_en")
}
_IRREGULAR_PASTS = frozenset(["said", "told", "wrote", "read", "went", "made", "swore"])
COMMENTS = _comments()
CUES = _cues()
PLURALS = {
    plural
    for _, plural, kind in lexicon.rows(_LISTS, "speakers_en")
    if kind in ("person", "unnamed")
}
KIND_OF_SPEAKER = _kinds()
GENDER_OF_NAME = {
    name: gender
    for gender, names in lexicon.rows(_LISTS, "first_names_en")
    for name in names.split()
}

NOUN_STARTS = CLASSES["article"] | CLASSES["possessive"] | CLASSES["determiner"]
FUNCTION_WORDS = frozenset().union(
    *(
        CLASSES[name]
        for name in [
            "article",
            "possessive",
            "determiner",
            "pronoun",
            "preposition",
            "subordinator",
            "coordinator",
            "auxiliary",
            "modal",
            "negation",
            "adverb",
            "starter",
        ]
    )
)
