"""The latest figure of a voice, and how the figures of several stand to each other."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.comparison import Comparison, Figure, Voice
from claims.comparison.figures import Agreement, agreement, envelope, pairs
from claims.comparison.tellings import Kind, Originator, Telling
from claims.comparison.voices import Voice as BareVoice
from claims.models import Measure
from claims.quantity import Quantity, RelationKind
from sources.text.dates import PartialDate
from tests.comparison.worlds import a_figure
from tests.quantity.counts import quantity
from tests.specs import rows

pytestmark = pytest.mark.once
SOMEBODY = Originator(Kind.SPEAKER, 1)


# --- the latest figure of a voice ---


@pytest.mark.parametrize(("told", "latest"), rows("latest_figure"))
def test_the_latest_figure_is(told, latest):
    tellings = [telling(key, each) for key, each in enumerate(told.split(" ¦ "))]
    numbers = {key: each.split()[0] for key, each in enumerate(told.split(" ¦ "))}
    for order in (tellings, tellings[::-1]):
        voice = BareVoice(SOMEBODY, tuple(order), {})
        found = sorted(numbers[each.key] for each in voice.latest())
        assert " ".join(found) or latest == "-"


def telling(key, written):
    number, *days = written.split()
    read = [None if day == "-" else dt.date.fromisoformat(day) for day in days]
    is_denied = number.startswith("not-")
    figure = None
    if number != "none":
        figure = Figure(Quantity.exactly(Decimal(number.removeprefix("not-"))))
    return Telling(
        key,
        article=key,
        originator=SOMEBODY,
        is_own=False,
        figure=None if is_denied else figure,
        denied=figure if is_denied else None,
        days=tuple(read),
    )


# --- several voices ---


@pytest.mark.parametrize(
    ("voices", "days", "relations", "agreement", "envelope", "ranges"),
    rows("agreement"),
)
def test_voices_stand(voices, days, relations, agreement, envelope, ranges):
    voiced = [] if voices == "-" else voices.split(" ¦ ")
    read = [[figure(each) for each in voice.split(" + ")] for voice in voiced]
    for order in (read, read[::-1]):
        found = compared(order, int(days))
        counted = [f"{found.n_relations[kind]} {kind}" for kind in RelationKind]
        stated = [each for each in counted if not each.startswith("0 ")]
        assert ", ".join(stated) or relations == "-"
        assert found.agreement == agreement
        assert found.envelope == (None if envelope == "-" else quantity(envelope))
        assert {each.quantity for each in found.stated_ranges} == {
            quantity(each) for each in ranges.split(" ¦ ") if ranges != "-"
        }


def figure(written):
    count, _, day = written.partition(" @")
    holds = PartialDate.day(dt.date.fromisoformat(day)) if day else None
    return Figure(quantity(count), holds)


def compared(voiced, days):
    """The comparison of voices who state these figures."""
    measure = Measure(unit="people", tolerance_days=days)
    everyone = [
        Voice(Originator(Kind.SPEAKER, key), None, [], [], {x: [] for x in figures}, {})
        for key, figures in enumerate(voiced)
    ]
    return Comparison(measure, [], everyone, {})


# --- what holds of all figures ---

figures = st.builds(a_figure, st.randoms(use_true_random=False))
voiced = st.lists(st.lists(figures, min_size=1, max_size=3), max_size=4)
days_apart = st.integers(0, 2)


@given(figures, figures, days_apart)
def test_a_relation_is_the_same_from_either_side(one, other, days):
    there, back = (
        one.relation_to(other, days=days),
        other.relation_to(one, days=days),
    )
    assert (there.kind, there.gap, there.ratio, there.reason) == (
        back.kind,
        back.gap,
        back.ratio,
        back.reason,
    )


@given(figures, days_apart)
def test_a_figure_is_the_same_as_itself(one, days):
    assert one.relation_to(one, days=days).kind == RelationKind.SAME


@given(voiced, days_apart, st.randoms(use_true_random=False))
def test_no_order_of_voices_or_figures_matters(voices, days, chance):
    shuffled = [chance.sample(each, len(each)) for each in voices]
    chance.shuffle(shuffled)
    found, again = compared(voices, days), compared(shuffled, days)
    assert found.agreement == again.agreement
    assert found.n_relations == again.n_relations
    assert found.envelope == again.envelope


@given(voiced, days_apart)
def test_saying_a_figure_again_changes_nothing_for_its_voice(voices, days):
    twice = [[*each, *each] for each in voices]
    assert compared(twice, days).pairs == compared(voices, days).pairs


@given(voiced, st.lists(figures, min_size=1, max_size=2), days_apart)
def test_another_voice_never_settles_what_is_contested(voices, more, days):
    before, after = compared(voices, days), compared([*voices, more], days)
    if before.agreement == Agreement.CONTESTED:
        assert after.agreement == Agreement.CONTESTED
    assert after.n_relations >= before.n_relations


@given(voiced)
def test_the_envelope_holds_every_figure_and_no_narrower_one_does(voices):
    stated = [each.quantity.stated() for voice in voices for each in voice]
    around = envelope(each for voice in voices for each in voice)
    if around is None:
        assert not stated
        return
    lowest = [each for each in stated if each.low == around.low]
    highest = [each for each in stated if each.high == around.high]
    assert around.low == min(each.low for each in stated)
    assert around.high == max(each.high for each in stated)
    assert around.excludes_low == all(each.excludes_low for each in lowest)
    assert around.excludes_high == all(each.excludes_high for each in highest)


@given(voiced, days_apart)
def test_every_number_shown_is_one_that_was_stated(voices, days):
    found = compared(voices, days)
    stated = {
        bound
        for voice in voices
        for each in voice
        for bound in (each.quantity.low, each.quantity.high)
    }
    shown = [each for pair in found.pairs for each in (pair.first, pair.second)]
    shown += found.stated_ranges
    around = [found.envelope] if found.envelope else []
    for each in [*(figure.quantity for figure in shown), *around]:
        assert {each.low, each.high} <= stated | {None}


@given(voiced, days_apart)
def test_nothing_is_compared_across_more_days_than_the_measure_allows(voices, days):
    for pair in pairs(voices, days=days):
        one, other = pair.first.holds, pair.second.holds
        apart = one.days_apart(other) if one and other else 0
        is_compared = pair.relation.kind != RelationKind.NOT_COMPARABLE
        assert is_compared == (apart <= days)


@given(voiced, days_apart)
def test_only_what_different_voices_say_is_paired(voices, days):
    for pair in pairs(voices, days=days):
        saying = [
            {number for number, voice in enumerate(voices) if each in voice}
            for each in (pair.first, pair.second)
        ]
        assert len(saying[0] | saying[1]) > 1
    assert agreement(1, pairs(voices[:1], days=days)) == Agreement.SINGLE_VOICE
