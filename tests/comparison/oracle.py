"""The comparison once more: slow, obvious, and sharing nothing but the data classes.

Everything is enumerated: all ways up from an article, all claims above, all pairs.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations, product

from claims.comparison.figures import Agreement
from claims.comparison.tellings import Kind, Originator
from claims.quantity import Qualifier, RelationKind

WHOLE = ("REPUBLISHES", "TRANSLATES")


@dataclass
class World:
    """What is known: claims, what articles take, and what stands in which text."""

    tellings: list
    takings: list
    words_in: set  # (claim, article): the claim's words stand in the article's text
    owners: dict  # article -> originator
    named: dict  # (speaker, claim) -> originator
    speaks_as: dict = field(default_factory=dict)  # source -> speaker

    def stands_in(self, claim, article):
        return (claim, article) in self.words_in

    # --- whose voice ---

    def owner(self, article, claim):
        owner = self.owners[article]
        return self.office(owner.key, claim) if owner.kind == Kind.SOURCE else owner

    def office(self, source, claim):
        for each, speaker in self.speaks_as.items():
            if each == source:
                return self.named[speaker, claim]
        return Originator(Kind.SOURCE, source)

    def ways(self, article, passed=()):
        """Every way up, through no article twice."""
        for taking in sorted(self.takings, key=lambda taking: taking.key):
            if taking.article != article or taking.origin in (*passed, article):
                continue
            yield (taking,)
            if taking.origin is not None:
                for further in self.ways(taking.origin, (*passed, article)):
                    yield (taking, *further)

    def repetition(self, telling):
        """The claim it repeats or None, and the way there; None if it is told first."""
        beside = [x for x in self.tellings if is_said_beside(telling, x)]
        if beside:
            return best(telling, beside), ()
        ways = sorted(self.ways(telling.article), key=len)
        for way in ways:
            found = [
                other
                for other in self.above(telling, way)
                if self.is_the_same(telling, other, way)
            ]
            if found:
                return best(telling, found), way
        return self.climb(telling, ())

    def is_the_same(self, telling, other, way):
        if is_whole(way) and telling.words and telling.words == other.words:
            return True
        if numbers(telling) != numbers(other):
            return False
        return is_whole(way) or not other_day(telling, other)

    def climb(self, telling, way):
        """Go one step up from where a way led, where all was taken, and so on."""
        passed = {telling.article, *(step.origin for step in way)} - {None}
        steps = [
            step
            for step in sorted(self.takings, key=lambda taking: taking.key)
            if step.kind in WHOLE
            and step.article == (way[-1].origin if way else telling.article)
            and step.origin not in passed
        ]
        in_words = [x for x in steps if self.stands_in(telling.key, x.origin)]
        if in_words:
            return self.climb(telling, (*way, in_words[0]))
        for step in steps:
            other = self.altered(telling, (*way, step))
            if other is not None:
                return other, (*way, step)
        for step in steps:
            is_translated = "TRANSLATES" in {each.kind for each in (*way, step)}
            if step.origin is None or is_translated:
                return self.climb(telling, (*way, step))
        return (None, way) if way and nameless(telling) else None

    def altered(self, telling, way):
        above = self.above(telling, way)
        if len({other.originator for other in above}) != 1:
            return None
        left = [
            other
            for other in above
            if not other_day(telling, other)
            and not any(
                numbers(beside) == numbers(other)
                and self.may_repeat(beside, other, way)
                for beside in self.tellings
                if beside.article == telling.article and beside.key != telling.key
            )
        ]
        return best(telling, left) if left else None

    def above(self, telling, way):
        return [
            other
            for other in sorted(self.tellings, key=lambda each: each.key)
            if other.article == way[-1].origin and self.may_repeat(telling, other, way)
        ]

    def may_repeat(self, telling, other, way):
        if (telling.figure is None) != (other.figure is None):
            return False
        if (telling.denied is None) != (other.denied is None):
            return False
        if telling.is_own or telling.originator == other.originator:
            return True
        return telling.is_unnamed and other.is_unnamed and is_whole(way)

    def voice(self, telling, passed=()):
        if not nameless(telling) or self.repetition(telling) is None:
            return telling.originator
        other, way = self.repetition(telling)
        if other in passed:  # a circle; what led into it has no say
            circle = (*passed, telling)[passed.index(other) :]
            return min(each.originator for each in circle)
        if other is not None:
            return self.voice(other, (*passed, telling))
        if way[-1].origin is not None:
            return self.owner(way[-1].origin, telling.key)
        if way[-1].origin_speaker is not None:
            return self.named[way[-1].origin_speaker, telling.key]
        return self.office(way[-1].origin_source, telling.key)

    # --- what a voice says ---

    def voices(self):
        """Each voice: what it told, what of it repeats what, and what is the latest."""
        return {
            voice: (
                {each.key for each in self.told_by(voice)},
                {
                    each.key: (of and of.key, way)
                    for each in self.told_by(voice)
                    for of, way in filter(None, [self.repetition(each)])
                },
                {each.key for each in self.latest(voice)},
            )
            for voice in {self.voice(each) for each in self.tellings}
        }

    def told_by(self, voice):
        return [each for each in self.tellings if self.voice(each) == voice]

    def told_first(self, voice):
        """What it told that no other claim is known to have told before."""
        told = self.told_by(voice)
        repeated = [each for each in told if (self.repetition(each) or [None])[0]]
        return [each for each in told if each not in repeated] or told

    def latest(self, voice):
        """The claims of a voice that give a figure, and than which none is later."""
        given = [each for each in self.told_first(voice) if each.figure]
        return [x for x in given if not any(later(other, x) for other in given)]


def is_said_beside(telling, other):
    """Whether a source gives in its own voice the figure of whom it names there."""
    if not telling.is_own or other.is_own:
        return False
    if (telling.article, telling.text) != (other.article, other.text):
        return False
    for one, two in ((telling.figure, other.figure), (telling.denied, other.denied)):
        if one and two and not other_day(telling, other):
            same_ends = ends_of(one.quantity) == ends_of(two.quantity)
            return same_ends and one.quantity.unit == two.quantity.unit
    return False


def ends_of(quantity):
    is_beyond = quantity.qualifier in {Qualifier.MORE_THAN, Qualifier.LESS_THAN}
    return quantity.low, quantity.high, is_beyond


def numbers(telling):
    about = telling.figure or telling.denied
    return {about.quantity.low, about.quantity.high} if about else set()


def nameless(telling):
    return telling.is_own or telling.is_unnamed


def is_whole(way):
    return all(step.kind in WHOLE for step in way)


def other_day(telling, other):
    one, two = telling.figure or telling.denied, other.figure or other.denied
    if not (one and two and one.holds and two.holds):
        return False
    return (
        one.holds.latest < two.holds.earliest or two.holds.latest < one.holds.earliest
    )


def best(telling, others):
    """With its numbers before others, then on its day, then word for word."""
    for hopes in product((True, False), repeat=3):
        for other in sorted(others, key=lambda each: each.key):
            has_the_numbers = numbers(other) == numbers(telling)
            is_that_day = not other_day(telling, other)
            is_that_figure = other.figure == telling.figure
            if (has_the_numbers, is_that_day, is_that_figure) == hopes:
                return other
    raise AssertionError


def later(one, other):
    """By the day it is for, then the day it was said, then that of the article."""
    for a, b in zip(dates(one), dates(other), strict=True):
        if a != b:
            return b is None or (a is not None and a > b)
    return False


def dates(telling):
    holds, said, article = telling.days
    said = said or article
    return holds or said, said, article


# --- how figures stand to each other ---


def fits(quantity, number):
    """Whether a number is one that a quantity allows."""
    low, high = quantity.low, quantity.high
    if quantity.qualifier == Qualifier.ABOUT:
        low, high = low - abs(low) / 10, high + abs(high) / 10
    above = low is None or number > low or number == low
    below = high is None or number < high or number == high
    if quantity.qualifier == Qualifier.MORE_THAN:
        return number > low
    if quantity.qualifier == Qualifier.LESS_THAN:
        return number < high
    return above and below


def relation(one, other, *, days):
    """The kind of relation of two figures."""
    first, second = one.quantity, other.quantity
    if one.holds and other.holds:
        gap = max(
            (one.holds.earliest - other.holds.latest).days,
            (other.holds.earliest - one.holds.latest).days,
        )
        if gap > days:
            return RelationKind.NOT_COMPARABLE
    if first.unit != second.unit:
        return RelationKind.NOT_COMPARABLE
    if (first.low, first.high) == (second.low, second.high):
        is_same = first.qualifier == second.qualifier
        return RelationKind.SAME if is_same else RelationKind.AGREES
    for inner, outer in ((first, second), (second, first)):
        ends = (inner.low, inner.high, outer.low, outer.high)
        if None not in ends and fits(outer, inner.low) and fits(outer, inner.high):
            return RelationKind.AGREES
    bounds = {x for each in (first, second) for x in (each.low, each.high)} - {None}
    ends = {x * share for x in bounds for share in map(Decimal, ("0.9", "1", "1.1"))}
    ends |= {Decimal(-(10**13)), Decimal(10**13)}
    tried = ends | {(a + b) / 2 for a in ends for b in ends}
    shared = any(fits(first, number) and fits(second, number) for number in tried)
    return RelationKind.OVERLAPS if shared else RelationKind.CONFLICTS


def agreement(voices, *, days):
    """How voices stand to each other, given the figures of each."""
    if len(voices) < 2:
        return Agreement.SINGLE_VOICE if voices else Agreement.NONE
    kinds = {
        relation(one, other, days=days)
        for these, those in combinations(voices, 2)
        for one in these
        for other in those
    }
    for kind, said in (
        (RelationKind.CONFLICTS, Agreement.CONTESTED),
        (RelationKind.OVERLAPS, Agreement.COMPATIBLE),
        (RelationKind.AGREES, Agreement.AGREE),
        (RelationKind.SAME, Agreement.AGREE),
    ):
        if kind in kinds:
            return said
    return Agreement.NONE
