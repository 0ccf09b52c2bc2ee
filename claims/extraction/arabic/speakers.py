"""Where the noun phrase that names a speaker ends.

A phrase is a title with its complements and a name (وزير الخارجية السعودي إبراهيم
العساف), a name, an office or an unnamed source. An apposition after a name is a phrase
of its own (كاغينز، المتحدث باسم التحالف), and so is a name set apart after a title.
"""

from collections.abc import Callable

from claims.extraction.arabic import vocabulary as words_of
from claims.extraction.arabic.page import COMMAS, Page
from claims.extraction.arabic.phrase import Phrase, joined_to_lam, without

LONGEST = 20
"""How many words a phrase may have."""
NAME_LENGTH = 4
"""How many words a name in quotation marks or in apposition may have."""
_SPELLED = 3
"""How many letters the name of a foreign letter may have."""

_NAMES_IN_LAM = ("لا", "لي", "لو", "لل")
"""How names that begin with lam mostly begin (لافروف), and the article after "to"."""


def phrase_at(
    page: Page,
    first: int,
    limit: int,
    *,
    clitic: int = 0,
    until: Callable[[str], bool] | None = None,
) -> Phrase | None:
    """The phrase that begins at a word, after its clitic; ``None`` if none can.

    It also ends before a word that ``until`` is true of, unless that depends on the
    word before it: أعلنت الوزارة وفاة, but وزير إعادة الإعمار.
    """
    walk = _Walk(page, first, min(limit, first + LONGEST), until)
    return walk.phrase(clitic)


