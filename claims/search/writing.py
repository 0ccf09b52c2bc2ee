"""Keep the index current: in the transaction that alters a row, its entries are made anew.

Whatever is written is what a rebuild would write: an entry follows from the rows alone.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q

from claims.models import SearchEntry, Watermark
from claims.search.changes import near
from claims.search.documents import MODELS, documents
from claims.search.leading import led_to, moved
from claims.search.order import place
from sources import engine, masking, word_index
from sources.text.terms import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from django.db.models import Model

    from claims.search.documents import Document, Name

#: So many rows are read, and entries written, at a time.
AT_ONCE = 200

#: The watermark of this module: by which rules words are kept.
MARK = 3

_TABLE = SearchEntry._meta.db_table
_COLUMNS = [field.attname for field in SearchEntry._meta.concrete_fields]


def as_the_public_reads() -> masking.Reading:
    """Return a reading in which withheld names hide, whoever is signed in."""
    return masking.Reading(knows=lambda: False, records=lambda: False)


def follow(rows: Sequence[Model]) -> None:
    """Make the entries anew of what was written, and of what that bears on."""
    with masking.truth():
        names, named = list(near(rows)), led_to(rows)
    put(names)
    put(moved(named))


def put(names: Iterable[Name]) -> None:
    """Make the entries of some rows anew; those of rows that are gone go.

    Cost: two queries and those of the documents for each two hundred rows of a kind.
    """
    by_kind = defaultdict[str, set[int]](set)
    for kind, key in names:
        by_kind[kind].add(key)
    for kind in filter(by_kind.__contains__, MODELS):
        for some in _some_at_a_time(sorted(by_kind[kind])):
            _put(kind, some)


def _put(kind: str, keys: Collection[int]) -> None:
    with as_the_public_reads():
        entries = list(chain.from_iterable(map(_entries, documents(kind, keys))))
    before = SearchEntry.objects.filter(kind=kind, object_id__in=keys)
    taken = {values[0] for values, _words in entries}
    word_index.delete(_TABLE, taken.union(before.values_list("pk", flat=True)))
    word_index.insert(_TABLE, _COLUMNS, entries)


def _entries(document: Document) -> Iterator[tuple[list[Any], word_index.Words]]:
    """Yield the entries of a document: one, or two where the desk finds it by more."""
    whole = (*document.body, *document.inside)
    if not document.is_public:
        yield _entry(document, whole, for_public=False, for_desk=True)
    elif document.inside:
        yield _entry(document, document.body, for_public=True, for_desk=False)
        yield _entry(document, whole, for_public=False, for_desk=True)
    else:
        yield _entry(document, whole, for_public=True, for_desk=True)


def _entry(
    document: Document, body: Iterable[str], *, for_public: bool, for_desk: bool
) -> tuple[list[Any], word_index.Words]:
    row = SearchEntry(
        id=place(document.kind, document.key, document.day, is_second=not for_public),
        kind=document.kind,
        object_id=document.key,
        for_public=for_public,
        for_desk=for_desk,
        language=document.language,
        source=document.source,
        speaker=document.speaker,
        event=document.event,
        year=document.day.year if document.day else None,
        status=document.status,
    )
    values = [getattr(row, column) for column in _COLUMNS]
    return values, word_index.words_of(document.title, body)


def _some_at_a_time(keys: Iterable[int]) -> Iterator[list[int]]:
    left = iter(keys)
    while some := list(islice(left, AT_ONCE)):
        yield some


def _nothing() -> None:
    """Report nothing."""


def n_rows() -> int:
    """Return how many rows a rebuild looks at: one query a kind."""
    return sum(model._default_manager.count() for model in MODELS.values())


def rebuild(*, step: Callable[[], object] = _nothing) -> None:
    """Make all entries anew, some rows at a time, and remove those of rows that are gone.

    Whoever searches meanwhile finds what is there; nobody waits for long, and where it
    was interrupted it is begun again. `step` is called for each row.
    """
    for kind, model in MODELS.items():
        last = 0
        while keys := _next(model, last):
            with transaction.atomic():
                engine.lock_log()
                _put(kind, keys)
            last = keys[-1]
            for _key in keys:
                step()
        _remove_strays(kind, model)
    Watermark.objects.update_or_create(pk=MARK, defaults={"seq": VERSION})


def refresh() -> None:
    """Rebuild the index where it is of other rules than today's, or of none."""
    if not Watermark.objects.filter(pk=MARK, seq=VERSION).exists():
        rebuild()


def _next(model: type[Model], last: int) -> list[int]:
    rows = model._default_manager.filter(pk__gt=last).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:AT_ONCE])


@transaction.atomic
def _remove_strays(kind: str, model: type[Model]) -> None:
    """Remove entries of rows that are no longer there."""
    engine.lock_log()
    there = model._default_manager.values("pk")
    strays = SearchEntry.objects.filter(Q(kind=kind), ~Q(object_id__in=there))
    for some in _some_at_a_time(strays.values_list("pk", flat=True)):
        word_index.delete(_TABLE, some)
