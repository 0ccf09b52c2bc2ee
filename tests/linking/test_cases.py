"""What is suggested of two sentences, as the table says."""

import datetime as dt
import re

import pytest

from claims.models import SuggestedLink
from tests import factories as make
from tests.linking import desks
from tests.specs import rows

pytestmark = pytest.mark.django_db

_KINDS = {"SAME_MEASURE": "measure", "SAME_UTTERANCE": "utterance"}


def _record(written: str, measure, speakers: dict) -> None:
    marked, day, *facts = written.split(" · ")
    parts = {
        name: re.search(pattern, marked)[1]
        for name, pattern in (
            ("words", "⟦(.+)⟧"),
            ("counted", "{(.+)}"),
            ("happened", "<(.+)>"),
        )
    }
    words = re.sub("[⟦⟧{}<>]", "", parts["words"])
    names = [name for name in facts if name != "M"]
    for name in names:
        speakers.setdefault(name, make.a_speaker(name_en=name))
    desks.a_claim(
        re.sub("[⟦⟧{}<>]", "", marked),
        words,
        int(re.search(r"\d+", words)[0]),
        counted=parts["counted"],
        happened=parts["happened"],
        day=dt.date.fromisoformat(day),
        measure=measure if "M" in facts else None,
        speaker=speakers[names[0]] if names else None,
    )


@pytest.mark.parametrize(("one", "other", "suggested"), rows("links"))
def test_a_link_is_suggested_or_not(one, other, suggested):
    measure, speakers = desks.a_measure(), {}
    _record(one, measure, speakers)
    desks.suggested()  # what comes later is found from either end
    _record(other, measure, speakers)
    found = sorted(_KINDS[link.kind] for link in desks.suggested())
    assert " ¦ ".join(found) == suggested.replace("-", "")


def test_what_is_found_step_by_step_is_found_all_at_once():
    measure, speakers = desks.a_measure(), {}
    for case in rows("links"):
        for written in case.values[:2]:
            _record(written, measure, speakers)
        desks.suggested()
    step_by_step = _stored()
    desks.matching.refresh(whole=True)
    assert _stored() == step_by_step
    assert desks.matching.refresh(whole=True) == desks.matching.Counts()


def _stored() -> set[tuple[object, ...]]:
    ends = ("claim", "to_claim", "measure", "score")
    return set(SuggestedLink.objects.values_list(*ends))
