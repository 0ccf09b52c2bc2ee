"""Our list of claims without a framework: the driver's rows, dictionaries, orjson."""  # noqa: INP001  # beside a script, in no package

from typing import Any

import orjson
from django.db import connection
from peers import StockClaim, anchored, dated

SITE = "http://testserver"


def _rows(sql: str, *given: Any) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _by_key(columns: str, table: str, rows: list[dict[str, Any]], key: str) -> Any:
    keys = {row[key] for row in rows} - {None}
    if not keys:
        return {}
    marks = ", ".join(["%s"] * len(keys))
    found = _rows(f"SELECT id, {columns} FROM {table} WHERE id IN ({marks})", *keys)  # noqa: S608  # our own names
    return {row["id"]: row for row in found}


def _reference(kind: str, row: Any, *names: str) -> Any:
    if row is None:
        return None
    key = row.get("slug") or row["code"]
    told = {"slug" if "slug" in row else "code": key}
    told |= {"url": f"{SITE}/api/v1/{kind}s/{key}/", "page": f"{SITE}/{kind}s/{key}/"}
    if "name_ar" in row:
        told["name"] = {"ar": row["name_ar"], "en": row["name_en"]}
    for name in names:
        told[name] = bool(row[name]) if name == "is_training" else row[name]
    return told


class _Flat(dict[str, Any]):
    """A row whose columns are read as attributes, too."""

    def __getattr__(self, name: str) -> Any:
        return self[name]


def _beside(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what the rows refer to, by table and key."""
    named = "slug, name_ar, name_en, is_training"
    measure = "slug, name_ar, name_en, unit, nature, event_id"
    dates = ("earliest", "latest", "precision", "words")
    article = "code, title, language, source_id, is_training"
    article += "".join(f", published_{part}" for part in dates)
    found: dict[str, Any] = {}
    for name, columns, table, above in (
        ("version", "article_id, number", "sources_articleversion", "article_version"),
        ("speaker", f"{named}, kind", "sources_speaker", "speaker"),
        ("measure", measure, "claims_measure", "measure"),
        ("quote", "code", "claims_quote", "quote"),
        ("replaced", "code", "claims_claim", "replaces"),
    ):
        found[name] = _by_key(columns, table, rows, f"{above}_id")
    for name, columns, table, below in (
        ("article", article, "sources_article", "version"),
        ("source", f"{named}, kind", "sources_source", "article"),
        ("event", named, "claims_event", "measure"),
    ):
        holders = list(found[below].values())
        found[name] = _by_key(columns, table, holders, f"{name}_id")
    return found


def _children(sql: str, key: str, rows: list[dict[str, Any]]) -> dict[int, list[Any]]:
    marks = ", ".join(["%s"] * len(rows))
    found: dict[int, list[Any]] = {}
    for row in _rows(f"{sql} {key} IN ({marks})", *(row["id"] for row in rows)):
        found.setdefault(row.pop(key), []).append(row)
    return found


def floor() -> bytes:
    """Return the first page without a framework."""
    rows = _rows(
        "SELECT * FROM claims_claim WHERE status IN ('PUBLISHED', 'WITHDRAWN') "
        "AND published_at IS NOT NULL ORDER BY published_at DESC, code DESC LIMIT 51"
    )[:50]
    found = _beside(rows)
    translated = (
        "SELECT claim_id, language, words, credit FROM claims_translation WHERE"
    )
    found["translations"] = _children(translated, "claim_id", rows)
    newer = "SELECT replaces_id, code FROM claims_claim WHERE status IN "
    newer += "('PUBLISHED', 'WITHDRAWN') AND"
    found["replacements"] = _children(newer, "replaces_id", rows)
    results = [_told(_Flat(row), found) for row in rows]
    return orjson.dumps({"results": results}, default=float)


def _told(row: Any, found: dict[str, Any]) -> dict[str, Any]:
    version = found["version"][row.article_version_id]
    speaker = found["speaker"].get(row.speaker_id)
    pieces = row.pieces
    same = ("role_words", "basis", "rule", "published_at", "replacement_reason")
    newer = found["replacements"].get(row.id, [None])[0]
    return {
        **_reference("claim", row, "status", "words", *same),
        "span": {"start": row.start, "end": row.end},
        "pieces": orjson.loads(pieces) if isinstance(pieces, str) else pieces,
        "translations": found["translations"].get(row.id, []),
        "speaker": _reference("speaker", speaker, "kind", "is_training"),
        "speaker_as_written": anchored(row, "speaker"),
        "article": _article(_Flat(found["article"][version["article_id"]]), found),
        "article_version": version["number"],
        "quote": _reference("quote", found["quote"].get(row.quote_id)),
        "measure": _measure(found["measure"].get(row.measure_id), found),
        "quantity": StockClaim.get_quantity(None, row),  # type: ignore[arg-type]  # it uses no self
        "counted": anchored(row, "counted"),
        "predicate": anchored(row, "predicate"),
        "holds": dated(row, "holds"),
        "denied": bool(row.denied),
        "replaces": _reference("claim", found["replaced"].get(row.replaces_id)),
        "replaced_by": _reference("claim", newer),
        "withdrawal": StockClaim.get_withdrawal(None, row),  # type: ignore[arg-type]  # it uses no self
    }


def _article(row: Any, found: dict[str, Any]) -> dict[str, Any]:
    source = found["source"].get(row.source_id)
    return {
        **_reference("article", row, "title", "language", "is_training"),
        "published": dated(row, "published"),
        "source": _reference("source", source, "kind", "is_training"),
    }


def _measure(row: Any, found: dict[str, Any]) -> Any:
    if row is None:
        return None
    event = _reference("event", found["event"][row["event_id"]], "is_training")
    return {**_reference("measure", row, "unit", "nature"), "event": event}
