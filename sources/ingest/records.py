"""Articles as records: one JSON object a line, with the names of a draft's fields.

``text`` is required; see `sources.ingest.fields` for the others. Read strictly: a name
given twice, an unknown one, NaN and text that is none are refused with their record.
Its line is no original to keep: every value of it is stored, the text unaltered.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import IO, TYPE_CHECKING, Any, NoReturn

from django.utils.translation import gettext as _

from sources.documents import MAX_BYTES
from sources.ingest import decoding, fields
from sources.ingest.draft import Draft, Place, Refusal, SourceOrigin, shown
from sources.models import DateOrigin

if TYPE_CHECKING:
    from collections.abc import Iterator

MEDIA_TYPE = "application/x-ndjson"


def drafts(stream: IO[bytes], file: str) -> Iterator[Draft | Refusal]:
    """Read the records of a stream one by one, in the memory of one; not completed."""
    for place, line in lines(stream, file):
        try:
            yield _draft(line, place)
        except Refusal as refusal:
            refusal.place = place
            yield refusal


def lines(stream: IO[bytes], file: str) -> Iterator[tuple[Place, bytes]]:
    """Yield the lines of a file that are not empty, each with its place."""
    for number, line in enumerate(_lines(stream), 1):
        if line.strip():
            yield Place(file, number), line


def _lines(stream: IO[bytes]) -> Iterator[bytes]:
    """The lines of a stream; of one that is too long, only so much as shows it."""
    while line := stream.readline(MAX_BYTES + 1):
        yield line
        while len(line) > MAX_BYTES and not line.endswith(b"\n"):
            line = stream.readline(MAX_BYTES + 1)


def _draft(line: bytes, place: Place) -> Draft:
    values = _values(parsed(line))
    return Draft(
        place=place,
        published_origin=DateOrigin.METADATA if "published" in values else None,
        source_origin=SourceOrigin.GIVEN if values.get("source") else None,
        media_type=MEDIA_TYPE,
        encoding=decoding.UTF_8,
        **values,
    )


def _decoded(line: bytes) -> str:
    return decoding.decode(line.rstrip(), chosen=decoding.UTF_8).text


def _values(record: dict[str, Any]) -> dict[str, Any]:
    """The fields of a record that state something, read."""
    for name in record:
        if name not in fields.FIELDS:
            message = _("There is no such field; the nearest is “%(nearest)s”.")
            raise Refusal(
                message % {"nearest": fields.nearest(name, fields.FIELDS)},
                field=shown(name),
            )
    stated = {name: value for name, value in record.items() if value not in (None, "")}
    return {name: _value(name, value) for name, value in {"text": "", **stated}.items()}


def _value(name: str, value: object) -> Any:
    if not isinstance(value, str):
        raise Refusal(_("The value is not a string."), field=name)
    return fields.read(name, value)


# --- strict JSON ---


def parsed(line: bytes) -> dict[str, Any]:
    """Return the record of a line; a number with a point is a decimal.

    Raises:
        Refusal: for what is no JSON object in UTF-8, or says one thing twice.
    """
    if len(line) > MAX_BYTES:
        message = _("The record is larger than %(megabytes)d MB.")
        raise Refusal(message % {"megabytes": MAX_BYTES // 1_000_000})
    try:
        record = json.loads(
            _decoded(line),
            object_pairs_hook=_unique,
            parse_constant=_no_number,
            parse_float=Decimal,
        )
    except json.JSONDecodeError as error:
        message = _("This is no JSON, from column %(column)d on.")
        raise Refusal(message % {"column": error.colno}) from error
    except RecursionError as error:
        raise Refusal(_("The record is nested too deep.")) from error
    except ValueError as error:  # a number of thousands of digits
        raise Refusal(_("The record has a number too long to read.")) from error
    if not isinstance(record, dict):
        raise Refusal(_("The line is no JSON object: {…}."))
    return record


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record: dict[str, Any] = {}
    for name, value in pairs:
        if name in record:
            raise Refusal(_("The field is given twice."), field=shown(name))
        record[name] = value
    return record


def _no_number(constant: str) -> NoReturn:
    raise Refusal(_("%(value)s is no JSON.") % {"value": constant})
