#!/usr/bin/env python3
"""Ask the examples of the API anew, of the demo in a folder thrown away.

What is asked stands in `factbase/api/examples.json`; the answers are written there.
`make docs` then puts them into the schema.
"""

import json
import os
import sys
import tempfile
from http import HTTPStatus
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Make a demo, ask it, write the answers."""
    import django  # noqa: PLC0415  # once it knows its settings

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415  # likewise
    from django.test import Client  # noqa: PLC0415  # likewise

    from factbase import beginning  # noqa: PLC0415  # likewise
    from factbase.api import examples  # noqa: PLC0415  # likewise
    from tests.api.hostile import schema  # noqa: PLC0415  # likewise

    call_command("migrate", verbosity=0)
    beginning.begin(ROOT / "fixtures", progress=lambda _done, _total: None)
    found = examples.examples()
    client = Client()
    for template, operations in schema()["paths"].items():
        example = found[operations["get"]["operationId"]]
        answer = client.get(examples.address(template, example), **examples.SERVER)
        if answer.status_code != HTTPStatus.OK:
            sys.exit(answer.content.decode())
        example["answer"] = json.loads(answer.content)
    text = json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True)
    examples.PATH.write_text(f"{text}\n", "utf-8")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "factbase.settings",
            "FACTBASE_DATA": folder,
        }
        main()
