"""The workflow: its one table, and the one function that changes a status.

`docs/states.md`, the buttons and the tests are made from `TRANSITIONS`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims import policy
from claims.models import Decision, Review, Reviewed, Status, WithdrawalKind
from sources import engine, following, history
from sources.models import Action, Change

if TYPE_CHECKING:
    import datetime as dt

    from django.contrib.auth.models import User
    from django.utils.functional import _StrPromise

ReviewedRow = TypeVar("ReviewedRow", bound=Reviewed)


class TransitionRefused(ValidationError):
    """The workflow does not allow this now; the message says why."""


@dataclass(frozen=True, slots=True)
class Transition:
    """One way from a status to another: what it is called, who may, what it needs."""

    verb: str
    before: Status
    after: Status
    act: str
    action: Action
    label: _StrPromise
    needs: _StrPromise


TRANSITIONS = (
    Transition(
        "approve",
        Status.RECORDED,
        Status.PUBLISHED,
        "review",
        Action.PUBLISHED,
        gettext_lazy("Approve"),
        gettext_lazy(
            "Approvals of this very version by as many people as REVIEW_APPROVALS "
            "says, none of whom recorded or edited it"
        ),
    ),
    Transition(
        "discard",
        Status.RECORDED,
        Status.DISCARDED,
        "discard statement",
        Action.DISCARDED,
        gettext_lazy("Discard"),
        gettext_lazy("A reason"),
    ),
    Transition(
        "withdraw",
        Status.PUBLISHED,
        Status.WITHDRAWN,
        "withdraw",
        Action.WITHDRAWN,
        gettext_lazy("Withdraw"),
        gettext_lazy("A reason, and whether we or the source took it back"),
    ),
    Transition(
        "replace",
        Status.PUBLISHED,
        Status.WITHDRAWN,
        "review",
        Action.WITHDRAWN,
        gettext_lazy("Publish the correction"),
        gettext_lazy("The approval of a replacement that the chief editor recorded"),
    ),
)
_BY_VERB = {transition.verb: transition for transition in TRANSITIONS}


def set_status(
    row: ReviewedRow,
    verb: str,
    *,
    actor: User,
    reason: str = "",
    values: dict[str, Any],
) -> ReviewedRow:
    """Change the status of a row: the only place that does.

    `values` are the moments and reasons that the new status needs.

    Raises:
        TransitionRefused: when the table knows no such way from its status.
        StaleVersion: when somebody changed the row since it was read.
    """
    transition = _BY_VERB[verb]
    if row.status != transition.before:
        raise TransitionRefused(
            _("What is %(status)s cannot take the step “%(step)s”.")
            % {"status": row.get_status_display(), "step": transition.label}
        )
    return history.change(
        row,
        {"status": transition.after, **values},
        actor=actor,
        action=transition.action,
        reason=reason,
    )


def available(row: Reviewed, user: User) -> list[Transition]:
    """Return the steps that this person may take now: at most two queries."""
    return [
        step
        for step in TRANSITIONS
        if step.before == row.status
        and step.verb != "replace"
        and _may(step, row, user)
    ]


def _may(step: Transition, row: Reviewed, user: User) -> bool:
    if step.verb == "discard":
        own = "discard own statement"
        is_own = row.recorded_by_id == user.pk
        return policy.may(user, own if is_own else step.act)
    if not policy.may(user, step.act):
        return False
    return step.verb != "approve" or _may_review(row, user)


def _may_review(row: Reviewed, user: User) -> bool:
    settled = Q(decision=Decision.RETURNED) | Q(reviewer=user)
    return (
        user.pk not in contributors(row)
        and not reviews_at_this_version(row).filter(settled).exists()
    )


def contributors(row: Reviewed) -> set[int]:
    """Return the ids of the accounts that recorded or edited the content: one query."""
    hands = Change.objects.filter(
        model=history.label(row),
        object_id=row.pk,
        action__in=[Action.RECORDED, Action.EDITED],
    )
    return {pk for pk in hands.values_list("actor", flat=True) if pk}


def edited_by(model: type[Reviewed], user: User) -> Any:
    """Return the ids of the rows that this account recorded or edited, to filter by."""
    hands = Change.objects.filter(
        model=history.label(model),
        actor=user,
        action__in=[Action.RECORDED, Action.EDITED],
    )
    return hands.values("object_id")


@transaction.atomic
@following.together()
def approve(
    row: ReviewedRow, *, actor: User, at: dt.datetime, note: str = ""
) -> ReviewedRow:
    """Approve a recorded row as it was read; the last approval needed publishes it.

    Publishing a replacement withdraws what it replaces in the same transaction.

    Raises:
        NotAllowed: when the actor's roles do not review.
        TransitionRefused: when the actor had a hand in it, it was sent back at
            this version, or it is not waiting.
        StaleVersion: when somebody changed it since.
    """
    _review(row, Decision.APPROVED, actor=actor, at=at, note=note)
    if _approvals(row) < settings.REVIEW_APPROVALS:
        return row
    published = set_status(row, "approve", actor=actor, values={"published_at": at})
    if published.replaces is not None:
        set_status(
            published.replaces,
            "replace",
            actor=actor,
            reason=published.replacement_reason,
            values={
                "withdrawn_at": at,
                "withdrawal_kind": WithdrawalKind.CORRECTED,
                "withdrawal_reason": published.replacement_reason,
            },
        )
    return published


@transaction.atomic
def send_back(
    row: ReviewedRow,
    *,
    note: str,
    actor: User,
    at: dt.datetime,
    proposal: dict[str, Any] | None = None,
) -> Review:
    """Return a recorded row to its recorder with a note, and with a proposed edit.

    Raises:
        NotAllowed, TransitionRefused, StaleVersion: as for `approve`; and when the
            note is empty.
    """
    policy.require(actor, "review")
    _require_reason(note)
    return _review(
        row, Decision.RETURNED, actor=actor, at=at, note=note, proposal=proposal or None
    )


@transaction.atomic
def discard(row: ReviewedRow, *, reason: str, actor: User) -> ReviewedRow:
    """Set a recorded row aside for good; it stays in the log.

    Raises:
        NotAllowed: when the actor may not discard this one.
        TransitionRefused: when it is not waiting, or the reason is empty.
    """
    policy.require_own(actor, "discard statement", row)
    _require_reason(reason)
    return set_status(row, "discard", actor=actor, reason=reason, values={})


@transaction.atomic
def withdraw(
    row: ReviewedRow,
    *,
    kind: WithdrawalKind,
    reason: str,
    actor: User,
    at: dt.datetime,
) -> ReviewedRow:
    """Withdraw a published row; it stays public, marked with the reason.

    Raises:
        NotAllowed: when the actor may not withdraw.
        TransitionRefused: when it is not published, the reason is empty, or the
            kind is “corrected”, which only a replacement brings about.
    """
    policy.require(actor, "withdraw")
    _require_reason(reason)
    if kind == WithdrawalKind.CORRECTED:
        raise TransitionRefused(_("A correction needs the statement that replaces it."))
    return set_status(
        row,
        "withdraw",
        actor=actor,
        reason=reason,
        values={
            "withdrawn_at": at,
            "withdrawal_kind": kind,
            "withdrawal_reason": reason,
        },
    )


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise TransitionRefused(_("Give the reason."))


def reviews_at_this_version(row: Reviewed) -> Any:
    """Return the reviews of the row as it stands; earlier ones are void."""
    return Review.objects.filter(
        **{row._meta.model_name or "": row}, version_reviewed=row.version
    )


def is_sent_back(row: Reviewed) -> bool:
    """Whether the row as it stands waits for its recorder's answer: one query."""
    reviews = reviews_at_this_version(row)
    return bool(reviews.filter(decision=Decision.RETURNED).exists())


