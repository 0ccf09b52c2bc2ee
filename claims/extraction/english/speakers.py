"""Who the speaker of a quote is: the fullest name, and whom "he" and "the group" mean.

The text is gone through once, in order; what is known at a quote is what stands
before its end.
"""

from bisect import bisect_right
from collections.abc import Iterator
from operator import attrgetter
from typing import NamedTuple

from claims.extraction.english import names, phrases
from claims.extraction.english.prose import Prose
from claims.extraction.english.sentence import Attribution
from claims.extraction.english.subjects import Subject
from claims.extraction.english.vocabulary import (
    CLASSES,
    FUNCTION_WORDS,
    KIND_OF_SPEAKER,
    PLURALS,
)

_MEMORY, _OPENING, _ACRONYM, _OWNED = 20, 6, 2, 3
_SUBJECTS = {"him": "he", "her": "she", "them": "they"}
_PRONOUNS = CLASSES["pronoun"] | {"others", "both", "many", "some"}
_SEVERAL = {"they", "others", "both", "many", "some"}
_GENDERS = {"he": "male", "she": "female"}
_STAND_INS = CLASSES["stand_in"]
_ONE = CLASSES["single"] | {"the"}
_HUMAN = {"person", "unnamed"}
_NOBODY = range(0)
_PARTIES = ("d-", "r-", "i-")
_ANYBODY = {"man": "male", "boy": "male", "woman": "female", "girl": "female"}


class Speaker(NamedTuple):
    """Who speaks, as units: the noun phrase, what it calls them, the fullest name."""

    phrase: range | None = None
    role: range | None = None
    named: range | None = None


