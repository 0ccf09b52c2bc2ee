"""Documents of Word: what a reader sees of them, and nothing of bombs."""

import random

import pytest

from sources.documents import Reason, Unreadable
from sources.documents.docx import MAX_ENTRIES, MAX_UNPACKED, read
from tests.ingest.files import PARAGRAPH, archive, changed, saved, word

BODY = "word/document.xml"
PLAIN = word(PARAGRAPH)


def run(text):
    return f"<w:r><w:t>{text}</w:t></w:r>"


def test_the_text_is_exact_a_line_for_each_paragraph():
    paragraphs = [PARAGRAPH, "", "Some 3,500 families – “every day”.", " ١٢ ألف "]
    document = read(word(*paragraphs))
    assert document.text == "\n".join(paragraphs)
    assert document.extractor == "python-docx 1.2.0"


def test_it_is_read_the_same_way_in_the_child(extraction):
    assert extraction.document("docx", PLAIN) == read(PLAIN)


@pytest.mark.parametrize(
    ("paragraph", "seen"),
    [
        pytest.param(f"<w:ins>{run('b')}</w:ins>", "b", id="an insertion"),
        pytest.param(
            "<w:del><w:r><w:delText>b</w:delText></w:r></w:del>", "", id="a deletion"
        ),
        pytest.param(f"<w:moveFrom>{run('b')}</w:moveFrom>", "", id="moved away"),
        pytest.param(f"<w:moveTo>{run('b')}</w:moveTo>", "b", id="moved here"),
        pytest.param(f"<w:hyperlink>{run('b')}</w:hyperlink>", "b", id="a link"),
        pytest.param(
            f"<w:sdt><w:sdtContent>{run('b')}</w:sdtContent></w:sdt>", "b", id="a field"
        ),
        pytest.param("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r>", "a\tb", id="a tab"),
        pytest.param(
            "<w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r>", "a\nb", id="a break"
        ),
        pytest.param(
            "<w:r><w:t>60</w:t><w:noBreakHyphen/><w:t>90</w:t></w:r>",
            "60\u201190",
            id="a hyphen",
        ),
        pytest.param(
            "<w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr>" + run("b"),
            "b",
            id="a tab stop",
        ),
        pytest.param(run("٣٥٠٠") + run(" أسرة"), "٣٥٠٠ أسرة", id="two runs"),
    ],
)
def test_what_a_reader_sees_is_read(paragraph, seen):
    assert read(word(".", paragraph)).text == f".\n{seen}".rstrip("\n")


def test_a_table_is_read_cell_by_cell():
    import docx  # noqa: PLC0415  # only here is one built that way

    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    for number, cell in enumerate([*table.rows[0].cells, *table.rows[1].cells]):
        cell.text = str(number)
    assert read(saved(document)).text.split() == ["0", "1", "2", "3"]


def test_the_title_is_the_paragraph_in_that_style():
    document = read(word(PARAGRAPH, title="فتح الجسر"))
    assert document.title == "فتح الجسر"
    assert document.text == f"فتح الجسر\n{PARAGRAPH}"
    assert read(PLAIN).title == ""


def with_body(change):
    return changed(PLAIN, BODY, change)


def with_entity(body):
    named = body.replace(
        b"<w:document", b'<!DOCTYPE d [<!ENTITY e "b">]><w:document', 1
    )
    return named.replace(PARAGRAPH.encode(), b"&e;")


LAUGHS = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))

LOCKED = bytearray(archive({"a": "b"}))
LOCKED[LOCKED.index(b"PK\x01\x02") + 8] |= 1  # so the table of contents says

UNREADABLE = {
    "nothing": (b"", Reason.NOT_ITS_KIND),
    "a text": (PARAGRAPH.encode(), Reason.NOT_ITS_KIND),
    "a page": (b"<html><body>a</body></html>", Reason.NOT_ITS_KIND),
    "an old .doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), Reason.ENCRYPTED),
    "an entry behind a password": (bytes(LOCKED), Reason.ENCRYPTED),
    "another archive": (archive({"a.txt": "a"}), Reason.NOT_ITS_KIND),
    "an empty archive": (archive({}), Reason.NOT_ITS_KIND),
    "no relations": (
        changed(PLAIN, "_rels/.rels", lambda _: b"<Relationships/>"),
        Reason.NOT_ITS_KIND,
    ),
    "other types": (
        changed(PLAIN, "[Content_Types].xml", lambda _: b"<Types/>"),
        Reason.NOT_ITS_KIND,
    ),
    "a body of something else": (with_body(lambda _: b"<a/>"), Reason.NOT_ITS_KIND),
    "the first half": (PLAIN[: len(PLAIN) // 2], Reason.DAMAGED),
    "ten bytes": (PLAIN[:10], Reason.DAMAGED),
    "all but the end": (PLAIN[:-10], Reason.DAMAGED),
    "half a body": (with_body(lambda body: body[: len(body) // 2]), Reason.DAMAGED),
    "an entity": (with_body(with_entity), Reason.DAMAGED),
    "entities in entities": (
        with_body(
            lambda body: body.replace(
                b"<w:document",
                f'<!DOCTYPE d [<!ENTITY e0 "ha">{LAUGHS}]><w:document'.encode(),
                1,
            ).replace(PARAGRAPH.encode(), b"&e9;")
        ),
        Reason.DAMAGED,
    ),
    "an unknown entity": (
        with_body(lambda body: body.replace(PARAGRAPH.encode(), b"&b;")),
        Reason.DAMAGED,
    ),
    "nested deep": (
        with_body(
            lambda body: body.replace(
                b"<w:body>", b"<w:body>" + b"<w:sdt>" * 5000 + b"</w:sdt>" * 5000
            )
        ),
        Reason.DAMAGED,
    ),
    "too many entries": (
        archive({str(number): "" for number in range(MAX_ENTRIES + 1)}),
        Reason.TOO_MANY_PARTS,
    ),
    "a zip bomb": (
        changed(PLAIN, "word/styles.xml", lambda _: bytes(MAX_UNPACKED)),
        Reason.UNPACKS_TOO_LARGE,
    ),
}


@pytest.mark.parametrize(("content", "reason"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_is_no_whole_document_is_refused(content, reason):
    with pytest.raises(Unreadable) as refused:
        read(content)
    assert refused.value.reason is reason


def test_a_document_without_a_text_is_refused_by_the_child(extraction):
    with pytest.raises(Unreadable) as refused:
        extraction.document("docx", word())
    assert refused.value.reason is Reason.NO_TEXT


def test_an_entry_that_lies_about_its_size_is_damage():
    bomb = changed(PLAIN, "word/styles.xml", lambda _: bytes(50_000_000))
    size = (50_000_000).to_bytes(4, "little")
    with pytest.raises(Unreadable) as refused:
        read(bomb.replace(size, (100).to_bytes(4, "little")))
    assert refused.value.reason is Reason.DAMAGED


def test_damaged_bytes_are_read_or_refused():
    chance = random.Random(1)  # noqa: S311  # damage, no secret
    for _ in range(200):
        damaged = bytearray(PLAIN)
        for _ in range(3):
            damaged[chance.randrange(len(PLAIN))] = chance.randrange(256)
        try:
            read(bytes(damaged))
        except Unreadable:
            continue
