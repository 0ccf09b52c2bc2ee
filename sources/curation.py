"""Keep the catalogue of sources, speakers and articles, and what joins them.

Each function is one process: it asks the policy, writes through the log, and
commits whole or not at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from sources import engine, history, masking, policy
from sources.lineage import Lineage
from sources.models import (
    Action,
    Article,
    Decision,
    Derivation,
    DerivationKind,
    Merge,
    OwnVoice,
    Role,
    Source,
    SourceAlias,
    Speaker,
    SpeakerAlias,
    SuggestedDerivation,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from django.contrib.auth.models import User
    from django.db.models import Model

_CATALOGUE: dict[type[Model], dict[str, str]] = {
    Source: {"add": "add source", "change": "change source", "remove": "remove source"},
    SourceAlias: dict.fromkeys(("add", "remove"), "change source"),
    Speaker: {
        "add": "add speaker",
        "change": "change speaker",
        "remove": "remove speaker",
    },
    SpeakerAlias: dict.fromkeys(("add", "remove"), "change speaker"),
    Article: {"change": "change article"},
}

CatalogueRow = TypeVar("CatalogueRow", Source, SourceAlias, Speaker, SpeakerAlias)
ChangeableRow = TypeVar("ChangeableRow", Source, Speaker, Article)


def add(row: CatalogueRow, *, actor: User) -> CatalogueRow:
    """Add a source, a speaker or an alias.

    Raises:
        NotAllowed: when the actor may not.
        ValidationError: when a field or constraint refuses it.
    """
    policy.require(actor, _CATALOGUE[type(row)]["add"])
    if isinstance(row, Speaker) and row.withheld:
        policy.require(actor, "withhold speaker")
    return history.add(row, actor=actor)


def change(
    row: ChangeableRow, values: Mapping[str, Any], *, actor: User, reason: str = ""
) -> ChangeableRow:
    """Change a source, a speaker or an article as it was read.

    Raises:
        NotAllowed: when the actor may not.
        StaleVersion: when somebody changed it since.
        ValidationError: when a field or constraint refuses the values.
    """
    policy.require(actor, _CATALOGUE[type(row)]["change"])
    if (
        isinstance(row, Speaker)
        and values.get("withheld", row.withheld) != row.withheld
    ):
        policy.require(actor, "withhold speaker")
    return history.change(row, values, actor=actor, reason=reason)


def remove(row: Source | SourceAlias | Speaker | SpeakerAlias, *, actor: User) -> None:
    """Remove what nothing refers to.

    Raises:
        NotAllowed: when the actor may not.
        ProtectedError: when something refers to it.
    """
    policy.require(actor, _CATALOGUE[type(row)]["remove"])
    history.remove(row, actor=actor)


def record_role(role: Role, *, actor: User) -> Role:
    """Record what a speaker was, where, from when to when."""
    policy.require(actor, "record role")
    return history.add(role, actor=actor)


def end_role(role: Role, *, at: dt.datetime, reason: str, actor: User) -> Role:
    """Take the record of a role back; the past still shows it."""
    policy.require(actor, "end role")
    return history.end(role, actor=actor, at=at, reason=reason)


def record_own_voice(row: OwnVoice, *, actor: User) -> OwnVoice:
    """Record as whom a source speaks in its own voice."""
    policy.require(actor, "say as whom a source speaks")
    if row.speaker.withheld:
        policy.require(actor, "withhold speaker")
    return history.add(row, actor=actor)


def end_own_voice(
    row: OwnVoice, *, at: dt.datetime, reason: str, actor: User
) -> OwnVoice:
    """Take back as whom a source speaks; the past still shows it."""
    policy.require(actor, "say as whom a source speaks")
    return history.end(row, actor=actor, at=at, reason=reason)


@transaction.atomic
def merge(
    speaker: Speaker, *, into: Speaker, at: dt.datetime, reason: str, actor: User
) -> Merge:
    """Merge a speaker into another; `end_merge` undoes it.

    Raises:
        ValidationError: when the merge would close a circle.
    """
    policy.require(actor, "merge speakers")
    if speaker.withheld or into.withheld:
        policy.require(actor, "withhold speaker")
    engine.lock_log()
    if speaker in _merged_from(into):
        raise ValidationError(_("These speakers are merged the other way round."))
    row = Merge(speaker=speaker, into=into, recorded_at=at)
    return history.add(row, actor=actor, reason=reason)


def end_merge(merged: Merge, *, at: dt.datetime, reason: str, actor: User) -> Merge:
    """Undo a merge."""
    policy.require(actor, "merge speakers")
    return history.end(merged, actor=actor, at=at, reason=reason)


def _merged_from(speaker: Speaker) -> set[Speaker]:
    """Return a speaker and those it is merged into: one query a step."""
    chain = {speaker}
    following = speaker.merges.filter(ended_at=None).select_related("into").first()
    while following and following.into not in chain:
        chain.add(following.into)
        steps = following.into.merges.filter(ended_at=None).select_related("into")
        following = steps.first()
    return chain


@masking.truth()
@transaction.atomic
def record_derivation(derivation: Derivation, *, actor: User) -> Derivation:
    """Record what an article takes from another, a source or a speaker.

    A suggestion of the same counts as accepted.

    Raises:
        ValidationError: when the articles would derive from each other in a circle.
    """
    policy.require(actor, "record derivation")
    engine.lock_log()  # two writers could close a circle together
    if _closes_a_circle(derivation):
        raise ValidationError(
            {"origin": _("The article it takes from derives from this one.")}
        )
    history.add(derivation, actor=actor)
    same = Q(origin=derivation.origin, origin__isnull=False) | Q(
        origin_source=derivation.origin_source, origin_source__isnull=False
    )
    _decide(
        Q(article=derivation.article) & same,
        Decision.ACCEPTED,
        actor=actor,
        at=derivation.recorded_at,
    )
    return derivation


@masking.truth()
@transaction.atomic
def accept_derivation(
    suggested: SuggestedDerivation,
    *,
    kind: DerivationKind | None = None,
    source: Source | None = None,
    actor: User,
    at: dt.datetime,
) -> Derivation:
    """Record a suggested derivation, as another kind or from another source if given.

    Raises:
        NotAllowed: when the actor may not.
        ValidationError: when somebody decided on it already, when nobody says which
            source a name means, or when the articles would derive in a circle.
    """
    policy.require(actor, "decide on a derivation")
    engine.lock_log()
    decided = _decide(Q(pk=suggested.pk), Decision.ACCEPTED, actor=actor, at=at)
    _require_undecided(decided)
    source = source or suggested.origin_source
    if suggested.origin is None and source is None:
        message = _("Choose the source that “%s” stands for.") % suggested.origin_name
        raise ValidationError({"source": message})
    derivation = Derivation(
        article=suggested.article,
        kind=kind or suggested.kind,
        origin=suggested.origin,
        origin_source=source,
        recorded_at=at,
    )
    if suggested.anchor:
        derivation.article_version = suggested.article_version
        derivation.anchor = suggested.anchor
    return record_derivation(derivation, actor=actor)


@transaction.atomic
def dismiss_derivation(
    suggested: SuggestedDerivation, *, actor: User, at: dt.datetime
) -> None:
    """Dismiss a suggested derivation; it is not suggested again.

    Raises:
        NotAllowed: when the actor may not.
        ValidationError: when somebody decided on it already.
    """
    policy.require(actor, "decide on a derivation")
    engine.lock_log()
    decided = _decide(Q(pk=suggested.pk), Decision.DISMISSED, actor=actor, at=at)
    _require_undecided(decided)


def _decide(which: Q, decision: Decision, *, actor: User, at: dt.datetime) -> int:
    """Decide on the open suggestions among some; return their number."""
    return SuggestedDerivation.objects.filter(which, status=Decision.OPEN).update(
        status=decision, decided_by=actor, decided_at=at
    )


def _require_undecided(n_decided: int) -> None:
    if not n_decided:
        raise ValidationError(_("Somebody has decided on this suggestion already."))


def end_derivation(
    derivation: Derivation, *, at: dt.datetime, reason: str, actor: User
) -> Derivation:
    """Take the record of a derivation back; the past still shows it."""
    policy.require(actor, "end derivation")
    return history.end(derivation, actor=actor, at=at, reason=reason)


def _closes_a_circle(derivation: Derivation) -> bool:
    """Return whether what is derived from is, or derives from, what derives."""
    article, origin = derivation.article_id, derivation.origin_id
    if origin is None:
        return False
    return article == origin or article in Lineage.above_of([origin]).above(origin)


def retract(article: Article, *, on: dt.date, notice: str, actor: User) -> Article:
    """Note that the source took the article back; its statements stay as they are."""
    policy.require(actor, "retract article")
    return history.change(
        article,
        {"retracted_on": on, "retraction_notice": notice},
        actor=actor,
        action=Action.RETRACTED,
        reason=notice,
    )
