"""Chains of derivations: long ones, several at once, and circles that nobody may make."""

import datetime as dt
from itertools import pairwise

import pytest

from claims.retraction import retracted_origins
from sources import curation
from sources.lineage import Lineage, Taking
from sources.models import Article, Derivation
from tests import factories as make

pytestmark = pytest.mark.django_db
DEEP = 5_000


def took(article, origin, kind="REPUBLISHES"):
    """One derivation, of which only its place in the graph counts."""
    return Taking(article * 100 + (origin or 0), kind, article, origin)


def ways(lineage, article):
    return [[step.origin for step in way.chain] for way in lineage.ways(article)]


# --- the graph ---


def test_the_ways_up_come_nearest_first():
    lineage = Lineage([took(1, 2), took(2, 3), took(1, 4), took(4, 5)])
    assert ways(lineage, 1) == [[2], [4], [2, 3], [4, 5]]
    assert lineage.above(1) == [2, 4, 3, 5]
    assert lineage.below(5) == [4, 1]


def test_a_way_leads_out_of_the_base_where_no_article_is_named():
    lineage = Lineage([took(1, 2), took(2, None)])
    assert ways(lineage, 1) == [[2], [2, None]]
    assert lineage.above(1) == [2]


def test_an_article_reached_in_part_is_reached_whole_as_well():
    lineage = Lineage([took(1, 3, "CITES"), took(1, 2), took(2, 3)])
    found = [(way.end, way.is_whole) for way in lineage.ways(1)]
    assert found == [(3, False), (2, True), (3, True)]
    assert lineage.above(1) == [3, 2]


def test_an_article_reached_whole_is_not_reached_again():
    lineage = Lineage([took(1, 3), took(1, 2), took(2, 3, "CITES"), took(2, 4)])
    assert ways(lineage, 1) == [[3], [2], [2, 4]]


def test_a_way_is_a_translation_from_its_first_translated_step():
    lineage = Lineage([took(1, 2), took(2, 3, "TRANSLATES"), took(3, 4)])
    assert [way.is_translated for way in lineage.ways(1)] == [False, True, True]


@pytest.mark.parametrize("kind", ["REPUBLISHES", "CITES"])
def test_a_circle_ends_where_it_began(kind):
    lineage = Lineage([took(1, 2, kind), took(2, 3), took(3, 1), took(3, 2)])
    assert ways(lineage, 1) == [[2], [2, 3]]
    assert lineage.above(1) == [2, 3]
    assert lineage.below(1) == [3, 2]


def test_a_chain_of_thousands_is_walked_in_its_length():
    lineage = Lineage([took(n, n + 1) for n in range(DEEP)])
    assert lineage.above(0) == list(range(1, DEEP + 1))
    assert lineage.below(DEEP) == list(range(DEEP - 1, -1, -1))
    *_, last = lineage.ways(0)
    assert len(last.chain) == DEEP


# --- the table ---


def derived(*steps, **columns):
    """Derivations as nobody could record them, past the process that refuses circles."""
    defaults = {"kind": "REPUBLISHES", "recorded_at": make.RECORDED_AT}
    Derivation.objects.bulk_create(
        Derivation(article_id=article, origin_id=origin, **defaults, **columns)
        for article, origin in steps
    )


def articles(n):
    """Articles in a long chain need no text."""
    rows = [Article(title=f"Number {number}", language="en") for number in range(n)]
    return [row.pk for row in Article.objects.bulk_create(rows)]


def test_a_circle_in_the_table_is_read_and_ends():
    one, two, three = articles(3)
    derived((one, two), (two, three), (three, one))
    assert Lineage.above_of([one]).above(one) == [two, three]
    assert Lineage.below_of([one]).below(one) == [three, two]
    assert retracted_origins(Article.objects.get(pk=one), make.a_chief()) == []


def test_a_deep_chain_in_the_table_is_one_query(django_assert_num_queries):
    keys = articles(DEEP)
    derived(*pairwise(keys))
    with django_assert_num_queries(1):
        assert Lineage.above_of(keys[:1]).above(keys[0]) == keys[1:]
    with django_assert_num_queries(1):
        assert Lineage.below_of(keys[-1:]).below(keys[-1]) == keys[-2::-1]


def test_a_circle_is_refused_however_long():
    keys = articles(50)
    derived(*pairwise(keys))
    first, last = Article.objects.in_bulk([keys[0], keys[-1]]).values()
    with pytest.raises(curation.ValidationError, match="derives from this one"):
        make.a_derivation(article=last, origin=first)


def test_only_what_stands_is_read_and_at_a_moment_what_stood():
    one, two, three = articles(3)
    ended = make.RECORDED_AT + dt.timedelta(days=2)
    derived((one, two), ended_at=ended)
    derived((two, three))
    between = make.RECORDED_AT + dt.timedelta(days=1)
    assert Lineage.above_of([one]).above(one) == []
    assert Lineage.above_of([one], between).above(one) == [two, three]
    assert Lineage.above_of([one], ended).above(one) == []
    before = make.RECORDED_AT - dt.timedelta(days=1)
    assert Lineage.above_of([one], before).above(one) == []


def test_of_no_articles_nothing_is_asked_about():
    assert Lineage.above_of([]).takings == ()
    assert Lineage.below_of([]).takings == ()
