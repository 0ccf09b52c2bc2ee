"""The Georeferenced Event Dataset in the base: what arrives, what it rests on, and back."""

import io
import json
from collections import Counter
from dataclasses import replace

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection

from claims import coverage
from claims.models import Batch, Claim, Event, Measure
from sources import curation
from sources.models import Article, Change, Derivation, Speaker
from tests import factories
from tests.exchange import ged_file
from tests.exchange.exchanging import exporting, importing

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> User:
    return factories.an_editor()


def bring_in(table: str, actor: User, *, rehearse: bool = False) -> Counter[str]:
    """Import a table; what was added of each kind, and how many were refused."""
    outcomes = importing("ged", table.encode(), actor=actor, rehearse=rehearse)
    found = sum((outcome.added for outcome in outcomes), Counter[str]())
    return found + Counter(refused=sum(bool(each.refusals) for each in outcomes))


def counted() -> ged_file.Planted:
    """What the base says of what it holds, as the generator says what it planted."""
    claims = Claim.objects.exclude(status="DISCARDED")
    found = list(coverage.coverage(claims))
    return ged_file.Planted(
        events=Event.objects.count(),
        reports=sum(len(each.reports) for each in found),
        several=sum(each.is_several for each in found),
        one_source=sum(each.is_of_one_source for each in found),
        one_originator=sum(each.is_of_one_originator for each in found),
        out_of_order=coverage.out_of_order(claims).count(),
        early=sum(each.is_reported_early for each in found),
    )


def exported(reader: User, **filters: str) -> str:
    return exporting("ged", reader, **filters).decode()


def _event(number: int) -> dict[str, str]:
    return list(ged_file.drawn(number + 1))[number][1]


@pytest.mark.parametrize(
    "n", [150, pytest.param(16_566, marks=pytest.mark.drill)], ids=str
)
def test_what_was_planted_in_a_file_is_found_in_the_base_and_the_file_comes_back(
    n, editor
):
    table, planted = ged_file.written(n)
    found = bring_in(table, editor)
    assert found["claims"] == found["events"] == found["measures"] == n
    assert found["articles"] == n + planted.reports
    assert not found["refused"]
    assert counted() == planted
    assert all(vars(planted).values())  # there is something to find of every kind
    assert exported(editor) == table
    assert exported(editor, event="ged-300007") == ged_file.table([_event(7)])
    assert Batch.objects.get().n_recorded == n


def test_a_second_run_changes_nothing(editor):
    table, _planted = ged_file.written(20)
    bring_in(table, editor)
    before = Change.objects.count()
    assert not +bring_in(table, editor)
    assert Change.objects.count() == before


def test_a_rehearsal_counts_the_same_and_stores_nothing(editor):
    table, _planted = ged_file.written(20)
    rehearsed = bring_in(table, editor, rehearse=True)
    assert not Claim.objects.exists()
    assert rehearsed == bring_in(table, editor)


def test_a_bad_row_is_refused_and_the_others_arrive(editor):
    events = [event for _truth, event in ged_file.drawn(3)]
    events[1]["best"] = "several"
    found = bring_in(ged_file.table(events), editor)
    assert (found["claims"], found["refused"]) == (2, 1)


def test_a_row_that_a_later_release_changes_is_another_claim_of_the_same_measure(
    editor,
):
    bring_in(ged_file.table([ged_file.EVENT]), editor)
    later = {**ged_file.EVENT, "best": "7"}
    bring_in(ged_file.table([later]), editor)
    claims = Measure.objects.get().claims.order_by("pk")
    assert [claim.best for claim in claims] == [6, 7]
    assert exported(editor) == ged_file.table([later])
    assert len(next(coverage.coverage(Claim.objects.all())).reports) == 1


def test_a_withdrawn_citation_and_merged_originators_count_no_more(editor):
    event = {
        **ged_file.EVENT,
        "source_article": '"Harbour News,A";"Coast Post,B"',
        "source_office": "Harbour News;Coast Post",
        "source_headline": "A;B",
        "source_original": "Harbour Office, the Port",
    }
    bring_in(ged_file.table([event]), editor)
    office, port = Speaker.objects.order_by("pk")
    (found,) = coverage.coverage(Claim.objects.all())
    assert (len(found.reports), len(found.sources), len(found.originators)) == (2, 2, 2)

    said = {
        "at": factories.WITHDRAWN_AT,
        "reason": "One and the same.",
        "actor": editor,
    }
    curation.merge(port, into=office, **said)
    (found,) = coverage.coverage(Claim.objects.all())
    assert found.originators == {office.pk}
    assert found.is_of_one_originator

    for taken in Derivation.objects.filter(origin_source__slug="coast-post"):
        curation.end_derivation(taken, **said)
    (found,) = coverage.coverage(Claim.objects.all())
    assert (len(found.reports), len(found.sources)) == (2, 1)

    cited = Derivation.objects.filter(article__source__slug="ucdp-ged").first()
    curation.end_derivation(cited, **said)
    (found,) = coverage.coverage(Claim.objects.all())
    assert found.reports == {Article.objects.get(title="B").pk}
    assert not found.is_several


def test_a_reader_is_given_no_row_that_nobody_approved(editor):
    bring_in(ged_file.table([ged_file.EVENT]), editor)
    assert exported(factories.a_user()) == ged_file.table([])


def test_the_lints_count_what_was_planted_before_anybody_approves_it(editor):
    table, planted = ged_file.written(60)
    bring_in(table, editor)
    told = io.StringIO()
    call_command("lint", "--json", stdout=told)
    counts = {name: lint["count"] for name, lint in json.loads(told.getvalue()).items()}
    assert planted == replace(
        planted,
        several=counts["several-reports"],
        one_source=counts["one-source"],
        one_originator=counts["one-originator"],
        out_of_order=counts["backwards"],
        early=counts["reported-before-the-event"],
    )


@pytest.mark.postgresql
def test_the_database_plans_on_what_came(editor):
    bring_in(ged_file.written(20)[0], editor)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT reltuples FROM pg_class WHERE relname = %s", ["claims_claim"]
        )
        [n_rows] = cursor.fetchone()
    assert n_rows == Claim.objects.count()
