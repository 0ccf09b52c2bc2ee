"""Whoever brings the same article in at the same moment, one article results."""

from functools import partial

import pytest

from claims import intake
from claims.intake import Arrival
from sources.models import Article, ArticleVersion, SuggestedDerivation
from tests import factories as make
from tests.history.races import race
from tests.intake.drafts import a_draft

pytestmark = pytest.mark.usefixtures("stage")

ROUNDS = [
    pytest.param(5, id="5 rounds"),
    pytest.param(50, id="50 rounds", marks=pytest.mark.drill),
]


def arrivals(*drafts):
    """What became of drafts that were brought in by several people at once."""
    people = [make.a_contributor() for _ in drafts]
    outcomes = race(
        *(
            partial(intake.bring_in, draft, actor=person, at=make.FETCHED_AT)
            for draft, person in zip(drafts, people, strict=True)
        )
    )
    return sorted(outcome.arrival for outcome in outcomes)


@pytest.mark.parametrize("rounds", ROUNDS)
@pytest.mark.parametrize(
    "addresses",
    [
        pytest.param(["https://harbour.example/{}"] * 4, id="one address"),
        pytest.param(
            ["http://harbour.example/{}", "https://www.harbour.example/{}/"] * 2,
            id="addresses of one page",
        ),
        pytest.param([""] * 4, id="no address"),
    ],
)
def test_one_article_comes_in_once(addresses, rounds):
    for n in range(rounds):
        text = f"{make.ENGLISH} This was day {n}."
        drafts = [a_draft(url=each.format(n), text=text) for each in addresses]
        assert arrivals(*drafts) == [Arrival.NEW, *[Arrival.UNCHANGED] * 3]
        assert Article.objects.count() == ArticleVersion.objects.count() == n + 1


@pytest.mark.parametrize("rounds", ROUNDS)
def test_two_texts_of_one_article_are_two_versions(rounds):
    for n in range(rounds):
        drafts = [
            a_draft(url=f"https://harbour.example/{n}", text=f"{make.ENGLISH} {word}")
            for word in ("Then.", "Now.")
        ]
        assert arrivals(*drafts) == [Arrival.NEW, Arrival.NEW_VERSION]
        assert Article.objects.count() == n + 1


@pytest.mark.parametrize("rounds", ROUNDS)
def test_two_copies_that_come_together_are_offered_once(rounds):
    for n in range(rounds):
        text = " ".join(f"word{n} and {chr(97 + i)}{chr(97 + n)}" for i in range(20))
        drafts = [
            a_draft(url=f"https://{host}.example/{n}", text=text)
            for host in ("gazette", "herald")
        ]
        assert arrivals(*drafts) == [Arrival.NEW, Arrival.NEW]
        offers = SuggestedDerivation.objects.filter(article__url__endswith=f"/{n}")
        assert offers.filter(share=1).count() == 1
