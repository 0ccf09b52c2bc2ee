"""Numbers without a number word: the Arabic dual, the one of `مقتل مدني`, and shares."""

from collections.abc import Iterator
from decimal import Decimal

from claims.extraction.proposals import NumberForm, ProposedClaim
from claims.extraction.quantities import qualifiers
from claims.extraction.quantities.amounts import Amount
from claims.extraction.quantities.lists import DUALS, HARM, ONES, PREDICATES, SHARES
from claims.extraction.quantities.phrases import Found
from claims.extraction.quantities.predicates import predicate
from claims.extraction.quantities.shares import share
from sources.text.crowds import Crowd
from sources.text.words import Words, places

_APART = 4
_FORMS = frozenset((*DUALS, *ONES, *SHARES))


def implied(words: Words, busy: set[int]) -> Iterator[ProposedClaim]:
    """Nouns that state their number themselves, outside the words already read."""
    crowd = Crowd(apart=_APART)
    for index in places(words.forms, _FORMS):
        if index not in busy and not crowd.holds(index):
            claim = _implied(words, index)
            if claim:
                yield claim


def _implied(words: Words, index: int) -> ProposedClaim | None:
    form = words.forms[index]
    if form in SHARES:
        return share(words, index)
    return _dual(words, index) if form in DUALS else _one(words, index)


def _dual(words: Words, index: int) -> ProposedClaim | None:
    """Two of a noun; if the form may be a plural, only right after a word of harm."""
    skip, is_sure = DUALS[words.forms[index]]
    if is_sure:
        return _claim(words, index, skip, "claim.dual", NumberForm.DUAL)
    if not (_is_harmed(words, index) or _genitive(words, index)):
        return None
    return _claim(words, index, skip, "claim.dual-or-plural", NumberForm.DUAL)


def _genitive(words: Words, index: int) -> Found[str] | None:
    """What happened, two of which it is: `حالتي وفاة`, and not "my case"."""
    is_of = words.forms[index].endswith(("تا", "تي"))
    return PREDICATES.at(words, index + 1) if is_of else None


def _one(words: Words, index: int) -> ProposedClaim | None:
    """One of a noun, right after a word of harm."""
    skip = ONES[words.forms[index]]
    if skip or not _is_harmed(words, index):
        return None
    return _claim(words, index, skip, "claim.one", NumberForm.ONE)


def _is_harmed(words: Words, index: int) -> bool:
    """Whether a word of harm stands right before: قُتل, إصابة."""
    before = PREDICATES.before(words, index)
    return bool(before and before.value in HARM)


def _claim(
    words: Words, index: int, skip: int, rule: str, form: NumberForm
) -> ProposedClaim | None:
    genitive = _genitive(words, index)
    place = index, genitive.end if genitive else index + 1
    happened = genitive or predicate(words, range(*place), place)
    if not happened:
        return None
    hedge = qualifiers.after(words, place[1])
    count = Decimal(2 if form is NumberForm.DUAL else 1)
    amount = Amount(index, index + 1, count, count, skip)
    return ProposedClaim(
        number=amount.span(words),
        quantity=qualifiers.stated(amount, hedge.value if hedge else None),
        rule=rule,
        form=form,
        qualifier=hedge.span(words) if hedge else None,
        counted=words.span(*place, skip=skip),
        predicate=happened.span(words),
        category=happened.value,
    )