class _Walk:
    """A walk over the words of a phrase, one step for each word or quoted name."""

    def __init__(
        self,
        page: Page,
        first: int,
        limit: int,
        until: Callable[[str], bool] | None,
    ) -> None:
        self.page = page
        self.forms = page.forms
        self.first = first
        self.limit = limit
        self.until = until
        self.has_title = False
        self.name: int | None = None

    def phrase(self, clitic: int) -> Phrase | None:
        if self.first >= self.limit or not (clitic or self._may_begin()):
            return None
        form = self.forms[self.first]
        head = without(form, clitic) if clitic else form
        self.has_title = head in words_of.ROLES
        is_small = head in words_of.ENDS or head in words_of.THIS
        is_other = is_small or self._is_common(head)
        is_rank = head in words_of.RANKS and head not in words_of.OFFICES
        if is_rank or not is_other:
            self.name = self.first
        end = self._after(self.first)
        if not self.forms[self.first].isalnum():
            return Phrase(self.first, end, clitic, self.name)
        if self.forms[self.first] in words_of.THIS and end < self.limit:
            end = self._after(end)
        while end < self.limit and self._goes_on(end):
            if self.name is None:
                self._note_name(end)
            end = end + 1 if self.forms[end].isalnum() else self._after(end)
        return Phrase(self.first, end, clitic, self.name)

    def _may_begin(self) -> bool:
        form = self.forms[self.first]
        if not form.isalnum():
            return self._is_quoted_name(self.first) or self._is_bracketed_name()
        if form in words_of.THIS:
            after = self.page.words.form(self.first + 1)
            return after.startswith("ال") and after not in words_of.ENDS
        if form in words_of.ENDS and self._is_feminine(self.first):
            return True
        if form in _NOT_FIRST and not self._is_first_name(self.first):
            return False
        if form.startswith("بال") and len(form) > 5:  # noqa: PLR2004  # not بالي
            return False
        is_object = words_of.is_event(form) or self.page.counts_harm(self.first)
        return not (self.until and is_object)

    def _goes_on(self, index: int) -> bool:
        form = self.forms[index]
        if not form.isalnum():
            return self._goes_over_mark(index)
        if form in words_of.ENDS:
            return self._is_tied(index) or self._is_first_name(index)
        may_be_told = form[0] == "ل" or form in words_of.AGENCIES
        is_general = form == "عام" and self.forms[index - 1] in _GENERAL
        is_other = form in _NOT_IN_NAME and not (
            is_general or self._is_first_name(index)
        )
        if is_other or (may_be_told and self._names_addressee(index)):
            return False
        if self._belongs_to_other(index) or self._is_other_noun(index):
            return False
        return self.until is None or not self._begins_object(index, self.until)

    def _belongs_to_other(self, index: int) -> bool:
        """Whether it is a title in apposition (كاغينز المتحدث), or of another gender."""
        if self.name is not None and self._is_title_of(index):
            return True
        return index == self.first + 1 and self._is_of_other_gender(index)

    def _is_first_name(self, index: int) -> bool:
        """Whether a form of a verb is a name: رئيس الوزراء بشر الجمل, قالت أمل عثمان."""
        if self.forms[index] not in words_of.NAMES_TOO:
            return False
        before, after = self.page.words.form(index - 1), self.page.words.form(index + 1)
        if after.startswith(_AFTER_GIVEN):
            return self.has_title or (index == self.first and before in words_of.CUES)
        is_led = before in words_of.RANKS or (
            index == self.first and before in words_of.CUES and before.endswith("ت")
        )
        return is_led and after.isalpha() and after not in words_of.ENDS

    def _is_of_other_gender(self, index: int) -> bool:
        """Whether a feminine word with the article cannot tell of a man: الوزير المعارضة."""
        head, form = self.forms[self.first], self.forms[index]
        is_man = head.startswith("ال") and head in words_of.ROLES and head[-1] != "ه"
        return is_man and form.startswith("ال") and form.endswith("ه")

    def _is_title_of(self, index: int) -> bool:
        """Whether the office of the one named begins, after two names also مسؤول."""
        form, n_names = self.forms[index], index - (self.name or self.first)
        is_office = form in words_of.ROLES and n_names > 0
        return is_office or (form in words_of.UNNAMED and n_names > 1)

    def _after(self, index: int) -> int:
        """The place after a word, a quoted name or a short bracket."""
        return max(self.page.past_marks(index), index + 1)

    def _goes_over_mark(self, index: int) -> bool:
        """Over an initial's point, a hyphen, a quoted name, a bracketed short name."""
        form, touches = self.forms[index], self.page.words.touches_next
        if form == ".":
            return touches(index - 1) and self._is_short_for(index)
        is_within = form in "-/'’" and touches(index - 1) and touches(index)
        if form == "/":
            return is_within or self._is_short_title(index - 1)
        if form in _DASHES:
            return is_within or self._adds_branch(index)
        if form == "(":
            return self._goes_on_after_bracket(index)
        return is_within or self._is_quoted_name(index)

    def _is_short_for(self, point: int) -> bool:
        """Whether a point follows an initial, or stands within letters: بي.بي.سي."""
        before, after = map(self.page.words.form, (point - 1, point + 1))
        is_within = self.page.words.touches_next(point) and after.isalpha()
        return len(before) == 1 or (is_within and len(before) <= _SPELLED >= len(after))

    def _is_short_title(self, index: int) -> bool:
        """Whether a stroke may come before the name: السيد/ سامر حسن, د/ هدى سليم."""
        form = self.forms[index]
        return len(form) == 1 or form in words_of.PERSONS

    def _adds_branch(self, index: int) -> bool:
        """Whether a place follows an office: جامعة النور - صور; no name between two."""
        place, after = map(self.page.words.form, (index + 1, index + 2))
        if self.forms[self.first] not in words_of.OFFICES or index + 1 >= self.limit:
            return False
        is_other = self._is_common(place) or place in _NOT_FIRST
        is_object = self.until is not None and self.until(place)
        return not (is_other or is_object or after in _DASHES)

    def _goes_on_after_bracket(self, index: int) -> bool:
        after = self.page.past_bracket(index)
        if index < after <= self.limit and self.forms[index - 1] in _WANT_NAME:
            return True  # حركة (فجر)
        return (
            index < after < self.limit
            and self.forms[after].isalpha()
            and self._goes_on(after)
            and not self.forms[after].startswith("ل")
        )

    def _is_quoted_name(self, index: int) -> bool:
        head, before = self.forms[self.first], self.forms[index - 1]
        if index > self.first and head in words_of.UNNAMED and before not in _OF_NAMES:
            return False  # نفى مصدر أمني «جملة وتفصيلا»
        each = self.page.opening.get(index)
        return (
            each is not None
            and each.closer is not None
            and each.closer < self.limit
            and 0 < self.page.n_words(each.inner) <= NAME_LENGTH
        )

    def _is_bracketed_name(self) -> bool:
        """Whether it stands in brackets alone: ذكرت (سانا), not قال (ضاحكاً)."""
        after, end = self.first + 1, self.page.past_bracket(self.first)
        if not after < end <= self.limit or end - after > NAME_LENGTH + 1:
            return False
        form = self.forms[after]
        is_small = form in _NOT_FIRST or form.startswith("بال")
        return form.isalpha() and not (is_small or self.page.is_accusative(after))

    def _is_tied(self, index: int) -> bool:
        """Whether a preposition belongs to the phrase: مصدر أمني في المديرية."""
        form, before = self.forms[index], self.forms[index - 1]
        if form == "علي" and self.page.last_letter(index) == "ي":
            return True  # the name علي, not the preposition على
        if form not in words_of.TIES or index + 1 >= self.limit:
            return False
        after = self.forms[index + 1]
        if form != "في":
            head = self.forms[self.first] if form in ("لدي", "عن") else before
            return before in words_of.TIES[form] or head in words_of.TIES[form]
        is_occasion = after in words_of.OCCASIONS and after != "الشان"
        if is_occasion or after in words_of.TIMES:
            return False
        if after in words_of.OFFICES:
            return self.name is None
        heads = {before.removeprefix("وال"), *self._heads()}
        return not heads.isdisjoint(words_of.TIES[form]) or self._is_branch(index)

    def _heads(self) -> tuple[str, str]:
        """The first word, with the article and without."""
        first = self.forms[self.first]
        return first, first.removeprefix("ال")

    def _is_branch(self, index: int) -> bool:
        """Whether في tells which office it is: وزارة الصحة في غزة; not قال الوزير في غزة."""
        place = self.forms[index + 1]
        is_office = self.forms[self.first] in _BRANCHES and index > self.first + 1
        is_of_theirs = place.endswith(("ها", "هم", "ته"))
        is_place = self.page.words.form(index + 2) not in words_of.TIMES
        is_other = is_of_theirs or place in words_of.ENDS or place in words_of.SAME
        return is_office and self.name is None and is_place and not is_other

    def _note_name(self, index: int) -> None:
        """Note where the name of a person begins."""
        form = self.forms[index]
        if form in words_of.ENDS:
            return
        is_quoted = self.has_title and index in self.page.opening
        may_be = form in words_of.RANKS or is_quoted
        is_name = may_be and not self._is_bound(index)
        if is_name or (self.has_title and self._is_name_after_title(index)):
            self.name = index

    def _is_bound(self, index: int) -> bool:
        """Whether a word depends on the noun before it: رئيس الفريق, باسم “الفجر”."""
        before = self.forms[index - 1]
        is_head = before in words_of.HEADS and not before.startswith("ال")
        return is_head or before == "باسم"

    def _is_common(self, form: str) -> bool:
        is_noun = form in _COMMON
        return is_noun or form.startswith("ال") or not form.isalpha()

    def _is_definite(self, form: str) -> bool:
        return form.startswith(("ال", "لل")) or (len(form) > 4 and form.endswith("ها"))  # noqa: PLR2004  # حكومتها, not مها

    def _has_clitic(self, form: str) -> bool:
        if form[0] == "ل":
            return not form.startswith(_NAMES_IN_LAM) or form.startswith("لل")
        if form[0] == "و":
            return form not in words_of.FIRST_NAMES
        return form.startswith(("بال", "باسم")) or form in words_of.AT_OFFICES

    def _is_name_after_title(self, index: int) -> bool:
        form = self.forms[index]
        return (
            self._is_definite(self.forms[index - 1])
            and not self._is_common(form)
            and form not in words_of.TO_OFFICES
            and not (self._has_clitic(form) or self._is_place(index))
        )

    def _is_place(self, index: int) -> bool:
        """Whether it says where, before the name: مدير المرصد بحلب، سامر حسن."""
        mark, after = map(self.page.words.form, (index + 1, index + 2))
        is_name = not (self._is_common(after) or after in _NOT_FIRST)
        return self.forms[index][0] == "ب" and mark in COMMAS and is_name

    def _is_other_noun(self, index: int) -> bool:
        """Whether a word is none of a name by its ending: بياناً, قوته, نقلته."""
        form = self.forms[index]
        if form[-1] not in "اهم":
            return False
        if form[:-1] in words_of.MEDIA or self.page.is_accusative(index):
            return True
        if form.removesuffix("ه") in words_of.CUES and form[-1] == "ه":
            return self.page.last_letter(index) != "ة"
        if form.endswith("ها") and form.removesuffix("ها") in words_of.CUES:
            return True  # مصادر وصفها بالمطلعة
        if not form.endswith(("ته", "تها", "تهم")) or form in words_of.SAME:
            return False
        return self.page.last_letter(index) != "ة" and not self._is_bound(index)

    def _is_feminine(self, index: int) -> bool:
        """Whether a word is a noun and not one with "it": نشرة, not نشره."""
        return self.forms[index][-1] == "ه" and self.page.last_letter(index) == "ة"

    def _names_addressee(self, index: int) -> bool:
        """Whether a word in ل says whom it was said to: قال كريم لرويترز.

        An agency is told without ل too, where it is none of the words before.
        """
        form = self.forms[index]
        if form in words_of.AGENCIES:
            before = self.forms[index - 1]
            is_named = self.name is not None and self.name < index - 1
            return is_named or before.startswith("ال") or before.endswith(("ون", "ين"))
        if form == "ل":
            form = joined_to_lam(self.page.words.form(index + 1))
            is_told = form in words_of.TO_OUTLETS or form not in words_of.TO_OFFICES
            return is_told and not self._names_whole(index)
        if form in words_of.TO_OUTLETS:
            return True
        if form in words_of.TO_OFFICES:
            return False
        if len(form) == 1 or form[1] < "ء":
            return True
        is_name = form.startswith(_NAMES_IN_LAM)
        return self.name is not None and self.name < index and not is_name

    def _names_whole(self, index: int) -> bool:
        """Whether marks after "of" tell whose office it is: المكتب الإعلامي لـ“درع”."""
        before, each = self.forms[index - 1], self.page.opening.get(index + 1)
        if each is None or not self._is_quoted_name(index + 1):
            return False
        if before in _OF:
            return True
        named = self.forms[each.inner.start]
        is_acronym = len(each.inner) == 1 and not named.startswith("ال")
        is_office = words_of.is_nisba(before) or before in words_of.ADJECTIVES
        return is_acronym and is_office and named not in words_of.OUTLETS

    def _begins_object(self, index: int, until: Callable[[str], bool]) -> bool:
        """Whether a noun is something else; after a name also one with the article."""
        form, before = self.forms[index], self.forms[index - 1]
        if self.page.counts_harm(index):
            return True
        is_whole = self.name is not None or before.startswith("ال")
        is_whole = is_whole or before == "مصدر"
        if not (until(form) or (is_whole and until(form.removeprefix("ال")))):
            return False
        if is_whole or form[0] == "ب":
            return True
        is_other = form in words_of.BODIES or words_of.is_event(form)
        is_for = before[0] == "ل" and not before.startswith("لل")  # لشؤون اللاجئين
        return is_other and not (is_for or before in _GOVERNING)


