"""`manage.py suggest` reads articles, and says how the rules do."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from rich.console import Console

from claims import suggestions
from claims.models import Suggestion
from sources.management import progress
from tests import factories as make
from tests.models.rows import a_suggestion

pytestmark = pytest.mark.django_db


def said(*arguments: str) -> str:
    out = StringIO()
    call_command("suggest", *arguments, stdout=out)
    return out.getvalue()


def counted(*arguments: str) -> dict[str, int]:
    return json.loads(said(*arguments, "--json"))


def test_the_named_articles_are_read_and_no_others():
    one, other = make.an_article(), make.an_article()
    counts = counted(one.code)
    assert counts["articles"] == 1
    assert counts["added"] == Suggestion.objects.count() > 0
    assert not Suggestion.objects.filter(article_version__article=other)


def test_of_each_article_the_last_text_is_read():
    article = make.an_article()
    last = make.a_version(article=article, text=f"{make.ENGLISH} More follows.")
    make.an_article()
    assert counted("--all")["articles"] == 2
    versions = Suggestion.objects.filter(article_version__article=article)
    assert {row.article_version for row in versions} == {last}


def test_reading_again_adds_nothing():
    make.an_article()
    first, again = counted("--all"), counted("--all")
    assert (again["added"], again["kept"]) == (0, first["added"])


def test_a_dry_run_counts_and_stores_nothing():
    article = make.an_article()
    assert counted(article.code, "--dry-run")["added"] > 0
    assert Suggestion.objects.count() == 0


def test_a_person_reads_the_counts_in_one_line():
    article = make.an_article()
    added = counted(article.code, "--dry-run")["added"]
    assert said(article.code) == (
        f"articles 1, added {added}, updated 0, removed 0, kept 0\n"
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        pytest.param((), "--all", id="nothing named"),
        pytest.param(("a-one", "--all"), "--all", id="one and all"),
        pytest.param(("a-one", "a-other"), "a-one, a-other", id="unknown codes"),
    ],
)
def test_a_call_that_reads_nothing_says_why(arguments: tuple[str, ...], sentence: str):
    with pytest.raises(CommandError, match=sentence):
        said(*arguments)


def test_an_unknown_code_keeps_the_others_from_being_read():
    with pytest.raises(CommandError, match=r"No such article: a-other$"):
        said(make.an_article().code, "a-other")
    assert Suggestion.objects.count() == 0


def test_the_report_counts_what_became_of_each_rule():
    suggestion = a_suggestion()
    suggestions.dismiss(suggestion, actor=make.an_editor(), at=make.RECORDED_AT)
    a_suggestion()
    rules = {rule["rule"]: rule for rule in json.loads(said("--report", "--json"))}
    told = rules["number-before-noun"]
    assert (told["open"], told["dismissed"], told["precision"]) == (1, 1, "0.000")
    [line] = [
        line for line in said("--report").splitlines() if "number-before-noun" in line
    ]
    assert [cell.strip() for cell in line.split("│")[2:-1]] == [
        *("1", "0", "0", "1", "0.0%", "")
    ]


def test_a_bar_moves_on_a_terminal(monkeypatch: pytest.MonkeyPatch):
    terminal = StringIO()

    def console(**options: object) -> Console:
        return Console(file=terminal, force_terminal=True, width=80, **options)

    monkeypatch.setattr(progress, "Console", lambda **_options: console())
    make.an_article()
    said("--all")
    assert "Reading" in terminal.getvalue()
