"""Load statements and measures as the ends of links: four queries for some of a kind."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeAlias

from claims.matching.scores import Count, End, count_of
from claims.models import Basis, Claim, Measure, Quote, Status
from sources.models import ArticleVersion, Merge, SpeakerKind
from sources.text import likeness
from sources.text.fold import fold_key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from claims.matching.scores import Days
    from sources.text.dates import PartialDate

#: What an end is known by: its kind and its key.
Name: TypeAlias = "tuple[str, int]"

#: A sentence is looked for so many characters around a claim.
REACH = 300
#: How many rows are loaded together.
AT_ONCE = 500
#: So many ends are kept, of about a kilobyte each.
MOST_KEPT = 20_000
_STOPS = (". ", "! ", "? ", "؟ ", "؛ ", "\n")
_STANDING = (Status.RECORDED, Status.PUBLISHED)


class Ends:
    """Loads ends, and keeps as many as fit into memory."""

    def __init__(self) -> None:
        merges = Merge.objects.filter(ended_at=None)
        self._merges = dict(merges.values_list("speaker", "into"))
        self._known: dict[Name, End | None] = {}

    def of(self, names: Collection[Name]) -> dict[Name, End]:
        """Return the ends with these names; those that are gone are left out."""
        if len(self._known) > MOST_KEPT:
            self._known.clear()
        wanted: dict[str, set[int]] = defaultdict(set)
        for kind, key in set(names) - self._known.keys():
            wanted[kind].add(key)
        load = {"claim": self._claims, "quote": self._quotes, "measure": _measures}
        for kind, keys in wanted.items():
            self._known |= {(kind, key): None for key in keys}
            left = iter(keys)
            while some := set(islice(left, AT_ONCE)):
                self._known |= {(end.kind, end.key): end for end in load[kind](some)}
        return {name: end for name in names if (end := self._known[name])}

    def _quotes(self, keys: set[int]) -> Iterator[End]:
        rows = Quote.objects.filter(pk__in=keys, status__in=_STANDING)
        for row in rows.with_provenance():
            passage = fold_key(row.words)
            end = self._statement(row, passage, row.said_when(row.said_on))
            yield replace(end, numbers=_digits(passage))

    def _claims(self, keys: set[int]) -> Iterator[End]:
        standing = Claim.objects.filter(pk__in=keys, status__in=_STANDING)
        rows = list(standing.exclude(basis=Basis.TABULATED).with_provenance())
        versions = ArticleVersion.objects.in_bulk(
            {row.article_version_id for row in rows}
        )
        events = _events({row.article_version.article_id for row in rows})
        for row in rows:
            passage = fold_key(_sentence(versions[row.article_version_id].text, row))
            day = row.holds or row.said_when(row.quote and row.quote.said_on)
            end = self._statement(row, passage, day)
            others = events[row.article_version.article_id]
            yield replace(
                end,
                count=_count(row) if row.qualifier else Count(),
                numbers=frozenset((row.low, row.high))
                if row.qualifier
                else _digits(passage),
                holds=_days(row.holds),
                measure=row.measure_id,
                event=row.measure.event_id if row.measure else None,
                places=_places(row.measure) if row.measure else (),
                events=frozenset(event for key, event in others if key != row.pk),
                is_in_quote=row.quote_id is not None,
                is_open=row.is_open and bool(row.qualifier),
            )

    def _statement(self, row: Any, passage: str, day: PartialDate | None) -> End:
        article = row.article_version.article
        return End(
            kind=row._meta.model_name,
            key=row.pk,
            days=_days(day),
            article=article.pk,
            title=fold_key(article.title),
            passage=passage,
            published=article.published.latest if article.published else None,
            speaker=self._merged(row.speaker_id),
            is_nameless=row.speaker is None or row.speaker.kind == SpeakerKind.UNNAMED,
        )

    def _merged(self, speaker: int | None) -> int | None:
        seen = {speaker}
        while (into := self._merges.get(speaker or 0)) and into not in seen:
            seen.add(speaker := into)
        return speaker


def _measures(keys: set[int]) -> Iterator[End]:
    for row in Measure.objects.filter(pk__in=keys).select_related("event"):
        counted = f"{row.counted} {row.name_ar} {row.name_en}"
        starts, ends = row.event.starts, row.event.ends or row.event.starts
        yield End(
            kind="measure",
            key=row.pk,
            count=count_of(
                f"{row.happened} {row.name_en} {row.name_ar}", counted, row.unit
            ),
            days=(starts.earliest, ends.latest) if starts and ends else _days(ends),
            measure=row.pk,
            event=row.event_id,
            places=_places(row),
        )


def _events(articles: set[int]) -> dict[int, list[tuple[int, int]]]:
    """Return which claims of articles are about which event, by article."""
    claims = Claim.objects.filter(
        article_version__article__in=articles, measure__isnull=False
    )
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    columns = ("article_version__article", "pk", "measure__event")
    for article, key, event in claims.values_list(*columns):
        found[article].append((key, event))
    return found


def _count(claim: Claim) -> Count:
    """Return what a claim counts; the words around its number say so if nothing else."""
    happened = claim.predicate_words or claim.words
    return count_of(happened, claim.counted_words or claim.words, claim.unit)


def _places(measure: Measure) -> tuple[str, ...]:
    event = measure.event
    names = (measure.place, event.place_ar, event.place_en)
    return tuple(fold_key(name) for name in names if name)


def _digits(passage: str) -> frozenset[Any]:
    words = likeness.bare_words(passage)
    return frozenset(word for word in words if word[0].isdigit())


def _days(day: PartialDate | None) -> Days | None:
    return (day.earliest, day.latest) if day else None


def _sentence(text: str, claim: Claim) -> str:
    """Return the sentence around a claim, as far as `REACH`."""
    first, last = max(claim.start - REACH, 0), claim.end + REACH
    starts = (text.rfind(stop, first, claim.start) + len(stop) for stop in _STOPS)
    ends = (text.find(stop, claim.end, last) for stop in _STOPS)
    start = max(first, *(at for at in starts if at > first), 0)
    end = min((at for at in ends if at >= 0), default=min(last, len(text)))
    return text[start:end]
