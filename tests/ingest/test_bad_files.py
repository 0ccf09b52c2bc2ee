"""A folder of bad files: each is refused by name, field and reason, the good are read."""

import codecs
import io

import pytest

from sources.documents import MAX_BYTES, MAX_TEXT
from sources.ingest import reading
from sources.ingest.draft import Draft, Refusal
from sources.ingest.reasons import sentence
from tests.ingest.files import PARAGRAPH, archive, page, pdf, word
from tests.ingest.test_docx import UNREADABLE as BAD_WORD
from tests.ingest.test_html import UNREADABLE as BAD_PAGES
from tests.ingest.test_pdf import UNREADABLE as BAD_PDF

CP1256 = "أغلق الجسر القديم".encode("cp1256")
DECLARED = '<meta charset="windows-1256">'

# name: content, line, field, words of the reason
BAD_TEXTS = {
    "empty.txt": (b"", None, "text", "needs a text"),
    "space.txt": (b" \r\n\t ", None, "text", "needs a text"),
    "mark.txt": (codecs.BOM_UTF8, None, "text", "needs a text"),
    "mark-and-newline.txt": (
        codecs.BOM_UTF16_LE + b"\n\0",
        None,
        "text",
        "needs a text",
    ),
    "cp1256.txt": (b"a\nb\n" + CP1256, 3, "encoding", "0xC3 at offset 4 is not utf-8"),
    "cp1256-first.text": (CP1256, 1, "encoding", "windows-1256"),
    "cut.txt": (PARAGRAPH.encode()[:1], 1, "encoding", "0xD8"),
    "latin.txt": ("café".encode("latin1"), 1, "encoding", "0xE9 at offset 3"),
    "quotes.txt": ("a\n“b”".encode("cp1252"), 2, "encoding", "0x93"),
    "nul.txt": (b"a\nb\0", 2, "encoding", "U+0000"),
    "bell.txt": (b"a\nb\n\x07", 3, "encoding", "U+0007"),
    "utf16.txt": ("نص".encode("utf-16-le"), 1, "encoding", "U+0006"),
    "utf16-latin.txt": ("text".encode("utf-16-be"), 1, "encoding", "U+0000"),
    "utf16-half.txt": (codecs.BOM_UTF16_LE + b"abc", 1, "encoding", "0x63"),
    "utf32.txt": ("a".encode("utf-32"), 1, "encoding", "U+0000"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n", 1, "encoding", "0x89"),
    "gzip.txt": (b"\x1f\x8b\x08\x00\x00", 1, "encoding", "0x8B"),
    "program.txt": (b"\x7fELF\x02\x01\x01\x00", 1, "encoding", "U+007F"),
    "portable.txt": (pdf("open"), None, "", "name it .pdf"),
    "portable.html": (pdf("open"), None, "", "name it .pdf"),
    "word.txt": (word("a"), None, "", "name it .docx"),
    "word.html": (word("a"), None, "", "name it .docx"),
    "archive.txt": (archive({"a": "b"}), None, "", "name it .docx"),
    "page.txt": (page().encode(), None, "", "name it .html"),
    "old-page.txt": (b"\n<HTML><body>", None, "", "name it .html"),
    "large.txt": (b"x" * (MAX_BYTES + 1), None, "", "larger than 10 MB"),
    "long.txt": (b"x" * (MAX_TEXT + 1), None, "text", "at most 2000000"),
    "cp1256.html": (page().encode("cp1256", "ignore"), None, "encoding", "not utf-8"),
    "declared-untruly.html": (
        page(head=DECLARED).replace('<meta charset="utf-8">', "").encode(),
        None,
        "encoding",
        "its bytes are UTF-8",
    ),
    "declared-unknown.html": (
        b"<html>\n<meta charset='klingon'>" + CP1256,
        None,
        "encoding",
        "did you mean",
    ),
    "nul.html": (b"<html>\n<p>a\0", 2, "encoding", "U+0000"),
    "utf16.html": (page().encode("utf-16-le"), 1, "encoding", "U+0000"),
    "letter.doc": (b"a", None, "", "Files of this kind are not read"),
    "letter.rtf": (b"{\\rtf1 a}", None, "", "Files of this kind are not read"),
    "letter.odt": (archive({"a": "b"}), None, "", "Files of this kind are not read"),
    "table.csv": (b"text\na", None, "", "Files of this kind are not read"),
    "record.json": (b'{"text": "a"}', None, "", "Files of this kind are not read"),
    "page.mhtml": (b"a", None, "", "Files of this kind are not read"),
    "picture.jpg": (b"a", None, "", "Files of this kind are not read"),
    "no-ending": (b"a", None, "", "Files of this kind are not read"),
    "bad.ndjson": (b'\n\n{"txt": "a"}', 3, "txt", "nearest is"),
    "bad.jsonl": (b"[]", 1, "", "no JSON object"),
    "array.ndjson": (b'[\n{"text": "a"}]\n', 1, "", "no JSON, from column 2"),
    "cp1256.ndjson": (b'{"text": "' + CP1256 + b'"}', 1, "encoding", "0xC3"),
    "pretty.ndjson": (b'{\n"text": "a"\n}', 1, "", "no JSON, from column 2"),
}

# By the first bytes more can be said than that it is not what it should be.
SAID_BETTER = {
    "a page.docx": "name it .html",
    "a document of Word.pdf": "name it .docx",
}


def cases():
    """All bad files by name, those of the other tests among them."""
    yield from BAD_TEXTS.items()
    for kind, bad in ("html", BAD_PAGES), ("docx", BAD_WORD), ("pdf", BAD_PDF):
        for name, (content, reason) in bad.items():
            as_bytes = content.encode() if isinstance(content, str) else content
            said = SAID_BETTER.get(f"{name}.{kind}", sentence(reason))
            yield f"{name}.{kind}", (as_bytes, None, "", said)


BAD = dict(cases())
GOOD = {
    "good.txt": PARAGRAPH.encode(),
    "good.html": page().encode(),
    "good.docx": word(PARAGRAPH),
    "zz last.PDF": pdf("open"),
}


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    """What is read from a folder of all these files, by the path of the file."""
    folder = tmp_path_factory.mktemp("bad")
    for name, content in {
        **{name: case[0] for name, case in BAD.items()},
        **GOOD,
    }.items():
        (folder / name).write_bytes(content)
    read = {}
    nothing = io.BufferedReader(io.BytesIO())
    for outcome in reading.from_paths([str(folder)], stdin=nothing):
        read.setdefault(outcome.place.file.removeprefix(f"{folder}/"), []).append(
            outcome
        )
    return read


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_with_its_name_line_field_and_reason(outcomes, name):
    _content, line, field, reason = BAD[name]
    refusal = outcomes[name][0]
    assert isinstance(refusal, Refusal)
    if line:
        assert refusal.place.line == line
    assert refusal.field == field
    assert reason in refusal.reason
    assert reason in str(refusal)
    assert name in str(refusal)


@pytest.mark.parametrize("name", GOOD)
def test_a_good_file_beside_them_is_read(outcomes, name):
    (draft,) = outcomes[name]
    assert isinstance(draft, Draft)


def test_every_file_is_accounted_for(outcomes):
    assert outcomes.keys() == {*BAD, *GOOD}
