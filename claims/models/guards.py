"""The triggers on this app's tables, in one list; `sources.models.guards` has its own."""

from claims.models.claim import Claim
from claims.models.link import SameUtterance
from claims.models.measure import Event, Measure
from claims.models.notice import AboutText
from claims.models.placement import Placement
from claims.models.quote import Quote
from claims.models.review import Assessment, Batch, Evidence, Review, Translation
from claims.models.reviewed import Reviewed
from sources import engine

_EDITS = "('RECORDED', 'EDITED')"


def _name(model: type[Reviewed]) -> str:
    """Return the name of the review column that points to a model."""
    return model._meta.model_name or ""


def _workflow(model: type[Reviewed]) -> list[engine.Guard]:
    """Return the guards of the workflow: what `claims.review` does, and no more."""
    table = model._meta.db_table
    always_frozen = engine.changes_any(("code", "recorded_by_id", "recorded_at"))
    content = engine.columns_of(model, but=model.LIFECYCLE)
    edited = engine.changes_any(content)
    frozen = engine.changes_any([*content, "published_at"])
    return [
        engine.never_deleted(model),
        engine.stepped_version(model),
        engine.Guard(
            f"{table}_begins_recorded",
            table,
            ("INSERT",),
            "NEW.status <> 'RECORDED' OR NEW.version <> 1",
            "everything begins as recorded, at version 1",
        ),
        engine.Guard(
            f"{table}_follows_the_workflow",
            table,
            ("UPDATE",),
            "NEW.status <> OLD.status AND NOT ("
            "(OLD.status = 'RECORDED' AND NEW.status IN ('PUBLISHED', 'DISCARDED'))"
            " OR (OLD.status = 'PUBLISHED' AND NEW.status = 'WITHDRAWN'))",
            "no such change of status",
        ),
        engine.Guard(
            f"{table}_is_approved_before_publication",
            table,
            ("UPDATE",),
            f"NEW.status = 'PUBLISHED' AND OLD.status <> 'PUBLISHED' AND ({edited} "
            "OR NOT EXISTS (SELECT 1 FROM claims_review r "
            f"WHERE r.{_name(model)}_id = OLD.id AND r.decision = 'APPROVED' "
            "AND r.version_reviewed = OLD.version))",
            "publication needs an approval of this very version",
        ),
        engine.Guard(
            f"{table}_content_is_frozen",
            table,
            ("UPDATE",),
            f"OLD.status IN ('WITHDRAWN', 'DISCARDED') OR {always_frozen} "
            f"OR (OLD.status = 'PUBLISHED' AND {frozen})",
            "published, withdrawn and discarded content is never altered",
        ),
    ]


def _review_by_another(model: type[Reviewed]) -> engine.Guard:
    """Refuse a review by anyone who recorded or edited; the log says who did."""
    table, name = model._meta.db_table, _name(model)
    return engine.Guard(
        f"claims_review_of_{name}_is_by_another",
        Review._meta.db_table,
        ("INSERT",),
        f"NEW.{name}_id IS NOT NULL AND ("
        "NOT EXISTS (SELECT 1 FROM "
        f"{table} s WHERE s.id = NEW.{name}_id AND s.status = 'RECORDED' "
        "AND s.version = NEW.version_reviewed "
        "AND s.recorded_by_id = NEW.recorder_id) "
        "OR EXISTS (SELECT 1 FROM sources_change c "
        f"WHERE c.model = '{model._meta.label_lower}' "
        f"AND c.object_id = NEW.{name}_id AND c.action IN {_EDITS} "
        "AND c.actor_id = NEW.reviewer_id))",
        "a review is of the recorded version, by someone who had no hand in it",
    )


def _is_a_hand(model: type[Reviewed], column: str) -> str:
    """Return the condition that whoever joins a statement recorded or edited it."""
    return (
        "EXISTS (SELECT 1 FROM sources_change c "
        f"WHERE c.model = '{model._meta.label_lower}' "
        f"AND c.object_id = NEW.{column}_id AND c.action IN {_EDITS} "
        "AND c.actor_id = NEW.recorded_by_id)"
    )


