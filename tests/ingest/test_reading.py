"""Files, folders, standard input, uploads and pasted text become drafts."""

import io
import json
import os
import resource

import pytest

from sources.ingest import reading
from sources.ingest.contents import draft_of
from sources.ingest.draft import Draft, Place, Refusal, SourceOrigin
from sources.models import DateOrigin
from tests.ingest.files import PARAGRAPH, page, pdf, word

TEXT = f"فتح الجسر القديم\n\n{PARAGRAPH}"
RECORD = json.dumps({"text": TEXT})
NOTHING = b""


def read(*paths, stdin=NOTHING, **choices):
    stream = io.BufferedReader(io.BytesIO(stdin))
    return list(reading.from_paths(map(str, paths), stdin=stream, **choices))


def file(folder, name, content):
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_a_plain_text_stays_whole_and_unaltered(tmp_path):
    content = f"\ufeff{TEXT}\r\n \u200fنهاية\u00a0\n".encode()
    path = file(tmp_path, "a.txt", content)
    assert read(path) == [
        Draft(
            place=Place(str(path)),
            text=f"{TEXT}\n \u200fنهاية\u00a0\n",
            title="فتح الجسر القديم",
            language="ar",
            original=content,
            media_type="text/plain",
            encoding="utf-8",
        )
    ]


def test_a_page_gives_what_it_states(tmp_path):
    head = (
        '<meta property="og:site_name" content="شمس اليوم">'
        '<link rel="canonical" href="https://shams.example/1">'
        '<meta property="article:published_time" content="2022-01-25T22:00:00+03:00">'
    )
    content = page(head=head, lang="en-US").encode()
    (draft,) = read(file(tmp_path, "a.HTM", content))
    assert draft.title == "فتح الجسر القديم"
    assert draft.url == "https://shams.example/1"
    assert (draft.source, draft.source_origin) == ("شمس اليوم", SourceOrigin.SITE_NAME)
    assert str(draft.published.earliest) == "2022-01-25"
    assert draft.published_origin is DateOrigin.METADATA
    assert draft.language == "ar"
    assert draft.original == content
    assert (draft.media_type, draft.encoding) == ("text/html", "utf-8")
    assert draft.extractor.startswith("trafilatura 2.3")
    assert draft.remarks == ()
    assert not draft.unconfirmed


@pytest.mark.parametrize(
    ("head", "remark"),
    [
        ('<link rel="canonical" href="/1">', "url was left out: “/1” is no address"),
        ('<link rel="canonical" href="javascript:1">', "url was left out"),
        (
            f'<meta property="og:site_name" content="{"a" * 300}">',
            "source was left out",
        ),
        (
            '<meta property="article:published_time" content="25.1.2022">',
            "published was left out: “25.1.2022” is no date",
        ),
        (
            '<meta property="article:published_time" content="2022-01-25">'
            '<meta property="article:published_time" content="2022-01-26">',
            "several days: 2022-01-25, 2022-01-26",
        ),
        (f'<meta property="og:title" content="{"ا" * 600}">', "title was left out"),
    ],
)
def test_what_cannot_stand_is_left_out_aloud(extraction, head, remark):
    content = page(head=head).encode()
    draft = draft_of(content, "html", encoding="", extraction=extraction)
    assert len(draft.remarks) == 1
    assert remark in draft.remarks[0]
    assert PARAGRAPH in draft.text


def test_a_page_says_its_encoding(tmp_path):
    text = page("فتح الجسر القديم أمام السيارات صباح الخميس بعد سبعة أشهر من الإصلاح.")
    declared = text.replace("utf-8", "windows-1256").encode("cp1256")
    (draft,) = read(file(tmp_path, "a.html", declared))
    assert draft.encoding == "windows-1256"
    assert "فتح الجسر القديم أمام السيارات" in draft.text


def test_an_encoding_is_chosen_for_texts_and_not_for_records(tmp_path):
    file(tmp_path, "a.txt", "فتح الجسر".encode("cp1256"))
    file(tmp_path, "b.ndjson", RECORD)
    drafts = read(tmp_path, encoding="cp1256")
    assert [draft.encoding for draft in drafts] == ["windows-1256", "utf-8"]
    assert drafts[0].text == "فتح الجسر"


