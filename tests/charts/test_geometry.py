import datetime as dt
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.charts.geometry import (
    BETWEEN,
    LINKED,
    ROWS,
    TOP,
    UNDER_NAME,
    WIDTH,
    layout,
)
from claims.charts.shapes import Entry, Row, State
from claims.quantity import Qualifier, Quantity
from tests.specs import rows

pytestmark = pytest.mark.once

DAY = dt.date(2024, 5, 3)
quick = settings(max_examples=30, deadline=None, database=None)


def every_quantity():
    bounds = [None, *map(Decimal, ("-5", "0", "9", "10.5", "100", "4000"))]
    for stated in product(bounds, bounds, Qualifier):
        with suppress(ValueError):
            yield Quantity(*stated)


quantities = st.sampled_from(list(every_quantity()))
days = st.dates(dt.date(1990, 1, 1), dt.date(2030, 1, 1))
spans = st.none() | st.tuples(days, days).map(lambda pair: tuple(sorted(pair)))
entries = st.builds(
    Entry, quantities, spans, st.sampled_from(State), st.text(max_size=3)
)
voices = st.builds(
    Row, st.text(max_size=60), st.lists(entries, min_size=1, max_size=8), st.text()
)
charts = st.lists(voices, max_size=ROWS + 3)


def number(at: int, **columns) -> Entry:
    day = columns.pop("day", DAY)
    given = {"days": (day, day), "state": State.EARLIER, **columns}
    return Entry(Quantity.exactly(Decimal(at)), **given)


def drawn(*entries: Entry, latest: str = ""):
    """The only band of a chart of one voice."""
    return layout([Row("Harbour Office", list(entries), latest)]).bands[0]


@pytest.mark.parametrize(
    ("qualifier", "low", "high", "state", "shapes"), rows("chart_marks")
)
def test_a_claim_is_drawn_by_what_it_says(qualifier, low, high, state, shapes):
    bounds = [None if each == "-" else Decimal(each) for each in (low, high)]
    quantity = Quantity(*bounds, Qualifier(qualifier))
    entry = Entry(quantity, (DAY, DAY), State(state))
    found = layout([Row("", [entry, number(0), number(100)])])
    height = found.band
    tick = {each.number: each.y for each in found.values}
    per_number = (tick[0] - tick[100]) / 100
    [mark] = [each for each in found.bands[0].marks if each.entry == entry]

    def at(y: int) -> str:
        ends = {UNDER_NAME: "top", UNDER_NAME + height: "bottom"}
        return ends.get(y) or str(round((tick[0] - y) / per_number / 10) * 10)

    told = [f"{stem.kind} {at(stem.y1)} {at(stem.y2)}" for stem in mark.stems]
    told += [f"{glyph.name} {at(glyph.y)}" for glyph in mark.glyphs]
    assert ", ".join(told) == shapes


@quick
@given(charts)
def test_everything_lies_inside_and_in_order(voices):
    found = layout(voices)
    assert found.left_out == max(len(voices) - ROWS, 0)
    last = TOP
    for band in found.bands:
        assert last <= band.y < band.y + UNDER_NAME + found.band <= found.axis
        last = band.y + UNDER_NAME + found.band
        for mark in (*band.marks, *band.dots):
            assert 0 <= mark.since <= mark.x <= WIDTH
            assert UNDER_NAME <= mark.top <= mark.bottom <= UNDER_NAME + found.band
            assert all(mark.top <= each.y <= mark.bottom + 4 for each in mark.glyphs)
    assert found.axis < found.note <= found.height
    assert all(key.y < found.height for key in found.legend)


@quick
@given(charts)
def test_later_days_lie_further_on_and_higher_numbers_higher(voices):
    marks = [
        mark for band in layout(voices).bands for mark in (*band.marks, *band.dots)
    ]
    dated = [mark for mark in marks if mark.entry.days]
    dated.sort(key=lambda mark: mark.entry.days[1])
    assert all(one.x <= other.x for one, other in pairwise(dated))
    for side, place in (("low", "bottom"), ("high", "top")):
        stated = [
            (bound, getattr(mark, place))
            for mark in marks
            if (bound := getattr(mark.entry.quantity, side)) is not None
        ]
        stated.sort(key=lambda pair: (pair[0], -pair[1]))
        assert all(one[1] >= other[1] for one, other in pairwise(stated))


