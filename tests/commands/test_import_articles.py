"""`manage.py import_articles` brings in what it can and says what it refused."""

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from rich.console import Console

from sources import history
from sources.management import progress
from sources.models import Article, ArticleVersion, SuggestedDerivation
from tests import factories as make
from tests.ingest.files import page

pytestmark = pytest.mark.django_db

BOATS = {
    "title": "Boats leave at dawn",
    "text": make.ENGLISH,
    "url": "https://harbour.example/boats",
    "language": "en",
    "published": "2024-05-02",
}
ARABIC = {
    "title": "عبور النهر",
    "text": make.ARABIC,
    "url": "https://harbour.example/ar",
}


@pytest.fixture(autouse=True)
def editor() -> Any:
    """The only one, who brings things in unless another is named."""
    return make.an_editor("mina")


def a_file(folder: Path, *records: Any) -> str:
    path = folder / "articles.ndjson"
    lines = [r if isinstance(r, str) else json.dumps(r) for r in records]
    path.write_text("\n".join(lines))
    return str(path)


def run(*arguments: str) -> tuple[int, str, list[str]]:
    """The exit code, what was said, and the lines about what was refused."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    try:
        call_command("import_articles", *arguments, stdout=out, stderr=err)
    except SystemExit as ended:
        code = ended.code
    return code, out.getvalue(), err.getvalue().splitlines()


def counts(*arguments: str) -> dict[str, int]:
    """The counts that are not 0, of a run that refused nothing."""
    code, out, err = run("--json", *arguments)
    assert (code, err) == (0, [])
    told = json.loads(out)
    assert told.pop("refusals") == told.pop("remarks") == []
    return {name: n for name, n in told.items() if n}


def refusals(*arguments: str) -> list[str]:
    code, _out, err = run(*arguments)
    assert code == 1
    return err


def usage(*arguments: str) -> str:
    """What a run says that reads nothing because it was told the wrong thing."""
    with pytest.raises(CommandError) as told:
        call_command("import_articles", *arguments)
    return str(told.value)


def test_articles_come_in_with_the_only_editors_name(tmp_path, editor):
    found = counts(a_file(tmp_path, BOATS, ARABIC))
    assert (found["read"], found["new"]) == (2, 2)
    english, arabic = Article.objects.order_by("pk")
    assert (english.title, str(english.published_latest)) == (
        *("Boats leave at dawn", "2024-05-02"),
    )
    assert arabic.language == "ar"
    assert {entry.actor for entry in history.timeline(arabic)} == {editor}


def test_a_second_run_changes_nothing(tmp_path):
    path = a_file(tmp_path, BOATS, ARABIC)
    run(path)
    before = history.head(), SuggestedDerivation.objects.count()
    assert counts(path) == {"read": 2, "unchanged": 2}
    assert (history.head(), SuggestedDerivation.objects.count()) == before


def test_a_new_text_of_a_known_article_is_a_new_version(tmp_path):
    run(a_file(tmp_path, BOATS))
    make.a_recorded_claim(version=ArticleVersion.objects.get())
    found = counts(a_file(tmp_path, BOATS | {"text": f"{make.ENGLISH} More followed."}))
    assert (found["new_versions"], found["statements_carried"]) == (1, 1)
    assert Article.objects.get().versions.count() == 2


def test_one_bad_record_stops_no_other_and_says_where_it_is(tmp_path):
    path = a_file(
        tmp_path,
        BOATS,
        "{not json",
        BOATS | {"url": "https://harbour.example/2", "published": "2.5.24"},
        BOATS | {"url": "https://harbour.example/3", "source": "Nobody"},
        ARABIC,
    )
    told = refusals(path)
    assert [line.split(": ")[0] for line in told] == [
        f"{path}, line 2",
        f"{path}, line 3, published",
        f"{path}, line 4, source",
    ]
    assert Article.objects.count() == 2


def test_a_program_reads_what_was_refused_as_json(tmp_path):
    code, out, _err = run("--json", a_file(tmp_path, BOATS | {"source": "Nobody"}))
    told = json.loads(out)
    assert (code, told["read"], told["refused"]) == (1, 1, 1)
    [refusal] = told["refusals"]
    assert Path(refusal["file"]).name == "articles.ndjson"
    assert (refusal["line"], refusal["field"]) == (1, "source")
    assert refusal["reason"] == "There is no source “Nobody”."


def test_a_rehearsal_counts_as_the_run_would_and_stores_nothing(tmp_path):
    make.an_article(url="https://harbour.example/old", text=make.ARABIC)
    path = a_file(
        tmp_path,
        BOATS,
        BOATS | {"url": "http://www.harbour.example/boats/"},
        BOATS | {"text": f"{make.ENGLISH} More followed."},
        BOATS | {"url": ""},
        ARABIC | {"url": "https://harbour.example/old"},
    )
    before = history.head()
    rehearsed = counts("--dry-run", path)
    assert rehearsed.pop("dry_run") is True
    assert history.head() == before
    done = counts(path)
    for name in ("read", "new", "new_versions", "unchanged"):
        assert rehearsed[name] == done[name], name


def test_what_is_said_of_all_articles_counts_where_they_say_nothing(tmp_path):
    make.a_source(slug="harbour")
    make.a_source(slug="gazette", name_en="The Gazette")
    path = a_file(tmp_path, BOATS, ARABIC | {"source": "harbour"})
    told = ("--source", "the gazette", "--language", "ckb")
    counts(path, *told, "--fetched-at", "2024-05-02T10:00:00+02:00")
    found = Article.objects.order_by("pk").values_list("source__slug", "language")
    assert list(found) == [("gazette", "ckb"), ("harbour", "ckb")]
    assert {version.fetched_at for version in ArticleVersion.objects.all()} == {
        make.FETCHED_AT
    }


def test_records_come_from_standard_input_too(monkeypatch):
    stdin = io.TextIOWrapper(io.BufferedReader(io.BytesIO(json.dumps(BOATS).encode())))
    monkeypatch.setattr("sys.stdin", stdin)
    assert counts("-")["new"] == 1


def test_a_chosen_encoding_is_used(tmp_path):
    path = tmp_path / "text.txt"
    path.write_bytes(f"عبور النهر\n\n{make.ARABIC[:40]}".encode("cp1256"))
    assert "utf-8" in refusals(str(path))[0].lower()
    counts(str(path), "--encoding", "windows-1256")
    assert Article.objects.get().title == "عبور النهر"


def test_the_counts_are_said_in_a_line(tmp_path):
    path = a_file(tmp_path, BOATS)
    out = run("--dry-run", path)[1]
    assert out.startswith("read 1, new 1, new_versions 0, unchanged 0, refused 0")
    assert out.endswith("(dry run: nothing was stored)\n")
    assert "dry run" not in run(path)[1]


def test_what_was_found_and_not_taken_is_said_once(tmp_path):
    head = '<link rel="canonical" href="/1">'
    (tmp_path / "boats.html").write_text(page(head=head))
    said = f"{tmp_path}/boats.html: url was left out: “/1” is no address of a web page."
    assert run(str(tmp_path))[2] == [said]
    assert run(str(tmp_path))[2] == []


def test_a_program_reads_what_was_not_taken_as_json(tmp_path):
    head = '<link rel="canonical" href="/1">'
    (tmp_path / "boats.html").write_text(page(head=head))
    [remark] = json.loads(run("--json", "--dry-run", str(tmp_path))[1])["remarks"]
    assert (remark["file"], remark["line"]) == (f"{tmp_path}/boats.html", None)
    assert remark["remark"].startswith("url was left out")


# --- folders ---


def a_saved_page(folder: Path) -> str:
    """A folder as a browser saves a page, as a system leaves it."""
    (folder / "boats_files").mkdir()
    (folder / "boats.html").write_text(page())
    names = ("boats_files/a.JPG", "boats_files/b.css", "Thumbs.db", ".DS_Store")
    for name in names:
        (folder / name).write_bytes(b"\xff\xd8")
    return str(folder)


def test_what_plainly_is_no_article_is_counted_and_no_failure(tmp_path):
    found = counts(a_saved_page(tmp_path))
    assert (found["read"], found["new"], found["passed_over"]) == (1, 1, 3)


def test_it_is_named_when_more_is_asked(tmp_path):
    said = run("-v2", a_saved_page(tmp_path))[2]
    assert len(said) == 3
    assert said[0] == f"{tmp_path}/Thumbs.db: It is no article: passed over."


@pytest.mark.parametrize("name", ["boats.doc", "boats.json", "boats.txt~", "boats"])
def test_what_may_be_an_article_and_is_not_read_is_a_failure(tmp_path, name):
    (tmp_path / name).write_text(make.ENGLISH)
    [said] = refusals(str(tmp_path))
    assert said.startswith(f"{tmp_path}/{name}: Files of this kind are not read, but")
    assert ".txt" in said


def test_whoever_names_a_picture_is_told_that_it_is_not_read(tmp_path):
    path = tmp_path / "a.jpg"
    path.write_bytes(b"a")
    assert "not read" in refusals(str(path))[0]


# --- stopping ---


class Interrupted(io.RawIOBase):
    """Standard input that gives one article before somebody presses Ctrl-C."""

    given = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self.given:
            raise KeyboardInterrupt
        self.given = True
        line = json.dumps(BOATS).encode() + b"\n"
        buffer[: len(line)] = line
        return len(line)


def test_who_stops_it_keeps_whole_articles_and_reads_how_to_go_on(
    monkeypatch, tmp_path
):
    stdin = io.TextIOWrapper(io.BufferedReader(Interrupted()))
    monkeypatch.setattr("sys.stdin", stdin)
    code, out, err = run("-")
    assert (code, out.split(",")[:2]) == (130, ["read 1", " new 1"])
    assert err == [
        "Stopped: what is counted is stored, each article whole. Run the same command "
        "again to go on; what came in is unchanged then."
    ]
    assert ArticleVersion.objects.get().suggestions.exists()
    found = counts(a_file(tmp_path, BOATS, ARABIC))
    assert (found["unchanged"], found["new"]) == (1, 1)


# --- on a terminal ---


@pytest.fixture
def terminal(monkeypatch) -> io.StringIO:
    """What a terminal of 80 columns would show."""
    shown = io.StringIO()
    console = Console(file=shown, force_terminal=True, width=80)
    monkeypatch.setattr(progress, "Console", lambda **_options: console)
    return shown


def test_a_bar_counts_records_and_files_on_a_terminal(tmp_path, terminal):
    a_file(tmp_path, BOATS, "", ARABIC)
    (tmp_path / "text.txt").write_text(make.ARABIC)
    (tmp_path / "photo.jpg").write_bytes(b"a")
    run(str(tmp_path))
    assert "3/3" in terminal.getvalue()
    assert re.search(r"\d/s", terminal.getvalue())


def test_of_standard_input_the_bar_knows_no_end(monkeypatch, terminal):
    stdin = io.TextIOWrapper(io.BufferedReader(io.BytesIO(json.dumps(BOATS).encode())))
    monkeypatch.setattr("sys.stdin", stdin)
    counts("-")
    assert "1/?" in terminal.getvalue()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param([], "required: PATH", id="no path"),
        pytest.param(["x", "--user", "nobody"], "no account nobody", id="no account"),
        pytest.param(["x", "--source", "Nobody"], "no source “Nobody”", id="no source"),
        pytest.param(["x", "--encoding", "utf-7"], "utf-8", id="no encoding"),
        pytest.param(["x", "--language", "Arabic"], "tag", id="no language"),
        pytest.param(["x", "--fetched-at", "now"], "is no moment", id="no moment"),
    ],
)
def test_a_wrong_argument_is_said_before_anything_is_read(arguments, said):
    assert said in usage(*arguments)


def test_of_two_editors_one_has_to_be_named(tmp_path):
    other = make.an_editor("sami")
    path = a_file(tmp_path, BOATS)
    assert "--user" in usage(path)
    counts(path, "--user", "sami")
    assert {entry.actor for entry in history.timeline(Article.objects.get())} == {other}


def test_an_account_that_does_not_record_is_refused(tmp_path):
    make.a_reviewer("rami")
    assert "no role" in usage(a_file(tmp_path, BOATS), "--user", "rami")
