"""Quotes from attributions and quotation marks: extent, kind, rule."""

from collections.abc import Iterator
from typing import NamedTuple

from claims.extraction.english.attributions import attributions, sentences_with_cues
from claims.extraction.english.prose import Prose
from claims.extraction.english.sentence import Attribution, Sentence
from claims.extraction.english.units import QUOTATION
from claims.extraction.english.vocabulary import CLASSES, FUNCTION_WORDS
from claims.extraction.proposals import QuoteKind

LONG = 4
"""From so many words on, a quoted part makes a reported clause a mixed one."""

_FRAGMENT = 6
_SHORTEST = 2
_PAUSES = frozenset([",", ".", ";", "—", "–"])
_LEADS = CLASSES["coordinator"] | frozenset([",", "—", "–", "-", ":", ";"])


class Draft(NamedTuple):
    """A quote as units; ``pieces`` are what is quoted, in order."""

    pieces: tuple[range, ...]
    kind: QuoteKind
    rule: str
    attribution: Attribution | None = None

    @property
    def end(self) -> int:
        """Where the last of it stops, as a unit."""
        return self.pieces[-1].stop


def drafts(prose: Prose, taken: frozenset[int]) -> Iterator[Draft]:
    """The quotes of a text, in the order of their sentences.

    Sentences in units that another rule has taken are left out.
    """
    waiting: Draft | None = None
    last_stop = -1
    for sentence, cues, quoted in sentences_with_cues(prose):
        if sentence.start in taken:
            continue
        is_lone = bool(quoted) and _has_nothing_else(prose, sentence.units)
        found = _of_sentence(sentence, cues, quoted, is_lone=is_lone)
        if waiting and is_lone and sentence.start == last_stop:
            waiting = _extended(waiting, quoted)
        else:
            if waiting:
                yield waiting
            waiting = found.pop() if found and _may_go_on(found[-1]) else None
            yield from found
        last_stop = sentence.stop
    if waiting:
        yield waiting


def _may_go_on(draft: Draft) -> bool:
    """Whether `"A," he said.` may be followed by the rest of what he said."""
    return (
        draft.kind is QuoteKind.DIRECT
        and draft.attribution is not None
        and (bool(draft.attribution.before))
    )


def _extended(draft: Draft, lone: list[int]) -> Draft:
    pieces = tuple(range(i, i + 1) for i in lone)
    return draft._replace(pieces=draft.pieces + pieces, rule="en.marked.split")


def _of_sentence(
    sentence: Sentence, cues: list[int], quoted: list[int], *, is_lone: bool
) -> list[Draft]:
    prose = sentence.prose
    read = [_draft(prose, one) for one in attributions(sentence, cues)]
    found = [draft for draft in read if draft]
    if not quoted:
        return found
    pieces = [piece for draft in found for piece in draft.pieces]
    unused = (i for i in quoted if not any(i in piece for piece in pieces))
    left = [_unattributed(prose, i, is_lone=is_lone) for i in unused]
    found.extend(draft for draft in left if draft)
    return sorted(found, key=lambda draft: draft.pieces[0].start)


def _has_nothing_else(prose: Prose, sentence: range) -> bool:
    """Whether nothing but quotations and marks stands in a sentence that has some."""
    forms = prose.forms[sentence.start : sentence.stop]
    return forms[0] == QUOTATION and not any(form[0].isalnum() for form in forms)


def _unattributed(prose: Prose, index: int, *, is_lone: bool) -> Draft | None:
    """A quotation without a cue, unless it is a name, a title or a scare quote."""
    quotation = prose.quotations[index]
    pieces = (range(index, index + 1),)
    if quotation.n_words < LONG or _is_title(prose, index):
        return None
    if is_lone:
        return Draft(pieces, QuoteKind.DIRECT, "en.marked.alone")
    is_led = prose.forms[max(index - 1, 0)] == ":"
    if index in prose.headline or not (is_led or quotation.n_words >= _FRAGMENT):
        return None
    return Draft(pieces, QuoteKind.DIRECT, "en.marked.fragment")


def _is_title(prose: Prose, index: int) -> bool:
    """Whether it is written like a title, `The Fall of the House`, or led into as one."""
    words, inner = prose.words, prose.quotations[index].inner
    if not CLASSES["titled"].isdisjoint(prose.forms[max(index - 2, 0) : index]):
        return True
    return all(
        words.capitals[i]
        for i in inner
        if words.forms[i].isalpha() and words.forms[i] not in FUNCTION_WORDS
    )


