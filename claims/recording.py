"""Record what was said, and edit it until it is published.

Each function is one process: it asks the policy, writes through the log, and
commits whole or not at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims import carrying, policy
from claims.models import (
    AboutText,
    Assessment,
    Claim,
    Event,
    Evidence,
    Measure,
    Quote,
    Reviewed,
    Status,
    Translation,
)
from sources import engine, history
from sources.models import Action

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from django.contrib.auth.models import User

Recordable = TypeVar("Recordable", Quote, Claim)
Framing = TypeVar("Framing", Event, Measure, AboutText)
ReviewedRow = TypeVar("ReviewedRow", bound=Reviewed)

#: What only `claims.review` and `replace` write.
NEVER_EDITED = {*Reviewed.LIFECYCLE, "code", "recorded_by", "recorded_at", "replaces"}
#: What an edit of a translation alters: for another language there is another one.
RETRANSLATED = {"words", "credit"}


def add(row: Framing, *, actor: User) -> Framing:
    """Add an event, a measure or a text about this base.

    Raises:
        NotAllowed: when the actor may not.
        ValidationError: when a field or constraint refuses it.
    """
    policy.require(actor, f"add {row._meta.model_name}")
    return history.add(row, actor=actor)


def change(
    row: Framing, values: Mapping[str, Any], *, actor: User, reason: str = ""
) -> Framing:
    """Change an event, a measure or a text about this base as it was read.

    Raises:
        NotAllowed: when the actor may not.
        StaleVersion: when somebody changed it since.
        ValidationError: when a constraint refuses the values, or when they alter
            what a measure means that a published claim uses.
    """
    policy.require(actor, f"change {row._meta.model_name}")
    if isinstance(row, Measure):
        _refuse_new_meaning(row, values)
    return history.change(row, values, actor=actor, reason=reason)


def remove(row: Event | Measure, *, actor: User) -> None:
    """Remove an event or a measure that nothing refers to.

    Raises:
        NotAllowed: when the actor may not.
        ProtectedError: when something refers to it.
    """
    policy.require(actor, f"remove {row._meta.model_name}")
    history.remove(row, actor=actor)


def _refuse_new_meaning(measure: Measure, values: Mapping[str, Any]) -> None:
    stored = Measure.objects.get(pk=measure.pk)
    altered = [
        name
        for name in values
        if stored._meta.get_field(name).attname in Measure.MEANING  # type: ignore[union-attr]  # columns have one
        and getattr(stored, name) != values[name]
    ]
    if altered and Claim.objects.public().answering(stored).exists():
        message = _("A published claim uses this measure, so its meaning stands.")
        raise ValidationError(dict.fromkeys(altered, message))


def record(statement: Recordable, *, actor: User, at: dt.datetime) -> Recordable:
    """Record a quote or a claim; it waits for another person's approval.

    Raises:
        NotAllowed: when the actor's roles do not record.
        ValidationError: when a field, a span or a constraint refuses it.
    """
    policy.require(actor, "record statement")
    if statement.replaces is not None:
        message = _("Only the chief editor records what replaces a statement.")
        raise ValidationError({"replaces": message})
    return _record_in_texts(statement, actor=actor, at=at)


@transaction.atomic
def _record_in_texts(
    statement: Recordable, *, actor: User, at: dt.datetime
) -> Recordable:
    """Record a statement, and where it stands in later texts if there are any."""
    recorded = _record(statement, actor=actor, at=at)
    carrying.follow(recorded, actor=actor, at=at)
    return recorded


def _record(row: ReviewedRow, *, actor: User, at: dt.datetime) -> ReviewedRow:
    history.refuse_long(row.replacement_reason)
    row.recorded_by, row.recorded_at = actor, at
    return history.add(row, actor=actor, action=Action.RECORDED)


@transaction.atomic
def edit(
    statement: Recordable, values: Mapping[str, Any], *, actor: User, reason: str = ""
) -> Recordable:
    """Edit a recorded statement as it was read; earlier approvals become void.

    Raises:
        NotAllowed: when the actor may not edit this one.
        StaleVersion: when somebody changed it since.
        ValidationError: when it is no longer open, or the values are refused.
    """
    policy.require_own(actor, "edit statement", statement)
    if kept := NEVER_EDITED & values.keys():
        raise ValidationError(_("An edit cannot alter %s.") % ", ".join(sorted(kept)))
    if not statement.is_open:
        raise ValidationError(
            _("A %s statement is not edited; it is corrected by a new one.")
            % statement.get_status_display()
        )
    edited = history.change(
        statement, values, actor=actor, action=Action.EDITED, reason=reason
    )
    if carrying.moves(edited, values):
        carrying.follow(edited, actor=actor, at=timezone.now())
    return edited


@transaction.atomic
def replace(
    old: Recordable,
    new: Recordable,
    *,
    reason: str,
    actor: User,
    at: dt.datetime,
) -> Recordable:
    """Record a correction: `new` replaces `old` once another person approves it.

    Raises:
        NotAllowed: when the actor may not correct.
        ValidationError: when `old` is not published, a replacement waits already, or
            the reason is empty.
    """
    policy.require(actor, "correct")
    if old.status != Status.PUBLISHED:
        raise ValidationError(_("Only a published statement is corrected."))
    if not reason.strip():
        raise ValidationError({"replacement_reason": _("Give the reason.")})
    new.replaces, new.replacement_reason = old, reason
    return _record_in_texts(new, actor=actor, at=at)


@transaction.atomic
def assess(
    assessment: Assessment,
    *,
    evidence: Iterable[Evidence] = (),
    actor: User,
    at: dt.datetime,
) -> Assessment:
    """Record the verdict on a published claim with what it rests on.

    A verdict that stands already is replaced once another person approves this one.

    Raises:
        NotAllowed: when the actor may not assess.
        ValidationError: when the claim is not published, another verdict waits, or a
            replacement gives no reason.
    """
    policy.require(actor, "assess")
    if not assessment.claim.is_public:
        raise ValidationError(_("Only a published claim is assessed."))
    _take_the_place_of_the_last(assessment)
    _record(assessment, actor=actor, at=at)
    for row in evidence:
        row.assessment = assessment
        history.add(row, actor=actor)
    return assessment


def _take_the_place_of_the_last(assessment: Assessment) -> None:
    standing = Assessment.objects.filter(claim=assessment.claim)
    if standing.recorded().exists():
        raise ValidationError(_("Another verdict on this claim waits for its review."))
    assessment.replaces = standing.published().first()
    reason = assessment.replacement_reason.strip()
    if assessment.replaces and not reason:
        message = _("Say why this verdict replaces the one that stands.")
        raise ValidationError({"replacement_reason": message})
    if assessment.replaces is None:
        assessment.replacement_reason = ""


@transaction.atomic
def translate(translation: Translation, *, actor: User, at: dt.datetime) -> Translation:
    """Record a translation of a statement that waits for its review.

    The statement counts as edited: approvals from before the translation are void,
    and its translator cannot approve it. `translation.quote` or `.claim` becomes
    the statement as written.

    Raises:
        NotAllowed: when the actor may not translate.
        StaleVersion: when somebody changed the statement since.
        ValidationError: when the statement is no longer open.
    """
    policy.require(actor, "translate statement")
    _edit_what_is_translated(translation, actor=actor)
    translation.translated_by, translation.recorded_at = actor, at
    return history.add(translation, actor=actor)


@transaction.atomic
def retranslate(
    translation: Translation,
    values: Mapping[str, Any],
    *,
    actor: User,
    reason: str = "",
) -> Translation:
    """Edit the words or the credit of a translation as it was read.

    The statement counts as edited, as by `translate`.

    Raises:
        NotAllowed: when the actor may not translate.
        StaleVersion: when somebody changed the translation since.
        ValidationError: when the statement is no longer open, or the values are refused.
    """
    policy.require(actor, "translate statement")
    if kept := values.keys() - RETRANSLATED:
        raise ValidationError(_("An edit cannot alter %s.") % ", ".join(sorted(kept)))
    engine.lock_log()  # nobody settles the statement from here on
    current = Translation.objects.get(pk=translation.pk)
    _edit_what_is_translated(current, actor=actor)
    return history.change(translation, values, actor=actor, reason=reason)


def _edit_what_is_translated(translation: Translation, *, actor: User) -> None:
    name = "claim" if translation.quote is None else "quote"
    statement: Quote | Claim | None = getattr(translation, name)
    if statement is None:
        return  # a constraint says so
    if not statement.is_open:
        raise ValidationError(_("The statement is no longer open for translation."))
    edited = history.change(statement, {}, actor=actor, action=Action.EDITED)
    setattr(translation, name, edited)
