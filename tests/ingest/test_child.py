"""The child process: its limits end it, and the next document gets a new one."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sources.documents import MAX_TEXT, Document, Reason, Unreadable, child
from sources.ingest import extracting
from sources.ingest.extracting import Extraction
from tests.ingest.files import PARAGRAPH, page, pdf, word

SLOW = b"<h1>a</h1>" * 20_000
"""Takes a second or more: headings are compared with each other."""


@pytest.fixture
def readers(tmp_path, monkeypatch):
    """A child that also knows a reader of ours, given as its code."""

    def known(code):
        (tmp_path / "reader_of_a_test.py").write_text(code)
        (tmp_path / "child_of_a_test.py").write_text(
            "import sys\n"
            f"sys.path[:0] = [{str(tmp_path)!r}, {str(Path(child.__file__).parents[2])!r}]\n"
            "from sources.documents import child\n"
            "child.READERS['test'] = 'reader_of_a_test'\n"
            "child.CPU_SECONDS = 1\n"
            "child.main()\n"
        )
        monkeypatch.setattr(
            extracting, "COMMAND", [sys.executable, tmp_path / "child_of_a_test.py"]
        )

    return known


OTHERS = set()

READ = "from sources.documents import Document\ndef read(content):\n    "


@pytest.fixture(autouse=True)
def _children_before():
    """Do not count what other tests keep."""
    OTHERS.update(children())
    yield
    OTHERS.clear()


def refused(extraction, kind, content):
    with pytest.raises(Unreadable) as unreadable:
        extraction.document(kind, content)
    return unreadable.value.reason


def still_reads(extraction):
    return PARAGRAPH in extraction.document("html", page().encode()).text


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        pytest.param("while True: pass", Reason.TOO_SLOW, id="endless"),
        pytest.param("bytearray(2_000_000_000)", Reason.TOO_MUCH_MEMORY, id="memory"),
        pytest.param("import os; os._exit(9)", Reason.DAMAGED, id="gone"),
        pytest.param("import os; os.abort()", Reason.DAMAGED, id="aborted"),
        pytest.param("raise KeyError", Reason.DAMAGED, id="a bug"),
        pytest.param("return Document('', 'x')", Reason.NO_TEXT, id="no text"),
        pytest.param(
            f"return Document('x' * {MAX_TEXT + 1}, 'x')",
            Reason.TOO_LONG,
            id="too long",
        ),
        pytest.param(
            f"return Document('x', 'x', title='x' * {8 * MAX_TEXT})",
            Reason.DAMAGED,
            id="an answer without end",
        ),
    ],
)
def test_what_brings_the_child_down_is_a_reason_and_the_next_is_read(
    readers, code, reason
):
    readers(READ + code)
    with Extraction() as extraction:
        assert refused(extraction, "test", b"a") is reason
        assert still_reads(extraction)


def test_a_document_that_waits_is_ended_by_the_clock(readers):
    readers(READ + "import time; time.sleep(60)")
    with Extraction(seconds=0.5) as extraction:
        started = time.monotonic()
        assert refused(extraction, "test", b"a") is Reason.TOO_SLOW
        assert time.monotonic() - started < 5


def test_a_document_goes_through_json_whole():
    document = Document("ا\n“b”\u2028", "x", title="c", published=("2022", "2021"))
    assert Document.from_json(json.loads(json.dumps(document.to_json()))) == document


def test_what_a_library_prints_is_no_answer(readers):
    readers(READ + "print('{}', flush=True); return Document('b', 'x')")
    with Extraction() as extraction:
        assert extraction.document("test", b"a").text == "b"


def test_the_child_writes_no_file(readers, tmp_path):
    readers(READ + f"open({str(tmp_path / 'new')!r}, 'w').write('a')")
    with Extraction() as extraction:
        assert refused(extraction, "test", b"a") is Reason.DAMAGED
    assert not (tmp_path / "new").read_bytes()


def test_the_child_is_told_nothing_of_our_environment(readers, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "secret")
    readers(READ + "import os; return Document(' '.join(['a', *os.environ]), 'x')")
    with Extraction() as extraction:
        assert "SECRET_KEY" not in extraction.document("test", b"a").text


def test_a_page_that_takes_too_long_is_refused_by_the_clock():
    with Extraction(seconds=0.2) as extraction:
        assert refused(extraction, "html", SLOW) is Reason.TOO_SLOW


def test_one_child_reads_many_documents_of_all_kinds():
    with Extraction() as extraction:
        for _ in range(3):
            assert still_reads(extraction)
            assert extraction.document("pdf", pdf("open")).text == "open"
            assert extraction.document("docx", word("a")).text == "a"
        assert len(children()) == 1


def test_a_new_child_comes_after_many_documents(monkeypatch):
    monkeypatch.setattr(extracting, "DOCUMENTS_A_CHILD", 2)
    with Extraction() as extraction:
        seen = []
        for _ in range(4):
            extraction.document("pdf", pdf("open"))
            seen += children()
    assert [seen[0] == seen[1], seen[1] == seen[2], seen[2] == seen[3]] == [
        True,
        False,
        True,
    ]


def test_a_child_that_died_meanwhile_is_replaced():
    with Extraction() as extraction:
        assert still_reads(extraction)
        (pid,) = children()
        os.kill(pid, signal.SIGKILL)
        os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
        assert still_reads(extraction)


def test_no_child_is_left_behind(readers):
    readers(READ + "while True: pass")
    with Extraction() as extraction:
        refused(extraction, "test", b"a")
        still_reads(extraction)
    assert children() == []


def test_a_child_that_does_not_end_is_ended(readers):
    readers(
        "import atexit, time\natexit.register(time.sleep, 60)\n"
        f"{READ}return Document('b', 'x')"
    )
    with Extraction(seconds=3) as extraction:
        assert extraction.document("test", b"a").text == "b"
    assert children() == []


def test_no_child_starts_before_it_is_needed():
    with Extraction():
        assert children() == []


def test_the_child_starts_fast_and_without_django():
    code = "import sys, sources.documents.child; print('django' in sys.modules)"
    started = time.perf_counter()
    result = subprocess.run(  # noqa: S603  # our own interpreter
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout == "False\n"
    assert time.perf_counter() - started < 1


def test_the_child_ends_when_nobody_asks_any_more():
    question = json.dumps({"kind": "pdf", "size": 0}).encode() + b"\n"
    result = subprocess.run(  # noqa: S603  # our own module
        extracting.COMMAND,
        input=question * 2,
        capture_output=True,
        check=True,
        cwd=Path(child.__file__).parents[2],
    )
    assert result.stdout == b'{"unreadable": "NOT_ITS_KIND"}\n' * 2


def children():
    """The processes this one has started and not yet seen the end of."""
    mine = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = status.read_text().rpartition(")")[2].split()[1]
        except OSError:
            continue
        if int(parent) == os.getpid():
            mine.append(int(status.parent.name))
    return [pid for pid in mine if pid not in OTHERS]
