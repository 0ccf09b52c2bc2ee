"""Numbers that are no figures: years, ages, durations, articles, list marks, ratios."""

from claims.extraction.quantities import qualifiers
from claims.extraction.quantities.amounts import Amount
from claims.extraction.quantities.counted import is_adjective, one_before
from claims.extraction.quantities.lists import (
    AVERAGES,
    CHANGES,
    COUNTED,
    DETERMINERS,
    ENDS,
    HARM,
    LASTING,
    MORE,
    NOT_COUNTS_AFTER,
    NOT_COUNTS_BEFORE,
    ONE_EN,
    PREDICATES,
    QUALIFIERS_AFTER,
    QUALIFIERS_BEFORE,
    STOPS,
    SUBJECT_VERBS,
    TALLIES,
    THE,
)
from claims.quantity import Qualifier
from sources.text.date_grammar import MONTHS
from sources.text.digits import is_arabic, is_digits
from sources.text.number_words import NUMBER_WORDS
from sources.text.words import Words

_YEAR_DIGITS, _CODE_DIGITS = 4, 7
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_BOUNDS = frozenset((Qualifier.MORE_THAN, Qualifier.LESS_THAN, Qualifier.AT_LEAST))
_LIST_MARKS = frozenset(".)-")
_OF_THEM, _ASIDE = (["them"], ["whom"]), frozenset((",", "("))
_ONLY, _JOINS = frozenset(("only", "just")), frozenset(("and", "but", "that"))
_LISTED, _LISTING = 6, frozenset((",", "،", "and"))
_SAYING = frozenset(("said", "says", "told", "added", "adds", "recalled", '"', "”"))
_HAVE = frozenset(("had", "has", "have"))
_MONTHS, _DAYS = frozenset(first for first, *_ in MONTHS), 31
_NOT_ONE = frozenset(("no", "any", "every", "some", "this", "which", "not", "loved"))
_OF_THAT = frozenset(("", ".", "\n", "of", "in", "at", "for", "on", "with", "by", "to"))
_RATIOS = (["out", "of"], ["من", "كل"], ["one", "in"], ["1", "in"])
_AVERAGES_OR_STOPS = AVERAGES | STOPS
_ARTICLES = ("ال", "لل")
_SMALL = 10
_TEN = frozenset(("عشر", "عشره"))
_RANKS = frozenset(
    f"ال{stem}{ending}"
    for stem in (
        *("حادي", "ثاني", "ثالث", "رابع", "خامس"),
        *("سادس", "سابع", "ثامن", "تاسع"),
    )
    for ending in ("", "ه")
)
_STREETS = frozenset(("street", "avenue", "road", "boulevard", "drive", "lane"))
_NEAR, _FAR = 3, 6
_AMID = 2  # small words: in a heading in capitals not two are in a row


def is_no_figure(words: Words, amount: Amount, first: int) -> bool:
    """Whether a number without a unit is something else than a figure.

    ``first`` is where it begins with the clitics before its digits.
    """
    return (
        is_named(words, first)
        or (_is_time(words, amount.end) and not _is_average(words, first))
        or is_year(words, amount)
        or _is_list_mark(words, amount)
        or _is_glued(words, amount.end)
        or _is_ordinal(words, amount.first)
        or _is_ratio(words, amount)
        or (amount.low == 1 and _is_pronoun(words, amount))
        or _is_repeat(words, amount, first)
        or _is_code(words, amount)
        or _is_day(words, amount)
        or _begins_name(words, amount)
        or _is_of_street(words, amount.end)
    )


def _is_code(words: Words, amount: Amount) -> bool:
    """Whether it has as many digits as a telephone, and nothing sure is counted."""
    last, noun = words.forms[amount.end - 1], words.form(amount.end)
    is_long = is_digits(last) and len(last) >= _CODE_DIGITS
    if not is_long or last.endswith("000"):
        return False
    return noun not in COUNTED and not noun.endswith("ا")


def is_named(words: Words, first: int) -> bool:
    """Whether a word like "Article" stands before it, without "and" between."""
    named = NOT_COUNTS_BEFORE.before(words, _first_of_list(words, first))
    if named is None or words.forms[first][0] == "و":
        return False
    is_crowd = words.forms[named.first] == "group" and not words.capitals[named.first]
    return not is_crowd


def _first_of_list(words: Words, first: int) -> int:
    """Where a list of bare numbers begins that this one ends: "aged 19, 22 and 30"."""
    after = words.form(first + 1)
    if after.isalpha() and after not in _JOINS:
        return first
    for _ in range(_LISTED):
        if words.form(first - 1) not in _LISTING or not is_digits(
            words.form(first - 2)
        ):
            break
        first -= 2
    return first


