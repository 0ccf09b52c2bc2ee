"""Which named rows may be public otherwise once some rows were written.

A statement that is published leads to its speaker, its measure and its article, that to
its source and to whom it takes from, and these lead on. All that might lie at the end of
a way is named here; whether it is public `reach` tells.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any, TypeAlias

from claims.models import Claim, Event, Measure, Quote, SearchEntry
from claims.search.documents import MODELS
from claims.search.reach import reached
from sources.models import (
    Article,
    ArticleVersion,
    Change,
    Derivation,
    Merge,
    OwnVoice,
    Role,
    Source,
    Speaker,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.db.models import Model

    from claims.search.documents import Name

    #: Keys of rows, by their model.
    Rows: TypeAlias = defaultdict[type[Model], set[int]]

_KIND_OF = {model: kind for kind, model in MODELS.items()}
_NAMED = (Measure, Event, Speaker, Source)
_STATEMENTS = (Claim, Quote)
#: What bears on named rows when it is written.
_BEARING = (*_STATEMENTS, Article, Derivation, OwnVoice, Role, Merge, *_NAMED)
#: Of these the columns change that name other rows.
_MOVING = (Article, Measure, Speaker)
#: Where a row leads: the rows that name it in a column, and what these name besides.
_LEADS: dict[type[Model], list[tuple[Any, str, list[str]]]] = {
    ArticleVersion: [(ArticleVersion, "pk", ["article"])],
    Article: [
        (Article, "pk", ["source"]),
        (Derivation, "article", ["origin_source", "origin_speaker"]),
    ],
    Source: [(OwnVoice, "source", ["speaker"])],
    Speaker: [
        (Speaker, "pk", ["source"]),
        (Role, "speaker", ["organisation"]),
        (Merge, "speaker", ["into"]),
    ],
    Measure: [(Measure, "pk", ["event", "part_of"])],
    Event: [],
}


def led_to(rows: Sequence[Model]) -> Rows:
    """Return the named rows to which written rows lead, or led before.

    Cost: up to seven queries for each step of the longest way, none where all that was
    written is statements that are not public.
    """
    found: Rows = defaultdict(set)
    new = _touched(rows)
    while any(new.values()):
        for model, keys in new.items():
            found[model] |= keys
        ahead: Rows = defaultdict(set)
        for model, keys in new.items():
            for target, key in _ahead(model, keys):
                ahead[target].add(key)
        new = defaultdict(
            set, {each: keys - found[each] for each, keys in ahead.items()}
        )
    return defaultdict(set, {each: found[each] for each in _NAMED if found[each]})


def moved(named: Rows) -> Iterator[Name]:
    """Yield those named rows that are public and were not, or the other way round."""
    for model, keys in named.items():
        kind = _KIND_OF[model]
        entries = SearchEntry.objects.filter(kind=kind, object_id__in=keys)
        known = dict(entries.values_list("object_id", "for_public"))
        public = reached(model, known)
        yield from ((kind, key) for key in known if known[key] != (key in public))


def _touched(rows: Sequence[Model]) -> Rows:
    """Return what written rows are or name, and what they ever named."""
    by_model: dict[type[Model], list[Model]] = defaultdict(list)
    for row in rows:
        if isinstance(row, _BEARING) and getattr(row, "is_public", True):
            by_model[type(row)].append(row)
    found: Rows = defaultdict(set)
    for model, some in by_model.items():
        if model in _LEADS:
            found[model].update(row.pk for row in some)
        columns: list[Any] = [
            each for each in model._meta.fields if each.related_model in _LEADS
        ]
        told = [
            {each.attname: getattr(row, each.attname) for each in columns}
            for row in some
        ]
        if model in _MOVING:
            told += _told_before(model, [row.pk for row in some])
        for each in columns:
            found[each.related_model].update(one[each.attname] for one in told)
    return defaultdict(set, {model: keys - {None} for model, keys in found.items()})


def _told_before(model: type[Model], keys: list[int]) -> list[dict[str, Any]]:
    """Return the columns of rows as the log has them: one query."""
    entries = Change.objects.filter(model=model._meta.label_lower, object_id__in=keys)
    return [json.loads(each) for each in entries.values_list("snapshot", flat=True)]


def _ahead(model: type[Model], keys: set[int]) -> Iterator[tuple[type[Model], int]]:
    for where, column, named in _LEADS[model]:
        targets: list[Any] = [
            where._meta.get_field(each).related_model for each in named
        ]
        found = where._default_manager.filter(**{f"{column}__in": keys})
        for values in found.values_list(*named).order_by():
            yield from (
                (target, key)
                for target, key in zip(targets, values, strict=True)
                if key is not None
            )
