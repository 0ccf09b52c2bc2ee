"""What else a speaker is called, set apart from the phrase that names them.

كاغينز، المتحدث باسم التحالف; رئيس القسم (الدكتور سامر حسن).
"""

from claims.extraction.arabic import vocabulary as words_of
from claims.extraction.arabic.page import BRACKETED, COMMAS, Page
from claims.extraction.arabic.phrase import Phrase
from claims.extraction.arabic.speakers import NAME_LENGTH, phrase_at

_AFTER_NAME = words_of.THAT | words_of.TO_OUTLETS
_AROUND = {"(": ")", "-": "-", "–": "–", "—": "—"}
"""Marks that may stand before an apposition, and after it."""


def apposition_at(page: Page, index: int, limit: int) -> Phrase | None:
    """The phrase in apposition after a phrase that ends at a word, if there is one.

    It follows at once (after a name), between commas, between dashes or in brackets.
    """
    if index < limit and page.forms[index] in _AROUND:
        if found := _set_apart(page, index, limit):
            return found
        index = page.past_bracket(index)
    return _joined(page, index, limit) if index < limit else None


def _joined(page: Page, index: int, limit: int) -> Phrase | None:
    """A title right after a name, or what stands between commas."""
    if page.forms[index] not in COMMAS:
        return phrase_at(page, index, limit) if _is_title(page, index) else None
    found = phrase_at(page, index + 1, limit)
    if found and _begins_with_nationality(page, found):
        found = Phrase(found.first + 1, found.end, name=found.first + 1)
    if found is None or not _is_apposition(page, found):
        return None
    return found


def _set_apart(page: Page, opener: int, limit: int) -> Phrase | None:
    """A title, with or without a name: رئيس القسم (الدكتور سامر حسن)."""
    near = page.forms[opener + 1 : min(opener + BRACKETED, limit)]
    closer = _AROUND[page.forms[opener]]
    end = opener + 1 + near.index(closer) if closer in near else opener
    found = phrase_at(page, opener + 1, end)
    is_title = found is not None and page.forms[found.first] in words_of.PERSONS
    return found if found and found.end == end and is_title else None


def _begins_with_nationality(page: Page, found: Phrase) -> bool:
    """Whether it first tells where the one named is from: ، المصري علي حسن،."""
    form, *names = found.forms(page)
    is_name = bool(names) and not names[0].startswith("ال")
    return words_of.is_nisba(form) and is_name and form not in words_of.HEADS


def _is_title(page: Page, index: int) -> bool:
    return page.forms[index] in words_of.ROLES


def _is_apposition(page: Page, found: Phrase) -> bool:
    head = page.forms[found.first]
    if head in words_of.PERSONS or head in words_of.KIN:
        return True
    is_short = found.end - found.first <= NAME_LENGTH
    ends = page.at_edge(found.end) or page.forms[found.end] in _AFTER_NAME
    return found.name == found.first and is_short and ends
