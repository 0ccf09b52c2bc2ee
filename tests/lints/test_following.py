"""What was found is kept current by every commit, and harms none."""

from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection, transaction
from django.test import Client

from claims import linting, recording
from claims.models import Claim, Finding, Measure, Standing, Watermark
from sources import following, history
from tests import factories as make
from tests.history.races import kinds, race
from tests.lints.test_linting import kept
from tests.lints.test_lints import TEXT, a_figure

pytestmark = pytest.mark.usefixtures("committed_db")


class Killed(BaseException):
    """The process ends here: nothing after it runs."""


def killed_after_its_commit(process: Callable[[], object]) -> None:
    """Run a process that ends before anything can follow its commit."""

    def die() -> None:
        raise Killed

    @transaction.atomic
    def run() -> None:
        transaction.on_commit(die)
        process()

    with pytest.raises(Killed):
        run()


def stood(measure: Measure) -> str:
    return Standing.objects.get(measure=measure).agreement


def is_current() -> bool:
    read = set(Watermark.objects.values_list("seq", flat=True))
    return read == {history.head()[0]}


def test_a_commit_is_followed_at_once():
    measure = make.a_measure()
    a_figure(120, measure=measure)
    assert stood(measure) == "SINGLE_VOICE"
    a_figure(90, measure=measure)
    assert stood(measure) == "CONTESTED"
    assert is_current()


def test_what_is_rolled_back_is_not_followed():
    a_figure(120)
    before = kept()
    with transaction.atomic():
        a_figure(90)
        transaction.set_rollback(True)
    assert kept() == before
    assert is_current()


def test_a_transaction_is_followed_once(django_assert_num_queries):
    measure = make.a_measure()
    with transaction.atomic():
        for low in (70, 90, 120):
            a_figure(low, measure=measure)
        waiting = [hook for _, hook, _ in connection.run_on_commit]
        assert len(waiting) == 1
    assert stood(measure) == "CONTESTED"
    with django_assert_num_queries(2):
        linting.refresh()


def test_a_failure_harms_no_write_and_the_next_one_catches_up(caplog):
    measure = make.a_measure()

    def refused(execute, sql, params, many, context):
        if "claims_standing" in sql:
            raise RuntimeError(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refused):
        a_figure(120, measure=measure)
    assert Claim.objects.filter(measure=measure).published().count() == 1
    assert "the change itself stands" in caplog.text
    assert not is_current()
    a_figure(90, measure=make.a_measure())
    assert stood(measure) == "SINGLE_VOICE"
    assert is_current()


def test_a_process_killed_after_its_commit_is_healed_by_the_next_write():
    measure = make.a_measure()
    a_figure(120, measure=measure)
    claim = make.a_recorded_claim(
        version=make.a_version(text=TEXT), words="120 people", low=90, measure=measure
    )
    killed_after_its_commit(partial(make.published, claim))
    assert Claim.objects.get(pk=claim.pk).status == "PUBLISHED"
    assert stood(measure) == "SINGLE_VOICE"
    assert not is_current()
    make.a_source()
    assert stood(measure) == "CONTESTED"
    incremental = kept()
    linting.refresh(whole=True)
    assert incremental == kept()


def test_much_is_followed_once_at_the_end_even_if_it_is_broken_off():
    first, second = make.a_measure(), make.a_measure()

    @following.once_at_the_end()
    def broken_off() -> None:
        a_figure(120, measure=first)
        with following.once_at_the_end():
            a_figure(120, measure=second)
        assert not Standing.objects.exists()
        raise Killed

    with pytest.raises(Killed):
        broken_off()
    assert stood(first) == stood(second) == "SINGLE_VOICE"


def test_no_page_works_anything_out():
    measure = make.a_measure()
    killed_after_its_commit(partial(a_figure, 120, measure=measure))
    before = kept(), Watermark.objects.first()
    asked = ("/", "/lints/", "/lints/backwards/", "/measures/?agreement=CONTESTED")
    for path in (*asked, "/api/v1/lints/", "/api/v1/measures/?agreement=contested"):
        assert Client().get(path).status_code == 200
    assert (kept(), Watermark.objects.first()) == before


@pytest.mark.parametrize("rounds", [2, pytest.param(10, marks=pytest.mark.drill)])
def test_writers_at_the_same_moment_lose_nothing_and_nobody_waits_forever(rounds):
    measures = [make.a_measure() for _ in range(3)]
    contributor, version = make.a_contributor(), make.a_version(text=TEXT)
    for _ in range(rounds):
        claims = [
            make.a_recorded_claim(
                version=version, words="120 people", measure=measures[0], by=contributor
            )
            for _ in range(4)
        ]
        outcomes = race(
            *(partial(make.published, claim) for claim in claims[:2]),
            *(
                partial(recording.edit, claim, {"measure": measure}, actor=contributor)
                for claim, measure in zip(claims[2:], measures[1:], strict=True)
            ),
            partial(linting.refresh, whole=True),
        )
        assert kinds(outcomes) == {"done": 5}
        assert is_current()
        stepwise = kept()
        linting.refresh(whole=True)
        assert stepwise == kept()


def test_whoever_comes_second_finds_nothing_to_do():
    with following.once_at_the_end():
        a_figure(90, high=70, basis="TABULATED", qualifier="RANGE")
        behind = history.head()[0]
        outcomes = race(*[linting.refresh] * 4)
    assert sorted(outcomes) == [0, 0, 0, behind]
    assert Finding.objects.filter(lint="backwards").count() == len(["public", "desk"])
