"""The fast comparison finds what the slow one finds, in thousands of random worlds."""

import random

import pytest

from claims.comparison.figures import agreement, pairs
from claims.comparison.voices import voices
from sources.lineage import Lineage
from tests.comparison import oracle
from tests.comparison.worlds import a_figure, a_world, republish

pytestmark = pytest.mark.once
N_WORLDS = 1_000


def chances(first: int, n: int = N_WORLDS):
    """A source of chance for each world, which its number makes again."""
    for seed in range(first, first + n):
        yield seed, random.Random(seed)  # noqa: S311  # the same worlds in every run


def found(world: oracle.World):
    """Each voice with the claims it told, what they repeat, and its latest figures."""
    lineage = Lineage(sorted(world.takings, key=lambda taking: taking.key))
    return {
        voice.originator: (
            {each.key for each in voice.told},
            {key: (x.of, x.chain) for key, x in voice.repeated.items()},
            {each.key for each in voice.latest()},
        )
        for voice in voices(world.tellings, lineage, Known(world))
    }


class Known:
    """What a world knows, as the comparison asks for it."""

    def __init__(self, world: oracle.World) -> None:
        self.stands_in = world.stands_in
        self.owner, self.office = world.owner, world.office
        self.named = lambda speaker, claim: world.named[speaker, claim]


@pytest.mark.parametrize("with_circles", [False, True])
def test_the_voices_are_those_of_the_oracle(*, with_circles):
    for seed, chance in chances(N_WORLDS * with_circles):
        world = a_world(chance, with_circles=with_circles)
        assert found(world) == world.voices(), (seed, world)


@pytest.mark.drill
def test_the_voices_are_those_of_the_oracle_in_many_more_worlds():
    for seed, chance in chances(2 * N_WORLDS, 20 * N_WORLDS):
        world = a_world(chance, with_circles=seed % 4 == 0)
        assert found(world) == world.voices(), (seed, world)


def test_the_agreement_is_that_of_the_oracle():
    for seed, chance in chances(0):
        days = chance.randint(0, 2)
        voiced = [
            [a_figure(chance) for _ in range(chance.randint(1, 2))]
            for _ in range(chance.randint(0, 4))
        ]
        fast = agreement(len(voiced), pairs(voiced, days=days))
        assert fast == oracle.agreement(voiced, days=days), (seed, voiced)


def test_no_order_of_the_claims_matters():
    for _seed, chance in chances(0, N_WORLDS // 4):
        world = a_world(chance)
        before = found(world)
        chance.shuffle(world.tellings)
        assert found(world) == before


def test_a_repetition_adds_no_voice_and_no_figure():
    """A republication of an article that repeats a claim of it word for word."""
    for seed, chance in chances(0, N_WORLDS // 4):
        world = a_world(chance)
        repeated = chance.choice(world.tellings)
        before = {who: latest for who, (_, _, latest) in found(world).items()}
        republish(world, repeated)
        after = {who: latest for who, (_, _, latest) in found(world).items()}
        assert after == before, (seed, repeated)
