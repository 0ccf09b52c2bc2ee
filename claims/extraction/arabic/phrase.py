"""The words that name a speaker, and what is written to the first of them."""

from typing import NamedTuple

from claims.extraction.arabic import vocabulary as words_of
from claims.extraction.arabic.page import Page


class Phrase(NamedTuple):
    """The words ``[first, end)`` that name a speaker.

    ``clitic`` letters of the first word are not part of it (للمرصد). ``name`` is where
    a personal name begins after a title, ``None`` where there is no such place.
    """

    first: int
    end: int
    clitic: int = 0
    name: int | None = None

    def forms(self, page: Page) -> list[str]:
        """Its words as folded, without marks and the clitic."""
        found = page.forms[self.first : self.end]
        if self.clitic:
            found[0] = without(found[0], self.clitic)
        return [form for form in found if form.isalnum()]

    def title(self, page: Page) -> "Phrase | None":
        """The part that tells the office, if it begins with one."""
        head = page.forms[self.first]
        head = without(head, self.clitic) if self.clitic else head
        if not (head in words_of.ROLES or head in words_of.KIN):
            return None
        if self.name is None or self.name == self.first:
            return self
        return Phrase(self.first, self.name, self.clitic)


def without(form: str, clitic: int) -> str:
    """A word without its clitic letters: للمدير is المدير."""
    bare = form[clitic:]
    return "ا" + bare if bare.startswith("ل") else bare


def joined_to_lam(form: str) -> str:
    """A word as it is with ل written to it: المنظمة is للمنظمة."""
    return "ل" + (form[1:] if form.startswith("ال") else form)
