"""What a row of the data set says in words of this base.

The row is an article of the data set, its text the line as it stands in the table. A
report that the row was coded from is an article of its office, its text the citation:
the row cites it, and it cites the originators. UCDP names them for the whole event, so
each report has them all.
"""

from __future__ import annotations

from itertools import chain, product
from typing import IO, TYPE_CHECKING

from django.utils.text import slugify
from django.utils.translation import gettext as _

from claims.exchange.ged import cells, reading
from claims.exchange.records import (
    Anchor,
    ArticleRow,
    ClaimRow,
    DerivationRow,
    EventRow,
    MeasureRow,
    PartialDate,
    Record,
    SourceRow,
    SpeakerRow,
    VersionRow,
    code_of,
)
from claims.models import Basis, Nature, Qualifier
from sources.ingest.draft import Refusal
from sources.models import DateOrigin, DerivationKind, SourceKind, SpeakerKind
from sources.text import lexicon
from sources.text.fold import fold_key
from sources.text.spans import Span

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from decimal import Decimal

    from claims.exchange.ged.rows import Report, Row
    from claims.exchange.records import Place

DATA_SET = SourceRow(
    slug="ucdp-ged",
    kind=SourceKind.DATA_SET,
    name_en="UCDP Georeferenced Event Dataset",
    country="SE",
    homepage="https://ucdp.uu.se/downloads/",
    languages=("en",),
)
UNIT = "persons"

_COUNTRIES: dict[int | None, str] = {
    int(number): code for number, code in lexicon.rows(__package__, "countries")
}
_LONGEST_NAME = 200
_LONGEST_SLUG = 60
_LONGEST_TITLE = 500
_NORTH_SOUTH, _EAST_WEST = 90, 180


def read(stream: IO[bytes], file: str, at: dt.datetime) -> Iterator[Record | Refusal]:
    """Yield the record of each row of a file fetched at a moment, or why it has none."""
    for place, row in reading.rows(stream, file):
        try:
            if isinstance(row, Refusal):
                raise row
            yield record_of(row, place, fetched_at=at)
        except Refusal as refusal:
            refusal.place = place
            yield refusal


def record_of(row: Row, place: Place, *, fetched_at: dt.datetime) -> Record:
    """Return what a row says: event, measure, reports, and the claim of the data set.

    Raises:
        Refusal: naming the column, for what cannot be read.
    """
    offices, speakers = _offices(row), _speakers(row)
    reports = [
        _report(report, row, number, fetched_at)
        for number, report in enumerate(row.reports, 1)
    ]
    event = _event(row)
    article = _article(row, event, reports, fetched_at)
    return Record(
        place=place,
        sources=(DATA_SET, *offices),
        speakers=speakers,
        events=(event,),
        measures=(_measure(event),),
        articles=(*reports, article),
        claims=(_claim(row, event, article),),
    )


# --- what happened, and what is counted ---


def _event(row: Row) -> EventRow:
    where = row["where_coordinates"] or row["adm_2"] or row["adm_1"] or row["country"]
    named = ", ".join(filter(None, [row["dyad_name"] or row["conflict_name"], where]))
    when = row.when
    days = " – ".join(str(day) for day in dict.fromkeys((when.earliest, when.latest)))
    latitude, longitude = _coordinates(row)
    return EventRow(
        slug=f"ged-{row.key}",
        name_en=_cut(f"{_cut(named, _LONGEST_NAME - len(days) - 2)}, {days}"),
        place_en=_cut(where),
        country=_COUNTRIES.get(cells.whole(row["country_id"]), ""),
        latitude=latitude,
        longitude=longitude,
        starts=when,
        ends=when,
    )


def _coordinates(row: Row) -> tuple[Decimal | None, Decimal | None]:
    limits = {"latitude": _NORTH_SOUTH, "longitude": _EAST_WEST}
    north, east = (cells.coordinate(row[name], name, limits[name]) for name in limits)
    return (None, None) if None in (north, east) else (north, east)


def _measure(event: EventRow) -> MeasureRow:
    return MeasureRow(
        slug=f"{event.slug}-deaths",
        event=event.slug,
        name_en=_cut(f"Deaths: {event.name_en}"),
        counted="people",
        happened="killed",
        place=event.place_en,
        unit=UNIT,
        nature=Nature.RUNNING_TOTAL,
    )


# --- who says so ---


def _offices(row: Row) -> tuple[SourceRow, ...]:
    named = {_slug_of_source(o): o for report in row.reports for o in report.offices}
    return tuple(
        SourceRow(slug=slug, kind=SourceKind.OUTLET, name_en=_cut(office))
        for slug, office in named.items()
    )


