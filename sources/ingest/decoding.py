"""Turn bytes into text strictly: by what says so, never by a guess.

Almost any bytes are text in windows-1256 or ISO 8859, so trying encodings until one
fits finds a wrong one. What counts, in this order: the byte order mark, the encoding
a person chose, the one a web page declares, and UTF-8, which other text never fits.
"""

from __future__ import annotations

import codecs
import re
from contextlib import suppress
from difflib import get_close_matches
from typing import NamedTuple

from django.utils.translation import gettext as _

from sources.ingest.draft import Place, Refusal, shown

UTF_8 = "utf-8"

ENCODINGS = {
    UTF_8: "utf-8",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
    "windows-1256": "cp1256",
    "iso-8859-6": "iso8859-6",
    "cp720": "cp720",
    "mac-arabic": "mac-arabic",
    "windows-1252": "cp1252",
    "iso-8859-15": "iso8859-15",
    "windows-1254": "cp1254",
    "iso-8859-9": "iso8859-9",
    "windows-1251": "cp1251",
}
"""The encodings to choose from, as they are shown, and Python's names of them."""

_NAMES = {codecs.lookup(codec).name: name for name, codec in ENCODINGS.items()}

# Web browsers read the labels of the left as the encodings of the right, and so
# pages are written: https://encoding.spec.whatwg.org/#names-and-labels
_READ_AS = {
    "ascii": "windows-1252",
    "iso8859-1": "windows-1252",
    "iso8859-9": "windows-1254",
}
_MARKS = (
    (codecs.BOM_UTF8, UTF_8),
    (codecs.BOM_UTF16_LE, "utf-16le"),
    (codecs.BOM_UTF16_BE, "utf-16be"),
)
_DECLARED = re.compile(
    rb"""<(?:meta\s[^>]{0,300}?charset|\?xml\s[^>]{0,100}?encoding)
         \s*=\s*["']?\s*([\w.:-]{2,40})""",
    re.VERBOSE | re.IGNORECASE,
)
_HEAD = 4096

# Arabic in UTF-16 without a mark reads as Latin letters and controls.
_NO_TEXT = re.compile("[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_NUL = re.compile("\0")


class Decoded(NamedTuple):
    """A text and the encoding it was in, by the name it is shown by."""

    text: str
    encoding: str


def decode(content: bytes, *, chosen: str = "", is_page: bool = False) -> Decoded:
    """Decode the bytes of a file; newlines and all else stay as they are.

    Args:
        content: The whole file.
        chosen: The encoding a person chose; empty if nobody did.
        is_page: Whether it is HTML, which may declare its encoding.

    Raises:
        Refusal: naming the byte and its line, when the encoding does not fit, is not
            known, or two that say so contradict each other.
    """
    encoding, skip = known(chosen) if chosen else "", 0
    for mark, marked in _MARKS:
        if content.startswith(mark):
            _refuse_contradiction(marked, encoding)
            encoding, skip = marked, len(mark)
    if not encoding and is_page:
        encoding = _declared(content)
    decoded = _decoded(content, encoding or UTF_8, skip=skip)
    _refuse(_NUL if is_page else _NO_TEXT, decoded.text)
    return decoded


def known(name: str) -> str:
    """The name an encoding is shown by.

    Raises:
        Refusal: when it is none of ours, naming the nearest.
    """
    with suppress(LookupError, ValueError):
        codec = codecs.lookup(name).name
        if codec in _NAMES:
            return _NAMES[codec]
    nearest = get_close_matches(name.lower(), ENCODINGS, n=1) or [UTF_8]
    message = _(
        "“%(name)s” is no encoding that is read here; did you mean %(nearest)s?"
    )
    raise Refusal(
        message % {"name": shown(name), "nearest": nearest[0]}, field="encoding"
    )


def _refuse_contradiction(marked: str, chosen: str) -> None:
    if chosen and chosen != marked:
        message = _("The file begins with the mark of %(marked)s, not of %(chosen)s.")
        raise Refusal(message % {"marked": marked, "chosen": chosen}, field="encoding")


def _declared(page: bytes) -> str:
    """The encoding a page declares; empty when it declares none, or one it cannot have.

    The declaration was read as ASCII, so one of UTF-16 is no truth.
    """
    match = _DECLARED.search(page[:_HEAD])
    label = match[1].decode("ascii").lower() if match else ""
    if not label or label.startswith("utf-16"):
        return ""
    with suppress(LookupError):
        label = _READ_AS.get(codecs.lookup(label).name, label)
    encoding = known(label)
    if encoding != UTF_8 and not page.isascii() and _is_utf_8(page):
        message = _(
            "The page declares %(declared)s, but its bytes are UTF-8: choose one of them."
        )
        raise Refusal(message % {"declared": label}, field="encoding")
    return encoding


def _is_utf_8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _decoded(content: bytes, encoding: str, *, skip: int) -> Decoded:
    content = content[skip:]
    try:
        text = content.decode(ENCODINGS[encoding])
    except UnicodeDecodeError as error:
        before = content[: error.start].decode(ENCODINGS[encoding], "replace")
        values = {
            "byte": content[error.start],
            "position": error.start + skip,
            "encoding": encoding,
            "encodings": ", ".join(name for name in ENCODINGS if name != encoding),
        }
        message = _(
            "The byte 0x%(byte)02X at offset %(position)d is not %(encoding)s. Choose the"
            " encoding: %(encodings)s."
        )
        raise _at(before, message % values) from error
    return Decoded(text, encoding)


def _refuse(pattern: re.Pattern[str], text: str) -> None:
    """Refuse what shows that the bytes are no text, or one in another encoding."""
    if found := pattern.search(text):
        message = _(
            "U+%(code)04X is no text: choose the encoding, if it is one at all."
        )
        raise _at(text[: found.start()], message % {"code": ord(found.group())})


def _at(before: str, message: str) -> Refusal:
    """A refusal of what follows on a text."""
    place = Place("", before.count("\n") + 1)
    return Refusal(message, field="encoding", place=place)
