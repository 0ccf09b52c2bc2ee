"""Speakers set apart by a colon: headlines, and the lines of a transcript."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from claims.extraction.english.phrases import first_verb
from claims.extraction.english.prose import Prose
from claims.extraction.english.quotations import Draft
from claims.extraction.english.sentence import Attribution
from claims.extraction.english.subjects import Subject
from claims.extraction.english.units import QUOTATION
from claims.extraction.english.vocabulary import CLASSES, KIND_OF_SPEAKER
from claims.extraction.proposals import QuoteKind
from sources.text.crowds import Crowd

_LONGEST_LABEL = 12
_LONGEST_SOURCE = 5
_TURNS = 2
_APART = 6
_IN_LABELS = frozenset([",", ".", "&"])
_DASHES = frozenset(["—", "–", "-", "―"])


class _Line(NamedTuple):
    """A paragraph that a name and a colon begin."""

    label: range
    spoken: range

    @property
    def paragraph(self) -> range:
        return range(self.label.start, self.spoken.stop)


def transcript(prose: Prose) -> tuple[list[Draft], frozenset[int]]:
    """The lines `PENCE: …`, `Q: …`, `Watts: “…”`, and the units that they take up."""
    if ":" not in prose.words.vocabulary:
        return [], frozenset()
    lines = list(_lines(prose))
    turns = [line for line in lines if _is_spelled_out(prose, line.label)]
    spoken = [line for line in lines if _is_quotation(prose, line.spoken)]
    if len(turns) >= _TURNS:
        spoken = sorted({*spoken, *turns}, key=lambda line: line.label.start)
    taken = frozenset(unit for line in spoken for unit in line.paragraph)
    return [_turn(prose, line) for line in spoken], taken


def _lines(prose: Prose) -> Iterator[_Line]:
    crowd = Crowd(apart=_APART)
    for paragraph in prose.paragraphs:
        colon = _colon(prose, paragraph)
        if (
            colon
            and colon + 1 < paragraph.stop
            and not crowd.holds(prose.firsts[paragraph.start])
        ):
            label = range(paragraph.start, colon)
            yield _Line(label, range(colon + 1, paragraph.stop))


def _colon(prose: Prose, paragraph: range) -> int:
    """Where the colon after a name stands that begins a paragraph; 0 if none does."""
    stop = min(paragraph.stop, paragraph.start + _LONGEST_LABEL)
    start = prose.forms[paragraph.start : stop]
    if ":" not in start or start[0] in CLASSES["label_word"]:
        return 0
    label = range(paragraph.start, paragraph.start + start.index(":"))
    is_name = all(prose.forms[i] in _IN_LABELS or prose.capitals[i] for i in label)
    return label.stop if is_name else 0


def _is_spelled_out(prose: Prose, label: range) -> bool:
    """Whether a label is in capitals: `PENCE`, `MELISSA BLOCK, HOST`, `Q`."""
    return bool(label) and prose.span(label).of(prose.words.text).isupper()


def _is_quotation(prose: Prose, units: range) -> bool:
    forms = prose.forms[units.start : units.stop]
    return QUOTATION in forms and not any(form[0].isalnum() for form in forms)


def _quotations(prose: Prose, units: range) -> tuple[range, ...]:
    return tuple(range(i, i + 1) for i in units if prose.forms[i] == QUOTATION)


def _turn(prose: Prose, line: _Line) -> Draft:
    comma = next((i for i in line.label if prose.forms[i] == ","), line.label.stop)
    name = range(line.label.start, comma)
    is_letter = len(name) == 1 and len(prose.forms[name.start]) == 1
    attribution = Attribution(
        range(line.label.stop, line.label.stop + 1),
        "en.transcript",
        None if is_letter or not name else Subject(name),
        after=line.spoken,
    )
    is_quoted = _is_quotation(prose, line.spoken)
    pieces = _quotations(prose, line.spoken) if is_quoted else (line.spoken,)
    return Draft(pieces, QuoteKind.DIRECT, "en.transcript", attribution)


def headline(
    prose: Prose, speakers: Iterable[range], taken: frozenset[int]
) -> Iterator[Draft]:
    """The quote of a headline: `X: …` if X speaks in the text too, and `…: X`."""
    line = prose.headline
    if not line or line.start in taken:
        return
    if prose.forms[line.start] in CLASSES["label_word"]:
        return
    cuts = [i for i in line if prose.forms[i] == ":" or _is_dash(prose, i)]
    if not cuts:
        return
    known = {prose.forms[i] for phrase in speakers for i in phrase}
    first, last = cuts[0], cuts[-1]
    before, after = range(line.start, first), range(last + 1, line.stop)
    if prose.forms[first] == ":" and _is_known(prose, before, known):
        yield _headline(prose, before, first, range(first + 1, line.stop))
    elif _is_source(prose, after):
        yield _headline(prose, after, last, range(line.start, last))


def _is_dash(prose: Prose, index: int) -> bool:
    return (
        prose.forms[index] in _DASHES
        and 0 < index < len(prose.forms) - 1
        and not prose.touches_next(index - 1)
    )


def _is_known(prose: Prose, units: range, known: set[str]) -> bool:
    """Whether what stands before a colon speaks in the text, and is no topic."""
    if not _is_short(prose, units):
        return False
    last = prose.forms[units.stop - 1]
    is_speaker = last in known and prose.capitals[units.start]
    return is_speaker or last in KIND_OF_SPEAKER


def _is_source(prose: Prose, units: range) -> bool:
    """Whether what stands at the end of a headline is who says it: `…: UN chief`."""
    if not _is_short(prose, units):
        return False
    is_acronym = prose.span(units).of(prose.words.text).isupper()
    return is_acronym or prose.forms[units.stop - 1] in KIND_OF_SPEAKER


def _is_short(prose: Prose, units: range) -> bool:
    is_short = 0 < len(units) <= _LONGEST_SOURCE
    return is_short and first_verb(prose, units) is None


def _headline(prose: Prose, source: range, cut: int, said: range) -> Draft:
    cue = range(cut, cut + 1)
    attribution = Attribution(cue, "en.headline", Subject(source), after=said)
    if _is_quotation(prose, said):
        pieces = _quotations(prose, said)
        return Draft(pieces, QuoteKind.DIRECT, "en.headline", attribution)
    return Draft((said,), QuoteKind.INDIRECT, "en.headline", attribution)