@quick
@given(charts)
def test_arabic_is_the_mirror_image(voices):
    plain, mirrored = layout(voices), layout(voices, is_mirrored=True)
    for one, other in zip(plain.bands, mirrored.bands, strict=True):
        assert turned(one.marks) == list(other.marks)
        assert turned(one.dots) == list(other.dots)
        if one.label:
            expected = replace(one.label, x=WIDTH - one.label.x, aside=-one.label.aside)
            assert other.label == expected
    for name in ("narrow", "ordinary"):
        ticks = [replace(each, x=WIDTH - each.x) for each in getattr(plain, name)]
        assert ticks == list(getattr(mirrored, name))
    assert plain.height == mirrored.height


def turned(marks):
    return [replace(each, x=WIDTH - each.x, since=WIDTH - each.since) for each in marks]


@quick
@given(charts)
def test_each_claim_is_drawn_once_in_the_rows_that_are_shown(voices):
    found = layout(voices)
    for band in found.bands:
        assert sum(each.n for each in (*band.marks, *band.dots)) == len(
            band.row.entries
        )
    assert sum(len(band.marks) for band in found.bands) <= LINKED


@quick
@given(charts)
def test_equal_rows_are_laid_out_equally(voices):
    assert layout(voices) == layout([replace(each) for each in voices])


def test_claims_with_one_figure_for_a_day_are_one_mark():
    first = number(50, told="first")
    band = drawn(first, number(50, state=State.REPEATED), number(50), number(60))
    assert [(mark.n, mark.entry.told) for mark in band.marks] == [(3, "first"), (1, "")]


def test_a_denial_is_no_repetition_of_what_it_denies():
    band = drawn(number(50), number(50, state=State.DENIED))
    assert [(mark.n, mark.aside) for mark in band.marks] == [(1, 0), (1, 13)]


def test_what_would_hide_another_of_its_day_stands_aside():
    band = drawn(number(50), number(51), number(52), number(10), number(100))
    assert [mark.aside for mark in band.marks] == [0, 13, 26, 0, 0]


def test_a_label_stands_beside_the_latest_figure():
    later = DAY + dt.timedelta(days=9)
    band = drawn(number(50), number(60, day=later, state=State.LATEST), latest="60")
    assert band.label.is_beside
    assert (band.label.x, band.label.aside) == (WIDTH, 11)


def test_a_long_label_stands_in_the_line_of_the_name():
    latest = number(60, state=State.LATEST)
    label = drawn(latest, latest="hundreds (at least 200), about 3,000 to 3,500").label
    assert (label.is_beside, label.x, label.y) == (False, WIDTH, 0)


def test_who_has_no_latest_figure_has_no_label():
    assert drawn(number(50)).label is None


def test_a_figure_for_no_day_stands_apart_before_the_others():
    undated = replace(number(50), days=None)
    found = layout([Row("", [undated, number(60)])])
    assert found.undated == 0
    assert sorted(mark.x for mark in found.bands[0].marks) == [0, 550]


def test_a_period_reaches_back_to_its_first_day():
    week = (DAY, DAY + dt.timedelta(days=7))
    [mark] = drawn(replace(number(50), days=week)).marks
    assert (mark.since, mark.x) == (0, WIDTH)


def test_the_latest_claims_lead_somewhere_and_the_rest_are_dots():
    many = [number(n, day=DAY + dt.timedelta(days=n)) for n in range(LINKED + 40)]
    band = drawn(*many)
    assert [mark.entry for mark in band.dots] == many[:40]
    assert [mark.entry for mark in band.marks] == many[40:]


def test_plain_numbers_need_no_legend():
    assert layout([Row("", [number(50)])]).legend == ()
    about = replace(
        number(50), quantity=Quantity(Decimal(5), Decimal(5), Qualifier.ABOUT)
    )
    assert [key.name for key in layout([Row("", [number(5), about])]).legend] == [
        "dot",
        "about",
    ]


def test_bands_grow_lower_the_more_there_are():
    heights = [layout([Row("", [number(5)])] * n).band for n in (1, 3, 7, 12)]
    assert heights == sorted(heights, reverse=True)
    assert BETWEEN > 0
