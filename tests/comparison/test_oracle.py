"""The fast comparison finds what the slow one finds, in thousands of random worlds."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.comparison.figures import agreement, pairs
from claims.comparison.voices import voices
from sources.lineage import Lineage
from tests.comparison import oracle
from tests.comparison.worlds import a_figure, a_world

N_WORLDS = 3_000
SEED = 20240501


def found(world: oracle.World):
    """Each voice with the claims it told, what they repeat, and its latest figures."""
    lineage = Lineage(sorted(world.takings, key=lambda taking: taking.key))
    known = Known(world)
    return {
        voice.originator: (
            {each.key for each in voice.told},
            {key: (x.of, x.chain) for key, x in voice.repeated.items()},
            {each.key for each in voice.latest()},
        )
        for voice in voices(world.tellings, lineage, known)
    }


def expected(world: oracle.World):
    answer = {}
    for voice in {world.voice(each) for each in world.tellings}:
        told = world.told_by(voice)
        repeated = {
            each.key: (of and of.key, way)
            for each in told
            if (repetition := world.repetition(each))
            for of, way in [repetition]
        }
        latest = {each.key for each in world.latest(voice)}
        answer[voice] = ({each.key for each in told}, repeated, latest)
    return answer


class Known:
    def __init__(self, world):
        self.stands_in = world.stands_in
        self.owner = world.owners.__getitem__
        self.named = lambda speaker, claim: world.named[speaker, claim]


@pytest.mark.parametrize("with_circles", [False, True])
def test_the_voices_are_those_of_the_oracle(*, with_circles):
    chance = random.Random(SEED)
    for number in range(N_WORLDS):
        world = a_world(chance, with_circles=with_circles)
        assert found(world) == expected(world), (number, world)


def test_the_agreement_is_that_of_the_oracle():
    chance = random.Random(SEED)
    for _ in range(N_WORLDS):
        days = chance.randint(0, 2)
        voiced = [
            [a_figure(chance) for _ in range(chance.randint(1, 2))]
            for _ in range(chance.randint(0, 4))
        ]
        assert agreement(len(voiced), pairs(voiced, days=days)) == oracle.agreement(
            voiced, days=days
        ), voiced
