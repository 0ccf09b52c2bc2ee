"""The text of a PDF document: a draft, because order and digits may be wrong."""

import pypdfium2

from sources.documents import MAX_TEXT, Document, Reason, Unreadable

MAX_PAGES = 500

_REASONS = {
    pypdfium2.raw.FPDF_ERR_PASSWORD: Reason.ENCRYPTED,
    pypdfium2.raw.FPDF_ERR_SECURITY: Reason.ENCRYPTED,
}


def read(content: bytes) -> Document:
    """The text of a document, page after page, an empty line between two.

    Raises:
        Unreadable: when it is none, locked, damaged, too long, or a picture of a text.
    """
    if b"%PDF-" not in content[:1024]:
        raise Unreadable(Reason.NOT_ITS_KIND)
    try:
        pdf = pypdfium2.PdfDocument(content)
        if len(pdf) > MAX_PAGES:
            raise Unreadable(Reason.TOO_MANY_PARTS)
        text = _text(pdf)
    except pypdfium2.PdfiumError as error:
        reason = _REASONS.get(error.err_code, Reason.DAMAGED)
        raise Unreadable(reason) from error
    return Document(text=text, extractor=f"pypdfium2 {pypdfium2.PYPDFIUM_INFO.version}")


def _text(pdf: pypdfium2.PdfDocument) -> str:
    pages: list[str] = []
    for page in pdf:
        pages.append(page.get_textpage().get_text_range().strip())
        if sum(map(len, pages)) > MAX_TEXT:
            raise Unreadable(Reason.TOO_LONG)
    return "\n\n".join(filter(None, pages)).replace("\0", "")
