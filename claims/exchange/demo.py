"""Replay fixture entries as people would have worked: through the process functions.

Nothing is loaded past them: one person records, another approves, and the log
has it all. What a base has already (by its natural key) is left as it is, so that
a second replay changes nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction

from claims import recording, review, suggestions
from claims.exchange.fixtures import DemoError, Entry, read
from claims.exchange.shapes import KINDS, PARTS, Shape
from claims.models import Assessment, Claim, Quote, Suggestion
from sources import curation, following, ingest
from sources.models import ArticleVersion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.contrib.auth.models import User
    from django.db.models import Model

__all__ = ["DemoError", "Entry", "People", "Replayed", "read", "replay"]

RULE_SET = "training example"


@dataclass(frozen=True, slots=True)
class People:
    """The accounts that do the work, each in the group of its name."""

    contributor: User
    reviewer: User
    editor: User
    chief: User


@dataclass(slots=True)
class Replayed:
    """How many entries of each kind were added, and how many were there before."""

    added: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)


def _silent(done: int, total: int) -> None:
    """Report nothing."""


@transaction.atomic
@following.together()
def replay(
    entries: list[Entry],
    people: People,
    *,
    progress: Callable[[int, int], None] = _silent,
) -> Replayed:
    """Bring what `read` returned into the base; all of it or nothing.

    `progress` is told after each entry how many of how many are done.

    Raises:
        DemoError: naming the entry that a process function refuses.
        NotAllowed: when an account lacks its role.
    """
    counts = Replayed()
    for done, entry in enumerate(entries, 1):
        if _rows(KINDS[entry.kind], entry.key).exists():
            counts.found[entry.kind] += 1
        else:
            _add(entry, people)
            counts.added[entry.kind] += 1
        progress(done, len(entries))
    return counts


def _add(entry: Entry, people: People) -> None:
    try:
        _ADD[entry.kind](entry, people)
    except ValidationError as error:
        raise DemoError(entry.place, "", " ".join(error.messages)) from error


# --- rows ---


def _rows(shape: Shape, key: str) -> Any:
    return shape.model._default_manager.filter(**{shape.key: key})


def _row(kind: str, key: str) -> Any:
    return _rows(KINDS[kind], key).get()


def _built(entry: Entry, **owner: Any) -> Any:
    """Return the row of an entry, not written yet."""
    shape = KINDS.get(entry.kind) or PARTS[entry.kind]
    row = shape.model()
    if entry.key:
        setattr(row, shape.key, entry.key)
    for name, (kind, key) in entry.references.items():
        setattr(row, name, _row(kind, key))
    for name, value in (entry.values | owner).items():
        setattr(row, name, value)
    return row


def _parts(entry: Entry, word: str, **owner: Any) -> Iterable[Any]:
    return (_built(part, **owner) for part in entry.parts.get(word, []))


# --- the catalogue ---


def _add_named(entry: Entry, people: People) -> None:
    """Add a source or a speaker with its aliases and roles."""
    row = curation.add(_built(entry), actor=people.contributor)
    owner: dict[str, Model] = {entry.kind.removesuffix("s"): row}
    for alias in _parts(entry, "aliases", **owner):
        curation.add(alias, actor=people.editor)
    for role in _parts(entry, "roles", **owner):
        curation.record_role(role, actor=people.contributor)


def _add_framing(entry: Entry, people: People) -> None:
    recording.add(_built(entry), actor=people.contributor)


def _add_article(entry: Entry, people: People) -> None:
    article = _built(entry)
    version = ingest.add_article(
        article,
        text=entry.steps["text"],
        fetched_at=entry.steps["fetched_at"],
        actor=people.contributor,
    )
    for derivation in _parts(
        entry, "derivations", article=article, article_version=version
    ):
        curation.record_derivation(derivation, actor=people.contributor)
    proposals = [_proposal(part) for part in entry.parts.get("suggestions", [])]
    suggestions.store(version, proposals, rule_set=RULE_SET)
    if "retracted_on" in entry.steps:
        curation.retract(
            article,
            on=entry.steps["retracted_on"],
            notice=entry.steps["retraction_notice"],
            actor=people.editor,
        )


def _proposal(part: Entry) -> Suggestion:
    """Return a suggestion; its `fields` are columns, those of the anchors included."""
    values = dict(part.values)
    fields = values.pop("fields", {})
    for name in [name for name in values if name.endswith("anchor")]:
        anchor, prefix = values.pop(name), name.removesuffix("anchor")
        fields |= {
            f"{prefix}start": anchor.span.start,
            f"{prefix}end": anchor.span.end,
            f"{prefix}words": anchor.words,
        }
    return Suggestion(start=fields["start"], end=fields["end"], fields=fields, **values)


# --- what is reviewed ---


def _add_statement(entry: Entry, people: People) -> None:
    version = ArticleVersion.objects.get(article__code=entry.article, number=1)
    statement = _built(entry, article_version=version)
    if "replaces" in entry.references:
        row = recording.replace(
            statement.replaces,
            statement,
            reason=entry.steps.get("replacement_reason", ""),
            actor=people.chief,
            at=entry.steps["recorded_at"],
        )
    else:
        recorder = getattr(people, entry.steps.get("recorded_by", "contributor"))
        row = recording.record(statement, actor=recorder, at=entry.steps["recorded_at"])
    row = _translated(row, entry, people)
    _review(row, entry, people)


def _translated(statement: Any, entry: Entry, people: People) -> Any:
    """Return the statement after its translations: each counts as an edit."""
    name = entry.kind.removesuffix("s")
    for part in entry.parts.get("translations", []):
        translation = _built(part, **{name: statement})
        recording.translate(
            translation, actor=people.editor, at=translation.recorded_at
        )
        statement = getattr(translation, name)
    return statement


def _add_assessment(entry: Entry, people: People) -> None:
    row = recording.assess(
        _built(entry),
        evidence=_parts(entry, "evidence"),
        actor=people.chief,
        at=entry.steps["recorded_at"],
    )
    _review(row, entry, people)


def _review(row: Quote | Claim | Assessment, entry: Entry, people: People) -> None:
    """Send back, publish and withdraw, as far as the entry says."""
    for returned in entry.parts.get("returned", []):
        review.send_back(row, actor=people.reviewer, **returned.values)
    if "published_at" in entry.steps:
        row = review.approve(row, actor=people.reviewer, at=entry.steps["published_at"])
    if "withdrawn_at" in entry.steps:
        review.withdraw(
            row,
            kind=entry.steps["withdrawal_kind"],
            reason=entry.steps["withdrawal_reason"],
            actor=people.chief,
            at=entry.steps["withdrawn_at"],
        )


_ADD: dict[str, Callable[[Entry, People], None]] = {
    "sources": _add_named,
    "speakers": _add_named,
    "events": _add_framing,
    "measures": _add_framing,
    "articles": _add_article,
    "quotes": _add_statement,
    "claims": _add_statement,
    "assessments": _add_assessment,
}
