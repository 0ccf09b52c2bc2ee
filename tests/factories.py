"""The cast of the tests: people, and rows made by walking the real workflow.

Every row goes through the process functions, done by people whose roles allow it.
What a test does not name is invented: each call makes new people and new rows.
"""

import datetime as dt
from collections.abc import Callable, Collection
from decimal import Decimal
from itertools import count
from typing import Any

from django.contrib.auth.models import Group, User

from claims import recording, review
from claims.models import (
    Assessment,
    Claim,
    Event,
    Evidence,
    Measure,
    Quote,
    Translation,
    WithdrawalKind,
)
from sources import curation, ingest, withholding
from sources.models import (
    Article,
    ArticleVersion,
    Derivation,
    Merge,
    Role,
    Source,
    SourceAlias,
    Speaker,
    SpeakerAlias,
    SuggestedDerivation,
)
from sources.models.columns import Anchor
from sources.policy import UserRole
from sources.text.spans import Span
from tests import databases

ENGLISH = (
    "Boats left the harbour at dawn 🚢. “Nobody drowned,” the harbour master said. "
    "About 120 people crossed the river on Thursday, she added, not 60 to 90."
)
ARABIC = (
    "قال الناطق باسم الميناء إن 3500 شخص عبروا النهر يوم الخميس 🚢.\n"
    "وأضاف: «لم يغرق أحد»، فيما تحدثت مصادر طبية عن مئات المصابين."
)

FETCHED_AT = dt.datetime(2024, 5, 2, 8, tzinfo=dt.UTC)
RECORDED_AT = dt.datetime(2024, 5, 2, 9, tzinfo=dt.UTC)
PUBLISHED_AT = dt.datetime(2024, 5, 3, 9, tzinfo=dt.UTC)
WITHDRAWN_AT = dt.datetime(2024, 5, 6, 9, tzinfo=dt.UTC)

_numbers = count(1)


def _unique(word: str) -> str:
    return f"{word}-{next(_numbers)}"


# --- people ---


def a_user(*roles: str, name: str = "") -> User:
    """An account with these roles; it has no password, so tests force its login."""
    user = User.objects.create_user(name or _unique("-".join(roles) or "reader"))
    user.groups.set(Group.objects.get_or_create(name=role)[0] for role in roles)
    return user


def _with(role: str) -> Callable[..., User]:
    return lambda name="": a_user(role, name=name)


a_contributor = _with(UserRole.CONTRIBUTOR)
a_reviewer = _with(UserRole.REVIEWER)
an_editor = _with(UserRole.EDITOR)
a_chief = _with(UserRole.CHIEF)
an_admin = _with(UserRole.ADMIN)


# --- where statements come from ---


def anchor(text: str, words: str) -> Anchor:
    """The first place of these words in a text."""
    start = text.index(words)
    return Anchor.at(text, Span(start, start + len(words)))


def a_source(*, by: User | None = None, **columns: Any) -> Source:
    columns = {"name_en": "Harbour News", "kind": "OUTLET", **columns}
    row = Source(**{"slug": _unique("source"), **columns})
    return curation.add(row, actor=by or a_contributor())


def a_source_alias(name: str, *, source: Source, by: User | None = None) -> SourceAlias:
    return curation.add(SourceAlias(source=source, name=name), actor=by or an_editor())


def a_speaker(*, by: User | None = None, **columns: Any) -> Speaker:
    columns = {"name_en": "Mina Haddad", "kind": "PERSON", **columns}
    row = Speaker(**{"slug": _unique("speaker"), **columns})
    return curation.add(row, actor=by or a_contributor())


def an_organisation(**columns: Any) -> Speaker:
    return a_speaker(**{"name_en": "Harbour Office", "kind": "ORGANISATION", **columns})


def an_unnamed_speaker(*, source: Source | None = None, **columns: Any) -> Speaker:
    return a_speaker(
        source=source or a_source(),
        **{"name_en": "A medical source", "kind": "UNNAMED", **columns},
    )


def a_speaker_alias(
    name: str, *, speaker: Speaker, by: User | None = None
) -> SpeakerAlias:
    row = SpeakerAlias(speaker=speaker, name=name)
    return curation.add(row, actor=by or an_editor())


