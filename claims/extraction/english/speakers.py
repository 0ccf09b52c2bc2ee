"""Who the speaker of a quote is: the fullest name, and whom "he" and "the group" mean.

The text is gone through once, in order; what is known at a quote is what stands
before its end.
"""

from itertools import islice
from typing import NamedTuple

from claims.extraction.english import names, phrases
from claims.extraction.english.prose import Prose
from claims.extraction.english.sentence import Attribution
from claims.extraction.english.subjects import Subject
from claims.extraction.english.vocabulary import CLASSES, KIND_OF_SPEAKER

_MEMORY = 20
_OPENING = 6
_NEAR = 3
_APPOSITION = 4
_PRONOUNS = CLASSES["pronoun"] | {"others", "another", "both", "many", "some"}
_NO_ROLES = (
    CLASSES["relative"] | CLASSES["adverb"] | CLASSES["preposition"] | {"which"}
) - {"of", "for", "from"}


class Speaker(NamedTuple):
    """Who speaks, as units: the noun phrase, what it calls them, the fullest name."""

    phrase: range | None = None
    role: range | None = None
    named: range | None = None


class Cast:
    """The names met so far, and who spoke last.

    Of persons, the last one who spoke or was the subject of a sentence is remembered
    apart from the last one met and from one who may be a person.
    """

    def __init__(self, prose: Prose) -> None:
        self.prose = prose
        self._coming = names.names(prose)
        self._next = next(self._coming, None)
        self._openings = _openings(prose)
        self._fullest: dict[str, range] = {}
        self._acronyms: dict[str, range] = {}
        self._gender: dict[str, str] = {}
        self._person_of_role: dict[str, range] = {}
        self._last: range | None = None
        self._last_body: range | None = None
        self._last_speaker: range | None = None
        self._last_person: range | None = None
        self._any_person: range | None = None
        self._maybe_person: range | None = None

    def speaker(self, attribution: Attribution | None, end: int) -> Speaker:
        """The speaker of a quote that ends at a unit; quotes come in order."""
        subject = attribution.subject if attribution else None
        hint = attribution.hint if attribution else None
        if subject:
            speaker = self._of_subject(subject)
            end = max(end, subject.phrase.stop)
        else:
            speaker = Speaker(
                named=self._of_subject(hint).named if hint else self._last
            )
        self._meet_up_to(end)
        if speaker.named:
            self._remember(speaker.named, speaker.role)
        return speaker

    def _of_subject(self, subject: Subject) -> Speaker:
        phrase, role = subject.phrase, subject.apposition
        self._meet_up_to(phrase.start)
        name, title = names.described(self.prose, phrase)
        own = names.described(self.prose, role)[0] if role else None
        if role and own and own.start == role.start:
            is_role = name is None or self._kind(name) == "role"
            if is_role or own == role:  # "the mayor, Salma Odeh, said"
                name, role = own, phrase
        if names.names_several(self.prose, phrase):
            named: range | None = phrase
        else:
            named = self._fuller(name) if name else self._of_phrase(phrase)
        if role and _is_no_role(self.prose.forms[role.start]):
            role = None
        return Speaker(phrase, role or title, named)

    def _meet_up_to(self, end: int) -> None:
        """Take in the names that stand before a unit."""
        while self._next and self._next.stop <= end:
            self._meet(self._next)
            self._next = next(self._coming, None)

    def _meet(self, name: range) -> None:
        key = names.bare(self.prose.forms[name.stop - 1])
        if len(name) > 1 or key not in self._fullest:
            self._learn(name)
        elif key not in self._gender:
            return
        is_subject = name.start in self._openings
        kind = self._kind(name)
        if kind == "person":
            self._learn_person(name, key, is_subject=is_subject)
        elif is_subject and len(name) > 1 and not kind:
            self._maybe_person = name

    def _learn(self, name: range) -> None:
        """Keep a name under its words if it is fuller than the one known."""
        own = names.own_words(self.prose, name)
        for key in names.keys(self.prose, name):
            known = self._fullest.get(key)
            if known is None or len(own) > len(names.own_words(self.prose, known)):
                self._fullest[key] = name
        if acronym := names.acronym_after(self.prose, name):
            self._acronyms[acronym] = name

    def _learn_person(self, name: range, key: str, *, is_subject: bool) -> None:
        told = names.gender(self.prose, name)
        if told or key not in self._gender:
            self._gender[key] = told
        self._any_person = name
        if is_subject:
            self._last_person = name
        self._learn_roles(range(max(name.start - _NEAR, 0), name.stop), name)

    def _learn_roles(self, units: range, name: range) -> None:
        for index in units:
            if KIND_OF_SPEAKER.get(self.prose.forms[index]) == "person":
                self._person_of_role[self.prose.forms[index]] = name

    def _kind(self, name: range) -> str:
        """What a name names: "person", "body", only a "role"; empty if not known."""
        forms = self.prose.forms
        before = forms[max(name.start - 1, 0) : name.start]
        told = names.bare(forms[name.stop - 1]) in self._gender
        if told or names.gender(self.prose, name):
            return "person"
        kinds = [KIND_OF_SPEAKER.get(forms[i]) for i in name]
        if kinds[-1] == "person":
            return "role"
        if "body" in kinds or before == ["the"]:
            return "body"
        if forms[name.stop : name.stop + 1] == [","]:
            before += forms[name.stop + 1 : name.stop + 1 + _APPOSITION]
        kinds.extend(KIND_OF_SPEAKER.get(form) for form in before)
        return "person" if "person" in kinds else ""

    def _fuller(self, name: range) -> range:
        """The fullest name known of whom a name names."""
        key = names.bare(self.prose.forms[name.stop - 1])
        if len(name) == 1 and key in self._acronyms:
            return self._acronyms[key]
        own = names.own_words(self.prose, name)
        known = self._fullest.get(key, name)
        return known if own < names.own_words(self.prose, known) else name

    def _of_phrase(self, phrase: range) -> range | None:
        """Whom a noun phrase without a name means, or the phrase itself."""
        first = self.prose.forms[phrase.start]
        if len(phrase) == 1 and first in _PRONOUNS:
            return self._of_pronoun(first)
        if first not in ("the", "that", "this"):
            return phrase
        nouns = [self.prose.forms[i] for i in phrases.head(self.prose, phrase)]
        head = next((form for form in nouns[::-1] if form in KIND_OF_SPEAKER), "")
        known = self._person_of_role.get(head) or self._fullest.get(head)
        is_new = any(map(self.prose.is_name, phrase[1:]))
        return known or (None if is_new else self._of_noun(head)) or phrase

    def _of_noun(self, head: str) -> range | None:
        """Whom `the group`, `the spokesman`, `the statement` means."""
        if head in CLASSES["own_words"]:
            return self._last
        last = {"body": self._last_body, "person": self._last_speaker}
        return last.get(KIND_OF_SPEAKER.get(head, ""))

    def _of_pronoun(self, pronoun: str) -> range | None:
        if pronoun == "he":
            return self._of_gender("male")
        if pronoun == "she":
            return self._of_gender("female")
        return (self._last_body if pronoun == "it" else None) or self._last

    def _of_gender(self, gender: str) -> range | None:
        """The last person who may be of a gender, and is from now on."""
        known = [
            self._fullest[key]
            for key, other in islice(reversed(self._gender.items()), _MEMORY)
            if other == gender and key in self._fullest
        ]
        for person in (
            *(self._last_person, self._any_person),
            *known,
            self._maybe_person,
        ):
            if person is None:
                continue
            key = names.bare(self.prose.forms[person.stop - 1])
            if self._gender.get(key, "") in (gender, ""):
                self._gender[key] = gender
                return self._fuller(person)
        return self._last

    def _remember(self, named: range, role: range | None) -> None:
        """Who spoke last, and what they are called."""
        self._last = named
        forms = self.prose.forms
        roles = {KIND_OF_SPEAKER.get(forms[i]) for i in role or ()}
        kinds = {KIND_OF_SPEAKER.get(forms[i]) for i in named}
        kind = self._kind(named)
        is_full_name = len(named) > 1 and all(map(self.prose.is_capital, named))
        if kind == "person" or "person" in roles or (not kind and is_full_name):
            self._last_person = self._last_speaker = named
            self._gender.setdefault(names.bare(forms[named.stop - 1]), "")
        elif not {"person", "unnamed"} & kinds:
            self._last_body = named
        elif forms[named.start] in CLASSES["single"]:
            self._last_person = self._last_speaker = named
            self._learn_roles(named, named)
        self._learn_roles(role or range(0), named)


def _openings(prose: Prose) -> frozenset[int]:
    """The units where a name would be the subject of its sentence."""
    found = set()
    for sentence in prose.sentences:
        for index in sentence[:_OPENING]:
            found.add(index)
            is_noun = prose.forms[index] in KIND_OF_SPEAKER
            if not (is_noun or prose.is_capital(index)):
                break
    return frozenset(found)


def _is_no_role(form: str) -> bool:
    """Whether an apposition begins so that it tells no role: `who`, `speaking`."""
    return form in _NO_ROLES or (form.endswith("ing") and form not in KIND_OF_SPEAKER)
