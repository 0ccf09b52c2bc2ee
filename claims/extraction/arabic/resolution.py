"""Whose words they are: the fullest name of the same speaker so far."""

from collections import deque
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple, Self

from claims.extraction.arabic import vocabulary as words_of
from claims.extraction.arabic.drafts import Draft
from claims.extraction.arabic.page import COMMAS, Page
from claims.extraction.arabic.phrase import Phrase
from claims.extraction.arabic.speakers import phrase_at, phrase_before
from claims.extraction.arabic.vocabulary import Cue, Number

_REMEMBERED = 25
"""How many speakers are kept in mind at once."""

_SPELLED = 3
"""How many letters the name of a foreign letter may have."""

_NAMES = 3
"""How many words the name of a person mostly has at most."""

_SAME_KIN = {"الام": "ام", "الاب": "اب", "والده": "ام", "والد": "اب", "اسره": "عاءله"}
_MAY_BE_NAMED = words_of.PERSONS | words_of.OFFICES
_MEDIA = {form.removeprefix("ال") for form in words_of.MEDIA}


class _Name(NamedTuple):
    """A phrase as it is compared: its words without article, and which are a name."""

    phrase: Phrase
    head: str
    second: str
    words: frozenset[str]
    personal: frozenset[str]
    is_same: bool

    @classmethod
    def of(cls, page: Page, phrase: Phrase) -> Self:
        forms = phrase.forms(page)
        words = [_bare(form) for form in forms]
        n_title = 0 if phrase.name is None else phrase.name - phrase.first
        personal = words[n_title:] if phrase.name is not None else []
        kept = frozenset(words) - words_of.SAME - words_of.THIS
        head = words[len(words) > 1 and words[0] in words_of.THIS]
        is_same = forms[-1] in words_of.SAME and not forms[-1].startswith("ال")
        is_same = is_same or forms[0] in words_of.SAME_BEFORE
        second = words[1] if len(words) > 1 else ""
        return cls(phrase, head, second, kept, frozenset(personal), is_same)

    def is_short_for(self, other: Self) -> bool:
        """Whether it says no more than the other, and begins as that or as its name."""
        if not self.words <= other.words:
            return False
        if self.head == other.head or self.head in other.personal:
            return True
        if other.head in words_of.LEFT_OUT and self.head == other.second:
            return True
        is_name = self.head not in words_of.HEADS
        return is_name and len(other.words) <= len(self.words) + 1


@dataclass(slots=True, eq=False)
class Speaker:
    """Somebody who spoke, by all phrases that named them.

    ``titles`` are those in apposition, ``called`` is the fullest for what was said last.
    """

    feminine: bool
    many: bool
    names: list[_Name] = field(default_factory=list)
    titles: list[_Name] = field(default_factory=list)
    words: set[str] = field(default_factory=set)
    short_names: set[str] = field(default_factory=set)
    called: Phrase | None = None
    has_spoken: bool = False

    def is_meant_by(self, said: _Name) -> bool:
        """Whether a phrase is short for one of theirs, or the other way round."""
        if said.words <= self.short_names:
            return True
        if said.words.isdisjoint(self.words):
            return False
        return any(
            said.is_short_for(known) or known.is_short_for(said)
            for known in self.all_names
        )

    def named_as(self, office: str) -> list[Phrase]:
        """Their names that begin with an office."""
        known = [name for name in self.names if name.personal]
        return [name.phrase for name in known if name.head == office]

    @property
    def all_names(self) -> list[_Name]:
        """What they were called, in apposition too."""
        return [*self.names, *self.titles]

    def fullest(self, said: _Name) -> Phrase:
        """The longest phrase, or the name in apposition to a title."""
        candidates = self.names
        if self.titles and not any(name.personal for name in self.names):
            is_person = any(name.head in words_of.PERSONS for name in self.names)
            apart = [
                title
                for title in self.titles
                if title.personal and (is_person or said.words <= title.words)
            ]
            candidates = apart or candidates
        return max(candidates, key=lambda name: len(name.words)).phrase


