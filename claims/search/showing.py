"""Show what was found: the rows, as their reader sees them, with the words marked."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from claims.models import Claim, Event, Measure, Quote, SearchKind
from claims.search.cutting import Passage, cut
from claims.search.documents import MODELS, latest_versions
from claims.search.order import day_of
from sources.models import Access, Article, Source, Speaker
from sources.policy import sees_unpublished

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from django.db.models import QuerySet

    from sources.policy import Reader
    from sources.text.spans import Span
    from sources.text.terms import Query

    #: The name of a field, and a text in it.
    Field: TypeAlias = tuple[str, str]


#: So much of a text is read at a time to find where words stand in it.
_READ_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Hit:
    """One row that was found, as its reader sees it.

    `key` is its code or slug. `passage` is cut from the text that `field` names; `marks`
    are where the words stand in that text, all within the passage, and `title_marks`
    where they stand in the title. Spans count code points.
    """

    kind: str
    key: str
    row: Any
    title: str
    title_marks: list[Span]
    field: str
    passage: Passage
    marks: list[Span]
    date: dt.date | None


def shown(entries: Sequence[Any], query: Query, reader: Reader) -> list[Hit]:
    """Return the hits of some entries, in their order: one or two queries a kind."""
    by_kind: dict[str, dict[int, dt.date | None]] = defaultdict(dict)
    for entry in entries:
        by_kind[entry.kind][entry.object_id] = day_of(entry.id)
    found = {
        (kind, row.pk): _hit(kind, row, fields, query, days[row.pk])
        for kind, days in by_kind.items()
        for row, fields in _rows(kind, list(days), reader)
    }
    names = ((entry.kind, entry.object_id) for entry in entries)
    return [found[name] for name in names if name in found]


def _rows(
    kind: str, keys: Sequence[int], reader: Reader
) -> Iterator[tuple[Any, Iterator[Field]]]:
    """Yield rows, which the reader may know of, with the texts that words stand in."""
    loaded = _LOADED[kind]().filter(pk__in=keys)
    versions = latest_versions(keys) if kind == SearchKind.ARTICLE else {}
    for row in loaded:
        if kind == SearchKind.ARTICLE:
            row.latest = versions.get(row.pk)
        yield row, _FIELDS[kind](row, sees_unpublished(reader))


def _hit(
    kind: str, row: Any, fields: Iterable[Field], query: Query, day: dt.date | None
) -> Hit:
    title = _title(kind, row)
    field, text, spans = _marked(fields, query)
    passage, marks = cut(text, spans)
    return Hit(
        kind=kind,
        key=row.code if hasattr(row, "code") else row.slug,
        row=row,
        title=title,
        title_marks=query.spans(title),
        field=field,
        passage=passage,
        marks=marks,
        date=day,
    )


def _marked(fields: Iterable[Field], query: Query) -> tuple[str, str, list[Span]]:
    """Return the first text that words stand in, or else the first, with their places."""
    first: tuple[str, str, list[Span]] | None = None
    for field, text in fields:
        if spans := _first_spans(text, query):
            return field, text, spans
        if text and first is None:
            first = (field, text, [])
    return first or ("", "", [])


def _first_spans(text: str, query: Query) -> list[Span]:
    """Return where words stand in the first part of a text that any of them stand in."""
    start = 0
    while start < len(text):
        end = text.find(" ", start + _READ_AT_ONCE)
        end = len(text) if end < 0 else end
        if spans := query.spans(text[start:end]):
            return [span.shifted(start) for span in spans]
        start = end
    return []


def _title(kind: str, row: Any) -> str:
    """Return what a hit is called; a statement by the article that it stands in."""
    if kind == SearchKind.ARTICLE:
        return str(row.title)
    if kind in {SearchKind.CLAIM, SearchKind.QUOTE}:
        return str(row.article_version.article.title)
    return str(row.name)


# --- what is loaded, and where words are marked ---

_LOADED: dict[str, Callable[[], QuerySet[Any]]] = {
    SearchKind.ARTICLE: lambda: Article.objects.select_related("source"),
    SearchKind.CLAIM: lambda: Claim.objects.with_provenance().prefetch_related(
        "translations"
    ),
    SearchKind.QUOTE: lambda: Quote.objects.with_provenance().prefetch_related(
        "translations"
    ),
    SearchKind.MEASURE: lambda: Measure.objects.select_related("event"),
    SearchKind.EVENT: Event.objects.all,
    SearchKind.SPEAKER: lambda: Speaker.objects.prefetch_related("aliases", "roles"),
    SearchKind.SOURCE: lambda: Source.objects.prefetch_related("aliases"),
}


def _of_article(row: Any, is_desk: bool) -> Iterator[Field]:  # noqa: FBT001  # of all alike
    if row.latest and (is_desk or row.access == Access.OPEN):
        yield "text", row.latest.text
    yield "byline", row.byline


def _of_statement(row: Any, is_desk: bool) -> Iterator[Field]:  # noqa: FBT001  # likewise
    yield "words", row.words
    yield from (("translation", each.words) for each in row.translations.all())
    yield from (("speaker_words", row.speaker_words), ("role_words", row.role_words))
    if is_desk:
        yield "note", getattr(row, "note", "")


def _of_named(row: Any, is_desk: bool) -> Iterator[Field]:  # noqa: FBT001  # likewise
    del is_desk
    yield "name", row.other_name
    columns = ("counted", "happened", "place", "place_ar", "place_en")
    yield from ((column, getattr(row, column, "")) for column in columns)
    if isinstance(row, Source | Speaker):
        yield from (("alias", alias.name) for alias in row.aliases.all())
    if isinstance(row, Speaker):
        standing = [role for role in row.roles.all() if role.ended_at is None]
        for role in standing:
            yield from (("role", name) for name in (role.name_ar, role.name_en))


_FIELDS: dict[str, Callable[[Any, bool], Iterator[Field]]] = {
    **dict.fromkeys(MODELS, _of_named),
    SearchKind.ARTICLE: _of_article,
    SearchKind.CLAIM: _of_statement,
    SearchKind.QUOTE: _of_statement,
}
