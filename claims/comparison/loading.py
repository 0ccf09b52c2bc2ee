"""Load what a comparison reads: the claims of a measure and all their voices rest on.

Nine queries at most, whatever the number of claims.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db import models

from claims.comparison.figures import Figure
from claims.comparison.tellings import Kind, Originator, Telling
from claims.models import Claim, SameUtterance
from sources.lineage import Lineage
from sources.masking import is_restricted
from sources.models import (
    Article,
    Merge,
    OwnVoice,
    Role,
    Source,
    Speaker,
    SpeakerKind,
)
from sources.models.versioned import standing
from sources.policy import Reader, as_of, visible_to, without_withheld
from sources.text.dates import PartialDate
from sources.text.fold import fold_key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from claims.models import Measure


def claims_of(measure: Measure, reader: Reader) -> list[Claim]:
    """Return what is, or at the reader's moment was, published on a measure."""
    return claims_of_each([measure], reader)[measure]


def claims_of_each(
    measures: Iterable[Measure], reader: Reader
) -> dict[Measure, list[Claim]]:
    """Return the same of each of several measures: one query."""
    found: dict[Measure, list[Claim]] = {measure: [] for measure in measures}
    by_key = {measure.pk: claims for measure, claims in found.items()}
    rows = Claim.objects.with_provenance().filter(measure__in=by_key)
    shown = visible_to(reader, rows.published(as_of(reader)))
    for claim in shown.order_by("pk"):
        by_key[claim.measure_id].append(claim)
    return found


