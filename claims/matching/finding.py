"""Keep suggested links current: what the log says has changed is looked at anew."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from django.db import transaction
from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber

from claims.matching import keys, scores
from claims.matching.ends import Ends
from claims.models import (
    Claim,
    LinkKind,
    MatchKey,
    Measure,
    Quote,
    SuggestedLink,
    Watermark,
)
from sources import engine, history, masking
from sources.lineage import Lineage
from sources.models import Change, Derivation

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from claims.matching.ends import Name
    from claims.matching.scores import End, Parts

Anything = TypeVar("Anything")

#: A link by its ends: claim, quote, other claim, other quote, measure.
Pair: TypeAlias = "tuple[int | None, ...]"

#: The watermark of this module; `claims.linting` has its own.
MARK = 2
#: After more changes than these, everything is looked at anew.
MOST = 20_000
#: After more changes than these, links wait for `manage.py suggest --links`.
MOST_TO_FOLLOW = 2_000
#: How many rows are looked at together.
AT_ONCE = 1_000
#: So many keys are asked for in one query.
N_KEYS = 5_000
#: What more rows have in common is common; the latest of them are looked at.
N_COMMON = 50
#: So many rows that share most keys are compared with each row.
N_ALIKE = 10
#: So many measures are suggested for a claim.
N_MEASURES = 3

_COLUMNS = ("claim", "quote", "to_claim", "to_quote", "measure")
_KINDS: dict[str, Any] = {"claim": Claim, "quote": Quote, "measure": Measure}


@dataclass(slots=True)
class Counts:
    """What was done to the open suggestions."""

    added: int = 0
    updated: int = 0
    removed: int = 0


@dataclass(slots=True)
class _Found:
    """Links that some rows suggest, with the parts of their scores."""

    parts: dict[Pair, Parts] = field(default_factory=dict)

    def add(self, pair: Pair, parts: Parts) -> None:
        """Add a link, unless it scores too low, or higher already."""
        before = scores.total(self.parts.get(pair, {}))
        if scores.total(parts) > max(before, scores.ENOUGH - 1):
            self.parts[pair] = parts


def follow() -> None:
    """Look at what a commit changed, unless that is much: nobody waits for so long."""
    refresh(most=MOST_TO_FOLLOW)


def refresh(*, whole: bool = False, most: int | None = None) -> Counts:
    """Bring suggested links up to the head of the log; return what was done.

    With `most`, nothing is done after more changes than these. Cost: two queries where
    nothing changed.
    """
    head, _digest = history.head()
    mark = Watermark.objects.filter(pk=MARK).values_list("seq", flat=True).first() or 0
    if not whole and (head == mark or (most is not None and head - mark > most)):
        return Counts()
    return _catch_up(whole=whole)


@masking.truth()
@transaction.atomic
def _catch_up(*, whole: bool) -> Counts:
    engine.lock_log()  # nobody decides meanwhile on what is worked out
    mark, _is_new = Watermark.objects.get_or_create(pk=MARK)
    head, _digest = history.head()
    is_whole = whole or not mark.seq or head - mark.seq > MOST
    names = list(_all() if is_whole else _changed(mark.seq))
    counts, ends = Counts(), Ends()
    for some in _some_at_a_time(names):
        _keep_keys(some, ends.of(some))
    for some in _some_at_a_time(names if is_whole else _with_alike(names, ends)):
        _store(_around(some, ends), some, counts)
    mark.seq = head
    mark.save(update_fields=["seq"])
    return counts


def _some_at_a_time(
    each: Iterable[Anything], most: int = AT_ONCE
) -> Iterator[list[Anything]]:
    left = iter(each)
    while some := list(islice(left, most)):
        yield some


# --- what is looked at ---


def _all() -> Iterator[Name]:
    for kind, model in _KINDS.items():
        rows = model.objects.order_by("pk").values_list("pk", flat=True)
        yield from ((kind, key) for key in rows.iterator())


def _changed(since: int) -> Iterator[Name]:
    """Yield what changes after an entry of the log bear on."""
    changed: dict[str, set[int]] = defaultdict(set)
    entries = Change.objects.filter(seq__gt=since).order_by()
    for label, key in entries.values_list("model", "object_id").distinct():
        changed[label].add(key)
    derived = Derivation.objects.filter(pk__in=changed["sources.derivation"])
    articles = changed["sources.article"] | set(
        derived.values_list("article", flat=True)
    )
    stands = Q(article_version__article__in=articles)
    quotes = Q(pk__in=changed["claims.quote"])
    claims = Q(pk__in=changed["claims.claim"]) | Q(quote__in=changed["claims.quote"])
    measures = Q(pk__in=changed["claims.measure"])
    measures |= Q(event__in=changed["claims.event"])
    which = {"claim": stands | claims, "quote": stands | quotes, "measure": measures}
    for kind, condition in which.items():
        rows = _KINDS[kind].objects.filter(condition).order_by("pk")
        yield from ((kind, key) for key in rows.values_list("pk", flat=True))


# --- keys ---


def _touching(names: Collection[Name], *, but: Collection[str] = ()) -> Q:
    """Return the condition on rows that have one of these as an end."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for kind, key in names:
        wanted[kind].add(key)
    condition = Q(pk__in=())
    for column in _COLUMNS:
        if column not in but and (found := wanted[column.removeprefix("to_")]):
            condition |= Q(**{f"{column}__in": found})
    return condition


