"""Quotations that no verb before them introduces."""

from claims.extraction.arabic import vocabulary as words_of
from claims.extraction.arabic.drafts import Draft, by_source, words_in
from claims.extraction.arabic.frames import frame_at
from claims.extraction.arabic.introductions import Shape
from claims.extraction.arabic.page import COMMAS, QUOTED_PART, Page
from claims.extraction.arabic.sources import Source, source_at
from claims.extraction.arabic.speakers import phrase_at
from claims.extraction.arabic.vocabulary import CUES
from claims.extraction.marks import Quoted
from claims.extraction.proposals import QuoteKind

_FAR, _LINES = 60, 2
_ASIDE = 14
_BEFORE_SENTENCE = frozenset([".", "\n", "!", "؟"])
_LONGEST_NAME = 4
_THUS = (("هكذا",), ("بهذه", "الكلمات"), ("بهذه", "العبارات"), ("بهذه", "العباره"))
_BETWEEN = frozenset([*COMMAS, ".", "-", "–", "—"])


def followed_by_source(page: Page, each: Quoted) -> Draft | None:
    """“…”، قال كاغينز and “…”، بحسب كاغينز."""
    index = (each.closer or each.inner.stop) + 1
    while index < len(page.forms) and page.forms[index] in _BETWEEN:
        index += 1
    source = _source_at(page, index) if index < len(page.forms) else None
    source = source or _thus(page, index)
    if source is None:
        return None
    verb = CUES.get(page.forms[source.cue.stop - 1])
    inner = words_in(page, each)
    return by_source(source, "ar.marked.before-cue", inner, QuoteKind.DIRECT, verb)


def _source_at(page: Page, index: int) -> Source | None:
    cue = CUES.get(page.forms[index])
    if cue is None:
        is_phrase = page.forms[index : index + 2] == ["علي", "حد"]
        return source_at(page, index + is_phrase)
    if not cue.is_finite or cue.joined or "S" not in cue.frames:
        return None
    frame = frame_at(page, index)
    if frame is None or frame.subject is None:
        return None
    if (begin := frame.introduction) and begin.shape is not Shape.NOMINAL:
        goes_on = begin.shape is Shape.MARK and _is_after_comma(page, begin.quotation)
        if not goes_on:
            return None
    end = (frame.apposition or frame.subject).end
    return Source(range(index, index + 1), frame.subject, frame.apposition, end)


def _is_after_comma(page: Page, each: Quoted | None) -> bool:
    return each is not None and page.forms[each.opener - 1] in COMMAS


def _stands_alone(page: Page, last: Draft, each: Quoted) -> bool:
    """Whether a quotation is a sentence of its own soon after somebody spoke."""
    between = page.forms[last.inner.stop : each.opener]
    after = (each.closer or each.inner.stop) + 1
    is_near = len(between) < _FAR and between.count("\n") <= _LINES
    begins = bool(between) and between[-1] in _BEFORE_SENTENCE
    ends = page.ends_paragraph(after) or page.forms[after] == "."
    return is_near and begins and ends


def _thus(page: Page, index: int) -> Source | None:
    """“…”، هكذا تصف أم محمد تلك الليلة, and بهذه الكلمات يلخص …."""
    lead = next((each for each in _THUS if _stands_at(page, index, each)), None)
    if lead is None:
        return None
    verb = index + len(lead)
    limit = min(verb + 1 + _LONGEST_NAME, len(page.forms))
    subject = phrase_at(page, verb + 1, limit, until=_is_told)
    if subject is None:
        return None
    return Source(range(verb, verb + 1), subject, None, subject.end)


def _stands_at(page: Page, index: int, lead: tuple[str, ...]) -> bool:
    return tuple(page.forms[index : index + len(lead)]) == lead


def _is_told(form: str) -> bool:
    """Whether a noun is what they tell of: حاله, قصته, لحظات القصف."""
    return form.endswith(("ه", "ها", "هم", "ات")) or words_of.is_event(form)


def following_quotation(page: Page, last: Draft | None, each: Quoted) -> Draft | None:
    """A further one right after a quotation: “…” و“…”, or in a line of its own."""
    if last is None or each.closer is None:
        return None
    if page.n_words(each.inner) >= QUOTED_PART and _stands_alone(page, last, each):
        return Draft("ar.marked.next", words_in(page, each), each.closer + 1)
    is_split = last.rule == "ar.marked.before-cue" and _is_split(page, last, each)
    goes_on = last.kind is QuoteKind.DIRECT and _goes_on(page, last, each)
    if not (is_split or goes_on):
        return None
    return Draft("ar.marked.next", words_in(page, each), each.closer + 1)


def _is_split(page: Page, last: Draft, each: Quoted) -> bool:
    """Whether it goes on after whoever said it: “…”، قال كاغينز مبتسما، “…”."""
    if each.opener - last.done > _ASIDE or not _is_after_comma(page, each):
        return False
    aside = page.forms[last.done : each.opener]
    return _BEFORE_SENTENCE.isdisjoint(aside) and CUES.keys().isdisjoint(aside)


def _goes_on(page: Page, last: Draft, each: Quoted) -> bool:
    """Whether no more than a stop, a line or و stands between two quotations."""
    between = page.forms[last.inner.stop + 1 : each.opener]
    if len(between) > 3 or not _BETWEEN.union("\nو").issuperset(between):  # noqa: PLR2004  # a stop, a line, و
        return False
    if page.n_words(each.inner) < QUOTED_PART or each.closer is None:
        return False
    return "\n" not in between or page.ends_paragraph(each.closer + 1)