class Cast:
    """The speakers of a text in the order in which they last spoke."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.speakers: deque[Speaker] = deque(maxlen=_REMEMBERED)

    def spoke(self, draft: Draft) -> Phrase | None:
        """The fullest name of who speaks in a draft, and remember that they did."""
        if draft.speaker is None:
            found = self._latest(draft.verb)
            return found.called if found else None
        said = _Name.of(self.page, draft.speaker)
        if author := self._author(said):
            said = author
        self._note_agency(said)
        is_many = draft.verb is not None and draft.verb.number is Number.MANY
        found = (
            self._known(said)
            or self._only_in_office(said)
            or self._new(said, is_many=is_many)
        )
        self._learn(found, draft, said)
        if found in self.speakers:
            self.speakers.remove(found)
        self.speakers.append(found)
        found.called = found.fullest(said)
        found.has_spoken = found.has_spoken or bool(draft.rule)
        return found.called

    def _note_agency(self, said: _Name) -> None:
        """Remember who passed the words on as speaking before: قالت المنظمة نقلا عن."""
        at = said.phrase.first - 2
        if self.page.forms[max(at, 0) : at + 2] == ["نقلا", "عن"] and at:
            agency = phrase_before(self.page, at)
            known = agency and self._known(_Name.of(self.page, agency))
            if known:
                self.speakers.remove(known)
                self.speakers.append(known)

    def _learn(self, found: Speaker, draft: Draft, said: _Name) -> None:
        is_short = said.words <= _MEDIA | words_of.LATTER or said.is_same
        if is_short and found.names:
            return
        is_own = self.page.words.form(said.phrase.first - 1) != "عن"
        if draft.verb and draft.verb.is_finite and is_own:
            found.feminine = draft.verb.feminine
        if not any(said.is_short_for(known) for known in found.all_names):
            found.names.append(said)
        if draft.apposition and len(found.titles) < _REMEMBERED:
            found.titles.append(_Name.of(self.page, draft.apposition))
            found.words |= found.titles[-1].words
        found.words |= said.words
        found.short_names |= self._short_name(said.phrase.end)

    def _short_name(self, end: int) -> set[str]:
        """What stands in brackets after a name: (قسد), (بي بي سي)."""
        if self.page.words.form(end) != "(":
            return set()
        inner = self.page.forms[end + 1 : self.page.past_bracket(end) - 1]
        is_name = len(inner) == 1 or all(len(form) <= _SPELLED for form in inner)
        return set(inner) if is_name else set()

    def _known(self, said: _Name) -> Speaker | None:
        """Whom a phrase may mean: the last who spoke, or else was spoken of.

        A statement means its author, "the same source" is who spoke last.
        """
        spoken_of = None
        for speaker in reversed(self.speakers):
            if speaker.is_meant_by(said):
                if speaker.has_spoken:
                    return speaker
                spoken_of = spoken_of or speaker
        if spoken_of or not self.speakers:
            return spoken_of
        if said.words <= words_of.LATTER:
            is_she = said.head.endswith("ه")
            same = (each for each in self.speakers if each.feminine == is_she)
            return next(reversed([*same]), None)
        is_last = said.words <= _MEDIA or said.is_same
        return self.speakers[-1] if is_last else None

    def _author(self, said: _Name) -> _Name | None:
        """Who is behind a writing, if known: التقرير السنوي للمنظمة, بيانات المرصد."""
        page, phrase = self.page, said.phrase
        if said.head not in _MEDIA | words_of.FIGURES:
            return None
        for index in range(phrase.first + 1, phrase.end):
            form = page.forms[index]
            if form in words_of.OFFICES or form in words_of.TO_OFFICES:
                is_for = form not in words_of.OFFICES
                author = _Name.of(page, Phrase(index, phrase.end, int(is_for)))
                return author if self._known(author) else None
        return None

    def _only_in_office(self, said: _Name) -> Speaker | None:
        """The only one of such an office who spoke: المدرب العماني."""
        head, *rest = said.phrase.forms(self.page)
        is_office = head in words_of.PERSONS and head.startswith("ال")
        if not (is_office and rest and all(map(words_of.is_nisba, rest))):
            return None
        found = [each for each in self.speakers if each.named_as(said.head)]
        if len(found) != 1:
            return None
        full = found[0].named_as(said.head)[0].forms(self.page)
        is_foreign = any(map(_is_origin, full[1:-2]))
        return None if is_foreign else found[0]

    def _new(self, said: _Name, *, is_many: bool) -> Speaker:
        forms = said.phrase.forms(self.page)
        head, last = forms[0], forms[-1]
        found = Speaker(head.endswith(("ه", "ات")), head.endswith(("ون", "ين")))
        if head not in words_of.HEADS:
            full = None if is_many else self._first_named(last, said)
        else:
            full = self._first_holder(head, said)
        if full:
            found.names.append(_Name.of(self.page, full))
            found.words |= found.names[-1].words
        return found

    def _first_named(self, surname: str, said: _Name) -> Phrase | None:
        """The title and name with which somebody is first named in the text."""
        first = said.phrase.first  # a word without its clitics may stand nowhere
        place = self.page.first_places.get(surname, first)
        if place >= first:
            return None
        return phrase_before(self.page, place + 1)

    def _first_holder(self, office: str, said: _Name) -> Phrase | None:
        """Who was first named with a title that is said without a name: المدير الفني.

        The name stands after the title, or before it and a comma.
        """
        page, first = self.page, said.phrase.first
        if not office.startswith("ال") or office not in _MAY_BE_NAMED:
            return None
        for form in (office, said.head):
            place = page.first_places.get(form, first)
            title = phrase_at(page, place, page.sentence_at(place).stop)
            if place >= first or title is None:
                continue
            known = _Name.of(page, title)
            if said.personal - {said.head} or not said.words <= known.words:
                continue
            if known.personal - {said.head}:
                return _without_rest(page, title)
            if form == said.head and page.forms[place - 1] not in words_of.HEADS:
                return _definite_part(page, title)  # وزارة الصحة, later الوزارة
            if page.forms[place - 1] in COMMAS:
                return _name_before(page, place - 1)
        return None

    def _latest(self, verb: Cue | None) -> Speaker | None:
        """Who spoke last and agrees with a verb."""
        if verb and verb.is_finite:
            for speaker in reversed(self.speakers):
                if _agrees(speaker, verb):
                    return speaker
        return self.speakers[-1] if self.speakers else None


def _agrees(speaker: Speaker, verb: Cue) -> bool:
    if verb.number is Number.ONE:
        return speaker.feminine == verb.feminine
    return speaker.many


def _is_origin(word: str) -> bool:
    """Whether a word before a name and a surname may tell a country."""
    return words_of.is_nisba(word) and word not in words_of.HEADS


def _name_before(page: Page, end: int) -> Phrase | None:
    """The name that ends before a word, with a title or of two words."""
    found = phrase_before(page, end)
    if found is None or found.name is None:
        found = phrase_at(page, max(end - 2, 0), end)
    return found if found and found.name is not None and found.end == end else None


def _without_rest(page: Page, titled: Phrase) -> Phrase:
    """A title with two names where more words follow, which may be no name."""
    names = page.forms[titled.name or titled.first : titled.end]
    is_whole = len(names) <= _NAMES or titled.name == titled.first
    return titled if is_whole else titled._replace(end=titled.end - len(names) + 2)


def _definite_part(page: Page, office: Phrase) -> Phrase | None:
    """An office up to its last word with the article and its place, if it has one."""
    end = office.first + 1
    while end < office.end and page.forms[end].startswith(("ال", "وال")):
        end += 1
    if end == office.first + 1:
        return None
    has_place = page.forms[end : end + 1] == ["في"] and end + 2 <= office.end
    return office._replace(end=end + 2 * has_place)


@lru_cache(words_of.REMEMBERED)
def _bare(form: str) -> str:
    """A word without its article, or without "our": مراسلنا."""
    if form.endswith("نا") and form[:-2] in words_of.ROLES:
        return form[:-2]
    bare = form[2:] if form.startswith("ال") and len(form) > 4 else form  # noqa: PLR2004  # الله has none
    return _SAME_KIN.get(bare, bare)
