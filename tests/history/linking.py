"""The processes on suggested links: what stands before, what is done, its entries."""

from typing import Any

from claims import linking
from tests import factories as make
from tests.models import rows


def _accept(link: Any, *, by: Any) -> Any:
    read_at = link.read_at
    return linking.accept(link, read_at=read_at, actor=by, at=make.RECORDED_AT)


LINKING: dict[str, tuple[Any, Any, str]] = {
    "linking.accept": (
        rows.a_suggested_link,
        lambda row: _accept(row, by=make.a_reviewer()),
        "ADDED claims.sameutterance",
    ),
    "linking.accept of a measure": (
        rows.a_suggested_measure,
        lambda row: _accept(row, by=row.claim.recorded_by),
        "EDITED claims.claim",
    ),
    "linking.refuse": (
        rows.a_suggested_link,
        lambda row: linking.refuse(
            row, actor=make.a_contributor(), at=make.RECORDED_AT
        ),
        "",
    ),
    "linking.end": (
        rows.a_same_utterance,
        lambda row: linking.end(
            row, at=make.WITHDRAWN_AT, reason="Mistaken", actor=make.an_editor()
        ),
        "ENDED claims.sameutterance",
    ),
}
