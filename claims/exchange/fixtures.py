"""Read fixture files: what a base may begin with, written by hand in TOML.

A folder holds groups, a group holds `*.toml` files and the texts they name;
`fixtures/README.md` explains the words. Everything is checked here, before
anything is written: `DemoError` names the file, the entry, the field and the reason.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models

from claims.exchange.shapes import KINDS, PARTS, Shape
from sources.ingest import clean_text
from sources.models.columns import Anchor
from sources.text.dates import PartialDate
from sources.text.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RECORDERS = ("contributor", "editor", "chief")


class DemoError(Exception):
    """A fixture file cannot be read or replayed as it stands."""

    def __init__(self, place: str, field: str, reason: str) -> None:
        """`place` is the file and the entry; `field` may be empty."""
        where = f"{place}, {field}" if field else place
        super().__init__(f"{where}: {reason}")


@dataclass(slots=True)
class Entry:
    """One entry of a file, checked: the row's attributes and what happens to it.

    `references` name other entries by column, as kind and key. Anchors and partial
    dates are values already. `article` is the code of the one that a statement stands in.
    """

    place: str
    kind: str
    key: str
    text: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    references: dict[str, tuple[str, str]] = field(default_factory=dict)
    steps: dict[str, Any] = field(default_factory=dict)
    parts: dict[str, list[Entry]] = field(default_factory=dict)
    article: str = ""


def read(folder: Path) -> list[Entry]:
    """Return the entries of all groups in a folder, in the order of the replay.

    Raises:
        DemoError: for the first thing that is wrong.
    """
    order = list(KINDS)
    paths = sorted(folder.glob("*/*.toml"))
    if not paths:
        raise DemoError(str(folder), "", "there are no fixture files")
    entries = [entry for path in paths for entry in _entries_of(path)]
    entries.sort(key=lambda entry: order.index(entry.kind))
    _refuse_dangling(entries)
    return entries


def _entries_of(path: Path) -> Iterator[Entry]:
    place = f"{path.parent.name}/{path.name}"
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DemoError(place, "", str(error)) from error
    code, text = "", ""
    if "article" in tables:
        [article] = _rows(place, "article", [tables.pop("article")])
        text = _text_of(path, place, article)
        inner = {word: tables.pop(word, []) for word in KINDS["articles"].parts}
        entry = _entry(place, "articles", {**inner, **article}, text)
        code = entry.key
        yield entry
    for kind, rows in tables.items():
        if kind not in KINDS or kind == "articles":
            raise DemoError(place, kind, "there is no such kind of entry")
        if kind in {"quotes", "claims"} and not code:
            raise DemoError(place, kind, "there is no [article] in this file")
        for row in _rows(place, kind, rows):
            entry = _entry(place, kind, row, text)
            entry.article = code
            yield entry


def _text_of(path: Path, place: str, article: dict[str, Any]) -> str:
    name = article.get("text")
    if not isinstance(name, str):
        raise DemoError(place, "article, text", "name the file of the text")
    try:
        return clean_text((path.parent / name).read_bytes().decode())
    except (OSError, UnicodeDecodeError) as error:
        raise DemoError(place, "article, text", str(error)) from error
    except ValidationError as error:
        raise DemoError(place, "article, text", " ".join(error.messages)) from error


def _rows(place: str, word: str, rows: object) -> list[dict[str, Any]]:
    if isinstance(rows, list) and all(isinstance(row, dict) for row in rows):
        return rows
    raise DemoError(place, word, "a table is needed, or a list of them")


# --- one entry ---


def _entry(place: str, kind: str, row: dict[str, Any], text: str) -> Entry:
    shape = KINDS[kind]
    key = row.get(shape.key)
    if not isinstance(key, str):
        raise DemoError(place, kind, f"an entry has no {shape.key}")
    entry = Entry(f"{place}, {key}", kind, key, text)
    _fill(entry, shape, row)
    _refuse_disorder(entry)
    return entry


def _fill(entry: Entry, shape: Shape, row: dict[str, Any]) -> None:
    """Sort the words of an entry into values, references, steps and parts."""
    _refuse_gaps(entry, shape, row)
    for word, raw in row.items():
        try:
            _take(entry, shape, word, raw)
        except ValidationError as error:
            raise DemoError(entry.place, word, " ".join(error.messages)) from error
        except (TypeError, ValueError) as error:
            raise DemoError(entry.place, word, str(error)) from error


def _refuse_gaps(entry: Entry, shape: Shape, row: dict[str, Any]) -> None:
    needed = {word for word in shape.plain if _is_needed(shape, word)}
    if "words" in shape.anchors.split():
        needed.add("words")
    for word in sorted(needed - row.keys()):
        raise DemoError(entry.place, word, "this is missing")


def _is_needed(shape: Shape, word: str) -> bool:
    column = shape.field_of(word)
    optional = column.blank or column.null or column.has_default()
    return not (optional or column.is_relation)


def _take(entry: Entry, shape: Shape, word: str, raw: Any) -> None:
    if word in shape.parts:
        entry.parts[word] = list(_parts(entry, shape.parts[word], word, raw))
    elif word in shape.references:
        entry.references[word] = (shape.references[word], _typed(raw, str))
    elif word in shape.dates.split():
        entry.values[word] = _date(raw, entry.text)
    elif word == "pieces":
        entry.values[word] = _pieces(raw, entry.text)
    elif word in shape.anchors.split():
        entry.values[f"{word.removesuffix('words')}anchor"] = _anchor(raw, entry.text)
    elif word not in shape.plain:
        message = f"there is no such field; there are {', '.join(sorted(shape.known))}"
        raise ValueError(message)
    elif word in shape.steps.split():
        entry.steps[word] = _step(entry, shape, word, raw)
    else:
        entry.values[word] = _column(shape.field_of(word), raw)


def _parts(entry: Entry, kind: str, word: str, raw: object) -> Iterator[Entry]:
    for number, row in enumerate(_rows(entry.place, word, raw), 1):
        part = Entry(f"{entry.place}, {word} {number}", kind, "", entry.text)
        _fill(part, PARTS[kind], row)
        yield part


def _step(entry: Entry, shape: Shape, word: str, raw: Any) -> Any:
    if word == "text":
        return entry.text
    if word != "recorded_by":
        return _column(shape.field_of(word), raw)
    if raw not in RECORDERS:
        message = f"one of {', '.join(RECORDERS)} is needed"
        raise ValueError(message)
    return raw


# --- values ---

#: What TOML must give for a column; `bool` is no number here, a day no moment.
_WRITTEN_AS: tuple[tuple[type[models.Field[Any, Any]], tuple[type, ...]], ...] = (
    (models.DateTimeField, (dt.datetime,)),
    (models.DateField, (dt.date,)),
    (models.DecimalField, (int, Decimal)),
    (models.IntegerField, (int,)),
    (models.BooleanField, (bool,)),
    (models.CharField, (str,)),
    (models.TextField, (str,)),
    (models.JSONField, (list, dict)),
)


def _column(column: models.Field[Any, Any], raw: Any) -> Any:
    types = next(types for kind, types in _WRITTEN_AS if isinstance(column, kind))
    value = column.clean(_typed(raw, *types), None)
    if isinstance(value, dt.datetime) and value.tzinfo is None:
        message = "a moment needs its time zone, such as Z"
        raise ValueError(message)
    return value


def _typed(raw: Any, *types: type) -> Any:
    if type(raw) not in types:
        names = " or ".join(kind.__name__ for kind in types)
        message = f"{names} is needed, not {type(raw).__name__}"
        raise TypeError(message)
    return raw


def _anchor(raw: object, text: str) -> Anchor:
    """Return the place of words: `[offset, words]`, or words that stand once."""
    match raw:
        case str(words) if words:
            at = _only_place(words, text)
        case [int(at), str(words)] if words and at >= 0:
            _refuse_elsewhere(at, words, text)
        case _:
            message = "words, or an offset and words, are needed"
            raise TypeError(message)
    return Anchor(Span(at, at + len(words)), words)


def _only_place(words: str, text: str) -> int:
    places = [match.start() for match in re.finditer(re.escape(words), text)]
    if not places:
        message = f"“{words}” stands nowhere in the text"
        raise ValueError(message)
    if len(places) > 1:
        message = f"“{words}” stands at {', '.join(map(str, places))}: say which"
        raise ValueError(message)
    return places[0]


def _refuse_elsewhere(at: int, words: str, text: str) -> None:
    there = text[at : at + len(words)]
    if there != words:
        message = f"the text reads “{there}” at {at}, not “{words}”"
        raise ValueError(message)


def _pieces(raw: Any, text: str) -> list[list[Any]]:
    anchors = [_anchor(piece, text) for piece in _typed(raw, list)]
    if any(one.span.end > other.span.start for one, other in pairwise(anchors)):
        message = "the pieces are not in order"
        raise ValueError(message)
    return [[piece.span.start, piece.span.end, piece.words] for piece in anchors]


def _date(raw: Any, text: str) -> PartialDate:
    given = dict(_typed(raw, dict))
    words = _typed(given.pop("words", ""), str)
    if text and words not in text:
        message = f"the text does not say “{words}”"
        raise ValueError(message)
    match sorted(given):
        case ["day"]:
            return PartialDate.day(_typed(given["day"], dt.date), words)
        case ["month"]:
            first = dt.date.fromisoformat(f"{given['month']}-01")
            return PartialDate.month(first.year, first.month, words)
        case ["year"]:
            return PartialDate.year(_typed(given["year"], int), words)
        case ["from", "until"]:
            first, last = (_typed(given[end], dt.date) for end in ("from", "until"))
            return PartialDate.period(first, last, words)
    message = "a date is a day, a month (“2022-01”), a year, or from and until"
    raise ValueError(message)


# --- all entries together ---


def _refuse_disorder(entry: Entry) -> None:
    names = ("recorded_at", "published_at", "withdrawn_at")
    moments = [(name, entry.steps[name]) for name in names if name in entry.steps]
    for (before, earlier), (name, later) in pairwise(moments):
        if later < earlier:
            raise DemoError(entry.place, name, f"this is before {before}")
    if "withdrawn_at" in entry.steps and "published_at" not in entry.steps:
        raise DemoError(entry.place, "withdrawn_at", "it was never published")


def _refuse_dangling(entries: list[Entry]) -> None:
    seen: set[tuple[str, str]] = set()
    for entry in entries:
        if (entry.kind, entry.key) in seen:
            raise DemoError(entry.place, "", "another entry has this key")
        parts = [part for group in entry.parts.values() for part in group]
        for one in (entry, *parts):
            for word, (kind, key) in one.references.items():
                if (kind, key) not in seen:
                    reason = f"none of the {kind} before it is called “{key}”"
                    raise DemoError(one.place, word, reason)
        seen.add((entry.kind, entry.key))
