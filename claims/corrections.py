"""The public record of corrections: what was withdrawn, of every kind, as one list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, Value

from claims.models import Assessment, Claim, Quote, Status
from claims.models.assembling import LINK
from sources.policy import as_of, visible_to

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from sources.policy import Reader


def withdrawn(reader: Reader) -> Withdrawn:
    """Return what was withdrawn, by now or by then, each with what stands in its place."""
    assessments: Any = Assessment.objects.select_related(
        "claim__article_version__article"
    )
    kinds = (
        Claim.objects.with_provenance(),
        Quote.objects.with_provenance(),
        assessments,
    )
    moment = as_of(reader)
    return Withdrawn(
        *(
            visible_to(reader, rows.withdrawn(moment)).prefetch_related(
                replacements(rows.model, reader, in_full=True)
            )
            for rows in kinds
        )
    )


def replacements(model: Any, reader: Reader, *, in_full: bool = False) -> Prefetch[Any]:
    """Return how replacements are loaded, as `visible_replacements` of each row.

    `in_full` is what a page says of them; a link needs none of that.
    """
    standing = model._default_manager.exclude(status=Status.DISCARDED)
    known: Any = visible_to(reader, standing.as_they_stood(as_of(reader)))
    if model is Assessment:
        known = known.select_related("claim")
    else:
        known = known.with_provenance() if in_full else known.only(*LINK, "replaces")
    return Prefetch("replacements", known, to_attr="visible_replacements")


class Withdrawn:
    """Quotes, claims and assessments in one order, read like one queryset.

    Cost of a slice: one query over all kinds, then those of each kind in it.
    """

    def __init__(self, *kinds: QuerySet[Any], names: tuple[str, ...] = ()) -> None:
        self.kinds = kinds
        self.names = names

    def filter(self, *conditions: Any, **lookups: Any) -> Withdrawn:
        """Return those that match, of every kind."""
        matching = (rows.filter(*conditions, **lookups) for rows in self.kinds)
        return Withdrawn(*matching, names=self.names)

    def order_by(self, *names: str) -> Withdrawn:
        """Return them in an order by columns that every kind has."""
        return Withdrawn(*self.kinds, names=names)

    def count(self) -> int:
        """Return how many there are: one query a kind."""
        return sum(rows.count() for rows in self.kinds)

    def __getitem__(self, part: slice) -> list[Any]:
        columns = [name.removeprefix("-") for name in self.names]
        first, *others = (
            rows.prefetch_related(None).order_by().values_list(*columns, Value(number))
            for number, rows in enumerate(self.kinds)
        )
        places = first.union(*others, all=True).order_by(*self.names)[part]
        return self._rows([(code, number) for *_, code, number in places])

    def _rows(self, places: list[tuple[str, int]]) -> list[Any]:
        found: dict[str, Any] = {}
        for number, rows in enumerate(self.kinds):
            codes = [code for code, kind in places if kind == number]
            found |= {row.code: row for row in rows.filter(code__in=codes)}
        return [found[code] for code, _ in places if code in found]
