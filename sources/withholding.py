"""Withhold the name of a speaker: find where it stands, judge each place, lift it.

A withheld name hides from everybody but the chief wherever it stands, judged or not;
what a person says of a place only takes it out, or adds one that no name tells.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from sources import engine, history, masking, policy
from sources.models import (
    AccessEntry,
    Action,
    Article,
    ArticleVersion,
    Change,
    Merge,
    Speaker,
    SpeakerAlias,
    WithheldKind,
    WithheldSpan,
)
from sources.models.versioned import random_code
from sources.text.masks import Found, Names, names_of
from sources.text.spans import Span

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable, Iterator

    from django.contrib.auth.models import User

ACT = "withhold speaker"
_CONTEXT = 60


@dataclass(frozen=True, slots=True)
class Place:
    """One place where a name stands: in which column of which row, as it is now."""

    row: Any
    field: str
    text: str
    span: Span
    bearers: frozenset[int]
    kind: str = ""

    @property
    def key(self) -> str:
        """What names the place in a form."""
        model, pk = history.label(self.row), self.row.pk
        return f"{model}:{pk}:{self.field}:{self.span.start}:{self.span.end}"

    @property
    def where(self) -> str:
        """Which column of what kind of row, in the reader's language."""
        meta = self.row._meta
        name = meta.get_field(self.field).verbose_name
        return f"{capfirst(str(meta.verbose_name))} · {name}"

    @property
    def context(self) -> tuple[str, str, str]:
        """What stands before, here and after, cut short."""
        before = self.text[max(self.span.start - _CONTEXT, 0) : self.span.start]
        after = self.text[self.span.end : self.span.end + _CONTEXT]
        return before, self.span.of(self.text), after

    @property
    def is_somebody_elses(self) -> bool:
        """Whether it is all the name of another speaker, so it says nothing of this."""
        owner = self.row if isinstance(self.row, Speaker) else None
        owner = self.row.speaker if isinstance(self.row, SpeakerAlias) else owner
        is_whole = len(self.span) == len(self.text)
        return is_whole and owner is not None and owner.pk not in self.bearers

    @property
    def is_hidden(self) -> bool:
        """Whether it hides, or would: unless a person or the base knows better."""
        return self.kind != WithheldKind.CLEARED and bool(
            self.kind or not self.is_somebody_elses
        )


# --- where a name stands ---


def same_as(speaker: Speaker) -> set[int]:
    """Return the keys of a speaker and of all that is merged with it: two queries a step."""
    found, step = set[int](), {speaker.pk}
    while step:
        found |= step
        standing = Merge.objects.filter(ended_at=None)
        pairs = chain(
            standing.filter(speaker__in=step).values_list("into", flat=True),
            standing.filter(into__in=step).values_list("speaker", flat=True),
        )
        step = set(pairs) - found
    return found


def names(speakers: Collection[int]) -> Names:
    """Return all names and aliases of some speakers: one query."""
    rows = Speaker.objects.filter(pk__in=speakers).values_list(
        "pk", "name_ar", "name_en", "aliases__name"
    )
    pairs = ((pk, name) for pk, *called in rows for name in called if name)
    return names_of(frozenset(pairs))


def places(speaker: Speaker) -> list[Place]:
    """Return every place where a name of the speaker stands, with what was said of it.

    Reads every column that may hold a name; the log is left out, as all names hide
    in it. Cost: the whole base, at about ten million characters a second.
    """
    own = same_as(speaker)
    sought = names(own)
    judged = {
        (each.model, each.object_id, each.field, each.span): each.kind
        for each in WithheldSpan.objects.filter(speaker__in=own, ended_at=None)
    }
    found = [
        place
        for model, fields in searched().items()
        for place in _places_in(model, fields, sought, judged)
    ]
    return [place for place in found if not _is_own(place, own)]


def searched() -> dict[type[models.Model], list[str]]:
    """Return the columns in which names are looked for, by model."""
    found = {}
    for model in apps.get_models():
        columns = masking.masked_columns(model)
        fields = [name for name, column in columns.items() if column.holds_text]
        if fields and model is not Change:
            has_slug = any(field.name == "slug" for field in model._meta.fields)
            found[model] = [*fields, *(["slug"] if has_slug else [])]
    return found


def _places_in(
    model: type[models.Model],
    fields: Iterable[str],
    sought: Names,
    judged: dict[tuple[str, int, str, Span], str],
) -> Iterator[Place]:
    for field in dict.fromkeys(fields):
        column = model._meta.get_field(field)
        is_address = isinstance(column, models.URLField)
        rows = model._default_manager.order_by("pk").values_list("pk", field)
        hits: dict[int, tuple[str, list[Found]]] = {}
        for pk, stored in rows.iterator():
            text = unquote(stored) if is_address else stored
            if text and (found := list(sought.within(text))):
                hits[pk] = text, found
        known = model._default_manager.in_bulk(hits)
        label = model._meta.label_lower
        for pk, (text, found) in hits.items():
            for each in found:
                kind = judged.get((label, pk, field, each.span), "")
                yield Place(known[pk], field, text, each.span, each.bearers, kind)


