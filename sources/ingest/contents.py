"""What one file holds, as a draft: a plain text, or what a child process took out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from sources.documents import MAX_BYTES, Document, Reason, Unreadable
from sources.ingest import decoding, fields
from sources.ingest.draft import Draft, Place, Refusal, SourceOrigin
from sources.models import DateOrigin

if TYPE_CHECKING:
    from sources.ingest.extracting import Extraction

MEDIA_TYPES = {
    "txt": "text/plain",
    "html": "text/html",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
"""The kinds of files that hold one article."""

UNCONFIRMED = {"pdf"}
"""Kinds whose text a person must compare: order and digits may be wrong."""

_BEGINNINGS = {
    b"%pdf-": "pdf",
    b"pk\x03\x04": "docx",
    b"<!doctype html": "html",
    b"<html": "html",
}


def draft_of(
    content: bytes, kind: str, *, encoding: str, extraction: Extraction
) -> Draft:
    """The article of a file; its place is not known here.

    Args:
        content: The whole file.
        kind: One of `MEDIA_TYPES`.
        encoding: What a person chose; empty if nobody did.
        extraction: Takes texts out of all but plain ones.

    Raises:
        Refusal: naming the field and the reason.
        Unreadable: when nothing was taken out.
    """
    if len(content) > MAX_BYTES:
        raise Unreadable(Reason.TOO_LARGE)
    draft = Draft(
        place=Place(""),
        text="",
        original=content,
        media_type=MEDIA_TYPES[kind],
        unconfirmed=kind in UNCONFIRMED,
    )
    _refuse_other_kinds(content, kind)
    if kind == "txt":
        decoded = decoding.decode(content, chosen=encoding)
        text = fields.read("text", decoded.text)
        return replace(draft, text=text, encoding=decoded.encoding)
    if kind == "html":
        decoded = decoding.decode(content, chosen=encoding, is_page=True)
        content = decoded.text.encode()
        draft = replace(draft, encoding=decoded.encoding)
    return _with(draft, extraction.document(kind, content))


def _refuse_other_kinds(content: bytes, kind: str) -> None:
    beginning = content[:100].lstrip().lower()
    for mark, other in _BEGINNINGS.items():
        if beginning.startswith(mark) and other != kind:
            message = _("It begins like another kind of file: name it .%(kind)s.")
            raise Refusal(message % {"kind": other})


def _with(draft: Draft, document: Document) -> Draft:
    """The draft with what a document states; what cannot stand is left out aloud."""
    stated: dict[str, Any] = {}
    remarks: list[str] = []
    for name, value in _stated(document).items():
        try:
            stated[name] = fields.read(name, value)
        except Refusal as refusal:
            left_out = _("%(field)s was left out: %(reason)s")
            remarks.append(left_out % {"field": name, "reason": refusal.reason})
    if len(document.published) > 1:
        several = _("published was left out: the page states several days: %(days)s.")
        remarks.append(several % {"days": ", ".join(document.published[:5])})
    return replace(
        draft,
        text=fields.read("text", document.text),
        extractor=document.extractor,
        published_origin=DateOrigin.METADATA if "published" in stated else None,
        source_origin=SourceOrigin.SITE_NAME if "source" in stated else None,
        remarks=tuple(remarks),
        **stated,
    )


def _stated(document: Document) -> dict[str, str]:
    """What a document states besides its text, by the names of a draft's fields."""
    stated = {
        "title": document.title,
        "byline": document.byline,
        "language": document.language.replace("_", "-").lower(),
        "url": document.url,
        "source": document.site,
        "published": document.published[0] if len(document.published) == 1 else "",
    }
    return {name: value for name, value in stated.items() if value.strip()}