def a_role(*, speaker: Speaker | None = None, **columns: Any) -> Role:
    columns = {"name_en": "Spokeswoman", "recorded_at": RECORDED_AT, **columns}
    row = Role(speaker=speaker or a_speaker(), **columns)
    return curation.record_role(row, actor=a_contributor())


def withheld(speaker: Speaker, *, but: Collection[str] = ()) -> Speaker:
    """A speaker whose name hides wherever it stands, except in the columns named."""
    speaker = Speaker.objects.get(pk=speaker.pk)
    found = withholding.places(speaker)
    return withholding.withhold(
        speaker,
        listed={place.key for place in found},
        ticked={place.key for place in found if place.field not in but},
        reason="They are in danger",
        actor=a_chief(),
        at=RECORDED_AT,
    )


def a_merge(*, speaker: Speaker, into: Speaker, at: dt.datetime = RECORDED_AT) -> Merge:
    return curation.merge(
        speaker, into=into, at=at, reason="One person", actor=an_editor()
    )


@databases.at_once
def an_article(
    *,
    text: str = ENGLISH,
    fetched_at: dt.datetime = FETCHED_AT,
    by: User | None = None,
    **columns: Any,
) -> Article:
    """An article with its first version; `source=None` leaves its outlet unstated."""
    if "source" not in columns:
        columns["source"] = a_source()
    row = Article(**{"title": "Boats leave at dawn", "language": "en", **columns})
    ingest.add_article(
        row, text=text, fetched_at=fetched_at, actor=by or a_contributor()
    )
    return row


def a_version(
    *, text: str = ENGLISH, article: Article | None = None, **columns: Any
) -> ArticleVersion:
    """The first version of a new article, or the next one of this article."""
    if article is None:
        return an_article(text=text, **columns).versions.get()
    return ingest.add_version(
        article, text=text, fetched_at=FETCHED_AT, actor=a_contributor()
    )


def a_derivation(*, article: Article, by: User | None = None, **columns: Any) -> Any:
    """What an article takes from `origin`, `origin_source` or `origin_speaker`."""
    columns = {"kind": "REPUBLISHES", "recorded_at": RECORDED_AT, **columns}
    row = Derivation(article=article, **columns)
    return curation.record_derivation(row, actor=by or a_contributor())


def a_suggested_derivation() -> SuggestedDerivation:
    """What is offered of two articles with one text, which no other has."""
    n = next(_numbers)
    text = " ".join(f"{word} {n}" for word in ENGLISH.split())
    origin, article = an_article(text=text), an_article(text=text)
    return article.suggested_derivations.get(origin=origin)


def a_suggested_credit() -> SuggestedDerivation:
    """What is offered of an article that credits an agency nobody has added."""
    article = an_article(text=f"{ENGLISH}\nSource: Reuters")
    return article.suggested_derivations.get(origin_name="Reuters")


# --- what is counted ---


def an_event(*, by: User | None = None, **columns: Any) -> Event:
    row = Event(**{"slug": _unique("event"), "name_en": "The crossing", **columns})
    return recording.add(row, actor=by or a_contributor())


def a_measure(
    *, event: Event | None = None, by: User | None = None, **columns: Any
) -> Measure:
    columns = {
        "slug": _unique("measure"),
        "name_en": "People who crossed",
        "counted": "people",
        "happened": "crossed",
        "unit": "persons",
        "nature": "LEVEL",
        **columns,
    }
    row = Measure(event=event or an_event(), **columns)
    return recording.add(row, actor=by or a_contributor())


# --- what was said ---


def a_quote(
    *,
    version: ArticleVersion | None = None,
    words: str = "Nobody drowned",
    cue: str = "",
    **columns: Any,
) -> Quote:
    """A quote that nobody has recorded yet; the words are found in the text."""
    version = version or a_version()
    columns = {"kind": "DIRECT", "language": "en", **columns}
    row = Quote(article_version=version, **columns)
    row.anchor = anchor(version.text, words)
    row.cue_anchor = anchor(version.text, cue) if cue else None
    return row


def a_claim(
    *,
    version: ArticleVersion | None = None,
    words: str = "120 people crossed the river",
    low: object = 120,
    high: object = ...,
    qualifier: str = "EXACT",
    **columns: Any,
) -> Claim:
    """A claim that nobody has recorded yet; `high` is `low` unless it is given.

    `low=None, high=None` without a qualifier is a plain claim.
    """
    version = version or a_version()
    high = low if high is ... else high
    if qualifier and "measure" not in columns:
        columns["measure"] = a_measure()
    if qualifier and "unit" not in columns:
        columns["unit"] = columns["measure"].unit
    row = Claim(
        article_version=version,
        low=None if low is None else Decimal(str(low)),
        high=None if high is None else Decimal(str(high)),
        qualifier=qualifier,
        **columns,
    )
    row.anchor = anchor(version.text, words)
    return row


