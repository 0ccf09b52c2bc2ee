"""Find what was changed behind the application's back, and name the record.

Rows are read as the database stores them, in one unchanging view, a batch at a
time: memory does not grow with the base, and writers do not wait.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from heapq import merge
from itertools import chain, groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeAlias

from django.db import OperationalError, connection
from django.db.models import Exists, OuterRef

from sources import engine, history, originals, stored
from sources.models import Action, ArticleVersion, Change
from sources.stored import Content

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from django.db.models import Field, Model, QuerySet

#: Texts are long, so fewer of them are in memory at once.
TEXTS = 50
#: How much of a value a finding quotes, in characters.
SHOWN = 80


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with one record, or with one column of it."""

    record: str
    problem: str
    column: str = ""

    def __str__(self) -> str:
        record = f"{self.record} {self.column}" if self.column else self.record
        return f"{record}: {self.problem}"


def _unheard(n_rows: int) -> None:
    del n_rows


@dataclass(frozen=True, slots=True)
class Verification:
    """What to verify, and against what.

    `heads` are numbers and digests that left the machine earlier; `guards` are
    the triggers that ought to be at work; `step` hears how many more rows were
    read. Findings come one by one, as they are found.
    """

    heads: tuple[tuple[int, str], ...] = ()
    guards: tuple[engine.Guard, ...] = ()
    step: Callable[[int], object] = _unheard

    def of_the_log(self) -> Iterator[Finding]:
        """Verify the log alone: its chain, and that it leads to each head."""
        return _read_to_the_end(self._log)

    def of_everything(self) -> Iterator[Finding]:
        """Verify the log, each logged row, text, span and original, each trigger."""
        return _read_to_the_end(self._everything)

    def _log(self) -> Iterator[Finding]:
        yield from self._chain()
        yield from self._heads()

    def _everything(self) -> Iterator[Finding]:
        yield from self._log()
        for model in history.logged_models():
            yield from self._rows(model)
        yield from self._texts()
        yield from self._originals()
        yield from self._triggers()

    def _chain(self) -> Iterator[Finding]:
        following, digests = 1, {history.GENESIS}
        fields = Change._meta.concrete_fields
        for entry in self._contents(Change.objects.order_by("seq"), fields):
            seq, digest = entry["seq"], entry.pop("digest")
            if not isinstance(seq, int) or seq < following:
                yield Finding(f"log entry {seq}", "has a number that no entry has")
                continue
            fitting = _digest_of(entry)
            if seq > following:
                yield Finding(_entries(following, seq - 1), "missing")
            elif digest == fitting and entry["previous"] not in digests:
                problem = f"does not follow entry {seq - 1}: one of them was rewritten"
                yield Finding(f"log entry {seq}", problem)
            if digest != fitting:
                yield Finding(f"log entry {seq}", "altered: its digest does not fit")
            following, digests = seq + 1, {digest, fitting}

    def _heads(self) -> Iterator[Finding]:
        last, _digest = history.head()
        for seq, exported in self.heads:
            digest = _digest_at(seq)
            if seq > last:
                problem = f"cut off: the exported head is {seq}, the log ends at {last}"
                yield Finding(_entries(last + 1, seq), problem)
            elif digest != exported:
                problem = f"exported with the digest {exported}, it has {digest} now"
                yield Finding(f"log entry {seq}", f"{problem}: the log was rewritten")

    def _rows(self, model: type[Model]) -> Iterator[Finding]:
        """Compare each row of a table with its last entry in the log."""
        stored = model._base_manager.order_by("pk")
        contents = self._contents(stored, history.logged_fields(model))
        rows: Iterator[_Half] = ((content["id"], content) for content in contents)
        both = merge(rows, _last_entries(model), key=itemgetter(0))
        for pk, halves in groupby(both, key=itemgetter(0)):
            row, last = None, None
            for _pk, half in halves:
                if isinstance(half, _Last):
                    last = half
                else:
                    row = half
            yield from _compare(f"{history.label(model)} {pk}", row, last)

    def _texts(self) -> Iterator[Finding]:
        """Compare each text with its SHA-256, and the words anchored in it with it."""
        versions = ArticleVersion.objects.order_by("pk")
        for batch in stored.batches(
            versions.values_list("pk", "text", "sha256"), TEXTS
        ):
            self.step(len(batch))
            for pk, text, sha256 in batch:
                if hashlib.sha256(_utf8(text)).hexdigest() != sha256:
                    record = f"{history.label(ArticleVersion)} {pk}"
                    yield Finding(record, "differs from its SHA-256", "text")
            texts = {pk: str(text) for pk, text, _sha256 in batch}
            for model in _anchored_models():
                yield from self._anchored(model, texts)

    def _anchored(
        self, model: type[Model], texts: Mapping[int, str]
    ) -> Iterator[Finding]:
        rows = model._base_manager.filter(article_version__in=texts)
        for content in self._contents(rows, history.logged_fields(model)):
            record = _name(f"{history.label(model)} {content['id']}", content)
            text = texts[content["article_version_id"]]
            for column, anchor in _anchors(model, content):
                if not _stands(anchor, text):
                    problem = f"{_shown(anchor)} does not stand in the text"
                    yield Finding(record, problem, column)

    def _originals(self) -> Iterator[Finding]:
        """Compare each file that a text was taken from with its SHA-256."""
        for batch in stored.batches(_with_originals().values_list(*_ORIGINAL), TEXTS):
            self.step(len(batch))
            for pk, sha256 in batch:
                try:
                    originals.read(str(sha256))
                except originals.Lost as lost:
                    record = f"{history.label(ArticleVersion)} {pk}"
                    yield Finding(record, str(lost), "original_sha256")

    def _triggers(self) -> Iterator[Finding]:
        installed = engine.installed_definitions()
        declared: dict[str, str] = {}
        for guard in self.guards:
            declared |= guard.definitions(connection.vendor)
        for name in sorted(declared.keys() | installed.keys()):
            if name not in installed:
                yield Finding(f"trigger {name}", "missing or switched off")
            elif name not in declared:
                yield Finding(f"trigger {name}", "none of ours")
            elif installed[name] != declared[name]:
                yield Finding(f"trigger {name}", "does not do what it should")

    def _contents(
        self, rows: QuerySet[Any], fields: Iterable[Field[Any, Any]]
    ) -> Iterator[Content]:
        for contents in stored.contents(rows, fields):
            self.step(len(contents))
            yield from contents


