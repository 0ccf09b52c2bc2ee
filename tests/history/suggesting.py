"""The processes on what the rules read: what stands before, what is done, its entries."""

from typing import Any

from claims import suggestions
from tests import factories as make
from tests.models import rows


def _suggestion_and_claim() -> tuple[Any, Any]:
    suggestion = rows.a_suggestion()
    return suggestion, make.a_claim(version=suggestion.article_version)


def _own_dismissal() -> Any:
    suggestion = rows.a_suggestion()
    suggestions.dismiss(suggestion, actor=make.a_contributor(), at=make.RECORDED_AT)
    suggestion.refresh_from_db()
    return suggestion


SUGGESTING: dict[str, tuple[Any, Any, str]] = {
    "suggestions.accept": (
        _suggestion_and_claim,
        lambda pair: suggestions.accept(
            *pair, actor=make.a_contributor(), at=make.RECORDED_AT
        ),
        "RECORDED claims.claim",
    ),
    "suggestions.dismiss": (
        rows.a_suggestion,
        lambda row: suggestions.dismiss(
            row, actor=make.a_contributor(), at=make.RECORDED_AT
        ),
        "",
    ),
    "suggestions.reopen": (
        _own_dismissal,
        lambda row: suggestions.reopen(row, actor=row.decided_by),
        "",
    ),
    "suggestions.suggest": (make.a_version, suggestions.suggest, ""),
    "suggestions.store": (
        make.a_version,
        lambda version: suggestions.store(version, [], rule_set="2"),
        "",
    ),
}
