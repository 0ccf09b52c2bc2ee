"""Whoever suggests and decides at the same moment, each thing is suggested once."""

from functools import partial

import pytest

from claims import carrying, drafting, intake, suggestions
from claims.models import Placement, Quote
from tests import factories as make
from tests.history.races import kinds, race

pytestmark = pytest.mark.usefixtures("stage")

ROUNDS = [
    pytest.param(3, id="3 rounds"),
    pytest.param(30, id="30 rounds", marks=pytest.mark.drill),
]


def _a_version():
    return make.a_version(text=make.ENGLISH)


@pytest.mark.parametrize("rounds", ROUNDS)
def test_racing_readings_suggest_once(rounds):
    for _ in range(rounds):
        version = _a_version()
        outcomes = race(*[partial(suggestions.suggest, version)] * 4)
        assert kinds(outcomes) == {"done": 4}
        added = sorted(counts.added for counts in outcomes)
        assert added[:3] == [0, 0, 0]
        assert added[3] == version.suggestions.count() > 0


@pytest.mark.parametrize("rounds", ROUNDS)
def test_what_is_accepted_while_the_rules_run_stays_accepted(rounds):
    people = [make.a_contributor() for _ in range(2)]
    for _ in range(rounds):
        version = _a_version()
        suggestions.suggest(version)
        n_suggested = version.suggestions.count()
        quote = suggestions.waiting(version)[0]
        outcomes = race(
            partial(suggestions.suggest, version),
            *(
                partial(
                    suggestions.accept,
                    quote,
                    drafting.draft(quote),
                    actor=person,
                    at=make.RECORDED_AT,
                )
                for person in people
            ),
            partial(suggestions.suggest, version),
        )
        assert kinds(outcomes) == {"TransitionRefused": 1, "done": 3}
        quote.refresh_from_db()
        assert (quote.status, quote.quote) == ("ACCEPTED", Quote.objects.latest("pk"))
        assert version.suggestions.count() == n_suggested
    assert Quote.objects.count() == rounds


@pytest.mark.parametrize("rounds", ROUNDS)
def test_of_a_new_text_and_an_acceptance_the_later_knows_of_the_earlier(rounds):
    person = make.a_contributor()
    for _ in range(rounds):
        version = _a_version()
        suggestions.suggest(version)
        quote = suggestions.waiting(version)[0]
        accepting = partial(
            suggestions.accept,
            quote,
            drafting.draft(quote),
            actor=person,
            at=make.RECORDED_AT,
        )
        adding = partial(
            intake.add_version,
            version.article,
            text=f"Update. {make.ENGLISH}",
            actor=person,
            at=make.RECORDED_AT,
        )
        accepted, added = race(accepting, adding)
        placed = Placement.objects.filter(article_version=added)
        assert placed.count() == (not isinstance(accepted, Exception))
        quote.refresh_from_db()
        assert quote.status in {"ACCEPTED", "REPLACED"}


@pytest.mark.parametrize("rounds", ROUNDS)
def test_what_is_lost_is_placed_by_one_person(rounds):
    people = [make.a_contributor() for _ in range(3)]
    for _ in range(rounds):
        quote = make.a_recorded_quote()
        article = quote.article_version.article
        version = make.a_version(article=article, text="Nobody was there.")
        carrying.carry(version, actor=people[0], at=make.RECORDED_AT)
        placement = quote.placements.get()
        outcomes = race(
            *(
                partial(carrying.give_up, placement, actor=person, at=make.WITHDRAWN_AT)
                for person in people
            )
        )
        assert kinds(outcomes) == {"StaleVersion": 2, "done": 1}
