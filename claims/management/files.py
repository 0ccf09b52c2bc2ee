"""The file that a command receives: on disk, with its digest, readable from the start."""

from __future__ import annotations

import codecs
import hashlib
import shutil
import sys
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING

from django.core.management.base import CommandError

from sources.ingest import decoding

if TYPE_CHECKING:
    from collections.abc import Iterator

STANDARD_INPUT = "-"
_AT_ONCE = 1 << 20


@contextmanager
def opened(path: str, encoding: str = "") -> Iterator[tuple[IO[bytes], str]]:
    """Open a file, or keep standard input as one; yield it with its SHA-256.

    Given an encoding, what is yielded is recoded as UTF-8.

    Raises:
        CommandError: when it cannot be read, or is not in the encoding.
    """
    try:
        with (
            TemporaryFile() if path == STANDARD_INPUT else Path(path).open("rb") as file
        ):
            if path == STANDARD_INPUT:
                shutil.copyfileobj(sys.stdin.buffer, file)
                file.seek(0)
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            file.seek(0)
            with _recoded(file, encoding) if encoding else nullcontext(file) as read:
                yield read, digest
    except UnicodeDecodeError as refusal:
        message = f"{path} is not {encoding or decoding.UTF_8}: choose its encoding."
        raise CommandError(message, returncode=2) from refusal
    except OSError as refusal:
        message = f"{path} cannot be read: {refusal.strerror}"
        raise CommandError(message, returncode=2) from refusal


@contextmanager
def _recoded(file: IO[bytes], encoding: str) -> Iterator[IO[bytes]]:
    pieces = iter(partial(file.read, _AT_ONCE), b"")
    with TemporaryFile() as recoded:
        for text in codecs.iterdecode(pieces, decoding.ENCODINGS[encoding]):
            recoded.write(text.encode())
        recoded.seek(0)
        yield recoded


def n_lines(path: str) -> int | None:
    """Return how many lines a file has; None of standard input."""
    if path == STANDARD_INPUT:
        return None
    with Path(path).open("rb") as file:
        return sum(
            piece.count(b"\n") for piece in iter(partial(file.read, _AT_ONCE), b"")
        )
