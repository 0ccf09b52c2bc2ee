"""The tree of a measure: its total and its parts, and whether a part is too large."""

import pytest
from django.test import Client

from claims import parts
from claims.models import Measure
from tests import factories as make
from tests.pages.conftest import Read
from tests.pages.test_measures import a_statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree() -> dict[str, Measure]:
    """Aboard; of them dead and rescued; of the dead, those found on a day."""
    event = make.an_event()
    aboard = make.a_measure(event=event, name_en="Aboard")
    dead = make.a_measure(event=event, name_en="Dead", part_of=aboard)
    saved = make.a_measure(event=event, name_en="Rescued", part_of=aboard)
    found = make.a_measure(event=event, name_en="Found", part_of=dead)
    for measure, number in ((aboard, 100), (dead, 120), (saved, 30), (found, 5)):
        a_statement(measure, number)
    return {each.name_en: each for each in (aboard, dead, saved, found)}


def test_a_measure_shows_its_total_above_it_and_its_parts_below(read: Read, tree):
    page = read(tree["Dead"].get_absolute_url())
    told = [page.text_in(f"tree-{depth}") for depth in range(3)]
    assert "Aboard" in told[0]
    assert "1 voice in 1 article: 100" in told[0]
    assert "Dead this measure" in told[1]
    assert "Found" in told[2]
    assert "1 voice in 1 article: 5" in told[2]
    assert "Rescued" not in "".join(told)


def test_a_part_above_its_total_says_so(read: Read, tree):
    told = read(tree["Aboard"].get_absolute_url()).text_in("too-large")
    assert told.startswith("Larger than its total.")
    assert "The total is 100, and the part is 120." in told
    assert "Aboard" in read(tree["Found"].get_absolute_url()).text_in("tree-0")


def test_a_measure_without_total_and_parts_has_no_tree(read: Read):
    claim = make.a_published_claim()
    assert "Total and parts" not in read(claim.measure.get_absolute_url()).html


def test_of_a_past_day_parts_are_as_they_stood(read: Read):
    total = make.a_measure()
    part = make.a_measure(event=total.event, part_of=total)
    a_statement(total, 100)
    old = make.a_corrected_claim(measure=part)
    page = read(f"{total.get_absolute_url()}?as_of=2024-05-05")
    assert str(int(old.low)) in page.text_in("tree-1")


def test_a_part_that_is_not_public_is_not_in_the_tree(read: Read):
    total = make.a_measure()
    a_statement(total, 100)
    make.a_measure(event=total.event, part_of=total, name_en="Secret part")
    assert "Secret part" not in read(total.get_absolute_url()).html


def test_measures_that_are_part_of_each_other_stand_there_once():
    event = make.an_event()
    one = make.a_measure(event=event)
    other = make.a_measure(event=event, part_of=one)
    one.part_of = other
    found = parts.family(one, [other], make.a_chief())
    assert [member.measure for member in found.tree] == [other, one]


def test_more_parts_than_there_is_room_for_are_counted(monkeypatch):
    monkeypatch.setattr(parts, "MOST", 1)
    total = make.a_measure()
    below = [make.a_measure(event=total.event, part_of=total) for _ in range(3)]
    found = parts.family(total, below, make.a_chief())
    assert (len(found.tree), found.n_more) == (2, 2)


def test_a_tree_costs_no_more_than_a_single_measure(
    client: Client, django_assert_num_queries, tree
):
    # of three measures: the withheld names; the measure; what is near it; claims, who
    # speaks as whom, derivations, names of voices; withdrawn claims; count, claims
    with django_assert_num_queries(10):
        client.get(tree["Dead"].get_absolute_url())
