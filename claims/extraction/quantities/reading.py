"""Figures that a text states: how many, of what, what happened to them.

Counts, percentages, money and measures are proposed; dates, ages, durations, ranks and
names with numbers are not. Both languages are read in one pass, as a text may mix them.
"""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from claims.extraction.proposals import NumberForm, ProposedClaim
from claims.extraction.quantities import qualifiers
from claims.extraction.quantities.amounts import (
    Amount,
    amounts,
    is_storable,
    without_clitics,
)
from claims.extraction.quantities.counted import (
    Place,
    counted,
    counted_before,
    is_plural_verb,
)
from claims.extraction.quantities.implied import implied
from claims.extraction.quantities.lists import (
    ASIDES_AFTER,
    ASIDES_BEFORE,
    DUALS,
    MODALS,
    NOT_CROWDS,
    PLACING,
    QUALIFIERS_AFTER,
    STOPS,
    SUBJECT_VERBS,
    TALLIES,
    WEAPONS,
)
from claims.extraction.quantities.not_counts import (
    is_in_name,
    is_named,
    is_no_figure,
    is_time_before,
)
from claims.extraction.quantities.phrases import Found
from claims.extraction.quantities.predicates import (
    FARTHEST,
    WITH_AND,
    may_happen,
    of_whole,
    predicate,
)
from claims.extraction.quantities.ratios import ratios
from claims.extraction.quantities.units import Measured, unit_of
from claims.quantity import Qualifier
from sources.text.numerals import Numeral, numerals
from sources.text.spans import Span
from sources.text.words import Words

_FORMS = (
    (10**6, NumberForm.MILLIONS),
    (10**3, NumberForm.THOUSANDS),
    (10**2, NumberForm.HUNDREDS),
    (0, NumberForm.TENS),
)
_AND = frozenset(("و", "and", ",", "،"))
_JOINED = frozenset(("and", "جانب"))
_SENTENCE = 20
_LONG_DASHES = frozenset("—–")
_OPENS_SHARE = (["of"], ["("])
_OUT_OF = (["out", "of"], ["من", "اصل"])
_FEW = 2
_LARGE = 1000
_NEAR = 5
_NEAR_UNIT = 2


def quantities(words: Words, dates: Collection[Span]) -> list[ProposedClaim]:
    """The figures of a text in order; their numbers do not overlap.

    ``dates`` are places already read as dates: no number is read there.
    """
    taken = words.taken_by(dates)
    numbers = numerals(words, taken)
    claims, busy = [], set(taken)
    for claim, places in ratios(words, numbers):
        claims.append(claim)
        busy.update(places)
    for figure in _figures(words, numbers, frozenset(busy)):
        claims.append(figure.claim())
        busy.update(figure.places)
    claims.extend(implied(words, busy))
    return sorted(claims, key=lambda claim: claim.number)


def _figures(
    words: Words, numbers: list[Numeral], taken: frozenset[int]
) -> Iterator["_Figure"]:
    previous = _Previous()
    for amount in amounts(words, numbers):
        places = range(amount.first, amount.end)
        if amount.first < previous.end or not taken.isdisjoint(places):
            continue
        figure = _figure(words, amount, taken, previous)
        if figure:
            yield figure
            previous = _Previous(figure.end, figure.predicate, figure.is_part)


def _figure(
    words: Words, amount: Amount, taken: frozenset[int], previous: "_Previous"
) -> "_Figure | None":
    """What a number states, if the text states it as a figure."""
    measured = unit_of(words, amount, previous.end)
    first = without_clitics(words, (measured or amount).first)
    if measured:
        is_measure = measured.unit.kind == "measure"
        is_calibre = words.form(measured.after) in WEAPONS
        is_other = is_measure and (is_calibre or is_named(words, first))
    else:
        is_other = is_no_figure(words, amount, first)
    if is_other or not is_storable(amount):
        return None
    figure = _Figure(words, amount, taken, previous, measured, first)
    return figure if figure.is_stated else None


class _Previous(NamedTuple):
    """What is known of the figure before another."""

    end: int = 0
    predicate: Found[str] | None = None
    is_part: bool = False


