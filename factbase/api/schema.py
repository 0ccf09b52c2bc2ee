"""What the schema says of every operation alike: how it refuses."""

from __future__ import annotations

from typing import Any

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
_MEDIA = "application/problem+json"
_REFUSALS = {
    "400": "A parameter or value that does not exist.",
    "404": "Nothing at this address, or nothing that you may see.",
    "406": "No such format.",
    "429": "Too many requests; see Retry-After.",
    "503": "The database is busy; see Retry-After.",
}


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
    return result
