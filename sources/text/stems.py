"""Words shortened to what their forms share, so that a search finds them all.

English is left to Snowball's rules. Arabic is stemmed lightly: what is written in front
of a word (و, ال, بال, لل and the like) goes where enough of it stays, then endings of
number, gender and possession; broken plurals and words that only look as if they had
such a letter stand in lists. A stem is a key for comparing, not a word of the language.

A single ب ل ك ف goes where a list knows the rest. Otherwise it is left where it stands,
since most words that begin with one of these letters have it of their own: who searches
asks for both (`with_clitics`).
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache

import snowballstemmer

from sources.text import lexicon
from sources.text.fold import fold_key

_LISTS = "sources.text.lexicon"
_ENGLISH = snowballstemmer.stemmer("english")
#: So many different words are remembered; a language's news has fewer.
_REMEMBERED = 1 << 16
#: Nothing longer is a word of either language.
_LONGEST = 60
#: Letters that are left at least of an Arabic word.
_FEWEST = 3

_ARTICLES = ("ال", "بال", "كال", "فال", "لل")
_BEFORE = ("ب", "ل", "ك", "ف")
_AND = "و"
#: What may stand in front of a word that a list knows, the longest first.
_CLITICS = sorted(
    (
        first + then
        for first in ("", "و", "ف")
        for then in (*_ARTICLES, *_BEFORE, "")
        if first + then
    ),
    key=len,
    reverse=True,
)
#: The same of other words: with the article or و, whose own letters are rare.
_CERTAIN = [clitic for clitic in _CLITICS if clitic.endswith(("ال", "لل"))]
_POSSESSIVES = ("ه", "ها", "هم", "هن", "هما", "نا", "كم")
_DUALS = ("ان", "ين")
_ENDINGS = (
    *(("ها", 3), ("هم", 3), ("نا", 3), ("وا", 3)),
    *(("ات", 3), ("ون", 3), ("ين", 3), ("ان", 3)),
    *(("ه", 3), ("ا", 3), ("ي", 4), ("ت", 3), ("و", 5)),
)
_MOST_ENDINGS = 3


def stem(form: str) -> str:
    """Return the stem of a folded word; a number is its own."""
    if not form.isalpha() or len(form) > _LONGEST:
        return form
    return _english(form) if form.isascii() else _arabic(form)


def may_begin(form: str, letters: set[str]) -> bool:
    """Tell whether the stem of a word may begin with one of some letters; cheap.

    English is cut at the end only.
    """
    return not form.isascii() or _IRREGULAR.get(form, form)[0] in letters


def shapes(stems: frozenset[str], is_prefix: bool) -> set[str]:  # noqa: FBT001  # one of two ways
    """Return what each word has in it that has one of these stems, or one so begun.

    Arabic is cut at both ends. Of an English stem the last letter may be another than in
    the word (happi, hope).
    """
    found = {each[:-1] if each.isascii() and each.isalpha() else each for each in stems}
    found |= {f"{each[0]}ying" for each in stems if each.endswith("ie")}
    if is_prefix:
        begun = tuple(stems)
        return found | {
            form for form, each in _listed().items() if each.startswith(begun)
        }
    return found.union(*(_listed_by_stem().get(each, ()) for each in stems))


@cache
def _listed() -> dict[str, str]:
    """Return the words of all lists with their stems."""
    return {**_KNOWN, **{form: _english(form) for form in _IRREGULAR}}


@cache
def _listed_by_stem() -> dict[str, set[str]]:
    found = defaultdict[str, set[str]](set)
    for form, stemmed in _listed().items():
        found[stemmed].add(form)
    return found


def alternatives(form: str) -> frozenset[str]:
    """Return the stems that a word may have in a text, whatever stands in front of it."""
    if form.isascii() or not form.isalpha():
        return frozenset([stem(form)])
    once = _bare(form)
    return frozenset(_short(each) for each in (form, once, _bare(once)))


def with_clitics(stems: frozenset[str]) -> frozenset[str]:
    """Return stems of Arabic with those of the same words after ب ل ك ف.

    A word that is one of its own (لجنة beside جنة) is none of these.
    """
    arabic = [each for each in stems if not each.isascii() and len(each) >= _FEWEST]
    put = {before + each for each in arabic for before in _BEFORE}
    return stems | (put - _KNOWN_STEMS)


def starts(form: str) -> frozenset[str]:
    """Return how the stems may begin of words that begin so."""
    return frozenset(_begun(form)) | alternatives(form)


def known_from(form: str) -> frozenset[str]:
    """Return the stems of listed words that begin so: سجو begins سجون, which is سجن."""
    begun = tuple(each for each in _begun(form) if len(each) >= _FEWEST)
    return frozenset(_KNOWN[each] for each in _KNOWN if each.startswith(begun))


def _begun(form: str) -> Iterator[str]:
    """Yield the beginning of a word, and that without an article."""
    yield form
    for article in _ARTICLES:
        if form.startswith(article) and len(form) - len(article) >= _FEWEST - 1:
            yield form[len(article) :]


@lru_cache(_REMEMBERED)
def _english(form: str) -> str:
    stemmed: str = _ENGLISH.stemWord(_IRREGULAR.get(form, form))
    return stemmed


@lru_cache(_REMEMBERED)
def _arabic(form: str) -> str:
    return _short(_bare(form))


def _bare(form: str) -> str:
    """Return a word without what is written in front of it, or as it is."""
    if form in _KNOWN:
        return form
    for clitic in _CLITICS:
        if form.startswith(clitic) and form[len(clitic) :] in _KNOWN:
            return form[len(clitic) :]
    for clitic in _CERTAIN:
        if form.startswith(clitic) and len(form) - len(clitic) >= _FEWEST:
            return form[len(clitic) :]
    if form.startswith(_AND) and len(form) > _FEWEST and _ended(form) not in _KNOWN:
        return form[len(_AND) :]
    return form


def _short(form: str) -> str:
    """Return a word without its endings; of a broken plural its singular."""
    for _turn in range(_MOST_ENDINGS):
        if form in _KNOWN or (shorter := _ended(form)) == form:
            break
        form = shorter
    return _KNOWN.get(form, form)


def _ended(form: str) -> str:
    for ending, fewest in _ENDINGS:
        if form.endswith(ending) and len(form) - len(ending) >= fewest:
            return form[: -len(ending)]
    return form


def _inflected(word: str) -> Iterator[str]:
    """Yield the forms of a word of a list, folded: whose it is, two, an accusative."""
    base = fold_key(word)
    if len(base) < _FEWEST:
        return
    if word.endswith("ة"):
        base = base[:-1]
        yield from (f"{base}ات{each}" for each in ("", *_POSSESSIVES))
        yield from (f"{base}ت{each}" for each in (*_POSSESSIVES, *_DUALS))
    elif word.endswith("ى"):
        yield from (f"{base[:-1]}ا{each}" for each in _POSSESSIVES)
    else:
        yield from (base + each for each in (*_POSSESSIVES, *_DUALS, "ا", "ون"))


def _known() -> dict[str, str]:
    """Return the stems of the words that lists know, in all their forms."""
    groups = [row[0].split() for row in lexicon.rows(_LISTS, "search_plurals")]
    for name in ("search_whole", "search_own"):
        groups += [
            [word] for row in lexicon.rows(_LISTS, name) for word in row[0].split()
        ]
    stems: dict[str, str] = {}
    for group in groups:
        for word in group:
            stems.setdefault(fold_key(word), fold_key(group[0]))
    inflected: dict[str, str] = {}
    for group in groups:
        for word in group:
            for form in _inflected(word):
                inflected.setdefault(form, stems[fold_key(word)])
    return inflected | stems


#: Words that lists know, in all their forms, each with its stem.
_KNOWN = _known()
_KNOWN_STEMS = frozenset(_KNOWN.values())
_IRREGULAR = {
    form: row[0].split()[0]
    for row in lexicon.rows(_LISTS, "search_english")
    for form in row[0].split()
}
