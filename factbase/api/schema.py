"""What the schema says of many operations alike: what shapes rows, how they refuse."""

from __future__ import annotations

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter

from factbase.api.formats import Lines, Table
from sources.api.filters import MOST_VALUES
from sources.api.shaping import EXPAND, FIELDS, SHAPED, Shaping

_REFUSAL = {
    "type": "object",
    "required": ["parameter", "code", "detail"],
    "properties": {
        "parameter": {"type": "string"},
        "code": {"type": "string", "description": "Never changes."},
        "detail": {"type": "string", "description": "In the reader's language."},
        "value": {"type": "string"},
        "nearest": {"type": "string", "description": "What may have been meant."},
    },
}
_PROBLEM = {
    "type": "object",
    "description": "A refusal, as RFC 9457 writes it.",
    "required": ["type", "title", "status", "detail", "instance", "errors"],
    "properties": {
        "type": {"type": "string", "format": "uri", "description": "Never changes."},
        "title": {"type": "string", "description": "In the reader's language."},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "In the reader's language."},
        "instance": {"type": "string", "format": "uri-reference"},
        "errors": {"type": "array", "items": _REFUSAL},
    },
}
_NAME = r"^[a-z_]+(\.[a-z_]+)*$"
_FIELDS = (
    "Which fields a row has, separated by commas; a dot leads to those of a nested row: "
    "`article.source.slug`. The answer then has no other field, whatever else is said "
    "to be required."
)
_EXPAND = (
    "References that the row itself stands for, as its own list has it, if you may see "
    "it. A name below another one puts both there in full."
)
_MEDIA = "application/problem+json"
_WHOLE = {
    form.media_type: {
        "schema": {"type": "string", "description": description},
    }
    for form, description in (
        (Table, "All rows, a line each under one header; also by the suffix `.csv`."),
        (Lines, "All rows, each as JSON in a line; also by the suffix `.ndjson`."),
    )
}
_UNCHANGED = "The answer is the one whose `ETag` was given in `If-None-Match`."
_REFUSALS = {
    "400": "A parameter or value that does not exist.",
    "404": "Nothing at this address, or nothing that you may see.",
    "406": "No such format.",
    "429": "Too many requests; see Retry-After.",
    "503": "The database is busy; see Retry-After.",
}


def add_forms(result: dict[str, Any], **context: Any) -> dict[str, Any]:
    """Say what all rows are in, what no answer repeats, and that no list is empty."""
    del context
    for path in result["paths"].values():
        for operation in path.values():
            content = operation["responses"]["200"]["content"]
            content |= {media: _WHOLE[media] for media in _WHOLE.keys() & content}
            operation["responses"]["304"] = {"description": _UNCHANGED}
            for parameter in operation.get("parameters", ()):
                if parameter["schema"].get("type") == "array":
                    _bound(parameter["name"], parameter["schema"])
    return result


def add_problems(result: dict[str, Any], **context: Any) -> dict[str, Any]:
    """Add the problems that every operation may answer with."""
    del context
    result["components"]["schemas"]["Problem"] = _PROBLEM
    content = {_MEDIA: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    refusals = {
        status: {"description": description, "content": content}
        for status, description in _REFUSALS.items()
    }
    for path in result["paths"].values():
        for operation in path.values():
            operation["responses"] |= refusals
            # an empty demand of security makes some clients ask for a key
            operation.pop("security", None)
    return result


class Schema(AutoSchema):
    """The schema of one view."""

    def get_override_parameters(self) -> list[Any]:
        """Describe what shapes the rows, where they take a shape."""
        if not isinstance(self.view, Shaping) or self.view.action not in SHAPED:
            return []
        names = list(self.view.row_serializer().fields)
        described = [_names(FIELDS, _FIELDS, example=names[:2], pattern=_NAME)]
        if whole := list(self.view.expansions()):
            described.append(_names(EXPAND, _EXPAND, example=whole[:1], enum=whole))
        return described


def _bound(name: str, values: dict[str, Any]) -> None:
    """Say how many values a parameter takes, and that a comma parts them, which are text."""
    values["minItems"] = 1
    if name in (FIELDS, EXPAND):
        return
    values["maxItems"] = MOST_VALUES
    if "enum" not in values["items"] and "$ref" not in values["items"]:
        values["items"]["pattern"] = r"^[^,\u0000]+$"


def _names(
    parameter: str, description: str, *, example: list[str], **among: list[str] | str
) -> OpenApiParameter:
    names = {
        "type": "array",
        "items": {"type": "string", **among},
        "examples": [example],
    }
    return OpenApiParameter(
        parameter, names, description=description, style="form", explode=False
    )
