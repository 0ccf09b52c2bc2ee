"""What changes may bear on, as the log tells them."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Q

from claims.models import Claim, Measure, Quote, SameUtterance
from sources.lineage import Lineage
from sources.models import (
    Article,
    ArticleVersion,
    Change,
    Derivation,
    Merge,
    OwnVoice,
    Role,
)

if TYPE_CHECKING:
    from collections.abc import Collection
    from typing import Any, TypeAlias

    from django.db.models import Model

    #: Keys of the rows that changed, by the name of their model.
    Changed: TypeAlias = dict[str, set[int]]

#: After more changes, or where they bear on more claims, everything is looked at anew.
MOST = 10_000


@dataclass(frozen=True, slots=True)
class Reach:
    """What changes may bear on: claims, quotes, and the measures of whole events.

    `has_statements` is false where there are no such claims or quotes.
    """

    claims: Q = field(default_factory=Q)
    quotes: Q = field(default_factory=Q)
    measures: Q = field(default_factory=Q)
    has_statements: bool = True


EVERYTHING = Reach()


def reached(since: int, head: int) -> Reach:
    """Return what the changes after an entry of the log may bear on."""
    if not since or head - since > MOST:
        return EVERYTHING
    changed: Changed = defaultdict(set)
    entries = Change.objects.filter(seq__gt=since).order_by()
    for label, key in entries.values_list("model", "object_id").distinct():
        changed[label].add(key)
    return EVERYTHING if _alters_names(changed) else _near(changed, since)


def _alters_names(changed: Changed) -> bool:
    """Tell whether other names hide now than before: they may stand in any text."""
    told = Change.objects.filter(
        model="sources.speaker",
        object_id__in=changed["sources.speaker"],
        snapshot__contains='"withheld":true',
    )
    return bool(changed["sources.withheldspan"]) or told.exists()


def _near(changed: Changed, since: int) -> Reach:
    speakers = _speakers(changed)
    near = Q(speaker__in=speakers)
    near |= Q(article_version__article__in=_articles(changed, speakers))
    joined = _keys(SameUtterance, changed, "claim", "to_claim")
    quotes = _keys(SameUtterance, changed, "quote", "to_quote")
    claims = near | Q(pk__in=changed["claims.claim"] | joined)
    claims |= Q(quote__in=changed["claims.quote"] | quotes)
    events = _events(changed, claims, since)
    touched = Claim.objects.filter(claims | Q(measure__event__in=events))
    keys = set(touched.order_by().values_list("pk", flat=True)[: MOST + 1])
    if len(keys) > MOST:
        return EVERYTHING
    # What somebody moves elsewhere at this moment is looked at when that is told.
    stays = Q(measure=None) | Q(measure__event__in=events)
    said = near | Q(pk__in=changed["claims.quote"])
    return Reach(
        Q(pk__in=keys) & stays,
        said,
        Q(event__in=events),
        has_statements=bool(keys) or Quote.objects.filter(said).exists(),
    )


def _speakers(changed: Changed) -> set[int]:
    """Return the speakers who, or whose roles, changed, with all merged with them."""
    found = set(changed["sources.speaker"])
    found |= _keys(Role, changed, "speaker") | _keys(Merge, changed, "speaker", "into")
    found |= _keys(OwnVoice, changed, "speaker")
    merges = list(Merge.objects.values_list("speaker", "into")) if found else []
    n_found = 0
    while n_found < len(found):
        n_found = len(found)
        found.update(*(pair for pair in merges if not found.isdisjoint(pair)))
    return found


def _articles(changed: Changed, speakers: Collection[int]) -> set[int]:
    """Return the articles that changed or take from a speaker, and what takes from them."""
    found = set(changed["sources.article"])
    found |= _keys(ArticleVersion, changed, "article")
    found |= _keys(Derivation, changed, "article")
    if offices := _keys(OwnVoice, changed, "source"):
        published = Article.objects.filter(source__in=offices).values_list("pk")
        taken = Derivation.objects.filter(origin_source__in=offices)
        found |= {key for (key,) in published.union(taken.values_list("article"))}
    if speakers:
        naming = Derivation.objects.filter(origin_speaker__in=speakers)
        found.update(naming.values_list("article", flat=True))
    lineage = Lineage.below_of(found)
    return found.union(*(lineage.below(key) for key in found))


def _keys(model: type[Model], changed: Changed, *columns: str) -> set[int]:
    """Return what the changed rows of a model point to."""
    keys = changed[model._meta.label_lower]
    if not keys:
        return set()
    rows = model._default_manager.filter(pk__in=keys).values_list(*columns)
    return {key for row in rows for key in row if key is not None}


def _events(changed: Changed, claims: Q, since: int) -> set[int]:
    """Return the events of whose measures something may stand otherwise.

    A claim that was moved to another measure bears on the one it was moved from, which
    only the log remembers. A part is held against its total, wherever that is.
    """
    measures = Q(
        pk__in=changed["claims.measure"] | _left(Claim, "measure_id", changed, since)
    )
    measures |= Q(claims__in=Claim.objects.filter(claims).values("pk"))
    events = changed["claims.event"] | _left(Measure, "event_id", changed, since)
    near = Measure.objects.filter(measures | Q(event__in=events))
    keys = set(near.values_list("pk", flat=True))
    found = Measure.objects.filter(Q(pk__in=keys) | Q(part_of__in=keys))
    return set(found.values_list("event", flat=True)) | events


def _left(model: type[Model], column: str, changed: Changed, since: int) -> set[Any]:
    """Return what the changed rows of a model pointed to before."""
    label = model._meta.label_lower
    if not changed[label]:
        return set()
    before = Change.objects.filter(
        model=label, object_id__in=changed[label], seq__lte=since
    )
    told = {
        json.loads(each).get(column)
        for each in before.values_list("snapshot", flat=True)
    }
    return told - {None}
