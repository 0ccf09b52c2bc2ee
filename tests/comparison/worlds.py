"""Random worlds of articles that take from each other, and claims told in them."""

import datetime as dt
import random
from dataclasses import replace
from decimal import Decimal

from claims.comparison.figures import Figure
from claims.comparison.tellings import Kind, Originator, Telling
from claims.quantity import Qualifier, Quantity
from sources.lineage import Taking
from sources.text.dates import PartialDate
from tests.comparison.oracle import World

KINDS = ("REPUBLISHES", "REPUBLISHES", "TRANSLATES", "QUOTES", "CITES")
FIRST = dt.date(2024, 5, 1)


def a_world(chance: random.Random, *, with_circles: bool = False) -> World:
    """A small world; articles take from earlier ones, or in circles."""
    n_articles = chance.randint(1, 6)
    articles = range(1, n_articles + 1)
    owners = {
        article: Originator(Kind.SOURCE, chance.randint(1, 4))
        if chance.random() < 0.8
        else Originator(Kind.ARTICLE, article)
        for article in articles
    }
    takings = list(_takings(chance, articles, with_circles=with_circles))
    keys = range(1, chance.randint(1, 8) + 1)
    named = {
        (speaker, key): Originator(Kind.SPEAKER, chance.randint(1, 4))
        for speaker in range(1, 4)
        for key in keys
    }
    speaks_as = {
        source: chance.randint(1, 3) for source in range(1, 5) if chance.random() < 0.2
    }
    world = World([], takings, set(), owners, named, speaks_as)
    tellings = [_telling(chance, key, world) for key in keys]
    words_in = {
        (telling.key, article)
        for telling in tellings
        for article in articles
        if chance.random() < 0.4
    }
    chance.shuffle(tellings)
    return replace(world, tellings=tellings, words_in=words_in)


def republish(world: World, telling: Telling) -> None:
    """Add an article that takes a claim's article whole, and repeats the claim."""
    article = max(world.owners) + 1
    key = max((each.key for each in world.takings), default=0) + 1
    claim = max(each.key for each in world.tellings) + 1
    world.owners[article] = Originator(Kind.SOURCE, 99)
    world.takings.append(Taking(key, "REPUBLISHES", article, telling.article))
    own = replace(telling, key=claim, article=article, is_own=True, is_unnamed=False)
    world.tellings.append(replace(own, originator=world.owners[article]))
    world.named |= {
        (speaker, claim): who
        for (speaker, key), who in world.named.items()
        if key == telling.key
    }


def _takings(chance, articles, *, with_circles):
    for key in range(1, chance.randint(0, 2 * len(articles)) + 1):
        article, kind = chance.choice(articles), chance.choice(KINDS)
        others = [x for x in articles if x != article and (with_circles or x < article)]
        if others and chance.random() < 0.8:
            yield Taking(key, kind, article, origin=chance.choice(others))
        elif chance.random() < 0.5:
            yield Taking(key, kind, article, origin_source=chance.randint(1, 4))
        else:
            source = chance.choice((None, chance.randint(1, 4)))
            speaker = chance.randint(1, 3)
            yield Taking(key, kind, article, None, source, speaker)


def _telling(chance, key, world):
    article = chance.choice(list(world.owners))
    voice = chance.choice(("own", "own", "named", "unnamed"))
    originator = world.owner(article, key)
    if voice == "named":
        originator = Originator(Kind.SPEAKER, chance.randint(1, 4))
    if voice == "unnamed":
        originator = Originator(Kind.SPEAKER, 10 + world.owners[article].key)
    figure = a_figure(chance) if chance.random() < 0.9 else None
    is_denied = chance.random() < 0.15
    days = (figure and figure.holds, a_day(chance), a_day(chance))
    return Telling(
        key,
        article,
        originator,
        is_own=voice == "own",
        is_unnamed=voice == "unnamed",
        figure=None if is_denied else figure,
        denied=figure if is_denied else None,
        days=tuple(day.latest if day else None for day in days),
        words=chance.choice(("", "", "60 left", "65 left", "90 left")),
        text=chance.choice((1, 1, 1, 2)),
    )


def a_day(chance):
    if chance.random() < 0.4:
        return None
    first = FIRST + dt.timedelta(days=chance.randint(0, 3))
    last = first + dt.timedelta(days=chance.choice((0, 0, 1)))
    return PartialDate.period(first, last)


def a_figure(chance):
    return Figure(a_quantity(chance), a_day(chance))


def a_quantity(chance):
    low, high = sorted(Decimal(chance.choice((60, 65, 90, 100))) for _ in range(2))
    qualifier = chance.choice(list(Qualifier))
    if qualifier == Qualifier.EXACT:
        high = low
    return Quantity(
        low if qualifier.states_low else None,
        high if qualifier.states_high else None,
        qualifier,
    )
