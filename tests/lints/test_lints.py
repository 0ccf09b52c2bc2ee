"""What each lint finds, and what it leaves alone."""

import datetime as dt
import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from claims import review
from claims.lints import LINTS, Scope, findings
from claims.models import Claim
from sources import curation
from sources.policy import Operator
from tests import factories as make

pytestmark = pytest.mark.django_db

TEXT = "Officials counted 120 people. About 90 crossed, a spokesman said. 70 came back."


def on(prefix: str, number: int | None) -> dict[str, Any]:
    """The columns of a day in May 2024; none for none."""
    if number is None:
        return {}
    day = dt.date(2024, 5, number)
    bounds = {f"{prefix}_earliest": day, f"{prefix}_latest": day}
    return {**bounds, f"{prefix}_precision": "DAY"}


def a_figure(low, *, qualifier="EXACT", **columns) -> Claim:
    version = columns.pop("version", None) or make.a_version(text=TEXT)
    columns = {"words": "120 people", "version": version, **columns}
    return make.a_published_claim(low=low, qualifier=qualifier, **columns)


def found(name: str) -> list[tuple[str, str | None]]:
    told = findings(Scope(Operator()), [name])
    return [(x.statement.code, x.against and x.against.code) for x in told]


def taken_from(claim: Claim, kind: str = "REPUBLISHES"):
    """A version of a new article that takes from the one a claim stands in."""
    version = make.a_version(text=TEXT)
    origin = claim.article_version.article
    make.a_derivation(article=version.article, origin=origin, kind=kind)
    return version


# --- running totals ---


@pytest.mark.parametrize(
    ("nature", "first", "second", "is_found"),
    [
        pytest.param("RUNNING_TOTAL", 120, 90, True, id="fewer than before"),
        pytest.param("RUNNING_TOTAL", 90, 120, False, id="more than before"),
        pytest.param("RUNNING_TOTAL", 90, 90, False, id="as many as before"),
        pytest.param("LEVEL", 120, 90, False, id="a level may fall"),
    ],
)
def test_a_running_total_that_falls(nature, first, second, is_found):
    speaker, measure = make.a_speaker(), make.a_measure(nature=nature)
    told = {"speaker": speaker, "measure": measure}
    earlier = a_figure(first, **on("holds", 1), **told)
    later = a_figure(second, **on("holds", 2), **told)
    assert found("falling-total") == [(later.code, earlier.code)] * is_found


def test_a_total_falls_only_within_one_voice():
    measure = make.a_measure(nature="RUNNING_TOTAL")
    for low, number in ((120, 1), (90, 2)):
        a_figure(low, **on("holds", number), measure=measure, speaker=make.a_speaker())
    assert found("falling-total") == []


# --- what repetition altered ---


@pytest.mark.parametrize(
    ("told", "name"),
    [
        pytest.param({"low": 120}, "hedge-lost", id="about 120 became 120"),
        pytest.param({"low": 70}, "number-altered", id="about 120 became 70"),
        pytest.param({"low": 120, "qualifier": "ABOUT"}, None, id="nothing altered"),
    ],
)
def test_what_an_article_alters_of_what_it_takes_over(told, name):
    speaker, measure = make.a_speaker(), make.a_measure()
    said = {"speaker": speaker, "measure": measure}
    origin = a_figure(120, qualifier="ABOUT", **said)
    again = a_figure(**told, version=taken_from(origin), **said)
    for each in ("hedge-lost", "number-altered"):
        assert found(each) == [(again.code, origin.code)] * (each == name)


@pytest.mark.parametrize(
    ("first", "again", "is_found"),
    [
        pytest.param("EXACT", "ABOUT", False, id="120 became about 120"),
        pytest.param("ABOUT", "EXACT", True, id="about 120 became 120"),
        pytest.param("ABOUT", "AT_LEAST", True, id="about 120 became at least 120"),
    ],
)
def test_a_hedge_is_lost_only_where_there_was_one(first, again, is_found):
    said = {"speaker": make.a_speaker(), "measure": make.a_measure()}
    origin = a_figure(120, qualifier=first, **said)
    open_end = {"high": None} if again == "AT_LEAST" else {}
    version = taken_from(origin)
    taken = a_figure(120, qualifier=again, version=version, **open_end, **said)
    assert found("hedge-lost") == [(taken.code, origin.code)] * is_found


def test_a_total_falls_also_where_it_is_known_through_others_alone():
    """Both articles republish a source of whom nobody recorded a claim."""
    source, measure = make.a_source(), make.a_measure(nature="RUNNING_TOTAL")
    told = []
    for low, day in ((120, 1), (90, 2)):
        version = make.a_version(text=TEXT)
        make.a_derivation(
            article=version.article, origin_source=source, kind="REPUBLISHES"
        )
        told.append(a_figure(low, version=version, measure=measure, **on("holds", day)))
    assert found("falling-total") == [(told[1].code, told[0].code)]


