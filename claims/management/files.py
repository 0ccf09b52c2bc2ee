"""The file that a command receives: on disk, with its digest, readable from the start."""

from __future__ import annotations

import hashlib
import shutil
import sys
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING

from django.core.management.base import CommandError

if TYPE_CHECKING:
    from collections.abc import Iterator

STANDARD_INPUT = "-"


@contextmanager
def opened(path: str) -> Iterator[tuple[IO[bytes], str]]:
    """Open a file, or keep standard input as one; yield it with its SHA-256.

    Raises:
        CommandError: when it cannot be read.
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
            yield file, digest
    except OSError as refusal:
        message = f"{path} cannot be read: {refusal.strerror}"
        raise CommandError(message, returncode=2) from refusal


def n_lines(path: str) -> int | None:
    """Return how many lines a file has; None of standard input."""
    if path == STANDARD_INPUT:
        return None
    with Path(path).open("rb") as file:
        return sum(
            piece.count(b"\n") for piece in iter(lambda: file.read(1 << 20), b"")
        )
