"""Ratios in words, as percentages: "one in five children", `واحد من كل خمسة أطفال`."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from claims.extraction.proposals import ProposedClaim
from claims.extraction.quantities import qualifiers
from claims.extraction.quantities.counted import Place, counted
from claims.extraction.quantities.lists import NOT_COUNTS_AFTER
from claims.extraction.quantities.predicates import predicate
from sources.text.numerals import Numeral
from sources.text.words import Words

_LINKS = {
    "in": (("in", "every"), ("in",)),
    "out": (("out", "of", "every"),),
    "of": (("of", "every"),),
    "from": (("from", "every"),),
    "من": (("من", "كل"), ("من", "بين", "كل")),
}
_IN, _OF_EACH = ("in",), ("من", "كل")
_SINGULAR = ("ل", "ه", "د", "ن", "ر", "ا")
_ROUND = frozenset(map(Decimal, (3, 4, 5, 10, 100, 1000)))
_MOST = 1000
_WHOLE = Decimal(100)
_BESIDE = 2.0
_JOINTS = frozenset(("that", "and", "but", "as"))


class _Ratio(NamedTuple):
    """So many of each so many, at the words ``[first, end)``."""

    first: int
    end: int
    percent: Decimal
    skip: int


def ratios(
    words: Words, numbers: list[Numeral]
) -> Iterator[tuple[ProposedClaim, range]]:
    """The ratios among the numbers of a text, each with its words."""
    at = {number.first: number for number in numbers}
    end = 0
    for number in numbers:
        ratio = _ratio(words, number, at) if number.first >= end else None
        whole = _whole(words, ratio) if ratio else None
        if ratio and whole:
            end = whole[1]
            yield _claim(words, ratio, whole), range(ratio.first, whole[1])


def _ratio(words: Words, number: Numeral, at: dict[int, Numeral]) -> _Ratio | None:
    """The ratio whose first side is a number, or else whose second is."""
    for link in _LINKS.get(words.form(number.end), ()):
        if _is_link(words, number.end, link):
            second = at.get(number.end + len(link))
            return second and _of_two(words, number, second, link)
    noun = number.first - len(_OF_EACH) - 1
    if words.form(number.first - 1) != _OF_EACH[-1] or number.value <= 1:
        return None
    if _is_link(words, noun + 1, _OF_EACH) and words.form(noun).endswith(_SINGULAR):
        return _Ratio(noun, number.end, _WHOLE / number.value, 0)
    return None


def _is_link(words: Words, index: int, link: tuple[str, ...]) -> bool:
    return tuple(words.forms[max(index, 0) : index + len(link)]) == link


def _of_two(
    words: Words, first: Numeral, second: Numeral, link: tuple[str, ...]
) -> _Ratio | None:
    """The ratio of two numbers; "two in ten villages" may only tell where."""
    if not 0 < first.value < second.value or first.is_vague or second.is_vague:
        return None
    if link == _IN and not _is_ratio(words, first, second):
        return None
    percent = _WHOLE * first.value / second.value
    return _Ratio(first.first, second.end, percent, first.skip)


def _is_ratio(words: Words, first: Numeral, second: Numeral) -> bool:
    """Whether "in" stands between a part and a whole: "one in 12", "Four in ten"."""
    if first.value == 1:
        return second.value <= _MOST
    return second.value in _ROUND and _is_apart(words, first.first)


def _is_apart(words: Words, index: int) -> bool:
    """Whether a clause begins with a number, perhaps after "about": behind any mark."""
    hedge = qualifiers.before(words, index)
    before = words.form((hedge.first if hedge else index) - 1)
    return not before.isalnum() or before in _JOINTS


def _whole(words: Words, ratio: _Ratio) -> Place | None:
    """Those of whom a ratio tells, who are no days or years."""
    is_time = NOT_COUNTS_AFTER.at(words, ratio.end)
    return None if is_time else counted(words, ratio.end, frozenset())


def _claim(words: Words, ratio: _Ratio, whole: Place) -> ProposedClaim:
    hedge = qualifiers.before(words, ratio.first)
    happened = predicate(words, range(*ratio[:2]), whole, reach=_BESIDE)
    return ProposedClaim(
        number=words.span(ratio.first, ratio.end, skip=ratio.skip),
        quantity=qualifiers.stated_share(ratio.percent, hedge and hedge.value),
        rule="claim.share",
        qualifier=qualifiers.span(words, hedge),
        counted=words.span(*whole),
        predicate=happened.span(words) if happened else None,
        category=happened.value if happened else "",
    )
