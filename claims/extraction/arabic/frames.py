"""Who speaks and where the words begin, read from a verb that gives them.

A frame is what stands around such a verb: who speaks, before or after it, and what
introduces the words.
"""

from collections.abc import Callable
from functools import cache, lru_cache
from typing import NamedTuple

from claims.extraction.arabic import vocabulary as words_of
from claims.extraction.arabic.appositions import apposition_at
from claims.extraction.arabic.introductions import (
    Introduction,
    Shape,
    directive,
    introduction,
    is_bound,
    is_preposition,
)
from claims.extraction.arabic.page import COMMAS, Page
from claims.extraction.arabic.phrase import Phrase
from claims.extraction.arabic.speakers import phrase_at, phrase_before
from claims.extraction.arabic.vocabulary import CUES, REPLIES, Cue, Form, Number

_FARTHEST = 45
"""How many words may stand between a verb and the words it gives."""

_LONGEST_BY_LINE = 7
"""How many words a line that names who wrote the article may have."""

_NEAR_THAT = 4
"""Within so many words from its beginning a sentence may come to أن."""

_LONGEST_BEFORE = 16
"""How many words a subject before its verb may have."""


class Frame(NamedTuple):
    """A verb with its subject, the apposition of that, and what it introduces."""

    place: int
    cue: Cue
    subject: Phrase | None
    apposition: Phrase | None
    introduction: Introduction | None


@lru_cache(1)  # the verb that ends a clause is the next to be read
def frame_at(page: Page, index: int) -> Frame | None:
    """The frame of the verb at a word; ``None`` if nothing is said to be said there."""
    cue = _cue_at(page, index)
    if not page.asserts(index, cue) or not _may_begin(page, index, cue):
        return None
    limit = min(page.sentence_at(index).stop, index + _FARTHEST)
    if "Q" in cue.frames:
        return _passed_on(page, index, cue, limit)
    return _frame(page, index, cue, limit)


def _cue_at(page: Page, index: int) -> Cue:
    """The verb at a word: وردت في بيان, but وردت الوزارة على السؤال."""
    form = page.forms[index]
    is_reply = form in REPLIES and page.forms[index + 1 : index + 2] != ["في"]
    return REPLIES[form] if is_reply else CUES[form]


def _may_begin(page: Page, index: int, cue: Cue) -> bool:
    """Whether a word that is often none is a verb here: طالب, رد."""
    if cue.lemma == "write" and _is_by_line(page, index):
        return False
    if "A" not in cue.frames or page.begins_clause(index):
        return True
    return cue.is_finite and _subject_before(page, index) is not None


def _is_by_line(page: Page, index: int) -> bool:
    """Whether a line only names who wrote the article: كتب: سامر حسن."""
    end = page.paragraph_end(index)
    is_line = page.starts_paragraph(index) and end - index <= _LONGEST_BY_LINE
    is_whole = is_line and page.forms[end - 1].isalnum()
    return is_whole and page.forms[index + 1 : index + 2] in ([":"], ["-"])


def _frame(page: Page, index: int, cue: Cue, limit: int) -> Frame | None:
    is_late = cue.is_finite and not cue.joined
    before = _subject_of_past(page, index) if is_late else None
    if is_late and "O" in cue.frames and page.forms[index - 1] not in COMMAS:
        before = before or _subject_before(page, index)  # الوزير وصف القرار بأنه
    subject = None if before else _subject_after(page, index, cue, limit)
    at = subject.end if subject else index + 1
    if subject and (behind := _source_behind(page, at, limit)):
        subject, at = behind, behind.end
    apposition = apposition_at(page, at, limit) if subject else None
    at = apposition.end if apposition else page.past_bracket(at)
    found = introduction(page, cue, at, limit)
    if subject and "O" in cue.frames and page.forms[subject.end][:3] == "بان":
        subject = None  # ووصف الاتهامات بأنها باطلة
    if "D" in cue.frames and not (found and found.shape in (Shape.COLON, Shape.MARK)):
        found = directive(page, cue, at, limit) or found
    if cue.is_finite and not subject:
        before = before or _subject_before(page, index)
    if not _is_report(page, index, cue, (subject, before), found):
        return None
    return Frame(index, cue, subject or before, apposition, found)


