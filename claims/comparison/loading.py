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
from claims.comparison.voices import Kind, Originator, Telling
from claims.models import Claim
from sources.lineage import Lineage
from sources.masking import is_restricted
from sources.models import (
    Article,
    ArticleVersion,
    Merge,
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
    rows = Claim.objects.with_provenance().answering(measure).published(as_of(reader))
    return list(visible_to(reader, rows).order_by("pk"))


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
        )

    def _originator(self, claim: Claim) -> Originator:
        if claim.speaker_id is None:
            return self.owner(claim.article_version.article_id)
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

    def owner(self, article: int) -> Originator:
        """Return whose own voice an article has: its source's, if that is stated."""
        source = self._sources.get(article)
        if source is None:
            return Originator(Kind.ARTICLE, article)
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
        rows = Merge.objects.filter(standing(self._moment))
        return dict(rows.values_list("speaker", "into"))

    @cached_property
    def _spoken_for(self) -> dict[int, list[Role]]:
        """The roles of official voices, by the speaker that one was merged into."""
        named = {claim.speaker_id for claim in self._claims.values()}
        named |= {taking.origin_speaker for taking in self.lineage.takings}
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
    def _sources(self) -> dict[int, int | None]:
        """The source of each article, also of those above."""
        articles = [each.article_version.article for each in self._claims.values()]
        above = Article.objects.filter(pk__in=self.lineage.origins())
        return dict(above.values_list("pk", "source")) | {
            article.pk: article.source_id for article in articles
        }

    @cached_property
    def _texts(self) -> dict[int, list[str]]:
        """The folded texts of the articles from which others took all, fetched by then."""
        origins = self.lineage.origins(is_whole=True)
        found: dict[int, list[str]] = defaultdict(list)
        versions = ArticleVersion.objects.filter(article__in=origins)
        if self._moment is not None:
            versions = versions.filter(fetched_at__lte=self._moment)
        for version in versions:
            found[version.article_id].append(fold_key(version.text))
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
