"""Lints that look at one statement and what it stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F, Prefetch, Q
from django.utils.translation import gettext_lazy as _

from claims.lints.finding import Finding, Lint
from claims.models import Claim, Quote
from sources.lineage import Lineage
from sources.models import Article, Role
from sources.models.versioned import standing
from sources.policy import as_of
from sources.text.fold import fold_key
from sources.text.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims.lints.finding import Scope

_KINDS: tuple[Any, ...] = (Claim, Quote)
#: Texts are long, so fewer of them are in memory at once.
_TEXTS = 50


# --- a row that contradicts itself ---


def _backwards(scope: Scope) -> Iterator[Finding]:
    apart = Q(low__gt=F("high")) | Q(low__gt=F("best")) | Q(best__gt=F("high"))
    for claim in scope.of(Claim).filter(apart).iterator():
        facts = {name: getattr(claim, name) for name in ("low", "best", "high")}
        yield Finding("backwards", claim, None, tuple(facts.items()))


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
        facts = {"published": article.published_latest, "began": event.starts_earliest}
        yield Finding("before-the-event", claim, None, tuple(facts.items()))


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
    roles = Role.objects.filter(standing(as_of(scope.reader))).order_by("pk")
    held = Prefetch("speaker__roles", roles)
    for model in _KINDS:
        rows = scope.of(model).exclude(speaker=None).exclude(role_words="")
        ended = rows.filter(speaker__roles__held_until_latest__isnull=False).distinct()
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
        facts = {"ended": max(ends), "said": day.earliest}
        yield Finding("ended-role", statement, None, tuple(facts.items()))


ENDED_ROLE = Lint(
    "ended-role",
    _("A speaker quoted under an ended role"),
    _("The text gives the speaker a role, and every role known of them had ended."),
    _("The last role known ended on %(ended)s; the words are of %(said)s."),
    _ended_roles,
)


# --- resting on what was taken back ---


def _retracted(scope: Scope) -> Iterator[Finding]:
    taken_back = list(Article.objects.exclude(retracted_on=None).order_by("pk"))
    lineage = Lineage.below_of([article.pk for article in taken_back])
    for article in taken_back:
        fallen = [article.pk, *lineage.below(article.pk)]
        facts = (("day", article.retracted_on),)
        for model in _KINDS:
            rows = scope.of(model).filter(article_version__article__in=fallen)
            for statement in rows.iterator():
                yield Finding("rests-on-retracted", statement, None, facts)


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
                yield Finding("words-differ", statement)


WORDS_DIFFER = Lint(
    "words-differ",
    _("Words that are not those of the text"),
    _("What is stored as words of the text does not stand there."),
    _("The text reads otherwise at this place."),
    _misplaced,
)

LINTS = (BACKWARDS, BEFORE_THE_EVENT, ENDED_ROLE, RESTS_ON_RETRACTED, WORDS_DIFFER)
