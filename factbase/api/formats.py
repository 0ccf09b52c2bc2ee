"""The forms in which all rows of a list are sent: CSV, and JSON line by line."""

from __future__ import annotations

from typing import Any, TypeAlias

import orjson
from rest_framework.renderers import BaseRenderer

from claims.exchange import json_lines, tables
from factbase.api.flat import Column, cells
from factbase.api.rendering import digits

#: What the last line says of an answer that could not be finished.
BROKEN_OFF = "urn:factbase:problem:broken-off"

Rows: TypeAlias = list[dict[str, Any]]
Shape: TypeAlias = list[Column]


class Form(BaseRenderer):
    """A form in which all rows of a list are sent."""

    content_type: str
    #: As how many questions of a reader it counts.
    cost = 10

    def head(self, shape: Shape) -> bytes:
        """Return what comes before the rows."""
        raise NotImplementedError

    def lines(self, rows: Rows, shape: Shape) -> bytes:
        """Return some rows."""
        raise NotImplementedError

    def broken_off(self, shape: Shape) -> bytes:
        """Return a line that nothing takes for a row."""
        raise NotImplementedError

    def fields(self, shape: Shape) -> dict[str, Any]:
        """Return what the description of an answer says of its rows."""
        raise NotImplementedError


class Table(Form):
    """CSV: the columns of `factbase.api.flat`, no cell computed by a spreadsheet."""

    media_type, format = tables.MEDIA_TYPE, "csv"
    content_type = f"{media_type}; charset=utf-8"

    def head(self, shape: Shape) -> bytes:
        """Return the names of the columns."""
        return tables.line(column.name for column in shape)

    def lines(self, rows: Rows, shape: Shape) -> bytes:
        """Return a line for each row."""
        return tables.lines(map(cells(shape), rows))

    def broken_off(self, shape: Shape) -> bytes:
        """Return a line that is longer than the header."""
        return tables.line([BROKEN_OFF] * (len(shape) + 1))

    def fields(self, shape: Shape) -> dict[str, Any]:
        """Return the columns as a table schema."""
        fields = [column.described(column.name) for column in shape]
        return {"profile": "tabular-data-resource", "schema": {"fields": fields}}


class Lines(Form):
    """NDJSON: each row as the pages of the list have it."""

    media_type, format = json_lines.MEDIA_TYPE, "ndjson"
    content_type = media_type

    def head(self, shape: Shape) -> bytes:
        """Return nothing: each row names its fields."""
        del shape
        return b""

    def lines(self, rows: Rows, shape: Shape) -> bytes:
        """Return a line for each row."""
        del shape
        option = orjson.OPT_APPEND_NEWLINE
        return b"".join(
            orjson.dumps(row, default=digits, option=option) for row in rows
        )

    def broken_off(self, shape: Shape) -> bytes:
        """Return a line that is no JSON."""
        del shape
        return f"{BROKEN_OFF}\n".encode()

    def fields(self, shape: Shape) -> dict[str, Any]:
        """Return the fields, each by its path in a row."""
        return {"fields": [column.described(".".join(column.path)) for column in shape]}


FORMS: dict[str | None, type[Form]] = {form.format: form for form in (Table, Lines)}
