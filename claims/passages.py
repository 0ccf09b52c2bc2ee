"""Statements in their text, as a page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any
from urllib.parse import quote as percent_encoded

from claims.models import Claim, Status
from sources.models import Access
from sources.text.masks import MARK
from sources.text.segments import Mark, Segment, segments
from sources.text.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from claims.models import Quote
    from sources.models import Article, Role, Speaker
    from sources.text.dates import PartialDate

#: How many characters of the paragraph around a statement are shown, each way.
REACH = 600
#: The same where the article itself is not open to the public.
SHORT_REACH = 160

#: Longer words are cited in a link by their beginning and end.
FRAGMENT_WORDS = 10


#: The part that is another piece of a split quotation.
MORE = "more"


@dataclass(frozen=True, slots=True)
class Highlight:
    """Why a stretch of text stands out: which statement, as which part of it."""

    statement: Any
    part: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that the same highlights cover; the innermost statement is linked."""

    text: str
    highlights: tuple[Highlight, ...] = ()
    begins: tuple[Any, ...] = ()

    @property
    def statement(self) -> Any:
        """What a click leads to: a claim before a quote, what stands before what fell.

        Null for plain text.
        """
        claims = [each for each in self.statements if isinstance(each, Claim)]
        covering = claims or self.statements
        standing = [each for each in covering if each.status != Status.WITHDRAWN]
        return next(reversed(standing or covering), None)

    @property
    def is_words(self) -> bool:
        """Whether the text is words of a statement, and not only near them."""
        return any(each.part in ("", MORE) for each in self.highlights)

    @property
    def parts(self) -> list[str]:
        """The parts of a statement that the text is, for the style sheet."""
        return [highlight.part for highlight in self.highlights if highlight.part]

    @property
    def statements(self) -> list[Any]:
        """The statements that cover the text, outermost first."""
        return list(dict.fromkeys(each.statement for each in self.highlights))


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph in pieces, or the white space between two."""

    pieces: list[Piece]
    is_paragraph: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a text in blocks; joined, the pieces are exactly its text."""

    blocks: list[Block]
    is_cut_before: bool = False
    is_cut_after: bool = False


def around(text: str, span: Span, reach: int = REACH) -> Span:
    """Return the paragraphs that a span stands in, cut at words beyond the reach."""
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    end = len(text) if end < 0 else end
    if span.start - start > reach:
        gap = text.find(" ", span.start - reach, span.start)
        start = span.start if gap < 0 else gap + 1
    if end - span.end > reach:
        gap = text.rfind(" ", span.end, span.end + reach)
        end = span.end if gap < 0 else gap
    return Span(start, end)


def excerpt(text: str, window: Span, marks: Iterable[Mark]) -> Passage:
    """Return a stretch of a text; marks that reach beyond it are cut off."""
    inner = [
        Mark(Span(start - window.start, end - window.start), mark.label)
        for mark in marks
        if (start := max(mark.span.start, window.start))
        < (end := min(mark.span.end, window.end))
    ]
    return Passage(
        list(_blocks(window.of(text), inner)),
        is_cut_before=window.start > 0 and text[window.start - 1] != "\n",
        is_cut_after=window.end < len(text) and text[window.end] != "\n",
    )


def shown(
    text: str, statements: Iterable[Claim | Quote], *, is_whole: bool
) -> list[Passage]:
    """Return a text with its statements: all of it, or only what is around them."""
    marks = [mark for statement in statements for mark in marks_of(statement)]
    windows = [Span(0, len(text))] if is_whole else list(_windows(text, marks))
    return [excerpt(text, window, marks) for window in windows]


def whole(text: str, statement: Claim | Quote) -> Passage:
    """Return a whole text with one statement and its named parts marked in it."""
    return excerpt(text, Span(0, len(text)), parts_of(statement))


