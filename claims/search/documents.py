"""What is searched of each kind of row, as the public may read it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from django.db.models import Exists, OuterRef, Prefetch, Q

from claims.models import (
    PUBLIC,
    Claim,
    Event,
    Measure,
    Quote,
    SearchKind,
    Status,
    Translation,
)
from claims.search.reach import reached
from sources.models import (
    Access,
    Article,
    ArticleVersion,
    Role,
    Source,
    SourceAlias,
    Speaker,
    SpeakerAlias,
)
from sources.models.versioned import standing
from sources.policy import without_withheld

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Collection, Iterator

    from django.db.models import Model

    from claims.models import Statement

    Name: TypeAlias = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Document:
    """A row as it is searched: its words, piece by piece, and what narrows a search.

    `inside` are words that only those find who have a desk.
    """

    kind: SearchKind
    key: int
    title: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    is_public: bool = True
    day: dt.date | None = None
    language: str = ""
    source: int | None = None
    speaker: int | None = None
    event: int | None = None
    status: str = ""


#: The models that are searched; what stands later may be public by what stands before.
MODELS: dict[str, type[Model]] = {
    SearchKind.ARTICLE: Article,
    SearchKind.CLAIM: Claim,
    SearchKind.QUOTE: Quote,
    SearchKind.MEASURE: Measure,
    SearchKind.EVENT: Event,
    SearchKind.SPEAKER: Speaker,
    SearchKind.SOURCE: Source,
}


def documents(kind: str, keys: Collection[int]) -> Iterator[Document]:
    """Yield what is searched of the rows with these keys; two to five queries.

    Rows that nobody may find are left out: discarded ones, articles without a text and
    speakers whose names are withheld.
    """
    return _LOADERS[kind](keys)


def latest_versions(articles: Collection[int]) -> dict[int, ArticleVersion]:
    """Return the latest version of each of some articles, with its text: one query."""
    later = ArticleVersion.objects.filter(
        article=OuterRef("article"), number__gt=OuterRef("number")
    )
    latest = ArticleVersion.objects.filter(~Exists(later), article__in=articles)
    return {version.article_id: version for version in latest}


def _articles(keys: Collection[int]) -> Iterator[Document]:
    versions, public = latest_versions(keys), _public(keys)
    for article in Article.objects.filter(pk__in=versions):
        text, is_open = versions[article.pk].text, article.access == Access.OPEN
        yield Document(
            SearchKind.ARTICLE,
            article.pk,
            (article.title,),
            (article.byline, text) if is_open else (article.byline,),
            () if is_open else (text,),
            is_public=article.pk in public,
            day=article.published_earliest,
            language=article.language,
            source=article.source_id,
        )


def _public(articles: Collection[int]) -> set[int]:
    """Return those articles in which a public statement stands: three queries.

    The policy says the same of all articles, by reading all statements.
    """
    found = ArticleVersion.objects.filter(article__in=articles)
    versions = dict(found.values_list("pk", "article"))
    return {
        versions[version]
        for model in (Claim, Quote)
        for version, status in model.objects.filter(article_version__in=versions)
        .values_list("article_version", "status")
        .order_by()
        if status in PUBLIC
    }


def _statements(model: Any, keys: Collection[int]) -> Iterator[tuple[Any, Document]]:
    """Yield statements that were not discarded, each as both kinds are searched."""
    translations = Translation.objects.order_by("language")
    rows = (
        model.objects.filter(pk__in=keys)
        .exclude(status=Status.DISCARDED)
        .select_related("article_version__article", "speaker")
        .defer("article_version__text")
        .prefetch_related(Prefetch("translations", translations))
    )
    for row in rows:
        article, speaker = row.article_version.article, row.speaker
        is_named = speaker is not None and not speaker.withheld
        yield (
            row,
            Document(
                SearchKind(model._meta.model_name),
                row.pk,
                body=statement_words(row),
                is_public=row.is_public,
                day=article.published_earliest,
                language=article.language,
                source=article.source_id,
                speaker=speaker.pk if is_named else None,
                status=row.status,
            ),
        )


def statement_words(row: Statement) -> tuple[str, ...]:
    """Return the words of a statement, its translations and who said it, as written."""
    translations: Any = row.translations  # type: ignore[attr-defined]  # of both kinds
    translated = (each.words for each in translations.all())
    return (row.words, *translated, row.speaker_words, row.role_words)


def _claims(keys: Collection[int]) -> Iterator[Document]:
    events = dict(Claim.objects.filter(pk__in=keys).values_list("pk", "measure__event"))
    for row, document in _statements(Claim, keys):
        yield _but(
            document,
            inside=(row.note,) if row.note else (),
            day=row.holds_earliest or document.day,
            event=events[row.pk],
        )


def _quotes(keys: Collection[int]) -> Iterator[Document]:
    for row, document in _statements(Quote, keys):
        day = row.said_on_earliest or document.day
        yield _but(document, day=day, language=row.language)


def _but(document: Document, **others: Any) -> Document:
    columns = {name: getattr(document, name) for name in document.__slots__}
    return Document(**{**columns, **others})


def _measures(keys: Collection[int]) -> Iterator[Document]:
    public = reached(Measure, keys)
    for row in Measure.objects.filter(pk__in=keys).select_related("event"):
        yield Document(
            SearchKind.MEASURE,
            row.pk,
            _names(row),
            (row.counted, row.happened, row.place),
            is_public=row.pk in public,
            day=row.event.starts_earliest,
            event=row.event_id,
        )


def _events(keys: Collection[int]) -> Iterator[Document]:
    public = reached(Event, keys)
    for row in Event.objects.filter(pk__in=keys):
        yield Document(
            SearchKind.EVENT,
            row.pk,
            _names(row),
            (row.place_ar, row.place_en),
            is_public=row.pk in public,
            day=row.starts_earliest,
            event=row.pk,
        )


def _speakers(keys: Collection[int]) -> Iterator[Document]:
    roles = defaultdict[int, list[str]](list)
    for role in Role.objects.filter(standing(None), speaker__in=keys).order_by("pk"):
        roles[role.speaker_id] += _names(role)
    aliases, public = _aliases(SpeakerAlias, "speaker", keys), reached(Speaker, keys)
    for row in without_withheld(Speaker.objects.filter(pk__in=keys)):
        yield Document(
            SearchKind.SPEAKER,
            row.pk,
            (*_names(row), *aliases[row.pk]),
            tuple(roles[row.pk]),
            is_public=row.pk in public,
            source=row.source_id,
            speaker=row.pk,
        )


def _sources(keys: Collection[int]) -> Iterator[Document]:
    aliases, public = _aliases(SourceAlias, "source", keys), reached(Source, keys)
    for row in Source.objects.filter(pk__in=keys):
        names = (*_names(row), *aliases[row.pk])
        yield Document(
            SearchKind.SOURCE,
            row.pk,
            names,
            is_public=row.pk in public,
            source=row.pk,
        )


def _aliases(model: Any, owner: str, keys: Collection[int]) -> dict[int, list[str]]:
    found = defaultdict[int, list[str]](list)
    for alias in model.objects.filter(Q(**{f"{owner}__in": keys})).order_by("pk"):
        found[getattr(alias, f"{owner}_id")].append(alias.name)
    return found


def _names(row: Any) -> tuple[str, ...]:
    return tuple(name for name in (row.name_ar, row.name_en) if name)


_LOADERS: dict[str, Callable[[Collection[int]], Iterator[Document]]] = {
    SearchKind.ARTICLE: _articles,
    SearchKind.CLAIM: _claims,
    SearchKind.QUOTE: _quotes,
    SearchKind.MEASURE: _measures,
    SearchKind.EVENT: _events,
    SearchKind.SPEAKER: _speakers,
    SearchKind.SOURCE: _sources,
}
