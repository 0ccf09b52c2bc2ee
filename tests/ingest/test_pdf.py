"""PDF documents: a draft of their text, page after page."""

import pytest

from sources.documents import Reason, Unreadable
from sources.documents.pdf import MAX_PAGES, read
from tests.ingest.files import pdf, word

LINE = "The bridge is open."
LOCKED = (
    b"/Encrypt << /Filter /Standard /V 1 /R 2 /O <"
    + b"41" * 32
    + b"> /U <"
    + b"42" * 32
) + b"> /P -4 >> /ID [<41414141><41414141>] "


def test_the_text_is_read_page_after_page():
    document = read(pdf(LINE, "Some 3500 families cross it."))
    assert document.text == f"{LINE}\n\nSome 3500 families cross it."
    assert document.extractor.startswith("pypdfium2 5.")
    assert document.title == ""


def test_it_is_read_the_same_way_in_the_child(extraction):
    assert extraction.document("pdf", pdf(LINE)) == read(pdf(LINE))


WHOLE = pdf(LINE)
UNREADABLE = {
    "nothing": (b"", Reason.NOT_ITS_KIND),
    "a text": (LINE.encode(), Reason.NOT_ITS_KIND),
    "a document of Word": (word(LINE), Reason.NOT_ITS_KIND),
    "a heading alone": (b"%PDF-1.4\n", Reason.DAMAGED),
    "a third": (WHOLE[: len(WHOLE) // 3], Reason.DAMAGED),
    "bytes": (b"%PDF-1.4\n" + bytes(range(256)) * 100, Reason.DAMAGED),
    "no pages": (pdf(), Reason.DAMAGED),
    "a password": (pdf(LINE, trailer=LOCKED), Reason.ENCRYPTED),
    "too many pages": (pdf(*[LINE] * (MAX_PAGES + 1)), Reason.TOO_MANY_PARTS),
}


@pytest.mark.parametrize(("content", "reason"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_is_no_whole_document_is_refused(content, reason):
    with pytest.raises(Unreadable) as refused:
        read(content)
    assert refused.value.reason is reason


def test_a_picture_of_a_text_is_refused_by_the_child(extraction):
    with pytest.raises(Unreadable) as refused:
        extraction.document("pdf", pdf(" "))
    assert refused.value.reason is Reason.NO_TEXT


def test_too_long_a_text_is_refused(monkeypatch):
    monkeypatch.setattr("sources.documents.pdf.MAX_TEXT", 10)
    with pytest.raises(Unreadable) as refused:
        read(pdf(LINE))
    assert refused.value.reason is Reason.TOO_LONG
