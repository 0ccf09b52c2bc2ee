"""The process that takes texts out of files: `python -m sources.documents.child`.

Asked on standard input, any number of times: a line of JSON with the kind of the file
and its size in bytes, then the bytes. Answers each on standard output with a line
of JSON. Ends when standard input ends; is ended by its limits.
"""

import json
import os
import resource
import sys
from collections.abc import Iterator
from importlib import import_module
from typing import Any, BinaryIO, Protocol

from sources.documents import MAX_TEXT, Document, Reason, Unreadable

CPU_SECONDS = 10
"""What one document may cost; a common article costs a hundredth of one."""

MEMORY = 1_000_000_000
OUT_OF_MEMORY = 3
"""The exit status of a child that ran into its limit of memory."""

READERS = {
    "html": "sources.documents.html",
    "docx": "sources.documents.docx",
    "pdf": "sources.documents.pdf",
}


class Reader(Protocol):
    """A module that reads one kind of file."""

    def read(self, content: bytes) -> Document:
        """Take the text out; raises `Unreadable`."""


def main() -> None:
    """Answer until nothing more is asked."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    _limit(resource.RLIMIT_AS, MEMORY)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_CORE, 0)
    for kind, content in _questions(sys.stdin.buffer):
        _allow_cpu_time()
        answer = json.dumps(_answer(kind, content), ensure_ascii=False)
        answers.write(answer.encode(errors="replace") + b"\n")
        answers.flush()


def _limit(what: int, amount: int) -> None:
    resource.setrlimit(what, (amount, amount))


def _allow_cpu_time() -> None:
    """The limit counts from the start of the process, so it moves with each document."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + CPU_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))


def _questions(stream: BinaryIO) -> Iterator[tuple[str, bytes]]:
    for line in stream:
        question = json.loads(line)
        yield question["kind"], stream.read(question["size"])


def _answer(kind: str, content: bytes) -> dict[str, Any]:
    try:
        return {"document": _document(kind, content).to_json()}
    except Unreadable as unreadable:
        return {"unreadable": unreadable.reason}
    except MemoryError:
        os._exit(OUT_OF_MEMORY)  # what is left of the heap is of no use


def _document(kind: str, content: bytes) -> Document:
    reader: Reader = import_module(READERS[kind])
    document = reader.read(content)
    if not document.text.strip():
        raise Unreadable(Reason.NO_TEXT)
    if len(document.text) > MAX_TEXT:
        raise Unreadable(Reason.TOO_LONG)
    return document


if __name__ == "__main__":
    main()