def test_another_number_of_another_speaker_is_not_altered():
    measure = make.a_measure()
    origin = a_figure(120, speaker=make.a_speaker(), measure=measure)
    version = taken_from(origin)
    a_figure(70, speaker=make.a_speaker(), measure=measure, version=version)
    assert found("number-altered") == []


# --- parts and totals ---


@pytest.mark.parametrize(
    ("part", "holds", "is_found"),
    [
        pytest.param(121, 1, True, id="one more than all"),
        pytest.param(120, 1, False, id="as many as all"),
        pytest.param(121, 9, False, id="of another day"),
        pytest.param(121, None, True, id="of a day not stated"),
    ],
)
def test_a_part_larger_than_its_total(part, holds, is_found):
    whole = make.a_measure()
    measure = make.a_measure(event=whole.event, part_of=whole)
    total = a_figure(120, measure=whole, **on("holds", 1))
    claim = a_figure(part, measure=measure, **on("holds", holds))
    assert found("part-above-total") == [(claim.code, total.code)] * is_found


# --- who says so ---


def test_a_figure_that_only_its_source_gives():
    alone, measure = a_figure(120), make.a_measure()
    a_figure(120, measure=measure)
    a_figure(120, measure=measure)
    a_figure(120, speaker=make.a_speaker())
    assert found("only-its-source") == [(alone.code, None)]


# --- statements ---


def test_an_article_dated_before_the_event():
    event = make.an_event(**on("starts", 9))
    claims = [
        a_figure(
            120,
            measure=make.a_measure(event=event),
            version=make.a_version(
                article=make.an_article(text=TEXT, **on("published", published))
            ),
        )
        for published in (8, 9, None)
    ]
    assert found("before-the-event") == [(claims[0].code, None)]


@pytest.mark.parametrize(
    ("role_words", "until", "is_found"),
    [
        pytest.param("spokesman", 7, True, id="after the end of the role"),
        pytest.param("spokesman", 8, False, id="on its last day"),
        pytest.param("former spokesman", 7, False, id="the text says it had ended"),
        pytest.param("المتحدث الأسبق", 7, False, id="the same in Arabic"),
        pytest.param("", 7, False, id="the text gives no role"),
    ],
)
def test_a_speaker_quoted_under_an_ended_role(role_words, until, is_found):
    speaker = make.a_speaker()
    make.a_role(speaker=speaker, **on("held_until", until))
    article = make.an_article(text=TEXT, **on("published", 8))
    version = make.a_version(article=article)
    claim = a_figure(120, speaker=speaker, role_words=role_words, version=version)
    assert found("ended-role") == [(claim.code, None)] * is_found


def test_a_statement_that_rests_on_a_retracted_article():
    origin = a_figure(120)
    derived = a_figure(120, version=taken_from(origin, "CITES"))
    a_figure(120)
    curation.retract(
        origin.article_version.article,
        on=dt.date(2024, 5, 9),
        notice="Nobody was there",
        actor=make.an_editor(),
    )
    assert found("rests-on-retracted") == [(origin.code, None), (derived.code, None)]


def test_a_row_that_contradicts_itself():
    rows = {"basis": "TABULATED", "qualifier": "RANGE"}
    wrong = [a_figure(90, high=70, **rows), a_figure(70, high=90, best=91, **rows)]
    a_figure(70, high=90, best=90, **rows)
    assert found("backwards") == [(claim.code, None) for claim in wrong]


def test_words_that_stand_where_they_should_are_left_alone():
    a_figure(120)
    assert found("words-differ") == []


# --- whom they tell ---


def test_what_waits_for_approval_is_told_to_the_desk_only():
    claim = make.a_recorded_claim(
        version=make.a_version(text=TEXT), words="120 people", low=90, high=70,
        basis="TABULATED", qualifier="RANGE",
    )  # fmt: skip
    assert found("backwards") == [(claim.code, None)]
    assert reported("--public")["backwards"]["count"] == 0
    review.approve(claim, actor=make.a_reviewer(), at=make.PUBLISHED_AT)
    assert reported("--public")["backwards"]["count"] == 1


def reported(*arguments: str):
    out = StringIO()
    call_command("lint", *arguments, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_the_command_reports_every_lint_with_its_explanation():
    told = reported()
    assert list(told) == list(LINTS)
    assert all(each["title"] and each["explanation"] for each in told.values())


def test_each_finding_is_told_in_a_sentence():
    a_figure(90, high=70, basis="TABULATED", qualifier="RANGE", best=80)
    [finding] = reported("backwards")["backwards"]["findings"]
    assert finding["told"] == "It states low 90, best 80, high 70."


def test_a_name_that_no_lint_has_is_refused_with_those_there_are():
    with pytest.raises(CommandError, match="falling-total"):
        call_command("lint", "falling")
