"""The word lists of the quantity rules, compiled once."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from claims.extraction.quantities.phrases import Phrase, Phrases
from claims.quantity import Qualifier
from sources.text import lexicon
from sources.text.fold import fold_key
from sources.text.number_words import with_clitics

_LISTS = "claims.extraction.lexicon"


class Unit(NamedTuple):
    """The unit of a quantity and its kind: percent, money or measure."""

    id: str
    kind: str


def _column(name: str, *where: str) -> Iterator[Phrase]:
    """The phrases in the last column of the rows that begin with some cells."""
    for *cells, entries in lexicon.rows(_LISTS, name):
        if tuple(cells) == where:
            yield from lexicon.phrases(entries)


def _words(name: str, *where: str) -> frozenset[str]:
    """The single words of a list, with the clitics of the Arabic ones."""
    forms: set[str] = set()
    for (word,) in _column(name, *where):
        forms.add(word)
        if not word.isascii():
            forms.update(with_clitics(word))
    return frozenset(forms)


UNITS: Phrases[Unit] = Phrases(
    (phrase, Unit(unit, kind))
    for unit, kind, entries in lexicon.rows(_LISTS, "units")
    for phrase in lexicon.phrases(entries)
)
CURRENCIES: Phrases[Unit] = Phrases(
    (phrase, Unit(unit, "money"))
    for unit, entries in lexicon.rows(_LISTS, "currency_signs")
    for phrase in lexicon.phrases(entries)
)
CURRENCY_LETTERS = {
    letter: Unit(unit, "money")
    for unit, letter in lexicon.rows(_LISTS, "currency_letters")
}
SIGNS = frozenset("%$€£¥₺₪₹₽₴₩₦") | {"us"}


def _qualifiers(where: str) -> Phrases[Qualifier]:
    return Phrases(
        (phrase, Qualifier(kind))
        for kind, stands, entries in lexicon.rows(_LISTS, "qualifiers")
        if stands == where
        for phrase in lexicon.phrases(entries)
    )


QUALIFIERS_BEFORE = _qualifiers("before")
QUALIFIERS_AFTER = _qualifiers("after")
QUALIFIERS_ACROSS = _qualifiers("across")

NOT_COUNTS_BEFORE = Phrases((phrase, "") for phrase in _column("not_counts", "before"))
NOT_COUNTS_AFTER = Phrases((phrase, "") for phrase in _column("not_counts", "after"))

CHANGES = _words("changes")
DETERMINERS = _words("phrase_ends", "determiner")
MODALS = _words("phrase_ends", "modal")
OWNERS = _words("phrase_ends", "owner")
SUBJECT_VERBS = _words("phrase_ends", "verb")
ENDS = _words("phrase_ends", "word") | SUBJECT_VERBS | DETERMINERS
PLACING = _words("phrase_ends", "placing")
NOT_CROWDS = _words("phrase_ends", "manner")
WEAPONS = _words("not_counts", "calibre")
LASTING = _words("not_counts", "between")
TALLIES = _words("tallies")
AVERAGES = _words("averages")
STOPS = frozenset(".!?؟؛;\n")
WAW_NOUNS = _words("waw_nouns")
NISBAS = tuple(_words("nisbas"))
MORE = _words("phrase_ends", "more")
PARTS = _words("phrase_ends", "part")
ORIGINS = _words("phrase_ends", "origin")
SAYING = _words("phrase_ends", "saying")
THE = frozenset(("the", "these", "those"))
OTHERS = frozenset(word for (word,) in _column("phrase_ends", "other"))
WITHOUT_S = _words("counted_nouns_en", "plural")
ONE_EN = _words("counted_nouns_en", "one")
THINGS = _words("things")
HARM = frozenset(("killed", "executed", "injured", "detained", "kidnapped"))


def _past(verb: str) -> list[str]:
    """A past verb of him, her, them and the two; a weak last letter may be dropped."""
    forms = [verb, *(verb + ending for ending in ("ت", "وا", "ا", "تا"))]
    if verb.endswith(("ي", "ا")):
        forms += [verb[:-1] + "وا", verb[:-1] + "ت"]
    return forms


def _predicates() -> Phrases[str]:
    entries = []
    for category, words in lexicon.rows(_LISTS, "predicates_en"):
        entries += [(phrase, category) for phrase in lexicon.phrases(words)]
    for category, verbs, words in lexicon.rows(_LISTS, "predicates_ar"):
        entries += [(phrase, category) for phrase in lexicon.phrases(words)]
        for *head, last in lexicon.phrases(verbs):
            entries += [((*head, form), category) for form in _past(last)]
    return Phrases(entries)


PREDICATES = _predicates()


def _singulars(kind: str) -> list[str]:
    return [fold_key(noun) for (noun,) in _column("casualty_nouns_ar", kind)]


def _duals() -> dict[str, tuple[int, bool]]:
    """Dual nouns: the letters of clitics before each, and whether it is sure."""
    duals: dict[str, tuple[int, bool]] = {}
    for kind in ("dual", "thing", "amb"):
        for noun in _singulars(kind):
            stem = f"{noun[:-1]}ت" if noun.endswith("ه") else noun
            construct = ("ا", "ي") if noun.endswith("ه") else ()
            for ending in ("ان", "ين", *construct):
                if stem + ending in NOT_DUALS:
                    continue
                sure = ending == "ان" or (kind != "amb" and ending != "ي")
                for form, (skip, definite) in with_clitics(stem + ending).items():
                    if not definite and form not in duals:
                        duals[form] = skip, sure
    return duals


NOT_DUALS = frozenset(_singulars("not"))
DUALS = _duals()
PLURALS_OF_HARM = frozenset(_singulars("plural"))
ONES = {
    form: skip
    for noun in _singulars("one")
    for accusative in ("", "ا")
    for form, (skip, definite) in with_clitics(noun + accusative).items()
    if not definite
}
GROUPS = frozenset(_singulars("group"))
"""Nouns that stand between what is counted and a name: عناصر قوات النظام."""

COUNTED = (
    OTHERS
    | _words("counted_nouns_en", "people")
    | {
        form
        for kind in ("dual", "amb", "one")
        for noun in _singulars(kind)
        for form in (noun, f"{noun}ا")
    }
)
"""Nouns known to be counted, also after a number that looks like a year."""


def _shares() -> dict[str, tuple[Decimal, str, int]]:
    """The percentage of each share, how it is written, and letters of clitics before."""
    shares: dict[str, tuple[Decimal, str, int]] = {}
    for parts, how, entries in lexicon.rows(_LISTS, "shares"):
        for (word,) in lexicon.phrases(entries):
            clitics = {word: (0, False)} if word.isascii() else with_clitics(word)
            for form, (skip, definite) in clitics.items():
                if not definite:
                    shares[form] = 100 / Decimal(parts), how, skip
    return shares


SHARES = _shares()
NOT_SHARED = _words("phrase_ends", "unshared")


def _asides(stands: str) -> Phrases[str]:
    return Phrases(
        (phrase, kind)
        for kind, where, entries in lexicon.rows(_LISTS, "asides")
        if where == stands
        for phrase in lexicon.phrases(entries)
    )


ASIDES_BEFORE = _asides("before")
ASIDES_AFTER = _asides("after")
