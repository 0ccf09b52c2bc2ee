"""For each guard, raw SQL that this one and no other must refuse.

Guards of one kind share the end of their names, and an attack is found by it.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

from django.db.models import Model

from claims import linking, review
from claims.models import Assessment, Claim, Quote, Review
from sources import curation, engine, history
from sources.models import ArticleVersion, Derivation, Merge
from tests import factories as make
from tests.models import rows

Statement: TypeAlias = tuple[str, list[Any]]
Cast: TypeAlias = dict[str, Any]
Attack: TypeAlias = Callable[[str, Cast], list[Statement]]


# --- statements ---


def update(row: Model, *, step: int = 1, **columns: Any) -> Statement:
    """Alter columns of one row; the version steps by one unless told otherwise."""
    assignments = {f'"{name}" = %s': value for name, value in columns.items()}
    if hasattr(row, "version"):
        assignments["version = version + %s"] = step
    key = row._meta.pk.column
    sql = f"UPDATE {row._meta.db_table} SET {', '.join(assignments)} WHERE {key} = %s"  # noqa: S608  # names of columns
    return sql, [*assignments.values(), row.pk]


def insert_like(row: Model, **columns: Any) -> Statement:
    """Insert a copy of a row with some columns altered."""
    fields = [field for field in row._meta.concrete_fields if field.name != "id"]
    for field in fields:
        if field.name in rows.UNSHARED:
            columns.setdefault(field.column, rows.UNSHARED[field.name](row.pk))
    names = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(
        "%s" if field.column in columns else f'"{field.column}"' for field in fields
    )
    table, key = row._meta.db_table, row._meta.pk.column
    sql = f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} WHERE {key} = %s"  # noqa: S608  # names of columns
    altered = [columns[field.column] for field in fields if field.column in columns]
    return sql, [*altered, row.pk]


def delete(row: Model) -> Statement:
    table, key = row._meta.db_table, row._meta.pk.column
    return f"DELETE FROM {table} WHERE {key} = %s", [row.pk]  # noqa: S608  # names


# --- the rows under attack ---


def cast() -> Cast:
    """Rows of every guarded table, in every status that a guard tells apart."""
    version = make.a_version()
    speaker, article = make.a_speaker(), version.article
    source = article.source
    assessment = make.a_recorded_assessment()
    found: Cast = {
        "sources_source": source,
        "sources_article": article,
        "sources_articleversion": version,
        "sources_speaker": speaker,
        "sources_role": make.a_role(),
        "sources_role ended": _ended(make.a_role(), curation.end_role),
        "sources_ownvoice": rows.an_own_voice(),
        "sources_ownvoice ended": _ended(rows.an_own_voice(), curation.end_own_voice),
        "sources_merge": _a_merge(),
        "sources_merge ended": _ended(_a_merge(), curation.end_merge),
        "sources_derivation": _a_derivation(version),
        "sources_derivation ended": _ended(
            _a_derivation(version), curation.end_derivation
        ),
        "sources_withheldspan": rows.a_withheld_span(),
        "sources_withheldspan ended": _ended(rows.a_withheld_span(), history.end),
        "sources_accessentry": rows.an_access_entry(),
        "sources_change": history.timeline(source)[0],
        "claims_abouttext": rows.an_about_text(),
        "claims_batch": rows.a_batch(),
        "claims_placement": rows.a_placement(),
        "claims_evidence": assessment.evidence.get(),
        "claims_sameutterance": rows.a_same_utterance(),
        "claims_sameutterance ended": _ended(rows.a_same_utterance(), linking.end),
        "claims_translation": make.a_translation(quote=make.a_recorded_quote()),
    }
    for model, maker in (
        (Quote, make.a_recorded_quote),
        (Claim, make.a_recorded_claim),
        (Assessment, make.a_recorded_assessment),
    ):
        found |= _in_every_status(model._meta.db_table, maker)
    return found | _public(found)


def _a_merge() -> Merge:
    return make.a_merge(speaker=make.a_speaker(), into=make.a_speaker())


def _a_derivation(version: ArticleVersion) -> Derivation:
    found = {"article_version": version, "start": 0, "end": 5, "words": "Boats"}
    origin = make.an_article()
    return make.a_derivation(article=version.article, origin=origin, **found)


def _ended(row: Any, end: Callable[..., Any]) -> Any:
    return end(row, at=make.WITHDRAWN_AT, reason="Mistaken", actor=make.an_editor())


def _in_every_status(table: str, maker: Callable[[], Any]) -> Cast:
    returned = maker()
    review.send_back(
        returned, note="Which?", actor=make.a_reviewer(), at=make.PUBLISHED_AT
    )
    return {
        table: maker(),
        f"{table} RETURNED": returned,
        f"{table} PUBLISHED": make.published(maker()),
        f"{table} WITHDRAWN": make.withdrawn(make.published(maker())),
        f"{table} DISCARDED": make.discarded(maker()),
    }


def _public(found: Cast) -> Cast:
    """What belongs to something published, and so is frozen with it."""
    translation = make.a_translation(quote=make.a_recorded_quote())
    make.published(translation.quote)
    measure = found["claims_claim PUBLISHED"].measure
    return {
        "claims_event": measure.event,
        "claims_measure": measure,
        "claims_review": Review.objects.get(claim=found["claims_claim PUBLISHED"]),
        "claims_translation PUBLISHED": translation,
    }


# --- attacks, by the end of the guard's name and the event ---


def _any_update(table: str, cast: Cast) -> list[Statement]:
    key = cast[table]._meta.pk.column
    return [(f"UPDATE {table} SET {key} = {key}", [])]  # noqa: S608  # names


def _any_delete(table: str, cast: Cast) -> list[Statement]:
    return [(f"DELETE FROM {table}", []), delete(cast[table])]  # noqa: S608  # a table's name


def _truncate(table: str, cast: Cast) -> list[Statement]:
    del cast
    return [(f"TRUNCATE {table} CASCADE", [])]


def _jumping_version(table: str, cast: Cast) -> list[Statement]:
    return [update(cast[table], step=step) for step in (0, 2, -1)]


def _late_beginning(table: str, cast: Cast) -> list[Statement]:
    statuses = ("PUBLISHED", "WITHDRAWN", "DISCARDED")
    rows_of_each = [cast[f"{table} {status}"] for status in statuses]
    return [
        *(insert_like(row, version=1) for row in rows_of_each),
        insert_like(cast[table], version=2),
    ]


def _wrong_way(table: str, cast: Cast) -> list[Statement]:
    waiting, published = cast[table], cast[f"{table} PUBLISHED"]
    return [
        update(waiting, status="WITHDRAWN"),
        update(waiting, status="LOST"),
        update(published, status="RECORDED"),
        update(published, status="DISCARDED"),
    ]


def _unapproved(table: str, cast: Cast) -> list[Statement]:
    columns = {"status": "PUBLISHED", "published_at": make.PUBLISHED_AT}
    return [
        update(cast[table], **columns),
        update(cast[f"{table} RETURNED"], **columns),
    ]


def _altered_content(table: str, cast: Cast) -> list[Statement]:
    if f"{table} ended" in cast:  # a recorded fact
        return [update(cast[table], recorded_at=make.FETCHED_AT)]
    frozen = [
        cast[f"{table} {status}"] for status in ("PUBLISHED", "WITHDRAWN", "DISCARDED")
    ]
    return [
        *(update(row, recorded_at=make.FETCHED_AT) for row in frozen),
        *(update(row, replacement_reason="Other") for row in frozen),
        update(cast[table], code="other-code"),
        update(cast[table], recorded_by_id=make.an_editor().pk),
        update(frozen[0], published_at=make.WITHDRAWN_AT),
        update(frozen[1], withdrawal_reason="Other"),
    ]


def _ended_again(table: str, cast: Cast) -> list[Statement]:
    row = cast[f"{table} ended"]
    return [update(row, ended_at=None), update(row, ended_at=make.FETCHED_AT)]


def _misplaced(prefix: str) -> dict[str, Any]:
    return {f"{prefix}start": 1, f"{prefix}end": 6, f"{prefix}words": "Boats"}


def _gap_in_numbers(table: str, cast: Cast) -> list[Statement]:
    return [insert_like(cast[table], number=number) for number in (0, 1, 3)]


def _broken_chain(table: str, cast: Cast) -> list[Statement]:
    seq, digest = history.head()
    entry = cast[table]
    return [
        insert_like(entry, seq=seq + 1, previous="ab" * 32, digest="cd" * 32),
        insert_like(entry, seq=seq + 1, previous=history.GENESIS, digest="cd" * 32),
        insert_like(entry, seq=seq + 2, previous=digest, digest="cd" * 32),
    ]


def _review_by_a_hand(target: str) -> Attack:
    def attack(table: str, cast: Cast) -> list[Statement]:
        approval = cast[table]
        row = cast[f"claims_{target}"]
        editor = make.an_editor()
        history.record(row, actor=editor, action=history.Action.EDITED)
        columns = {
            **dict.fromkeys(("quote_id", "claim_id", "assessment_id")),
            f"{target}_id": row.pk,
            "recorder_id": row.recorded_by_id,
            "version_reviewed": row.version,
        }
        published = cast[f"claims_{target} PUBLISHED"]
        return [
            insert_like(approval, **columns, reviewer_id=editor.pk),
            insert_like(approval, **columns, reviewer_id=row.recorded_by_id),
            insert_like(approval, **(columns | {"version_reviewed": row.version + 1})),
            insert_like(approval, **(columns | {"recorder_id": editor.pk})),
            insert_like(
                approval,
                **(
                    columns
                    | {
                        f"{target}_id": published.pk,
                        "recorder_id": published.recorded_by_id,
                        "version_reviewed": published.version,
                    }
                ),
            ),
        ]

    return attack


def _joined_by_a_hand(table: str, cast: Cast) -> list[Statement]:
    row, claim = cast[table], cast["claims_claim"]
    older, newer = cast["claims_quote"], cast["claims_quote PUBLISHED"]
    quotes = {"quote_id": older.pk, "to_quote_id": newer.pk}
    quotes |= {"claim_id": None, "to_claim_id": None}
    return [
        insert_like(row, recorded_by_id=row.claim.recorded_by_id),
        insert_like(row, to_claim_id=claim.pk, recorded_by_id=claim.recorded_by_id),
        insert_like(row, recorded_by_id=older.recorded_by_id, **quotes),
        insert_like(row, recorded_by_id=newer.recorded_by_id, **quotes),
    ]


def _late_evidence(table: str, cast: Cast) -> list[Statement]:
    public = cast["claims_assessment PUBLISHED"]
    return [insert_like(cast[table], assessment_id=public.pk)]


def _late_translation(table: str, cast: Cast) -> list[Statement]:
    row = cast[f"{table} PUBLISHED"]
    claim = cast["claims_claim WITHDRAWN"]
    return [
        insert_like(row, language="fr"),
        insert_like(row, language="fr", quote_id=None, claim_id=claim.pk),
    ]


def _new_meaning(table: str, cast: Cast) -> list[Statement]:
    measure = cast[table]
    columns = {column: "other" for column in measure.MEANING if column != "event_id"}
    columns |= {"event_id": make.an_event().pk, "nature": "INCREMENT"}
    return [update(measure, **{column: value}) for column, value in columns.items()]


def _other_subject(table: str, cast: Cast) -> list[Statement]:
    row, quote, claim = cast[table], cast["claims_quote"], cast["claims_claim"]
    others: dict[str, list[dict[str, Any]]] = {
        "claims_placement": [{"article_version_id": quote.article_version_id}],
        "claims_translation": [
            {"quote_id": cast["claims_quote PUBLISHED"].pk},
            {"language": "fr"},
            {"translated_by_id": make.an_editor().pk},
            {"recorded_at": make.FETCHED_AT},
        ],
    }
    return [
        update(row, quote_id=quote.pk),
        update(row, quote_id=None, claim_id=claim.pk),
        *(update(row, **columns) for columns in others[table]),
    ]


BY_ENDING: dict[str, dict[str, Attack]] = {
    "is_insert_only": {
        "update": _any_update,
        "delete": _any_delete,
        "truncate": _truncate,
    },
    "is_never_deleted": {"delete": _any_delete, "truncate": _truncate},
    "version_steps_by_one": {"update": _jumping_version},
    "begins_recorded": {"insert": _late_beginning},
    "follows_the_workflow": {"update": _wrong_way},
    "is_approved_before_publication": {"update": _unapproved},
    "content_is_frozen": {"update": _altered_content},
    "ends_once": {"update": _ended_again},
    **{
        f"{prefix}words_stand_in_the_text": {
            "insert": lambda table, cast, p=prefix: [
                insert_like(cast[table], **_misplaced(p))
            ],
            "update": lambda table, cast, p=prefix: [
                update(cast[table], **_misplaced(p))
            ],
        }
        for prefix in {*Claim.ANCHORS, *Quote.ANCHORS}
    },
    "numbers_are_dense": {"insert": _gap_in_numbers},
    "follows_the_last": {"insert": _broken_chain},
    **{
        f"of_{target}_is_by_another": {"insert": _review_by_a_hand(target)}
        for target in ("quote", "claim", "assessment")
    },
    "is_by_another": {"insert": _joined_by_a_hand},
    "comes_before_publication": {
        "insert": lambda table, cast: (
            _late_evidence if table == "claims_evidence" else _late_translation
        )(table, cast)
    },
    "meaning_is_frozen": {"update": _new_meaning},
    "subject_is_fixed": {"update": _other_subject},
    "in_use_is_not_deleted": {"delete": lambda table, cast: [delete(cast[table])]},
    "is_frozen": {
        "update": lambda table, cast: [
            update(cast[f"{table} PUBLISHED"], words="other")
        ]
    },
}


def alterations(row: Model, free: set[str]) -> list[Statement]:
    """Alter every column but the free ones, one at a time, to another valid value."""
    return [
        update(row, **{field.column: _other(row, field)})
        for field in row._meta.concrete_fields
        if field.name not in {"id", "version", *free}
    ]


def _other(row: Model, field: Any) -> object:
    value = getattr(row, field.attname)
    if field.choices:
        return next(choice for choice, _ in field.choices if choice != value)
    if field.null and value is not None:
        return None
    return {
        "BooleanField": not value,
        **dict.fromkeys(("CharField", "SlugField", "TextField"), "x"),
        "DateField": make.RECORDED_AT.date(),
        "DateTimeField": make.FETCHED_AT,
        "JSONField": '["other"]',
    }.get(field.get_internal_type(), 10**6)


def attacks_on(guard: engine.Guard, event: str, cast: Cast) -> list[Statement]:
    """The statements that a guard must refuse; KeyError where nobody wrote any."""
    ending = guard.name.removeprefix(f"{guard.table}_")
    return BY_ENDING[ending][event](guard.table, cast)
