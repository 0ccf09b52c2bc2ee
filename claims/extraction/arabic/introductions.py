"""What introduces the words of a speaker, and where they begin.

After the subject of the verb, and whatever comes in between (في بيان, خلال مؤتمر صحفي,
لوكالة …), stands أن, a colon, a quotation mark, a preposition, or nothing but a noun of
what happened.
"""

from enum import Enum, auto
from functools import lru_cache
from typing import NamedTuple

from claims.extraction.arabic import vocabulary as words_of
from claims.extraction.arabic.page import COMMAS, NAME, Page
from claims.extraction.arabic.vocabulary import CUES, Cue
from claims.extraction.marks import Quoted
from sources.text.date_grammar import MONTHS

_LONGEST_NAME = 6
"""A quotation of no more words in the middle of a sentence may be a name."""

_LONGEST_ASIDE = 14
"""How many words may stand between commas after the subject."""

_LONGEST_RELATIVE = 8
"""How many words "who lives in …" may have where no comma ends it."""

_FARTHEST_CALL = 20
"""How many words may stand before what somebody is called on to do."""


class Shape(Enum):
    """What introduces the words."""

    CLAUSE = auto()
    COLON = auto()
    MARK = auto()
    NOMINAL = auto()
    DIRECTIVE = auto()


class Introduction(NamedTuple):
    """Where the words begin; ``clitic`` letters of the first are not said (بمقتل)."""

    shape: Shape
    start: int
    clitic: int = 0
    quotation: Quoted | None = None


def introduction(page: Page, cue: Cue, at: int, limit: int) -> Introduction | None:
    """What introduces the words, looked for from the end of the subject on."""
    forms, opening = page.forms, page.opening
    takes_noun = "N" in cue.frames or cue.prepositions
    if at + 1 < limit and forms[at] in COMMAS:
        at = _past_aside(page, cue, at, limit)
    index = at
    in_relative = False
    while index < limit:
        form, each, found = forms[index], opening.get(index), None
        if (each or form in _BEGIN_CLAUSE) and "S" in cue.frames:
            found = _begins_clause(page, cue, index, at)
        if takes_noun and not found:
            found = _begins_noun(page, cue, index, at)
        if found and not (in_relative and _needs_subject(page, index, at, found)):
            return found
        if form in words_of.TURNS or (form in CUES and _ends_search(page, index)):
            return None
        in_relative = in_relative or form in words_of.RELATIVES
        is_word = form.isalnum()
        index = index + 1 if is_word else max(page.past_marks(index), index + 1)
    return _after_colon_at_end(page, index)


def _past_aside(page: Page, cue: Cue, at: int, limit: int) -> int:
    """The place after "، … ،" if what was said follows: الشركة، المملوكة للدولة، وقف."""
    forms = page.forms
    if words_of.is_event(forms[at + 1]):
        return at
    for index in range(at + 1, min(limit - 1, at + _LONGEST_ASIDE)):
        form, after = forms[index], forms[index + 1]
        if form == ":" or index in page.opening or page.is_that(index):
            return at
        if form in COMMAS:
            is_said = after in cue.prepositions or words_of.is_event(after)
            return index + 1 if is_said or after in words_of.THAT else at
    return at


_BEGIN_CLAUSE = words_of.THAT | {":"}


def _needs_subject(page: Page, index: int, at: int, found: Introduction) -> bool:
    """Whether it would rather belong to a verb of the relative clause before it."""
    if _ends_relative(page, index, at):
        return False
    return found.shape is Shape.NOMINAL or page.forms[index][0] == "ب"


def _ends_relative(page: Page, index: int, at: int) -> bool:
    """Whether a noun stands after "who lives in …": التي تسكن في الحي ارتفاع الماء."""
    forms = page.forms
    return (
        at + 3 < index <= at + _LONGEST_RELATIVE
        and forms[at] in words_of.RELATIVES
        and forms[at + 2] in ("في", "علي", "من")
        and forms[index - 1].startswith("ال")
        and words_of.is_event(forms[index])
    )