def _keep_keys(names: Collection[Name], ends: dict[Name, End]) -> None:
    MatchKey.objects.filter(_touching(names, but=("to_claim", "to_quote"))).delete()
    MatchKey.objects.bulk_create(
        [
            MatchKey(hash=value, **{f"{kind}_id": key})
            for (kind, key), end in ends.items()
            for value in sorted(keys.kept(end))
        ],
        batch_size=AT_ONCE,
    )


def _known(hashes: Collection[int]) -> dict[int, list[Name]]:
    """Return which rows have each key, the latest of them."""
    rank = Window(RowNumber(), partition_by=F("hash"), order_by=F("pk").desc())
    found: dict[int, list[Name]] = defaultdict(list)
    for some in _some_at_a_time(sorted(hashes), N_KEYS):
        rows = MatchKey.objects.filter(hash__in=some).annotate(rank=rank)
        ranked = rows.filter(rank__lte=N_COMMON).order_by("hash", "rank")
        for value, *owners in ranked.values_list("hash", *_KINDS):
            pairs = zip(_KINDS, owners, strict=True)
            found[value].append(next((kind, key) for kind, key in pairs if key))
    return found


def _alike(
    end: End, sought: Iterable[int], known: dict[int, list[Name]], most: int
) -> list[Name]:
    """Return the rows that share most of some keys."""
    shared = Counter(name for value in sorted(sought) for name in known.get(value, ()))
    del shared[end.kind, end.key]
    return [name for name, _n in shared.most_common(most)]


# --- links ---


def _with_alike(names: Collection[Name], ends: Ends) -> list[Name]:
    """Return some rows and the claims that may be of their measures."""
    own = ends.of(names)
    sought = {name: keys.of_count(end) for name, end in own.items() if end.measure}
    known = _known(set().union(*sought.values()))
    alike = {
        other
        for name, values in sought.items()
        for other in _alike(own[name], values, known, N_COMMON)
        if other[0] == "claim"
    }
    return [*names, *sorted(alike.difference(names))]


def _around(names: Collection[Name], ends: Ends) -> _Found:
    """Return the links that some rows suggest, and those they are in already."""
    own = ends.of(names)
    words = {name: keys.of_words(end) for name, end in own.items()}
    count = {name: keys.of_count(end) for name, end in own.items() if end.is_open}
    known = _known(set().union(*words.values(), *count.values()))
    pairs = {
        _utterance(name, other)
        for name, values in words.items()
        for other in _alike(own[name], values, known, N_ALIKE)
        if name[0] == other[0]
    }
    before = SuggestedLink.objects.open().filter(_touching(names), measure=None)
    pairs |= set(before.values_list(*_COLUMNS))
    examples = {
        name: _alike(own[name], values, known, N_COMMON)
        for name, values in count.items()
    }
    met = {name for pair in pairs for name in _names(pair)}
    everyone = own | ends.of(met.union(*examples.values()))
    measures = {("measure", end.measure) for end in everyone.values() if end.measure}
    everyone |= ends.of(measures)
    found, joined = _Found(), _Joined(everyone[name] for name in met & everyone.keys())
    for pair in pairs:
        one, other = (everyone.get(name) for name in _names(pair))
        if one and other and not joined.are(one, other):
            found.add(pair, scores.same_utterance(one, other))
    for name, others in examples.items():
        _add_measures(own[name], others, everyone, found)
    return found


