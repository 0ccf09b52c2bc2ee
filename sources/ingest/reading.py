"""Read files, folders, uploads and pasted text into drafts; nothing is stored.

One bad file or record never stops the others: a refusal comes in its place. Drafts
are made one by one, so ten thousand take the memory of one.
"""

from __future__ import annotations

import codecs
import io
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, TYPE_CHECKING

from django.utils.translation import gettext as _

from sources.documents import MAX_BYTES, Unreadable
from sources.ingest import contents, fields, records
from sources.ingest.completing import completed
from sources.ingest.draft import Draft, PassedOver, Place, Refusal
from sources.ingest.extracting import Extraction
from sources.ingest.reasons import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

STANDARD_INPUT = "-"
RECORDS = "ndjson"

KINDS = {
    **dict.fromkeys((".txt", ".text"), "txt"),
    **dict.fromkeys((".html", ".htm", ".xhtml"), "html"),
    ".docx": "docx",
    ".pdf": "pdf",
    **dict.fromkeys((".ndjson", ".jsonl"), RECORDS),
}
"""The kinds of files that are read, by how their names end."""

NO_ARTICLES = {
    *(
        ".jpg",
        ".jpeg",
        ".png",
        ".gif",
        ".webp",
        ".svg",
        ".bmp",
        ".ico",
        ".tif",
        ".tiff",
    ),
    *(
        ".heic",
        ".avif",
        ".mp3",
        ".m4a",
        ".wav",
        ".ogg",
        ".mp4",
        ".mov",
        ".webm",
        ".avi",
    ),
    *(".css", ".js", ".map", ".woff", ".woff2", ".ttf", ".otf", ".eot"),
    *(".ini", ".db", ".lnk"),
}
"""What lies in folders beside articles: pictures, sound, film, the parts of saved
pages, what systems leave behind. All else that is not read may be an article."""


def from_paths(
    paths: Iterable[str], *, stdin: io.BufferedReader, encoding: str = ""
) -> Iterator[Draft | Refusal]:
    """Read files, all files of folders in the order of their names, and `-`.

    Hidden files and linked folders are left out of folders, and what plainly is no
    article is passed over there.

    Args:
        paths: Files and folders; `-` is standard input, records or one text.
        stdin: Standard input.
        encoding: What a person chose for texts and pages; empty leaves it to them.
    """
    with Extraction() as extraction:
        reader = _Reader(encoding, extraction)
        for path in paths:
            if path == STANDARD_INPUT:
                yield from reader.stream(stdin, _("standard input"), _kind_of(stdin))
            else:
                yield from reader.path(Path(path))


def uploaded(
    name: str, content: bytes, *, encoding: str = ""
) -> Iterator[Draft | Refusal]:
    """Read a file that came through the web, under the name it has there."""
    with Extraction() as extraction:
        kind = KINDS.get(Path(name).suffix.lower(), "")
        yield from _Reader(encoding, extraction).stream(io.BytesIO(content), name, kind)


def pasted(text: str) -> Draft | Refusal:
    """Read a text that somebody pasted."""
    place = Place(_("pasted text"))
    try:
        return completed(Draft(place=place, text=fields.read("text", text)))
    except Refusal as refusal:
        refusal.place = place
        return refusal


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads whatever it is given the same way."""

    encoding: str
    extraction: Extraction

    def path(self, path: Path) -> Iterator[Draft | Refusal]:
        """Read a file or a folder."""
        for found in files(path):
            if isinstance(found, Refusal):
                yield found
            else:
                yield from self._file(found)

    def _file(self, path: Path) -> Iterator[Draft | Refusal]:
        try:
            if path.exists() and not path.is_file():  # a pipe would keep us waiting
                yield Refusal(_("It is no file."), place=Place(str(path)))
                return
            with path.open("rb") as stream:
                kind = KINDS.get(path.suffix.lower(), "")
                yield from self.stream(stream, str(path), kind)
        except OSError as error:
            yield _unreadable(path, error)

    def stream(
        self, stream: IO[bytes], name: str, kind: str
    ) -> Iterator[Draft | Refusal]:
        """Read the article or the records of an open file."""
        if kind == RECORDS:
            for read in records.drafts(stream, name):
                yield completed(read) if isinstance(read, Draft) else read
        elif kind:
            yield self._article(stream.read(MAX_BYTES + 1), name, kind)
        else:
            message = _(
                "Files of this kind are not read, but those ending in %(known)s."
            )
            yield Refusal(message % {"known": ", ".join(KINDS)}, place=Place(name))

    def _article(self, content: bytes, name: str, kind: str) -> Draft | Refusal:
        try:
            draft = contents.draft_of(
                content, kind, encoding=self.encoding, extraction=self.extraction
            )
        except Unreadable as unreadable:
            return Refusal(sentence(unreadable.reason), place=Place(name))
        except Refusal as refusal:
            refusal.place = Place(name, refusal.place.line)
            return refusal
        return completed(replace(draft, place=Place(name)))


def files(path: Path, *, is_inside: bool = False) -> Iterator[Path | Refusal]:
    """Yield a file, or all files of a folder in the order of their names."""
    try:
        inside = sorted(filter(_counts, path.iterdir())) if path.is_dir() else None
    except OSError as error:
        yield _unreadable(path, error)
        return
    if inside is not None:
        for inner in inside:
            yield from files(inner, is_inside=True)
    elif is_inside and path.suffix.lower() in NO_ARTICLES:
        yield PassedOver(_("It is no article: passed over."), place=Place(str(path)))
    else:
        yield path


def _unreadable(path: Path, error: OSError) -> Refusal:
    message = _("It cannot be read: %(reason)s.") % {"reason": error.strerror}
    return Refusal(message, place=Place(str(path)))


def _counts(path: Path) -> bool:
    """Whether something in a folder is read: nothing hidden, no way back up."""
    return not path.name.startswith(".") and not (path.is_symlink() and path.is_dir())


def _kind_of(stream: io.BufferedReader) -> str:
    beginning = stream.peek().removeprefix(codecs.BOM_UTF8).lstrip()
    return RECORDS if beginning.startswith(b"{") else "txt"
