"""The workflow in the admin: its steps as buttons, and the rows that take them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims import policy, review
from claims.forms import ApprovalForm, ReturnForm, WithdrawalForm
from claims.models import WithdrawalKind
from sources.admin.desk import DeskAdmin, told
from sources.admin.steps import Step
from sources.forms import ReasonForm

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.contrib.auth.models import User

    from claims.models import Reviewed


def _may_take(verb: str) -> Callable[[Any, Any], bool]:
    """Return the condition that the workflow has this step for a person now."""

    def fits(row: Reviewed, user: Any) -> bool:
        return any(step.verb == verb for step in review.available(row, user))

    return fits


def _approve(row: Reviewed, *, note: str, actor: User) -> None:
    review.approve(row, note=note, actor=actor, at=timezone.now())


def _send_back(row: Reviewed, *, note: str, actor: User) -> None:
    review.send_back(row, note=note, actor=actor, at=timezone.now())


def _withdraw(row: Reviewed, *, kind: str, reason: str, actor: User) -> None:
    withdrawal = WithdrawalKind(kind)
    review.withdraw(row, kind=withdrawal, reason=reason, actor=actor, at=timezone.now())


WORKFLOW = (
    Step(
        verb="approve",
        label=_("Approve"),
        form=ApprovalForm,
        run=_approve,
        acts=("review",),
        fits=_may_take("approve"),
    ),
    Step(
        verb="return",
        label=_("Return"),
        form=ReturnForm,
        run=_send_back,
        acts=("review",),
        fits=_may_take("approve"),
    ),
    Step(
        verb="discard",
        label=_("Discard"),
        form=ReasonForm,
        run=review.discard,
        acts=("discard statement", "discard own statement"),
        fits=_may_take("discard"),
        is_grave=True,
    ),
    Step(
        verb="withdraw",
        label=_("Withdraw"),
        form=WithdrawalForm,
        run=_withdraw,
        acts=("withdraw",),
        fits=_may_take("withdraw"),
        is_grave=True,
    ),
)


#: What no form writes: the steps and the process functions do.
LIFECYCLE = (
    *("code", "status", "recorded_by", "recorded_at", "published_at"),
    *("withdrawn_at", "withdrawal_kind", "withdrawal_reason"),
    *("replaces", "replacement_reason", "decisions", "recorder"),
)


class ReviewedAdmin(DeskAdmin):
    """Rows with a status: open ones are edited, the others take steps."""

    table, classes = policy.ACTS, policy.FIELDS
    steps = WORKFLOW
    _state = (
        *("code", "status", ("recorder", "recorded_at"), "published_at"),
        *("withdrawn_at", "withdrawal_kind", "withdrawal_reason"),
        *("replaces", "replacement_reason"),
    )

    recorder = told("recorded_by", _("recorded by"), str)

    @admin.display(description=_("reviews"))
    def decisions(self, row: Reviewed) -> str:
        """Return what reviewers decided, newest first."""
        reviews = row.reviews.select_related("reviewer").order_by("-at", "-pk")  # type: ignore[attr-defined]  # of each kind of row
        return render_to_string("admin/claims/decisions.html", {"reviews": reviews})

    def state(self, row: Any) -> tuple[Any, Any]:
        """Return the fieldset that tells how a row stands; what is empty is left out."""
        known = [
            name
            for name in self._state
            if not isinstance(name, str) or getattr(row, name, None)
        ]
        return _("How it stands"), {"fields": [*known, "decisions"]}
