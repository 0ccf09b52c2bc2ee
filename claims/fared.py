"""How the figures of a speaker or a source fared: hedged, disputed, found wanting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Q

from claims import linting, visible
from claims.comparison import Agreement
from claims.models import Claim, Measure, Qualifier
from sources.policy import Reader, as_of, visible_to

if TYPE_CHECKING:
    from django.db.models import Model

    from claims.lints import Lint

#: How many disputed measures are named.
SOME = 12
_CONTESTED = Q(measure__standing__agreement=Agreement.CONTESTED)


@dataclass(frozen=True, slots=True)
class Fared:
    """Counts of what a reader may know, each with what it rests on.

    `hedges` are how many figures were hedged in which way; `found` are the lints that
    name claims of theirs. What only today's base knows is left out of a past moment:
    `n_measures`, those with published figures of theirs, is null then.
    """

    parameter: str
    n_figures: int
    hedges: list[tuple[Qualifier, int]]
    n_measures: int | None = None
    n_contested: int = 0
    contested: tuple[Measure, ...] = ()
    found: tuple[tuple[Lint, int], ...] = ()

    @property
    def n_hedged(self) -> int:
        """How many figures were not given as exact."""
        return sum(n for hedge, n in self.hedges)


def fared(row: Model, lookup: str, reader: Reader) -> Fared:
    """Return how the figures fared that lead to a row by a lookup of claims.

    Cost: four queries; of a past moment one.
    """
    of_claims, parameter = {lookup: row}, row._meta.model_name or ""
    stated = visible.statements(Claim, reader).filter(**of_claims).exclude(qualifier="")
    counted = stated.order_by().values_list("qualifier").annotate(n=Count("pk"))
    counts: dict[str, int] = dict(counted.order_by("-n", "qualifier"))
    hedges = [
        (Qualifier(name), n) for name, n in counts.items() if name != Qualifier.EXACT
    ]
    n_figures = sum(counts.values())
    if as_of(reader):
        return Fared(parameter, n_figures, hedges)
    answers: Any = Claim.objects.published().filter(**of_claims)
    n = answers.aggregate(
        measures=Count("measure", distinct=True),
        contested=Count("measure", distinct=True, filter=_CONTESTED),
    )
    findings = linting.findings(reader).filter(
        **{f"claim__{name}": value for name, value in of_claims.items()}
    )
    return Fared(
        parameter,
        n_figures,
        hedges,
        n_measures=n["measures"],
        n_contested=n["contested"],
        contested=tuple(_contested(answers, reader)),
        found=tuple(each for each in linting.counted(findings) if each[1]),
    )


def _contested(answers: Any, reader: Reader) -> Any:
    """Return the disputed measures that claims answer, the latest event first."""
    keys = answers.filter(_CONTESTED).order_by().values("measure")
    rows: Any = Measure.objects.filter(pk__in=keys).select_related("event")
    latest = F("event__starts_earliest").desc(nulls_last=True)
    return visible_to(reader, rows).order_by(latest, "pk")[:SOME]
