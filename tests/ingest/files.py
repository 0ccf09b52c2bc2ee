"""Files made by code: documents of Word, PDF documents, pages, archives."""

import io
import zipfile

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

PARAGRAPH = (
    "أعلنت البلدية صباح الخميس أن الجسر القديم فتح أمام السيارات بعد أن استمر"
    " إصلاحه سبعة أشهر، وأن نحو ٣٥٠٠ أسرة تعبره كل يوم."
)


def page(*paragraphs, head="", title="فتح الجسر القديم", lang="ar"):
    """A news page with navigation around the article."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs or (PARAGRAPH,))
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">{head}'
        f"<title>{title}</title></head><body>"
        '<nav><a href="/">الرئيسية</a> <a href="/2">رياضة</a></nav>'
        f"<article><h1>{title}</h1>{body}</article>"
        "<footer>جميع الحقوق محفوظة</footer></body></html>"
    )


def word(*paragraphs, title=""):
    """A document of Word; paragraphs that begin with `<` are its own XML."""
    document = docx.Document()
    if title:
        document.add_paragraph(title, style="Title")
    for paragraph in paragraphs:
        if paragraph.startswith("<"):
            xml = f"<w:p {nsdecls('w')}>{paragraph}</w:p>"
            document.element.body.insert(-1, parse_xml(xml))
        else:
            document.add_paragraph(paragraph)
    return saved(document)


def saved(document):
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def archive(entries):
    """A zip archive of names and contents."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in entries.items():
            packed.writestr(name, content)
    return stream.getvalue()


def changed(content, name, change):
    """A document of Word with one of its parts changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        entries = {entry: packed.read(entry) for entry in packed.namelist()}
    return archive({**entries, name: change(entries[name])})


def pdf(*pages, trailer=b""):
    """A PDF document, a line of Latin text a page."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * index) for index in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for index, line in enumerate(pages):
        stream = b"BT /F1 12 Tf 72 700 Td (%s) Tj ET" % line.encode()
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % (5 + 2 * index),
            b"<< /Length %d >> stream\n%s\nendstream" % (len(stream), stream),
        ]
    return _assembled(objects, trailer)


def _assembled(objects, trailer):
    content, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return content + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R %s>>\n"
        b"startxref\n%d\n%%%%EOF" % (size, table, size, trailer, len(content))
    )
