"""The noun phrase that says what is counted."""

from claims.extraction.quantities.lists import (
    CHANGES,
    COUNTED,
    DETERMINERS,
    DUALS,
    ENDS,
    GROUPS,
    MORE,
    NISBAS,
    NOT_COUNTS_AFTER,
    ONE_EN,
    ORIGINS,
    OTHERS,
    PREDICATES,
    QUALIFIERS_BEFORE,
    THE,
    WAW_NOUNS,
    WITHOUT_S,
)
from sources.text.digits import is_arabic
from sources.text.figures import word_at
from sources.text.words import Words

Place = tuple[int, int]
"""The words from the first up to the second."""

_TWO = 2
_LONGEST = 6
_IN_BRACKETS = len(("(", "IS", ")"))
_INITIALS = len("USA")
_ONE = frozenset(("one", "1"))
_OPENING, _CLOSING = frozenset("“\"«‘'("), frozenset("”\"»’')")
_QUOTES = _OPENING - {"'", "("}
_THEM = frozenset(("them", "whom", "us", "these", "those", "منهم", "منها", "منهن"))
_STATES = frozenset(
    ("dead", "missing", "hurt", "homeless", "alive", "hit", "held", "born", "left")
)
_NISBA = ("ي", "يه", "يا", "يين", "يون", "يات")
_ABSOLUTE = ("ا", "ين", "ون", "ان")
_OF_PEOPLE = ("ين", "ون", "ات", "هم", "ها", "ه", "ي", "نا")
"""How plurals end, and nouns with whose they are."""
_CLOSING_MARKS = frozenset(".،؛)\n")
_ACRONYMS = frozenset(("is", "us", "who", "it"))
_NAMED = frozenset(("تنظيم", "حزب", "حركه", "جماعه", "ميليشيا", "مليشيا", "جبهه"))
"""Groups whose name follows: تنظيم داعش."""
_SHORTEST = 4
"""An Arabic adjective, or a word with the article, has at least so many letters."""


def counted(words: Words, index: int, taken: frozenset[int]) -> Place | None:
    """The noun phrase that begins after a number, without "of" and من.

    ``taken`` are words already read as something else, which end it.
    """
    is_whole = words.form(index) in {"of", "من"}
    index += is_whole
    if is_whole and QUALIFIERS_BEFORE.at(words, index + (words.form(index) in THE)):
        return None  # 100 of the roughly 1,000 injured
    is_whom = words.form(index) in _THEM and not _is_name(words, index)
    if is_whom and not words.form(index + 1).isdigit():  # منهم 20
        return index, index + 1
    while words.form(index) in (DETERMINERS if is_whole else MORE):
        index += 1
    index += _opens_marks(words, index)
    form = words.form(index)
    arabic = bool(form) and is_arabic(form)
    if arabic and is_whole and _is_origin(words, index):
        return None
    end = (_arabic if arabic else _english)(words, index, taken)
    return (index, end) if end > index else None


def _is_origin(words: Words, index: int) -> bool:
    """Whether those counted are from there: ستة من محافظة الساحل، وأربعة من تدمر."""
    form = words.form(index)
    is_last = words.form(index + 1) in _CLOSING_MARKS and not _is_definite(form)
    is_noun = form in COUNTED or form in WAW_NOUNS or form.endswith(_OF_PEOPLE)
    return form in ORIGINS or (is_last and not is_noun)


def _opens_marks(words: Words, index: int) -> bool:
    """Whether what is counted begins in marks: `3,500 “terrorist detainees”`."""
    is_mark = words.form(index) in _QUOTES and words.form(index + 1).isalpha()
    return is_mark and words.touches_next(index) and not words.touches_next(index - 1)


def counted_before(words: Words, index: int, taken: frozenset[int]) -> Place | None:
    """The Arabic noun before its number: `شخص واحد`, `عسكريين اثنين`."""
    number, noun = word_at(words, index), words.form(index - 1)
    is_bare = number.kind == "unit" and not (number.skip or number.definite)
    if not is_bare or not _is_noun(words, index - 1, taken):
        return None
    if NOT_COUNTS_AFTER.at(words, index - 1):
        return None
    if number.value == 1:
        return one_before(words, index)
    fits = number.value == _TWO and noun.endswith(("ان", "ين"))
    return (index - 1, index) if fits else None


def one_before(words: Words, index: int) -> Place | None:
    """The Arabic noun that is one, with its adjective: `غارة جوية واحدة`."""
    if words.form(index - 1) in COUNTED:
        is_same = words.form(index - 2) == "من"  # من عائلة واحدة
        return None if is_same else (index - 1, index)
    described = words.form(index - 1).endswith(_NISBA)
    is_noun = described and words.form(index - 2) in COUNTED
    return (index - 2, index) if is_noun else None


def _is_noun(words: Words, index: int, taken: frozenset[int]) -> bool:
    """Whether a word may stand in the phrase; `IS` and `US` may, "is" and "us" not."""
    form = words.form(index)
    is_end = form in ENDS and not _is_name(words, index)
    return form.isalpha() and not is_end and index not in taken


def _is_name(words: Words, index: int) -> bool:
    """Whether a small word is written in capitals within a sentence: `12 US soldiers`."""
    is_inside = index < len(words) and words.form(index) in _ACRONYMS
    return is_inside and words.capitals[index]


# --- English ---


