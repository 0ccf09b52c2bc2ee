"""Lints that look at one statement and what it stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F, Prefetch, Q
from django.utils.translation import gettext_lazy as _

from claims.lints.finding import Lint, found
from claims.models import Claim, Quote
from sources.lineage import Lineage
from sources.models import Article, Role
from sources.models.versioned import standing
from sources.policy import as_of, reachable, visible_to
from sources.text.fold import fold_key
from sources.text.words import Words

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from claims.lints.finding import Scope
    from claims.models import Finding

_KINDS: tuple[Any, ...] = (Claim, Quote)
#: Texts are long, so fewer of them are in memory at once.
_TEXTS = 50


# --- a row that contradicts itself ---


def _backwards(scope: Scope) -> Iterator[Finding]:
    apart = Q(low__gt=F("high")) | Q(low__gt=F("best")) | Q(best__gt=F("high"))
    for claim in scope.of(Claim).filter(apart).iterator():
        bounds = {"low": claim.low, "best": claim.best, "high": claim.high}
        yield found("backwards", claim, bounds)


BACKWARDS = Lint(
    "backwards",
    _("Bounds that contradict each other"),
    _("The low figure should not exceed the best, nor the best the high one."),
    _("It states low %(low)s, best %(best)s, high %(high)s."),
    _backwards,
)


# --- before it happened ---


def _before_the_event(scope: Scope) -> Iterator[Finding]:
    day = F("measure__event__starts_earliest")
    told = scope.of(Claim).filter(article_version__article__published_latest__lt=day)
    for claim in told.iterator():
        article, event = claim.article_version.article, claim.measure.event
        days = {"published": article.published_latest, "began": event.starts_earliest}
        yield found("before-the-event", claim, days)


BEFORE_THE_EVENT = Lint(
    "before-the-event",
    _("An article dated before the event"),
    _("Nobody can report what has not happened: one of the two dates is wrong."),
    _("The article is of %(published)s, and the event began on %(began)s."),
    _before_the_event,
)


# --- a role that had ended ---

#: Words that say of a role that it had ended, folded.
_FORMER = {fold_key(word) for word in ("former", "ex", "السابق", "السابقة", "الأسبق")}


def _ended_roles(scope: Scope) -> Iterator[Finding]:
    known = reachable(scope.reader, Role.objects.filter(standing(as_of(scope.reader))))
    held = Prefetch("speaker__roles", known.order_by("pk"))
    last = known.filter(held_until_latest__isnull=False).values("speaker")
    for model in _KINDS:
        ended = scope.of(model).filter(speaker__in=last).exclude(role_words="")
        for statement in ended.prefetch_related(held).iterator(chunk_size=1000):
            yield from _ended_role(statement)


def _ended_role(statement: Any) -> Iterator[Finding]:
    if not _FORMER.isdisjoint(Words.of(statement.role_words).forms):
        return  # the text says itself that the role had ended
    quote = statement if isinstance(statement, Quote) else statement.quote
    day = statement.said_when(quote.said_on if quote else None)
    roles = list(statement.speaker.roles.all())
    if day is None or any(role.was_held(day) for role in roles):
        return
    ends = [role.held_until.latest for role in roles if role.held_until]
    if ends and max(ends) < day.earliest:
        yield found("ended-role", statement, {"ended": max(ends), "said": day.earliest})


ENDED_ROLE = Lint(
    "ended-role",
    _("A speaker quoted under an ended role"),
    _("The text gives the speaker a role, and every role known of them had ended."),
    _("The last role known ended on %(ended)s; the words are of %(said)s."),
    _ended_roles,
)


# --- resting on what was taken back ---


def _retracted(scope: Scope) -> Iterator[Finding]:
    fallen = _fallen(scope)
    for model in _KINDS:
        rows = scope.of(model).filter(article_version__article__in=list(fallen))
        for statement in rows.iterator(chunk_size=1000):
            day = fallen[statement.article_version.article_id]
            yield found("rests-on-retracted", statement, {"day": day})


def _fallen(scope: Scope) -> dict[int, dt.date | None]:
    """Return the articles that rest on a retracted one, and since when."""
    retracted = Article.objects.exclude(retracted_on=None).order_by("-retracted_on")
    known = visible_to(scope.reader, retracted).values_list("pk", "retracted_on")
    days = dict(known)
    lineage = Lineage.below_of(days)
    return {
        each: day for key, day in days.items() for each in (key, *lineage.below(key))
    }


RESTS_ON_RETRACTED = Lint(
    "rests-on-retracted",
    _("A statement that rests on a retracted article"),
    _("The source took the article back, or one that this article derives from."),
    _("What it rests on was taken back on %(day)s."),
    _retracted,
)


# --- words that do not stand where they should ---


def _misplaced(scope: Scope) -> Iterator[Finding]:
    for model in _KINDS:
        rows = scope.of(model).defer(None)
        for statement in rows.iterator(chunk_size=_TEXTS):
            text = statement.article_version.text
            anchors = list(statement.anchors())
            if any(each.span.of(text) != each.words for each in anchors):
                yield found("words-differ", statement)


WORDS_DIFFER = Lint(
    "words-differ",
    _("Words that are not those of the text"),
    _("What is stored as words of the text does not stand there."),
    _("The text reads otherwise at this place."),
    _misplaced,
)

LINTS = (BACKWARDS, BEFORE_THE_EVENT, ENDED_ROLE, RESTS_ON_RETRACTED, WORDS_DIFFER)