_JOINED_BY_ANOTHER = engine.Guard(
    "claims_sameutterance_is_by_another",
    SameUtterance._meta.db_table,
    ("INSERT",),
    " OR ".join(
        _is_a_hand(model, column)
        for model, columns in (
            (Claim, ("claim", "to_claim")),
            (Quote, ("quote", "to_quote")),
        )
        for column in columns
    ),
    "what counts once is said by someone who had no hand in it",
)
_MEANING_IS_FROZEN = engine.Guard(
    "claims_measure_meaning_is_frozen",
    Measure._meta.db_table,
    ("UPDATE",),
    f"{engine.changes_any(Measure.MEANING)} AND EXISTS "
    "(SELECT 1 FROM claims_claim c WHERE c.measure_id = OLD.id "
    "AND c.status IN ('PUBLISHED', 'WITHDRAWN'))",
    "a published claim uses this measure, so its meaning stands",
)
_MEASURE_IN_USE_STAYS = engine.Guard(
    "claims_measure_in_use_is_not_deleted",
    Measure._meta.db_table,
    ("DELETE",),
    "EXISTS (SELECT 1 FROM claims_claim c WHERE c.measure_id = OLD.id)",
    "a claim uses this measure; another one in its place could mean anything",
)
_TRANSLATION_COMES_FIRST = engine.Guard(
    "claims_translation_comes_before_publication",
    Translation._meta.db_table,
    ("INSERT",),
    "EXISTS (SELECT 1 FROM claims_claim c WHERE c.id = NEW.claim_id "
    "AND c.status <> 'RECORDED') OR EXISTS (SELECT 1 FROM claims_quote q "
    "WHERE q.id = NEW.quote_id AND q.status <> 'RECORDED')",
    "a translation is reviewed with its statement",
)
_TRANSLATION_IS_FROZEN = engine.Guard(
    "claims_translation_is_frozen",
    Translation._meta.db_table,
    ("UPDATE",),
    "EXISTS (SELECT 1 FROM claims_claim c WHERE c.id = OLD.claim_id "
    "AND c.status <> 'RECORDED') OR EXISTS (SELECT 1 FROM claims_quote q "
    "WHERE q.id = OLD.quote_id AND q.status <> 'RECORDED')",
    "the translation of a published statement is never altered",
)
_EVIDENCE_COMES_FIRST = engine.Guard(
    "claims_evidence_comes_before_publication",
    Evidence._meta.db_table,
    ("INSERT",),
    "NOT EXISTS (SELECT 1 FROM claims_assessment a "
    "WHERE a.id = NEW.assessment_id AND a.status = 'RECORDED')",
    "evidence is given before its assessment is published",
)
_PLACEMENT_KEEPS_ITS_SUBJECT = engine.Guard(
    "claims_placement_subject_is_fixed",
    Placement._meta.db_table,
    ("UPDATE",),
    engine.changes_any(Placement.SUBJECT),
    "a placement stays that of its statement in its version",
)
_TRANSLATION_KEEPS_ITS_SUBJECT = engine.Guard(
    "claims_translation_subject_is_fixed",
    Translation._meta.db_table,
    ("UPDATE",),
    engine.changes_any(Translation.SUBJECT),
    "a translation stays that of its statement into its language",
)
_REVIEWED: tuple[type[Reviewed], ...] = (Quote, Claim, Assessment)

GUARDS: list[engine.Guard] = [
    *(guard for model in _REVIEWED for guard in _workflow(model)),
    *(
        engine.anchored(model, prefix)
        for model in (Quote, Claim)
        for prefix in model.ANCHORS
    ),
    engine.anchored(Placement),
    _PLACEMENT_KEEPS_ITS_SUBJECT,
    *(
        engine.stepped_version(model)
        for model in (Event, Measure, Translation, Batch, Placement, AboutText)
    ),
    engine.insert_only(Review),
    *(_review_by_another(model) for model in _REVIEWED),
    *engine.recorded_once(SameUtterance),
    _JOINED_BY_ANOTHER,
    engine.insert_only(Evidence),
    _EVIDENCE_COMES_FIRST,
    _MEANING_IS_FROZEN,
    _MEASURE_IN_USE_STAYS,
    _TRANSLATION_COMES_FIRST,
    _TRANSLATION_IS_FROZEN,
    _TRANSLATION_KEEPS_ITS_SUBJECT,
    *(
        engine.never_deleted(model)
        for model in (Translation, Batch, Placement, AboutText)
    ),
]
