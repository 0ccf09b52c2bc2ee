"""Two people decide on one link at the same moment."""

from functools import partial

import pytest
from django.contrib.auth.models import AnonymousUser

from claims import linking
from claims.comparison import compare
from tests import factories as make
from tests.history.races import kinds, race
from tests.linking import desks

TEXT = "At least 12 civilians were killed when rockets hit the market at noon."


@pytest.mark.usefixtures("committed_db")
@pytest.mark.parametrize("n_rounds", [3])
def test_of_two_decisions_at_once_one_wins(n_rounds):
    people = [make.a_reviewer(), make.an_editor()]
    for _ in range(n_rounds):
        measure = desks.a_measure()
        for _report in range(2):
            claim = desks.a_claim(TEXT, "12 civilians", 12, measure=measure)
            make.published(claim)
        link = next(x for x in desks.suggested() if x.claim.measure == measure)
        outcomes = race(
            partial(
                linking.accept,
                link,
                read_at=link.read_at,
                actor=people[0],
                at=make.PUBLISHED_AT,
            ),
            partial(linking.refuse, link, actor=people[1], at=make.PUBLISHED_AT),
        )
        assert kinds(outcomes) == {"TransitionRefused": 1, "done": 1}
        link.refresh_from_db()
        n_voices = {"ACCEPTED": 1, "REFUSED": 2}[link.verdict]
        assert len(compare(measure, AnonymousUser()).voices) == n_voices
