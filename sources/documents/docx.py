"""The text of a DOCX document, as its readers see it."""

import io
import zipfile
import zlib
from functools import cache
from importlib.metadata import version

import docx
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from lxml.etree import QName, XMLSyntaxError, strip_elements

from sources.documents import Document, Reason, Unreadable

MAX_ENTRIES = 2_000
MAX_UNPACKED = 100_000_000
LINES_BEFORE_A_TITLE = 20

_OLD_FORMAT = b"\xd0\xcf\x11\xe0"
"""How an old .doc begins, and a .docx behind a password."""

_DAMAGES = (zipfile.BadZipFile, zlib.error, XMLSyntaxError, OSError, EOFError)
_WRITTEN = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
_READ = [qn(f"w:{name}") for name in ("p", "t", *_WRITTEN)]

# Not seen: what was deleted or moved away, tab stops, and the second form of a thing.
_UNSEEN = [
    *(qn(f"w:{name}") for name in ("del", "moveFrom", "tabs")),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
]


def read(content: bytes) -> Document:
    """The text of a document, a line for each paragraph, tables cell by cell.

    Insertions and text boxes, which python-docx passes over, are read too.

    Raises:
        Unreadable: when it is no such document, locked, damaged, or a zip bomb.
    """
    _refuse_bombs(content)
    try:
        word = docx.Document(io.BytesIO(content))
        text = _text(word)
    except _DAMAGES as error:
        raise Unreadable(Reason.DAMAGED) from error
    except (KeyError, ValueError, AttributeError, RuntimeError) as error:
        raise Unreadable(Reason.NOT_ITS_KIND) from error  # a zip of something else
    if word.element.getroottree().docinfo.doctype:
        raise Unreadable(Reason.DAMAGED)  # no program writes entities into one
    return Document(text=text, extractor=_extractor(), title=_title(word))


@cache
def _extractor() -> str:
    return f"python-docx {version('python-docx')}"


def _refuse_bombs(content: bytes) -> None:
    """Look at the table of contents before anything is unpacked."""
    if content.startswith(_OLD_FORMAT):
        raise Unreadable(Reason.ENCRYPTED)
    try:
        entries = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        is_zip = content.startswith(b"PK")
        raise Unreadable(Reason.DAMAGED if is_zip else Reason.NOT_ITS_KIND) from error
    if len(entries) > MAX_ENTRIES:
        raise Unreadable(Reason.TOO_MANY_PARTS)
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise Unreadable(Reason.UNPACKS_TOO_LARGE)
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable(Reason.ENCRYPTED)


def _text(word: WordDocument) -> str:
    body = word.element.body
    strip_elements(body, *_UNSEEN, with_tail=False)
    lines: list[list[str]] = [[]]
    for piece in body.iter(*_READ):
        kind = QName(piece).localname
        if kind == "p":
            lines.append([])
        else:
            lines[-1].append(_WRITTEN.get(kind) or piece.text or "")
    return "\n".join(map("".join, lines)).strip("\n")


def _title(word: WordDocument) -> str:
    """The first paragraph in the style of a title, near the beginning."""
    first = word.paragraphs[:LINES_BEFORE_A_TITLE]
    titles = (p.text for p in first if p.style and p.style.name == "Title")
    return next(filter(None, map(str.strip, titles)), "")
