"""Pages made from the code are written, and stale ones are refused."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from claims.extraction.rules import rules
from claims.review import TRANSITIONS
from factbase import generated, reading_rules, states
from sources.policy import ACTS


@pytest.fixture
def docs(settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for the pages that are made quickly."""
    monkeypatch.delitem(generated.PAGES, "openapi.yaml")
    settings.BASE_DIR = tmp_path
    (tmp_path / "docs").mkdir()
    return tmp_path / "docs"


def test_the_committed_pages_are_what_the_code_says():
    assert generated.stale_pages() == {}


def test_stale_pages_are_written_once(docs: Path):
    out = StringIO()
    call_command("docs", stdout=out)
    assert out.getvalue() == "Written: docs/extraction.md, docs/states.md\n"
    assert (docs / "states.md").read_text("utf-8") == states.page()
    call_command("docs", stdout=out)
    assert out.getvalue().endswith("All pages are up to date.\n")


def test_a_check_writes_nothing_and_names_the_stale_page(docs: Path):
    call_command("docs", stdout=StringIO())
    (docs / "states.md").write_text("old", "utf-8")
    with pytest.raises(CommandError, match=r"any more: docs/states\.md\. Run"):
        call_command("docs", check=True)
    assert (docs / "states.md").read_text("utf-8") == "old"


def test_the_extraction_page_has_every_rule_and_its_sentences():
    page = reading_rules.page()
    for rule in rules().values():
        assert f"| `{rule.id}` | {rule.yields} | {rule.confidence:.0%} |" in page
        assert page.count(rule.id) > 1, f"{rule.id} has no sentence"


def test_the_states_page_has_every_step_and_every_act():
    page = states.page()
    for step in TRANSITIONS:
        assert f"{step.before} --> {step.after}: {step.label}" in page
    for act in ACTS:
        assert f"\n| {act} | " in page
