"""Take texts out of files in a child process, as hostile files may bring it down."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Timer
from typing import IO, TYPE_CHECKING, Self, cast

from sources.documents import MAX_BYTES, MAX_TEXT, Document, Reason, Unreadable, child

if TYPE_CHECKING:
    from types import TracebackType

Process = subprocess.Popen[bytes]

DOCUMENTS_A_CHILD = 500
"""After so many a new child is started, lest libraries hoard memory."""

COMMAND = [sys.executable, "-B", "-m", child.__name__]

_MAX_ANSWER = 8 * MAX_TEXT
_FOLDER = Path(child.__file__).parents[2]
_DEATHS = {
    -signal.SIGXCPU: Reason.TOO_SLOW,
    -signal.SIGKILL: Reason.TOO_SLOW,
    child.OUT_OF_MEMORY: Reason.TOO_MUCH_MEMORY,
}


class Extraction:
    """A child process that starts when first needed, and anew after it died.

    Use as a context, at the end of which no child is left. Not for two threads.

    Args:
        seconds: The time one document may take on the wall clock.
    """

    def __init__(self, *, seconds: float = 2 * child.CPU_SECONDS) -> None:
        self.seconds = seconds
        self._process: Process | None = None
        self._n_asked = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()

    def document(self, kind: str, content: bytes) -> Document:
        """What a file holds; the kinds are those of `sources.documents.child`.

        Raises:
            Unreadable: for any reason, the child's death among them.
        """
        if len(content) > MAX_BYTES:
            raise Unreadable(Reason.TOO_LARGE)
        answer = self._answer(kind, content)
        if not answer.endswith(b"\n"):
            raise Unreadable(_DEATHS.get(self._end(), Reason.DAMAGED))
        fields = json.loads(answer)
        if "unreadable" in fields:
            raise Unreadable(Reason(fields["unreadable"]))
        return Document.from_json(fields["document"])

    def _answer(self, kind: str, content: bytes) -> bytes:
        """The line the child answers; no whole one when it died or was late."""
        process, late = self._ready(), []

        def kill() -> None:
            late.append(process)
            process.kill()

        clock = Timer(self.seconds, kill)
        clock.start()
        try:
            answer = _asked(process, kind, content)
        finally:
            clock.cancel()
            clock.join()
        return b"" if late else answer

    def _ready(self) -> Process:
        is_dead = self._process is not None and self._process.poll() is not None
        if is_dead or self._n_asked == DOCUMENTS_A_CHILD:
            self._end()
        if self._process is None:
            self._process, self._n_asked = _started(), 0
        self._n_asked += 1
        return self._process

    def _end(self) -> int:
        """Leave no child behind; how it ended."""
        if self._process is None:
            return 0
        process, self._process = self._process, None
        for pipe in _pipes(process):
            with suppress(BrokenPipeError):  # what it did not take is of no use
                pipe.close()
        try:
            return process.wait(timeout=self.seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()


def _started() -> Process:
    """A new child, which is told nothing of our environment."""
    return subprocess.Popen(  # noqa: S603  # our own module in our own interpreter
        COMMAND,
        cwd=_FOLDER,
        env={},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def _asked(process: Process, kind: str, content: bytes) -> bytes:
    questions, answers = _pipes(process)
    question = json.dumps({"kind": kind, "size": len(content)})
    with suppress(BrokenPipeError):
        questions.write(question.encode() + b"\n" + content)
        questions.flush()
    return answers.readline(_MAX_ANSWER)


def _pipes(process: Process) -> tuple[IO[bytes], IO[bytes]]:
    return cast("tuple[IO[bytes], IO[bytes]]", (process.stdin, process.stdout))
