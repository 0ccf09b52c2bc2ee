"""Imported files: one other person approves all rows of one, after looking at some."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from claims import policy, queue, review
from claims.models import Claim, Quote
from claims.review import TransitionRefused
from sources import following

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from django.contrib.auth.models import User

    from claims.models import Batch

#: How many rows a person is shown of each kind before approving all.
SAMPLE = 20
#: How many rows are approved in one transaction.
CHUNK = 1000


@dataclass(frozen=True, slots=True)
class Standing:
    """How the rows of a batch stand, and how many of them look wrong."""

    n_recorded: int
    n_published: int
    n_other: int
    n_backwards: int
    n_without_measure: int
    n_unsaid: int

    @property
    def is_clean(self) -> bool:
        """Whether nothing looks wrong."""
        return not (self.n_backwards or self.n_without_measure or self.n_unsaid)


def standing(batch: Batch) -> Standing:
    """Count the rows of a batch by status and by what looks wrong: seven queries."""
    claims = Claim.objects.filter(batch=batch)
    quotes = Quote.objects.filter(batch=batch)
    n_all = claims.count() + quotes.count()
    n_recorded = claims.recorded().count() + quotes.recorded().count()
    n_published = claims.published().count() + quotes.published().count()
    counted = claims.exclude(qualifier="")
    return Standing(
        n_recorded,
        n_published,
        n_all - n_recorded - n_published,
        n_backwards=counted.filter(low__gt=F("high")).count(),
        n_without_measure=counted.filter(measure=None).count(),
        n_unsaid=claims.filter(speaker=None).exclude(quote=None).count(),
    )


def sample(batch: Batch, size: int = SAMPLE) -> list[Quote | Claim]:
    """Return rows of a batch by chance, the same ones for the same file."""
    chance = random.Random(batch.sha256)  # noqa: S311  # a sample, not a secret
    found: list[Quote | Claim] = []
    for model in (Claim, Quote):
        waiting = model.objects.filter(batch=batch).order_by("pk")
        keys = list(waiting.values_list("pk", flat=True))
        chosen = chance.sample(keys, min(size, len(keys)))
        found += model.objects.with_provenance().filter(pk__in=chosen).order_by("pk")
    return found


def n_approvable(batch: Batch, actor: User) -> int:
    """Count the rows that this person may approve all at once: two queries.

    Nothing for whoever may not approve imports, or imported the file.
    """
    if not policy.may(actor, "approve import") or batch.imported_by_id == actor.pk:
        return 0
    return sum(rows.count() for rows in _approvable(batch, actor))


def approve(batch: Batch, *, actor: User, at: dt.datetime) -> Iterator[int]:
    """Approve what waits of a batch, each row with a review; yield how many were.

    In transactions of at most `CHUNK` rows: stopped half-way it goes on where it was.

    Raises:
        NotAllowed: when the actor may not approve imports.
        TransitionRefused: when the actor imported the file, or nothing waits.
        StaleVersion: when somebody edits a row at this moment; what was approved
            before stays so.
    """
    policy.require(actor, "approve import")
    if batch.imported_by_id == actor.pk:
        raise TransitionRefused(_("Whoever imported a file cannot approve it."))
    if not _waiting(batch, actor):
        raise TransitionRefused(_("Nothing of this import waits for your approval."))
    return _approved(batch, actor, at)


def _approved(batch: Batch, actor: User, at: dt.datetime) -> Iterator[int]:
    with following.once_at_the_end():
        while rows := _approved_at_once(batch, actor, at):
            yield rows


@transaction.atomic
@following.together()
def _approved_at_once(batch: Batch, actor: User, at: dt.datetime) -> int:
    rows = _waiting(batch, actor)
    for row in rows:
        review.approve(row, actor=actor, at=at, note=_note(batch))
    return len(rows)


def _note(batch: Batch) -> str:
    return _("With the import %s.") % batch.file_name


def _waiting(batch: Batch, actor: User) -> list[Quote | Claim]:
    """Return the next rows, quotes before the claims made in them.

    What somebody sent back, the actor edited, or lacks its measure is left to a
    review of its own.
    """
    found: list[Quote | Claim] = []
    for rows in _approvable(batch, actor):
        found += rows.order_by("pk")[: CHUNK - len(found)]
    return found


def _approvable(batch: Batch, actor: User) -> tuple[Any, Any]:
    quotes, claims = (
        queue.reviewable(model, actor).filter(batch=batch) for model in (Quote, Claim)
    )
    return quotes, claims.filter(Q(qualifier="") | Q(measure__isnull=False))