def _is_day(words: Words, amount: Amount) -> bool:
    """Whether a month follows, as in a name that is no date: `حركة 6 أبريل`."""
    end = amount.end
    if words.form(end) not in _MONTHS or amount.low > _DAYS:
        return False
    return not words.span(end, end + 1).of(words.text)[0].islower()


def _is_time(words: Words, end: int) -> bool:
    """Whether a time follows: years, hours, "times"; "25-year-old", "12 tense hours"."""
    while words.form(end) in LASTING:
        end += 1
    if NOT_COUNTS_AFTER.at(words, end):
        return True
    described = is_adjective(words.form(end))
    return described and NOT_COUNTS_AFTER.at(words, end + 1) is not None


def _is_average(words: Words, first: int) -> bool:
    """Whether a time is a figure: "the median wait was 12 weeks, up from 9 weeks"."""
    if words.form(first - 1) == "from" and words.form(first - 2) in CHANGES:
        return True
    near = reversed(words.forms[max(first - _FAR, 0) : first])
    return next((form for form in near if form in _AVERAGES_OR_STOPS), "") in AVERAGES


def is_time_before(words: Words, first: int) -> bool:
    """Whether the number is of a time before it: `الساعات الـ24`, `لليوم 23`."""
    return NOT_COUNTS_AFTER.at(words, first - 1) is not None


def is_year(words: Words, amount: Amount) -> bool:
    """Whether it looks like a year and nothing that is known to be counted follows."""
    last = words.forms[amount.end - 1]
    return (
        len(last) == _YEAR_DIGITS
        and is_digits(last)
        and _FIRST_YEAR <= amount.low <= _LAST_YEAR
        and not _is_counting(words, amount)
    )


def _is_counting(words: Words, amount: Amount) -> bool:
    """Whether a bound stands before a number, or what is known to be counted after."""
    end = amount.end
    while words.form(end) in MORE:
        end += 1
    hedge = QUALIFIERS_BEFORE.before(words, amount.first)
    return words.form(end) in COUNTED or bool(hedge and hedge.value in _BOUNDS)


def _is_list_mark(words: Words, amount: Amount) -> bool:
    """Whether it numbers a paragraph: "1. " and `2-`."""
    marked = words.form(amount.end) in _LIST_MARKS
    starts = words.form(amount.first - 1) in {"", "\n"}
    return starts and marked and words.touches_next(amount.end - 1)


def _is_glued(words: Words, end: int) -> bool:
    """Whether Latin letters that mean nothing touch it, or a hyphen: "two-state"."""
    if not words.touches_next(end - 1) or QUALIFIERS_AFTER.at(words, end):
        return False
    mark = words.form(end)
    if mark.isalpha():
        return not is_arabic(mark)
    return (
        mark == "-" and words.touches_next(end) and words.form(end + 1) not in COUNTED
    )


def _is_ordinal(words: Words, index: int) -> bool:
    """Whether it is the rank of a noun: `القرن العشرين`, `سن الثامنة عشرة`."""
    word = NUMBER_WORDS.get(words.forms[index])
    if words.forms[index] in _TEN and words.form(index - 1) in _RANKS:
        return True
    return bool(word and word.definite and word.kind == "tens")


def _is_ratio(words: Words, amount: Amount) -> bool:
    """Whether it is a side of "one in five", "2 out of 3", `واحد من كل أربعة`."""
    if amount.low > _SMALL:
        return False
    before = words.forms[max(amount.first - 2, 0) : amount.first]
    after = words.forms[amount.end : amount.end + 2]
    is_one_in = amount.low == 1 and after[:1] == ["in"]
    return is_one_in or before in _RATIOS or after in _RATIOS


def _is_pronoun(words: Words, amount: Amount) -> bool:
    """Whether "one" counts nobody: it does only people harmed, or سجين واحد."""
    form, after = words.forms[amount.first], words.form(amount.end)
    if is_digits(form):
        return False
    if is_arabic(form):
        return one_before(words, amount.first) is None
    if after == "of":
        return not _is_one_of_them(words, amount.first, amount.end + 1)
    return not _is_one_person(words, amount)