def _ends_search(page: Page, index: int) -> bool:
    """Whether a verb gives words of its own; not قائلا, معلقا على, الذي أعلن."""
    cue = CUES[page.forms[index]]
    if not page.asserts(index, cue):
        return False
    if cue.lemma == "say" and not (cue.is_finite and cue.joined):
        return False
    if "A" in cue.frames and not page.begins_clause(index):
        return False
    if not cue.is_finite:
        return cue.lemma not in ("write", "reply")
    return not _hangs_on(page, index)


def _hangs_on(page: Page, index: int) -> bool:
    """Whether a verb tells of who speaks: الذي كان يتحدث, وهو يشير إلى الخريطة."""
    before = page.forms[index - 1]
    if before in _AUXILIARIES:
        before = page.forms[index - 2]
    return before in words_of.RELATIVES or before in _WHILE


_AUXILIARIES = frozenset(["كان", "كانت", "كانوا", "قد"])
_WHILE = frozenset(["وهو", "وهي", "وهم"])


def _begins_clause(page: Page, cue: Cue, index: int, at: int) -> Introduction | None:
    """What أن, a colon or a quotation mark introduces."""
    if page.is_that(index):
        return None if _is_tied_that(page, cue, index, at) else _that(page, index)
    if page.forms[index] == ":":
        return _colon(page, index)
    each = page.opening.get(index)
    if each is None or _is_part_of_subject(page, cue, each, at):
        return None
    return Introduction(Shape.MARK, index + 1, 0, each)


def _begins_noun(page: Page, cue: Cue, index: int, at: int) -> Introduction | None:
    """A noun of what was said, after a preposition or without one."""
    form = page.forms[index]
    if form in cue.prepositions and not _is_elsewhere(page, index):
        return _after_preposition(page, index)
    takes_bound = form[0] == "ب" and "ب" in cue.prepositions
    is_given = takes_bound and is_bound(form) and _gives(page, index, at)
    if is_given and not page.that_follows(index):
        return Introduction(Shape.NOMINAL, index, clitic=1)
    is_object = _is_object(page, cue, index, at) or _ends_relative(page, index, at)
    if "N" in cue.frames and is_object:
        return Introduction(Shape.NOMINAL, index)
    return None


def _is_tied_that(page: Page, cue: Cue, index: int, at: int) -> bool:
    """Whether أن belongs to the word before it: بعد أن, مزاعم بأن."""
    if page.forms[index - 1] in words_of.NOT_THAT:
        return True
    is_near = "ب" in cue.prepositions or page.n_words(range(at, index)) <= 4  # noqa: PLR2004  # عبر الهاتف بأن
    is_free = is_near or not page.forms[index - 1].isalnum()
    return page.forms[index][0] == "ب" and not is_free


def _is_part_of_subject(page: Page, cue: Cue, each: Quoted, at: int) -> bool:
    """Whether a quotation without a colon is a name and the words come after it."""
    if each.closer is None:
        return False
    if page.is_name(each) or (page.n_words(each.inner) <= NAME and each.opener > at):
        return True
    after = each.closer + 1
    if not page.at_edge(after):
        form = page.forms[after]
        goes_on = form in CUES or form in words_of.BEFORE_SOURCE or form[0] == "و"
        return not goes_on and page.n_words(each.inner) <= _LONGEST_NAME
    while after < len(page.forms) and page.forms[after] in COMMAS:
        after += 1
    if after >= len(page.forms):
        return False
    return page.is_that(after) or page.forms[after] in cue.prepositions


def _that(page: Page, index: int) -> Introduction:
    start = index + 1
    while start < len(page.forms) and page.forms[start] in (":", "،"):
        start += 1
    return Introduction(Shape.CLAUSE, start, 0, page.opening.get(start))


def _colon(page: Page, index: int) -> Introduction | None:
    """What a colon introduces; one between digits tells the time."""
    forms = page.forms
    start = index + 1
    if start >= len(forms) or (forms[start].isdigit() and forms[index - 1].isdigit()):
        return None
    if forms[start] == "\n":
        return _after_colon_at_end(page, start)
    each = page.opening.get(start)
    if forms[start] in ("ان", "بان") or (
        page.is_that(start) and start + 1 in page.opening
    ):
        return _that(page, start)
    return Introduction(Shape.MARK if each else Shape.COLON, start, 0, each)