def _source_behind(page: Page, at: int, limit: int) -> Phrase | None:
    """The source that an agency passes on: قالت الوكالة نقلا عن ضابط."""
    at += page.forms[at : at + 1] == ["،"]
    is_behind = page.forms[at : at + 2] == ["نقلا", "عن"]
    if not is_behind or page.forms[at + 2] in _RECORDS:
        return None
    return phrase_at(page, at + 2, limit)


def _is_report(
    page: Page,
    index: int,
    cue: Cue,
    subjects: tuple[Phrase | None, Phrase | None],
    found: Introduction | None,
) -> bool:
    """Whether a verb tells of somebody's words here, by the letters of its frames."""
    after, before = subjects
    if any(
        each and page.forms[each.first] in words_of.NO_SPEAKERS for each in subjects
    ):
        return False
    at_once = found is not None and found.start <= index + 2
    if "B" in cue.frames and not (at_once or _begins_that(page, index, after, found)):
        return False
    if "M" in cue.frames and not after:
        return False
    if cue.is_finite and not (after or before):
        is_he = cue.form is Form.PRESENT and not cue.feminine
        impersonal = "I" in cue.frames and is_he and at_once
        begins = page.begins_clause(index) or _in_writing(page, index)
        begins = begins or (at_once and _after_adjunct(page, index))
        return begins and not impersonal
    return True


def _begins_that(
    page: Page, index: int, subject: Phrase | None, found: Introduction | None
) -> bool:
    """Whether أن comes right after the subject of a verb that begins a clause."""
    if subject is None or found is None or not page.begins_clause(index):
        return False
    is_next = page.forms[subject.end] in _MAY_COME_BETWEEN
    is_next = is_next or found.start == subject.end + 1
    return is_next and found.shape is Shape.CLAUSE


_MAY_COME_BETWEEN = COMMAS | words_of.TIMES


def _in_writing(page: Page, index: int) -> bool:
    """Whether it hangs on a writing or a meeting: في بيان قال فيه إن."""
    after = page.forms[index + 1 : index + 2]
    return after in (["فيه"], ["فيها"], ["خلاله"], ["خلالها"])


def _after_adjunct(page: Page, index: int) -> bool:
    """Whether the sentence begins with "about …", "in …", "after …" and then a verb."""
    first = page.forms[page.sentence_at(index).start]
    return first.removeprefix("و") in words_of.ENDS


def _subject_after(page: Page, index: int, cue: Cue, limit: int) -> Phrase | None:
    if not cue.is_finite or cue.number is not Number.ONE:
        return None  # قالوا and قالا have their subject before them
    if "M" in cue.frames:
        is_in = page.forms[index + 1 : index + 2] == ["في"]
        return phrase_at(page, index + 2, limit) if is_in else None
    at = _past_addressee(page, index + 1, limit)
    until = _until(cue.frames, "ب" in cue.prepositions)
    found = phrase_at(page, at, limit, until=until)
    if found and found.end >= limit and (each := page.quotation_over(limit - 1)):
        found = phrase_at(page, at, each.opener)
    if found and "D" in cue.frames:
        is_called = _is_called_on(page, found, cue)
        if is_called or _is_called_on_too(page, index, found, cue):
            return None
    return found


_TO_THEM = frozenset(["لنا", "له", "لها", "لهم"])
_LONGEST_ADDRESSEE = 6


