"""Clients that others' programs write from our schema read what is stored."""

import json
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings

from claims.models import Claim
from tests.clients.running import HERE, run

pytestmark = pytest.mark.once

SCHEMA = str(settings.BASE_DIR / "docs" / "openapi.yaml")
EVENT = "attack-on-the-sinaa-prison"


def stored() -> dict[str, list[Decimal | None]]:
    claims = Claim.objects.filter(measure__event__slug=EVENT).exclude(qualifier="")
    return {claim.code: [claim.low, claim.high] for claim in claims}


def figures(printed: str) -> dict[str, list[Decimal | None]]:
    read = json.loads(printed, parse_float=Decimal, parse_int=Decimal)
    assert len(read) > 3  # of several pages
    assert len({code for code, *_ in read}) == len(read)
    return {code: bounds for code, *bounds in read}


def test_a_python_client_is_written_without_a_warning_typed_and_reads_every_figure(
    demo_url: str, tmp_path: Path
):
    package = str(tmp_path / "factbase_client")
    generate = (sys.executable, "-m", "openapi_python_client", "generate")
    told = run(*generate, "--path", SCHEMA, "--meta", "none", "--output-path", package)
    assert "Warning" not in told
    found = {"PYTHONPATH": str(tmp_path), "MYPYPATH": str(tmp_path)}
    alone = ("--config-file=", "--follow-imports=silent", "--strict")
    cache = f"--cache-dir={tmp_path}/cache"
    run(sys.executable, "-m", "mypy", *alone, cache, "read_claims.py", **found)
    printed = run(sys.executable, "read_claims.py", demo_url, EVENT, **found)
    assert figures(printed) == stored()


@pytest.mark.usefixtures("ask_node")
def test_types_for_typescript_hold_for_a_program_that_reads_every_figure(
    demo_url: str, tmp_path: Path
):
    run("node_modules/.bin/openapi-typescript", SCHEMA, "-o", f"{tmp_path}/api.d.ts")
    program = tmp_path / "read_claims.ts"
    program.write_text((HERE / "read_claims.ts").read_text())
    (tmp_path / "package.json").write_text('{"type": "module"}')
    strictly = ("--strict", "--target", "es2022", "--module", "nodenext")
    run("node_modules/.bin/tsc", *strictly, "--lib", "es2022,dom", str(program))
    assert (
        figures(run("node", f"{tmp_path}/read_claims.js", demo_url, EVENT)) == stored()
    )