def _after_colon_at_end(page: Page, index: int) -> Introduction | None:
    """The quotation in the next line, where a colon ends this one."""
    if page.forms[index - 1] != ":" or page.forms[index : index + 1] != ["\n"]:
        return None
    while index < len(page.forms) and page.forms[index] == "\n":
        index += 1
    each = page.opening.get(index)
    return Introduction(Shape.MARK, index, 0, each) if each else None


_SHORT_EVENTS = frozenset(["شن", "حل", "رد", "بث", "سن"])


def is_preposition(
    page: Page, cue: Cue, index: int, *, after_noun: bool = False
) -> bool:
    """Whether what is called for comes next; most words in ب do, after a noun."""
    if index >= len(page.forms):
        return False
    form = page.forms[index]
    if form in cue.prepositions or not {"ل", "ب"} & cue.prepositions & {form[0]}:
        return form in cue.prepositions
    if after_noun and page.forms[index - 1] not in words_of.ENDS:
        return len(form) > 3 or form[1:] in _SHORT_EVENTS  # noqa: PLR2004  # not بين
    return is_bound(form)


def _is_elsewhere(page: Page, index: int) -> bool:
    """Whether a preposition gives no words: على هامش, إلى قناة, إلى ذلك."""
    before, _, after, noun = [*page.forms[index - 1 : index + 3], "", ""][:4]
    if before in words_of.BROUGHT:
        return True  # الأضرار الناجمة عن الأمطار
    if after in words_of.THIS:
        return not noun.startswith("ال")
    return not after or after in words_of.OUTLETS or after in words_of.ELSEWHERE


def _after_preposition(page: Page, index: int) -> Introduction | None:
    if page.is_that(index + 1):
        return _that(page, index + 1)
    return Introduction(Shape.NOMINAL, index + 1, 0, page.opening.get(index + 1))


@lru_cache(words_of.REMEMBERED)
def is_bound(form: str) -> bool:
    """Whether ب or ل is written to a noun: بمقتل, بالتدخل."""
    if len(form) < 4 or form[0] not in "بل" or form in words_of.ENDS:  # noqa: PLR2004  # shorter words are no nouns with a clitic
        return False
    if form in words_of.AT_OCCASIONS or form in words_of.TO_OUTLETS:
        return False
    if form in words_of.AT_OFFICES:
        return False
    is_definite = form[1:3] in ("ال", "لا") or form.startswith("لل")
    return is_definite or words_of.is_event(form[1:])


def _gives(page: Page, index: int, at: int) -> bool:
    """Whether a noun in ب is what was said: also أفادت الأنباء من الميناء بغرق."""
    if _is_next(page, index, at):
        return True
    is_near = index <= at + NAME + 1 and page.forms[at] in words_of.ENDS
    return is_near and words_of.is_event(page.forms[index][1:])


def _is_next(page: Page, index: int, at: int) -> bool:
    """Whether nothing but an adverbial may stand between the subject and a word."""
    before = page.forms[index - 1]
    return index == at or not before.isalnum() or before in words_of.TIMES


def _is_object(page: Page, cue: Cue, index: int, at: int) -> bool:
    """Whether a noun of what happened begins here, not within another phrase."""
    form, before = page.forms[index], page.forms[index - 1]
    depends = before in words_of.GOVERNING and not before.startswith("ال")
    if depends or not _is_taken(cue, form):
        return False
    is_told = words_of.is_event(form) or page.counts_harm(index)
    if is_told and _is_next(page, index, at):
        return True
    if form in words_of.TIMES:
        return False
    if index == at + 1 and before in COMMAS and _is_plain_noun(page, index):
        return cue.is_finite  # إصابة مؤكدة، بزيادة
    if index == at and words_of.is_event(form.removeprefix("ال")):
        return True
    is_noun = form.startswith("ال") and form not in words_of.ENDS
    may_follow = words_of.is_event(form) or is_noun
    return may_follow and _ends_adjunct(page, index, at)