def test_a_document_of_word_is_read(tmp_path):
    (draft,) = read(file(tmp_path, "a.docx", word(PARAGRAPH, title="فتح الجسر")))
    assert (draft.title, draft.text) == ("فتح الجسر", f"فتح الجسر\n{PARAGRAPH}")
    assert draft.encoding == ""
    assert draft.extractor == "python-docx 1.2.0"
    assert not draft.unconfirmed


def test_a_pdf_is_an_unconfirmed_draft_without_a_date(tmp_path):
    (draft,) = read(file(tmp_path, "a.pdf", pdf("25 January 2022", "It is open.")))
    assert draft.unconfirmed
    assert draft.published is None
    assert draft.media_type == "application/pdf"


def test_a_folder_is_read_in_the_order_of_names_and_hidden_files_are_not(tmp_path):
    for name in ("b/1.txt", "a.txt", "c.txt", ".hidden.txt", ".git/d.txt"):
        file(tmp_path, name, TEXT)
    (tmp_path / "b" / "loop").symlink_to(tmp_path)
    names = [draft.place.file.removeprefix(f"{tmp_path}/") for draft in read(tmp_path)]
    assert names == ["a.txt", "b/1.txt", "c.txt"]


def test_the_name_of_a_file_is_shown_without_what_cannot_be_seen(tmp_path):
    path = os.fsencode(tmp_path) + b"/a\x1b[31m\xff.txt"
    with open(path, "wb"):  # noqa: PTH123  # a name that is no text
        pass
    (refusal,) = read(tmp_path)
    assert "/a\ufffd[31m\ufffd.txt: " in str(refusal).replace(", text", "")
    str(refusal).encode()


def test_what_is_no_file_is_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    refusals = read(tmp_path, tmp_path / "missing.txt", tmp_path / ("a" * 300))
    assert [refusal.reason for refusal in refusals] == [
        "It cannot be read: No such file or directory.",
        "It is no file.",
        "It cannot be read: No such file or directory.",
        "It cannot be read: File name too long.",
    ]


@pytest.mark.parametrize("before", ["", "\ufeff", " \n"])
def test_standard_input_is_records_when_it_begins_with_a_brace(before):
    (draft,) = read("-", stdin=f"{before}{RECORD}".encode())
    assert draft.text == TEXT
    assert draft.place.file == "standard input"


def test_standard_input_is_one_text_otherwise():
    (draft,) = read("-", stdin=TEXT.encode())
    assert (draft.text, draft.title) == (TEXT, "فتح الجسر القديم")


def test_records_are_completed_by_their_texts(tmp_path):
    (draft,) = read(file(tmp_path, "a.ndjson", RECORD))
    assert (draft.title, draft.language) == ("فتح الجسر القديم", "ar")


def test_an_upload_is_read_under_its_name():
    (draft,) = reading.uploaded("a.html", page().encode())
    assert draft.place == Place("a.html")
    (refusal,) = reading.uploaded("a.exe", b"a")
    assert isinstance(refusal, Refusal)
    (draft,) = reading.uploaded(
        "a.txt", TEXT.encode("cp1256", "ignore"), encoding="cp1256"
    )
    assert draft.title == "فتح الجسر القديم"
    assert len(list(reading.uploaded("a.ndjson", f"{RECORD}\n{RECORD}".encode()))) == 2


def test_a_pasted_text_is_read_or_refused():
    draft = reading.pasted(TEXT)
    assert (draft.text, draft.title, draft.media_type) == (TEXT, "فتح الجسر القديم", "")
    refusal = reading.pasted("a\0")
    assert (refusal.field, refusal.place.file) == ("text", "pasted text")


def test_many_records_take_the_memory_of_one(tmp_path):
    record = json.dumps({"text": "أ" * 200_000}, ensure_ascii=False)
    path = file(tmp_path, "a.ndjson", "\n".join([record] * 60))
    drafts = reading.from_paths([str(path)], stdin=io.BufferedReader(io.BytesIO()))
    for _ in range(10):
        next(drafts)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert sum(1 for _ in drafts) == 50
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown * 1024 < path.stat().st_size // 4