class Surroundings:
    """What claims of one measure stand among, as somebody may know it."""

    def __init__(self, claims: Collection[Claim], reader: Reader) -> None:
        self._claims = {claim.pk: claim for claim in claims}
        self._reader, self._moment = reader, as_of(reader)
        self.lineage = Lineage.above_of(
            {claim.article_version.article_id for claim in claims}, self._moment
        )

    def telling(self, claim: Claim) -> Telling:
        """Return a claim as voices are counted by it."""
        article = claim.article_version.article
        said_on = claim.quote.said_on if claim.quote else None
        days = (claim.holds, said_on, article.published)
        originator, figure = self._originator(claim), _figure(claim)
        return Telling(
            claim.pk,
            article.pk,
            originator,
            is_own=claim.speaker_id is None,
            is_unnamed=_is_unnamed(claim.speaker, originator),
            figure=None if claim.denied else figure,
            denied=figure if claim.denied else None,
            days=tuple(day.latest if day else None for day in days),
            words=fold_key(claim.words),
            text=claim.article_version_id,
            utterance=self._utterances.get(("claim", claim.pk))
            or self._utterances.get(("quote", claim.quote_id)),
        )

    def _originator(self, claim: Claim) -> Originator:
        if claim.speaker_id is None:
            return self.owner(claim.article_version.article_id, claim.pk)
        return self.named(claim.speaker_id, claim.pk)

    def named(self, speaker: int, claim: int) -> Originator:
        """Return a speaker's voice: the organisation's that they speak for on a day.

        The day is that of a claim. Speaking for several at once, or for one at a time
        nobody knows, they are a voice of their own.
        """
        said, one = self._claims[claim], self._merged(speaker)
        day = said.said_when(said.quote.said_on if said.quote else None)
        organisations = {
            self._merged(role.organisation_id)
            for role in self._spoken_for.get(one, ())
            if role.organisation_id is not None and _was_held(role, day)
        }
        voice = organisations.pop() if len(organisations) == 1 else one
        return Originator(Kind.SPEAKER, voice)

    def owner(self, article: int, claim: int) -> Originator:
        """Return whose own voice an article has: its source's, if that is stated."""
        source = self._sources.get(article)
        if source is None:
            return Originator(Kind.ARTICLE, article)
        return self.office(source, claim)

    def office(self, source: int, claim: int) -> Originator:
        """Return whose own voice a source has: the organisation's that it speaks as."""
        if source in self._speaks_as:
            return self.named(self._speaks_as[source], claim)
        return Originator(Kind.SOURCE, source)

    def stands_in(self, claim: int, article: int) -> bool:
        """Whether the words of a claim stand in the text of an article."""
        words = fold_key(self._claims[claim].words)
        texts = [text for text in self._texts.get(article, ()) if words in text]
        return any(map(_as_a_whole(words).search, texts)) if texts else False

    def rows(self, originators: Iterable[Originator]) -> dict[Originator, Any]:
        """Return the rows of voices that the reader may know; three queries at most.

        A withheld speaker is there as their claims name them.
        """
        wanted: dict[Kind, set[int]] = defaultdict(set)
        for each in originators:
            wanted[each.kind].add(each.key)
        found: dict[Originator, Any] = {
            Originator(Kind.SPEAKER, claim.speaker_id): claim.speaker
            for claim in self._claims.values()
            if claim.speaker_id is not None
        }
        for kind, keys in wanted.items():
            known = visible_to(self._reader, _ROWS[kind].filter(pk__in=keys))
            found |= {Originator(kind, row.pk): row for row in known}
        return found

    def _merged(self, speaker: int) -> int:
        seen = {speaker}
        while (into := self._merges.get(speaker)) and into not in seen:
            seen.add(speaker := into)
        return speaker

    @cached_property
    def _merges(self) -> dict[int, int]:
        return self._pairs("speaker")

    @cached_property
    def _speaks_as(self) -> dict[int, int]:
        return self._pairs("source")

    def _pairs(self, wanted: str) -> dict[int, int]:
        return {one: other for what, one, other in self._joined if what == wanted}

    @cached_property
    def _utterances(self) -> dict[tuple[str, int | None], int]:
        """The utterance that a claim or quote reports, each with a number of its own."""
        groups: dict[tuple[str, int | None], set[tuple[str, int | None]]] = {}
        for what, one, other in self._joined:
            if what in ("claim", "quote"):
                both = groups.get((what, one), {(what, one)})
                both |= groups.get((what, other), {(what, other)})
                groups |= dict.fromkeys(both, both)
        numbers = {id(group): number for number, group in enumerate(groups.values(), 1)}
        return {name: numbers[id(group)] for name, group in groups.items()}

    @cached_property
    def _joined(self) -> list[tuple[str, int, int]]:
        """Who is whom, and which statements report one utterance: one query.

        Speakers by the one they were merged into, sources by the speaker they speak as.
        """
        stood = standing(self._moment)
        offices = OwnVoice.objects.filter(stood)
        if is_restricted():
            offices = without_withheld(offices)
        found: list[Any] = [
            offices.values_list("source", "speaker", models.Value("source"))
        ]
        quotes = {claim.quote_id for claim in self._claims.values()} - {None}
        for what, keys in (("claim", set(self._claims)), ("quote", quotes)):
            either = models.Q(**{f"{what}__in": keys})
            either |= models.Q(**{f"to_{what}__in": keys})
            rows = SameUtterance.objects.filter(stood, either)
            found.append(rows.values_list(what, f"to_{what}", models.Value(what)))
        merges = Merge.objects.filter(stood)
        first = merges.values_list("speaker", "into", models.Value("speaker"))
        return [(what, *pair) for *pair, what in first.union(*found, all=True)]

    @cached_property
    def _spoken_for(self) -> dict[int, list[Role]]:
        """The roles of official voices, by the speaker that one was merged into."""
        named = {claim.speaker_id for claim in self._claims.values()}
        named |= {taking.origin_speaker for taking in self.lineage.takings}
        named |= set(self._speaks_as.values())
        met = {self._merged(key) for key in named if key is not None}
        speakers = met | {key for key in self._merges if self._merged(key) in met}
        rows = Role.objects.filter(
            standing(self._moment), speaks_for=True, speaker__in=speakers
        )
        if is_restricted():
            rows = without_withheld(rows)
        found: dict[int, list[Role]] = defaultdict(list)
        for role in rows.order_by("pk"):
            found[self._merged(role.speaker_id)].append(role)
        return found

    @cached_property
    def _above(self) -> list[Any]:
        """The articles above, each with the text from which others took all.

        One query, a row for each text: `copied`, which an article without one lacks. Of
        texts those that were fetched by then, and as the reader sees them, like the
        words that are looked for in them.
        """
        is_copied = models.Q(versions__article__in=self.lineage.origins(is_whole=True))
        if self._moment is not None:
            is_copied &= models.Q(versions__fetched_at__lte=self._moment)
        above = Article.objects.filter(pk__in=self.lineage.origins()).annotate(
            copied=models.FilteredRelation("versions", condition=is_copied)
        )
        return list(
            above.select_related("copied")  # type: ignore[misc]  # unknown to the stubs
        )

    @cached_property
    def _sources(self) -> dict[int, int | None]:
        """The source of each article, also of those above."""
        own = [each.article_version.article for each in self._claims.values()]
        return {article.pk: article.source_id for article in (*self._above, *own)}

    @cached_property
    def _texts(self) -> dict[int, list[str]]:
        """The folded texts of the articles from which others took all, fetched by then."""
        found: dict[int, list[str]] = defaultdict(list)
        for article in self._above:
            if copied := getattr(article, "copied", None):
                found[article.pk].append(fold_key(copied.text))
        return found


def _was_held(role: Role, day: PartialDate | None) -> bool:
    return role.was_held(day) if day else not (role.held_from or role.held_until)


def _is_unnamed(speaker: Speaker | None, originator: Originator) -> bool:
    """Tell whether a speaker is known by what they are, not by who they speak for."""
    if speaker is None or speaker.kind != SpeakerKind.UNNAMED:
        return False
    return originator == Originator(Kind.SPEAKER, speaker.pk)


def _figure(claim: Claim) -> Figure | None:
    """Return the figure that a claim gives or denies; `None` without a quantity.

    The words that state a day are left out: the same day is the same day.
    """
    quantity, holds = claim.quantity, claim.holds
    if quantity is None:
        return None
    return Figure(quantity, replace(holds, words="") if holds else None)


def _as_a_whole(words: str) -> re.Pattern[str]:
    """Return what finds words in a text, but no "60 left" in "160 left"."""
    before = r"(?<!\d)(?<!\d[.,٫٬])" if words[:1].isdigit() else ""
    after = r"(?![.,٫٬]?\d)" if words[-1:].isdigit() else ""
    return re.compile(before + re.escape(words) + after)


_ROWS: dict[Kind, models.QuerySet[Any]] = {
    Kind.SPEAKER: Speaker.objects.all(),
    Kind.SOURCE: Source.objects.all(),
    Kind.ARTICLE: Article.objects.select_related("source"),
}
