"""What goes with an exported file: a Frictionless Data Package that describes it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.text import slugify

from claims.exchange.columns import COLUMNS
from sources import history

if TYPE_CHECKING:
    from collections.abc import Mapping

    from claims.exchange.formats import Format

_TYPES: dict[Any, str] = {
    str: "string",
    int: "integer",
    Decimal: "number",
    bool: "boolean",
    dt.date: "date",
    dt.datetime: "datetime",
}


def describe(
    path: Path, form: Format, query: Mapping[str, str], *, at: dt.datetime
) -> dict[str, Any]:
    """Return the data package of an exported file (specs.frictionlessdata.io).

    It says what was asked for and when, under which licence the answer is, and with
    which entry the log of the base ended then (`manage.py verify --head`).
    """
    number, digest = history.head()
    return {
        "profile": "data-package",
        "name": slugify(path.stem) or "statements",
        "created": at.astimezone(dt.UTC).isoformat(timespec="seconds"),
        "licenses": [_licence()],
        "query": dict(query),
        "log_head": f"{number}:{digest}",
        "resources": [_resource(path, form)],
    }


def _licence() -> dict[str, str]:
    licence = {"name": slugify(settings.DATA_LICENCE), "title": settings.DATA_LICENCE}
    if settings.DATA_LICENCE_URL:
        licence["path"] = settings.DATA_LICENCE_URL
    return {name: str(value) for name, value in licence.items()}


def _resource(path: Path, form: Format) -> dict[str, Any]:
    resource = {
        "name": slugify(path.stem) or "statements",
        "path": path.name,
        "format": form.name,
        "mediatype": form.media_type,
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
    }
    if form.name == "csv":
        resource |= {"profile": "tabular-data-resource", "schema": _schema()}
    return resource


def _schema() -> dict[str, Any]:
    columns = COLUMNS.values()
    return {"fields": [{"name": c.name, "type": _TYPES[c.type]} for c in columns]}
