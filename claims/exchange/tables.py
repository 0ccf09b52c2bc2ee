"""Our own CSV: one claim a row, with what it names beside it.

A column is named as the field of its row (`low`), with the kind in front for what the
claim names (`source_slug`, `source_name_en`, `article_title`). A span is its `start`
and `words`, a date four columns. The text of an article stands with its first claim.
Quotes, translations, aliases, roles and derivations have no columns: a table is flat.

RFC 4180, UTF-8, commas. A cell that a spreadsheet would compute begins with `'`, which
is taken away again on the way in.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Callable
from dataclasses import MISSING, fields, replace
from decimal import Decimal
from typing import IO, TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from claims.exchange.columns import COLUMNS, JOINED, KEYS, PREFIXES, Column
from claims.exchange.json_lines import VALUES, written
from claims.exchange.records import (
    KINDS,
    Anchor,
    ArticleRow,
    ClaimRow,
    LifeRow,
    PartialDate,
    Place,
    Record,
    Refusal,
    VersionRow,
    code_of,
    key_of,
)
from claims.models import Status
from sources.documents import MAX_BYTES, MAX_TEXT
from sources.ingest.draft import shown
from sources.ingest.fields import nearest
from sources.text.dates import Precision
from sources.text.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

MEDIA_TYPE = "text/csv"

#: What makes a spreadsheet compute a cell, and the mark that hides it from one.
_COMPUTED = tuple("=+-@\t\r\n'＝＋－＠")

# --- out ---


def write(records: Iterable[Record]) -> Iterator[bytes]:
    """Yield the header, then the rows of each record.

    A record needs all that its claims name (`gathered` with `repeats`).
    """
    yield line(COLUMNS)
    for record in records:
        text = record.articles[-1].versions[:1]
        for claim in record.claims:
            rows = _joined(claim, record)
            rows["versions"] = next(iter(text), None)
            rows["life"] = claim.life or LifeRow(status=Status.RECORDED)
            yield line(_cell(rows.get(each.kind), each) for each in COLUMNS.values())
            text = ()  # it stands with the first


def line(cells: Iterable[str]) -> bytes:
    """Return cells as a line of a table."""
    return lines([cells])


def lines(rows: Iterable[Iterable[str]]) -> bytes:
    """Return the cells of each row as a line of a table."""
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerows(rows)
    return written.getvalue().encode()


def _joined(claim: ClaimRow, record: Record) -> dict[str, Any]:
    """Return a claim and the rows that it names, by kind."""
    rows: dict[str, Any] = {"claims": claim}
    for (kind, field), other in JOINED.items():
        key = getattr(rows.get(kind), field, "")
        named = (row for row in getattr(record, other) if key_of(row) == key)
        rows[other] = next(named, None)
    return rows


def _cell(row: Any, column: Column) -> str:
    value = getattr(row, column.field, None)
    if isinstance(value, Anchor) and column.part == "start":
        value = value.span.start
    elif column.part and value is not None:
        value = getattr(value, column.part)
    return cell(value)


def cell(value: Any) -> str:
    """Return a value as the words of a cell that no spreadsheet computes."""
    match value:
        case None:
            return ""
        case str():
            return f"'{value}" if value.startswith(_COMPUTED) else value
        case bool():
            return str(value).lower()
        case Decimal():
            return format(value.normalize(), "f")
        case _:
            return str(written(value))


# --- in ---


def read(stream: IO[bytes], file: str, at: dt.datetime) -> Iterator[Record | Refusal]:
    """Yield the record of each row, or why it has none, in the memory of one.

    What breaks the table itself (its header, its encoding, an open quotation mark) ends
    the reading. A text without its moment was fetched `at`.
    """
    table = _Table(stream, file)
    try:
        header = table.header()
        for place, cells in table.rows():
            try:
                yield _record(_cells(header, cells), place, at)
            except Refusal as refusal:
                refusal.place = place
                yield refusal
    except Refusal as refusal:
        refusal.place = table.place
        yield refusal


def _cells(header: list[str], cells: list[str]) -> dict[str, str]:
    if len(cells) != len(header):
        message = _("The row has %(n)d cells and the header %(columns)d.")
        raise Refusal(message % {"n": len(cells), "columns": len(header)})
    return dict(zip(header, cells, strict=True))


class _Table:
    """The rows of a file, each with the line that it begins in."""

    def __init__(self, stream: IO[bytes], file: str) -> None:
        csv.field_size_limit(MAX_TEXT)
        self.stream, self.file = stream, file
        self.first = self.line = self.n_bytes = 0
        self._rows = csv.reader(self._lines(), strict=True)

    @property
    def place(self) -> Place:
        """Where the row begins that is read."""
        return Place(self.file, max(1, self.first))

    def header(self) -> list[str]:
        """Return the names of the columns.

        Raises:
            Refusal: for a name that is unknown or given twice, or one too few.
        """
        header = next(self.rows(), (None, []))[1]
        for name in header:
            if name not in COLUMNS:
                message = _("There is no such column; the nearest is “%(nearest)s”.")
                near = nearest(name, COLUMNS)
                raise Refusal(message % {"nearest": near}, field=shown(name))
            if header.count(name) > 1:
                raise Refusal(_("The column is given twice."), field=name)
        for name in _NEEDED:
            if name not in header:
                raise Refusal(_("This column is missing."), field=name)
        return header

    def rows(self) -> Iterator[tuple[Place, list[str]]]:
        """Yield the rows that are not empty.

        Raises:
            Refusal: for what is no CSV, and what follows cannot be told apart.
        """
        while True:
            self.first, self.n_bytes = self.line + 1, 0
            try:
                cells = next(self._rows, None)
            except csv.Error as error:
                message = _("This is no CSV: %(reason)s.")
                raise Refusal(message % {"reason": error}) from error
            if cells is None:
                return
            if cells:
                yield self.place, cells

    def _lines(self) -> Iterator[str]:
        while line := self.stream.readline(MAX_BYTES + 1):
            self.line += 1
            self.n_bytes += len(line)
            if self.n_bytes > MAX_BYTES:
                message = _("The row has no end: a quotation mark is not closed.")
                raise Refusal(message)
            try:
                text = line.decode()
            except UnicodeDecodeError as error:
                self.first = self.line
                message = _("This is no UTF-8. Save the table as “CSV UTF-8”.")
                raise Refusal(message) from error
            yield text.removeprefix("\ufeff") if self.line == 1 else text


#: Without these columns a table says nothing; `article_code` or `article_text` besides.
_NEEDED = ("words",)


def _record(cells: Mapping[str, str], place: Place, at: dt.datetime) -> Record:
    said = _said(cells)
    keys = {kind: said[kind].get(KEYS.get(kind, "slug"), "") for kind in PREFIXES}
    article = _article(said, at)
    keys["articles"] = article.code if article else keys["articles"]
    if not keys["articles"]:
        message = _("Give the code of the article, or its text.")
        raise Refusal(message, field="article_code")
    for (kind, field), other in JOINED.items():
        said[kind][field] = keys[other]
    named = {kind: _named(kind, said[kind]) for kind in PREFIXES if kind in _CATALOGUE}
    articles = (replace(article, source=keys["sources"]),) if article else ()
    return Record(place=place, articles=articles, claims=(_claim(said),), **named)


def _said(cells: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Return the values of a row by kind and field; what is empty is not there."""
    said: dict[str, dict[str, Any]] = {
        kind: {} for kind in (*KINDS, "versions", "life")
    }
    parts: dict[tuple[str, str], dict[str, Any]] = {}
    for name, cell in cells.items():
        if cell:
            column = COLUMNS[name]
            value = _value(column, cell)
            if column.part:
                parts.setdefault((column.kind, column.field), {})[column.part] = value
            else:
                said[column.kind][column.field] = value
    for (kind, field), given in parts.items():
        make = _anchor if field.endswith("anchor") else _date
        said[kind][field] = make(given, f"{PREFIXES[kind]}{field}")
    return said