def _past_addressee(page: Page, at: int, limit: int) -> int:
    """The place after whom it was said to, if who speaks may follow.

    That is لنا, a name in marks (لـ“الميدان”), or an outlet before a title.
    """
    form = page.forms[at] if at < limit else ""
    is_ours = form in words_of.TO_OUTLETS and form.endswith("نا")
    if form in _TO_THEM or is_ours:
        return at + 1
    if form == "ل" and (end := page.past_marks(at + 1)) > at + 1:
        return end
    if form in words_of.TO_OUTLETS:
        for index in range(at + 1, min(limit, at + _LONGEST_ADDRESSEE)):
            if page.forms[index] in _MAY_SPEAK:
                return index
            if page.forms[index] in words_of.ENDS or page.at_edge(index):
                break
    return at


_MAY_SPEAK = words_of.PERSONS | words_of.UNNAMED


@cache
def _until(frames: str, takes_bound: bool) -> Callable[[str], bool] | None:  # noqa: FBT001  # cached by place
    """What ends the subject of a verb, by what it takes besides."""
    tests: list[Callable[[str], bool]] = []
    if "N" in frames:
        tests.append(words_of.is_event)
    if "D" in frames or "O" in frames:
        tests.append(words_of.is_other)
    if "T" in frames:
        tests.append(words_of.ADDRESSED.__contains__)
    if takes_bound:
        tests.append(lambda form: form[:1] == "ب" and is_bound(form))
    if not tests:
        return None
    return lru_cache(words_of.REMEMBERED)(
        lambda form: any(test(form) for test in tests)
    )


def _is_called_on(page: Page, found: Phrase, cue: Cue) -> bool:
    """Whether it is the people called on: ودعا الدول إلى, but not دعت الدول إلى."""
    form = page.forms[found.first]
    asked = "N" in cue.frames and form in words_of.UNNAMED  # ناشد السكان بالرحيل
    if (form not in words_of.ADDRESSEES and not asked) or form in ("مجلس", "اتحاد"):
        return False
    follows_at_once = is_preposition(page, cue, found.end)
    is_feminine = form.endswith(("ه", "ات")) or form in _FEMININE
    is_feminine = is_feminine or not (form.startswith("ال") or form in _QUANTITIES)
    return is_feminine != cue.feminine or (follows_at_once and not cue.feminine)


def _is_called_on_too(page: Page, index: int, found: Phrase, cue: Cue) -> bool:
    """Whether who spoke before a comma calls on a body: وأدان الهجوم، وطالب المجلس بعقد."""
    start = page.sentence_at(index).start
    if not (cue.joined and page.forms[index - 1] in COMMAS):
        return False
    if page.forms[found.first] in words_of.PERSONS | words_of.UNNAMED:
        return False
    before = (page.forms[place] for place in page.events_in(start, index))
    spoken = [CUES[form] for form in before if form in CUES]
    is_same = bool(spoken) and spoken[-1].feminine == cue.feminine
    return is_same and is_preposition(page, cue, found.end, after_noun=True)


_QUANTITIES = frozenset(
    ["جميع", "كل", "بعض"]
)  # other words without article are countries
_FEMININE = frozenset(["الدول", "دول", "الاطراف", "اطراف", "الامم", "القوي", "قوات"])


def _subject_before(page: Page, index: int) -> Phrase | None:
    """The subject of a verb that follows it: وزير الخارجية قال إن."""
    start, form = page.sentence_at(index).start, page.forms[index]
    if form[0] == "ف" and page.forms[start] in _AS_FOR:
        return _topic(page, start + 1, index)
    if CUES[form].joined or index == start:
        return None
    return _subject_between(page, start, index)


def _subject_between(page: Page, start: int, index: int) -> Phrase | None:
    """The subject of a verb between the beginning of its sentence and the verb."""
    forms = page.forms
    if forms[index - 1] in words_of.RELATIVES and index > start + 1:
        return phrase_before(page, index - 1 - (forms[index - 2] in COMMAS))
    has_subject = forms[start] not in words_of.ENDS or forms[start].endswith("نشر")
    is_issued = has_subject and _in_writing(page, index)
    if forms[start] in _AUXILIARIES or is_issued:
        return phrase_at(page, start + 1, index)
    end = index - (forms[index - 1] in _BEFORE_VERB)
    if forms[end - 1] in COMMAS:
        return _subject_apart(page, start, end - 1)
    first = end
    while first > max(start, end - _LONGEST_BEFORE) and forms[first - 1] not in _BOUNDS:
        first -= 1
        if page.is_that(first):  # مع العلم أن الوزارة أعلنت
            first += 1
            break
    while first < end and forms[first] in _BEFORE_SUBJECT:
        first += 1
    found = phrase_at(page, first, end)
    if found is None or any(form.isalnum() for form in forms[found.end : end]):
        return None
    head = forms[first]
    is_noun = head in words_of.HEADS or (head.startswith("ال") and len(head) > 4)  # noqa: PLR2004  # not التي
    return found if is_noun or found.name == first else None


