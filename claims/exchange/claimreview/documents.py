"""ClaimReview objects in the files that carry them, with the line that each begins in.

A file is one JSON document (an object, a list, an `@graph`, a feed of any depth) or has
one a line. Numbers come as they are written, as text.
"""

from __future__ import annotations

import json
import json.decoder
import json.scanner
from dataclasses import dataclass
from itertools import chain
from typing import IO, TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from sources.documents import MAX_BYTES
from sources.ingest.draft import Place, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Raw = dict[str, Any]

_SECOND = 2

_BOM = b"\xef\xbb\xbf"
_VOCABULARIES = ("http://schema.org/", "https://schema.org/", "schema:")


@dataclass(frozen=True, slots=True)
class Found:
    """An object in a document, where it begins, and all that others can name by id."""

    place: Place
    raw: Raw
    named: dict[str, Raw]


def bare(term: str) -> str:
    """Return a term of schema.org without the vocabulary that it may be written with."""
    for vocabulary in _VOCABULARIES:
        term = term.removeprefix(vocabulary)
    return term


def types_of(raw: Raw) -> list[str]:
    """Return what an object says it is."""
    stated = raw.get("@type", raw.get("type", []))
    stated = stated if isinstance(stated, list) else [stated]
    return [bare(each) for each in stated if isinstance(each, str)]


def reviews(stream: IO[bytes], file: str) -> Iterator[Found | Refusal]:
    """Yield every ClaimReview of a file, or why a line or the whole of it has none.

    Of a file with one document a line only one is held at a time; a document over
    several lines is read whole, up to `MAX_BYTES`.
    """
    lines = _lines(stream)
    for number, line in lines:
        if not line.strip():
            continue
        if _is_document(line):
            yield from _line_by_line(chain([(number, line)], lines), file)
        else:
            yield from _as_a_whole(number, line, lines, file)


def _lines(stream: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """Yield the lines by number; of one that is too long, only so much as shows it."""
    number = 0
    while line := stream.readline(MAX_BYTES + 1):
        number += 1
        yield number, line.removeprefix(_BOM) if number == 1 else line
        while len(line) > MAX_BYTES and not line.endswith(b"\n"):
            line = stream.readline(MAX_BYTES + 1)


def _is_document(line: bytes) -> bool:
    try:
        _parsed(line)
    except Refusal:
        return False
    return True


def _line_by_line(
    lines: Iterable[tuple[int, bytes]], file: str
) -> Iterator[Found | Refusal]:
    for number, line in lines:
        if line.strip():
            yield from _in_document(line, Place(file, number), is_whole=False)


def _as_a_whole(
    number: int, first: bytes, others: Iterator[tuple[int, bytes]], file: str
) -> Iterator[Found | Refusal]:
    """Read what goes on over several lines; line by line where the second is whole."""
    held, size = [(number, first)], len(first)
    for following in others:
        held.append(following)
        size += len(following[1])
        if len(held) == _SECOND and _begins_another(first, following[1]):
            yield from _line_by_line(chain(held, others), file)
            return
        if size > MAX_BYTES:
            break
    before = b"\n" * (number - 1)
    whole = before + b"".join(line for _number, line in held)
    yield from _in_document(whole, Place(file, number), is_whole=True)


def _begins_another(first: bytes, second: bytes) -> bool:
    """Tell whether a second line is a document, the first being a broken one."""
    in_a_list = first.lstrip().startswith(b"[")
    return not in_a_list and second.startswith(b"{") and _is_document(second)


def _in_document(
    written: bytes, place: Place, *, is_whole: bool
) -> Iterator[Found | Refusal]:
    try:
        document = _parsed(written, is_whole=is_whole)
    except Refusal as refusal:
        line = refusal.place.line if is_whole else place.line
        refusal.place = Place(place.file, line or place.line)
        yield refusal
        return
    objects = list(_objects(document))
    named = {
        each["@id"]: each
        for each in objects
        if len(each) > 1 and isinstance(each.get("@id"), str)
    }
    found = [each for each in objects if "ClaimReview" in types_of(each)]
    for raw in found:
        line = raw.line if isinstance(raw, _Located) else place.line
        yield Found(Place(place.file, line), raw, named)
    if not found:
        yield Refusal(_("There is no ClaimReview here."), place=place)


def _objects(document: Any) -> Iterator[Raw]:
    """Yield every object of a document, from the outside in, in reading order."""
    waiting = [document]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            yield each
            waiting.extend(reversed(list(each.values())))
        elif isinstance(each, list):
            waiting.extend(reversed(each))


# --- JSON ---


class _Located(dict[str, Any]):
    """An object that knows in which line of its document it begins."""

    line: int


class _Decoder(json.JSONDecoder):
    """Reads objects with the lines that they begin in."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.parse_object = self._located
        self.scan_once = json.scanner.py_make_scanner(self)  # type: ignore[attr-defined]  # not in the stubs

    def decode(self, s: str, *arguments: Any) -> Any:
        """Return what a text says."""
        self._counted = (0, 1)
        return super().decode(s, *arguments)

    def _located(self, at: tuple[str, int], *arguments: Any) -> tuple[_Located, int]:
        text, start = at
        counted, line = self._counted
        line += text.count("\n", counted, start)
        self._counted = (start, line)
        raw, end = json.decoder.JSONObject(at, *arguments)  # type: ignore[attr-defined]  # not in the stubs
        located = _Located(raw)
        located.line = line
        return located, end


def _no_number(written: str) -> None:
    raise ValueError(written)


def _parsed(written: bytes, *, is_whole: bool = False) -> Any:
    """Return what JSON says.

    Raises:
        Refusal: for what is no JSON; its place has the line, where one is known.
    """
    if len(written) > MAX_BYTES:
        message = _("It is larger than %(megabytes)d MB.")
        raise Refusal(message % {"megabytes": MAX_BYTES // 1_000_000})
    decoder = _Decoder if is_whole else json.JSONDecoder
    try:
        return json.loads(
            written.decode("utf-8"),
            cls=decoder,
            parse_int=str,
            parse_float=str,
            parse_constant=_no_number,
        )
    except UnicodeDecodeError:
        raise Refusal(_("It is no UTF-8.")) from None
    except json.JSONDecodeError as reason:
        place = Place("", reason.lineno)
        raise Refusal(_("It is no JSON."), place=place) from None
    except (ValueError, RecursionError):
        raise Refusal(_("It is no JSON.")) from None
