"""An example of every operation, asked of the demo: what is asked, and the answer.

`examples.json` holds them by the name of the operation; `scripts/api_examples.py` asks
anew, and a test compares. They are the same on every base, whatever it withholds, so
they name no person but those of the training example, who never lived.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import orjson

PATH = Path(__file__).with_name("examples.json")
#: Where the demo of the examples is served.
SERVER = {"SERVER_NAME": "localhost", "SERVER_PORT": "8000"}


@cache
def examples() -> dict[str, dict[str, Any]]:
    """Return every example: its `path`, its `query` by parameter, its `answer`."""
    found: dict[str, dict[str, Any]] = orjson.loads(PATH.read_bytes())
    return found


def address(template: str, example: dict[str, Any]) -> str:
    """Return the address that an example asks."""
    query = {name: _written(value) for name, value in example["query"].items()}
    path = template.format(**example["path"])
    return f"{path}?{urlencode(query)}" if query else path


def _written(value: Any) -> str:
    """Return a value as an address has it: a list with commas, `true`."""
    if isinstance(value, list):
        return ",".join(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def add_examples(result: dict[str, Any], **context: Any) -> dict[str, Any]:
    """Show the example of each operation in the schema: what was asked, the answer.

    No query stands at its parameters: what is shown there fills the boxes of the page
    about the API, and only the demo knows those values.
    """
    del context
    for template, path in result["paths"].items():
        for operation in path.values():
            example = examples()[operation["operationId"]]
            content = operation["responses"]["200"]["content"]["application/json"]
            asked = f"On the demo: GET {address(template, example)}"
            content["examples"] = {
                "demo": {"summary": asked, "value": example["answer"]}
            }
    return result
