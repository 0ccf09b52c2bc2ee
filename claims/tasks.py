"""Who reviews what, and what becomes of readers' reports: each function is one process.

Neither is in the log: an assignment says who looks next, a report is a reader's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from claims import policy
from claims.models import Assignment, ErrorReport, ReportStatus
from claims.review import TransitionRefused, contributors
from sources import engine, history

if TYPE_CHECKING:
    import datetime as dt

    from claims.models import Reviewed


@transaction.atomic
def assign(
    row: Reviewed, *, reviewer: User, actor: User, at: dt.datetime
) -> Assignment:
    """Say who reviews a recorded row next; an earlier assignment ends.

    Raises:
        NotAllowed: when one of the two does not review.
        TransitionRefused: when the row does not wait, or the reviewer had a hand in it.
    """
    for person in (actor, reviewer):
        policy.require(person, "assign review")
    engine.lock_log()
    current = type(row)._default_manager.get(pk=row.pk)
    if not current.is_open:
        raise TransitionRefused(_("Only what waits for a review is assigned."))
    if reviewer.pk in contributors(current):
        raise TransitionRefused(
            _("Whoever recorded or edited a statement cannot review it.")
        )
    subject: dict[str, Any] = {row._meta.model_name or "": current}
    values = {"reviewer": reviewer, "assigned_by": actor, "at": at}
    assigned, _made = Assignment.objects.update_or_create(values, **subject)
    return assigned


def assignment_of(row: Reviewed) -> Assignment | None:
    """Return who reviews a row next, if it is said: one query."""
    subject = {row._meta.model_name or "": row}
    return Assignment.objects.filter(**subject).select_related("reviewer").first()


@transaction.atomic
def release(row: Reviewed, *, actor: User) -> None:
    """Leave a row to whoever comes first; nothing happens when nobody has it.

    Raises:
        NotAllowed: when the actor does not review.
    """
    policy.require(actor, "assign review")
    Assignment.objects.filter(**{row._meta.model_name or "": row}).delete()


def report_error(report: ErrorReport, *, at: dt.datetime) -> ErrorReport:
    """Keep what a reader says is wrong with a public statement; no account needed.

    Sent twice with the same code, it is kept once.

    Raises:
        ValidationError: when a field is refused, or the statement is not public.
    """
    report.reported_at = at
    report.full_clean(validate_unique=False, validate_constraints=False)
    if not report.statement.is_public:
        raise ValidationError(_("Only what is public is reported."))
    kept, _made = ErrorReport.objects.get_or_create(
        code=report.code,
        defaults={
            field.attname: getattr(report, field.attname)
            for field in ErrorReport._meta.concrete_fields
            if field.name not in ("id", "code")
        },
    )
    return kept


@transaction.atomic
def answer_report(
    report: ErrorReport,
    *,
    status: ReportStatus,
    answer: str,
    actor: User,
    at: dt.datetime,
) -> ErrorReport:
    """Close a report, saying what was done; the reader's address is forgotten.

    Raises:
        NotAllowed: when the actor does not answer reports.
        TransitionRefused: when nothing is said, or somebody answered it already.
        ValidationError: when the answer is too long.
    """
    policy.require(actor, "answer report")
    if not answer.strip():
        raise TransitionRefused(_("Say what was done."))
    history.refuse_long(answer)
    engine.lock_log()
    answered = ErrorReport.objects.filter(
        pk=report.pk, status=ReportStatus.OPEN
    ).update(
        status=status, answer=answer, answered_by=actor, answered_at=at, contact=""
    )
    if not answered:
        raise TransitionRefused(_("Somebody has answered this report already."))
    return ErrorReport.objects.get(pk=report.pk)
