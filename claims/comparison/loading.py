"""Load what a comparison reads: the claims of a measure and all their voices rest on.

Nine queries at most, whatever the number of claims.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

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
        return Telling(
            claim.pk,
            article.pk,
            self._originator(claim, said_on),
            is_own=claim.speaker_id is None,
            figure=_figure(claim),
            days=tuple(day.latest if day else None for day in days),
        )

    def _originator(self, claim: Claim, said_on: PartialDate | None) -> Originator:
        if claim.speaker_id is None:
            return self.owner(claim.article_version.article_id)
        return self.named(claim.speaker_id, claim.said_when(said_on))

    def named(self, speaker: int, day: PartialDate | None = None) -> Originator:
        """Return a speaker's voice: the organisation's that they speak for on a day.

        Speaking for several at once, or for one at a time nobody knows, they are a
        voice of their own.
        """
        one = self._merged(speaker)
        organisations = {
            self._merged(role.organisation_id)
            for key in {speaker, one}
            for role in self._spoken_for.get(key, ())
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
        return any(words in text for text in self._texts.get(article, ()))

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
            rows = _MODELS[kind]._default_manager.filter(pk__in=keys)
            known = visible_to(self._reader, rows)
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
        """The roles of official voices, by speaker."""
        named = {claim.speaker_id for claim in self._claims.values()}
        named |= {taking.origin_speaker for taking in self.lineage.takings}
        met = {key for key in named if key is not None}
        speakers = met | {self._merged(key) for key in met}
        rows = Role.objects.filter(
            standing(self._moment), speaks_for=True, speaker__in=speakers
        )
        if is_restricted():
            rows = without_withheld(rows)
        found: dict[int, list[Role]] = defaultdict(list)
        for role in rows.order_by("pk"):
            found[role.speaker_id].append(role)
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
        """The folded texts of the articles from which others took all."""
        origins = self.lineage.origins(is_whole=True)
        found: dict[int, list[str]] = defaultdict(list)
        for version in ArticleVersion.objects.filter(article__in=origins):
            found[version.article_id].append(fold_key(version.text))
        return found


def _was_held(role: Role, day: PartialDate | None) -> bool:
    return role.was_held(day) if day else not (role.held_from or role.held_until)


def _figure(claim: Claim) -> Figure | None:
    """Return what a claim says; `None` for what it denies, or without a quantity.

    The words that state a day are left out: the same day is the same day.
    """
    quantity, holds = claim.quantity, claim.holds
    if quantity is None or claim.denied:
        return None
    return Figure(quantity, replace(holds, words="") if holds else None)


_MODELS = {Kind.SPEAKER: Speaker, Kind.SOURCE: Source, Kind.ARTICLE: Article}