_BRANCHES = words_of.BODY | frozenset(
    form for form in words_of.ROLES if not form.startswith("ال")
)
_OF = frozenset(["التابع", "التابعه", "التابعين", "الموالي", "المواليه"])
_DASHES = frozenset("-–—")
_COMMON = words_of.HEADS | words_of.TIES["من"] | words_of.FIGURES
_OF_NAMES = words_of.OFFICES | words_of.TIES.keys()
_WANT_NAME = words_of.BODY | words_of.TIES.keys()
_MAY_LEAD = words_of.PERSONS | words_of.KIN
_AFTER_GIVEN = ("ال", "ابو", "عبد")
_GENERAL = frozenset(form for form in words_of.ROLES if not form.startswith("ال"))
_GOVERNING = words_of.GOVERNING | words_of.TO_OFFICES
_NOT_IN_NAME = words_of.CUES.keys() | words_of.TIMES | words_of.AT_OCCASIONS
_NOT_FIRST = _NOT_IN_NAME.union(
    words_of.ENDS, words_of.TO_OUTLETS, words_of.TO_OFFICES, "ل"
)


def phrase_before(page: Page, end: int) -> Phrase | None:
    """The title and name, or the name, that ends before a word."""
    first = end - 1
    is_name = not page.forms[first].startswith("ال")
    for index in range(first - 1, max(end - LONGEST // 2, 0) - 1, -1):
        form = page.forms[index]
        if not form.isalpha() or form in words_of.ENDS or form in words_of.CUES:
            break
        if form in _MAY_LEAD:
            first = index
        elif form[0] == "و" and form[1:] in words_of.ROLES:
            return phrase_at(page, index, end, clitic=1)
        elif form in words_of.OCCASIONS:
            break
        elif is_name and index == end - 2 and not form.startswith("ال"):
            first = index
    found = phrase_at(page, first, end)
    return found if found and found.end == end else None
