"""What waits for a review, for whom, and what deserves a second look."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import User
from django.db.models import (
    BooleanField,
    Case,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from claims import review
from claims.extraction.rules import rules
from claims.models import Assessment, Claim, Decision, Quote, Review

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from claims.models import Reviewed

REVIEWED: tuple[type[Reviewed], ...] = (Claim, Quote, Assessment)

#: Whoever has fewer statements published is new here.
NEWCOMER = 5
#: A rule that is right less often is doubted.
UNSURE = Decimal("0.850")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A reason to look twice: its name in addresses, and in words."""

    name: str
    label: _StrPromise


DOUBTS = (
    Doubt("newcomer", _("first statements of a new contributor")),
    Doubt("unsure", _("suggested by a rule that is often wrong")),
    Doubt("conflict", _("contradicts a published claim")),
    Doubt("protected", _("a protected speaker")),
)


@cache
def doubted_rules() -> tuple[str, ...]:
    """Return the ids of the rules whose measured precision is low."""
    return tuple(
        sorted(rule.id for rule in rules().values() if rule.confidence < UNSURE)
    )


def waiting(model: type[Reviewed]) -> Any:
    """Return the recorded rows of a model, each with what is in doubt about it.

    Annotated: `is_returned` while its recorder has to answer, and the `doubted` flags.
    """
    rows: Any = model._default_manager
    returned = _reviews(model).filter(decision=Decision.RETURNED)
    return doubted(rows.recorded().annotate(is_returned=Exists(returned)))


def doubted(rows: Any) -> Any:
    """Annotate rows with one flag for each of `DOUBTS`, such as `doubts_conflict`."""
    flags = _doubts(rows.model).items()
    return rows.annotate(**{f"doubts_{name}": flag for name, flag in flags})


def reviewable(model: type[Reviewed], user: User) -> Any:
    """Return the recorded rows that this person may approve or send back now."""
    settled = _reviews(model).filter(Q(decision=Decision.RETURNED) | Q(reviewer=user))
    rows: Any = model._default_manager
    return (
        rows.recorded()
        .filter(~Exists(settled))
        .exclude(pk__in=review.edited_by(model, user))
    )


def _reviews(model: type[Reviewed]) -> Any:
    """Return the reviews of an outer row as it stands."""
    return Review.objects.filter(
        **{model._meta.model_name or "": OuterRef("pk")},
        version_reviewed=OuterRef("version"),
    )


def doubtful() -> Q:
    """Return the condition of a row that deserves a second look."""
    condition = Q()
    for doubt in DOUBTS:
        condition |= Q(**{f"doubts_{doubt.name}": True})
    return condition


def doubts_of(row: Any) -> list[_StrPromise]:
    """Return in words why a waiting row deserves a second look."""
    return [doubt.label for doubt in DOUBTS if getattr(row, f"doubts_{doubt.name}")]


def _doubts(model: type[Reviewed]) -> dict[str, Any]:
    """Return the conditions of the doubts, by name; what a model cannot raise is false."""
    never = Value(value=False, output_field=BooleanField())
    found: dict[str, Any] = dict.fromkeys((doubt.name for doubt in DOUBTS), never)
    found["newcomer"] = _is(Q(recorded_by__in=_newcomers()))
    if model is not Assessment:
        found["unsure"] = _is(Q(rule__in=doubted_rules()))
        found["protected"] = _is(Q(speaker__withheld=True))
    if model is Claim:
        found["conflict"] = Exists(_contradicting())
    return found


def _is(condition: Q) -> Any:
    """Return a condition as a column: false where it speaks of what is not there."""
    known = Case(When(condition, then=Value(value=True)), default=Value(value=False))
    return ExpressionWrapper(known, output_field=BooleanField())


def _newcomers() -> Any:
    """Return the accounts that have fewer statements published than `NEWCOMER`.

    Of one kind: five quotes or five claims make somebody known here. Reads no more
    than those five.
    """
    known = [
        Exists(
            model.objects.public()
            .filter(recorded_by=OuterRef("pk"))
            .order_by("pk")[NEWCOMER - 1 : NEWCOMER]
        )
        for model in (Quote, Claim)
    ]
    return User.objects.filter(~known[0], ~known[1]).values("pk")


def _contradicting() -> Any:
    """Return published claims of the same measure and days whose range lies apart."""
    beyond = Q(low__gt=OuterRef("high")) | Q(high__lt=OuterRef("low"))
    return (
        Claim.objects.published()
        .filter(
            beyond,
            measure=OuterRef("measure"),
            unit=OuterRef("unit"),
            denied=OuterRef("denied"),
            holds_earliest__lte=OuterRef("holds_latest"),
            holds_latest__gte=OuterRef("holds_earliest"),
        )
        .exclude(pk=Coalesce(OuterRef("replaces"), Value(0)))
    )