def n_rows() -> int:
    """Return how many rows a whole verification reads: one query a table."""
    tables: list[type[Model]] = [Change, ArticleVersion]
    tables += history.logged_models() + _anchored_models()  # these are read twice
    n_originals = _with_originals().count()
    return n_originals + sum(model._base_manager.count() for model in tables)


def _read_to_the_end(findings: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    """Yield the findings, also where SQLite meets text that is no UTF-8.

    Reading such text takes a fifth longer, so one begins again when there is any:
    in the same view of the database, with the same findings up to there.
    """
    with engine.unchanging():
        n_found = 0
        try:
            for finding in findings():
                n_found += 1
                yield finding
        except OperationalError as refusal:
            if "UTF-8" not in str(refusal):
                raise
            with engine.undecoded():
                yield from islice(findings(), n_found, None)


# --- the log ---


def _entries(first: int, last: int) -> str:
    return f"log entry {first}" if first == last else f"log entries {first} to {last}"


def _digest_of(entry: Content) -> str:
    """Return the digest that fits an entry; empty when no JSON holds its values."""
    try:
        return history.digest_of_content(entry)
    except TypeError:
        return ""


def _digest_at(seq: int) -> str | None:
    stored = Change.objects.filter(seq=seq).values_list("digest", flat=True).first()
    return stored if seq else history.GENESIS


# --- rows and their last entries ---


@dataclass(frozen=True, slots=True)
class _Last:
    """The last entry about an object."""

    seq: int
    action: str
    snapshot: str

    @property
    def content(self) -> Content | None:
        """The object then; `None` when the snapshot is no JSON object any more."""
        try:
            content = json.loads(self.snapshot)
        except (TypeError, ValueError):
            return None
        return content if isinstance(content, dict) else None


#: A row, or the last entry about one, with its primary key.
_Half: TypeAlias = "tuple[int, Content | _Last]"


def _last_entries(model: type[Model]) -> Iterator[_Half]:
    """Yield each object of a table with its last entry, by primary key."""
    of_model = Change.objects.filter(model=history.label(model))
    later = of_model.filter(object_id=OuterRef("object_id"), seq__gt=OuterRef("seq"))
    last = of_model.filter(~Exists(later)).order_by("object_id")
    columns = last.values_list("object_id", "seq", "action", "snapshot")
    for pk, *entry in chain.from_iterable(stored.batches(columns)):
        if isinstance(pk, int):  # else the chain names the entry
            yield pk, _Last(*entry)


def _compare(record: str, row: Content | None, last: _Last | None) -> Iterator[Finding]:
    if last is None:
        yield Finding(_name(record, row or {}), "the log does not know it")
        return
    logged = last.content
    if logged is None:
        yield Finding(record, f"log entry {last.seq}, its last, cannot be read")
        return
    record = _name(record, logged)
    removed = last.action == Action.REMOVED
    if row is None and not removed:
        yield Finding(record, f"gone; log entry {last.seq} is its last")
    elif row is not None and removed:
        yield Finding(record, f"there, though log entry {last.seq} removed it")
    elif row is not None:
        yield from _differences(record, row, logged)


def _differences(record: str, row: Content, logged: Content) -> Iterator[Finding]:
    """Compare the columns that both have: a migration adds some and drops others."""
    for column, here in row.items():
        there = logged.get(column, here)
        if here != there:
            problem = f"the log has {_shown(there)}, the row {_shown(here)}"
            yield Finding(record, problem, column)


def _name(record: str, content: Content) -> str:
    """Return a record by its public name where it has one, else by its key."""
    model, key = record.split()
    names = ("code", "slug", "username")
    return f"{model} {next((content[n] for n in names if n in content), key)}"


def _shown(value: object) -> str:
    written = json.dumps(value, ensure_ascii=False, default=repr)
    written = written.encode("utf-8", "backslashreplace").decode()
    return written if len(written) <= SHOWN else f"{written[:SHOWN]}…"


# --- texts and what is anchored in them ---


def _utf8(text: object) -> bytes:
    return str(text).encode("utf-8", "surrogateescape")


_ORIGINAL = ("pk", "original_sha256")


def _with_originals() -> QuerySet[ArticleVersion]:
    return ArticleVersion.objects.exclude(original_sha256="").order_by("pk")


def _anchored_models() -> list[type[Model]]:
    return [model for model in history.logged_models() if hasattr(model, "ANCHORS")]


def _anchors(model: type[Model], content: Content) -> Iterator[tuple[str, Any]]:
    """Yield the anchors of a row as start, end and words, each with its column."""
    for prefix in model.ANCHORS:  # type: ignore[attr-defined]  # anchored models only
        parts = (content[f"{prefix}{part}"] for part in ("start", "end", "words"))
        yield f"{prefix}words", tuple(parts)
    pieces = content.get("pieces", [])
    if isinstance(pieces, list):
        yield from (("pieces", piece) for piece in pieces)


def _stands(anchor: Any, text: str) -> bool:
    try:
        start, end, words = anchor
        return start is None or (start >= 0 and text[start:end] == words)
    except (TypeError, ValueError):  # no such anchor was ever written
        return False
