"""The data set by the commands: in with `import_claims`, back with `export_claims`."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from claims.models import Claim, Event
from tests import factories
from tests.exchange import ged_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path: Path) -> Path:
    factories.an_editor("nour")
    return tmp_path / "events.csv"


def bring_in(file: Path, *options: str) -> tuple[int, str, str]:
    """The exit code, what was said, and what was said of what was refused."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    asked = ("import_claims", str(file), "--format", "ged", *options)
    try:
        call_command(*asked, stdout=out, stderr=err)
    except SystemExit as ended:
        code = ended.code
    return code, out.getvalue(), err.getvalue().strip()


def test_the_file_comes_back_as_it_was(file):
    table, _planted = ged_file.written(12)
    file.write_text(table)
    code, out, _err = bring_in(file, "--json")
    assert (code, json.loads(out)["claims"]) == (0, 12)
    back = file.with_name("back.csv")
    call_command(
        *("export_claims", "--format", "ged", "--as", "nour", "--output", str(back)),
        stdout=io.StringIO(),
    )
    assert back.read_text() == table


def test_a_dry_run_counts_and_stores_nothing(file):
    file.write_text(ged_file.table([ged_file.EVENT]))
    code, out, _err = bring_in(file, "--dry-run")
    assert code == 0
    assert "claims 1" in out
    assert not Claim.objects.exists()


def test_a_refusal_names_file_line_column_value_and_reason(file):
    event = ged_file.EVENT | {"best": "several"}
    file.write_text(ged_file.table([ged_file.EVENT, event]))
    code, _out, err = bring_in(file)
    assert (code, err) == (
        1,
        "events.csv, line 3, best: “several” is no count; "
        "-1 stands for what nobody counted.",
    )
    assert Claim.objects.count() == 1


def test_a_file_in_another_encoding_is_read_where_it_is_named(file):
    event = ged_file.EVENT | {"where_coordinates": "Tilmarà"}
    file.write_bytes(ged_file.table([event]).encode("cp1252"))
    code, _out, err = bring_in(file)
    assert code == 1
    assert "windows-1252" in err
    assert bring_in(file, "--encoding", "windows-1252")[0] == 0
    assert Event.objects.get().place_en == "Tilmarà"


def test_an_encoding_that_does_not_fit_is_refused_with_the_file(file):
    file.write_bytes(b"odd")
    with pytest.raises(CommandError, match="is not utf-16le"):
        bring_in(file, "--encoding", "utf-16le")
