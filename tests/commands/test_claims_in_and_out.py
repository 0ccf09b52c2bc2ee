"""`manage.py import_claims` and `export_claims`, as a person or a program runs them."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from claims.models import Batch, Claim
from tests import factories as make
from tests.exchange.test_receiving import a_record, as_file

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def editor() -> Any:
    """The only one, who imports unless another is named."""
    return make.an_editor("mina")


def run(command: str, *arguments: Any) -> tuple[int, str, list[str]]:
    """The exit code, what was said, and the lines about what was refused."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    try:
        call_command(command, *map(str, arguments), stdout=out, stderr=err)
    except SystemExit as ended:
        code = int(ended.code or 0)
    return code, out.getvalue(), err.getvalue().splitlines()


def a_file(folder: Path, *records: dict[str, Any]) -> Path:
    path = folder / "statements.ndjson"
    path.write_bytes(as_file(*records))
    return path


def test_a_file_is_imported_and_counted(tmp_path):
    code, out, err = run("import_claims", a_file(tmp_path, a_record(1), a_record(2)))
    assert (code, err) == (0, [])
    assert out.startswith("records 2, found 4, refused 0, sources 1")
    batch = Batch.objects.get()
    assert (batch.file_name, batch.format) == ("statements.ndjson", "ndjson")
    assert batch.imported_by.username == "mina"


def test_a_program_reads_json(tmp_path):
    path = a_file(tmp_path, a_record(1), a_record(2, unit="boats"))
    code, out, err = run("import_claims", path, "--json", "--as", "mina")
    said = json.loads(out)
    assert (code, said["claims"], said["refused"]) == (1, 1, 1)
    reason = "The measure is counted in “persons”."
    assert said["refusals"] == [
        {
            "file": "statements.ndjson",
            "line": 2,
            "field": "claims.c-2.unit",
            "reason": reason,
        }
    ]
    assert err == [f"statements.ndjson, line 2, claims.c-2.unit: {reason}"]


def test_a_dry_run_stores_nothing(tmp_path):
    code, out, _err = run("import_claims", a_file(tmp_path, a_record()), "--dry-run")
    assert code == 0
    assert "claims 1" in out
    assert "nothing was stored" in out
    assert not Claim.objects.exists()
    assert not Batch.objects.exists()


def test_standard_input_is_a_file_too(monkeypatch):
    content = io.TextIOWrapper(io.BytesIO(as_file(a_record())))
    monkeypatch.setattr("sys.stdin", content)
    assert run("import_claims", "-", "--format", "ndjson")[0] == 0
    assert Claim.objects.count() == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["statements.xls"], "Say with --format in which format statements.xls is."),
        (["-"], "Say with --format in which format - is."),
        (["none.csv"], "none.csv cannot be read: No such file or directory"),
        (["none.csv", "--as", "nobody"], "There is no account nobody."),
    ],
)
def test_what_cannot_be_begun_is_told(arguments, told):
    with pytest.raises(CommandError, match=told) as refused:
        call_command("import_claims", *arguments)
    assert refused.value.returncode == 2


def test_whoever_may_not_import_is_told(tmp_path):
    make.a_contributor("nour")
    with pytest.raises(CommandError, match="Only these roles"):
        call_command("import_claims", str(a_file(tmp_path, a_record())), "--as", "nour")


def test_a_file_goes_out_with_what_describes_it(tmp_path, settings):
    settings.DATA_LICENCE, settings.DATA_LICENCE_URL = (
        "CC BY 4.0",
        "https://cc.example/",
    )
    claim = make.a_published_claim()
    output = tmp_path / "claims.csv"
    code, out, _err = run(
        *("export_claims", "--format", "csv", "--output", output, "--json"),
        *("--measure", claim.measure.slug),
    )
    package = json.loads((tmp_path / "claims.csv-metadata.json").read_text())
    assert (code, json.loads(out)) == (0, package)
    assert package["query"] == {"measure": claim.measure.slug}
    assert package["licenses"] == [
        {"name": "cc-by-40", "title": "CC BY 4.0", "path": "https://cc.example/"}
    ]
    assert package["resources"][0]["bytes"] == output.stat().st_size
    assert claim.code in output.read_text()


def test_each_format_in_one_folder_has_a_description_of_its_own(tmp_path):
    for name in ("csv", "ndjson"):
        run("export_claims", "--format", name, "--output", tmp_path / f"claims.{name}")
    described = [
        json.loads((tmp_path / f"claims.{name}-metadata.json").read_text())
        for name in ("csv", "ndjson")
    ]
    paths = [package["resources"][0]["path"] for package in described]
    assert paths == ["claims.csv", "claims.ndjson"]


def test_a_past_day_is_part_of_the_question(tmp_path):
    output = tmp_path / "then.ndjson"
    make.a_published_claim()
    run("export_claims", "--output", output, "--as-of", "2024-05-02")
    package = json.loads((tmp_path / "then.ndjson-metadata.json").read_text())
    assert package["query"]["as_of"].startswith("2024-05-02T23:59:59")
    assert output.read_bytes() == b""


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--as", "nobody"], "There is no account nobody."),
        (["--measure", "none"], "There is no measure “none”."),
        (["--as-of", "tomorrow"], "as-of"),
        (["--format", "xls"], "invalid choice"),
        (["--output", "/nowhere/x.csv"], "cannot be written"),
    ],
)
def test_what_cannot_go_out_is_told(arguments, told):
    with pytest.raises(CommandError, match=told):
        call_command("export_claims", *arguments)


def test_standard_output_is_a_file_too(capfdbinary):
    claim = make.a_published_claim()
    call_command("export_claims")
    assert claim.code.encode() in capfdbinary.readouterr().out
