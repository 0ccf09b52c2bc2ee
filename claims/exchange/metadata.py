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
    name = slugify(path.stem) or "statements"
    resource = {
        "name": name,
        "path": path.name,
        "format": form.name,
        "mediatype": form.media_type,
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
    }
    if form.name == "csv":
        resource |= tabular({c.name: c.type for c in COLUMNS.values()})
    return package(name, [resource], query, at=at)


def package(
    name: str,
    resources: list[dict[str, Any]],
    query: Mapping[str, str],
    *,
    at: dt.datetime,
) -> dict[str, Any]:
    """Return the data package of some resources."""
    number, digest = history.head()
    return {
        "profile": "data-package",
        "name": name,
        "created": at.astimezone(dt.UTC).isoformat(timespec="seconds"),
        "licenses": [_licence()],
        "query": dict(query),
        "log_head": f"{number}:{digest}",
        "resources": resources,
    }


def tabular(columns: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a resource says of the columns of its table, by name and type."""
    fields = [{"name": name, "type": _TYPES[type_]} for name, type_ in columns.items()]
    return {"profile": "tabular-data-resource", "schema": {"fields": fields}}


def _licence() -> dict[str, str]:
    licence = {"name": slugify(settings.DATA_LICENCE), "title": settings.DATA_LICENCE}
    if settings.DATA_LICENCE_URL:
        licence["path"] = settings.DATA_LICENCE_URL
    return {name: str(value) for name, value in licence.items()}
