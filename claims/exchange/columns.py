"""The columns of our CSV, made from the fields of `claims.exchange.records`."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from types import UnionType
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

from claims.exchange.json_lines import VALUES
from claims.exchange.records import KINDS, Anchor, LifeRow, PartialDate, VersionRow

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What stands in front of the columns of a kind, and the column of a claim's row, or
#: of another kind's, that names its key.
PREFIXES = {
    "claims": "",
    "articles": "article_",
    "sources": "source_",
    "speakers": "speaker_",
    "measures": "measure_",
    "events": "event_",
}
#: References that the key of another kind in the same row stands for.
JOINED = {
    ("claims", "article"): "articles",
    ("claims", "speaker"): "speakers",
    ("claims", "measure"): "measures",
    ("articles", "source"): "sources",
    ("measures", "event"): "events",
}
_LEFT_OUT = {("claims", "quote")}
KEYS = {"articles": "code", "claims": "code"}
_DATE = ("earliest", "latest", "precision", "words")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the field of which kind of rows, and which part of its value."""

    name: str
    kind: str
    field: str
    part: str
    type: Any


def _columns() -> Iterator[Column]:
    for kind, prefix in PREFIXES.items():
        for name, hint in get_type_hints(KINDS[kind]).items():
            if (kind, name) not in _LEFT_OUT and (kind, name) not in JOINED:
                yield from _columns_of(kind, prefix, name, hint)
    for name, hint in get_type_hints(VersionRow).items():
        yield Column(f"article_{name}", "versions", name, "", hint)
    for name, hint in get_type_hints(LifeRow).items():
        yield Column(name, "life", name, "", _first(hint))


def _first(hint: Any) -> Any:
    """Return a type, or the first of several."""
    return get_args(hint)[0] if isinstance(hint, UnionType) else hint


def _columns_of(kind: str, prefix: str, name: str, hint: Any) -> Iterator[Column]:
    hint = _first(hint)
    if hint is PartialDate:
        for part in _DATE:
            is_day = part in _DATE[:2]
            yield Column(
                f"{prefix}{name}_{part}", kind, name, part, dt.date if is_day else str
            )
    elif hint is Anchor:
        anchored = name.removesuffix("anchor")
        yield Column(f"{prefix}{anchored}start", kind, name, "start", int)
        yield Column(f"{prefix}{anchored}words", kind, name, "words", str)
    elif hint in VALUES:
        yield Column(f"{prefix}{name}", kind, name, "", hint)


COLUMNS: dict[str, Column] = {column.name: column for column in _columns()}


def column_of(field: str) -> str:
    """Return the column of the field of a refused row; empty of the row as a whole."""
    if "." not in field:
        return field  # the table says itself where it is wrong
    kind, _key, *parts = field.split(".")
    if not parts:
        return ""
    name = parts[-1]
    if name in {"text", "fetched_at"}:
        return f"article_{name}"
    joined = JOINED.get((kind, name))
    if joined:
        return f"{PREFIXES[joined]}{KEYS.get(joined, 'slug')}"
    named = f"{PREFIXES.get(kind, '')}{name}"
    return f"{named.removesuffix('anchor')}words" if name.endswith("anchor") else named
