"""Quotes in English text, their cues and their speakers."""

from claims.extraction.english import labels
from claims.extraction.english.prose import Prose
from claims.extraction.english.quotations import Draft, drafts
from claims.extraction.english.speakers import Cast
from claims.extraction.english.units import QUOTATION
from claims.extraction.proposals import ProposedQuote
from sources.text.spans import Span
from sources.text.words import Words

__all__ = ["quotes"]


def quotes(words: Words) -> list[ProposedQuote]:
    """The quotes of an English text, in order; none overlaps another of its kind."""
    prose = Prose.of(words)
    cast = Cast(prose)
    found = [_proposed(prose, cast, draft) for draft in _read(prose)]
    return _without_overlaps([quote for quote in found if quote])


def _read(prose: Prose) -> list[Draft]:
    """What all rules read, in order of the text."""
    found, taken = labels.transcript(prose)
    found.extend(drafts(prose, taken))
    subjects = [draft.attribution.subject for draft in found if draft.attribution]
    phrases = [subject.phrase for subject in subjects if subject]
    found.extend(labels.headline(prose, phrases, taken))
    return sorted(found, key=lambda draft: draft.pieces[0].start)


def _proposed(prose: Prose, cast: Cast, draft: Draft) -> ProposedQuote | None:
    pieces = [span for piece in draft.pieces if (span := _span(prose, piece))]
    if not pieces:
        return None
    attribution = draft.attribution
    phrase, role, named = cast.speaker(attribution, draft.end)
    speaker = prose.trimmed(phrase) if phrase else None
    name = speaker if named == phrase else named and prose.trimmed(named)
    return ProposedQuote(
        pieces[0].hull(pieces[-1]) if len(pieces) > 1 else pieces[0],
        draft.kind,
        draft.rule,
        pieces=tuple(pieces) if len(pieces) > 1 else (),
        cue=prose.span(attribution.cue) if attribution else None,
        speaker=speaker,
        role=prose.trimmed(role) if role else None,
        named=_without_ending(prose.words.text, name) if name else None,
    )


def _without_ending(text: str, name: Span) -> Span:
    """A name without the ending of a possessive: `Calder’s`."""
    end = name.end - len("'s")
    return Span(name.start, end) if text[end : name.end] in ("'s", "’s") else name


def _span(prose: Prose, piece: range) -> Span | None:
    """The words of a piece: for a quotation, what is within its marks."""
    if len(piece) == 1 and prose.forms[piece.start] == QUOTATION:
        inner = prose.quotations[piece.start].inner
        return prose.words.span(inner.start, inner.stop)
    return prose.trimmed(piece)


def _without_overlaps(quotes: list[ProposedQuote]) -> list[ProposedQuote]:
    kept: list[ProposedQuote] = []
    reached = dict.fromkeys((quote.kind for quote in quotes), 0)
    for quote in sorted(quotes, key=lambda quote: quote.span.start):
        if quote.span.start >= reached[quote.kind]:
            kept.append(quote)
            reached[quote.kind] = quote.span.end
    return kept
