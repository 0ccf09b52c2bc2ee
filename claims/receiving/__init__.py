"""Receive statements from a file: records in, rows of one import out.

Every record is checked as a whole before any of it is written. What passes is stored
in transactions of at most `CHUNK` rows (one record alone may be more), so that other
writers wait for a moment only; stopped half-way, the same file goes on where it was.
The statements arrive recorded, in a batch that another person approves
(`claims.batches`). What the base has already stays as it is.
"""

from __future__ import annotations

from collections import Counter
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from claims import carrying, policy
from claims.exchange.records import KINDS, Record, Refusal
from claims.models import Batch, Claim, Quote
from claims.receiving.known import Known, Rehearsed
from claims.receiving.rows import MODELS, Built, Receipt, built
from sources import engine, following, history, masking
from sources.models import Action, ArticleVersion

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from django.contrib.auth.models import User
    from django.db.models import Model

    from sources.ingest.draft import Place

#: How many rows are stored in one transaction.
CHUNK = 1_000
_STATEMENTS = (Quote, Claim)


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """A file as a batch remembers it; its digest tells when it comes again."""

    name: str
    sha256: str
    format: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one record: rows by kind that are new, and how many were here.

    With `refusals` nothing of it is stored. `n_read` is how many statements it has,
    and 1 of a record that has none or could not be read.
    """

    place: Place
    n_read: int = 1
    added: Counter[str] = field(default_factory=Counter)
    n_found: int = 0
    refusals: tuple[Refusal, ...] = ()


def receive(
    read: Iterable[Record | Refusal],
    file: ReceivedFile,
    *,
    actor: User,
    at: dt.datetime,
    rehearse: bool = False,
) -> Iterator[Outcome]:
    """Store what was read, and yield what became of each record once it is stored.

    A rehearsal yields the same and stores nothing.

    Raises:
        NotAllowed: when the actor's roles do not import files.
    """
    policy.require(actor, "import file")
    rehearsal = Rehearsed() if rehearse else nullcontext()
    with following.once_at_the_end(), rehearsal as rehearsed:
        receiver = _Receiver(file, actor, at, rehearsed)
        for chunk in _chunks(read):
            yield from receiver.take(chunk)
        receiver.close()
        if not rehearse:  # else it would count as none what is there for now
            _take_stock()


def _take_stock() -> None:
    """Have the database count its rows: its plans rest on how full its tables are.

    After many rows came at once PostgreSQL joins them as if there were none, until its
    own housekeeping gets to it, which takes minutes; SQLite never counts by itself, and
    sorts what an index has in order. Tables of another owner are passed over.
    """
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _chunks(read: Iterable[Record | Refusal]) -> Iterator[list[Record | Refusal]]:
    chunk: list[Record | Refusal] = []
    n_rows = 0
    for each in read:
        n_more = sum(_n_rows(each)) if isinstance(each, Record) else 1
        if chunk and n_rows + n_more > CHUNK:
            yield chunk
            chunk, n_rows = [], 0
        chunk.append(each)
        n_rows += n_more
    yield chunk


def _n_rows(record: Record) -> Iterator[int]:
    """Yield how many rows a record has of each kind; an article has its text besides."""
    yield from (len(getattr(record, kind)) for kind in KINDS)
    yield len(record.articles)


class _Receiver:
    """Stores one file, chunk by chunk."""

    def __init__(
        self,
        file: ReceivedFile,
        actor: User,
        at: dt.datetime,
        rehearsed: Rehearsed | None,
    ) -> None:
        self.rehearsed = rehearsed
        self.batch = Batch.objects.filter(sha256=file.sha256).first() or Batch(
            file_name=file.name,
            sha256=file.sha256,
            format=file.format,
            imported_by=actor,
            imported_at=at,
        )
        self.receipt = Receipt(actor, at, self.batch)
        self.counts = Counter[str]()

    def take(self, chunk: Sequence[Record | Refusal]) -> list[Outcome]:
        """Store a chunk, each record of it whole or not at all."""
        outcomes = self._rehearse(chunk) if self.rehearsed else self._store(chunk)
        for outcome in outcomes:
            self.counts["n_read"] += outcome.n_read
            self.counts["n_refused"] += outcome.n_read if outcome.refusals else 0
        return outcomes

    def _rehearse(self, chunk: Sequence[Record | Refusal]) -> list[Outcome]:
        return [_outcome(each) for each in self._built(chunk, self._known(chunk))]

    @masking.truth()
    @transaction.atomic
    @following.together()
    def _store(self, chunk: Sequence[Record | Refusal]) -> list[Outcome]:
        engine.lock_log()  # from here on nobody adds what is looked for
        known = self._known(chunk)
        taken = list(self._built(chunk, known))
        new = [row for each in taken if isinstance(each, Built) for row in each.new]
        if self.batch.pk is None and any(isinstance(row, _STATEMENTS) for row in new):
            history.add(self.batch, actor=self.receipt.actor)
        for model in MODELS:
            self._insert([row for row in new if type(row) is model])
        self._carry(new, known)
        return [_outcome(each) for each in taken]

    def _known(self, chunk: Sequence[Record | Refusal]) -> Known:
        records = (each for each in chunk if isinstance(each, Record))
        return Known(records, self.rehearsed)

    def _built(
        self, chunk: Sequence[Record | Refusal], known: Known
    ) -> Iterator[Built | Refusal]:
        for each in chunk:
            if isinstance(each, Record):
                yield built(each, known, self.receipt)
            else:
                yield each

    def _insert(self, rows: list[Model]) -> None:
        """Insert rows of one model; a measure after the one that it is part of."""
        while rows:
            ready = [row for row in rows if not _waits(row)]
            is_statement = isinstance(rows[0], _STATEMENTS)
            action = Action.RECORDED if is_statement else Action.ADDED
            history.add_all(ready, actor=self.receipt.actor, action=action)
            rows = [row for row in rows if row.pk is None]

    def _carry(self, new: list[Model], known: Known) -> None:
        """Say where statements stand in later texts of their articles."""
        said: dict[str, Any] = {"actor": self.receipt.actor, "at": self.receipt.at}
        later = [row for row in new if isinstance(row, ArticleVersion)]
        for version in later:
            if version.number > 1:
                carrying.carry(version, **said)
        for row in new:
            if isinstance(row, _STATEMENTS):
                text = row.article_version
                following = known.get("versions", (text.article.code, text.number + 1))
                if following is not None and following not in later:
                    carrying.follow(row, **said)

    def close(self) -> None:
        """Write down how many statements the file had, unless that is written."""
        if self.batch.pk is None or self.rehearsed:
            return
        recorded = (model.objects.filter(batch=self.batch) for model in _STATEMENTS)
        counts = {
            "n_read": self.counts["n_read"],
            "n_refused": self.counts["n_refused"],
            "n_recorded": sum(rows.count() for rows in recorded),
        }
        if any(getattr(self.batch, name) != n for name, n in counts.items()):
            history.change(self.batch, counts, actor=self.receipt.actor)


def _waits(row: Any) -> bool:
    """Tell whether a row is part of another that is not stored yet."""
    whole = getattr(row, "part_of", None)
    return whole is not None and whole.pk is None


def _outcome(taken: Built | Refusal) -> Outcome:
    if isinstance(taken, Refusal):
        return Outcome(taken.place, refusals=(taken,))
    record = taken.record
    return Outcome(
        record.place,
        n_read=max(1, len(record.quotes) + len(record.claims)),
        added=Counter(taken.kinds()),
        n_found=taken.n_found,
        refusals=tuple(taken.refusals),
    )
