"""Quotes told by their place in the text: headlines, lines and sentences that go on."""

from claims.extraction.arabic import vocabulary as words_of
from claims.extraction.arabic.appositions import apposition_at
from claims.extraction.arabic.drafts import Draft, kind_of_clause
from claims.extraction.arabic.endings import OPENING, Endings
from claims.extraction.arabic.page import COMMAS, Page
from claims.extraction.arabic.phrase import Phrase
from claims.extraction.arabic.speakers import NAME_LENGTH, phrase_at
from claims.extraction.arabic.vocabulary import CUES
from claims.extraction.proposals import QuoteKind

_BEFORE_HEAD = COMMAS | {"|"}
_DASHES = frozenset("-–—")
_BULLETS = frozenset("-–—•*◾")
_LONGEST_HEAD = 16
"""How far into a headline the colon may stand."""


def headline(page: Page, sentence: range) -> Draft | None:
    """قسد: احتجاز …, in a line of its own without a stop."""
    start, end = sentence.start, sentence.stop
    after_pause = page.forms[max(start - 2, 0) : start] == [".", "."]
    if not (page.starts_paragraph(start) or after_pause) or not _is_line(page, end):
        return None
    near = page.forms[start : min(start + _LONGEST_HEAD, end - 2)]
    if ":" not in near:
        return None
    colon = start + near.index(":")
    speaker = _head(page, start, colon)
    if speaker is None:
        return None
    each = page.opening.get(colon + 1)
    is_direct = each and each.closer and page.at_edge(each.closer + 1)
    return Draft(
        "ar.marked.headline" if is_direct else "ar.headline",
        range(colon + 1, end),
        end,
        QuoteKind.DIRECT if is_direct else QuoteKind.INDIRECT,
        cue=range(colon, colon + 1),
        speaker=speaker,
    )


def _is_line(page: Page, end: int) -> bool:
    return end == page.paragraph_end(end)


def _head(page: Page, start: int, colon: int) -> Phrase | None:
    """Who speaks in a headline, perhaps after "in a press conference,"."""
    for index in range(start, colon):
        if page.forms[index] in _BEFORE_HEAD or _is_kicker(page, index):
            start = index + 1
    start += start < colon and page.forms[start] in _BULLETS
    forms = page.forms[start:colon]
    if (
        not forms
        or forms[0] == "("
        or any(form in CUES for form in forms)
        or _is_label(forms)
    ):
        return None
    found = phrase_at(page, start, colon)
    if found is None or not (_is_whole(page, found, colon) and _is_known(page, found)):
        return None
    return found


def _is_kicker(page: Page, dash: int) -> bool:
    """Whether a dash and then a title follow: كأس الخليج - مدرب عمان.

    Correspondents stand there after the place they write from.
    """
    after = page.forms[dash + 1]
    is_title = after in words_of.PERSONS and after not in words_of.OUTLETS
    return page.forms[dash] in _DASHES and is_title


def _is_label(forms: list[str]) -> bool:
    """Whether they tell what follows, not who: مصدر الخبر, but not مصدر عسكري."""
    head, after = [*forms, ""][:2]
    is_person = head in words_of.UNNAMED and after and not after.startswith("ال")
    if len(forms) == 1 and head in words_of.BY_LINES:
        return True
    return head.isdigit() or (head in words_of.NOT_HEADLINES and not is_person)


def _is_whole(page: Page, found: Phrase, colon: int) -> bool:
    """Whether only a place or whom it was said to may follow: مصادر لرويترز."""
    if found.end == colon:
        return True
    after = page.forms[found.end]
    return after in words_of.ENDS or after[0] == "ل"


def _is_known(page: Page, found: Phrase) -> bool:
    """Whether it is an office, one word, or named in what follows; not كأس العالم."""
    names = found.forms(page)
    if len(names) == 1 or names[0] in words_of.HEADS:
        return True
    return page.speakers.issuperset(names)


