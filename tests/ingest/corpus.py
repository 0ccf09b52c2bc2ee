"""Some hundred bad files, each with the line, the field and words of the reason.

Most are made of tables: every way to damage a text in every kind of file, every wrong
value in every field of a record. A record stands on the second line of its file.
"""

import codecs
import json
import os
from collections import Counter
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from sources.documents import MAX_BYTES, MAX_TEXT
from sources.ingest.decoding import ENCODINGS
from sources.ingest.fields import FIELDS
from sources.ingest.reasons import sentence
from tests.ingest.files import PARAGRAPH, archive, page, pdf, word
from tests.ingest.test_docx import UNREADABLE as BAD_WORD
from tests.ingest.test_html import UNREADABLE as BAD_PAGES
from tests.ingest.test_pdf import UNREADABLE as BAD_PDF
from tests.specs import rows

Make = Callable[[Path], object]


class Bad(NamedTuple):
    """A bad file, by its content or by what puts it there."""

    content: bytes | Make
    line: int | None
    field: str
    reason: str


def corpus() -> dict[str, Bad]:
    """All bad files by name."""
    tables = (
        *(_written(), _damaged_text(), _other_encodings(), _other_kinds()),
        *(_documents(), _cut_off(), _records(), _wrong_values(), _unsuited()),
        _no_files(),
    )
    found = [case for table in tables for case in table]
    names = Counter(name for name, _bad in found)
    assert names.most_common(1)[0][1] == 1, names.most_common(9)
    return dict(found)


def write(folder: Path) -> None:
    """Put all bad files into a folder."""
    for name, bad in corpus().items():
        path = folder / name
        if isinstance(bad.content, bytes):
            path.write_bytes(bad.content)
        else:
            bad.content(path)


Table = Iterator[tuple[str, Bad]]

# --- texts and pages ---

DECLARED = '<meta charset="windows-1256">'
PLAIN = '<meta charset="utf-8">'
FITS = {"windows-1251": "мост открыт", "windows-1252": "le café coûte"}
TURKISH = {"windows-1254", "iso-8859-9", "iso-8859-15"}


def _written() -> Table:
    empty = ("text", "needs a text")
    for name, content in {
        "empty": b"",
        "space": b" \r\n\t ",
        "mark": codecs.BOM_UTF8,
        "mark-and-newline": codecs.BOM_UTF16_LE + b"\n\0",
        "newlines": b"\r\n\r\n\n\r",
    }.items():
        yield f"{name}.txt", Bad(content, None, *empty)
    large, long = b"x" * (MAX_BYTES + 1), b"x" * (MAX_TEXT + 1)
    yield "large.txt", Bad(large, None, "", "larger than 10 MB")
    yield "long.txt", Bad(long, None, "text", "at most 2000000")
    untrue = page(head=DECLARED).replace(PLAIN, "").encode()
    yield "untrue.html", Bad(untrue, None, "encoding", "its bytes are UTF-8")
    unknown = page().replace("utf-8", "klingon").encode()
    yield "unknown.html", Bad(unknown, None, "encoding", "did you mean")


# What damages a text, and the words that say so.
DAMAGES = {
    "half of a pair": (b"\xed\xa0\x80", "0xED"),
    "the other half": (b"\xed\xbf\xbf", "0xED"),
    "an overlong NUL": (b"\xc0\x80", "0xC0"),
    "an overlong slash": (b"\xe0\x80\xaf", "0xE0"),
    "an overlong letter": (b"\xf0\x80\x80\x80", "0xF0"),
    "beyond Unicode": (b"\xf4\x90\x80\x80", "0xF4"),
    "far beyond": (b"\xf5\x80\x80\x80", "0xF5"),
    "no byte of UTF-8": (b"\xfe", "0xFE"),
    "nor this one": (b"\xff", "0xFF"),
    "half a letter": (b"\xd8", "0xD8"),
    "a third of one": (b"\xe2\x80", "0xE2"),
    "most of an emoji": (b"\xf0\x9f\x98", "0xF0"),
    "an end without a start": (b"\x80", "0x80"),
    "a byte too many": ("ا".encode() + b"\xa7", "0xA7"),
    "latin-1": ("é".encode("latin-1"), "0xE9"),
    "quotation marks": ("“".encode("cp1252"), "0x93"),
    "NUL": (b"\0", "U+0000"),
    "UTF-32": ("\n".encode("utf-32-be")[:3], "U+0000"),
}
CONTROLS = [*range(1, 9), *range(14, 32), 127, 0x80, 0x84, 0x86, 0x9F]