def _is_taken(cue: Cue, form: str) -> bool:
    """Whether a verb that takes few nouns takes this one: جدد دعوته, وجه نداء."""
    if "T" in cue.frames:
        return form in words_of.ADDRESSED
    return "R" not in cue.frames or form in words_of.RENEWED


def _is_plain_noun(page: Page, index: int) -> bool:
    """Whether a word is neither a small one nor a verb: أكد المصدر، صدور القرار."""
    form = page.forms[index]
    is_small = form in words_of.ENDS or form in words_of.ASIDES or form in CUES
    if form.startswith(("ال", "وال")):
        return words_of.is_event(form.removeprefix("ال"))
    return form.isalpha() and not (is_small or form.endswith("ا"))


def _ends_adjunct(page: Page, index: int, at: int) -> bool:
    """Whether "in a later statement" or the like ends here: في تصريح لاحق."""
    start = at + (page.forms[at] in COMMAS)
    if start + 2 > index or page.forms[start] not in ("في", "خلال", "عبر"):
        return False
    inner = page.forms[start + 1 : index]
    if inner[-1].endswith("ها") and len(inner) > 1:
        return False  # the subject of "that … broadcast": في كلمة بثها التلفزيون
    return inner[0] in words_of.OCCASIONS and not any(
        form.startswith("ال") or not form.isalpha() or form in words_of.ENDS
        for form in inner
    )


def directive(page: Page, cue: Cue, at: int, limit: int) -> Introduction | None:
    """What somebody is called on to do, beginning with who is called on."""
    at = page.past_relative(at, min(limit, at + _FARTHEST_CALL))
    for place in range(at, min(limit, at + _FARTHEST_CALL)):
        form = page.forms[place]
        cue_here = CUES.get(form)
        if cue_here and ("D" in cue_here.frames or not cue_here.is_finite):
            return None
        if is_preposition(page, cue, place, after_noun=place > at):
            return _called_for(page, at, place, cue)
    if "N" in cue.frames and at < limit and words_of.is_other(page.forms[at]):
        return Introduction(Shape.DIRECTIVE, at)
    return None


_IN_DATES = frozenset(form for form, *second in MONTHS if not second) | {"/"}
_BEFORE_CALLED = words_of.ENDS | words_of.TIMES | COMMAS


def _called_for(page: Page, at: int, place: int, cue: Cue) -> Introduction | None:
    while at < place and _is_before_called(page, at):
        at = _past_adjunct(page, at, place)
    if at < place:
        return Introduction(Shape.DIRECTIVE, at)
    if page.forms[place] in cue.prepositions:
        return Introduction(Shape.DIRECTIVE, place + 1)
    return Introduction(Shape.DIRECTIVE, place, clitic=1)


def _is_before_called(page: Page, at: int) -> bool:
    """Whether a word is one of a day or of an adjunct before those called on."""
    form = page.forms[at]
    in_date = page.forms[at - 1] in _IN_DATES or page.forms[at + 1] in _IN_DATES
    is_day = in_date and (form.isdigit() or form == "/" or (form,) in MONTHS)
    return form in _BEFORE_CALLED or is_day


def _is_called(page: Page, at: int) -> bool:
    """Whether those called on begin here: في الوقت نفسه التحالف الدولي."""
    form = page.forms[at]
    is_body = form in words_of.ADDRESSEES or form in words_of.OFFICES
    return is_body and form.startswith("ال") and page.forms[at - 1] not in words_of.ENDS


def _past_adjunct(page: Page, at: int, place: int) -> int:
    """The place after a comma or a day, or after "in a statement" up to a comma."""
    if page.forms[at] not in words_of.ENDS:
        return at + 1
    while at < place and page.forms[at] not in COMMAS:
        at += 1
        if page.forms[at - 1] in words_of.SAME or _is_called(page, at):
            break
    return at