def _approvals(row: Reviewed) -> int:
    approvals = reviews_at_this_version(row).filter(decision=Decision.APPROVED)
    return int(approvals.count())


def _review(
    row: Reviewed,
    decision: Decision,
    *,
    actor: User,
    at: dt.datetime,
    note: str,
    proposal: dict[str, Any] | None = None,
) -> Review:
    policy.require(actor, "review")
    engine.lock_log()
    _refuse_unreviewable(row, actor)
    review = Review(
        reviewer=actor,
        recorder=row.recorded_by,
        decision=decision,
        note=note,
        proposal=proposal,
        version_reviewed=row.version,
        at=at,
    )
    setattr(review, row._meta.model_name or "", row)
    return history.add(review, actor=actor, action=Action(str(decision)), reason=note)


def _refuse_unreviewable(row: Reviewed, actor: User) -> None:
    current = type(row)._default_manager.get(pk=row.pk)
    if current.version != row.version:
        raise history.StaleVersion(current, {})
    if current.status != Status.RECORDED:
        raise TransitionRefused(
            _("Only what is recorded is reviewed; this is %s.")
            % current.get_status_display()
        )
    if actor.pk in contributors(row):
        raise TransitionRefused(
            _("Whoever recorded or edited a statement cannot review it.")
        )
    if is_sent_back(row):
        raise TransitionRefused(
            _("This version was sent back; its recorder answers with an edit first.")
        )
