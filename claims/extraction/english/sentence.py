"""A sentence, and what one cue in it attributes to whom."""

from typing import NamedTuple

from claims.extraction.english.prose import Prose
from claims.extraction.english.subjects import Subject
from claims.extraction.english.units import QUOTATION
from claims.extraction.english.vocabulary import CUES, Cue

NOTHING = range(0)
STOPS = frozenset([".", "!", "?", "…", "...", ")", ";"])
PAUSES = frozenset([",", "—", "–", "-"])
_ENDS = STOPS | {""}
_TAG = 6


class Opening(NamedTuple):
    """Where what is said begins, and what leads into it: "that", a mark or nothing."""

    at: int
    form: str


class Verb(NamedTuple):
    """A verb that may be a cue, with its particle, and its entry in the list."""

    units: range
    cue: Cue


class Attribution(NamedTuple):
    """One cue and what it attributes; all are ranges of units.

    ``before`` and ``after`` are what is attributed on each side of it. ``cut`` is where
    what belongs to an earlier cue ends, ``None`` when this one is nested in it. No later
    cue can begin before ``reach``. ``hint`` is the subject of the sentence, for a cue
    that has none of its own; ``opening`` is what leads into ``after``.
    """

    cue: range
    rule: str
    subject: Subject | None = None
    before: range = NOTHING
    after: range = NOTHING
    cut: int | None = None
    hint: Subject | None = None
    reach: int = 0
    opening: str = ""


class Sentence:
    """The units of one sentence."""

    def __init__(self, prose: Prose, units: range) -> None:
        self.prose = prose
        self.forms = prose.forms
        self.units = units
        self.start, self.stop = units.start, units.stop
        self.is_titled = units.start in prose.title

    def form(self, index: int) -> str:
        """The form at an index, or nothing outside the sentence."""
        return self.forms[index] if self.start <= index < self.stop else ""

    def has(self, units: range, form: str, *, within: int) -> bool:
        """Whether a form is among the first of some units."""
        return form in self.forms[units.start : min(units.stop, units.start + within)]

    def ends_with_quotation(self, units: range) -> bool:
        """Whether the last unit apart from marks is a quotation."""
        at = units.stop - 1
        while at > units.start and self.forms[at] in PAUSES:
            at -= 1
        return bool(units) and self.forms[at] == QUOTATION

    def is_tag(self, index: int) -> bool:
        """Whether only a subject and a cue follow to the end of the sentence."""
        for at in range(index, min(index + _TAG, self.stop)):
            if self.forms[at] in CUES:
                return self.form(at + 1) in _ENDS
        return False
