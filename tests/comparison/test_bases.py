"""On random bases the comparison is that of the oracle, today and at past moments."""

import datetime as dt
import random

import pytest
from django.contrib.auth.models import AnonymousUser

from claims.comparison import compare
from sources.policy import PublicAt
from tests.comparison import oracle
from tests.comparison.bases import FIRST, Base, Rows, found

pytestmark = pytest.mark.django_db
N_STEPS = 14


@pytest.mark.parametrize("seed", range(20))
def test_a_comparison_is_that_of_the_oracle_and_stays_what_it_was(seed):
    base = Base(random.Random(seed))  # noqa: S311  # the same bases in every run
    told = {}
    for _ in range(N_STEPS):
        base.step()
        told[base.moment] = found(compare(base.measure, AnonymousUser()))
    assert told[base.moment] == expected(base, None)
    for moment, then in told.items():
        assert found(compare(base.measure, PublicAt(moment))) == then
    for minutes in base.chance.sample(range(N_STEPS), 3):
        moment = FIRST + dt.timedelta(minutes=minutes, seconds=30)
        past = found(compare(base.measure, PublicAt(moment)))
        assert past == expected(base, moment)


def expected(base: Base, moment: dt.datetime | None):
    world = Rows(base.measure, moment).world(base)
    is_increment = base.measure.nature == "INCREMENT"
    voices = {
        who: (told, repeated, counted(world, who) if is_increment else latest)
        for who, (told, repeated, latest) in world.voices().items()
    }
    figures = [
        {each.figure for each in world.tellings if each.key in current}
        for _told, _repeated, current in voices.values()
        if current
    ]
    days = base.measure.tolerance_days
    return voices, oracle.agreement(figures, days=days)


def counted(world: oracle.World, who) -> set[int]:
    """Of increments none is the latest: all count."""
    return {each.key for each in world.told_first(who) if each.figure}