def _draft(prose: Prose, attribution: Attribution) -> Draft | None:
    before, after = attribution.before, attribution.after
    before, after = before and _led(prose, before), after and _led(prose, after)
    if attribution.rule == "en.label":
        return _label(prose, attribution)
    quoted = _quoted_before(prose, before)
    if quoted:
        pieces = [*quoted, *([after] if after else [])]
        rule = "en.marked.split" if after else "en.marked.before-cue"
        return Draft(
            tuple(pieces), QuoteKind.DIRECT, _long(prose, pieces, rule), attribution
        )
    if before:
        pieces = [before, *([after] if after else [])]
        return _clause(prose, pieces, attribution)
    quoted = _quoted_after(prose, attribution, after)
    if quoted:
        rule = _long(prose, quoted, "en.marked.after-cue")
        return Draft(tuple(quoted), QuoteKind.DIRECT, rule, attribution)
    return _clause(prose, [after], attribution) if after else None


def _long(prose: Prose, pieces: list[range], rule: str) -> str:
    """The rule, or the one for a quotation of several paragraphs."""
    inner = prose.quotations[pieces[0].start].inner
    forms = prose.words.forms[inner.start : inner.stop]
    return "en.marked.paragraphs" if "\n" in forms else rule


def _led(prose: Prose, units: range) -> range:
    """Units without the marks and coordinators before, and the marks after."""
    forms, start, stop = prose.forms, units.start, units.stop
    while start < stop and forms[start] in _LEADS:
        start += 1
    while stop > start and not _may_end(forms[stop - 1]):
        stop -= 1
    return range(start, stop)


def _may_end(form: str) -> bool:
    return _is_word(form) and form not in ("and", "but", "or")


def _is_word(form: str) -> bool:
    return form[0].isalnum() or form == QUOTATION or form in ("%", ")", "$")


def _quoted_before(prose: Prose, before: range) -> list[range]:
    """The quotations right before a cue, if nothing is said outside of them."""
    at = before.stop
    while at > before.start and prose.forms[at - 1] == QUOTATION:
        at -= 1
    if at == before.stop:
        return []
    lead = range(before.start, at)
    if any(_is_word(prose.forms[i]) for i in lead):
        last = prose.forms[at - 1]
        quotation = prose.quotations[before.stop - 1]
        if last not in (",", ":", "—", "–", ".") or quotation.n_words < LONG:
            return []
    return [range(i, i + 1) for i in range(at, before.stop)]


def _quoted_after(prose: Prose, attribution: Attribution, after: range) -> list[range]:
    """The quotations right after a cue, if they are all that is said."""
    at = after.start
    while at < after.stop and prose.forms[at] == QUOTATION:
        at += 1
    if at == after.start:
        return []
    rest = range(at, after.stop)
    is_apart = attribution.opening == ":" or (
        prose.forms[attribution.after.start - 1] in (",", ":")
    )
    is_all = not any(_is_word(prose.forms[i]) for i in rest)
    if not (is_all or is_apart or prose.forms[at] in _PAUSES):
        return []
    return [range(i, i + 1) for i in range(after.start, at)]


def _clause(
    prose: Prose, pieces: list[range], attribution: Attribution
) -> Draft | None:
    if not _says_enough(prose, pieces):
        return None
    quoted = [i for piece in pieces for i in _quotations(prose, piece)]
    is_mixed = any(
        prose.quotations[i].n_words >= LONG and not _is_title(prose, i) for i in quoted
    )
    kind = QuoteKind.MIXED if is_mixed else QuoteKind.INDIRECT
    if attribution.rule == "en.colon" and not quoted:
        kind = QuoteKind.DIRECT
    return Draft(tuple(pieces), kind, attribution.rule, attribution)


def _says_enough(prose: Prose, pieces: list[range]) -> bool:
    """Whether there are two words at least."""
    n_words = 0
    for piece in pieces:
        for form in prose.forms[piece.start : piece.stop]:
            n_words += _is_word(form)
            if n_words == _SHORTEST:
                return True
    return False


def _quotations(prose: Prose, units: range) -> list[int]:
    if QUOTATION not in prose.forms[units.start : units.stop]:
        return []
    return [i for i in units if prose.forms[i] == QUOTATION]


def _label(prose: Prose, attribution: Attribution) -> Draft | None:
    for index in attribution.after:
        if prose.forms[index] == QUOTATION and prose.quotations[index].n_words >= LONG:
            piece = (range(index, index + 1),)
            return Draft(piece, QuoteKind.DIRECT, "en.label", attribution)
    return None
