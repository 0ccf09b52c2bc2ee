"""Carry statements over to a new text of their article; never silently.

A statement keeps the version it was recorded in. Where it stands in a later one is a
placement: found at the same span, found by its words and what stands around them, or
lost until a person places it or says that the new text no longer has it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from claims import policy
from claims.models import (
    Claim,
    PlacedBy,
    Placement,
    Quote,
    Status,
    Suggestion,
    SuggestionStatus,
)
from sources import engine, history, masking
from sources import policy as sources_policy
from sources.models import ArticleVersion
from sources.models.columns import Anchor
from sources.text.spans import (
    Span,
    SpanError,
    TextQuoteSelector,
    carry_over,
    find,
    selector_for,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from django.contrib.auth.models import User


@dataclass(frozen=True, slots=True)
class Standing:
    """The text in which a statement was last seen, and the spans where it stood.

    A part is null when an earlier text had lost it already.
    """

    text: str
    span: Span
    parts: dict[str, Span | None]

    def parts_at(self, text: str, span: Span | None) -> dict[str, Any]:
        """Return the parts where the statement stands at this span of another text.

        Those inside it are looked for inside it, others by themselves; null for one
        that was not found.
        """
        places = {
            name: self._part_at(part, text, span) for name, part in self.parts.items()
        }
        return {
            name: place and [place.start, place.end, place.of(text)]
            for name, place in places.items()
        }

    def _part_at(self, part: Span | None, text: str, span: Span | None) -> Span | None:
        if part is None or span is None:
            return None
        if not self.span.contains(part):
            return carry_over(self.text, text, part).span
        inner = part.shifted(-self.span.start)
        selector = selector_for(self.span.of(self.text), inner)
        place = find(span.of(text), selector, near=inner.start)
        return place and place.shifted(span.start)


@masking.truth()
@transaction.atomic
def carry(version: ArticleVersion, *, actor: User, at: dt.datetime) -> Counter[str]:
    """Say of each statement of earlier texts where it stands in this one, and log it.

    Returns how many were placed in which way. What was discarded stays behind;
    open suggestions of the earlier texts give way to those of this one. Doing it again
    adds nothing.

    Raises:
        NotAllowed: when the actor's roles do not add versions.
    """
    sources_policy.require(actor, "add version")
    engine.lock_log()
    past, placed = _Past(version), Counter[str]()
    for statement in past.statements():
        placed[_carry_one(statement, past, actor=actor, at=at).how] += 1
    Suggestion.objects.open().filter(article_version__in=past.texts).update(
        status=SuggestionStatus.REPLACED
    )
    return placed


@masking.truth()
@transaction.atomic
def follow(statement: Quote | Claim, *, actor: User, at: dt.datetime) -> None:
    """Place a statement of an earlier text, new or moved, in all later ones.

    Where a person had placed it, the base looks again: that was another place.
    """
    version = statement.article_version
    later = ArticleVersion.objects.filter(
        article=version.article_id, number__gt=version.number
    )
    for following in later.order_by("number"):
        _carry_one(statement, _Past(following), actor=actor, at=at)


def moves(statement: Quote | Claim, names: Iterable[str]) -> bool:
    """Tell whether an edit of these attributes moves a statement or a part of it."""
    columns = ("anchor", "start", "end", "words")
    anchored = {f"{prefix}{part}" for prefix in statement.ANCHORS for part in columns}
    return not (anchored | {"pieces"}).isdisjoint(names)


@masking.truth()
@transaction.atomic
def place(
    placement: Placement, *, span: Span, actor: User, at: dt.datetime
) -> Placement:
    """Place a statement by hand at a span of the new text.

    Raises:
        NotAllowed: when the actor's roles do not record.
        StaleVersion: when somebody placed it since.
        ValidationError: when the text has no such span.
    """
    policy.require(actor, "place statement")
    text = placement.article_version.text
    try:
        anchor = Anchor.at(text, span)
    except SpanError as refusal:
        raise ValidationError(_("The text has no such place.")) from refusal
    past = _Past(placement.article_version)
    parts = past.standing(placement.statement).parts_at(text, span)
    return _decided(placement, PlacedBy.BY_HAND, anchor, parts, actor=actor, at=at)


@masking.truth()
@transaction.atomic
def give_up(placement: Placement, *, actor: User, at: dt.datetime) -> Placement:
    """Say that the new text no longer has a statement.

    Raises:
        NotAllowed: when the actor's roles do not record.
        StaleVersion: when somebody placed it since.
    """
    policy.require(actor, "place statement")
    parts = dict.fromkeys(placement.parts)
    return _decided(placement, PlacedBy.GONE, None, parts, actor=actor, at=at)


def candidate(placement: Placement) -> Span | None:
    """Return where a statement may stand in its text: for a person to look at.

    Where its words are nearest to where they were; else, what stands now between
    what stood before and after them.
    """
    standing = _Past(placement.article_version).standing(placement.statement)
    text = placement.article_version.text
    selector = selector_for(standing.text, standing.span)
    found = find(text, selector, near=standing.span.start)
    return found or _between(text, selector)


def _between(text: str, selector: TextQuoteSelector) -> Span | None:
    before = text.find(selector.prefix)
    start = before + len(selector.prefix)
    end = text.find(selector.suffix, start) if selector.suffix else len(text)
    is_alike = start < end <= start + 2 * len(selector.exact)
    return Span(start, end) if before >= 0 and is_alike else None


def _carry_one(
    statement: Quote | Claim, past: _Past, *, actor: User, at: dt.datetime
) -> Placement:
    carried = past.carried(statement)
    old = past.version.placements.filter(**past.named(statement)).first()
    if old is not None:
        how = PlacedBy(carried.how)
        return _decided(old, how, carried.anchor, carried.parts, actor=actor, at=at)
    carried.placed_by, carried.placed_at = actor, at
    return history.add(carried, actor=actor)


def _decided(
    placement: Placement,
    how: PlacedBy,
    anchor: Anchor | None,
    parts: dict[str, Any],
    *,
    actor: User,
    at: dt.datetime,
) -> Placement:
    values: dict[str, Any] = {"how": how, "anchor": anchor, "parts": parts}
    values |= {"placed_by": actor, "placed_at": at}
    return history.change(placement, values, actor=actor)


class _Past:
    """What came before a version of an article: its texts, and what stands in them."""

    def __init__(self, version: ArticleVersion) -> None:
        self.version = version
        earlier = ArticleVersion.objects.filter(
            article=version.article_id, number__lt=version.number
        )
        self.texts = dict(earlier.values_list("pk", "text"))
        #: The last placement of each statement, and the last that has a place.
        self.last: dict[tuple[str, int], Placement] = {}
        self.found: dict[tuple[str, int], Placement] = {}
        placements = Placement.objects.filter(article_version__in=self.texts)
        for placement in placements.order_by("article_version__number"):
            key = _key(placement.quote_id, placement.claim_id)
            self.last[key] = placement
            if placement.anchor is not None:
                self.found[key] = placement

    def statements(self) -> Iterator[Quote | Claim]:
        """Yield what was recorded in earlier texts and has no placement in this one."""
        for model in (Quote, Claim):
            rows = model.objects.filter(article_version__in=self.texts)
            rows = rows.exclude(status=Status.DISCARDED)
            rows = rows.exclude(placements__article_version=self.version)
            yield from rows.with_provenance().order_by("pk")

    @staticmethod
    def named(statement: Quote | Claim) -> dict[str, Any]:
        """Return the statement by the column of a placement."""
        return {str(statement._meta.model_name): statement}

    def standing(self, statement: Quote | Claim) -> Standing:
        """Return where a statement was last seen."""
        placement = self.found.get(_key_of(statement))
        if placement is None:
            text = self.texts[statement.article_version_id]
            return Standing(text, statement.span, dict(_parts_of(statement)))
        text = self.texts[placement.article_version_id]
        parts = {name: placement.part(name) for name in placement.parts}
        return Standing(text, placement.span, parts)

    def carried(self, statement: Quote | Claim) -> Placement:
        """Return where it stands in this version; what was gone before is gone still."""
        standing, text = self.standing(statement), self.version.text
        carried = carry_over(standing.text, text, standing.span)
        last = self.last.get(_key_of(statement))
        was_gone = last is not None and last.how == PlacedBy.GONE
        how = PlacedBy(carried.how)
        if how == PlacedBy.LOST and was_gone:
            how = PlacedBy.GONE
        row = Placement(article_version=self.version, how=how, **self.named(statement))
        if carried.span is not None:
            row.anchor = Anchor.at(text, carried.span)
        row.parts = standing.parts_at(text, carried.span)
        return row


def _key(quote: int | None, claim: int | None) -> tuple[str, int]:
    return ("quote", quote) if quote else ("claim", claim or 0)


def _key_of(statement: Quote | Claim) -> tuple[str, int]:
    return str(statement._meta.model_name), statement.pk


def _parts_of(statement: Quote | Claim) -> Iterator[tuple[str, Span]]:
    """Yield the other anchors of a statement by name, the pieces numbered from 1."""
    for prefix in statement.ANCHORS:
        anchor = getattr(statement, f"{prefix}anchor")
        if prefix and anchor is not None:
            yield prefix.rstrip("_"), anchor.span
    for number, (start, end, _words) in enumerate(statement.pieces, 1):
        yield f"piece {number}", Span(start, end)
