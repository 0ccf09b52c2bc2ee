"""Shares in words, as percentages: "half of the houses", `ربع السكان`."""

from decimal import Decimal
from typing import NamedTuple

from claims.extraction.proposals import ProposedClaim
from claims.extraction.quantities import qualifiers
from claims.extraction.quantities.counted import Place, counted
from claims.extraction.quantities.lists import (
    DETERMINERS,
    NOT_COUNTS_AFTER,
    NOT_SHARED,
    OWNERS,
    SHARES,
)
from claims.extraction.quantities.predicates import predicate
from sources.text.digits import is_arabic
from sources.text.figures import word_at
from sources.text.numerals import is_share
from sources.text.words import Words

_BESIDE = 2.0
_LONGEST_NUMBER, _IN_NUMBERS = 8, frozenset(",.")
_NOT_HALVED = NOT_SHARED | OWNERS


class _Share(NamedTuple):
    """A share at the words ``[first, end)``, less some letters of clitics."""

    first: int
    end: int
    percent: Decimal
    skip: int = 0


def share(words: Words, index: int) -> ProposedClaim | None:
    """The share that a word states, if it says of what."""
    found = _share(words, index)
    whole = _whole(words, found.end) if found else None
    if not found or not whole:
        return None
    hedge = qualifiers.before(words, found.first)
    happened = predicate(words, range(found.first, found.end), whole, reach=_BESIDE)
    return ProposedClaim(
        number=words.span(found.first, found.end, skip=found.skip),
        quantity=qualifiers.stated_share(found.percent, hedge and hedge.value),
        rule="claim.share",
        qualifier=qualifiers.span(words, hedge),
        counted=words.span(*whole),
        predicate=happened.span(words) if happened else None,
        category=happened.value if happened else "",
    )


def _share(words: Words, index: int) -> _Share | None:
    percent, how, skip = SHARES[words.forms[index]]
    before = words.form(index - 1)
    if how == "many":
        return _multiple(words, index, percent)
    if how == "one":
        first = index - 1 - (before == "-")
        is_one = words.form(first) in {"a", "one"}
        return _Share(first, index + 1, percent) if is_one else None
    is_other = how == "half" and before in _NOT_HALVED
    if is_other or (how == "vowelled" and not is_share(words, index)):
        return None
    return _Share(index, index + 1, percent, skip)


def _multiple(words: Words, index: int, percent: Decimal) -> _Share | None:
    """Several of a share: "three-quarters", `أربعة أخماس`."""
    first = index - 1 - (words.form(index - 1) == "-")
    number = word_at(words, first)
    if number.kind != "unit":
        return None
    return _Share(first, index + 1, number.value * percent, number.skip)


def _whole(words: Words, index: int) -> Place | None:
    """What a share is of: the noun after "of" or "the", or an Arabic definite one."""
    form, following = words.form(index), words.form(index + 1)
    if not is_arabic(form or " "):
        if form != "of" and form not in DETERMINERS:
            return None
        noun = index + 1 + (form == "of" and following in DETERMINERS)
    elif _is_definite(form) or _is_definite(following):
        noun = index
    else:
        return None
    if {form, following} & NOT_SHARED or NOT_COUNTS_AFTER.at(words, noun):
        return None
    if past := _past_number(words, noun):
        return counted(words, past, frozenset())
    return counted(words, index + (form in DETERMINERS), frozenset())


def _past_number(words: Words, index: int) -> int:
    """Where the number of the whole ends: "half of the 2.4 million residents"; or 0."""
    end, last = index, index + _LONGEST_NUMBER
    while end < last and (words.form(end)[:1].isdigit() or word_at(words, end).kind):
        end += 1 + (words.form(end + 1) in _IN_NUMBERS)
    return end if end > index else 0


def _is_definite(form: str) -> bool:
    return form.startswith("ال") or form.endswith(("ها", "هم"))
