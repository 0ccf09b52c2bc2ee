"""The bytes that texts were taken from: files in the data folder, named by their digests.

A file is there whole before the row that names it is committed, so no row lacks its
own. One whose row was never committed stays behind; it harms nobody, and the next
import of the same bytes finds it.
"""

from __future__ import annotations

import hashlib
import os
import re
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp

from django.conf import settings

_DIGEST = re.compile("[0-9a-f]{64}")


class Lost(Exception):
    """The file of an original is missing or is another; the message says which."""


def digest_of(content: bytes) -> str:
    """Return the SHA-256 under which bytes are kept; empty where there are none."""
    return hashlib.sha256(content).hexdigest() if content else ""


def keep(content: bytes) -> None:
    """Keep bytes for good, once; a file that was damaged is written anew.

    Raises:
        OSError: when they cannot be written; then nothing of them is left.
    """
    digest = digest_of(content)
    with suppress(Lost):
        read(digest)
        return
    _write(_path(digest), content)


def read(digest: str) -> bytes:
    """Return the bytes that have this digest.

    Raises:
        Lost: when the file is missing, cannot be read, or holds other bytes.
    """
    if _DIGEST.fullmatch(digest) is None:
        message = "no original is kept under this digest"
        raise Lost(message)
    path = _path(digest)
    name = path.relative_to(settings.DATA_DIR)
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        message = f"the original is missing: {name}"
        raise Lost(message) from error
    except OSError as error:
        message = f"the original cannot be read: {name}: {error.strerror}"
        raise Lost(message) from error
    if digest_of(content) != digest:
        message = f"the original was altered: {name}"
        raise Lost(message)
    return content


def _path(digest: str) -> Path:
    folder: Path = settings.DATA_DIR / "originals"
    return folder / digest[:2] / digest[2:]


def _write(path: Path, content: bytes) -> None:
    """Write a file that is there whole or not at all, also after a power cut."""
    folders = path.parents[:3]
    for folder in reversed(folders):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, name = mkstemp(dir=path.parent, prefix=".")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(descriptor)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    for folder in folders:
        _flush(folder)


def _flush(folder: Path) -> None:
    """Let the disk have the names in a folder."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
