"""What rests on an article that its source took back: a list for people to act on.

Retracting withdraws nothing by itself. Flagged is every published statement in the
article, and in whatever derives from it, at any distance and in any way.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from claims.models import Claim, Quote
from sources.lineage import Lineage
from sources.models import Article
from sources.policy import visible_to

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sources.policy import Reader


@dataclass
class Flagged:
    """An article that rests on a retracted one, with what is published of it."""

    article: Article
    statements: list[Claim | Quote] = field(default_factory=list)


@dataclass
class Retraction:
    """A retracted article, and the articles that fall with it."""

    article: Article
    flagged: list[Flagged]

    @property
    def count(self) -> int:
        """How many published statements somebody has to look at."""
        return sum(len(each.statements) for each in self.flagged)


def retractions() -> list[Retraction]:
    """Return the retracted articles on which something published rests, newest first.

    Cost: five queries.
    """
    retracted = Article.objects.exclude(retracted_on=None).select_related("source")
    articles = list(retracted.order_by("-retracted_on", "-pk"))
    lineage = Lineage.below_of([article.pk for article in articles])
    below = {each.pk: [each.pk, *lineage.below(each.pk)] for each in articles}
    keys = set().union(*below.values()) if below else set()
    statements = _published_in(keys)
    names = Article.objects.select_related("source").in_bulk(keys)
    found = []
    for article in articles:
        flagged = [
            Flagged(names[key], statements[key])
            for key in below[article.pk]
            if key in statements
        ]
        if flagged:
            found.append(Retraction(article, flagged))
    return found


def _published_in(articles: Iterable[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for model in (Claim, Quote):
        rows = model.objects.with_provenance().published()
        rows = rows.filter(article_version__article__in=articles)
        for row in rows.order_by("article_version", "start", "pk"):
            found.setdefault(row.article_version.article_id, []).append(row)
    return found


def retracted_origins(article: Article, reader: Reader) -> list[Article]:
    """Return the retracted articles known to a reader that this one derives from.

    Cost: one query, and one more where it derives from any.
    """
    keys = Lineage.above_of([article.pk]).above(article.pk)
    if not keys:
        return []
    known = visible_to(reader, Article.objects.filter(pk__in=keys))
    found = known.exclude(retracted_on=None)
    return list(found.select_related("source").order_by("pk"))
