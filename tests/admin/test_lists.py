"""Each list costs the same however long it is, and filters only by what it declares."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.models import (
    Assessment,
    Claim,
    Event,
    Evidence,
    Measure,
    Quote,
    Review,
    Translation,
)
from sources.models import (
    Article,
    ArticleVersion,
    Change,
    Derivation,
    Merge,
    OwnVoice,
    Role,
    Source,
    SourceAlias,
    Speaker,
    SpeakerAlias,
)
from tests import factories as make
from tests.admin.browsing import address, at_desk
from tests.models.rows import an_own_voice

pytestmark = pytest.mark.django_db


def spoken() -> dict[str, Any]:
    return {"speaker": make.a_speaker()}


def an_alias_of_a_source() -> SourceAlias:
    return make.a_source_alias("HN", source=make.a_source())


def an_alias_of_a_speaker() -> SpeakerAlias:
    return make.a_speaker_alias("Mina", speaker=make.a_speaker())


def a_derivation() -> Derivation:
    return make.a_derivation(article=make.an_article(), origin=make.an_article())


#: Whose names are withheld, asked at the first name of every page.
WITHHELD = 1

# session, account and its roles; then the count and the rows; then what is named here
LISTS = [
    (Source, make.a_source, 5),
    (SourceAlias, an_alias_of_a_source, 6),  # the languages to filter by
    (Speaker, make.an_unnamed_speaker, 5),
    (SpeakerAlias, an_alias_of_a_speaker, 6),  # the languages to filter by
    (Role, lambda: make.a_role(organisation=make.an_organisation()), 5),
    (OwnVoice, an_own_voice, 5),
    (Merge, lambda: make.a_merge(speaker=make.a_speaker(), into=make.a_speaker()), 5),
    (Article, make.an_article, 8),  # languages; years, and days of the hierarchy
    (ArticleVersion, make.a_version, 5),
    (Derivation, a_derivation, 5),
    (Change, make.a_source, 5 - WITHHELD),
    (Event, make.an_event, 6),  # the countries to filter by
    (Measure, make.a_measure, 6),  # the units to filter by
    (Quote, lambda: make.a_recorded_quote(**spoken()), 6),  # languages
    (Claim, lambda: make.a_published_claim(**spoken()), 6),  # languages
    (Assessment, make.a_published_assessment, 6),  # languages
    (Evidence, make.a_published_assessment, 5),
    (Review, make.a_published_assessment, 5),
    (Translation, lambda: make.a_translation(quote=make.a_recorded_quote()), 6),
]


def cost(client: Any, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


@pytest.mark.parametrize(
    ("model", "one", "queries"), LISTS, ids=[model.__name__ for model, *_ in LISTS]
)
def test_a_list_costs_the_same_for_one_row_and_for_four(
    model: type, one: Callable[[], Any], queries: int
):
    client, url = at_desk(make.an_editor()), address(model, "changelist")
    one()
    alone = cost(client, url)
    for _more in range(3):
        one()
    assert alone == cost(client, url) == queries + WITHHELD


def test_the_list_of_accounts_costs_the_same_for_many():
    client, url = at_desk(make.an_admin()), address(User, "changelist")
    make.a_contributor()
    # the roles to filter by, and the roles of the accounts
    assert cost(client, url) == 7
    make.an_editor()
    assert cost(client, url) == 7


@pytest.mark.parametrize(
    ("model", "query"),
    [
        (Claim, {"status__exact": "RECORDED"}),
        (Claim, {"article_version__article__language": "en"}),
        (Claim, {"denied__exact": "0"}),
        (Role, {"ended_at__isempty": "1"}),
        (Article, {"published_earliest__year": "2024"}),
        (Change, {"model": "claims.claim"}),
        (Change, {"action__exact": "ADDED"}),
    ],
)
def test_a_declared_filter_filters(model: type, query: dict[str, str]):
    url = address(model, "changelist", **query)
    assert at_desk(make.an_editor()).get(url).status_code == 200


@pytest.mark.parametrize(
    ("model", "query"),
    [
        pytest.param(Claim, {"words__regex": "(a+)+$"}, id="a pattern"),
        pytest.param(Claim, {"recorded_by__password__startswith": "m"}, id="a secret"),
        pytest.param(Claim, {"status__regex": "R"}, id="a pattern on a filter"),
        pytest.param(Claim, {"statusx": "R"}, id="a name that only begins like one"),
        pytest.param(Source, {"note__contains": "x"}, id="a column that is no filter"),
        pytest.param(Source, {"nothing": "x"}, id="no column at all"),
    ],
)
def test_an_undeclared_filter_is_refused(model: type, query: dict[str, str]):
    url = address(model, "changelist", **query)
    assert at_desk(make.an_editor()).get(url).status_code == 400
