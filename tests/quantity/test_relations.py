from contextlib import suppress
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.quantity import Incomparable, Qualifier, Quantity, Relation, RelationKind
from tests.quantity.counts import quantity
from tests.specs import rows

quick = settings(max_examples=60, deadline=None, database=None)

# What each qualifier says of a number, apart from any arithmetic of intervals.
ALLOWS = {
    Qualifier.EXACT: lambda its, number: its.low == number,
    Qualifier.ABOUT: lambda its, number: (
        its.low - abs(its.low) / 10 <= number <= its.high + abs(its.high) / 10
    ),
    Qualifier.AT_LEAST: lambda its, number: its.low <= number,
    Qualifier.MORE_THAN: lambda its, number: its.low < number,
    Qualifier.AT_MOST: lambda its, number: number <= its.high,
    Qualifier.LESS_THAN: lambda its, number: number < its.high,
    Qualifier.UP_TO: lambda its, number: number <= its.high,
    Qualifier.RANGE: lambda its, number: its.low <= number <= its.high,
    Qualifier.VAGUE: lambda its, number: (
        (its.low is None or its.low <= number)
        and (its.high is None or number <= its.high)
    ),
}


def every_count():
    """All counts with bounds that often meet, in two units."""
    bounds = [None, *map(Decimal, ("-5", "0", "9", "10", "10.5", "11", "100"))]
    for stated in product(bounds, bounds, Qualifier, ("people", "families")):
        with suppress(ValueError):
            yield Quantity(*stated)


counts = st.sampled_from(list(every_count()))


def numbers_around(*quantities):
    """Every bound, every end of an "about", and a number between any two of them."""
    bounds = [bound for its in quantities for bound in (its.low, its.high)]
    ends = {
        bound * share
        for bound in bounds
        if bound is not None
        for share in (Decimal("0.9"), Decimal(1), Decimal("1.1"))
    }
    ends |= {Decimal(-1000), Decimal(1000)}
    return ends | {(one + other) / 2 for one in ends for other in ends}


@pytest.mark.parametrize(
    ("first", "second", "kind", "apart", "english", "arabic"), rows("relations")
)
def test_two_counts_relate(first, second, kind, apart, english, arabic):
    one, other = quantity(first), quantity(second)
    relation = one.relation_to(other)
    gap, _, ratio = apart.partition(" x ")
    assert relation.sentence("en") == english
    assert relation.sentence("ar") == arabic
    for either in (relation, other.relation_to(one)):
        assert either.kind == kind
        assert either.gap == (Decimal(gap) if gap else None)
        assert either.ratio == (Decimal(ratio) if ratio else None)


@quick
@given(counts, counts)
def test_kind_gap_and_ratio_are_symmetric(first, second):
    one, other = first.relation_to(second), second.relation_to(first)
    assert (one.kind, one.gap, one.ratio) == (other.kind, other.gap, other.ratio)


@quick
@given(counts, counts, st.sampled_from(Incomparable))
def test_every_relation_explains_itself_with_both_figures(first, second, reason):
    for relation in (
        first.relation_to(second),
        Relation.not_comparable(first, second, reason),
    ):
        for language in ("en", "ar"):
            sentence = relation.sentence(language)
            assert first.in_words(language) in sentence
            assert second.in_words(language) in sentence
            assert sentence.endswith(".")
            assert not set(sentence) & set("-–—{}٠١٢٣٤٥٦٧٨٩")


@quick
@given(counts)
def test_every_count_is_the_same_as_itself(count):
    assert count.relation_to(count).kind is RelationKind.SAME


@quick
@given(counts, counts)
def test_counts_conflict_exactly_when_no_number_fits_both(first, second):
    relation = first.relation_to(second)
    if relation.kind is RelationKind.NOT_COMPARABLE:
        return
    fits_both = any(
        ALLOWS[first.qualifier](first, number)
        and ALLOWS[second.qualifier](second, number)
        for number in numbers_around(first, second)
    )
    assert (relation.kind is RelationKind.CONFLICTS) is not fits_both


@quick
@given(counts, counts)
def test_only_conflicts_have_a_gap_and_only_positive_bounds_a_ratio(first, second):
    relation = first.relation_to(second)
    conflict = relation.kind is RelationKind.CONFLICTS
    assert (relation.gap is not None) is conflict
    if relation.gap is not None:
        assert relation.gap >= 0
    if relation.ratio is not None:
        assert conflict
        assert relation.ratio >= 1


@quick
@given(counts, counts)
def test_only_counts_of_one_unit_are_compared(first, second):
    relation = first.relation_to(second)
    different = first.unit != second.unit
    assert (relation.kind is RelationKind.NOT_COMPARABLE) is different
    assert relation.reason is (Incomparable.UNIT if different else None)


def test_the_tolerance_is_a_setting_and_named_in_the_sentence():
    count, hedged = quantity("EXACT 3000..3000"), quantity("ABOUT 3500..3500")
    assert count.relation_to(hedged).kind is RelationKind.CONFLICTS
    relation = count.relation_to(hedged, tolerance=Decimal("0.15"))
    assert relation.kind is RelationKind.AGREES
    assert relation.sentence("en").endswith("3,000 is within 15% of about 3,500.")
    assert "15%" in relation.sentence("ar")


def test_without_tolerance_about_is_taken_by_its_number():
    exact, hedged = quantity("EXACT 3499..3499"), quantity("ABOUT 3500..3500")
    nothing = Decimal(0)
    kind = exact.relation_to(hedged, tolerance=nothing).kind
    assert kind is RelationKind.CONFLICTS


@pytest.mark.parametrize("tolerance", ["-0.1", "NaN", "Infinity"])
def test_a_tolerance_that_is_no_share_is_refused(tolerance):
    count = quantity("EXACT 60..60")
    with pytest.raises(ValueError, match="a share of 0 or more"):
        count.relation_to(count, tolerance=Decimal(tolerance))


@pytest.mark.parametrize(
    ("reason", "english", "arabic"),
    [
        (
            Incomparable.UNIT,
            "60 and about 60 are not comparable: they are counted in different units.",
            "لا تصح المقارنة بين «60» و«حوالي 60»: وحدتا العد مختلفتان.",
        ),
        (
            Incomparable.MEASURE,
            "60 and about 60 are not comparable: they belong to different measures.",
            "لا تصح المقارنة بين «60» و«حوالي 60»: هما من مقياسين مختلفين.",
        ),
        (
            Incomparable.NATURE,
            "60 and about 60 are not comparable:"
            " a level, a running total and an increment are different things.",
            "لا تصح المقارنة بين «60» و«حوالي 60»:"
            " المستوى والمجموع المتراكم والزيادة أشياء مختلفة.",
        ),
        (
            Incomparable.DAY,
            "60 and about 60 are not comparable:"
            " they hold for days further apart than the measure allows.",
            "لا تصح المقارنة بين «60» و«حوالي 60»:"
            " ما بين تاريخيهما أطول مما يسمح به المقياس.",
        ),
    ],
)
def test_counts_that_must_not_be_compared_say_why(reason, english, arabic):
    relation = Relation.not_comparable(
        quantity("EXACT 60..60"), quantity("ABOUT 60..60"), reason
    )
    assert relation.sentence("en") == english
    assert relation.sentence("ar") == arabic


def test_a_relation_in_a_language_it_cannot_write_is_refused():
    count = quantity("EXACT 60..60")
    with pytest.raises(ValueError, match="not in 'fr'"):
        count.relation_to(count).sentence("fr")