def continuation(page: Page, start: int, endings: Endings) -> Draft | None:
    """وأن … at the beginning of a sentence goes on with the clause before."""
    if page.forms[start] not in words_of.FURTHER:
        return None
    after = page.forms[start + 1 : start + 2]
    if not after or after[0] in words_of.NOT_FURTHER:
        return None
    end = endings.of_clause(start + 1)
    kind = kind_of_clause(page, start, end)
    return Draft("ar.continuation", range(start + 1, end), end, kind)


def verbatim_line(page: Page, last: Draft | None, start: int) -> Draft | None:
    """A line in the first person right after a quotation is still the speaker's."""
    if last is None or last.kind is not QuoteKind.DIRECT:
        return None
    between = page.forms[last.inner.stop : min(start, last.inner.stop + OPENING)]
    if not page.starts_paragraph(start) or any(map(str.isalnum, between)):
        return None
    end = page.paragraph_end(start)
    if next(page.events_in(start, min(end, start + OPENING)), None) is not None:
        return None
    persons = sum(map(_is_first_person, page.forms[start:end]))
    if persons < 2:  # noqa: PLR2004  # one may be anybody's
        return None
    return Draft("ar.unmarked", range(start, end), end)


def _is_first_person(form: str) -> bool:
    """Whether a word ends in "our" or "we"; هنا and معلنا do not."""
    return len(form) > 4 and form.endswith("نا") and form[0] != "م"  # noqa: PLR2004  # بنا is no verb


def actor(page: Page, sentence: range, start: int) -> Draft | None:
    """Who a sentence is about: ألقى وزير الخارجية كلمة."""
    return _by_office(page, sentence, start) or _by_name(page, sentence, start + 1)


def _by_name(page: Page, sentence: range, place: int) -> Draft | None:
    """Somebody with a title in apposition: اختار سامر حسن، مدرب الفريق، اللاعبين."""
    near = page.forms[place : min(place + NAME_LENGTH, sentence.stop)]
    if COMMAS.isdisjoint(near):
        return None
    found = phrase_at(page, place, sentence.stop)
    if found is None or found.name != place or page.words.form(found.end) not in COMMAS:
        return None
    title = apposition_at(page, found.end, sentence.stop)
    if title is None or page.forms[title.first] not in words_of.PERSONS:
        return None
    return Draft("", range(0), 0, speaker=found, apposition=title)


def _is_no_office(form: str) -> bool:
    """Whether a word after an office is what it did, or to whom."""
    return words_of.is_other(form) or words_of.is_event(form)


def _tells_more(page: Page, sentence: range) -> bool:
    """Whether who acts goes on to speak: أورد المرصد الأرقام، وقال إنها كبيرة."""
    return any(
        page.forms[place - 1] in COMMAS
        and (cue := CUES.get(page.forms[place])) is not None
        and cue.is_finite
        and cue.joined
        for place in page.events_in(sentence.start + 2, sentence.stop)
    )


def _past_linkers(page: Page, sentence: range, start: int) -> int:
    """Past ومن جانبها،."""
    for place in range(start, min(start + NAME_LENGTH, sentence.stop - 1)):
        if page.forms[place] in COMMAS:
            return place + 1
        if page.forms[place] not in words_of.LINKERS:
            break
    return start


def _by_office(page: Page, sentence: range, start: int) -> Draft | None:
    start = _past_linkers(page, sentence, start)
    if page.words.form(start + 1) in words_of.OFFICES and _tells_more(page, sentence):
        office = phrase_at(page, start + 1, sentence.stop, until=_is_no_office)
        return Draft("", range(0), 0, speaker=office)
    for place in (start, start + 1):
        head = page.forms[place] if place < sentence.stop else ""
        if head.startswith("ال") and head in words_of.KIN:
            return Draft("", range(0), 0, speaker=Phrase(place, place + 1))
        if head in words_of.ROLES or head in words_of.RANKS:
            speaker = phrase_at(page, place, sentence.stop, until=words_of.is_other)
            return Draft("", range(0), 0, speaker=speaker)
        if not head.isalpha() or head in CUES:
            return None
    return None
