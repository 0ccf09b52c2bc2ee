"""Which rows are found by words, for the lists and forms of both apps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from claims.models import Claim, Quote
from claims.search.asking import matching
from claims.search.documents import MODELS
from sources.search import NARROWS

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from sources.policy import Reader


def declare_search() -> None:
    """Tell `sources.search` how rows of either app are found.

    A verdict is found by the words of its claim, a finding by those of its statement.
    """
    NARROWS.update({model._meta.label_lower: matching for model in MODELS.values()})
    NARROWS["claims.assessment"] = _by_claim
    NARROWS["claims.finding"] = _by_statement


def _by_claim(rows: QuerySet[Any], words: str, reader: Reader) -> QuerySet[Any]:
    return rows.filter(claim__in=matching(Claim.objects.all(), words, reader))


def _by_statement(rows: QuerySet[Any], words: str, reader: Reader) -> QuerySet[Any]:
    claims, quotes = (
        matching(model.objects.all(), words, reader) for model in (Claim, Quote)
    )
    return rows.filter(Q(claim__in=claims) | Q(quote__in=quotes))