def _value(column: Column, cell: str) -> Any:
    if column.type is str:
        return cell[1:] if cell[0] == "'" and cell[1:].startswith(_COMPUTED) else cell
    _types, read, sentence = VALUES[column.type]
    try:
        if column.type in _WRITTEN:
            return _WRITTEN[column.type](cell)
        return read(cell)
    except (ArithmeticError, KeyError, ValueError) as error:
        raise Refusal(str(sentence), field=column.name) from error


def _whole(cell: str) -> int:
    return int(_matched(r"-?\d{1,18}", cell))


def _number(cell: str) -> Decimal:
    return Decimal(_matched(r"-?\d{1,30}(\.\d{1,30})?", cell))


def _matched(pattern: str, cell: str) -> str:
    if re.fullmatch(pattern, cell, re.ASCII) is None:
        raise ValueError(cell)
    return cell


_WRITTEN: dict[Any, Callable[[str], Any]] = {
    int: _whole,
    Decimal: _number,
    bool: {"true": True, "false": False}.__getitem__,
}


def _anchor(given: Mapping[str, Any], field: str) -> Anchor | str:
    """Return the place of words; the words alone where no start is given."""
    words: str = given.get("words", "")
    name = field.removesuffix("anchor")
    if not words:
        raise Refusal(_("Give the words that stand there."), field=f"{name}words")
    if "start" not in given:
        return words
    if given["start"] < 0:
        raise Refusal(str(VALUES[int][2]), field=f"{name}start")
    return Anchor(Span(given["start"], given["start"] + len(words)), words)


