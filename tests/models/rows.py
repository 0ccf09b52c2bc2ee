"""Rows written past the forms: copies, updates and inserts that nobody checked."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import connection
from django.db.models import F, Model

import claims.models.guards
import sources.models.guards
from claims import carrying, linking, recording, tasks
from claims.models import (
    AboutText,
    Assignment,
    Batch,
    Claim,
    ErrorReport,
    Finding,
    MatchKey,
    Placement,
    Quote,
    SameUtterance,
    Standing,
    SuggestedLink,
    Suggestion,
)
from sources import curation, engine, history, withholding
from sources.models import AccessEntry, OwnVoice, Source, Speaker, WithheldSpan
from tests import factories as make

GUARDS: list[engine.Guard] = [
    *sources.models.guards.GUARDS,
    *claims.models.guards.GUARDS,
]

#: Columns that no two rows share, with a function of the number of the copy.
UNSHARED: dict[str, Callable[[int], str]] = {
    "slug": "copy-{}".format,
    "code": "x-copy{}".format,
    "sha256": "{:064x}".format,
    "url": "https://example.org/{}".format,
}


def a_withheld_span() -> WithheldSpan:
    """What the chief said of the title of an article that names a speaker."""
    name = make._unique("Lamia")
    speaker = make.a_speaker(name_en=name)
    make.an_article(title=f"{name} at dawn")
    make.withheld(speaker)
    return WithheldSpan.objects.get(speaker=speaker)


def an_access_entry() -> AccessEntry:
    """The note that the chief was shown a withheld name."""
    speaker = make.withheld(make.a_speaker())
    withholding.note_access({speaker.pk}, reader=make.a_chief(), route="speaker")
    return AccessEntry.objects.get(speaker=speaker)


def copy_of(row: Model, **columns: Any) -> Any:
    """The same row once more, not written yet; what no two rows share is new."""
    values = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key
    }
    for name in values.keys() & UNSHARED.keys():
        values[name] = UNSHARED[name](row.pk)
    copy = type(row)(**values)
    for name, value in columns.items():
        setattr(copy, name, value)
    return copy


def write_past_the_forms(row: Model, **columns: Any) -> None:
    """Insert a new row, update any other; the version steps as it must."""
    if row._state.adding:
        type(row)._default_manager.bulk_create([row])
        return
    if hasattr(row, "version"):
        columns["version"] = F("version") + 1
    type(row)._default_manager.filter(pk=row.pk).update(**columns)


@contextmanager
def without_guard(name: str) -> Iterator[None]:
    """Take a guard away, so that what stands behind it can be tried."""
    guards = [guard for guard in GUARDS if guard.name == name]
    engine.remove(guards, connection)
    try:
        yield
    finally:
        engine.install(guards, connection)


def a_batch(by: User | None = None) -> Batch:
    person = by or make.an_editor()
    row = Batch(
        file_name="deaths.csv",
        sha256="0f" * 32,
        format="csv",
        imported_by=person,
        imported_at=make.RECORDED_AT,
        n_read=3,
        n_recorded=2,
        n_refused=1,
    )
    return history.add(row, actor=person)


def an_about_text(by: User | None = None) -> AboutText:
    """How a base says that it works."""
    row = AboutText(section="METHODOLOGY", language="en", text="We ask twice.")
    return recording.add(row, actor=by or make.a_chief())


def an_imported_claim() -> Claim:
    """A claim that came in with a batch and waits for its approval."""
    importer = make.an_editor()
    return make.a_recorded_claim(by=importer, batch=a_batch(by=importer))


def a_placement(quote: Quote | None = None) -> Placement:
    """Where a recorded quote stands in a text that begins otherwise."""
    quote = quote or make.a_recorded_quote()
    article = quote.article_version.article
    version = make.a_version(article=article, text=f"Update. {make.ENGLISH}")
    carrying.carry(version, actor=make.a_contributor(), at=make.RECORDED_AT)
    return quote.placements.get()


def an_assignment() -> Assignment:
    """A claim that waits for one reviewer."""
    reviewer = make.a_reviewer()
    claim = make.a_recorded_claim()
    return tasks.assign(claim, reviewer=reviewer, actor=reviewer, at=make.PUBLISHED_AT)


def an_error_report() -> ErrorReport:
    """What a reader says is wrong with a published claim."""
    claim = make.a_published_claim()
    report = ErrorReport(claim=claim, message="It says six.", contact="a@example.org")
    return tasks.report_error(report, at=make.WITHDRAWN_AT)


def a_suggestion() -> Suggestion:
    """A suggestion that waits for a decision."""
    row = Suggestion(
        article_version=make.a_version(),
        kind="CLAIM",
        start=3,
        end=9,
        rule="number-before-noun",
        confidence="0.900",
        rule_set="1",
    )
    row.save()
    return row


def a_finding() -> Finding:
    """What a lint found of a claim."""
    return Finding.objects.create(
        lint="backwards", is_public=True, claim=make.a_published_claim()
    )


def a_standing() -> Standing:
    """How the voices on a measure stand."""
    return Standing.objects.create(
        measure=make.a_measure(),
        agreement="AGREE",
        n_voices=2,
        n_articles=3,
    )


def an_own_voice(
    *,
    source: Source | None = None,
    speaker: Speaker | None = None,
    at: datetime = make.RECORDED_AT,
    by: User | None = None,
) -> OwnVoice:
    row = OwnVoice(
        source=source or make.a_source(), speaker=speaker or make.an_organisation()
    )
    row.recorded_at = at
    return curation.record_own_voice(row, actor=by or make.an_editor())


def a_match_key() -> MatchKey:
    """What a claim has in common with what is like it."""
    return MatchKey.objects.create(hash=7, claim=make.a_recorded_claim())


def a_suggested_link(
    maker: Callable[..., Claim | Quote] = make.a_recorded_claim,
) -> SuggestedLink:
    """Two statements that seem to be one utterance."""
    is_claim = maker is make.a_recorded_claim
    shared = {"measure": make.a_measure()} if is_claim else {}
    one, other = maker(**shared), maker(**shared)
    name = one._meta.model_name
    return SuggestedLink.objects.create(
        **{f"{name}": one, f"to_{name}": other},
        kind="SAME_UTTERANCE",
        score="0.80",
        facts={"words": 70, "soon": 10},
    )


def a_suggested_measure() -> SuggestedLink:
    """A claim without a measure, and one that it seems to be of."""
    return SuggestedLink.objects.create(
        kind="SAME_MEASURE",
        claim=make.a_recorded_claim(measure=None, unit="persons"),
        measure=make.a_measure(),
        score="0.70",
        facts={"happened": 25, "counted": 25, "place": 20},
    )


def a_same_utterance(
    maker: Callable[..., Claim | Quote] = make.a_recorded_claim,
) -> SameUtterance:
    """Two statements that count once, as somebody judged who recorded neither."""
    link = a_suggested_link(maker)
    accepted = {"read_at": link.read_at, "at": make.PUBLISHED_AT}
    linking.accept(link, actor=make.an_editor(), **accepted)
    return SameUtterance.objects.get(claim=link.claim, quote=link.quote)
