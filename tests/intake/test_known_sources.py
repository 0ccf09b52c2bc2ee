"""A source is found by any of its names, and never guessed."""

import pytest

from sources.ingest import known
from sources.ingest.draft import Refusal
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("north-press", id="its slug"),
        pytest.param("North Press", id="its English name"),
        pytest.param("NORTH  PRESS", id="in capitals"),
        pytest.param("نورث برس", id="its Arabic name"),
        pytest.param("وكاله نورث برس", id="an alias in another spelling"),
    ],
)
def test_a_source_has_many_names(name):
    source = make.a_source(
        slug="north-press", name_en="North Press", name_ar="نورث برس"
    )
    make.a_source_alias("وكالة نورث برس", source=source)
    make.a_source(name_en="South Press")
    assert known.source_named(name) == source


def test_a_name_of_two_sources_is_refused():
    make.a_source(name_en="The News")
    make.a_source_alias("the news", source=make.a_source(name_en="News of Varen"))
    with pytest.raises(Refusal, match="several sources"):
        known.source_named("The News")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        pytest.param("Nort Press", "nearest is “North Press”", id="a slip"),
        pytest.param("Q", "There is no source “Q”.$", id="like no other"),
        pytest.param("ـ", "There is no source", id="no letter at all"),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest(name, reason):
    make.a_source(name_en="North Press")
    with pytest.raises(Refusal, match=reason):
        known.source_named(name)