def a_plain_claim(**columns: Any) -> Claim:
    """A claim without a quantity, not recorded yet."""
    return a_claim(low=None, qualifier="", words="Nobody drowned", **columns)


@databases.at_once
def a_recorded_quote(
    *, by: User | None = None, at: dt.datetime = RECORDED_AT, **columns: Any
) -> Quote:
    return recording.record(a_quote(**columns), actor=by or a_contributor(), at=at)


@databases.at_once
def a_recorded_claim(
    *, by: User | None = None, at: dt.datetime = RECORDED_AT, **columns: Any
) -> Claim:
    return recording.record(a_claim(**columns), actor=by or a_contributor(), at=at)


def approved_in_part(
    row: Any, *, by: User | None = None, at: dt.datetime = PUBLISHED_AT
):
    """A recorded row after one approval, which need not be enough to publish it."""
    return review.approve(row, actor=by or a_reviewer(), at=at)


def published(row: Any, *, by: User | None = None, at: dt.datetime = PUBLISHED_AT):
    """A recorded quote, claim or assessment after as many approvals as it takes."""
    row = approved_in_part(row, by=by, at=at)
    return row if row.is_public else published(row, at=at)


def withdrawn(
    row: Any,
    *,
    kind: WithdrawalKind = WithdrawalKind.WITHDRAWN,
    reason: str = "The harbour master was misheard",
    at: dt.datetime = WITHDRAWN_AT,
):
    """A published row after the chief editor withdrew it."""
    return review.withdraw(row, kind=kind, reason=reason, actor=a_chief(), at=at)


def discarded(row: Any, *, reason: str = "Recorded twice"):
    return review.discard(row, reason=reason, actor=an_editor())


@databases.at_once
def a_published_quote(**columns: Any) -> Quote:
    return published(a_recorded_quote(**columns))


@databases.at_once
def a_published_claim(**columns: Any) -> Claim:
    return published(a_recorded_claim(**columns))


def a_withdrawn_quote(**columns: Any) -> Quote:
    return withdrawn(a_published_quote(**columns))


def a_withdrawn_claim(**columns: Any) -> Claim:
    return withdrawn(a_published_claim(**columns))


def a_recorded_replacement(
    old: Claim, *, by: User | None = None, low: object = 90, **columns: Any
) -> Claim:
    """A correction of a published claim that waits for its approval."""
    new = a_claim(
        version=old.article_version,
        measure=old.measure,
        low=low,
        words=old.words,
        **columns,
    )
    return recording.replace(
        old, new, reason="Miscounted", actor=by or a_chief(), at=PUBLISHED_AT
    )


@databases.at_once
def a_corrected_claim(**columns: Any) -> Claim:
    """A claim withdrawn by its published replacement: `claim.replacements.get()`."""
    old = a_published_claim(**columns)
    published(a_recorded_replacement(old), at=WITHDRAWN_AT)
    old.refresh_from_db()
    return old


def a_translation(*, by: User | None = None, **columns: Any) -> Translation:
    """A translation of the recorded `quote` or `claim` that is given."""
    row = Translation(**{"language": "ar", "words": "لم يغرق أحد", **columns})
    return recording.translate(row, actor=by or a_contributor(), at=RECORDED_AT)


@databases.at_once
def a_recorded_assessment(
    *,
    claim: Claim | None = None,
    by: User | None = None,
    evidence_url: str = "https://example.org/ferry-list",
    **columns: Any,
) -> Assessment:
    columns = {
        "rating": "DISPUTED",
        "summary": "The ferry list names fewer.",
        "language": "en",
        **columns,
    }
    return recording.assess(
        Assessment(claim=claim or a_published_claim(), **columns),
        evidence=[Evidence(url=evidence_url)],
        actor=by or a_chief(),
        at=PUBLISHED_AT,
    )


def a_published_assessment(**columns: Any) -> Assessment:
    return published(a_recorded_assessment(**columns), at=WITHDRAWN_AT)