def _speakers(row: Row) -> tuple[SpeakerRow, ...]:
    return tuple(
        SpeakerRow(
            slug=_slug_of_speaker(folded),
            kind=SpeakerKind.ORGANISATION,
            name_en=_cut(name),
        )
        for folded, name in row.originators.items()
    )


def _slug_of_source(name: str) -> str:
    return _slug(fold_key(name))


def _slug_of_speaker(folded: str) -> str:
    """The slug of an originator; nobody whom the base knows by this name is meant."""
    return f"ged-{_slug(folded)}"


def _slug(folded: str) -> str:
    """The slug of a folded name, readable where it says all that the name does."""
    slug = slugify(folded)
    if slug.replace("-", " ") == folded and len(slug) <= _LONGEST_SLUG:
        return slug
    return f"{slug[:_LONGEST_SLUG]}{code_of('', folded)}".strip("-")


def _report(
    report: Report, row: Row, number: int, fetched_at: dt.datetime
) -> ArticleRow:
    """The article of a report: of its first office, from all the originators."""
    offices = [_slug_of_source(office) for office in report.offices]
    speakers = map(_slug_of_speaker, row.originators)
    return ArticleRow(
        code=code_of("a", DATA_SET.slug, row.key, number, report.item),
        source=next(iter(offices), ""),
        title=_cut(report.headline or report.item, _LONGEST_TITLE),
        language="en",
        published=PartialDate.day(report.day) if report.day else None,
        published_origin=DateOrigin.METADATA if report.day else "",
        versions=(VersionRow(text=report.item, fetched_at=fetched_at),),
        derivations=tuple(_taken(offices, list(speakers))),
    )


def _taken(offices: list[str], speakers: list[str]) -> Iterator[DerivationRow]:
    """Name each office and each originator of a report at least once, side by side."""
    pairs = product(offices[:1] or [""], speakers or [""])
    rest = ((office, "") for office in offices[1:])
    for office, speaker in chain(pairs, rest):
        if office or speaker:
            yield DerivationRow(
                kind=DerivationKind.CITES, origin_source=office, origin_speaker=speaker
            )


def _article(
    row: Row, event: EventRow, reports: list[ArticleRow], fetched_at: dt.datetime
) -> ArticleRow:
    line = row.line
    return ArticleRow(
        code=code_of("a", DATA_SET.slug, row.key, line),
        source=DATA_SET.slug,
        title=event.name_en,
        language="en",
        versions=(VersionRow(text=line, fetched_at=fetched_at),),
        derivations=tuple(_cited(line, reports)),
    )


def _cited(line: str, reports: list[ArticleRow]) -> Iterator[DerivationRow]:
    """Cite each report, with its place in the line where it stands there as it is."""
    end = 0
    for report in reports:
        item = report.versions[0].text
        start = line.find(item, end)
        span = Span(start, start + len(item)) if start >= 0 else None
        end = span.end if span else end
        yield DerivationRow(
            kind=DerivationKind.CITES,
            origin=report.code,
            article_version=1 if span else None,
            anchor=Anchor.at(line, span) if span else None,
        )


# --- the figures ---


def _claim(row: Row, event: EventRow, article: ArticleRow) -> ClaimRow:
    if not row["best"]:
        raise Refusal(_("The row states no figure."), field="best")
    low, best, high = (row.number(column) for column in ("low", "best", "high"))
    line = article.versions[0].text
    anchor = Anchor.at(line, row.span("best"))  # a number stands in the line as it is
    if low is None and high is None:
        low = high = best
    return ClaimRow(
        code=code_of("c", DATA_SET.slug, row.key, line),
        article=article.code,
        anchor=anchor,
        quantity_anchor=anchor,
        measure=f"{event.slug}-deaths",
        low=low,
        best=best,
        high=high,
        qualifier=_qualifier(low, best, high),
        unit=UNIT,
        holds=row.when,
        basis=Basis.TABULATED,
    )


def _qualifier(
    low: Decimal | None, best: Decimal | None, high: Decimal | None
) -> Qualifier:
    if low is None and high is None:
        raise Refusal(_("Nobody counted: the row states no figure."), field="best")
    if high is None:
        return Qualifier.AT_LEAST
    if low is None:
        return Qualifier.AT_MOST
    return Qualifier.EXACT if low == best == high else Qualifier.RANGE


def _cut(words: str, longest: int = _LONGEST_NAME) -> str:
    """Words as a name has them: on one line, and not too long."""
    words = " ".join(words.split())
    return words if len(words) <= longest else f"{words[: longest - 1]}…"
