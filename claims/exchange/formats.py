"""The formats in which statements come in and go out: one row each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, TypeAlias

from claims.exchange import columns, json_lines, linked_files, tables
from claims.exchange.gathering import gathered
from claims.exchange.ged import mapping, writing
from claims.exchange.records import Record, Refusal
from sources.policy import Reader

#: Reads a stream of a file of this name, at a moment, in the memory of one record.
Read: TypeAlias = Callable[[IO[bytes], str, dt.datetime], Iterator[Record | Refusal]]
#: Writes, piece by piece, what a reader may see, chosen by `gathering.FILTERS`.
Write: TypeAlias = Callable[[Reader, Mapping[str, str]], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: what reads and what writes it; None where it does not go that way.

    `told` returns the name that the format has for the field of a refused row.
    """

    name: str
    media_type: str
    read: Read | None = None
    write: Write | None = None
    told: Callable[[str], str] = str


def _write_lines(reader: Reader, filters: Mapping[str, str]) -> Iterator[bytes]:
    return json_lines.write(gathered(reader, filters))


def _write_table(reader: Reader, filters: Mapping[str, str]) -> Iterator[bytes]:
    return tables.write(gathered(reader, filters, repeats=True))


FORMATS: dict[str, Format] = {
    each.name: each
    for each in (
        Format("ndjson", json_lines.MEDIA_TYPE, json_lines.read, _write_lines),
        Format("csv", tables.MEDIA_TYPE, tables.read, _write_table, columns.column_of),
        Format("ged", tables.MEDIA_TYPE, mapping.read, writing.write),
        Format(
            "claimreview",
            linked_files.MEDIA_TYPE,
            linked_files.read_reviews,
            linked_files.write_reviews,
        ),
        Format(
            "webannotation",
            linked_files.MEDIA_TYPE,
            write=linked_files.write_annotations,
        ),
    )
}
