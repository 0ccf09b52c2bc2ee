"""What deserves a look, for whoever may see it: lint by lint, with why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from claims import linting
from claims.lints import LINTS
from claims.listing import Narrowed, Row, listed, narrowed, query_string
from claims.models import Event
from sources.models import Source, Speaker
from sources.policy import visible_to

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.utils.functional import _StrOrPromise

    from sources.policy import Reader


class OfClaim(Row):
    """A parameter that takes a row which the claim of a finding leads to."""

    @property
    def key(self) -> Any:
        """The key of that row."""
        return F(f"claim__{self.lookup}")

    def condition(self, chosen: Any, reader: Reader) -> Q:
        """Return the condition on findings that lead to a row."""
        del reader
        return Q(**{f"claim__{self.lookup}": chosen})


class OfEither(OfClaim):
    """A parameter that takes a row which a claim or a quote leads to."""

    @property
    def key(self) -> Any:
        """The key of that row."""
        return Coalesce(f"claim__{self.lookup}", f"quote__{self.lookup}")

    def condition(self, chosen: Any, reader: Reader) -> Q:
        """Return the condition on findings of either."""
        of_claim = super().condition(chosen, reader)
        return of_claim | Q(**{f"quote__{self.lookup}": chosen})


FILTERS: dict[str, OfClaim] = {
    "event": OfClaim(pgettext_lazy("label", "event"), "measure__event", Event),
    "source": OfEither(
        pgettext_lazy("label", "source"), "article_version__article__source", Source
    ),
    "speaker": OfEither(pgettext_lazy("label", "speaker"), "speaker", Speaker),
}
#: How many events, sources and speakers each are offered to narrow findings by.
OFFERED = 8


@require_safe
def lint_list(request: HttpRequest) -> HttpResponse:
    """List the lints with how many findings each has."""
    reader = request.user
    listing = narrowed(request, linting.findings(reader), FILTERS, reader)
    context = {
        "listing": listing,
        "lints": linting.counted(listing.rows),
        "offers": offers(listing, reader),
    }
    return render(request, "claims/lint_list.html", context)


@require_safe
def lint(request: HttpRequest, name: str) -> HttpResponse:
    """Show what a lint found, each with its sentence and both sides."""
    if name not in LINTS:
        raise Http404
    reader = request.user
    rows = linting.findings(reader).filter(lint=name).with_statements().newest_first()
    listing = listed(request, rows, FILTERS, reader)
    context = {
        "lint": LINTS[name],
        "listing": listing,
        "offers": offers(listing, reader),
    }
    return render(request, "claims/lint.html", context)


def offers(
    listing: Narrowed, reader: Reader
) -> list[tuple[_StrOrPromise, list[tuple[Any, int, str]]]]:
    """Return by what findings can be narrowed further, the most frequent first.

    That is a label, and rows with how many findings they leave and where. Cost: two
    queries for each filter that nothing was chosen for.
    """
    return [
        (each.label, _rows(listing, name, each, reader))
        for name, each in FILTERS.items()
        if name not in listing.chosen
    ]


def _rows(
    listing: Narrowed, name: str, each: OfClaim, reader: Reader
) -> list[tuple[Any, int, str]]:
    found = listing.rows.order_by().prefetch_related(None).values(key=each.key)
    counted = found.exclude(key=None).annotate(n=Count("pk")).order_by("-n", "key")
    most = dict(counted.values_list("key", "n")[:OFFERED])
    known: Any = visible_to(reader, each.model._default_manager.all())
    rows = known.in_bulk(most)
    return [
        (rows[key], n, query_string({**listing.parameters, name: rows[key].slug}))
        for key, n in most.items()
        if key in rows
    ]
