"""For each named constraint, a row that breaks this one and no other.

A case returns the row and the columns that make it wrong. A row that is not in the
database yet is inserted, any other is updated.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any, TypeAlias

from django.db.models import Model

from claims.models import Claim, Review, Translation
from sources import history
from sources.models import Derivation, Merge
from sources.text.dates import PartialDate
from tests import factories as make
from tests.models import rows

Violation: TypeAlias = tuple[Model, dict[str, Any]]

DAY = dt.date(2024, 5, 2)
BACKWARDS = {"earliest": DAY, "latest": DAY - dt.timedelta(days=1), "precision": "DAY"}


def _columns(prefix: str, parts: dict[str, Any]) -> dict[str, Any]:
    return {f"{prefix}_{part}": value for part, value in parts.items()}


def _on(maker: Callable[[], Model], **columns: Any) -> Callable[[], Violation]:
    """Update the row that a factory makes."""
    return lambda: (maker(), columns)


def _copied(maker: Callable[[], Model], **columns: Any) -> Callable[[], Violation]:
    """Insert a second row like the one that a factory makes."""
    return lambda: (rows.copy_of(maker(), **columns), columns)


def _beyond_the_text(row: Any, prefix: str = "") -> Violation:
    """Words that stand at the end of the text, with a span that runs past it."""
    text = row.article_version.text
    columns = {
        f"{prefix}start": len(text) - 5,
        f"{prefix}end": len(text) + 3,
        f"{prefix}words": text[-5:],
    }
    return rows.copy_of(row, **columns), columns


# --- makers of rows that are special in one way ---


def _source_alias() -> Model:
    return make.a_source_alias("The News", source=make.a_source())


def _speaker_alias() -> Model:
    return make.a_speaker_alias("منى حداد", speaker=make.a_speaker())


def _derivation() -> Derivation:
    article = make.an_article()
    return make.a_derivation(
        article=article,
        origin=make.an_article(),
        article_version=article.versions.get(),
        start=0,
        end=5,
        words="Boats",
    )


def _merge() -> Merge:
    return make.a_merge(speaker=make.a_speaker(), into=make.a_speaker())


def _review_of(row: Any) -> Review:
    """An approval that does not publish yet: two are needed."""
    make.approved_in_part(row)
    return Review.objects.get(**{row._meta.model_name: row})


def _evidence() -> Model:
    return make.a_recorded_assessment().evidence.get()


def _translation() -> Translation:
    return make.a_translation(quote=make.a_recorded_quote())


def _measureless_claim() -> Claim:
    return make.a_recorded_claim(measure=None, unit="persons")


def _own_review() -> Violation:
    """The review by the recorder of a claim that the log does not know."""
    claim = rows.copy_of(make.a_recorded_claim())
    rows.write_past_the_forms(claim)
    claim = Claim.objects.get(code=claim.code)
    return Review(
        claim=claim,
        reviewer=claim.recorded_by,
        recorder=claim.recorded_by,
        decision="APPROVED",
        version_reviewed=1,
        at=make.PUBLISHED_AT,
    ), {"reviewer": claim.recorded_by}


def _itself(maker: Callable[[], Any], name: str) -> Callable[[], Violation]:
    def case() -> Violation:
        row = maker()
        return row, {name: row}

    return case


def _merged_into_itself() -> Violation:
    speaker = make.a_speaker()
    columns = {"speaker": speaker, "into": speaker}
    return rows.copy_of(_merge(), **columns), columns


def _derived_from_itself() -> Violation:
    row = rows.copy_of(_derivation())
    return row, {"origin": row.article}


def _second_article_at(address: str) -> Callable[[], Violation]:
    def case() -> Violation:
        make.an_article(url=address)
        return make.an_article(), {"url": address}

    return case


def _suggested_from_itself() -> Violation:
    row = make.a_suggested_derivation()
    return row, {"origin": row.article}


def _accepted_as_nothing() -> Violation:
    columns = {"status": "ACCEPTED", "decided_by": make.a_contributor()}
    return rows.a_suggestion(), {**columns, "decided_at": make.RECORDED_AT}


def _placed_claim() -> Model:
    """Where a claim stands in a later text than it was recorded in."""
    version = rows.a_placement().quote.article_version
    return make.a_recorded_claim(version=version).placements.get()


# --- what quotes, claims and assessments share ---


def _replaced_twice(maker: Callable[[], Any]) -> Callable[[], Violation]:
    def case() -> Violation:
        columns = {"replaces": maker(), "replacement_reason": "Misread"}
        rows.write_past_the_forms(rows.copy_of(maker(), **columns))
        return rows.copy_of(maker(), **columns), columns

    return case


def _lifecycle(
    table: str, maker: Callable[[], Any]
) -> dict[str, Callable[[], Violation]]:
    too_early = make.RECORDED_AT - dt.timedelta(seconds=1)
    return {
        f"{table}_status_has_its_moments": _on(maker, published_at=make.PUBLISHED_AT),
        f"{table}_moments_follow_each_other": _on(
            lambda: make.approved_in_part(maker()),
            status="PUBLISHED",
            published_at=too_early,
        ),
        f"{table}_replacement_has_a_reason": _copied(
            maker, replacement_reason="Of what?"
        ),
        f"{table}_is_replaced_once": _replaced_twice(maker),
    }


def _reviews(target: str, maker: Callable[[], Any]) -> dict[str, Any]:
    name = f"{target}_is_reviewed_once_by_each_at_a_version"
    return {name: _copied(lambda: _review_of(maker()))}


def _anchors(
    table: str, maker: Callable[[], Any], *prefixes: str
) -> dict[str, Callable[[], Violation]]:
    return {
        f"{table}_{prefix}span_fits_its_words": lambda prefix=prefix: _beyond_the_text(
            maker(), prefix
        )
        for prefix in prefixes
    }


def _partial_dates(
    table: str, maker: Callable[[], Any], *prefixes: str
) -> dict[str, Callable[[], Violation]]:
    return {
        f"{table}_{prefix}_is_a_partial_date": _copied(
            maker, **_columns(prefix, BACKWARDS)
        )
        for prefix in prefixes
    }


def _ends_before_it_begins(begins: str, ends: str) -> dict[str, Any]:
    first, second = PartialDate.year(2020), PartialDate.year(2019)
    return {begins: first, ends: second}


_quote, _claim = make.a_recorded_quote, make.a_recorded_claim
_assessment = make.a_recorded_assessment
_nameless = {"name_ar": "", "name_en": ""}
_letterless = {"name": "\u0640", "folded": ""}  # a tatweel is no letter

CASES: dict[str, Callable[[], Violation]] = {
    "source_has_a_name": _copied(make.a_source, **_nameless),
    "source_kind_is_known": _copied(make.a_source, kind="RUMOUR"),
    "source_alias_is_given_once": _copied(_source_alias),
    "source_alias_is_not_empty": _copied(_source_alias, **_letterless),
    "speaker_has_a_name": _copied(make.a_speaker, **_nameless),
    "speaker_kind_is_known": _copied(make.a_speaker, kind="CROWD"),
    "unnamed_speaker_belongs_to_a_source": _copied(make.a_speaker, kind="UNNAMED"),
    "speaker_alias_is_given_once": _copied(_speaker_alias),
    "speaker_alias_is_not_empty": _copied(_speaker_alias, **_letterless),
    "role_has_a_name": _copied(make.a_role, **_nameless),
    **_partial_dates("role", make.a_role, "held_from", "held_until"),
    "role_ends_after_it_begins": _copied(
        make.a_role, **_ends_before_it_begins("held_from", "held_until")
    ),
    "role_speaks_for_an_organisation": _copied(make.a_role, speaks_for=True),
    "source_speaks_as_one_at_a_time": _copied(rows.an_own_voice),
    "speaker_is_merged_once_at_a_time": _copied(_merge),
    "speaker_is_not_merged_into_itself": _merged_into_itself,
    "article_url_is_unique": _second_article_at("https://example.org/boats"),
    **_partial_dates("article", make.an_article, "published"),
    "article_access_is_known": _copied(make.an_article, access="SECRET"),
    "article_retraction_has_a_notice": _on(make.an_article, retracted_on=DAY),
    "article_version_number_is_unique": _copied(make.a_version),
    "article_version_text_is_new": lambda: (
        rows.copy_of(row := make.a_version(), number=2, sha256=row.sha256),
        {"number": 2},
    ),
    "article_version_has_a_text": _copied(make.a_version, text="", number=2),
    "article_version_has_a_digest": _copied(make.a_version, sha256="abc", number=2),
    **_anchors("derivation", _derivation, ""),
    "derivation_kind_is_known": _copied(_derivation, kind="INSPIRES"),
    "derivation_has_an_origin": _copied(_derivation, origin=None),
    "derivation_is_not_from_itself": _derived_from_itself,
    "derivation_span_names_its_version": _copied(_derivation, article_version=None),
    "fingerprint_is_kept_once": _copied(
        lambda: make.a_version().fingerprints.order_by("pk")[0]
    ),
    "suggested_derivation_is_made_once": _copied(make.a_suggested_derivation),
    "suggested_credit_is_read_once": _copied(make.a_suggested_credit),
    "suggested_derivation_span_fits_its_words": _on(
        make.a_suggested_credit, words="Reuters and others"
    ),
    "suggested_derivation_has_an_origin": _on(make.a_suggested_derivation, origin=None),
    "suggested_derivation_is_not_from_itself": _suggested_from_itself,
    "suggested_derivation_shares_are_shares": _on(
        make.a_suggested_derivation, share="1.001"
    ),
    "suggested_derivation_decision_names_a_person": _on(
        make.a_suggested_derivation, status="DISMISSED"
    ),
    "change_chain_is_linear": lambda: (
        rows.copy_of(history.timeline(make.a_source())[0], seq=10**9),
        {},
    ),
    "change_numbers_start_at_one": _copied(
        lambda: history.timeline(make.a_source())[0],
        seq=0,
        previous="0" * 64,
    ),
    "withheld_span_is_judged_once": _copied(rows.a_withheld_span),
    "withheld_span_is_not_empty": _copied(rows.a_withheld_span, start=99),
    "withheld_span_kind_is_known": _copied(rows.a_withheld_span, kind="MAYBE"),
    "event_has_a_name": _copied(make.an_event, **_nameless),
    **_partial_dates("event", make.an_event, "starts", "ends"),
    "event_ends_after_it_starts": _copied(
        make.an_event, **_ends_before_it_begins("starts", "ends")
    ),
    "event_coordinates_are_on_earth": _copied(make.an_event, latitude=91, longitude=0),
    "measure_has_a_name": _copied(make.a_measure, **_nameless),
    "measure_nature_is_known": _copied(make.a_measure, nature="RUMOURED"),
    "measure_is_not_part_of_itself": _itself(make.a_measure, "part_of"),
    **_lifecycle("quote", _quote),
    **_anchors("quote", _quote, "", "speaker_", "cue_"),
    **_partial_dates("quote", _quote, "said_on"),
    "quote_kind_is_known": _copied(_quote, kind="SUNG"),
    **_lifecycle("claim", _claim),
    **_anchors("claim", _claim, *Claim.ANCHORS),
    **_partial_dates("claim", _claim, "holds"),
    "claim_low_is_not_above_high": _copied(_claim, low=121, qualifier="RANGE"),
    "claim_quantity_is_whole": _copied(_claim, unit=""),
    "claim_bounds_fit_the_qualifier": _copied(_claim, qualifier="AT_LEAST"),
    "published_quantity_has_a_measure": _on(
        lambda: make.approved_in_part(_measureless_claim()),
        status="PUBLISHED",
        published_at=make.PUBLISHED_AT,
    ),
    "claim_basis_is_known": _copied(_claim, basis="DREAMT"),
    **_lifecycle("assessment", _assessment),
    "assessment_rating_is_known": _copied(_assessment, rating="MAYBE"),
    "assessment_has_a_summary": _copied(_assessment, summary=""),
    "evidence_names_what_it_is": _copied(_evidence, url=""),
    "review_is_of_one_object": _copied(lambda: _review_of(_claim()), claim=None),
    "reviewer_is_not_the_recorder": _own_review,
    "review_decision_is_known": _copied(lambda: _review_of(_claim()), decision="?"),
    "return_has_a_note": _copied(lambda: _review_of(_claim()), decision="RETURNED"),
    "only_a_return_proposes_an_edit": _copied(
        lambda: _review_of(_claim()), proposal={"note": {"before": "", "after": "x"}}
    ),
    **_reviews("quote", _quote),
    **_reviews("claim", _claim),
    **_reviews("assessment", _assessment),
    "translation_is_of_one_statement": _copied(_translation, quote=None),
    "translation_has_words": _copied(_translation, words=""),
    "quote_is_translated_once_into_a_language": _copied(_translation),
    "claim_is_translated_once_into_a_language": _copied(
        lambda: make.a_translation(claim=_claim())
    ),
    "batch_counts_add_up": _copied(rows.a_batch, n_read=2),
    "suggestion_is_made_once": _copied(rows.a_suggestion),
    "suggestion_span_is_not_empty": _copied(rows.a_suggestion, start=9),
    "suggestion_confidence_is_a_share": _copied(rows.a_suggestion, confidence="1.001"),
    "suggestion_decision_names_a_person": _copied(
        rows.a_suggestion, status="DISMISSED"
    ),
    "suggestion_leads_to_what_was_recorded": _accepted_as_nothing,
    "about_text_is_written_once_in_a_language": _copied(rows.an_about_text),
    "about_text_is_of_a_known_section": _copied(rows.an_about_text, section="JOKES"),
    "about_text_says_something": _copied(rows.an_about_text, language="ar", text=""),
    "assignment_is_of_one_object": _copied(rows.an_assignment, claim=None),
    "finding_is_of_one_statement": _copied(rows.a_finding, claim=None),
    "match_key_is_of_one_row": _copied(rows.a_match_key, claim=None),
    "claim_is_linked_once_to_a_claim": _copied(rows.a_suggested_link),
    "quote_is_linked_once_to_a_quote": _copied(lambda: rows.a_suggested_link(_quote)),
    "claim_is_linked_once_to_a_measure": _copied(rows.a_suggested_measure),
    "suggested_link_has_the_ends_of_its_kind": _copied(
        rows.a_suggested_link, to_claim=None
    ),
    "suggested_link_score_is_a_share": _on(rows.a_suggested_link, score="1.01"),
    "suggested_link_decision_names_a_person": _on(
        rows.a_suggested_link, verdict="REFUSED"
    ),
    "same_utterance_joins_two_statements": _copied(
        rows.a_same_utterance, to_claim=None
    ),
    "claims_are_one_utterance_once": _copied(rows.a_same_utterance),
    "quotes_are_one_utterance_once": _copied(lambda: rows.a_same_utterance(_quote)),
    "error_report_is_of_one_statement": _copied(rows.an_error_report, claim=None),
    "error_report_says_what_is_wrong": _copied(rows.an_error_report, message=""),
    "error_report_answer_names_a_person": _copied(rows.an_error_report, status="ACTED"),
    "placement_span_fits_its_words": lambda: _beyond_the_text(rows.a_placement()),
    "placement_is_of_one_statement": _copied(rows.a_placement, quote=None),
    "quote_is_placed_once_in_a_version": _copied(rows.a_placement),
    "claim_is_placed_once_in_a_version": _copied(_placed_claim),
    "placement_has_a_place_unless_lost": _on(rows.a_placement, how="LOST"),
}

#: Constraints that a guard stands before: it is taken away to reach them.
BEHIND = {
    "article_version_number_is_unique": "sources_articleversion_numbers_are_dense",
    "derivation_span_names_its_version": "sources_derivation_words_stand_in_the_text",
    "change_chain_is_linear": "sources_change_follows_the_last",
}
