"""Edits that a reviewer proposes: kept with the return, taken over by the recorder.

A proposal is the columns that would change, as the log writes them. It changes
nothing by itself; whoever takes it over answers for the edit, so that the reviewer
who proposed it may still approve.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import FieldDoesNotExist
from django.db import transaction
from django.utils.translation import gettext as _

from claims import recording
from claims.models import Claim, Decision, Quote, Review
from claims.review import TransitionRefused
from sources import engine, history

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.contrib.auth.models import User

Recordable = TypeVar("Recordable", Quote, Claim)

#: What no proposal changes: where a statement is from, and how it stands.
_FIXED = {"id", "article_version", *recording.NEVER_EDITED}


def proposed(
    row: Quote | Claim, values: Mapping[str, Any]
) -> dict[str, dict[str, Any]]:
    """Return the columns that values would change, before and after, as JSON values.

    Raises:
        AttributeError: when the row has no such attribute.
    """
    edited = type(row).objects.get(pk=row.pk)
    before = history.snapshot(edited)
    for name, value in values.items():
        if not hasattr(edited, name):
            raise AttributeError(name)
        setattr(edited, name, value)
    after = history.snapshot(edited)
    fixed = {row._meta.get_field(name).attname for name in _FIXED}  # type: ignore[union-attr]  # columns have one
    return {
        name: {"before": before[name], "after": after[name]}
        for name in before
        if before[name] != after[name] and name not in fixed
    }


def values_of(
    model: type[Quote | Claim], proposal: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the values that a proposal gives to columns.

    Raises:
        TransitionRefused: when it names a column that there is not.
    """
    try:
        return {
            name: model._meta.get_field(name.removesuffix("_id")).to_python(  # type: ignore[union-attr]  # columns have one
                change["after"]
            )
            for name, change in proposal.items()
        }
    except FieldDoesNotExist as missing:
        message = _("The proposal is for columns that are no longer there.")
        raise TransitionRefused(message) from missing


def open_proposal(row: Quote | Claim) -> Review | None:
    """Return the last proposed edit of the row as it stands: one query."""
    returns = row.reviews.filter(
        decision=Decision.RETURNED,
        version_reviewed=row.version,
        proposal__isnull=False,
    )
    return returns.select_related("reviewer").order_by("-pk").first()


@transaction.atomic
def take_over(row: Recordable, *, actor: User) -> Recordable:
    """Edit a statement as its reviewer proposed.

    Raises:
        NotAllowed: when the actor may not edit this one.
        StaleVersion: when somebody changed it since.
        ValidationError: when there is no proposal for it as it stands, or its values
            are refused.
    """
    engine.lock_log()
    found = open_proposal(row)
    if found is None or found.proposal is None:
        raise TransitionRefused(_("Nobody proposes an edit of this version."))
    return recording.edit(
        row,
        values_of(type(row), found.proposal),
        actor=actor,
        reason=_("As %s proposed.") % found.reviewer,
    )