def _date(given: Mapping[str, Any], field: str) -> PartialDate:
    """Return a date; a day alone is a day, two days are a period unless it is said."""
    if "earliest" not in given:
        raise Refusal(_("Give the earliest day."), field=f"{field}_earliest")
    earliest = given["earliest"]
    latest = given.get("latest", earliest)
    guessed = Precision.DAY if latest == earliest else Precision.PERIOD
    try:
        precision = Precision(given.get("precision", guessed))
        return PartialDate(earliest, latest, precision, given.get("words", ""))
    except ValueError as error:
        sentence = str(VALUES[PartialDate][2])
        raise Refusal(sentence, field=f"{field}_precision") from error


def _article(said: Mapping[str, dict[str, Any]], at: dt.datetime) -> ArticleRow | None:
    """Return the article of a row that has its text; None where it is only named."""
    text, given = said["versions"].get("text"), said["articles"]
    if text is None:
        return None
    for name in ("title", "language"):
        if name not in given:
            message = _("An article whose text is given needs this.")
            raise Refusal(message, field=f"article_{name}")
    stated = (said["sources"].get("slug"), given.get("url"), given["title"], text)
    version = VersionRow(text=text, fetched_at=said["versions"].get("fetched_at", at))
    return ArticleRow(
        **{"code": code_of("a", *stated), **given, "versions": (version,)}
    )


_CATALOGUE = {kind for kind in PREFIXES if kind not in KEYS}


def _named(kind: str, given: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return a row of the catalogue; none where its columns say too little for one."""
    needed = {each.name for each in fields(KINDS[kind]) if each.default is MISSING}
    is_named = not given.keys().isdisjoint({"name_ar", "name_en"})
    return (KINDS[kind](**given),) if is_named and needed <= given.keys() else ()


def _claim(said: Mapping[str, dict[str, Any]]) -> ClaimRow:
    given = said["claims"]
    if "anchor" not in given:
        raise Refusal(_("Give the words that stand there."), field="words")
    if said["life"]:
        given["life"] = LifeRow(**{"status": Status.RECORDED, **said["life"]})
    if "code" not in given:
        stated = (f"{name} {value}" for name, value in sorted(given.items()))
        given["code"] = code_of("c", *stated)
    return ClaimRow(**given)
