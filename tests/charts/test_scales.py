import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.charts.scales import DayScale, value_scale
from claims.quantity import LIMIT
from tests.specs import rows

pytestmark = pytest.mark.once

numbers = st.lists(st.decimals(-LIMIT + 1, LIMIT - 1, places=3), min_size=1, max_size=9)
days = st.dates(dt.date(1, 1, 1), dt.date.max)


@pytest.mark.parametrize(("stated", "steps", "ticks", "scale"), rows("value_ticks"))
def test_a_scale_of_numbers_has_round_ticks(stated, steps, ticks, scale):
    found = value_scale(decimals(stated), steps=int(steps))
    assert list(found.ticks) == decimals(ticks)
    assert found.is_logarithmic == (scale == "logarithmic")


def decimals(words):
    return [] if words == "-" else [Decimal(word) for word in words.split()]


@pytest.mark.parametrize(("first", "last", "most", "unit", "ticks"), rows("day_ticks"))
def test_a_scale_of_days_has_round_ticks(first, last, most, unit, ticks):
    scale = DayScale(dt.date.fromisoformat(first), dt.date.fromisoformat(last))
    found = scale.ticks(int(most))
    assert found == (unit, [dt.date.fromisoformat(each) for each in ticks.split()])


@given(numbers, st.integers(2, 4))
def test_numbers_and_ticks_lie_on_their_scale_in_order(stated, steps):
    scale = value_scale(stated, steps=steps)
    assert 1 <= len(scale.ticks) <= steps + 1
    assert list(scale.ticks) == sorted(set(scale.ticks))
    shares = [scale.share(number) for number in sorted([*stated, *scale.ticks])]
    assert shares == sorted(shares)
    assert 0 <= shares[0] <= shares[-1] <= 1


@given(days, days, st.integers(0, 12))
def test_ticks_of_days_lie_on_their_scale_in_order(one, other, most):
    scale = DayScale(min(one, other), max(one, other))
    _, ticks = scale.ticks(most)
    assert 1 <= len(ticks) <= max(most, 2)
    assert ticks == sorted(set(ticks))
    assert all(0 <= scale.share(day) <= 1 for day in ticks)
