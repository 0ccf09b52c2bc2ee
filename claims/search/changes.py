"""Which rows are searched otherwise once some rows were written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from claims.models import Claim, Measure, Quote, SearchEntry, SearchKind, Translation
from claims.search.documents import MODELS
from sources import masking
from sources.models import (
    Article,
    ArticleVersion,
    Change,
    Role,
    Source,
    SourceAlias,
    Speaker,
    SpeakerAlias,
    WithheldSpan,
)
from sources.text.masks import names_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from django.db.models import Model

    from claims.search.documents import Name

_STATEMENTS: dict[SearchKind, Any] = {
    SearchKind.CLAIM: Claim,
    SearchKind.QUOTE: Quote,
}
_KIND_OF: dict[type[Model], SearchKind] = {
    model: SearchKind(kind) for kind, model in MODELS.items()
}


def near(rows: Sequence[Model]) -> Iterator[Name]:
    """Yield what is searched otherwise since rows were written, as kind and key."""
    by_model: dict[type[Model], list[Any]] = {}
    for row in rows:
        by_model.setdefault(type(row), []).append(row)
    for model, some in by_model.items():
        if model in _NEAR:
            yield from _NEAR[model](some)


def _itself(rows: Sequence[Any]) -> Iterator[Name]:
    yield from ((_KIND_OF[type(row)], row.pk) for row in rows)


def _of(kind: SearchKind, rows: Iterable[Any]) -> Iterator[Name]:
    yield from ((kind, key) for key in rows)


def _articles(rows: Sequence[Article]) -> Iterator[Name]:
    """Yield articles and the statements in them, which have their day and source."""
    keys = [row.pk for row in rows]
    yield from _of(SearchKind.ARTICLE, keys)
    for kind, model in _STATEMENTS.items():
        within = model.objects.filter(article_version__article__in=keys)
        yield from _of(kind, within.values_list("pk", flat=True))


def _versions(rows: Sequence[ArticleVersion]) -> Iterator[Name]:
    yield from _of(SearchKind.ARTICLE, (row.article_id for row in rows))


def _statements(rows: Sequence[Any]) -> Iterator[Name]:
    """Yield statements, and articles that became public with one of them."""
    yield from _itself(rows)
    public = {row.article_version_id for row in rows if row.is_public}
    if public:
        articles = ArticleVersion.objects.filter(pk__in=public).values("article")
        hidden = SearchEntry.objects.filter(
            kind=SearchKind.ARTICLE, object_id__in=articles
        )
        known = hidden.filter(for_public=True).values("object_id")
        yield from _of(
            SearchKind.ARTICLE,
            hidden.exclude(object_id__in=known).values_list("object_id", flat=True),
        )


def _translations(rows: Sequence[Translation]) -> Iterator[Name]:
    for row in rows:
        yield from _itself([row.statement])


def _measures(rows: Sequence[Measure]) -> Iterator[Name]:
    """Yield measures, and claims of those that are of another event now."""
    yield from _itself(rows)
    keys = [row.pk for row in rows]
    entries = SearchEntry.objects.filter(kind=SearchKind.MEASURE, object_id__in=keys)
    events = dict(entries.values_list("object_id", "event"))
    moved = [row.pk for row in rows if events.get(row.pk, row.event_id) != row.event_id]
    if moved:
        claims = Claim.objects.filter(measure__in=moved)
        yield from _of(SearchKind.CLAIM, claims.values_list("pk", flat=True))


def _events(rows: Sequence[Any]) -> Iterator[Name]:
    """Yield events and their measures, which have their day."""
    yield from _itself(rows)
    measures = Measure.objects.filter(event__in=[row.pk for row in rows])
    yield from _of(SearchKind.MEASURE, measures.values_list("pk", flat=True))


def _source_aliases(rows: Sequence[SourceAlias]) -> Iterator[Name]:
    yield from _of(SearchKind.SOURCE, (row.source_id for row in rows))


def _owners(rows: Sequence[Role] | Sequence[SpeakerAlias]) -> Iterator[Name]:
    yield from _of(SearchKind.SPEAKER, (row.speaker_id for row in rows))


# --- withheld names ---


def _speakers(rows: Sequence[Speaker]) -> Iterator[Name]:
    """Yield speakers; of one whose name is or was withheld all that names them."""
    yield from _itself(rows)
    for row in rows:
        before = _before(row)
        if row.withheld or before.get("withheld"):
            names = {row.name_ar, row.name_en}
            names |= {before.get("name_ar", ""), before.get("name_en", "")}
            aliases = SpeakerAlias.objects.filter(speaker=row.pk)
            yield from _naming(names.union(aliases.values_list("name", flat=True)))
            for kind, model in _STATEMENTS.items():
                said = model.objects.filter(speaker=row.pk)
                yield from _of(kind, said.values_list("pk", flat=True))


def _before(row: Model) -> dict[str, Any]:
    """Return the columns that a row had before its last change; none of a new one."""
    entries = Change.objects.filter(model=row._meta.label_lower, object_id=row.pk)
    snapshots = entries.order_by("-seq").values_list("snapshot", flat=True)[1:2]
    return next((json.loads(each) for each in snapshots), {})


def _speaker_aliases(rows: Sequence[SpeakerAlias]) -> Iterator[Name]:
    """Yield the speakers, and what names those of them who are withheld."""
    yield from _owners(rows)
    owners = [row.speaker_id for row in rows]
    withheld = Speaker.objects.filter(pk__in=owners, withheld=True)
    hidden = set(withheld.values_list("pk", flat=True))
    if names := {row.name for row in rows if row.speaker_id in hidden}:
        yield from _naming(names)


def _naming(names: Iterable[str]) -> Iterator[Name]:
    """Yield all in which one of these names stands: reads the whole base."""
    sought = names_of(frozenset((0, name) for name in names if name))
    for model, columns in _texts().items():
        rows = model._default_manager.order_by("pk").values_list("pk", *columns)
        found = [
            pk
            for pk, *texts in rows.iterator()
            if any(sought.within(text) for text in texts if text)
        ]
        yield from _read_otherwise(model, found)


def _texts() -> dict[type[Model], list[str]]:
    """Return the columns in which names may stand, of the models that are searched."""
    found = {}
    for model in _NEAR:
        columns = masking.masked_columns(model)
        found[model] = [name for name, each in columns.items() if each.holds_text]
    return {model: names for model, names in found.items() if names}


def _withheld_spans(rows: Sequence[WithheldSpan]) -> Iterator[Name]:
    """Yield what somebody judged."""
    models = {model._meta.label_lower: model for model in _NEAR}
    for row in rows:
        if row.model in models:
            yield from _read_otherwise(models[row.model], [row.object_id])


def _read_otherwise(model: type[Model], keys: Sequence[int]) -> Iterator[Name]:
    """Yield what rows are searched as in which other words hide than before.

    What was copied from a text goes with it.
    """
    rows: Any = model._default_manager.filter(pk__in=keys) if keys else ()
    if model is ArticleVersion:
        yield from _articles(list(Article.objects.filter(versions__in=keys)))
    elif model in _KIND_OF:
        yield from _of(_KIND_OF[model], keys)
    elif model is SpeakerAlias:
        yield from _owners(rows)
    else:
        yield from _NEAR[model](rows)


_NEAR: dict[type[Model], Callable[[Sequence[Any]], Iterator[Name]]] = {
    Article: _articles,
    ArticleVersion: _versions,
    Claim: _statements,
    Quote: _statements,
    Translation: _translations,
    Measure: _measures,
    MODELS[SearchKind.EVENT]: _events,
    Source: _itself,
    SourceAlias: _source_aliases,
    Speaker: _speakers,
    SpeakerAlias: _speaker_aliases,
    Role: _owners,
    WithheldSpan: _withheld_spans,
}
