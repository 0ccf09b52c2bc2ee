"""Ask the index: what matches, in which order, and how often what.

Titles and names that match come first, then the newest, then by key; nothing that the
reader may not know has a part in it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Q
from django.db.models.expressions import RawSQL

from claims.models import Event, SearchEntry, SearchKind, Status
from claims.search.documents import MODELS
from claims.search.showing import Hit, shown
from sources import word_index
from sources.models import Source, Speaker
from sources.policy import as_of, sees_unpublished, visible_to
from sources.text.terms import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from django.db.models import QuerySet

    from sources.policy import Reader
    from sources.text.terms import Query

KINDS: tuple[str, ...] = tuple(SearchKind.values)
#: So many hits, the newest, are put in order and counted.
MOST = 2_000
#: So many values of a facet are given, the most frequent ones.
N_VALUES = 20

#: What once was public stays so.
_FROZEN = (SearchKind.ARTICLE, SearchKind.CLAIM, SearchKind.QUOTE)
_NAMED: dict[str, Any] = {"source": Source, "speaker": Speaker, "event": Event}


class CursorRefused(ValueError):
    """What stands after `after` was not given by an answer."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for, and what narrows it; rows are named by their slugs.

    `newest` puts what is new before titles and names that match.
    """

    words: str
    kinds: Sequence[str] = KINDS
    source: str | None = None
    speaker: str | None = None
    event: str | None = None
    language: str | None = None
    year: int | None = None
    status: str | None = None
    exact: bool = False
    newest: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """One value that would narrow a search, and how many hits have it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Count:
    """How many were counted; there are more where it `is_capped`."""

    n: int = 0
    is_capped: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """The answer: a page of hits, where the next begins, and what would narrow it."""

    hits: list[Hit] = field(default_factory=list)
    next: str | None = None
    facets: dict[str, list[Facet]] = field(default_factory=dict)
    counted: Count = field(default_factory=Count)


class _Entry(NamedTuple):
    """What is read of an entry; the names are its columns."""

    id: int
    kind: str
    object_id: int
    language: str
    source: int | None
    speaker: int | None
    event: int | None
    year: int | None
    status: str


def search(
    question: Question, reader: Reader, *, limit: int = 20, after: str | None = None
) -> Found:
    """Return what a reader finds.

    Cost: two queries of the index, three for the names in facets, one or two for each
    kind on the page; however much there is.

    Raises:
        QueryRefused: for words that are too many.
        CursorRefused: for an `after` that no answer gave.
    """
    query = parse(question.words, exact=question.exact)
    if not query:
        return Found()
    entries = _narrowed(question, _for(reader))
    newest = _asked(entries, query, reader)
    titled = []
    if not question.newest:
        titled = _asked(entries, query, reader, in_title=True)
    found, is_capped = newest[:MOST], len(newest) > MOST
    page, following = _page(_ordered(titled[:MOST], found), limit, after)
    return Found(
        shown([entry for _is_first, entry in page], query, reader),
        following,
        _facets(found),
        Count(len(found), is_capped),
    )


def matching(
    rows: QuerySet[Any], words: str, reader: Reader, *, exact: bool = False
) -> QuerySet[Any]:
    """Return those rows, of a kind that is searched, that words are found in.

    All of them where there is nothing to look for; no further query.

    Raises:
        QueryRefused: for words that are too many.
        KeyError: when rows of this model are not searched.
    """
    query = parse(words, exact=exact)
    if not query:
        return rows
    kind = {model: kind for kind, model in MODELS.items()}[rows.model]
    found = _for(reader).filter(kind=kind).values_list("object_id")
    sql, params = word_index.matched(found, query)
    return rows.filter(pk__in=RawSQL(sql, params))  # noqa: S611  # made by ourselves


# --- who may find what ---


def _for(reader: Reader) -> QuerySet[SearchEntry]:
    """Return the entries with the words that a reader may find rows by.

    What public rows lead to may have been public once and be so no longer.
    """
    if sees_unpublished(reader):
        return SearchEntry.objects.filter(for_desk=True)
    if as_of(reader) is None:
        return SearchEntry.objects.filter(for_public=True)
    return SearchEntry.objects.filter(Q(for_public=True) | ~Q(kind__in=_FROZEN))


