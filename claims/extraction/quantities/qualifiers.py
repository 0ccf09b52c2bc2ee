"""How firmly an amount is stated: about, at least, more than, up to."""

from decimal import Decimal

from claims.extraction.quantities.amounts import Amount
from claims.extraction.quantities.lists import (
    DETERMINERS,
    ENDS,
    PREDICATES,
    QUALIFIERS_ACROSS,
    QUALIFIERS_AFTER,
    QUALIFIERS_BEFORE,
)
from claims.extraction.quantities.phrases import Found
from claims.quantity import STEP, Qualifier, Quantity
from sources.text.spans import Span
from sources.text.words import Words

_FILLERS = DETERMINERS | {"another", "some", "other", "additional", "further", "an"}
_ACROSS = 8
_THROUGHOUT = frozenset(("خلال", "في", "الماضي", "الماضيه"))
_MARKS = frozenset(("mark", "barrier", "threshold", "milestone"))
_COMMAS = frozenset(",،")
_CLOSES = frozenset((*",،.\n", ""))


def before(words: Words, index: int) -> Found[Qualifier] | None:
    """The qualifier before a word; a word like "another" may stand between."""
    found = QUALIFIERS_BEFORE.before(words, index)
    if not found and words.form(index - 1) in _FILLERS and not _is_known(words, index):
        found = QUALIFIERS_BEFORE.before(words, index - 1)
    return found or _across(words, index)


def span(words: Words, found: Found[Qualifier] | None) -> Span | None:
    """Where a qualifier stands; `ليصل إلى` stands before an exact number and is none."""
    if not found or found.value is Qualifier.EXACT:
        return None
    return found.span(words)


def _is_known(words: Words, index: int) -> bool:
    """Whether "the" makes a number known: "topped the $2 billion estimate".

    But "topped the $2 billion mark" is more than that.
    """
    near = words.forms[index : index + _ACROSS]
    return words.form(index - 1) == "the" and _MARKS.isdisjoint(near)


def _across(words: Words, index: int) -> Found[Qualifier] | None:
    """A verb with its subject between it and the number: `تجاوز عدد القتلى 300`.

    A predicate with a conjunction, as `وقتل`, begins something else.
    """
    first = max(index - 1 - _ACROSS, 0)
    if QUALIFIERS_ACROSS.lasts.isdisjoint(words.forms[first : max(index - 1, 0)]):
        return None
    for end in range(index - 1, first, -1):
        form = words.forms[end]
        if not form.isalpha() or (form in ENDS and form not in _THROUGHOUT):
            return None
        if (happened := PREDICATES.at(words, end)) and happened.skip:
            return None
        found = QUALIFIERS_ACROSS.before(words, end)
        if found:
            return found
    return None


def after(words: Words, *ends: int) -> Found[Qualifier] | None:
    """The qualifier right after the first of several places that has one."""
    for end in ends:
        if found := QUALIFIERS_AFTER.at(words, end):
            return found
    return _set_apart(words, max(ends))


def _set_apart(words: Words, end: int) -> Found[Qualifier] | None:
    """The qualifier between a comma and a stop: `10 عمال، على الأقل،`."""
    found = QUALIFIERS_AFTER.at(words, end + 1) if words.form(end) in _COMMAS else None
    return found if found and words.form(found.end) in _CLOSES else None


def stated_share(share: Decimal, qualifier: Qualifier | None) -> Quantity:
    """So many percent; a third can only be kept as about so many."""
    kept = share if share % STEP == 0 else share.quantize(STEP)
    if kept != share and qualifier in (None, Qualifier.EXACT):
        qualifier = Qualifier.ABOUT
    return stated(Amount(0, 0, kept, kept), qualifier, "%")


def stated(amount: Amount, qualifier: Qualifier | None, unit: str = "") -> Quantity:
    """The amount as a quantity; a range stays one unless it is hedged as a whole."""
    low, high = amount.low, amount.high
    if high is None:
        return Quantity(low, None, Qualifier.VAGUE, unit)
    if amount.is_range and qualifier is not Qualifier.ABOUT:
        qualifier = Qualifier.RANGE
    qualifier = qualifier or Qualifier.EXACT
    return Quantity(
        low if qualifier.states_low else None,
        high if qualifier.states_high else None,
        qualifier,
        unit,
    )
