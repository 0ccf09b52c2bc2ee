"""Derivations that a text suggests: much of it stands elsewhere, or it names a source.

Two articles that share half of the words of one republish each other; the later one
republishes. A smaller share is offered as a quotation between two sources only: what
articles of one source share is their own background and boilerplate.
"""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Q

from sources.ingest import known
from sources.ingest.draft import Refusal
from sources.models import Derivation, DerivationKind, SuggestedDerivation
from sources.models.columns import Anchor
from sources.text import likeness
from sources.text.credits import CreditKind, credits_of
from sources.text.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sources.models import Article, ArticleVersion, Source
    from sources.text.likeness import Shares

#: From this share of its words on, an article republishes another.
REPUBLISHES = Decimal("0.5")
#: From this share on, or when half of the other stands in it, it quotes another.
QUOTES = Decimal("0.2")
_LONGEST_NAME = 200
_CREDITED = {
    CreditKind.SOURCE: DerivationKind.REPUBLISHES,
    CreditKind.TAG: DerivationKind.REPUBLISHES,
    CreditKind.CITED: DerivationKind.CITES,
}


def make(version: ArticleVersion, alike: Sequence[ArticleVersion]) -> int:
    """Offer what a new version suggests; return how many offers there are.

    What a person has judged already is not offered again.
    """
    offers = [*_from_articles(version, alike), *_from_credits(version)]
    SuggestedDerivation.objects.bulk_create(offers)
    return len(offers)


# --- what stands elsewhere ---


def _from_articles(
    version: ArticleVersion, alike: Sequence[ArticleVersion]
) -> Iterator[SuggestedDerivation]:
    judged = _judged(version.article) if alike else set()
    for other in alike:
        if other.article_id not in judged and (offer := _from_article(version, other)):
            yield offer


def _judged(article: Article) -> set[int]:
    """Return the articles of which somebody knows how they stand to this one."""
    either = Q(article=article) | Q(origin=article)
    pairs = [
        *SuggestedDerivation.objects.filter(either).values_list("article", "origin"),
        *Derivation.objects.filter(either).values_list("article", "origin"),
    ]
    return {key for pair in pairs for key in pair if key}


def _from_article(
    version: ArticleVersion, other: ArticleVersion
) -> SuggestedDerivation | None:
    later, earlier = _in_order(version, other)
    shares = likeness.shares(later.text, earlier.text)
    kind = _kind(shares, is_one_source=_is_one_source(later, earlier))
    if kind is None:
        return None
    return SuggestedDerivation(
        article=later.article,
        article_version=later,
        kind=kind,
        origin=earlier.article,
        share=shares.of_one,
        origin_share=shares.of_other,
    )


def _in_order(
    version: ArticleVersion, other: ArticleVersion
) -> tuple[ArticleVersion, ArticleVersion]:
    """Return the later and the earlier: by their days, else as they came in."""
    ours, theirs = version.article.published, other.article.published
    if ours and theirs and ours.latest < theirs.earliest:
        return other, version
    return version, other


def _is_one_source(one: ArticleVersion, other: ArticleVersion) -> bool:
    source = one.article.source_id
    return source is not None and source == other.article.source_id


def _kind(shares: Shares, *, is_one_source: bool) -> DerivationKind | None:
    if shares.of_one >= REPUBLISHES:
        return DerivationKind.REPUBLISHES
    if is_one_source or shares.n_words < likeness.SURE:
        return None
    if shares.of_one >= QUOTES or shares.of_other >= REPUBLISHES:
        return DerivationKind.QUOTES
    return None


# --- whom the text names ---


def _from_credits(version: ArticleVersion) -> Iterator[SuggestedDerivation]:
    credited = [c for c in credits_of(Words.of(version.text)) if c.kind in _CREDITED]
    names, sources = _credited(version.article) if credited else (set(), set())
    for credit in credited:
        name = credit.name.of(version.text)
        if name in names or len(name) > _LONGEST_NAME:
            continue
        names.add(name)
        source = _source_or_none(name)
        if source and source.pk in sources:
            continue
        sources |= {source.pk} if source else set()
        offer = SuggestedDerivation(
            article=version.article,
            article_version=version,
            kind=_CREDITED[credit.kind],
            origin_source=source,
            origin_name=name,
        )
        offer.anchor = Anchor.at(version.text, credit.span)
        yield offer


def _credited(article: Article) -> tuple[set[str], set[int | None]]:
    """Return the names that were offered, and the sources that need no offer."""
    offered = article.suggested_derivations.values_list("origin_name", "origin_source")
    recorded = article.derivations.values_list("origin_source", flat=True)
    sources = {article.source_id, *recorded, *(source for _name, source in offered)}
    return {name for name, _source in offered}, sources - {None}


def _source_or_none(name: str) -> Source | None:
    with suppress(Refusal):
        return known.source_named(name)
    return None