def _known(entries: list[_Entry], reader: Reader) -> list[_Entry]:
    """Return those entries of which a reader knew, who reads at a past moment.

    Of today the index itself tells. Cost: one query a kind.
    """
    if as_of(reader) is None:
        return entries
    keys = defaultdict[str, set[int]](set)
    for entry in entries:
        keys[entry.kind].add(entry.object_id)
    known = {
        kind: set(_visible(kind, some, reader).values_list("pk", flat=True))
        for kind, some in keys.items()
    }
    return [entry for entry in entries if entry.object_id in known[entry.kind]]


def _visible(kind: str, keys: set[int], reader: Reader) -> QuerySet[Any]:
    return visible_to(reader, MODELS[kind]._default_manager.filter(pk__in=keys))


def _narrowed(
    question: Question, entries: QuerySet[SearchEntry]
) -> QuerySet[SearchEntry]:
    """Return the entries that a question leaves."""
    if set(question.kinds) != set(KINDS):
        entries = entries.filter(kind__in=question.kinds)
    for name, model in _NAMED.items():
        if slug := getattr(question, name):
            rows = model.objects.filter(slug=slug)
            entries = entries.filter(**{f"{name}__in": rows.values("pk")})
    for name in ("language", "year", "status"):
        if value := getattr(question, name):
            entries = entries.filter(**{name: value})
    return entries


# --- what is found ---


def _asked(
    entries: QuerySet[SearchEntry],
    query: Query,
    reader: Reader,
    *,
    in_title: bool = False,
) -> list[_Entry]:
    """Return the newest entries that match, one more than is counted.

    Cost: one query, and at a past moment one more as often as some of so many were not
    known then.
    """
    known: list[_Entry] = []
    while True:
        rows = entries.values_list(*_Entry._fields)
        found = word_index.newest(rows, query, in_title=in_title, most=MOST + 1)
        some = list(map(_Entry._make, found))
        known += _known(some, reader)
        if len(some) <= MOST or len(known) > MOST:
            return known[: MOST + 1]
        entries = entries.filter(id__lt=some[-1].id)


def _ordered(
    titled: Iterable[_Entry], found: Iterable[_Entry]
) -> list[tuple[bool, _Entry]]:
    """Return all in order: whether it stands first for its title, and the entry."""
    first = {entry.id: entry for entry in titled}
    others = (entry for entry in found if entry.id not in first)
    return [*((True, each) for each in first.values()), *((False, e) for e in others)]


def _page(
    ordered: list[tuple[bool, _Entry]], limit: int, after: str | None
) -> tuple[list[tuple[bool, _Entry]], str | None]:
    """Return some hits after a cursor, and the cursor of the next; null at the end.

    It names the place of a hit in the order, so it holds when that is gone by now.
    """
    place = _read(after) if after else None
    left = [each for each in ordered if place is None or _at(each) < place]
    page = left[:limit]
    if len(left) <= limit or not page:
        return page, None
    is_first, key = _at(page[-1])
    return page, f"{int(is_first)}.{key}"


def _at(each: tuple[bool, _Entry]) -> tuple[bool, int]:
    is_first, entry = each
    return is_first, entry.id


def _read(cursor: str) -> tuple[bool, int]:
    is_first, _point, key = cursor.partition(".")
    if is_first not in {"0", "1"} or not key.isdecimal() or not key.isascii():
        raise CursorRefused(cursor)
    return is_first == "1", int(key)


# --- how often what ---


def _facets(found: Sequence[_Entry]) -> dict[str, list[Facet]]:
    """Return what would narrow the hits, by name, the most frequent values first."""
    facets, columns = (
        {},
        dict(zip(_Entry._fields, zip(*found, strict=True), strict=False)),
    )
    for name in ("kind", *_NAMED, "language", "year", "status"):
        counts = Counter(columns.get(name, ()))
        del counts[None], counts[""]
        ranked = sorted(counts.items(), key=lambda each: (-each[1], str(each[0])))
        facets[name] = list(_labelled(name, ranked[:N_VALUES]))
    return facets


def _labelled(name: str, counts: list[tuple[Any, int]]) -> Iterator[Facet]:
    """Yield values with their labels.

    Whoever may know of a hit may know of its source and event, and of its speaker where
    the index names one.
    """
    if name in _NAMED:
        rows = _NAMED[name].objects.only("slug", "name_ar", "name_en")
        known = rows.in_bulk([key for key, _n in counts])
        yield from (Facet(known[key].slug, known[key].name, n) for key, n in counts)
    else:
        labels = dict((*SearchKind.choices, *Status.choices))
        for value, n in counts:
            yield Facet(str(value), str(labels.get(value, value)), n)
