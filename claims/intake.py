"""Bring articles in: each whole or not at all, and each only once."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.carrying import carry
from claims.models import PlacedBy
from claims.suggestions import suggest
from sources import engine, ingest, policy
from sources.ingest import known
from sources.ingest.draft import Draft, Place, Refusal, SourceOrigin
from sources.ingest.storing import Original, digest_of, keep_original
from sources.models import Article, Decision, SuggestedDerivation

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from django.contrib.auth.models import User

    from sources.models import ArticleVersion, Source


class Arrival(models.TextChoices):
    """What became of a draft."""

    NEW = "NEW", gettext_lazy("new")
    NEW_VERSION = "NEW_VERSION", gettext_lazy("new version")
    UNCHANGED = "UNCHANGED", gettext_lazy("unchanged")
    REFUSED = "REFUSED", gettext_lazy("refused")
    PASSED_OVER = "PASSED_OVER", gettext_lazy("passed over")


_ORIGINS = ("article", "origin", "origin_source")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a draft: a version of an article, or the reasons why not.

    `remarks` say what was found in the file and not taken, of a text that is new;
    `n_lost` statements of the version before wait for a person to place them;
    `n_offers` derivations are suggested for a person to judge: a rehearsal, whose
    rows are gone afterwards, has them as `offers`.
    """

    arrival: Arrival
    place: Place
    version: ArticleVersion | None = None
    refusals: tuple[Refusal, ...] = ()
    remarks: tuple[str, ...] = ()
    offers: tuple[SuggestedDerivation, ...] = ()
    n_offers: int = 0
    n_suggestions: int = 0
    n_carried: int = 0
    n_lost: int = 0

    @property
    def is_read(self) -> bool:
        """Whether somebody tried to read an article, and did not pass a file over."""
        return self.arrival != Arrival.PASSED_OVER


def bring_in(
    draft: Draft, *, actor: User, at: dt.datetime, rehearse: bool = False
) -> Outcome:
    """Store a draft as a new article or as the next version of a known one.

    A text that the article has already changes nothing. Statements of the version
    before are carried over, and the rules suggest others. `rehearse` does all of it
    and keeps nothing.

    Raises:
        NotAllowed: when the actor's roles do not record.
    """
    policy.require(actor, "add article")
    if rehearse:
        draft = replace(draft, original=b"")  # no transaction takes a file back
    try:
        with transaction.atomic():
            outcome = _store(draft, actor=actor, at=at)
            if rehearse and outcome.version and outcome.n_offers:
                made = _offers(outcome.version.article).select_related(*_ORIGINS)
                outcome = replace(outcome, offers=tuple(made))
            transaction.set_rollback(rehearse)
            return outcome
    except (Refusal, ValidationError, OSError) as refused:
        refusals = tuple(_refusals(refused, draft.place))
        return Outcome(Arrival.REFUSED, draft.place, refusals=refusals)


@transaction.atomic
def add_article(
    article: Article, *, text: str, actor: User, at: dt.datetime
) -> ArticleVersion:
    """Add an article that a person describes, with its text; the rules read it.

    Raises:
        NotAllowed: when the actor's roles do not record.
        ValidationError: when a field, the address or the text is refused.
    """
    version = ingest.add_article(article, text=text, fetched_at=at, actor=actor)
    suggest(version, is_new=True)
    return version


@transaction.atomic
def add_version(
    article: Article, *, text: str, actor: User, at: dt.datetime
) -> ArticleVersion:
    """Add the next text of an article; statements are carried over, the rules read it.

    Raises:
        NotAllowed: when the actor's roles do not record.
        ValidationError: when the text is refused, or is one the article has already.
    """
    version = ingest.add_version(article, text=text, fetched_at=at, actor=actor)
    carry(version, actor=actor, at=at)
    suggest(version)
    return version


def _store(draft: Draft, *, actor: User, at: dt.datetime) -> Outcome:
    engine.lock_log()  # two who bring the same article would both find it new
    text = ingest.clean_text(draft.text)
    original = Original(draft.original, draft.media_type, draft.extractor)
    source = _source_of(draft)
    article = _known(draft, digest_of(text), source)
    if article is None:
        article = _article_of(draft, source)
        arrival, add = Arrival.NEW, ingest.add_article
    elif same := article.versions.filter(sha256=digest_of(text)).first():
        keep_original(same, original)
        return Outcome(Arrival.UNCHANGED, draft.place, same)
    else:
        arrival, add = Arrival.NEW_VERSION, ingest.add_version
    version = add(
        article,
        text=text,
        fetched_at=draft.fetched_at or at,
        actor=actor,
        original=original,
    )
    is_next = arrival is Arrival.NEW_VERSION
    placed = carry(version, actor=actor, at=at) if is_next else Counter[str]()
    return Outcome(
        arrival,
        draft.place,
        version,
        remarks=draft.remarks,
        n_offers=_offers(article).count(),
        n_suggestions=suggest(version, is_new=not is_next).added,
        n_carried=placed.total() - placed[PlacedBy.LOST],
        n_lost=placed[PlacedBy.LOST],
    )


def _source_of(draft: Draft) -> Source | None:
    """Return the source that a draft states.

    A name that was given must be known; the name that a page gives its site is
    taken where it is known; a credit is another source, offered as a derivation.
    """
    if draft.source_origin == SourceOrigin.GIVEN:
        return known.source_named(draft.source)
    if draft.source_origin == SourceOrigin.SITE_NAME:
        with suppress(Refusal):
            return known.source_named(draft.source)
    return None


def _known(draft: Draft, digest: str, source: Source | None) -> Article | None:
    """Return the article that a draft is another copy of.

    Raises:
        Refusal: when another source published it.
    """
    if not draft.url:
        return known.article_with(digest, source)
    article = known.article_at(draft.url)
    if article and article.source and source and article.source != source:
        message = _("The article at this address is of another source: %s.")
        raise Refusal(message % article.source, field="source")
    return article


def _article_of(draft: Draft, source: Source | None) -> Article:
    article = Article(
        source=source,
        url=draft.url,
        title=draft.title,
        byline=draft.byline,
        language=draft.language,
        published_origin=draft.published_origin or "",
        access=draft.access,
        archive_url=draft.archive_url,
    )
    article.published = draft.published
    return article


def _offers(article: Article) -> models.QuerySet[SuggestedDerivation]:
    either = models.Q(article=article) | models.Q(origin=article)
    made = SuggestedDerivation.objects.filter(either, status=Decision.OPEN)
    return made.order_by("pk")


def _refusals(
    refused: Refusal | ValidationError | OSError, place: Place
) -> Iterator[Refusal]:
    match refused:
        case Refusal():
            yield Refusal(refused.reason, field=refused.field, place=place)
        case ValidationError():
            for field, messages in refused.message_dict.items():
                yield from (
                    Refusal(each, field=field, place=place) for each in messages
                )
        case _:
            message = _("The original cannot be kept: %(reason)s.")
            yield Refusal(message % {"reason": refused.strerror}, place=place)