def _is_one_person(words: Words, amount: Amount) -> bool:
    """Whether "one" counts what follows: "one soldier", "one more town", "had one son"."""
    before, after = words.form(amount.first - 1), words.form(amount.end)
    is_of_that = words.form(amount.first - 2) in _OF_THAT
    if before in _NOT_ONE or (before == "that" and is_of_that):
        return False
    if words.forms[max(amount.first - 2, 0) : amount.first] == ["according", "to"]:
        return False
    if after == "more" or before in _HAVE:
        noun = words.form(amount.end + (after == "more"))
        return noun.isalpha() and noun not in ENDS
    harmed = PREDICATES.before(words, amount.first) or PREDICATES.at(words, amount.end)
    if after in SUBJECT_VERBS or (harmed and harmed.value in HARM):
        return True
    if before in _SAYING or _says(words, amount.end + 1):
        return False
    following = words.forms[amount.end : amount.end + _NEAR]
    return not ONE_EN.isdisjoint(following)


def _says(words: Words, index: int) -> bool:
    """Whether "one resident" speaks: `One protester, a student, told AFP`."""
    near = words.forms[index : index + _FAR]
    if "." in near:
        near = near[: near.index(".")]
    return not _SAYING.isdisjoint(near)


def _is_one_of_them(words: Words, first: int, whole: int) -> bool:
    """Whether "one of" counts: as an aside, after "only", or where it tells of harm.

    As in "killed one of the guards" and "one of the guards was killed".
    """
    before, near = words.form(first - 1), words.forms[whole : whole + _FAR]
    if near[:1] in _OF_THEM and before in _ASIDE:
        return True
    if words.form(whole) not in DETERMINERS or "most" in near:
        return False
    harmed = PREDICATES.before(words, first)
    if before in _ONLY or (harmed and harmed.value in HARM):
        return True
    was = next((at for at, form in enumerate(near) if form in SUBJECT_VERBS), 0)
    starts = not before.isalpha() or before in _JOINS
    return bool(starts and was and _is_harmed(words, whole + was + 1))


def _is_repeat(words: Words, amount: Amount, first: int) -> bool:
    """Whether the article makes it a number that is known: `المتهمون الثلاثة`, "the two"."""
    if amount.is_vague:
        return False
    if words.form(first - 1) in THE:
        return _is_known(words, amount)
    word = NUMBER_WORDS.get(words.forms[first])
    is_definite = word.definite if word else words.forms[first].endswith(_ARTICLES)
    return is_definite and not _is_told(words, first, amount.end)


def _is_told(words: Words, first: int, end: int) -> bool:
    """Whether a number with the article is new all the same: `الحصيلة الـ300 قتيل`."""
    before, after = words.form(first - 1), words.form(end)
    counts = after in COUNTED or after.endswith("ا")
    if before.startswith("ال") and before not in TALLIES and not counts:
        return False
    near = words.forms[max(first - _NEAR, 0) : first]
    return bool(not TALLIES.isdisjoint(near) or qualifiers.before(words, first))


def _is_known(words: Words, amount: Amount) -> bool:
    """Whether "the" makes a number one everybody knows.

    As of "the two countries", or of a name: "the Ten Point Plan"; but not "the two men
    killed".
    """
    end = amount.end
    if amount.low <= _SMALL:
        return not _is_harmed(words, end)
    if not words.form(end).isalpha():
        return False
    return words.capitals[amount.first] and words.capitals[end]


def _is_harmed(words: Words, index: int) -> bool:
    """Whether what is counted from here on is said to be harmed, before any verb."""
    for at in range(index, index + _NEAR):
        found = PREDICATES.at(words, at)
        if found or words.form(at) in ENDS:
            return bool(found and found.value in HARM)
    return False


def _is_of_street(words: Words, end: int) -> bool:
    """Whether it numbers a house: "at 511 Walnut Street"."""
    for index in range(end, min(end + _NEAR, len(words))):
        if not words.capitals[index]:
            return False
        if index > end and words.forms[index] in _STREETS:
            return True
    return False


def _begins_name(words: Words, amount: Amount) -> bool:
    """Whether a name begins with it amid small letters: "on its way to Two Palms"."""
    first, end = amount.first, amount.end
    if first < _AMID or end >= len(words.forms) or not words.capitals[first]:
        return False
    before = range(first - _AMID, first)
    is_amid = all(words.form(at).isalpha() and not words.capitals[at] for at in before)
    return is_amid and words.capitals[end]


def is_in_name(words: Words, first: int, end: int) -> bool:
    """Whether a number without a noun is an aside, or ends a name: "Smith, 25,"."""
    before, after = words.form(first - 1), words.form(end)
    if not before.isalpha():
        return before not in {"", "\n"} and not after.isalpha()
    if (
        is_arabic(before)
        or before in ENDS
        or before in TALLIES
        or before in PREDICATES.firsts
    ):
        return False
    return words.capitals[first - 1]
