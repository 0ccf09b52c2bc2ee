"""Statements of the base as records, as one reader may see them.

A record is one article with what stands in it; before it come the articles that it
takes from, and with it whatever it names that no earlier record had. The order follows
from codes alone, so that two bases which say the same give the same records.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, TypeAlias

from django.db.models import Prefetch, Q

from claims import policy, visible
from claims.exchange.records import (
    KINDS,
    REFERENCES,
    AliasRow,
    Anchor,
    DerivationRow,
    LifeRow,
    OwnVoiceRow,
    Place,
    Record,
    RoleRow,
    TranslationRow,
    VersionRow,
    key_of,
    names_of,
)
from claims.models import Claim, Event, Measure, Quote, Status, Translation
from sources.models import Article, ArticleVersion, Source, Speaker
from sources.models.article import Access
from sources.policy import (
    FIELDS,
    FieldClass,
    as_of,
    sees_unpublished,
    sees_withheld,
    visible_to,
)
from sources.text.masks import MARKED
from sources.text.spans import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from django.db.models import Model

    from sources.policy import Reader

    Named: TypeAlias = Mapping["Key", Any]

#: A kind of rows and the primary key of one.
Key: TypeAlias = tuple[str, int]

#: What statements are chosen by, and the column; those of measures are of claims only.
FILTERS = {
    "source": "article_version__article__source__slug",
    "status": "status",
    "measure": "measure__slug",
    "event": "measure__event__slug",
}
_OF_CLAIMS = {"measure", "event"}
_AT_ONCE = 200
_CATALOGUE: dict[str, type[Model]] = {
    "sources": Source,
    "speakers": Speaker,
    "events": Event,
    "measures": Measure,
}


def gathered(
    reader: Reader, filters: Mapping[str, str], *, repeats: bool = False
) -> Iterator[Record]:
    """Yield the statements that a reader may see, in the memory of some articles.

    `filters` are values by the names of `FILTERS`. With `repeats` each record has all
    that it names, whatever earlier ones had. Cost: a dozen queries for 200 articles.
    """
    gatherer = _Gatherer(reader, filters, repeats=repeats)
    ordered = iter(gatherer.articles())
    while some := list(islice(ordered, _AT_ONCE)):
        yield from gatherer.records(some)


class _Gatherer:
    def __init__(
        self, reader: Reader, filters: Mapping[str, str], *, repeats: bool
    ) -> None:
        self.reader, self.repeats = reader, repeats
        self.claims = self._statements(Claim, filters)
        quotes = self._statements(
            Quote, {n: v for n, v in filters.items() if n not in _OF_CLAIMS}
        )
        named = Q(pk__in=self.claims.values("quote"))
        is_of_claims = not _OF_CLAIMS.isdisjoint(filters)
        every = visible.statements(Quote, reader)
        chosen = named if is_of_claims else named | Q(pk__in=quotes.values("pk"))
        self.quotes = every.filter(chosen).order_by("code")
        self.hidden, self.sees_all = _hidden_from(reader), sees_unpublished(reader)
        self.written: set[Key] = set()

    def _statements(self, model: Any, filters: Mapping[str, str]) -> Any:
        rows = visible.statements(model, self.reader)
        columns = {FILTERS[name]: value for name, value in filters.items()}
        if as_of(self.reader) is not None and "status" in columns:
            is_all = columns.pop("status") == Status.PUBLISHED
            rows = rows if is_all else rows.none()
        return rows.filter(**columns).order_by("code")

    # --- the order ---

    def articles(self) -> list[int]:
        """Return the keys of the articles, each after those that it takes from.

        With `repeats`, those that have statements, by their codes alone.
        """
        path = "article_version__article"
        stated = (rows.values_list(path) for rows in (self.claims, self.quotes))
        chosen = {key for (key,) in chain(*stated)}
        origins: dict[int, list[int]] = defaultdict(list)
        derived = visible.derivations(self.reader).filter(shows_origin=True)
        for article, origin in derived.values_list("article", "origin"):
            origins[article].append(origin)
        codes = dict(Article.objects.values_list("pk", "code"))
        ordered = sorted(chosen, key=codes.__getitem__)
        return (
            ordered if self.repeats else list(_after_origins(ordered, origins, codes))
        )

    # --- the records ---

    def records(self, keys: list[int]) -> Iterator[Record]:
        """Yield the records of some articles, in the order of their keys."""
        articles = self._articles(keys)
        quotes, claims = (
            self._by_article(rows, keys) for rows in (self.quotes, self.claims)
        )
        rows = [*articles.values(), *chain(*claims.values()), *chain(*quotes.values())]
        named = self._named(rows)
        named |= {("quotes", row.pk): row for row in chain(*quotes.values())}
        for key in keys:
            yield self._record([articles[key], *quotes[key], *claims[key]], named)

    def _articles(self, keys: list[int]) -> dict[int, Article]:
        texts = ArticleVersion.objects.known(as_of(self.reader)).order_by("number")
        derived = visible.derivations(self.reader).select_related("article_version")
        rows = Article.objects.prefetch_related(
            Prefetch("versions", texts),
            Prefetch("derivations", derived),
        )
        return rows.in_bulk(keys)

    def _by_article(self, rows: Any, keys: list[int]) -> dict[int, list[Any]]:
        found: dict[int, list[Any]] = defaultdict(list)
        translations = Prefetch(
            "translations", Translation.objects.order_by("language")
        )
        wanted = rows.filter(article_version__article__in=keys)
        wanted = wanted.select_related("replaces")
        for row in wanted.prefetch_related(translations):
            found[row.article_version.article_id].append(row)
        return found

    def _named(self, rows: Iterable[Any]) -> dict[Key, Any]:
        """Return what rows name, and what that names in turn, by kind and key."""
        found: dict[Key, Any] = {}
        wanted = {each for row in rows for each in _names(row)}
        while wanted := wanted - found.keys():
            for kind in _CATALOGUE:
                keys = [key for of, key in wanted if of == kind]
                found |= dict.fromkeys(((kind, key) for key in keys), None)
                found |= {(kind, row.pk): row for row in self._rows(kind, keys)}
            wanted = {
                each for key in wanted if found[key] for each in _names(found[key])
            }
        return found

    def _rows(self, kind: str, keys: list[int]) -> Any:
        rows = visible_to(self.reader, _CATALOGUE[kind]._default_manager.all())
        offices = Prefetch("own_voices", visible.own_voices(self.reader))
        if kind == "speakers":
            held = Prefetch("roles", visible.roles(self.reader))
            rows = rows.prefetch_related("aliases", held, offices)
        elif kind == "sources":
            rows = rows.prefetch_related("aliases", offices)
        return rows.filter(pk__in=keys)

    def _record(self, stated: list[Any], named: Named) -> Record:
        """Return the record of an article and what stands in it."""
        if self.repeats:
            self.written.clear()
        rows: dict[str, list[Any]] = {kind: [] for kind in KINDS}
        for row in stated:
            for key in _names(row):
                self._write(key, named, rows)
            kind = _KINDS[type(row)]
            rows[kind].append(self._given(KINDS[kind], row, named))
        place = Place(stated[0].code)
        return Record(place=place, **{kind: tuple(some) for kind, some in rows.items()})

    def _write(self, key: Key, named: Named, rows: dict[str, list[Any]]) -> None:
        """Write a row of the catalogue after what it names, unless it is written."""
        row, kind = named[key], key[0]
        if row is None or key in self.written:
            return
        self.written.add(key)
        for other in _names(row):
            self._write(other, named, rows)
        rows[kind].append(self._given(KINDS[kind], row, named))

    # --- one row ---

    def _given(self, kind: type[Any], row: Any, named: Named) -> Any:
        """Return a row as a record says it; what is not for the reader stays unsaid."""
        hidden = self.hidden.get(row._meta.label_lower, ())
        said = {
            name: self._value(row, name, named)
            for name in names_of(kind)
            if name not in hidden
        }
        return kind(**said)

    def _value(self, row: Any, name: str, named: Named) -> Any:
        if name in REFERENCES:
            return _key_of(row, name, named)
        if name in _PARTS:
            return self._parts(row, name, named)
        if name in _READ:
            return _READ[name](row)
        value = getattr(row, name)
        return tuple(value) if isinstance(value, list) else value

    def _parts(self, row: Any, name: str, named: Named) -> tuple[Any, ...]:
        if name == "versions" and not (self.sees_all or row.access == Access.OPEN):
            return ()  # the public sees passages of it
        parts = getattr(row, name).all()
        if name == "own_voices":  # of sources that the reader may know
            parts = [x for x in parts if named.get(("sources", x.source_id))]
        return tuple(self._given(_PARTS[name], part, named) for part in parts)


def _key_of(row: Any, name: str, named: Named) -> str:
    """Return the slug or code of what a row names; a mark where that is withheld."""
    key = getattr(row, f"{name}_id")
    if key is None:
        return ""
    if name == "origin":
        return row.origin.code if row.shows_origin else ""
    found = named.get((REFERENCES[name], key))
    if found is not None:
        return key_of(found)
    other = getattr(row, name)
    return MARKED if isinstance(other, Speaker) and not other.slug else ""


def _life_of(statement: Claim | Quote) -> LifeRow | None:
    if statement.status == Status.RECORDED and statement.replaces is None:
        return None
    replaced: Any = statement.replaces
    return LifeRow(
        status=statement.status,
        published_at=statement.published_at,
        withdrawn_at=statement.withdrawn_at,
        withdrawal_kind=statement.withdrawal_kind,
        withdrawal_reason=statement.withdrawal_reason,
        replaces=replaced.code if replaced else "",
        replacement_reason=statement.replacement_reason,
    )


def _names(row: Any) -> Iterator[Key]:
    """Yield the rows of the catalogue that a row and its parts name."""
    for name, kind in REFERENCES.items():
        if kind in _CATALOGUE and (key := getattr(row, f"{name}_id", None)):
            yield kind, key
    for parts in _NAMING.get(type(row), ()):
        for part in getattr(row, parts).all():
            yield from _names(part)


def _hidden_from(reader: Reader) -> dict[str, set[str]]:
    """Return the columns that a reader does not see, by the label of their model."""
    hidden = set(FieldClass) - {FieldClass.PUBLIC}
    if sees_unpublished(reader):
        hidden.discard(FieldClass.INTERNAL)
    if sees_withheld(reader):
        hidden.discard(FieldClass.PROTECTED)
    return {
        label: set(" ".join(classes.get(each, "") for each in hidden).split())
        for label, classes in {**FIELDS, **policy.FIELDS}.items()
    }


def _after_origins(
    keys: Iterable[int], origins: Mapping[int, list[int]], codes: Mapping[int, str]
) -> Iterator[int]:
    """Yield keys and those of all that they take from, origins first, by their codes."""
    yielded: set[int] = set()
    waiting = [(key, False) for key in reversed(list(keys))]
    while waiting:
        key, is_ready = waiting.pop()
        if is_ready:
            yield key
        elif key not in yielded:
            yielded.add(key)
            waiting.append((key, True))
            before = sorted(origins.get(key, ()), key=codes.__getitem__, reverse=True)
            waiting += [(origin, False) for origin in before]


_KINDS: dict[type[Any], str] = {Article: "articles", Quote: "quotes", Claim: "claims"}
#: The parts that name further rows.
_NAMING: dict[type[Any], tuple[str, ...]] = {
    Article: ("derivations",),
    Source: ("own_voices",),
    Speaker: ("roles", "own_voices"),
}
_PARTS = {
    "aliases": AliasRow,
    "roles": RoleRow,
    "own_voices": OwnVoiceRow,
    "versions": VersionRow,
    "derivations": DerivationRow,
    "translations": TranslationRow,
}
#: Fields that are no column of their row, or another thing there.
_READ: dict[str, Callable[[Any], Any]] = {
    "article": lambda row: row.article_version.article.code,
    "article_version": lambda row: row.article_version and row.article_version.number,
    "pieces": lambda row: tuple(Anchor(Span(s, e), w) for s, e, w in row.pieces),
    "life": _life_of,
}