def _damaged_text() -> Table:
    for name, (damage, reason) in DAMAGES.items():
        text = b"a\r\nb\n" + damage + b" c\n"
        yield f"{name}.txt", Bad(text, 3, "encoding", reason)
        markup = b"<p>a\r\n<p>b\n<p>" + damage + b" c"
        yield f"{name}.html", Bad(markup, 3, "encoding", reason)
        record = b'\n{"text": "' + damage + b'"}'
        yield f"{name}.ndjson", Bad(record, 2, "encoding", reason)
    for code in CONTROLS:
        text = f"a\n{chr(code)}b".encode()
        yield f"control {code:02x}.txt", Bad(text, 2, "encoding", f"U+{code:04X}")
    for mark in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        yield f"half {mark[0]:x}.txt", Bad(mark + b"abc", 1, "encoding", "0x63")
        text = mark + b"{\0}\0"
        yield f"mark {mark[0]:x}.ndjson", Bad(text, 1, "encoding", "mark of utf-16")
    for mark in (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE):
        yield f"mark of UTF-32 {mark[0]:x}.txt", Bad(mark, 1, "encoding", "U+0000|0xFE")
    bare = "نص".encode("utf-16-le")
    yield "UTF-16.txt", Bad(bare, 1, "encoding", "U+0006")


def _other_encodings() -> Table:
    """Texts in other encodings, which nobody chose."""
    for name, codec in ENCODINGS.items():
        if name.startswith("utf"):
            continue
        words = FITS.get(name, "köprü" if name in TURKISH else "أغلق الجسر")
        letters = words.encode(codec)
        text = b"a\nb\n" + letters
        yield f"{name}.txt", Bad(text, 3, "encoding", "is not utf-8")
        undeclared = b"<p>a\n<p>" + letters
        yield f"{name}.html", Bad(undeclared, 2, "encoding", "is not utf-8")
        record = b'\n{"text": "' + letters + b'"}'
        yield f"{name}.ndjson", Bad(record, 2, "encoding", "is not utf-8")


# --- kinds of files ---

UNREAD = (
    *("doc", "odt", "rtf", "csv", "tsv", "json", "xml", "mhtml", "eml", "md", "epub"),
    *("xlsx", "pptx", "pages", "zip", "gz", "tar", "rar", "exe", "py", "log", "bak"),
    *("txt~", "ndjson.part", ""),
)


def _other_kinds() -> Table:
    for ending in UNREAD:
        reason = "not read, but those ending in .txt"
        yield f"letter.{ending}", Bad(b"a", None, "", reason)
    contents = {"pdf": pdf("a"), "docx": word("a"), "html": page().encode()}
    for kind, content in contents.items():
        for ending in sorted({"txt", "text", "html", "docx", "pdf"} - {kind}):
            name = f"{kind} as.{ending}"
            yield name, Bad(content, None, "", f"name it .{kind}")
    yield "archive.txt", Bad(archive({"a": "b"}), None, "", "name it .docx")
    yield "old page.txt", Bad(b"\n<HTML><body>", None, "", "name it .html")
    for name, start in {
        "picture": b"\x89PNG\r\n\x1a\n",
        "gzip": b"\x1f\x8b\x08\x00",
        "7z": b"7z\xbc\xaf\x27\x1c",
    }.items():
        yield f"{name}.txt", Bad(start, 1, "encoding", "Choose the encoding")
    yield "program.txt", Bad(b"\x7fELF\x02\x01", 1, "encoding", "U+007F")


# By the first bytes more can be said than that it is not what it should be.
SAID_BETTER = {
    "a page.docx": "name it .html",
    "a document of Word.pdf": "name it .docx",
}


def _documents() -> Table:
    """What the tests of each kind have, as files."""
    for kind, bad in ("html", BAD_PAGES), ("docx", BAD_WORD), ("pdf", BAD_PDF):
        for case, (content, reason) in bad.items():
            name = f"{case}.{kind}"
            raw = content.encode() if isinstance(content, str) else content
            said = SAID_BETTER.get(name, sentence(reason))
            yield name, Bad(raw, None, "", said)