class _Figure:
    """An amount and what stands around it, each part read by those before it.

    ``first`` is where it begins, with the clitics that are written before digits, and
    ``after`` where the number and its unit end. ``end`` is where what is counted ends,
    if it stands after the number. ``aside`` says whether the text denies the number, or
    makes it part of the one before.
    """

    def __init__(
        self,
        words: Words,
        amount: Amount,
        taken: frozenset[int],
        previous: _Previous,
        measured: Measured | None,
        first: int,
    ) -> None:
        self.words, self.amount = words, amount
        self.taken, self.previous = taken, previous
        self.measured, self.first = measured, first
        self.after = measured.after if measured else amount.end
        self.counted = self._counted()
        self.end = max(self.after, self.counted[1] if self.counted else 0)
        self.hedge = self._hedge()
        self._start = self._first_of_all()
        self._is_listed = previous.is_part and self._goes_on()
        self.predicate = self._predicate()
        self.aside = self._aside()

    # --- places ---

    def _first_of_all(self) -> int:
        """Where it begins with the qualifier before it."""
        hedge = self.hedge
        is_beside = hedge and self.first - _FEW < hedge.end <= self.first
        return hedge.first if hedge and is_beside else self.first

    @property
    def places(self) -> range:
        """The words of the number and of what is counted, before it or after."""
        first = min(self.first, self.counted[0] if self.counted else self.first)
        return range(first, self.end)

    # --- parts ---

    def _counted(self) -> Place | None:
        if self.measured:
            return self._share_of or self.measured.place
        hedge = QUALIFIERS_AFTER.at(self.words, self.after)
        start = hedge.end if hedge else self.after
        after = counted(self.words, start, self.taken)
        return after or counted_before(self.words, self.amount.first, self.taken)

    @property
    def _share_of(self) -> Place | None:
        """What a percentage is of."""
        is_percent = self.measured and self.measured.unit.kind == "percent"
        if not is_percent or self.words.form(self.after) not in {"of", "من"}:
            return None
        return counted(self.words, self.after, self.taken)

    def _hedge(self) -> Found[Qualifier] | None:
        before = qualifiers.before(self.words, self.first)
        ends = self.amount.end, self.after, self.end
        return before or qualifiers.after(self.words, *ends)

    def _predicate(self) -> Found[str] | None:
        if self._is_listed:
            return self.previous.predicate
        joined = WITH_AND if self._is_joined else 0.0
        found = predicate(
            self.words,
            range(self._start, self.end),
            self.counted,
            joined=joined,
            reach=_NEAR_UNIT if self.measured else FARTHEST,
        )
        gap = range(self.previous.end, self._start)
        found = of_whole(self.words, gap, self.previous.predicate, found)
        return found or (self._predicate_before if self._ends_list else None)

    @property
    def _ends_list(self) -> bool:
        """Whether it is one more of what was counted before: `…، و7 مدنيين`."""
        forms, start, end = self.words.forms, self._start, self.previous.end
        is_added = forms[max(start - 2, 0) : start] == ["اضافه", "الي"]
        is_joined = self._is_joined or is_added or forms[start - 1] in _JOINED
        is_near = start - end < _SENTENCE
        return is_joined and is_near and STOPS.isdisjoint(forms[end:start])

    @property
    def _predicate_before(self) -> Found[str] | None:
        """What happened to those counted before, if it can happen to these."""
        before = self.previous.predicate
        is_among = self.words.form(self.after) == "من"  # "and 4 from there"
        if not before or self.measured or not (self.counted or is_among):
            return None
        is_other = self.counted and not may_happen(before, self.words, self.counted)
        return None if is_other else before

    def _aside(self) -> str:
        before = ASIDES_BEFORE.before(self.words, self._start)
        after = ASIDES_AFTER.at(self.words, self.after)
        has_parts = after and self.words.form(after.end).isdigit()  # 41 منهم 20
        found = before or (None if has_parts else after)
        return found.value if found else "part" * self._is_listed

    # --- what it is ---

    @property
    def is_part(self) -> bool:
        return self.aside == "part"

    def _goes_on(self) -> bool:
        """Whether it goes on with the parts of a figure: `أربعة أطفال وثلاث نساء`."""
        gap = self.words.forms[self.previous.end : self.first]
        return len(gap) <= _FEW and (self._is_joined or not _AND.isdisjoint(gap))

    @property
    def _is_joined(self) -> bool:
        """Whether و is written as one with the number."""
        return self.words.forms[self._start][0] == "و"

    @property
    def is_stated(self) -> bool:
        """Whether the text states the number as a figure."""
        return bool(self.measured or self.counted) or self._is_stated_alone

    @property
    def _is_stated_alone(self) -> bool:
        """Whether a number without a noun is a figure."""
        if is_time_before(self.words, self.first) or self.amount.low % 1:
            return False
        if (
            self.hedge
            or self.aside
            or self._is_shared
            or self._is_after_dash
            or self._is_total_in_brackets
        ):
            return True
        return not is_in_name(self.words, self.first, self.end) and (
            self._is_large
            or self._is_subject
            or self._is_corrected
            or self._is_tallied
            or self._is_parallel
            or self._is_crowd
            or self.predicate is not None
        )

    @property
    def _is_subject(self) -> bool:
        form = self.words.form(self.after)
        if form in MODALS:
            return (
                self.amount.low > 1 and self.words.form(self.first - 1) not in PLACING
            )
        if form == "who":
            return self.amount.low > 1 and self.words.form(self.first - 1) != "the"
        return form in SUBJECT_VERBS or is_plural_verb(form)

    @property
    def _is_shared(self) -> bool:
        """Whether its whole or its share follows: "12 of the 15", "410 (82%)"."""
        near = self.words.forms[self.after : self.after + 4]
        opens = near[:1] in _OPENS_SHARE or near[:2] in _OUT_OF
        return opens and any(map(str.isdigit, near))

    @property
    def _is_large(self) -> bool:
        """Whether it is written as only figures are: 24,500 or "two million"."""
        return self.amount.low >= _LARGE and self.amount.end - self.amount.first > 1

    @property
    def _is_after_dash(self) -> bool:
        """Whether it tells after a dash how many: "more than ever — 3.2 million"."""
        return self._is_large and self.words.form(self.first - 1) in _LONG_DASHES

    @property
    def _is_corrected(self) -> bool:
        """Whether another number is denied right after it: "32, not 20"."""
        index = self.after + (self.words.form(self.after) in _AND)
        found = ASIDES_BEFORE.at(self.words, index)
        return bool(found and found.value == "denied")

    @property
    def _is_tallied(self) -> bool:
        """Whether a word like "toll" stands before it."""
        near = self.words.forms[max(self.first - _NEAR, 0) : self.first]
        return not TALLIES.isdisjoint(near)

    @property
    def _is_total_in_brackets(self) -> bool:
        """Whether brackets tell a number named before: "the number of seats (23)"."""
        before = self.words.forms[max(self.first - _FEW, 0) : self.first]
        is_bracketed = before[1:] == ["("] and self.words.form(self.after) == ")"
        return is_bracketed and before[0] not in TALLIES and self._is_tallied

    @property
    def _is_parallel(self) -> bool:
        """Whether it goes on with a figure: "71 in the north and 36 in the south"."""
        if self.words.form(self.after) not in PLACING:
            return False
        gap = self.words.forms[self.previous.end : self.first]
        joined = self._is_joined or bool(gap and gap[-1] in _AND)
        is_near = self.previous.end > 0 and len(gap) < _SENTENCE
        return joined and is_near and STOPS.isdisjoint(gap)

    @property
    def _is_crowd(self) -> bool:
        """Whether a vague plural stands for people: `المئات`, but not "in thousands"."""
        before = self.words.form(self.first - 1)
        return self.amount.is_vague and before not in NOT_CROWDS

    # --- the claim ---

    def claim(self) -> ProposedClaim:
        """The figure as it is proposed."""
        words, hedge, happened = self.words, self.hedge, self.predicate
        unit = self.measured.unit.id if self.measured else ""
        kind = hedge.value if hedge else None
        return ProposedClaim(
            number=self._number,
            quantity=qualifiers.stated(self.amount, kind, unit),
            rule=self._rule,
            form=self._form,
            qualifier=qualifiers.span(words, hedge),
            counted=self._counted_span,
            predicate=happened.span(words) if happened else None,
            category=happened.value if happened else "",
            denied=self.aside == "denied",
            is_part=self.is_part,
        )

    @property
    def _number(self) -> Span:
        if not self.measured or self.amount.brackets:
            return self.amount.span(self.words)
        first, end = self.measured.first, self.measured.end
        skip = self.amount.skip if first == self.amount.first else 0
        return self.words.span(first, end, skip=skip)

    @property
    def _counted_span(self) -> Span | None:
        if not self.counted:
            return None
        skip, _ = DUALS.get(self.words.forms[self.counted[0]], (0, False))
        return self.words.span(*self.counted, skip=skip)

    @property
    def _rule(self) -> str:
        if self.aside:
            return f"claim.{self.aside}"
        if self.measured:
            return f"claim.{self.measured.unit.kind}"
        if self.amount.is_vague:
            return "claim.vague"
        return "claim.range" if self.amount.is_range else "claim.number"

    @property
    def _form(self) -> NumberForm:
        if not self.amount.is_vague:
            return NumberForm.WRITTEN
        return next(form for least, form in _FORMS if self.amount.low >= least)
