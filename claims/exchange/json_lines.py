"""Our own NDJSON: one record a line, with the names of `claims.exchange.records`.

It keeps all that a record says; what a row leaves unsaid is left out. Decimals are
strings, days `2022-01-27`, moments ISO 8601 in UTC, an anchor `[start, words]` (or its
words alone, on the way in), a partial date its `earliest`, `latest`, `precision` and
`words`. Reading is strict: an unknown name, a name given twice, a value of another
type and what is no UTF-8 are refused with their line.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from decimal import Decimal
from functools import partial
from types import UnionType
from typing import IO, TYPE_CHECKING, Any, get_args, get_origin, get_type_hints

import orjson
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from claims.exchange.records import KINDS, Anchor, PartialDate, Place, Record, Refusal
from sources.ingest import records as articles
from sources.ingest.draft import shown
from sources.ingest.fields import nearest
from sources.text.dates import Precision
from sources.text.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MEDIA_TYPE = articles.MEDIA_TYPE


# --- out ---


def write(records: Iterable[Record]) -> Iterator[bytes]:
    """Yield a line for each record that says something."""
    for record in records:
        rows = {kind: getattr(record, kind) for kind in KINDS}
        said = {kind: written(some) for kind, some in rows.items() if some}
        if said:
            yield orjson.dumps(said, option=orjson.OPT_APPEND_NEWLINE)


def written(value: Any) -> Any:
    """Return a value of a row as JSON says it."""
    match value:
        case tuple():
            return [written(each) for each in value]
        case Anchor():
            return [value.span.start, value.words]
        case Decimal():
            return format(value.normalize(), "f")
        case dt.datetime():
            return value.astimezone(dt.UTC).isoformat()
        case _ if is_dataclass(value):
            said = ((each, getattr(value, each.name)) for each in fields(value))
            return {
                each.name: written(part) for each, part in said if part != each.default
            }
        case _:
            return value  # orjson writes strings, numbers, flags, days and null


_PARTS_OF_A_DATE = ("earliest", "latest", "precision", "words")


# --- in ---


def read(stream: IO[bytes], file: str, at: dt.datetime) -> Iterator[Record | Refusal]:
    """Yield the record of each line, or why it has none, in the memory of one."""
    del at  # each record says when its texts were fetched
    for place, line in articles.lines(stream, file):
        try:
            yield _record(articles.parsed(line), place)
        except Refusal as refusal:
            refusal.place = place
            yield refusal


def _record(said: dict[str, Any], place: Place) -> Record:
    rows = {}
    for kind, some in said.items():
        if kind not in KINDS:
            raise _unknown(kind, KINDS)
        rows[kind] = _read_all(partial(_read_row, KINDS[kind]), some, kind)
    if not rows:
        raise Refusal(_("The record says nothing."))
    return Record(place=place, **rows)


def _unknown(name: str, known: Iterable[str], path: str = "") -> Refusal:
    message = _("There is no such field; the nearest is “%(nearest)s”.")
    where = ".".join(filter(None, [path, shown(name)]))
    return Refusal(message % {"nearest": nearest(name, known)}, field=where)


def _read_all(read: Callable[[Any, str], Any], raw: Any, path: str) -> tuple[Any, ...]:
    if not isinstance(raw, list):
        raise Refusal(_("A list is needed: […]."), field=path)
    return tuple(read(each, f"{path}.{number}") for number, each in enumerate(raw, 1))


def _read_row(kind: type[Any], raw: Any, path: str) -> Any:
    """Return a row or a part of one."""
    if not isinstance(raw, dict):
        raise Refusal(_("An object is needed: {…}."), field=path)
    readers = _readers(kind)
    for name in raw:
        if name not in readers:
            raise _unknown(name, readers, path)
    for each in fields(kind):
        if each.default is MISSING and each.name not in raw:
            raise Refusal(_("This is missing."), field=f"{path}.{each.name}")
    return kind(**{n: readers[n](value, f"{path}.{n}") for n, value in raw.items()})


_READERS: dict[type[Any], dict[str, Callable[[Any, str], Any]]] = {}


def _readers(kind: type[Any]) -> dict[str, Callable[[Any, str], Any]]:
    """Return what reads each field of a kind of rows."""
    if kind not in _READERS:
        hints = get_type_hints(kind)
        _READERS[kind] = {name: _reader(hint) for name, hint in hints.items()}
    return _READERS[kind]


def _reader(hint: Any) -> Callable[[Any, str], Any]:
    if get_origin(hint) is UnionType:
        return partial(_read_union, get_args(hint))
    if get_origin(hint) is tuple:
        return partial(_read_all, _reader(get_args(hint)[0]))
    if hint in VALUES:
        return partial(_read_value, hint)
    return partial(_read_row, hint)


def _read_union(hints: tuple[Any, ...], raw: Any, path: str) -> Any:
    """Read null, words in place of an anchor, or the first of the types."""
    for hint in hints[1:]:
        if isinstance(raw, hint):
            return raw
    return _reader(hints[0])(raw, path)


def _read_value(hint: Any, raw: Any, path: str) -> Any:
    types, read, sentence = VALUES[hint]
    try:
        if type(raw) in types:
            return read(raw)
    except (ArithmeticError, KeyError, TypeError, ValueError):
        pass
    raise Refusal(str(sentence), field=path)


def decimal(raw: Any) -> Decimal:
    """Return a number; ValueError or ArithmeticError for what is none."""
    number = Decimal(raw)
    if not number.is_finite() or (isinstance(raw, str) and "_" in raw):
        raise ValueError(raw)
    return number


def day(raw: str) -> dt.date:
    """Return a day written `2022-01-27`; ValueError for what is none."""
    read = dt.date.fromisoformat(raw)
    if read.isoformat() != raw:
        raise ValueError(raw)
    return read


def moment(raw: str) -> dt.datetime:
    """Return a moment in ISO 8601 with its zone; ValueError for what is none."""
    read = dt.datetime.fromisoformat(raw)
    if read.tzinfo is None:
        raise ValueError(raw)
    return read


def _anchor(raw: list[Any]) -> Anchor:
    start, words = raw
    if type(start) is not int or type(words) is not str:
        raise TypeError(raw)
    return Anchor(Span(start, start + len(words)), words)


def _partial_date(raw: dict[str, Any]) -> PartialDate:
    earliest, latest, precision = (raw.pop(n) for n in _PARTS_OF_A_DATE[:3])
    words = raw.pop("words", None)  # null, as the API says it, is not stated either
    if raw or not isinstance(words, str | None):
        raise ValueError(raw)
    return PartialDate(day(earliest), day(latest), Precision(precision), words or "")


#: What JSON must give for a value, what reads it, and what is said otherwise.
VALUES: dict[Any, tuple[tuple[type, ...], Callable[[Any], Any], Any]] = {
    str: ((str,), str, _lazy("Words are needed: “…”.")),
    int: ((int,), int, _lazy("A whole number is needed.")),
    bool: ((bool,), bool, _lazy("Give true or false.")),
    Decimal: (
        (str, int, Decimal),
        decimal,
        _lazy("A number is needed, such as “3500” or “0.125”."),
    ),
    dt.date: ((str,), day, _lazy("A day is needed, such as “2022-01-27”.")),
    dt.datetime: (
        (str,),
        moment,
        _lazy("A moment is needed, such as “2022-01-25T08:30:00+03:00”."),
    ),
    Anchor: (
        (list,),
        _anchor,
        _lazy("A start, counted from 0, and words are needed: [12, “…”]."),
    ),
    PartialDate: (
        (dict,),
        _partial_date,
        _lazy(
            "A date is needed: earliest and latest day, a precision (DAY, MONTH, "
            "YEAR, PERIOD) that they fit, and words if a text has them."
        ),
    ),
}
