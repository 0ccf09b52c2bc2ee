"""Every process function once, with the entries it leaves in the log."""

from collections.abc import Callable
from typing import Any, NamedTuple

from claims import (
    batches,
    carrying,
    intake,
    receiving,
    recording,
    review,
    revising,
    tasks,
)
from claims.exchange.records import ArticleRow, ClaimRow, Place, Record, VersionRow
from claims.models import ErrorReport, ReportStatus, WithdrawalKind
from claims.receiving import ReceivedFile
from sources import curation, withholding
from sources.models import Article
from tests import factories as make
from tests.history.linking import LINKING
from tests.history.suggesting import SUGGESTING
from tests.intake.drafts import a_draft
from tests.models import rows


class Process(NamedTuple):
    """What stands before, what is done then, and the entries it leaves."""

    prepare: Callable[[], Any]
    run: Callable[[Any], Any]
    entries: str


def _end(end: Callable[..., Any]) -> Callable[[Any], Any]:
    return lambda row: end(
        row, at=make.WITHDRAWN_AT, reason="Mistaken", actor=make.an_editor()
    )


def _merge() -> Any:
    return make.a_merge(speaker=make.a_speaker(), into=make.a_speaker())


def _derivation() -> Any:
    return make.a_derivation(article=make.an_article(), origin=make.an_article())


def _withdraw(row: Any) -> Any:
    return make.withdrawn(row, kind=WithdrawalKind.RETRACTED)


def _claim_with_a_proposal() -> Any:
    claim = make.a_recorded_claim()
    review.send_back(
        claim,
        note="Seven?",
        proposal=revising.proposed(claim, {"role_words": "x"}),
        actor=make.a_reviewer(),
        at=make.PUBLISHED_AT,
    )
    return claim


def _version_after_a_quote_and_a_claim() -> Any:
    quote = make.a_recorded_quote()
    make.a_recorded_claim(version=quote.article_version)
    article = quote.article_version.article
    return make.a_version(article=article, text=f"{make.ENGLISH} More follows.")


def _received(actor: Any) -> Any:
    record = Record(
        place=Place("plain.ndjson", 1),
        articles=(
            ArticleRow(
                code="a-plain",
                title="Boats",
                language="en",
                versions=(VersionRow(text=make.ENGLISH, fetched_at=make.FETCHED_AT),),
            ),
        ),
        claims=(ClaimRow(code="c-plain", article="a-plain", anchor="Nobody drowned"),),
    )
    file = ReceivedFile("plain.ndjson", "0" * 64, "ndjson")
    return list(receiving.receive([record], file, actor=actor, at=make.RECORDED_AT))


