"""Sources that are named beside the words they gave: بحسب, وفق ما أعلن, على حد قوله."""

from typing import NamedTuple

from claims.extraction.arabic import vocabulary as words_of
from claims.extraction.arabic.appositions import apposition_at
from claims.extraction.arabic.frames import frame_at
from claims.extraction.arabic.page import Page
from claims.extraction.arabic.phrase import Phrase
from claims.extraction.arabic.speakers import phrase_at
from claims.extraction.arabic.vocabulary import CUES, Cue

_TO = ("وفقا", "طبقا", "ووفقا", "وطبقا")

_OF_IT = frozenset(["به", "بها", "عنه", "عنها", "اليه", "اليها"])

_LATEST = frozenset(["اخر", "لاخر", "احدث", "لاحدث"])

_NEAR = 4
"""Within so many words of figures it is said who made them known."""


class Source(NamedTuple):
    """Whose words they are; the ``cue`` ends where the phrase begins.

    Without ``speaker`` they are those of whoever spoke last (حسب تعبيره).
    """

    cue: range
    speaker: Phrase | None
    apposition: Phrase | None
    end: int


def source_at(page: Page, index: int) -> Source | None:
    """The source named from a word on, ``None`` where none is."""
    limit = page.sentence_at(index).stop
    if index + 1 >= limit:
        return None
    form, after = page.forms[index], page.forms[index + 1]
    cue = range(index - (index > 0 and form == "حد"), index + 2)
    if after in words_of.HIS_WORDS:
        return Source(cue, None, None, cue.stop)
    if after in words_of.WORDS_OF:
        return _spoken(page, cue, cue.stop, limit)
    is_what = after in ("ما", "لما")
    if form in words_of.TOLD or is_what:
        return _told(page, index, cue.stop - (not is_what), limit)
    at = index + 1 + (after in _LATEST)
    if form not in words_of.BEFORE_SOURCE or at == limit or _is_nobody(page, at, limit):
        return None
    return _named(page, index, at, limit)


def _is_nobody(page: Page, at: int, limit: int) -> bool:
    """Whether one goes by what follows without anybody having said it."""
    is_figures = page.forms[at] in words_of.NOT_SOURCES
    if is_figures and _are_of_body(page, at):
        return False
    return is_figures and _issued_at(page, at, limit) is None


def _are_of_body(page: Page, at: int) -> bool:
    """Whether the noun after figures is whose they are: بيانات مكتب الإحصاء."""
    form = page.forms[at]
    is_figures = form in words_of.FIGURES or form.removeprefix("ل") in words_of.FIGURES
    return is_figures and page.words.form(at + 1) in words_of.OFFICES


def _issued_at(page: Page, at: int, limit: int) -> int | None:
    """Where it is said whose the figures are: حصيلة جديدة أعلنتها الوزارة."""
    if at >= limit or page.forms[at] not in words_of.NOT_SOURCES:
        return None
    for place in range(at + 1, min(at + _NEAR, limit - 1)):
        if page.forms[place] in words_of.ISSUED:
            return place
        if not page.forms[place].isalpha() or page.forms[place] in words_of.ENDS:
            break
    return None


def _named(page: Page, index: int, at: int, limit: int) -> Source | None:
    """بحسب المركز, وفقا للمركز, نقلا عن المركز, وفق آخر بيانات المركز."""
    form = page.forms[index]
    clitic = int(form in _TO and page.forms[at][0] == "ل")
    if form.endswith("نقلا"):
        if page.forms[at] != "عن":
            return None
        at += 1
    elif form in _TO and not clitic:
        return None
    if clitic and page.forms[at] == "ل":
        at, clitic = at + 1, 0
    return _spoken(page, range(index, at), at, limit, clitic)


def _told(page: Page, index: int, verb: int, limit: int) -> Source | None:
    """وفق ما أعلن المركز, كما قال المركز; not كما أعلن المركز أن."""
    cue = _cue_at(page, verb) if verb < limit else None
    if cue is None or not cue.is_finite or cue.joined:
        return None
    if page.forms[index] == "كما" and page.forms[verb] in CUES and verb == index + 1:
        frame = frame_at(page, verb)
        if frame is None or frame.introduction:
            return None
    at = verb + 1 + ("M" in cue.frames and page.words.form(verb + 1) == "في")
    at += page.words.form(at) in _OF_IT
    if "Q" in cue.frames and (agency := phrase_at(page, at, limit)):
        behind = page.forms[agency.end : agency.end + 1] == ["عن"]
        at = agency.end + 1 if behind else at
    return _spoken(page, range(index, verb + 1), at, limit)


def _cue_at(page: Page, index: int) -> Cue | None:
    """The verb at a word, perhaps with "it": وفق ما نقلته الوكالة."""
    form = page.forms[index]
    return CUES.get(form) or CUES.get(form.removesuffix("ه"))


def _spoken(
    page: Page, cue: range, at: int, limit: int, clitic: int = 0
) -> Source | None:
    issued = _issued_at(page, at, limit)
    speaker = phrase_at(page, at, issued or limit, clitic=clitic)
    if speaker is None:
        return None
    if speaker.end < limit and (issued or page.forms[speaker.end] in words_of.MADE):
        maker = phrase_at(page, speaker.end + 1, limit)
        speaker = speaker._replace(end=maker.end if maker else speaker.end)
    apposition = _apposition(page, speaker, limit)
    end = apposition.end if apposition else page.past_bracket(speaker.end)
    return Source(cue, speaker, apposition, end)


def _apposition(page: Page, speaker: Phrase, limit: int) -> Phrase | None:
    """What else the source is called; a name without a title only after a title."""
    found = apposition_at(page, speaker.end, limit)
    if found is None or speaker.forms(page)[0] in words_of.PERSONS:
        return found
    return found if page.forms[found.first] in words_of.PERSONS else None
