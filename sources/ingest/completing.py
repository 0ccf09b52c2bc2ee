"""Complete a draft by what its own text states: title, byline, date, source, language."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.text import Truncator

from sources.ingest.draft import Draft, SourceOrigin
from sources.models import DateOrigin
from sources.text.credits import Credit, CreditKind, credits_of
from sources.text.dating import WrittenDate, stated_dateline
from sources.text.fold import script_of
from sources.text.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sources.text.spans import Span

LONGEST_TITLE = 160
"""A first line of more characters is a paragraph."""

_OPENING = 10
_FEW = 4
UNDETERMINED = "und"
_BY_SCRIPT = {"Arab": "ar", "Latn": "en"}
_IN_ARABIC_LETTERS = {
    *("ar", "apc", "arz", "azb", "bal", "ckb", "fa", "ks", "ku", "lrc"),
    *("mzn", "pa", "pnb", "prs", "ps", "sd", "skr", "ug", "ur"),
}
_ENOUGH = 1_000  # letters that show the script


def completed(draft: Draft) -> Draft:
    """The draft with what was not given with it, as far as its text states it.

    From an unconfirmed text no date is taken: its digits may be in the wrong order.
    """
    words = Words.of(draft.text)
    credits_found = credits_of(words)
    dateline = None if draft.unconfirmed else stated_dateline(words)
    return replace(
        _with_source(_dated(draft, dateline), credits_found),
        title=draft.title
        or _first_line(draft.text, credits_found, dateline)
        or _opening_words(draft.text),
        byline=draft.byline or _byline(draft.text, credits_found),
        language=_language(draft),
    )


def _first_line(
    text: str, credits_found: list[Credit], dateline: WrittenDate | None
) -> str:
    """The first line as the title, if more follows and it is no sentence or dateline."""
    before, newline, after = text.strip().partition("\n")
    title = before.strip()
    start = text.index(title)
    others: Iterable[Span] = [credit.span for credit in credits_found]
    if dateline:
        others = [*others, dateline.span]
    is_other = any(start <= span.start < start + len(title) for span in others)
    is_title = (
        newline and len(title) <= LONGEST_TITLE and not title.endswith((".", "،"))
    )
    return title if is_title and after.strip() and not is_other else ""


def _opening_words(text: str) -> str:
    """The first words with “…”, by which an article without a title is listed.

    Lines of few words are passed over where there are others: bylines, days, credits.
    """
    lines = text.strip().split("\n")
    line = next((line for line in lines if len(line.split()) > _FEW), lines[0])
    return Truncator(line[:LONGEST_TITLE]).words(_OPENING, truncate="…")


def _byline(text: str, credits_found: list[Credit]) -> str:
    names = (c.name.of(text) for c in credits_found if c.kind is CreditKind.BYLINE)
    return next(names, "")


def _language(draft: Draft) -> str:
    """The language that was given, unless it is not written in these letters.

    Pages declare the language of their template, so that many an Arabic one says it
    is English.
    """
    script = script_of(draft.text[:_ENOUGH])
    given = draft.language.partition("-")[0]
    if given and (given in _IN_ARABIC_LETTERS) == (script == "Arab"):
        return draft.language
    return _BY_SCRIPT.get(script, UNDETERMINED)


def _dated(draft: Draft, dateline: WrittenDate | None) -> Draft:
    if draft.published or dateline is None or dateline.date is None:
        return draft
    return replace(draft, published=dateline.date, published_origin=DateOrigin.STATED)


def _with_source(draft: Draft, credits_found: list[Credit]) -> Draft:
    """The source the text credits, if nothing better was given and it names just one."""
    names = {
        c.name.of(draft.text) for c in credits_found if c.kind is CreditKind.SOURCE
    }
    if draft.source or len(names) != 1:
        return draft
    return replace(draft, source=names.pop(), source_origin=SourceOrigin.CREDIT)