def _topic(page: Page, first: int, index: int) -> Phrase | None:
    """The subject of فقال after أما, whatever is told of it between commas."""
    if page.words.form(index + 1) in _ABOUT:
        return None  # أما السعر فقال عنه
    found = phrase_at(page, first, index)
    if found is None or found.end == index:
        return found
    is_apart = page.forms[found.end] in COMMAS and page.forms[index - 1] in COMMAS
    return found if is_apart else None


def _subject_of_past(page: Page, index: int) -> Phrase | None:
    """The subject of a verb with كان before it: وكان الوزير قد طالب, وكان الوزير طالب."""
    start = page.sentence_at(index).start
    if page.forms[start] not in _AUXILIARIES or index == start:
        return None
    found = phrase_at(page, start + 1, index)
    between = page.forms[found.end : index] if found else ["", ""]
    return found if between in ([], ["قد"]) else None


def _subject_apart(page: Page, first: int, comma: int) -> Phrase | None:
    """The office that a sentence begins with, a comma before its verb: الوزارة، قالت.

    Or one after a few words with أن: يذكر أن الوزارة، قالت.
    """
    near = range(min(first + _NEAR_THAT, comma), first, -1)
    first = next((at for at in near if page.is_that(at - 1)), first)
    found = phrase_at(page, first, comma)
    if found is None:
        return None
    apposition = apposition_at(page, found.end, comma)
    is_named = found.name == first and apposition is not None
    if not (is_named or page.forms[first] in words_of.HEADS):
        return None
    end = apposition.end if apposition else found.end
    return found if end == comma else None


_BOUNDS = frozenset([*COMMAS, ":", "-", "–", "("])
_AS_FOR = frozenset(["اما", "واما"])
_ABOUT = frozenset(["عنه", "عنها", "عنهم", "فيه", "فيها"])
_RECORDS = words_of.FIGURES | {"تقارير"}
_AUXILIARIES = frozenset(["وكان", "وكانت", "كان", "كانت"])
_BEFORE_VERB = frozenset(["قد", "كان", "كانت"])
_BEFORE_SUBJECT = words_of.BEFORE_SOURCE | {"لكن", "فيما", "بينما"}


def _told_by(page: Page, index: int, cue: Cue, limit: int) -> Frame | None:
    """نقلت الوكالة أن: it names no source but itself."""
    subject = phrase_at(page, index + 1, limit)
    if subject is None:
        return None
    apposition = apposition_at(page, subject.end, limit)
    at = apposition.end if apposition else subject.end
    found = introduction(page, CUES["قوله"], at, limit)
    is_next = found is not None and found.start == at + 1
    return Frame(index, cue, subject, apposition, found) if is_next else None


def _passed_on(page: Page, index: int, cue: Cue, limit: int) -> Frame | None:
    """نقلت وكالة عن مصدر قوله إن: the words are those of the source."""
    for place in range(index + 1, limit):
        if page.is_that(place):
            return _told_by(page, index, cue, limit)
        if page.forms[place] not in cue.prepositions:
            continue
        source = phrase_at(page, place + 1, limit)
        if source is None:
            return None
        apposition = apposition_at(page, source.end, limit)
        at = apposition.end if apposition else source.end
        found = introduction(page, CUES["قوله"], at, limit)
        return Frame(index, cue, source, apposition, found)
    return None
