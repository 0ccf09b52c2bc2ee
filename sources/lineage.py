"""Which articles are one report: what an article takes from others, and they in turn.

A chain is read upwards, from an article to what it takes from. Derivations never close
a circle (`sources.curation`), but nothing here relies on it.
"""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from django.db import models
from django.db.models.expressions import RawSQL

from sources.models import Article, Derivation, DerivationKind
from sources.models.versioned import standing

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable, Iterator

#: What an article took as a whole; of what it quotes or cites it took some of it.
WHOLE = frozenset({DerivationKind.REPUBLISHES, DerivationKind.TRANSLATES})


@dataclass(frozen=True, slots=True)
class Taking:
    """One step upwards: an article takes from another, or from somebody by name."""

    key: int
    kind: str
    article: int
    origin: int | None = None
    origin_source: int | None = None
    origin_speaker: int | None = None

    def get_kind_display(self) -> str:
        """Return what the article does with its origin, in the reader's language."""
        return str(DerivationKind(self.kind).label)

    @property
    def is_whole(self) -> bool:
        """Whether all of the text was taken."""
        return self.kind in WHOLE


#: The steps from an article up to one it derives from, the nearest first.
Chain: TypeAlias = tuple[Taking, ...]


class Lineage:
    """Derivations as a graph, of which a caller knows the articles by key."""

    def __init__(self, takings: Iterable[Taking]) -> None:
        self.takings = tuple(takings)
        self._up: dict[int, list[Taking]] = defaultdict(list)
        self._down: dict[int, list[int]] = defaultdict(list)
        for taking in self.takings:
            self._up[taking.article].append(taking)
            if taking.origin is not None:
                self._down[taking.origin].append(taking.article)

    @classmethod
    def above_of(
        cls, articles: Collection[int], moment: dt.datetime | None = None
    ) -> Lineage:
        """Load what stands, or stood at a moment, above some articles: one query."""
        reached = _reached(articles, "article", "origin")
        return cls._load(models.Q(article__in=reached), moment)

    @classmethod
    def below_of(cls, articles: Collection[int]) -> Lineage:
        """Load what stands below some articles: one query."""
        return cls._load(models.Q(origin__in=_reached(articles, "origin", "article")))

    @classmethod
    def _load(cls, which: models.Q, moment: dt.datetime | None = None) -> Lineage:
        columns = ("pk", "kind", "article", "origin", "origin_source", "origin_speaker")
        rows = Derivation.objects.filter(standing(moment), which).order_by("pk")
        return cls(Taking(*row) for row in rows.values_list(*columns))

    def chains(self, article: int) -> Iterator[Chain]:
        """Yield the ways up, the shortest first; no article is passed twice.

        The last step of a chain leads to an article, or out of the base. Cost: linear
        in the derivations above the article.
        """
        seen: set[int] = {article}
        waiting: deque[tuple[int, Chain]] = deque([(article, ())])
        while waiting:
            here, chain = waiting.popleft()
            for taking in self._up.get(here, ()):
                if taking.origin in seen:
                    continue
                longer = (*chain, taking)
                yield longer
                if taking.origin is not None:
                    seen.add(taking.origin)
                    waiting.append((taking.origin, longer))

    def origins(self, *, is_whole: bool = False) -> set[int]:
        """Return the articles that others take from; those taken whole if asked."""
        return {
            taking.origin
            for taking in self.takings
            if taking.origin is not None and (taking.is_whole or not is_whole)
        }

    def above(self, article: int) -> list[int]:
        """Return the articles that one derives from, the nearest first."""
        ends = (chain[-1].origin for chain in self.chains(article))
        return [origin for origin in ends if origin is not None]

    def below(self, article: int) -> list[int]:
        """Return the articles that derive from one, the nearest first."""
        found = {article: None}
        waiting = deque(found)
        while waiting:
            for key in self._down.get(waiting.popleft(), ()):
                if key not in found:
                    found[key] = None
                    waiting.append(key)
        return list(found)[1:]


def _reached(starts: Collection[int], near: str, far: str) -> RawSQL:
    """Return the keys of some articles and all that derivations lead to from them.

    Upwards from `article` to `origin`, downwards the other way round. Ended ones
    count too: it says where to look, not what stands.
    """
    table, articles = Derivation._meta.db_table, Article._meta.db_table
    end, goal = (f"{name}_id" for name in (near, far))
    places = ", ".join(["%s"] * len(starts)) or "NULL"
    sql = (
        f"WITH RECURSIVE reached(key) AS ("  # noqa: S608  # only names of ours
        f"SELECT id FROM {articles} WHERE id IN ({places}) "
        f"UNION SELECT step.{goal} FROM {table} step "
        f"JOIN reached ON step.{end} = reached.key WHERE step.{goal} IS NOT NULL"
        ") SELECT key FROM reached"
    )
    return RawSQL(sql, tuple(starts), output_field=models.BigIntegerField())  # noqa: S611  # keys are parameters