PROCESSES: dict[str, Process] = {
    "receiving.receive": Process(
        make.an_editor,
        _received,
        "ADDED claims.batch, ADDED sources.article, ADDED sources.articleversion, "
        "RECORDED claims.claim, CHANGED claims.batch",
    ),
    "curation.add": Process(
        lambda: None, lambda _: make.a_source(), "ADDED sources.source"
    ),
    "curation.change": Process(
        make.a_source,
        lambda row: curation.change(row, {"note": "x"}, actor=make.an_editor()),
        "CHANGED sources.source",
    ),
    "curation.remove": Process(
        make.a_source,
        lambda row: curation.remove(row, actor=make.an_editor()),
        "REMOVED sources.source",
    ),
    "curation.record_role": Process(
        make.a_speaker, lambda row: make.a_role(speaker=row), "ADDED sources.role"
    ),
    "curation.end_role": Process(
        make.a_role, _end(curation.end_role), "ENDED sources.role"
    ),
    "curation.record_own_voice": Process(
        lambda: (make.a_source(), make.an_organisation()),
        lambda pair: rows.an_own_voice(source=pair[0], speaker=pair[1]),
        "ADDED sources.ownvoice",
    ),
    "curation.end_own_voice": Process(
        rows.an_own_voice, _end(curation.end_own_voice), "ENDED sources.ownvoice"
    ),
    "curation.merge": Process(
        lambda: (make.a_speaker(), make.a_speaker()),
        lambda pair: make.a_merge(speaker=pair[0], into=pair[1]),
        "ADDED sources.merge",
    ),
    "curation.end_merge": Process(
        _merge, _end(curation.end_merge), "ENDED sources.merge"
    ),
    "curation.record_derivation": Process(
        lambda: (make.an_article(), make.an_article()),
        lambda pair: make.a_derivation(article=pair[0], origin=pair[1]),
        "ADDED sources.derivation",
    ),
    "curation.end_derivation": Process(
        _derivation, _end(curation.end_derivation), "ENDED sources.derivation"
    ),
    "curation.accept_derivation": Process(
        make.a_suggested_derivation,
        lambda row: curation.accept_derivation(
            row, actor=make.a_contributor(), at=make.RECORDED_AT
        ),
        "ADDED sources.derivation",
    ),
    "curation.dismiss_derivation": Process(
        make.a_suggested_derivation,
        lambda row: curation.dismiss_derivation(
            row, actor=make.a_contributor(), at=make.RECORDED_AT
        ),
        "",
    ),
    "curation.retract": Process(
        make.an_article,
        lambda row: curation.retract(
            row,
            on=make.WITHDRAWN_AT.date(),
            notice="Taken back",
            actor=make.an_editor(),
        ),
        "RETRACTED sources.article",
    ),
    "withholding.withhold": Process(
        lambda: (make.an_article(title="Mina Haddad"), make.a_speaker())[1],
        make.withheld,
        "ADDED sources.withheldspan, WITHHELD sources.speaker",
    ),
    "withholding.mark": Process(
        lambda: (make.an_article(), make.withheld(make.a_speaker())),
        lambda pair: withholding.mark(
            pair[1],
            article=pair[0],
            words="harbour master",
            actor=make.a_chief(),
            at=make.RECORDED_AT,
        ),
        "ADDED sources.withheldspan",
    ),
    "withholding.lift": Process(
        lambda: (
            make.an_article(title="Mina Haddad"),
            make.withheld(make.a_speaker()),
        )[1],
        lambda row: withholding.lift(
            row, reason="Safe now", actor=make.a_chief(), at=make.WITHDRAWN_AT
        ),
        "ENDED sources.withheldspan, CHANGED sources.speaker",
    ),
    "withholding.note_access": Process(
        lambda: make.withheld(make.a_speaker()),
        lambda row: withholding.note_access(
            {row.pk}, reader=make.a_chief(), route="speaker"
        ),
        "",
    ),
    "ingest.add_article": Process(
        make.a_source,
        lambda source: make.an_article(source=source),
        "ADDED sources.article, ADDED sources.articleversion",
    ),
    "ingest.add_version": Process(
        make.an_article,
        lambda article: make.a_version(article=article, text="Other words"),
        "ADDED sources.articleversion",
    ),
    "intake.bring_in": Process(
        make.a_contributor,
        lambda actor: intake.bring_in(a_draft(), actor=actor, at=make.FETCHED_AT),
        "ADDED sources.article, ADDED sources.articleversion",
    ),
    "intake.add_article": Process(
        make.a_contributor,
        lambda actor: intake.add_article(
            Article(title="Boats", language="en"),
            text=make.ENGLISH,
            actor=actor,
            at=make.FETCHED_AT,
        ),
        "ADDED sources.article, ADDED sources.articleversion",
    ),
    "intake.add_version": Process(
        lambda: make.a_recorded_claim().article_version.article,
        lambda article: intake.add_version(
            article,
            text=f"{make.ENGLISH} More follows.",
            actor=make.a_contributor(),
            at=make.FETCHED_AT,
        ),
        "ADDED sources.articleversion, ADDED claims.placement",
    ),
    "carrying.carry": Process(
        _version_after_a_quote_and_a_claim,
        lambda version: carrying.carry(
            version, actor=make.a_contributor(), at=make.RECORDED_AT
        ),
        "ADDED claims.placement, ADDED claims.placement",
    ),
    "carrying.place": Process(
        rows.a_placement,
        lambda row: carrying.place(
            row, span=row.span, actor=make.a_contributor(), at=make.RECORDED_AT
        ),
        "CHANGED claims.placement",
    ),
    "carrying.give_up": Process(
        rows.a_placement,
        lambda row: carrying.give_up(
            row, actor=make.a_contributor(), at=make.RECORDED_AT
        ),
        "CHANGED claims.placement",
    ),
    "recording.add": Process(
        lambda: None, lambda _: make.an_event(), "ADDED claims.event"
    ),
    "recording.change": Process(
        make.a_measure,
        lambda row: recording.change(row, {"unit": "boats"}, actor=make.an_editor()),
        "CHANGED claims.measure",
    ),
    "recording.remove": Process(
        make.a_measure,
        lambda row: recording.remove(row, actor=make.an_editor()),
        "REMOVED claims.measure",
    ),
    "recording.record": Process(
        make.a_claim,
        lambda row: recording.record(
            row, actor=make.a_contributor(), at=make.RECORDED_AT
        ),
        "RECORDED claims.claim",
    ),
    "recording.edit": Process(
        make.a_recorded_claim,
        lambda row: recording.edit(row, {"note": "x"}, actor=make.an_editor()),
        "EDITED claims.claim",
    ),
    "recording.replace": Process(
        make.a_published_claim, make.a_recorded_replacement, "RECORDED claims.claim"
    ),
    "recording.assess": Process(
        make.a_published_claim,
        lambda row: make.a_recorded_assessment(claim=row),
        "RECORDED claims.assessment, ADDED claims.evidence",
    ),
    "recording.translate": Process(
        make.a_recorded_quote,
        lambda row: make.a_translation(quote=row),
        "EDITED claims.quote, ADDED claims.translation",
    ),
    "recording.retranslate": Process(
        lambda: make.a_translation(quote=make.a_recorded_quote()),
        lambda row: recording.retranslate(
            row, {"credit": "x"}, actor=make.a_contributor()
        ),
        "EDITED claims.quote, CHANGED claims.translation",
    ),
    "review.approve": Process(
        make.a_recorded_claim,
        make.published,
        "APPROVED claims.review, PUBLISHED claims.claim",
    ),
    "review.approve of a replacement": Process(
        lambda: make.a_recorded_replacement(make.a_published_claim()),
        make.published,
        "APPROVED claims.review, PUBLISHED claims.claim, WITHDRAWN claims.claim",
    ),
    "review.send_back": Process(
        make.a_recorded_claim,
        lambda row: review.send_back(
            row, note="Which?", actor=make.a_reviewer(), at=make.PUBLISHED_AT
        ),
        "RETURNED claims.review",
    ),
    "review.discard": Process(
        make.a_recorded_claim, make.discarded, "DISCARDED claims.claim"
    ),
    "review.withdraw": Process(
        make.a_published_claim, _withdraw, "WITHDRAWN claims.claim"
    ),
    "batches.approve": Process(
        rows.an_imported_claim,
        lambda claim: list(
            batches.approve(claim.batch, actor=make.a_reviewer(), at=make.PUBLISHED_AT)
        ),
        "APPROVED claims.review, PUBLISHED claims.claim",
    ),
    "revising.take_over": Process(
        _claim_with_a_proposal,
        lambda claim: revising.take_over(claim, actor=claim.recorded_by),
        "EDITED claims.claim",
    ),
    "tasks.assign": Process(
        make.a_recorded_claim,
        lambda claim: tasks.assign(
            claim,
            reviewer=make.a_reviewer(),
            actor=make.a_reviewer(),
            at=make.PUBLISHED_AT,
        ),
        "",
    ),
    "tasks.release": Process(
        rows.an_assignment,
        lambda row: tasks.release(row.claim, actor=row.reviewer),
        "",
    ),
    "tasks.report_error": Process(
        lambda: ErrorReport(claim=make.a_published_claim(), message="It says six."),
        lambda report: tasks.report_error(report, at=make.WITHDRAWN_AT),
        "",
    ),
    "tasks.answer_report": Process(
        rows.an_error_report,
        lambda report: tasks.answer_report(
            report,
            status=ReportStatus.DECLINED,
            answer="It says five.",
            actor=make.a_reviewer(),
            at=make.WITHDRAWN_AT,
        ),
        "",
    ),
    **{name: Process(*each) for name, each in LINKING.items()},
    **{name: Process(*each) for name, each in SUGGESTING.items()},
}
