"""Lists of phrases, looked up from either end at a word of a text."""

from collections.abc import Iterable
from typing import Generic, NamedTuple, TypeVar

from sources.text.digits import is_arabic
from sources.text.number_words import with_clitics
from sources.text.spans import Span
from sources.text.words import Words

Value = TypeVar("Value")
Phrase = tuple[str, ...]


class Found(NamedTuple, Generic[Value]):
    """A phrase at the words ``[first, end)``, less some letters of clitics."""

    value: Value
    first: int
    end: int
    skip: int = 0

    def span(self, words: Words) -> Span:
        """Where it stands in the text."""
        return words.span(self.first, self.end, skip=self.skip)


class Phrases(Generic[Value]):
    """Phrases with what each stands for; the longest that fits is found.

    Arabic phrases are also found with a conjunction, a preposition or the article
    written as one with their first word. ``firsts`` are the words that begin one,
    ``lasts`` those that end one.
    """

    def __init__(self, entries: Iterable[tuple[Phrase, Value]]) -> None:
        known: dict[Phrase, tuple[Value, int]] = {}
        for phrase, value in entries:
            for form, skip in _variants(phrase):
                if form not in known or skip < known[form][1]:
                    known[form] = value, skip
        self._by_first: dict[str, list[tuple[Phrase, Value, int]]] = {}
        self._by_last: dict[str, list[tuple[Phrase, Value, int]]] = {}
        for phrase in sorted(known, key=len, reverse=True):
            entry = (phrase, *known[phrase])
            self._by_first.setdefault(phrase[0], []).append(entry)
            self._by_last.setdefault(phrase[-1], []).append(entry)
        self.firsts = frozenset(self._by_first)
        self.lasts = frozenset(self._by_last)

    def at(self, words: Words, index: int) -> Found[Value] | None:
        """The phrase that begins at a word."""
        for phrase, value, skip in self._by_first.get(words.form(index), ()):
            end = index + len(phrase)
            if end == index + 1 or tuple(words.forms[index:end]) == phrase:
                return Found(value, index, end, skip)
        return None

    def before(self, words: Words, end: int) -> Found[Value] | None:
        """The phrase whose last word is the one before ``end``."""
        for phrase, value, skip in self._by_last.get(words.form(end - 1), ()):
            first = end - len(phrase)
            is_whole = first == end - 1 or tuple(words.forms[first:end]) == phrase
            if is_whole and first >= 0:
                return Found(value, first, end, skip)
        return None


def _variants(phrase: Phrase) -> Iterable[tuple[Phrase, int]]:
    """The phrase, and for Arabic the same with clitics, with their letters."""
    first, *rest = phrase
    if not is_arabic(first):
        return [(phrase, 0)]
    variants = with_clitics(first)
    if first.startswith("ال"):
        variants = {form: at for form, at in variants.items() if not at[1]}
        variants |= {f"لل{first[2:]}": (0, True), f"ولل{first[2:]}": (1, True)}
    return [((form, *rest), skip) for form, (skip, _) in variants.items()]
