"""What stands between the commas and dashes of a sentence, and what each piece is."""

from itertools import pairwise

from claims.extraction.english import phrases
from claims.extraction.english.prose import Prose
from claims.extraction.english.units import QUOTATION
from claims.extraction.english.vocabulary import (
    CLASSES,
    KIND_OF_SPEAKER,
    NOUN_STARTS,
)
from sources.text.words import places

COMMAS = frozenset([",", "—", "–"])
RELATIVE = CLASSES["relative"] | {"which", "that"}

_BRACKETED = 12
_SCARE = 3
_HARD = frozenset([";", ":", "?", "!", "…"])
_MAY_CUT = _HARD | COMMAS | {"-", "(", ")", QUOTATION}
_INTRODUCTIONS = (
    CLASSES["preposition"]
    | CLASSES["subordinator"]
    | CLASSES["adverb"]
    | CLASSES["day"]
    | CLASSES["month"]
    | RELATIVE
    | {"according", "albeit", "asked"}
) - NOUN_STARTS


def pieces_of(prose: Prose, first: int, end: int) -> list[range]:
    """What stands between commas and dashes after the last harder mark."""
    marks = [first + i for i in places(prose.forms[first:end], _MAY_CUT)]
    cuts, at = [], end
    for index in reversed(marks):
        form = prose.forms[index]
        if index >= at:
            continue
        if _is_soft(prose, index):
            cuts.append(index)
        elif form == ")":
            at = _before_bracket(prose, first, index)
        elif form == "(" or is_hard(prose, index):
            first = index + 1
            break
    edges = [first - 1, *reversed(cuts), end]
    return [range(a + 1, b) for a, b in pairwise(edges)]


def _before_bracket(prose: Prose, first: int, index: int) -> int:
    """Where the bracket opens that closes here."""
    back = range(index - 1, max(first, index - _BRACKETED), -1)
    return next((i for i in back if prose.forms[i] == "("), index)


def _is_soft(prose: Prose, index: int) -> bool:
    """Whether a unit is a comma or a dash."""
    form = prose.forms[index]
    return form in COMMAS or (
        form == "-" and index > 0 and not prose.touches_next(index - 1)
    )


def is_hard(prose: Prose, index: int) -> bool:
    """Whether no noun phrase reaches over a unit; it may over `“Free” brigade`."""
    if prose.forms[index] != QUOTATION:
        return prose.forms[index] in _HARD
    quotation = prose.quotations[index]
    return quotation.n_words > _SCARE or not quotation.last.isalnum()


def is_clause(prose: Prose, piece: range) -> bool:
    """Whether a piece between commas is a sentence of its own, not a modifier."""
    if is_introduction(prose, piece) or _is_relative(prose, piece):
        return False
    first = piece.start
    relative = next((i for i in piece if prose.forms[i] in RELATIVE), piece.stop)
    first += phrases.is_participle(prose, first) or prose.capitals[first]
    verb = phrases.first_verb(prose, range(first, relative))
    return verb is not None and not _is_made_by(prose, verb)


def _is_made_by(prose: Prose, verb: int) -> bool:
    """Whether a verb is the participle of `issued by the ministry`; not `by 3%`."""
    after = prose.forms[verb + 1 : verb + 3]
    return after[:1] == ["by"] and not after[-1][0].isdigit()


def _is_relative(prose: Prose, piece: range) -> bool:
    """Whether it begins with `who`, `in which`, `whose`."""
    first = prose.forms[piece.start : piece.stop][:2]
    return first[0] in RELATIVE or not {"which", "whom", "whose"}.isdisjoint(first)


def is_introduction(prose: Prose, piece: range) -> bool:
    """Whether it is what may stand before a subject: `On Monday`, `Speaking in Rome`."""
    if piece and prose.forms[piece.start] in CLASSES["coordinator"]:
        piece = piece[1:]
    if not piece or prose.forms[piece.start] in _INTRODUCTIONS:
        return True
    if prose.forms[piece.stop - 1] == "ago":  # "two weeks ago"
        return True
    form = prose.forms[piece.start]
    if len(piece) == 1:
        return form[0].isdigit()
    after = piece.start + 1
    return form.endswith(("ing", "ed")) and not (
        prose.capitals[after] or prose.forms[after] in KIND_OF_SPEAKER
    )


def only_introduces(prose: Prose, piece: range) -> bool:
    """Whether an introduction stands alone, not in `On Monday the mayor left`."""
    if not is_introduction(prose, piece):
        return False
    start = phrases.adjuncts_end(prose, piece.start, piece.stop)
    return (
        not piece.start < start < piece.stop
        or not phrases.is_nominal(prose, start)
        or phrases.first_verb(prose, range(start + 1, piece.stop)) is None
    )