def _cut_off() -> Table:
    """Documents of Word that a disk or a network kept a part of."""
    whole = word(PARAGRAPH, title="فتح الجسر")
    for tenths in range(1, 10):
        part = whole[: len(whole) * tenths // 10]
        yield f"{tenths} tenths.docx", Bad(part, None, "", "is damaged")
    for name, entries in {
        "nested": {"a.docx": whole},
        "climbing": {"../../a.txt": "a"},
        "only a text": {"word/document.xml": "<w/>"},
    }.items():
        content = archive(entries)
        yield f"{name}.docx", Bad(content, None, "", "not what the end of its name")


# --- records ---


def _record(line: str | bytes, *case: str) -> Bad:
    raw = line if isinstance(line, bytes) else line.encode()
    field, reason = case
    return Bad(b"\n" + raw, 2, field, reason)


def _records() -> Table:
    for number, row in enumerate(rows("bad_records"), 1):
        line, field, reason = row.values
        case = ("" if field == "-" else field, reason)
        yield f"record {number:02}.ndjson", _record(line, *case)
    for name, (line, reason) in {
        "large": (b'{"text": "' + b"x" * MAX_BYTES + b'"}', "larger than 10 MB"),
        "deep": (b'{"text": ' + b"[" * 50_000, "nested too deep"),
        "long number": (b'{"text": ' + b"9" * 50_000 + b"}", "number too long"),
        "raw newline": (b'{"text": "a\rb"}', "no JSON, from column"),
        "raw tab": (b'{"text": "a\tb"}', "no JSON, from column"),
        "unclosed": (b'{"text": "a', "no JSON, from column"),
        "unclosed name": (b'{"text', "no JSON, from column"),
        "mac newlines": (b'{"text": "a"}\r{"text": "b"}', "no JSON, from column"),
        "two marks": (codecs.BOM_UTF8 * 2 + b'{"text": "a"}', "no JSON, from column"),
        "single quotes": (b"{'text': 'a'}", "no JSON, from column"),
    }.items():
        yield f"{name}.ndjson", _record(line, "", reason)
    pretty = json.dumps({"text": "a"}, indent=1).encode()
    yield "pretty.ndjson", Bad(pretty, 1, "", "no JSON, from column 2")
    yield "list.jsonl", Bad(b"[]", 1, "", "no JSON object")


TYPES = ("5", "-0.5", "1e400", "0", "true", "false", '["a"]', '{"a": "b"}')
LONGEST = {"title": 500, "byline": 300, "source": 200, "url": 1000}
ADDRESSES = [
    *("a", "//a.example", "http:/a.example", "http://", "http://a", "http://.example"),
    *("http://a.example:99999", "http://a b.example", "data:text/html,a", "mailto:a@b"),
    *("http://[::1", "http://-a.example", "http://a..example", "file:///etc/passwd"),
]
DAYS = [
    *("2022-00", "2022-01-00", "2022-01-32", "2021-02-29", "20220125", "2022-W04"),
    *("2022/01/25", "25.1.2022", "10000-01-01", "-2022", "2022-01-25T24:01", "today"),
    *("1e3", "2022-01-25T", "٢٠٢٢", "2022-01-25T08:00+99:00"),
]


def _wrong_values() -> Table:
    """Every wrong value in every field that refuses it."""
    for field in FIELDS:
        for number, written in enumerate(TYPES):
            text = '"text": "a", ' if field != "text" else ""
            line = f'{{{text}"{field}": {written}}}'
            yield f"{field} {number}.ndjson", _record(line, field, "not a string")
        twice = f'{{"{field}": "a", "{field}": "a"}}'
        yield f"{field} twice.ndjson", _record(twice, field, "given twice")
    for field, value, reason in _wrong_words():
        line = json.dumps({"text": "a", field: value})
        digest = sha256(line.encode()).hexdigest()[:8]
        yield f"{field} {digest}.ndjson", _record(line, field, reason)


def _wrong_words() -> Iterator[tuple[str, str, str]]:
    """Yield a field, words that it refuses, and the reason."""
    for field, longest in LONGEST.items():
        yield field, "b" * (longest + 1), f"at most {longest}"
        for code in (0, 7, 0xD800, 0x2028):
            yield field, f"a{chr(code)}b", f"U+{code:04X}"
    for address in ADDRESSES:
        yield "url", address, "no address"
        yield "archive_url", address, "no address"
    for day in DAYS:
        yield "published", day, "is no date"
        yield "fetched_at", day, "is no moment"


# --- what only the base knows ---

TAKEN = "https://taken.example/1"
#: The names of sources in the base; the last two are of two sources.
SOURCES = ("The Herald", "The News", "The News")


def _unsuited() -> Table:
    """Records that are sound and do not fit what is in the base."""
    for name, values, reason in (
        ("nobody", {"source": "Nobody"}, "There is no source"),
        ("almost", {"source": "The Heralds"}, "The nearest is “The Herald”"),
        ("both", {"source": "the news"}, "name of several sources"),
        ("taken", {"source": "The Herald", "url": TAKEN}, "is of another source"),
    ):
        line = json.dumps({"text": "a", **values})
        yield f"{name}.ndjson", _record(line, "source", reason)


# --- what is no file ---


def _no_files() -> Table:
    def to(target: str) -> Make:
        return lambda path: path.symlink_to(target)

    no_file, unread = "It is no file.", "It cannot be read: "
    for name, made, reason in (
        ("pipe", os.mkfifo, no_file),
        ("device", to("/dev/zero"), no_file),
        ("gone", to("nowhere"), f"{unread}No such file"),
        ("itself", to("itself.txt"), f"{unread}Too many levels"),
        ("through a file", to("empty.txt/a"), f"{unread}Not a directory"),
        ("unreadable", to("/proc/self/mem"), f"{unread}Input/output error"),
    ):
        yield f"{name}.txt", Bad(made, None, "", reason)