def _is_own(place: Place, speakers: Collection[int]) -> bool:
    """Whether it is a column of the speaker itself, which hides as a whole."""
    row = place.row
    owner = row.speaker_id if isinstance(row, SpeakerAlias) else row.pk
    return isinstance(row, Speaker | SpeakerAlias) and owner in speakers


# --- the chief decides ---


@masking.truth()
@transaction.atomic
def withhold(
    speaker: Speaker,
    *,
    listed: Collection[str],
    ticked: Collection[str],
    reason: str,
    actor: User,
    at: dt.datetime,
) -> Speaker:
    """Withhold a speaker, and all that is merged with it, from everybody but the chief.

    `listed` are the keys of the places that the chief was shown, `ticked` those that
    are this speaker; the others are somebody else. A place that nobody was shown
    hides. The slug becomes one that says nothing, as does that of a ticked row.
    Withholding again judges places anew.

    Raises:
        NotAllowed: when the actor may not.
        StaleVersion: when somebody changed the speaker since it was read.
    """
    policy.require(actor, ACT)
    engine.lock_log()
    for place in places(speaker):
        if place.key in listed:
            is_this = place.key in ticked
            kind = WithheldKind.CONFIRMED if is_this else WithheldKind.CLEARED
            _judge(place, kind, actor=actor, at=at)
    for pk in same_as(speaker) - {speaker.pk}:
        other = Speaker.objects.get(pk=pk)
        if not other.withheld:
            _hide(other, reason=reason, actor=actor)
    return speaker if speaker.withheld else _hide(speaker, reason=reason, actor=actor)


def _hide(speaker: Speaker, *, reason: str, actor: User) -> Speaker:
    return history.change(
        speaker,
        {"withheld": True, "slug": random_code("s")},
        actor=actor,
        action=Action.WITHHELD,
        reason=reason,
    )


def _judge(place: Place, kind: WithheldKind, *, actor: User, at: dt.datetime) -> None:
    """Keep what the chief says of a place, in place of what was said before."""
    if place.field == "slug":
        if kind == WithheldKind.CONFIRMED:
            neutral = {"slug": random_code("s")}
            history.change(place.row, neutral, actor=actor, action=Action.WITHHELD)
        return
    if place.kind in (kind, WithheldKind.BY_HAND):
        return
    columns: dict[str, Any] = {
        "model": history.label(place.row),
        "object_id": place.row.pk,
        "field": place.field,
        "start": place.span.start,
        "end": place.span.end,
    }
    for speaker in place.bearers:
        past = WithheldSpan.objects.filter(
            **columns, speaker=speaker, ended_at=None
        ).first()
        if past is not None:
            history.end(past, actor=actor, at=at, reason="")
        span = WithheldSpan(
            **columns,
            speaker_id=speaker,
            text_sha256=masking.sha256_of(place.text),
            kind=kind,
            recorded_at=at,
        )
        history.add(span, actor=actor)


@masking.truth()
@transaction.atomic
def mark(
    speaker: Speaker, *, article: Article, words: str, actor: User, at: dt.datetime
) -> int:
    """Hide words that tell who a withheld speaker is; return at how many places.

    They hide wherever they stand in the texts and the title of an article.

    Raises:
        NotAllowed: when the actor may not.
        ValidationError: when they stand nowhere in it, or the speaker is not withheld.
    """
    policy.require(actor, ACT)
    engine.lock_log()
    if not Speaker.objects.filter(pk=speaker.pk, withheld=True).exists():
        raise ValidationError(_("This speaker is not withheld."))
    texts: list[tuple[Any, str, str]] = [(article, "title", article.title)]
    versions = ArticleVersion.objects.filter(article=article).order_by("number")
    texts += [(version, "text", version.text) for version in versions]
    found = [
        Place(row, field, text, each.span, frozenset({speaker.pk}))
        for row, field, text in texts
        for each in names_of(frozenset({(speaker.pk, words)})).within(text)
    ]
    if not found:
        raise ValidationError({"words": _("These words do not stand in the article.")})
    for place in found:
        _judge(place, WithheldKind.BY_HAND, actor=actor, at=at)
    return len(found)


@masking.truth()
@transaction.atomic
def lift(speaker: Speaker, *, reason: str, actor: User, at: dt.datetime) -> Speaker:
    """Show the name of a speaker again, with all that is merged with it.

    The slug stays as it is; the chief may give another.

    Raises:
        NotAllowed: when the actor may not.
        StaleVersion: when somebody changed the speaker since it was read.
    """
    policy.require(actor, ACT)
    engine.lock_log()
    own = same_as(speaker)
    for span in WithheldSpan.objects.filter(speaker__in=own, ended_at=None):
        history.end(span, actor=actor, at=at, reason=reason)
    for other in Speaker.objects.filter(pk__in=own - {speaker.pk}, withheld=True):
        history.change(other, {"withheld": False}, actor=actor, reason=reason)
    return history.change(speaker, {"withheld": False}, actor=actor, reason=reason)


# --- who was shown a name ---


def note_access(speakers: Iterable[int], *, reader: User, route: str) -> None:
    """Keep that a person was shown the names of some withheld speakers."""
    now = timezone.now()
    AccessEntry.objects.bulk_create(
        AccessEntry(speaker_id=pk, reader=reader, at=now, route=route)
        for pk in sorted(speakers)
    )
