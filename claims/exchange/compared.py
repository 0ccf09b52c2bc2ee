"""A comparison as a table: one claim of a voice a row, figures as they were stated."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from claims.exchange.metadata import package, tabular
from claims.exchange.tables import MEDIA_TYPE, cell, line
from sources.as_of import PARAMETER, at_moment, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims.comparison import Comparison, Voice
    from claims.models import Claim, Measure

#: The columns and their types. An open side has no bound, and nothing is computed: a
#: voice is its number, which the JSON has too, and `repeats` is another claim.
COLUMNS: dict[str, Any] = {
    "measure": str,
    "voice": int,
    "voice_kind": str,
    "voice_name_ar": str,
    "voice_name_en": str,
    "claim": str,
    "is_latest": bool,
    "repeats": str,
    "denied": bool,
    "low": Decimal,
    "high": Decimal,
    "qualifier": str,
    "unit": str,
    "holds_earliest": dt.date,
    "holds_latest": dt.date,
    "holds_words": str,
    "words": str,
    "article": str,
    "article_title": str,
    "article_url": str,
    "published_earliest": dt.date,
    "published_latest": dt.date,
    "source": str,
    "source_name_ar": str,
    "source_name_en": str,
}
_OF_CLAIM = (
    *("low", "high", "qualifier", "unit", "denied", "words"),
    *("holds_earliest", "holds_latest", "holds_words"),
)


def write(comparison: Comparison) -> Iterator[bytes]:
    """Yield the header, then a line for each claim of each voice."""
    yield line(COLUMNS)
    codes = {claim.pk: claim.code for claim in comparison.claims}
    for number, voice in enumerate(comparison.everyone, 1):
        for claim in voice.claims:
            row = _row(claim, number, voice, codes)
            yield line(cell(row[name]) for name in COLUMNS)


def _row(
    claim: Claim, number: int, voice: Voice, codes: dict[int, str]
) -> dict[str, Any]:
    repetition, article = voice.repetitions.get(claim.pk), claim.article_version.article
    return {
        "measure": claim.measure and claim.measure.slug,
        "voice": number,
        "voice_kind": voice.originator.kind.value,
        **_names("voice_name", voice.row),
        "claim": claim.code,
        "is_latest": claim in voice.current,
        "repeats": codes.get(repetition.of or 0) if repetition else None,
        **{name: getattr(claim, name) for name in _OF_CLAIM},
        "article": article.code,
        "article_title": article.title,
        "article_url": article.url,
        "published_earliest": article.published_earliest,
        "published_latest": article.published_latest,
        "source": article.source and article.source.slug,
        **_names("source_name", article.source),
    }


def _names(prefix: str, row: Any) -> dict[str, Any]:
    """Return both names of a row; of an article or of nothing there are none."""
    return {f"{prefix}_{each}": getattr(row, f"name_{each}", None) for each in _BOTH}


_BOTH = ("ar", "en")


def describe(
    measure: Measure, file: str, *, moment: dt.datetime | None, at: dt.datetime
) -> dict[str, Any]:
    """Return the data package of a measure's table at an address beside this one."""
    query = {"measure": measure.slug}
    query |= {PARAMETER: written(moment)} if moment else {}
    resource = {
        "name": "comparison",
        "path": at_moment(file, moment),
        "format": "csv",
        "mediatype": MEDIA_TYPE,
        "encoding": "utf-8",
        **tabular(COLUMNS),
    }
    return package(measure.slug, [resource], query, at=at)