def _windows(text: str, marks: list[Mark]) -> Iterator[Span]:
    """Yield the surroundings of the marks in order, overlapping ones joined."""
    surroundings = [around(text, mark.span, SHORT_REACH) for mark in marks]
    last: Span | None = None
    for window in sorted(surroundings, key=attrgetter("start")):
        if last and window.start <= last.end:
            last = Span(last.start, max(last.end, window.end))
        else:
            if last:
                yield last
            last = window
    if last:
        yield last


def marks_of(statement: Claim | Quote) -> Iterator[Mark]:
    """Yield where the words of a statement stand: piece by piece if it is split."""
    spans = [Span(start, end) for start, end, _ in statement.pieces]
    first, *others = spans or [statement.span]
    yield Mark(first, Highlight(statement))
    for span in others:
        yield Mark(span, Highlight(statement, MORE))


def parts_of(statement: Claim | Quote) -> Iterator[Mark]:
    """Yield the words of a statement and, inside or beside them, its named parts."""
    yield from marks_of(statement)
    for prefix in statement.ANCHORS:
        anchor = getattr(statement, f"{prefix}anchor")
        if prefix and anchor is not None:
            yield Mark(anchor.span, Highlight(statement, prefix.rstrip("_")))


def in_its_passage(statement: Claim | Quote) -> Passage:
    """Return the statement in its paragraph: loads the text."""
    version = statement.article_version
    is_open = version.article.access == Access.OPEN
    window = around(version.text, statement.span, REACH if is_open else SHORT_REACH)
    return excerpt(version.text, window, parts_of(statement))


def _blocks(text: str, marks: list[Mark]) -> Iterator[Block]:
    lines = [Mark(span, number) for number, span in enumerate(_lines(text))]
    cut = segments(text, [*lines, *marks])
    for number, pieces in groupby(cut, key=_line_number):
        yield Block([_piece(piece) for piece in pieces], number is not None)


def _lines(text: str) -> Iterator[Span]:
    start = 0
    for line in text.split("\n"):
        if line:
            yield Span(start, start + len(line))
        start += len(line) + 1


def _line_number(segment: Segment) -> int | None:
    return next((label for label in segment.labels if isinstance(label, int)), None)


def _piece(segment: Segment) -> Piece:
    begins = [each.statement for each in _highlights(segment.opens) if not each.part]
    return Piece(segment.text, _highlights(segment.labels), tuple(begins))


def _highlights(labels: Iterable[object]) -> tuple[Highlight, ...]:
    return tuple(label for label in labels if isinstance(label, Highlight))


# --- who a speaker was then ---


def roles_on(speaker: Speaker, day: PartialDate | None) -> list[Role]:
    """Return what the speaker was on a day; unknown ends of a period stay open.

    Reads `speaker.roles.all()`, of which the caller has loaded those that stand.
    """
    return [role for role in speaker.roles.all() if day is None or role.was_held(day)]


def roles_before(speaker: Speaker, day: PartialDate | None) -> list[Role]:
    """Return what the speaker no longer was on a day."""
    return [
        role
        for role in speaker.roles.all()
        if day and role.held_until
        if role.held_until.latest < day.earliest
    ]


# --- links ---


def text_fragment(words: str) -> str:
    """Return the part of an address that makes a browser show these words.

    https://wicg.github.io/scroll-to-text-fragment/: long words are named by their
    beginning and end; `-`, `,` and `&` have a meaning there and are encoded. Words
    with a withheld name are found nowhere, so there is none.
    """
    if MARK in words:
        return ""
    tokens = words.split()
    chosen = [" ".join(tokens)]
    if len(tokens) > FRAGMENT_WORDS:
        half = FRAGMENT_WORDS // 2
        chosen = [" ".join(tokens[:half]), " ".join(tokens[-half:])]
    encoded = [percent_encoded(part, safe="").replace("-", "%2D") for part in chosen]
    return f"#:~:text={','.join(encoded)}"


def address_in_article(article: Article, words: str) -> str:
    """Return a link to the words where they were published; empty if unknown."""
    return f"{article.url}{text_fragment(words)}" if article.url else ""
