"""Keep what the rules propose, and let a person accept, change or dismiss it.

Of two suggestions of a kind that share at least half of what they cover together, the
second is the first again: so nothing that a person has decided on, or that is
recorded, comes back under a slightly different span. A figure covers its number. Where
its words stand in a newer text, a decision counts there too: a dismissed suggestion
moves to it, still dismissed, and what was made of an accepted one is carried over.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from claims import drafting, policy, recording
from claims.extraction.rules import rule_set
from claims.models import (
    Claim,
    Quote,
    Status,
    Suggestion,
    SuggestionStatus,
)
from claims.review import TransitionRefused
from sources import engine, masking
from sources.models import ArticleVersion
from sources.text.spans import Span, carry_over

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from django.contrib.auth.models import User
    from django.db.models import QuerySet

Recordable = TypeVar("Recordable", Quote, Claim)

#: A kind of statement, and the place by which two of it are told apart.
Place: TypeAlias = "tuple[str, Span]"

_Key: TypeAlias = "tuple[str, int, int]"

_READ = ("fields", "rule", "confidence")
_PLACED = ("article_version", "start", "end", "rule_set", *_READ)


@dataclass(frozen=True, slots=True)
class Counts:
    """What a run of the rules did to the suggestions of some versions."""

    added: int = 0
    updated: int = 0
    removed: int = 0
    kept: int = 0

    def __add__(self, other: Counts) -> Counts:
        """Return both together."""
        names = [field.name for field in fields(self)]
        return Counts(*(getattr(self, n) + getattr(other, n) for n in names))


# --- the rules propose ---


@masking.truth()
def suggest(
    version: ArticleVersion, *, is_new: bool = False, dry_run: bool = False
) -> Counts:
    """Run the rules on a version and store what they propose, if it is the last one.

    Idempotent: with the same rules nothing changes, not even a key; with others, only
    what no person has decided on. `is_new` says that its article was just added, so
    that nothing needs to be asked; `dry_run` counts and stores nothing.
    """
    reading = drafting.read(version)  # takes its time, so it is done before the lock
    with transaction.atomic():
        engine.lock_log()
        proposed = drafting.suggestions(version, reading)
        if is_new:
            return Counts(added=_add(_once(proposed).values()))
        if _is_outdated(version):
            return Counts()
        return _store(version, proposed, rule_set=rule_set(), dry_run=dry_run)


def last_versions(codes: Iterable[str] | None = None) -> QuerySet[ArticleVersion]:
    """Return the last version of every article, or of those with these codes."""
    newer = ArticleVersion.objects.filter(
        article=OuterRef("article"), number__gt=OuterRef("number")
    )
    versions = ArticleVersion.objects.filter(~Exists(newer)).select_related("article")
    if codes is not None:
        versions = versions.filter(article__code__in=codes)
    return versions.order_by("pk")


def proposals(version: ArticleVersion) -> list[Suggestion]:
    """Return all that the rules propose for a version by now, stored or not."""
    return drafting.suggestions(version, drafting.read(version))


@masking.truth()
@transaction.atomic
def store(
    version: ArticleVersion, proposed: Iterable[Suggestion], *, rule_set: str
) -> Counts:
    """Make the open suggestions of a version those that are given.

    What a person has decided on, or has recorded, is neither touched nor proposed
    again. Idempotent.

    Raises:
        ValidationError: when a field of one is refused.
    """
    engine.lock_log()
    return _store(version, proposed, rule_set=rule_set, dry_run=False)


def _store(
    version: ArticleVersion,
    proposed: Iterable[Suggestion],
    *,
    rule_set: str,
    dry_run: bool,
) -> Counts:
    stored = Suggestion.objects.open().filter(article_version=version)
    past = {_key(row): row for row in stored}
    taken, earlier = _Taken(version), _Earlier(version)
    added, updated, moved, n_kept = [], [], [], 0
    for key, row in _once(proposed).items():
        if taken.covers(row) or earlier.accepted(row):
            continue
        row.article_version, row.rule_set = version, rule_set
        old = past.pop(key, None)
        if old is None and (dismissed := earlier.dismissed(row)):
            for name in _PLACED:
                setattr(dismissed, name, getattr(row, name))
            moved.append(dismissed)
        elif old is None:
            added.append(row)
        elif _take_over(old, row):
            updated.append(old)
        else:
            n_kept += 1
    if not dry_run:
        stored.filter(pk__in=[row.pk for row in past.values()]).delete()
        Suggestion.objects.bulk_update(updated, _READ)
        Suggestion.objects.open().filter(article_version=version).update(
            rule_set=rule_set
        )
        Suggestion.objects.bulk_update(moved, _PLACED)
        _add(added)
    return Counts(len(added), len(updated), len(past), n_kept + len(moved))


def _once(proposed: Iterable[Suggestion]) -> dict[_Key, Suggestion]:
    """Return each suggestion by its key; of two with one key, the first."""
    return {_key(row): row for row in reversed([*proposed])}


def _add(rows: Iterable[Suggestion]) -> int:
    """Store new suggestions; return how many."""
    new = list(rows)
    for row in new:
        row.clean_fields(exclude=["article_version"])
    return len(Suggestion.objects.bulk_create(new))


def _key(row: Suggestion) -> _Key:
    return row.kind, row.start, row.end


def _take_over(old: Suggestion, new: Suggestion) -> bool:
    """Give a stored suggestion what was read now; tell whether that is news."""
    is_news = False
    for name in _READ:
        value = Suggestion._meta.get_field(name).to_python(getattr(new, name))  # type: ignore[union-attr]  # columns have one
        is_news |= getattr(old, name) != value
        setattr(old, name, value)
    return is_news


# --- what is settled already ---


def waiting(version: ArticleVersion) -> list[Suggestion]:
    """Return the open suggestions of a version that nobody has recorded by hand.

    In reading order, a quote before the figures in it: five queries.
    """
    taken = _Taken(version)
    rows = version.suggestions.open().order_by("start", "-end", "-kind", "pk")
    return [row for row in rows if not taken.covers(row)]


class _Taken:
    """The places of a version where something is recorded or decided."""

    def __init__(self, version: ArticleVersion) -> None:
        self.places: dict[str, list[Span]] = {"QUOTE": [], "CLAIM": []}
        decided = list(version.suggestions.decided())
        self.keys = set(map(_key, decided))
        for row in decided:
            self.places[row.kind].append(_place_proposed(row))
        for quote in Quote.objects.filter(article_version=version):
            self.places["QUOTE"].append(quote.span)
        for claim in Claim.objects.filter(article_version=version):
            number = claim.quantity_anchor
            self.places["CLAIM"].append(number.span if number else claim.span)
        for placement in version.placements.placed():
            kind = "QUOTE" if placement.quote_id else "CLAIM"
            span = placement.part("quantity") or placement.span
            self.places[kind].append(span)

    def covers(self, suggestion: Suggestion) -> bool:
        place = _place_proposed(suggestion)
        return _key(suggestion) in self.keys or any(
            _is_same(place, each) for each in self.places[suggestion.kind]
        )


class _Earlier:
    """What a person decided on in earlier texts, where its words stand in this one."""

    def __init__(self, version: ArticleVersion) -> None:
        self._decided: list[tuple[Span, Suggestion]] = []
        if version.number == 1:
            return
        past = ArticleVersion.objects.filter(
            article=version.article_id, number__lt=version.number
        )
        texts = dict(past.values_list("pk", "text"))
        decided = Suggestion.objects.decided().filter(article_version__in=texts)
        for row in decided.order_by("-article_version__number", "pk"):
            text = texts[row.article_version_id]
            if span := carry_over(text, version.text, row.span).span:
                place = _place_proposed(row).shifted(span.start - row.start)
                self._decided.append((place, row))

    def accepted(self, suggestion: Suggestion) -> bool:
        """Tell whether somebody made a statement of it, whatever became of that."""
        found = (row.status for row in self._on(suggestion))
        return any(status != SuggestionStatus.DISMISSED for status in found)

    def dismissed(self, suggestion: Suggestion) -> Suggestion | None:
        """Return the dismissal that a suggestion repeats, each only once."""
        found = next(self._on(suggestion), None)
        self._decided = [each for each in self._decided if each[1] is not found]
        return found

    def _on(self, suggestion: Suggestion) -> Iterator[Suggestion]:
        place = _place_proposed(suggestion)
        for each, row in self._decided:
            if row.kind == suggestion.kind and _is_same(each, place):
                yield row


def _place_proposed(suggestion: Suggestion) -> Span:
    fields = suggestion.fields
    if "quantity_start" in fields:
        return Span(fields["quantity_start"], fields["quantity_end"])
    return suggestion.span


def _is_same(one: Span, other: Span) -> bool:
    shared = min(one.end, other.end) - max(one.start, other.start)
    return 2 * shared >= len(one.hull(other))


# --- a person decides ---


@masking.truth()
@transaction.atomic
def accept(
    suggestion: Suggestion, statement: Recordable, *, actor: User, at: dt.datetime
) -> Recordable:
    """Record the statement that a person made of a suggestion; it remembers the rule.

    It counts as changed when it does not keep a value that was proposed.

    Raises:
        NotAllowed: when the actor's roles do not record.
        TransitionRefused: when it is no longer open; the message says what happened.
        ValidationError: when the statement is refused, or stands in another text.
    """
    policy.require(actor, "decide on a suggestion")
    current = _still_open(suggestion)
    if statement.article_version_id != current.article_version_id:
        raise ValidationError(_("The suggestion is of another text."))
    statement.rule = current.rule
    recorded = recording.record(statement, actor=actor, at=at)
    kept = drafting.keeps(recorded, current.fields)
    verdict = SuggestionStatus.ACCEPTED if kept else SuggestionStatus.CHANGED
    made = {current.kind.lower(): recorded}
    _decide(current, verdict, decided_by=actor, decided_at=at, **made)
    return recorded


@masking.truth()
@transaction.atomic
def dismiss(suggestion: Suggestion, *, actor: User, at: dt.datetime) -> None:
    """Dismiss a suggestion; it is counted against its rule.

    Raises:
        NotAllowed: when the actor's roles do not record.
        TransitionRefused: when it is no longer open; the message says what happened.
    """
    policy.require(actor, "decide on a suggestion")
    current = _still_open(suggestion)
    _decide(current, SuggestionStatus.DISMISSED, decided_by=actor, decided_at=at)


@masking.truth()
@transaction.atomic
def reopen(suggestion: Suggestion, *, actor: User) -> None:
    """Take one's own dismissal back.

    Raises:
        NotAllowed: when the actor's roles do not record.
        TransitionRefused: when the actor did not dismiss it, or a newer text came.
    """
    policy.require(actor, "decide on a suggestion")
    engine.lock_log()
    rows = Suggestion.objects.filter(pk=suggestion.pk, decided_by=actor)
    current = rows.filter(status=SuggestionStatus.DISMISSED).first()
    if current is None:
        raise TransitionRefused(_("Only your own dismissal can be taken back."))
    if _is_outdated(current.article_version):
        current.status = SuggestionStatus.REPLACED
        raise TransitionRefused(what_happened(current))
    _decide(current, SuggestionStatus.OPEN, decided_by=None, decided_at=None)


def quote_of(suggestion: Suggestion) -> Quote | None:
    """Return the recorded quote in which the figure of a suggestion stands: one query."""
    place = _place_proposed(suggestion)
    around = Quote.objects.filter(
        article_version=suggestion.article_version_id,
        start__lte=place.start,
        end__gte=place.end,
    )
    return around.exclude(status=Status.DISCARDED).order_by("-start", "pk").first()


def _is_outdated(version: ArticleVersion) -> bool:
    return version.article.versions.filter(number__gt=version.number).exists()


def _still_open(suggestion: Suggestion) -> Suggestion:
    """Return the suggestion as it stands, with the log lock taken before any row.

    Raises:
        TransitionRefused: when it is no longer open.
    """
    engine.lock_log()
    current = (
        Suggestion.objects.filter(pk=suggestion.pk)
        .select_related("decided_by", "quote", "claim")
        .first()
    )
    if current is None:
        raise TransitionRefused(
            _("The rules were run again and do not propose this any more.")
        )
    if current.status != SuggestionStatus.OPEN:
        raise TransitionRefused(what_happened(current))
    return current


def what_happened(suggestion: Suggestion) -> str:
    """Say who decided on a suggestion, or what else closed it."""
    told = {
        SuggestionStatus.REPLACED: _(
            "A newer text of the article came; its own suggestions replaced this one."
        ),
        SuggestionStatus.DISMISSED: _("%(person)s dismissed this suggestion already."),
    }
    sentence = told.get(
        SuggestionStatus(suggestion.status),
        _("%(person)s recorded this already, as “%(statement)s” (%(code)s)."),
    )
    statement = suggestion.statement
    return sentence % {
        "person": suggestion.decided_by,
        "statement": statement,
        "code": getattr(statement, "code", ""),
    }


def _decide(suggestion: Suggestion, verdict: SuggestionStatus, **values: Any) -> None:
    """Write a verdict; the caller holds the lock."""
    Suggestion.objects.filter(pk=suggestion.pk).update(status=verdict, **values)
