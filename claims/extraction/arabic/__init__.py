"""Quotes in Arabic text: the words, the cue, who speaks, and by which rule."""

from claims.extraction.arabic.drafts import Draft
from claims.extraction.arabic.page import Page
from claims.extraction.arabic.phrase import Phrase
from claims.extraction.arabic.reading import drafts
from claims.extraction.arabic.resolution import Cast
from claims.extraction.proposals import ProposedQuote
from sources.text.spans import Span
from sources.text.words import Words


def quotes(words: Words) -> list[ProposedQuote]:
    """The quotes of a text in order; no two overlap. Linear in the text."""
    page = Page(words)
    cast = Cast(page)
    said = [(draft, cast.spoke(draft)) for draft in drafts(page)]
    return [_proposed(page, draft, named) for draft, named in said if draft.rule]


def _proposed(page: Page, draft: Draft, named: Phrase | None) -> ProposedQuote:
    words, inner, cue = page.words, draft.inner, draft.cue
    speaker = _span(page, draft.speaker)
    return ProposedQuote(
        words.span(inner.start, inner.stop, skip=draft.clitic),
        draft.kind,
        draft.rule,
        cue=words.span(cue.start, cue.stop) if cue else None,
        speaker=speaker,
        role=_span(page, _role(page, draft)),
        named=speaker if named == draft.speaker else _span(page, named),
    )


def _role(page: Page, draft: Draft) -> Phrase | None:
    """What the speaker is called beside the name: in apposition, or before it."""
    speaker, apposition = draft.speaker, draft.apposition
    if speaker is None:
        return None
    title = speaker.title(page)
    if apposition is None:
        return title if title != speaker else None
    return title if apposition.name is not None else apposition.title(page)


def _span(page: Page, phrase: Phrase | None) -> Span | None:
    if phrase is None:
        return None
    return page.words.span(phrase.first, phrase.end, skip=phrase.clitic)