def _english(words: Words, index: int, taken: frozenset[int]) -> int:
    """The end of the phrase: its first plural, or else its only words."""
    first = end = _past_initials(words, index)
    while end < first + _LONGEST:
        if end > first and _is_short_name(words, end):
            end += _IN_BRACKETS
        if not _is_noun(words, end, taken):
            break
        form = words.forms[end]
        is_compound = _is_hyphen(words, end - 1)
        is_state = end > first and _is_state(form) and not is_compound
        if form in CHANGES or is_state or _is_adverb(words, end):
            break
        end += 1
        if _is_plural(form) and not _goes_on(words, end, taken):
            return end
        is_one = form in ONE_EN and not _is_state(form)
        if is_one and not _is_noun(words, end, taken):
            return end  # one Kurdish security officer
        if _is_hyphen(words, end):
            end += 1 + words.forms[end + 1].isdigit()
    end = min(end, first + 2)
    is_one = words.form(first - 1) in _ONE and end == first + 2
    return end if is_one or not _is_state(words.form(first)) else index


def _past_initials(words: Words, index: int) -> int:
    """Past the name that begins what is counted, if it is written `U.S.`."""
    after, last = index, index + 2 * _INITIALS
    while after < last and words.form(after + 1) == ".":
        is_initial = len(words.forms[after]) == 1 and words.capitals[after]
        if not (is_initial and words.touches_next(after)):
            break
        after += 2
    if after <= index + 2:
        return index
    return after + 2 if words.form(after) == "-" else after  # "U.S.-led"


def _is_adverb(words: Words, index: int) -> bool:
    """Whether it is one of a state: 9,300 currently unemployed."""
    return words.form(index).endswith("ly") and _is_state(words.form(index + 1))


def _is_short_name(words: Words, index: int) -> bool:
    """Whether a name's acronym stands between it and a noun: `State (IS) fighters`."""
    bracket = [words.form(index), words.form(index + 2)]
    after = words.form(index + _IN_BRACKETS)
    return bracket == ["(", ")"] and words.capitals[index - 1] and after.isalpha()


def _is_state(form: str) -> bool:
    """Whether a word says in which state something is: "12 wounded", "3 dead"."""
    return form in _STATES or form.endswith(("ed", "ing"))


def is_adjective(form: str) -> bool:
    """Whether an English word may describe the noun after it, and is none itself."""
    is_word = form.isascii() and form.isalpha() and form not in ENDS
    return is_word and not (form in COUNTED or _is_plural(form) or _is_state(form))


def _is_plural(form: str) -> bool:
    if form in WITHOUT_S:
        return True
    return form.endswith("s") and not form.endswith(("ss", "us", "is"))


def _goes_on(words: Words, index: int, taken: frozenset[int]) -> bool:
    """Whether a plural is followed by its noun: "United Nations workers"."""
    if not _is_noun(words, index, taken) or not _is_plural(words.forms[index]):
        return False
    is_name = words.capitals[index - 1]
    return is_name or words.forms[index - 1] in WITHOUT_S


def _is_hyphen(words: Words, index: int) -> bool:
    """Whether a word and the next are written with a hyphen: "MiG-29 jets"."""
    return (
        words.form(index) == "-"
        and words.form(index + 1).isalnum()
        and words.touches_next(index - 1)
        and words.touches_next(index)
    )


# --- Arabic ---


def _arabic(words: Words, index: int, taken: frozenset[int]) -> int:
    """The end of the phrase: a noun, then adjectives, a genitive or a name in marks."""
    if not _is_noun(words, index, taken) or not _begins(words.forms[index]):
        return index
    noun, end = words.forms[index], index + 1
    if words.form(end) in _OPENING and not words.touches_next(index):
        return _after_marks(words, end)
    if _is_definite(noun):
        return _definite(words, end, taken)
    end += words.form(end) in GROUPS and words.form(end) != noun
    is_construct = noun[-1] == "ي" and f"{noun}ن" in DUALS  # مقاتلي داعش
    is_of_name = is_construct or words.forms[end - 1] in _NAMED
    if is_of_name and _is_noun(words, end, taken):
        is_other = words.form(end)[0] == "و" or _is_definite(words.form(end))
        return end + 1 if not is_other else _definite(words, end, taken)
    if _is_definite(words.form(end)) and not noun.endswith(_ABSOLUTE):
        return _definite(words, end, taken)
    while end < index + _LONGEST and _agrees(words, end, taken):
        end += 1
    return end


def _begins(form: str) -> bool:
    """Whether a word is a noun by its looks: not "and" with a word, not "they do"."""
    if form[0] == "و":
        return form in WAW_NOUNS
    if form[0] == "ب" and (form.startswith("بال") or form in PREDICATES.firsts):
        return False  # ستة بجروح
    is_past = form.endswith("وا") and len(form) > _SHORTEST  # اعتقلوا
    return not (form.startswith("لل") or is_past or is_plural_verb(form))


def is_plural_verb(form: str) -> bool:
    """Whether a word looks like the verb of several people: يعملون, يعملان."""
    return form[:1] == "ي" and form.endswith(("ون", "ان"))


def _definite(words: Words, end: int, taken: frozenset[int]) -> int:
    """The end of the words with the article from here on, three at most."""
    last = end + 3
    while end < last and _is_definite(words.form(end)) and _is_noun(words, end, taken):
        end += 1
    return end


def _is_definite(form: str) -> bool:
    return form.startswith("ال") and len(form) >= _SHORTEST


def _agrees(words: Words, index: int, taken: frozenset[int]) -> bool:
    """Whether a word is an adjective without the article: سوري, آخرين."""
    form = words.form(index)
    if form in OTHERS:
        return True
    return (
        len(form) >= _SHORTEST
        and form.endswith(_NISBA)
        and (form[0] not in "وبلف" or form.startswith(NISBAS))
        and _is_noun(words, index, taken)
        and not PREDICATES.at(words, index)
    )


def _after_marks(words: Words, index: int) -> int:
    """The end of a short name in marks, which are part of it."""
    for end in range(index + 1, index + _LONGEST):
        if words.form(end) in _CLOSING:
            return end + 1
    return index
