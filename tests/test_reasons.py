"""Reasons and notes have one greatest length, in every form and in every process."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.test import Client

import factbase.accounts
from claims import recording, review, tasks
from claims.desk.reports import AnswerForm
from claims.forms import ClaimForm, DecisionForm, QuoteForm, correcting
from claims.models import Claim
from sources import curation, history
from sources.admin.catalogue import MergeForm
from sources.forms import RowForm
from sources.history import LONGEST_REASON
from sources.models import Change
from tests import factories as make
from tests.admin.browsing import at_desk, complaints, send, step
from tests.models import rows

pytestmark = pytest.mark.django_db

LONGEST = "ه" * LONGEST_REASON
TOO_LONG = f"{LONGEST}!"

# --- forms ---


def notes() -> Iterator[tuple[str, forms.Field]]:
    """Every box of a step, a decision, a change or a correction that takes prose."""
    asking: set[Any] = {AnswerForm, DecisionForm, MergeForm, RowForm}
    asking |= {correcting(form) for form in (ClaimForm, QuoteForm)}
    for own in admin.site._registry.values():
        asking |= {each.form for each in own.steps}
    for form in asking:
        for name, field in form.base_fields.items():
            if isinstance(field.widget, forms.Textarea) or name in {"reason", "note"}:
                yield f"{form.__name__}.{name}", field


def test_every_form_takes_as_much():
    found = dict(notes())
    assert {
        *("AnswerForm.answer", "ApprovalForm.note", "ClaimForm.grounds"),
        *("DecisionForm.note", "MergeForm.grounds", "PlacesForm.reason"),
        *("ReasonForm.reason", "RetractionForm.notice", "ReturnForm.note"),
        *("RolesForm.reason", "RowForm.reason", "WithdrawalForm.reason"),
    } <= found.keys()
    assert {name for name, each in found.items() if each.max_length != 2000} == set()


def test_a_step_says_what_is_too_long_and_keeps_it(client: Client):
    claim = make.a_recorded_claim()
    before, client = history.head(), at_desk(make.an_editor())
    answer = send(client, step(claim, "discard"), reason=TOO_LONG)
    assert "at most 2000 characters (it has 2001)" in complaints(answer)
    assert TOO_LONG in answer.content.decode()
    assert history.head() == before


def test_a_newline_counts_once_as_the_browser_counts_it():
    lines = "a\r\n" * (LONGEST_REASON // 2)
    assert DecisionForm({"step": "return", "note": lines}, row=None).is_valid()


def test_an_answer_to_a_report_says_what_is_too_long():
    report = rows.an_error_report()
    at = f"/review/reports/{report.code}/"
    posted = {"status": "DECLINED", "answer": TOO_LONG}
    page = at_desk(make.a_reviewer()).post(at, posted, follow=True)
    assert "at most 2000 characters" in page.content.decode()


# --- processes ---

Do = Callable[[Any, str], Any]


def a_verdict(claim: Any, reason: str) -> Any:
    return make.a_recorded_assessment(claim=claim, replacement_reason=reason)


def a_correction(old: Any, reason: str) -> Any:
    new = make.a_plain_claim(version=old.article_version)
    chief, at = make.a_chief(), make.PUBLISHED_AT
    return recording.replace(old, new, reason=reason, actor=chief, at=at)


def an_answer(report: Any, answer: str) -> Any:
    return tasks.answer_report(
        report,
        status="DECLINED",
        answer=answer,
        actor=make.a_reviewer(),
        at=make.WITHDRAWN_AT,
    )


#: One of each kind of process: the row it is about, and what it does with a reason.
PROCESSES: dict[str, tuple[Callable[[], Any], Do]] = {
    "change": (
        make.a_source,
        lambda row, why: curation.change(
            row, {"note": "x"}, reason=why, actor=make.an_editor()
        ),
    ),
    "end": (
        make.a_role,
        lambda row, why: curation.end_role(
            row, at=make.WITHDRAWN_AT, reason=why, actor=make.an_editor()
        ),
    ),
    "retract": (
        make.an_article,
        lambda row, why: curation.retract(
            row, on=make.WITHDRAWN_AT.date(), notice=why, actor=make.an_editor()
        ),
    ),
    "approve": (
        make.a_recorded_claim,
        lambda row, why: review.approve(
            row, note=why, actor=make.a_reviewer(), at=make.PUBLISHED_AT
        ),
    ),
    "return": (
        make.a_recorded_claim,
        lambda row, why: review.send_back(
            row, note=why, actor=make.a_reviewer(), at=make.PUBLISHED_AT
        ),
    ),
    "discard": (
        make.a_recorded_claim,
        lambda row, why: make.discarded(row, reason=why),
    ),
    "withdraw": (
        make.a_published_claim,
        lambda row, why: make.withdrawn(row, reason=why),
    ),
    "correct": (make.a_published_claim, a_correction),
    "assess": (lambda: make.a_published_assessment().claim, a_verdict),
    "answer": (rows.an_error_report, an_answer),
    "close": (
        make.a_user,
        lambda row, why: factbase.accounts.deactivate(
            row, reason=why, actor=make.an_admin()
        ),
    ),
}


@pytest.mark.parametrize("name", PROCESSES)
def test_a_process_takes_the_longest_reason_and_writes_nothing_for_a_longer(name):
    prepare, do = PROCESSES[name]
    row = prepare()
    written = Change.objects.filter(model=history.label(row), object_id=row.pk)
    before, claims = written.count(), Claim.objects.count()
    with pytest.raises(ValidationError, match="at most 2000 characters; this has 2001"):
        do(row, TOO_LONG)
    assert (written.count(), Claim.objects.count()) == (before, claims)
    do(type(row).objects.get(pk=row.pk), LONGEST)
