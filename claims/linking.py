"""What a person decides on a suggested link: it becomes part of the record, or never.

Each function is one process: it asks the policy, writes through the log, and commits
whole or not at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from claims import policy, recording, review
from claims.models import LinkKind, LinkVerdict, SameUtterance, SuggestedLink
from claims.review import TransitionRefused
from sources import engine, history, masking
from sources.models import Change

if TYPE_CHECKING:
    import datetime as dt

    from django.contrib.auth.models import User


@transaction.atomic
def accept(link: SuggestedLink, *, read_at: str, actor: User, at: dt.datetime) -> None:
    """Make a suggested link part of the record.

    A claim is edited to be of the measure, and its approvals become void; two statements
    count as one utterance from now on. `read_at` is `link.read_at` as the person saw it.

    Raises:
        NotAllowed: when the actor may not decide, or not edit the claim.
        TransitionRefused: when somebody decided already, an end has changed since, or
            the actor had a hand in one of two statements.
        ValidationError: when the claim cannot be of the measure.
    """
    policy.require(actor, "decide on a link")
    current = _still_open(link)
    _refuse_changed(current, read_at)
    if current.kind == LinkKind.SAME_MEASURE:
        _choose_measure(current, actor=actor)
    else:
        _join(current, actor=actor, at=at)
    _decide(current, LinkVerdict.ACCEPTED, actor=actor, at=at)


@transaction.atomic
def refuse(link: SuggestedLink, *, actor: User, at: dt.datetime) -> None:
    """Refuse a suggested link; it is not suggested again.

    Raises:
        NotAllowed: when the actor may not decide.
        TransitionRefused: when somebody decided already.
    """
    policy.require(actor, "decide on a link")
    _decide(_still_open(link), LinkVerdict.REFUSED, actor=actor, at=at)


def end(
    utterance: SameUtterance, *, at: dt.datetime, reason: str, actor: User
) -> SameUtterance:
    """Take back that two statements are one utterance; the past still shows it."""
    policy.require(actor, "end same utterance")
    return history.end(utterance, actor=actor, at=at, reason=reason)


def _still_open(link: SuggestedLink) -> SuggestedLink:
    """Return a link as it stands, with the log lock taken before any row."""
    engine.lock_log()
    current = SuggestedLink.objects.with_ends().filter(pk=link.pk).first()
    if current is None:
        raise TransitionRefused(
            _("What it joins has changed, and this is not suggested any more.")
        )
    if not current.is_open:
        raise TransitionRefused(
            _("%(person)s decided on this already: %(verdict)s.")
            % {"person": current.decided_by, "verdict": current.get_verdict_display()}
        )
    return current


def _decide(
    link: SuggestedLink, verdict: LinkVerdict, *, actor: User, at: dt.datetime
) -> None:
    SuggestedLink.objects.filter(pk=link.pk).update(
        verdict=verdict, decided_by=actor, decided_at=at
    )


def _choose_measure(link: SuggestedLink, *, actor: User) -> None:
    claim, measure = link.claim, link.measure
    if claim is None or measure is None:  # the database forbids it
        raise AssertionError(link.pk)
    with masking.truth():
        values = {"measure": measure, "unit": measure.unit}
    reason = _("A suggested link was accepted.")
    recording.edit(claim, values, actor=actor, reason=reason)


def _join(link: SuggestedLink, *, actor: User, at: dt.datetime) -> None:
    hands = review.contributors(link.one) | review.contributors(link.other)
    if actor.pk in hands:
        raise TransitionRefused(
            _("Whoever recorded or edited one of the two cannot count them as one.")
        )
    joined = SameUtterance(
        claim=link.claim,
        to_claim=link.to_claim,
        quote=link.quote,
        to_quote=link.to_quote,
        recorded_by=actor,
        recorded_at=at,
    )
    history.add(joined, actor=actor)


# --- what changed since it was read ---


def _refuse_changed(link: SuggestedLink, read_at: str) -> None:
    if link.read_at != read_at:
        told = [_("Somebody else changed this in the meantime.")]
        for row, version in zip(
            (link.one, link.other), read_at.split("."), strict=True
        ):
            told += _changes(row, int(version))
        raise TransitionRefused(told)


def _changes(row: Any, version: int) -> list[str]:
    """Return what differs from how a row stood at a version: both, column by column."""
    entries = Change.objects.filter(model=history.label(row), object_id=row.pk)
    entry = entries.filter(version_after=version).order_by("seq").first()
    if entry is None or version == row.version:
        return []
    then, now = entry.content, history.snapshot(row)
    return [
        _("%(column)s: “%(before)s” when you read it, “%(after)s” now.")
        % {
            "column": capfirst(str(column.verbose_name)),
            "before": then.get(column.attname),
            "after": now[column.attname],
        }
        for column in history.logged_fields(type(row))
        if column.name != "version" and then.get(column.attname) != now[column.attname]
    ]
