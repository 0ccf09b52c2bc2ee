"""Give the data set back as it came: the lines of its rows, under the 49 columns."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from django.db.models import Max

from claims import visible
from claims.exchange.gathering import FILTERS
from claims.exchange.ged.columns import COLUMNS
from claims.exchange.ged.mapping import DATA_SET
from claims.models import Basis, Claim
from sources.models import ArticleVersion

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sources.policy import Reader

_AT_ONCE = 500


def write(reader: Reader, filters: Mapping[str, str]) -> Iterator[bytes]:
    """Yield the rows of the data set that a reader may see, as UTF-8.

    In the order in which their events first came, each event with its newest row. What
    was corrected here since stays as the data set has it. `filters` are values by the
    names of `gathering.FILTERS`.
    """
    yield f"{','.join(COLUMNS)}\n".encode()
    waiting = iter(_newest(reader, filters))
    while keys := list(islice(waiting, _AT_ONCE)):
        texts = ArticleVersion.objects.in_bulk(keys)
        for key in keys:
            yield f"{texts[key].text}\n".encode()


def _newest(reader: Reader, filters: Mapping[str, str]) -> list[int]:
    """Return the keys of the texts that the rows stand in: one query."""
    chosen = {FILTERS[name]: value for name, value in filters.items()}
    rows = (
        visible.statements(Claim, reader)
        .filter(
            article_version__article__source__slug=DATA_SET.slug,
            basis=Basis.TABULATED,
            measure__isnull=False,
        )
        .filter(**chosen)
        .order_by("measure")
        .values("measure")
        .annotate(newest=Max("article_version"))
    )
    return [row["newest"] for row in rows]
