"""A process that fails at any of its statements leaves nothing behind."""

from collections.abc import Callable
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.db import connection

from claims import intake, recording, review
from claims.models import Claim, Placement, Status
from sources import ingest
from sources.models import Article
from tests import factories as make
from tests.intake.drafts import a_draft

pytestmark = pytest.mark.usefixtures("committed_db")


class Interrupted(Exception):
    """The power went."""


@contextmanager
def interrupted_at(number: int, *, spared: str):
    """Let this many statements pass, then fail at each; `spared` ones do not count."""
    seen = 0

    def execute(run, sql, parameters, many, context):
        nonlocal seen
        if spared not in sql:
            seen += 1
            if seen > number and not sql.startswith(("ROLLBACK", "RELEASE")):
                raise Interrupted(sql)
        return run(sql, parameters, many, context)

    with connection.execute_wrapper(execute):
        yield


def everything() -> dict[str, list[tuple]]:
    """All rows of all tables."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values_list())
        for model in apps.get_models()
    }


@pytest.fixture(
    params=[
        pytest.param('AS "_check"', id="each statement that reads or writes a table"),
        pytest.param("no such", id="every statement", marks=pytest.mark.drill),
    ]
)
def spared(request) -> str:
    """Checks of constraints on values alone are most of the statements."""
    return request.param


def statements_until_done(process: Callable[[], object], spared: str) -> int:
    """Interrupt a process at its first statement, its second, until it gets through."""
    before, number = everything(), 0
    while True:
        try:
            with interrupted_at(number, spared=spared):
                process()
        except Interrupted:
            assert everything() == before, f"torn at statement {number}"
            number += 1
        else:
            return number


def test_a_correction_is_published_whole_or_not_at_all(spared):
    old = make.a_published_claim()
    new = make.a_recorded_replacement(old)
    reviewer = make.a_reviewer()

    def approve():
        fresh = Claim.objects.get(pk=new.pk)
        review.approve(fresh, actor=reviewer, at=make.WITHDRAWN_AT)

    assert statements_until_done(approve, spared) > 20
    statuses = Claim.objects.order_by("pk").values_list("status", flat=True)
    assert list(statuses) == [Status.WITHDRAWN, Status.PUBLISHED]


def test_a_claim_is_recorded_whole_or_not_at_all(spared):
    version, measure = make.a_version(), make.a_measure()
    contributor = make.a_contributor()

    def record():
        form = make.a_claim(version=version, measure=measure)
        recording.record(form, actor=contributor, at=make.RECORDED_AT)

    assert statements_until_done(record, spared) > 5
    assert Claim.objects.count() == 1


def test_an_article_comes_with_its_version_or_not_at_all(spared):
    source, contributor = make.a_source(), make.a_contributor()

    def add():
        article = Article(source=source, title="Boats", language="en")
        ingest.add_article(
            article, text="Boats", fetched_at=make.FETCHED_AT, actor=contributor
        )

    assert statements_until_done(add, spared) > 5
    assert Article.objects.get().versions.get().text == "Boats"


def test_a_draft_comes_in_with_all_that_follows_from_it_or_not_at_all(spared):
    make.an_article()
    contributor = make.a_contributor()
    first = a_draft(text=f"{make.ENGLISH}\nSource: Reuters")
    intake.bring_in(first, actor=contributor, at=make.FETCHED_AT)
    article = Article.objects.latest("pk")
    make.a_recorded_claim(version=article.versions.get())
    draft = a_draft(text=f"{make.ENGLISH} More followed, according to the AFP agency.")

    def bring():
        intake.bring_in(draft, actor=contributor, at=make.FETCHED_AT)

    assert statements_until_done(bring, spared) > 20
    version = article.versions.get(number=2)
    for follows in ("fingerprints", "suggested_derivations", "suggestions"):
        assert getattr(version, follows).exists(), follows
    assert Placement.objects.get().article_version == version


def test_a_verdict_comes_with_its_evidence_or_not_at_all(spared):
    claim, chief = make.a_published_claim(), make.a_chief()
    number = statements_until_done(
        lambda: make.a_recorded_assessment(claim=claim, by=chief), spared
    )
    assert number > 10
    assert claim.assessments.get().evidence.count() == 1
