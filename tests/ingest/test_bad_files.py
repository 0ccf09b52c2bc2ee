"""Hundreds of bad files in one run: each is named with its line, field and reason.

The good ones beside them come in; of the bad ones nothing is left in the base.
"""

import io
import json
from collections import defaultdict
from typing import Any, NamedTuple

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command

from tests import factories as make
from tests.databases import fresh_copy
from tests.ingest.corpus import SOURCES, TAKEN, corpus, write
from tests.ingest.files import PARAGRAPH, page, pdf, word

BAD = corpus()
GOOD = {
    "good.txt": PARAGRAPH.encode(),
    "good.html": page(PARAGRAPH, PARAGRAPH).encode(),
    "folder.txt/good.docx": word(PARAGRAPH, "The bridge is open."),
    "zz last.PDF": pdf("The bridge is open."),
}
PASSED_OVER = ("photo.JPG", "folder.txt/page.css", "Thumbs.db")

#: What one article with its text writes, and nothing else does here.
WRITTEN = {
    *("sources.article", "sources.articleversion", "sources.change"),
    *("sources.fingerprint", "sources.suggestedderivation", "claims.suggestion"),
    "claims.searchentry",
}


class Run(NamedTuple):
    """What a run said, and what it wrote."""

    code: object
    told: dict[str, Any]
    said: list[str]
    refusals: dict[str, list[dict[str, Any]]]
    originals: set[bytes]
    grown: dict[str, int]


@pytest.fixture(scope="module")
def run(django_db_setup, django_db_blocker, tmp_path_factory):  # noqa: ARG001  # what is copied
    """One run over all of these files, on a base of its own."""
    with (
        django_db_blocker.unblock(),
        fresh_copy(tmp_path_factory.mktemp("base")),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(settings, "DATA_DIR", tmp_path_factory.mktemp("data"))
        named = [make.a_source(name_en=name) for name in SOURCES]
        make.an_article(url=TAKEN, source=named[-1])
        make.an_editor()
        folder = tmp_path_factory.mktemp("files")
        (folder / "folder.txt").mkdir()
        write(folder)
        for name, content in {**GOOD, **dict.fromkeys(PASSED_OVER, b"x")}.items():
            (folder / name).write_bytes(content)
        return _run(folder)


def _run(folder) -> Run:
    out, err, before = io.StringIO(), io.StringIO(), sizes()
    with pytest.raises(SystemExit) as ended:
        call_command("import_articles", folder, json=True, stdout=out, stderr=err)
    told, refusals = json.loads(out.getvalue()), defaultdict(list)
    for refusal in told.pop("refusals"):
        refusals[refusal["file"].removeprefix(f"{folder}/")].append(refusal)
    kept = settings.DATA_DIR.rglob("originals/*/*")
    originals = {path.read_bytes() for path in kept}
    said = err.getvalue().splitlines()
    grown = {name: n - before[name] for name, n in sizes().items() if n != before[name]}
    return Run(ended.value.code, told, said, refusals, originals, grown)


def sizes() -> dict[str, int]:
    """How many rows each table has."""
    models = {model._meta.label_lower: model for model in apps.get_models()}
    return {name: model._base_manager.count() for name, model in models.items()}


def test_there_are_more_than_three_hundred():
    assert len(BAD) > 300


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_with_its_name_line_field_and_reason(run, name):
    bad, refusal = BAD[name], run.refusals[name][0]
    assert (refusal["line"], refusal["field"]) == (bad.line, bad.field)
    assert any(words in refusal["reason"] for words in bad.reason.split("|"))
    [line] = [line for line in run.said if line.endswith(said(name, refusal))]
    assert line.startswith("/")


def said(name: str, refusal: dict[str, Any]) -> str:
    """The line about a refusal, from the name of the file on."""
    line = f", line {refusal['line']}" if refusal["line"] else ""
    field = f", {refusal['field']}" if refusal["field"] else ""
    return f"/{name}{line}{field}: {refusal['reason']}"


def test_every_file_is_accounted_for(run):
    assert run.code == 1
    assert run.refusals.keys() == BAD.keys()
    assert run.told["refused"] == len(run.said)
    assert run.told["read"] == run.told["refused"] + len(GOOD)
    assert run.told["passed_over"] == len(PASSED_OVER)


def test_of_the_bad_files_nothing_is_stored_and_the_good_are_whole(run):
    assert run.originals == set(GOOD.values())
    assert run.told["new"] == run.grown["sources.article"] == len(GOOD)
    assert run.grown["sources.articleversion"] == len(GOOD)
    assert run.grown["sources.change"] == 2 * len(GOOD)
    assert set(run.grown) <= WRITTEN
