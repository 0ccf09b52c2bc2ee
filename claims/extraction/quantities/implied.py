"""Numbers without a number word: the Arabic dual, the one of `مقتل مدني`, and shares."""

from collections.abc import Iterator
from decimal import Decimal

from claims.extraction.proposals import NumberForm, ProposedClaim
from claims.extraction.quantities import qualifiers
from claims.extraction.quantities.amounts import Amount
from claims.extraction.quantities.duals import FEMININE, dual_at
from claims.extraction.quantities.lists import (
    DUALS,
    ENDS,
    HARM,
    ONES,
    PLURALS_OF_HARM,
    PREDICATES,
    SHARES,
)
from claims.extraction.quantities.phrases import Found
from claims.extraction.quantities.predicates import predicate
from claims.extraction.quantities.shares import share
from sources.text.crowds import Crowd
from sources.text.digits import is_digits
from sources.text.figures import word_at
from sources.text.words import Words, places

_APART = 4
_PLURALS = ("ات", "ين", "ون")
_AMONG = frozenset(("بينهم", "بينهن", "ضمنهم"))
_ONE_OF, _PRONOUNS = frozenset(("احد", "احدي")), ("ها", "هم")
_OF_EACH = frozenset(("بين", "كل", "لكل", "اي"))
_ACCUSATIVE = ("ا", "ه")
_THAT = frozenset(("ان", "بان", "وان"))
_MARKS = frozenset('"“«')
_FORMS = frozenset((*DUALS, *ONES, *SHARES))


def implied(words: Words, busy: set[int]) -> Iterator[ProposedClaim]:
    """Nouns that state their number themselves, outside the words already read."""
    crowd = Crowd(apart=_APART)
    for index in places(words.forms, _told(words)):
        if index not in busy and not crowd.holds(index):
            claim = _implied(words, index)
            if claim:
                yield claim


def _told(words: Words) -> set[str]:
    """The words of a text that may state their number themselves."""
    told = set(words.vocabulary & _FORMS)
    if any(ending in words.folded.text for ending in FEMININE):
        told.update(form for form in words.vocabulary if form.endswith(FEMININE))
    return told


def _implied(words: Words, index: int) -> ProposedClaim | None:
    form = words.forms[index]
    if form in SHARES:
        return share(words, index)
    return _one(words, index) if form in ONES else _dual(words, index)


def _dual(words: Words, index: int) -> ProposedClaim | None:
    """Two of a noun; if the form may be a plural, only right after a word of harm."""
    found = dual_at(words, index)
    if not found:
        return None
    skip, is_sure = found
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
    """One of a noun, where it tells of harm."""
    form, skip = words.forms[index], ONES[words.forms[index]]
    if skip:
        is_one = form[0] == "و" and (
            _ends_list(words, index) or _is_among(words, index - 1)
        )
    elif form in _ONE_OF:
        is_one = _is_harmed(words, index) and _is_told_of(words.form(index + 1))
    else:
        is_one = (
            _is_harmed(words, index)
            or _begins_list(words, index)
            or _is_subject(words, index)
            or _is_among(words, index)
        )
    if not is_one:
        return None
    return _claim(words, index, skip, "claim.one", NumberForm.ONE)


def _is_among(words: Words, index: int) -> bool:
    """Whether it is one of those counted before: `سبعة مدنيين، بينهم طفل وامرأة`."""
    return words.forms[index] in ONES and words.form(index - 1) in _AMONG


def _is_told_of(form: str) -> bool:
    """Whether a noun is one with the article or "their": `إصابة أحد الحراس`, `أحدهم`."""
    return form.startswith("ال") or form.endswith(_PRONOUNS)


def _is_harmed(words: Words, index: int) -> bool:
    """Whether a word of harm stands right before, and is no plural: قُتل, إصابة."""
    before = PREDICATES.before(words, index)
    return bool(before and before.value in HARM and not _is_plural(words, index - 1))


def _is_plural(words: Words, index: int) -> bool:
    form = words.forms[index]
    return form.endswith(_PLURALS) or form in PLURALS_OF_HARM


def _begins_list(words: Words, index: int) -> bool:
    """Whether it is a casualty before others that are counted: `قتيل و4 جرحى`."""
    if not _is_casualty(words, index) or words.form(index - 1) in _OF_EACH:
        return False
    after = words.form(index + 1)
    number = index + 1 + (after == "و")
    is_counted = is_digits(words.form(number) or " ") or word_at(words, number).kind
    return after[:1] == "و" and bool(is_counted or after in DUALS)


def _ends_list(words: Words, index: int) -> bool:
    """Whether it is a casualty after others that are counted: `4 جرحى وقتيل`."""
    before = words.form(index - 1)
    is_counted = before in PLURALS_OF_HARM or before in DUALS
    return is_counted and _is_casualty(words, index) and _is_casualty(words, index - 1)


def _is_casualty(words: Words, index: int) -> bool:
    found = PREDICATES.at(words, index)
    return bool(found and found.value in HARM)


def _is_subject(words: Words, index: int) -> bool:
    """Whether a verb of harm follows that has no object: `إن رجلا قتل وأصيب آخر`."""
    opening = index - 1 - (words.form(index - 1) in _MARKS)
    if words.form(opening) not in _THAT or not words.forms[index].endswith(_ACCUSATIVE):
        return False
    after = words.form(index + 2)
    is_alone = not after.isalpha() or after in ENDS or after[0] in "وب"
    return is_alone and _is_casualty(words, index + 1)


def _claim(
    words: Words, index: int, skip: int, rule: str, form: NumberForm
) -> ProposedClaim:
    genitive = _genitive(words, index)
    place = index, genitive.end if genitive else index + 1
    own = genitive or PREDICATES.at(words, index)
    happened = own or predicate(words, range(*place), place)
    hedge = qualifiers.after(words, place[1])
    count = Decimal(2 if form is NumberForm.DUAL else 1)
    amount = Amount(index, index + 1, count, count, skip)
    return ProposedClaim(
        number=amount.span(words),
        quantity=qualifiers.stated(amount, hedge.value if hedge else None),
        rule=rule,
        form=form,
        qualifier=qualifiers.span(words, hedge),
        counted=words.span(*place, skip=skip),
        predicate=happened.span(words) if happened else None,
        category=happened.value if happened else "",
    )
