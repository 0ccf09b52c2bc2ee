"""Keep what the rules propose, and let a person accept or dismiss it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from claims import policy, recording
from claims.models import Claim, Quote, Suggestion, SuggestionStatus
from claims.review import TransitionRefused
from sources import engine

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from django.contrib.auth.models import User

    from sources.models import ArticleVersion

Recordable = TypeVar("Recordable", Quote, Claim)


@transaction.atomic
def store(
    version: ArticleVersion, proposals: Iterable[Suggestion], *, rule_set: str
) -> int:
    """Replace the open suggestions of a version; return how many are new.

    Idempotent; what a person has decided on is never touched.
    """
    decided = set(
        version.suggestions.exclude(status=SuggestionStatus.OPEN).values_list(
            "kind", "start", "end"
        )
    )
    version.suggestions.filter(status=SuggestionStatus.OPEN).delete()
    fresh = [
        proposal
        for proposal in proposals
        if (proposal.kind, proposal.start, proposal.end) not in decided
    ]
    for proposal in fresh:
        proposal.article_version, proposal.rule_set = version, rule_set
        proposal.full_clean()
    Suggestion.objects.bulk_create(fresh)
    return len(fresh)


@transaction.atomic
def accept(
    suggestion: Suggestion,
    statement: Recordable,
    *,
    changed: bool = False,
    actor: User,
    at: dt.datetime,
) -> Recordable:
    """Record the statement that a person made of a suggestion; it remembers the rule.

    Raises:
        TransitionRefused: when somebody decided on it already.
    """
    verdict = SuggestionStatus.CHANGED if changed else SuggestionStatus.ACCEPTED
    _decide(suggestion, verdict, actor=actor, at=at)
    statement.rule = suggestion.rule
    return recording.record(statement, actor=actor, at=at)


@transaction.atomic
def dismiss(suggestion: Suggestion, *, actor: User, at: dt.datetime) -> None:
    """Dismiss a suggestion; it is counted against its rule.

    Raises:
        TransitionRefused: when somebody decided on it already.
    """
    _decide(suggestion, SuggestionStatus.DISMISSED, actor=actor, at=at)


def _decide(
    suggestion: Suggestion, verdict: SuggestionStatus, *, actor: User, at: dt.datetime
) -> None:
    policy.require(actor, "decide on a suggestion")
    engine.lock_log()  # before any row: one order for all writers
    decided = Suggestion.objects.filter(
        pk=suggestion.pk, status=SuggestionStatus.OPEN
    ).update(status=verdict, decided_by=actor, decided_at=at)
    if not decided:
        raise TransitionRefused(_("Somebody has decided on this suggestion already."))
    suggestion.status = verdict