def _names(pair: Pair) -> list[Name]:
    """Return the two ends of a link."""
    names = zip(_COLUMNS, pair, strict=True)
    return [(column.removeprefix("to_"), key) for column, key in names if key]


def _utterance(one: Name, other: Name) -> Pair:
    (kind, first), (_kind, second) = sorted((one, other))
    pair = dict.fromkeys(_COLUMNS, None) | {kind: first, f"to_{kind}": second}
    return tuple(pair[column] for column in _COLUMNS)


def _add_measures(
    claim: End, others: Iterable[Name], ends: dict[Name, End], found: _Found
) -> None:
    """Suggest the measures that fit a claim best, and better than its own."""
    own = ends.get(("measure", claim.measure or 0))
    least = scores.total(scores.same_measure(claim, own)) + scores.BETTER if own else 0
    fitting = _Found()
    for example in (ends[name] for name in others if name in ends):
        if example.measure not in (None, claim.measure):
            pair = (claim.key, None, None, None, example.measure)
            parts = scores.same_measure(claim, example)
            if scores.total(parts) >= least:
                fitting.add(pair, parts)
    best = sorted(fitting.parts.items(), key=lambda each: -scores.total(each[1]))
    found.parts |= dict(best[:N_MEASURES])


class _Joined:
    """Which articles derive from each other, so that voices are one anyway."""

    def __init__(self, ends: Iterable[End]) -> None:
        self._lineage = Lineage.above_of({end.article for end in ends if end.article})
        self._above: dict[int, set[int]] = {}

    def are(self, one: End, other: End) -> bool:
        return other.article in self._of(one) or one.article in self._of(other)

    def _of(self, end: End) -> set[int]:
        article = end.article or 0
        if article not in self._above:
            self._above[article] = set(self._lineage.above(article))
        return self._above[article]


# --- what is stored ---


def _store(found: _Found, names: Collection[Name], counts: Counts) -> None:
    """Make the open links of some statements those that were found; decided ones stay.

    A measure is suggested by what is looked at of its claim, whatever happens to it.
    """
    statements = {name for name in names if name[0] != "measure"}
    stored = {
        _pair_of(row): row
        for row in SuggestedLink.objects.filter(_touching(statements))
    }
    still_open = {pair: row for pair, row in stored.items() if row.is_open}
    gone = [row.pk for pair, row in still_open.items() if pair not in found.parts]
    new = [
        _scored(_link(pair), parts)
        for pair, parts in found.parts.items()
        if pair not in stored
    ]
    altered = [
        _scored(row, found.parts[pair])
        for pair, row in still_open.items()
        if row.facts != found.parts.get(pair, row.facts)
    ]
    SuggestedLink.objects.open().filter(pk__in=gone).delete()
    SuggestedLink.objects.bulk_create(new, batch_size=AT_ONCE)
    SuggestedLink.objects.bulk_update(altered, ["score", "facts"], batch_size=AT_ONCE)
    counts.added += len(new)
    counts.updated += len(altered)
    counts.removed += len(gone)


def _pair_of(row: SuggestedLink) -> Pair:
    return tuple(getattr(row, f"{column}_id") for column in _COLUMNS)


def _link(pair: Pair) -> SuggestedLink:
    ends = {f"{name}_id": key for name, key in zip(_COLUMNS, pair, strict=True)}
    kind = LinkKind.SAME_MEASURE if ends["measure_id"] else LinkKind.SAME_UTTERANCE
    return SuggestedLink(kind=kind, **ends)


def _scored(row: SuggestedLink, parts: Parts) -> SuggestedLink:
    row.score, row.facts = Decimal(scores.total(parts)) / 100, parts
    return row