class Cast:
    """The names met so far, and who spoke.

    A name is looked into only when somebody must be found: each is put under the words
    that it may be called by, the rest is asked of the last few.
    """

    def __init__(self, prose: Prose) -> None:
        self.prose = prose
        self._coming = names.names(prose)
        self._next = next(self._coming, None)
        self._met: list[range] = []
        self._heard = 0  # how many had been met when somebody spoke last
        self._fullest: dict[str, range] = {}
        self._inner: dict[str, range] = {}  # by a word that is not the last
        self._acronyms: dict[str, range] = {}
        self._owned: dict[str, range] = {}  # "France's central bank" by "bank"
        self._gender: dict[str, str] = {}  # of persons
        self._kinds: dict[range, str] = {}
        self._called: dict[str, range] = {}
        self._persons: list[range] = []
        self._last: range | None = None
        self._last_body: range | None = None
        self._last_several: range | None = None
        self._named_body: range | None = None
        self._last_role: frozenset[str] = frozenset()

    def speaker(self, attribution: Attribution | None, end: int) -> Speaker:
        """The speaker of a quote that ends at a unit; quotes come in order."""
        subject = attribution.subject if attribution else None
        hint = attribution.hint if attribution else None
        if subject:
            speaker = self._of_subject(subject)
            if hint and self.prose.forms[subject.phrase.start] in _PRONOUNS:
                speaker = Speaker(subject.phrase, None, self._of_subject(hint).named)
            end = max(end, subject.phrase.stop)
        else:
            named = self._of_subject(hint).named if hint else self._last
            speaker = Speaker(named=named)
        self._meet_up_to(end)
        if not attribution and not self._last:  # "Coach Ann Li was glad. “We won.”"
            speaker = Speaker(named=next(self._acting("person"), None))
        self._heard = len(self._met)
        if speaker.named and (speaker.role or speaker.named != self._last):
            self._remember(speaker.named, speaker.role or _NOBODY)
        return speaker

    def _of_subject(self, subject: Subject) -> Speaker:
        phrase, role = names.sender(self.prose, subject.phrase), subject.apposition
        if role and self.prose.forms[role.start].startswith(_PARTIES):
            role = None  # "Sen. Ann Lopez, D-Fresno"
        self._meet_up_to(phrase.start)
        name, title = names.described(self.prose, phrase)
        own = names.described(self.prose, role)[0] if role else None
        if role and own and own.start == role.start:
            is_role = name is None or self._kind(name) == "role"
            if is_role or own == role:  # "the mayor, Salma Odeh, said"
                name, role = own, phrase
        if names.names_several(self.prose, phrase) or self._is_one_of(phrase, name):
            named: range | None = phrase
        else:
            named = self._fuller(name) if name else self._of_phrase(phrase)
        if role and names.is_no_role(self.prose.forms[role.start : role.stop]):
            role = None
        return Speaker(subject.phrase, role or title, named)

    def _is_one_of(self, phrase: range, name: range | None) -> bool:
        """Whether a phrase says no more than where somebody is from: `an Australian`."""
        is_one = self.prose.forms[phrase.start] in CLASSES["single"]
        return is_one and name is not None and len(name) == 1

    def _meet_up_to(self, end: int) -> None:
        """Take in the names that stand before a unit."""
        while self._next and self._next.stop <= end:
            self._met.append(self._next)
            self._learn(self._next)
            self._next = next(self._coming, None)

    def _learn(self, name: range) -> None:
        """Keep a name under its words if it is fuller than the one known."""
        forms = self.prose.forms[name.start : name.stop]
        if forms[-1].endswith("'s"):
            self._learn_owned(name)
        if len(forms) == 1:
            return
        for key in names.keys(self.prose, name):
            known = self._fullest.setdefault(key, name)
            if known is not name and self._is_fuller(name, known):
                self._fullest[key] = name
        if len(forms) > _ACRONYM:
            self._acronyms.setdefault(names.initials(self.prose, name), name)
            self._inner.update(dict.fromkeys(forms[:-1], name))
        if acronym := names.acronym_after(self.prose, name):
            self._acronyms[acronym] = name

    def _learn_owned(self, owner: range) -> None:
        """Keep the body that a name owns under its noun: `France's central bank`."""
        forms = self.prose.forms
        near = forms[owner.stop : owner.stop + _OWNED]
        count = next((i for i, form in enumerate(near) if form in _STAND_INS), None)
        if count is not None and all(map(_is_modifier, near[:count])):
            self._owned[near[count]] = range(owner.start, owner.stop + count + 1)

    def _is_fuller(self, name: range, other: range) -> bool:
        forms = self.prose.forms
        if forms[name.start : name.stop] == forms[other.start : other.stop]:
            return False
        own = names.own_words(self.prose, name)
        return len(own) > len(names.own_words(self.prose, other))

    def _kind(self, name: range) -> str:
        """What a name names, by the fullest form of it (see `names.kind`)."""
        key = names.key(self.prose, name)
        if key in self._gender:
            return "person"
        full = self._fullest.get(key, name)
        if full not in self._kinds:
            self._kinds[full] = names.kind(self.prose, full)
        return self._kinds[full]

    def _fuller(self, name: range) -> range:
        """The fullest name known of whom a name names."""
        key = names.key(self.prose, name).replace(".", "").lower()
        if (
            len(name) == 1
            and key in self._acronyms
            and names.is_acronym(self.prose, name)
        ):
            return self._acronyms[key]
        known = self._fullest.get(key, name)
        if known == name and key not in self._inner:
            return name
        own = names.own_words(self.prose, name)
        if own >= names.own_words(self.prose, known):
            known = self._with_inner(key) or known
        return known if own < names.own_words(self.prose, known) else name

    def _with_inner(self, key: str) -> range | None:
        """The person who has a word within the name: `Green` of `Tom Green Hill`."""
        inner = self._inner.get(key)
        return inner if inner and self._kind(inner) == "person" else None

    def _of_phrase(self, phrase: range) -> range | None:
        """Whom a noun phrase without a name means; the phrase itself if it is new."""
        first = self.prose.forms[phrase.start]
        first = _SUBJECTS.get(first, first)
        if len(phrase) == 1 and first in _PRONOUNS:
            return self._of_pronoun(first)
        if first not in ("the", "that", "this"):
            return phrase
        head = phrases.head(self.prose, phrase)
        if names.is_owned(self.prose, head):
            return phrase
        nouns = self.prose.forms[head.start : head.stop]
        noun = next((form for form in nouns[::-1] if form in KIND_OF_SPEAKER), "")
        if not noun and nouns[-1] in self._called:
            return self._called[nouns[-1]]
        known = self._in_role(noun) or self._fullest.get(noun)
        known = known or self._in_office(phrase.start + 1, noun)
        if known or names.names_anybody(self.prose, phrase):
            return known or phrase
        return self._of_noun(noun, phrase.start) or phrase

    def _in_office(self, at: int, noun: str) -> range | None:
        """Who spoke last, if of the same office: `a UN aide`, then `the UN official`."""
        is_one = KIND_OF_SPEAKER.get(noun) == "person" and noun not in PLURALS
        if (
            is_one
            and self.prose.capitals[at]
            and self.prose.forms[at] in self._last_role
        ):
            return self._last
        return None

    def _of_noun(self, noun: str, before: int) -> range | None:
        """Whom `the group`, `the spokesman`, `the statement` means."""
        if noun in CLASSES["own_words"]:
            return self._last
        if noun in _STAND_INS:
            body = self._owned.get(noun) or next(self._acting("body"), self._named_body)
            is_firm = self._last is self._last_body and self._last in self._persons
            several = self._named_several() or (self._last if is_firm else None)
            return body or self._met_body() or several
        if noun in self._called:
            return self._called[noun]
        if KIND_OF_SPEAKER.get(noun) not in _HUMAN or noun in PLURALS:
            return None
        return names.introduced(self.prose, noun, before) or self._last_person(noun)

    def _last_person(self, noun: str) -> range | None:
        """Who spoke last, unless that was somebody without a name called otherwise."""
        if not self._persons:
            return None
        last = self._persons[-1]
        if noun in _ANYBODY:
            return self._of_gender(_ANYBODY[noun])
        is_other = KIND_OF_SPEAKER[noun] == "unnamed" or not names.names_anybody(
            self.prose, last
        )
        return None if is_other else last

    def _named_several(self) -> range | None:
        """Those who spoke last, if their name is a plural: Doctors Without Borders."""
        several = self._last_several
        return several if several and names.names_anybody(self.prose, several) else None

    def _met_body(self) -> range | None:
        """The body met last, for want of one that spoke."""
        met = (name for name in self._latest() if self._kind(name) == "body")
        return next(map(self._fuller, filter(self._sentence_of, met)), None)

    def _sentence_of(self, name: range) -> range | None:
        """The sentence of a name; none has one in a dateline: `LEEDS (AFP) —`."""
        sentences = self.prose.sentences
        number = bisect_right(sentences, name.start, key=attrgetter("start"))
        sentence = sentences[number - 1] if number else range(0)
        return sentence if name.start in sentence else None

    def _in_role(self, noun: str) -> range | None:
        """Who was last called by a noun beside the name: `the minister`, `the paper`."""
        if not noun:
            return None
        forms, may_be = self.prose.forms, ("", KIND_OF_SPEAKER[noun])
        for name in self._latest():
            is_near = noun in forms[max(name.start - 2, 0) : name.stop]
            if (
                is_near
                and names.is_called(self.prose, name, noun)
                and self._kind(name) in may_be
            ):
                return name
        return None

    def _of_pronoun(self, pronoun: str) -> range | None:
        if pronoun in _GENDERS:
            return self._of_gender(_GENDERS[pronoun])
        if pronoun == "it":
            return self._of_it()
        return self._last_several if pronoun in _SEVERAL else self._last

    def _of_it(self) -> range | None:
        """The body that acted or spoke last; a name that may be one before `they`."""
        body = next(self._acting("body"), None)
        if body or self._last_body == self._last:
            return body or self._last_body
        name = next((n for n in self._acting("") if not self._is_surname(n)), None)
        return name or self._last_body or self._last

    def _of_gender(self, gender: str) -> range | None:
        """The last person who may be of a gender, and is from now on."""
        for person in self._may_be_meant():
            key = names.key(self.prose, person)
            full = self._fullest.get(key, person)
            told = self._gender.get(key) or names.gender(self.prose, full)
            if told in (gender, ""):
                self._gender[key] = gender
                return self._fuller(person)
        return None if self._last is self._last_several else self._last

    def _may_be_meant(self) -> Iterator[range]:
        """Persons, the likeliest first: who acted or spoke last, then who was met."""
        yield from self._acting("person")
        yield from filter(self._is_surname, self._acting(""))
        yield from self._persons[: -_MEMORY - 1 : -1]
        yield from (name for name in self._latest() if self._kind(name) == "person")
        yield from (name for name in self._acting("") if len(name) > 1)

    def _is_surname(self, name: range) -> bool:
        """Whether a single word is the last of a name that was given in full."""
        return len(name) == 1 < len(self._fuller(name))

    def _latest(self) -> list[range]:
        """The names met last, the last one first."""
        return self._met[: -_MEMORY - 1 : -1]

    def _acting(self, kind: str) -> Iterator[range]:
        """The names of a kind that are subjects since somebody spoke, the last first."""
        since = self._met[self._heard :][: -_MEMORY - 1 : -1]
        named = (name for name in since if self._kind(name) == kind)
        return filter(self._is_subject, named)

    def _is_subject(self, name: range) -> bool:
        """Whether a name begins its sentence, apart from what it is called."""
        sentence = self._sentence_of(name)
        before = range(sentence.start, name.start) if sentence else range(_OPENING)
        if len(before) >= _OPENING:  # "Sitting in a crowd, Najla Ahmed described"
            is_apart = self.prose.forms[name.start - 1] == "," and len(name) > 1
            return is_apart and phrases.is_verb(self.prose, name.stop)
        is_called = all(
            self.prose.capitals[i] or self.prose.forms[i] in KIND_OF_SPEAKER
            for i in before
        )
        return is_called or phrases.acts_after(self.prose, before, name)

    def _remember(self, named: range, role: range) -> None:
        """Who spoke last, and what they are called."""
        sort = self._sort(named, role)
        self._last = named
        self._last_role = frozenset(self.prose.forms[role.start : role.stop])
        if sort == "person":
            self._gender.setdefault(names.key(self.prose, named), "")
        if sort in ("person", "name", "one"):
            self._persons.append(named)
        if sort in ("name", "body"):
            self._last_body = named
        if sort in ("several", "body"):
            self._last_several = named
        if sort == "one" or not names.names_anybody(self.prose, named):
            self._call_by_noun(named)
        if names.names_anybody(self.prose, named):
            words = self.prose.forms[named.start : named.stop]
            is_private = CLASSES["state_body"].isdisjoint(words)
            is_body = sort == "body" and is_private  # "the group" is no ministry
            self._named_body = named if is_body else self._named_body
            self._call(named, role)

    def _sort(self, named: range, role: range) -> str:
        """Whether a speaker is a "person", "one" or "several" without a name, a "body".

        A single "name" may be a surname or a body; "" is a document.
        """
        prose, kind = self.prose, self._kind(named)
        words = prose.forms[named.start : named.stop]
        if not PLURALS.isdisjoint(words) or names.names_several(prose, named):
            return "several"
        roles = map(KIND_OF_SPEAKER.get, prose.forms[role.start : role.stop])
        lower = {prose.forms[i] for i in named if not prose.capitals[i]}
        is_name = not kind and lower <= CLASSES["name_particle"]  # de Mira
        if kind == "person" or "person" in roles or (is_name and len(named) > 1):
            return "person"
        if is_name:
            return "name"
        kinds = {KIND_OF_SPEAKER.get(form) for form in words}
        if kinds & _HUMAN:
            is_one = words[0] in _ONE or prose.capitals[named.stop - 1]
            return "one" if is_one else ""
        return "" if "document" in kinds else "body"

    def _call_by_noun(self, named: range) -> None:
        """Keep the noun that somebody without a name may be called by later."""
        for index in phrases.head(self.prose, named)[-1:]:
            if KIND_OF_SPEAKER.get(self.prose.forms[index]) in _HUMAN:
                self._called[self.prose.forms[index]] = named

    def _call(self, named: range, role: range) -> None:
        """Keep the nouns that somebody may be called by later."""
        for index in phrases.head(self.prose, role):
            if KIND_OF_SPEAKER.get(self.prose.forms[index]) == "person":
                self._called[self.prose.forms[index]] = named
        last = phrases.head(self.prose, named)[-1:]
        for index in last:
            self._called[self.prose.forms[index]] = named


def _is_modifier(form: str) -> bool:
    """Whether a word may stand before its noun: the `central` of a central bank."""
    return form.isalpha() and form not in FUNCTION_WORDS
