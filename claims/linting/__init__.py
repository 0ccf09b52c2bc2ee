"""Keep findings and standings current: what the log says has changed is looked at anew.

`refresh` follows each commit (`sources.following`). Nothing is missed, because how far
the log was read is kept with what came of it: whoever comes next goes on from there.
Pages read what is kept and never work it out.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Count, Q

from claims.comparison import Agreement
from claims.linting.reach import EVERYTHING, Reach, reached
from claims.lints import LINTS, Lint, Scope, compared, comparisons, judged, searched
from claims.models import Claim, Finding, Measure, Quote, Standing, Watermark
from sources import history, masking
from sources.policy import Colleague, Reader, as_of, sees_unpublished, visible_to

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from claims.comparison import Comparison

#: The watermark of this module; `claims.matching` has its own.
MARK = 1
#: How many rows are written at a time.
AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Audience:
    """For whom findings are kept, and one of them, who knows what all of them know."""

    reader: Reader
    is_public: bool

    def reading(self) -> masking.Reading:
        """Return a reading in which withheld names hide, as they do from this reader."""
        return masking.Reading(knows=lambda: False, records=lambda: not self.is_public)


PUBLIC = Audience(AnonymousUser(), is_public=True)
DESK = Audience(Colleague(), is_public=False)


def _nothing() -> None:
    """Report nothing."""


def refresh(*, whole: bool = False, step: Callable[[], object] = _nothing) -> int:
    """Bring findings and standings up to the head of the log; return how far it was.

    `step` is called for each row that is kept. Cost: two queries where nothing changed;
    else some sixty, and the comparison of the measures of the events that are reached.
    """
    known = Watermark.objects.filter(pk=MARK, seq=history.head()[0])
    return 0 if not whole and known.exists() else _catch_up(whole=whole, step=step)


@transaction.atomic
def _catch_up(*, whole: bool, step: Callable[[], object]) -> int:
    """Do it alone: whoever comes at the same moment waits, and finds nothing to do."""
    mark, _is_new = Watermark.objects.select_for_update().get_or_create(pk=MARK)
    head, _digest = history.head()
    behind = head - mark.seq
    if behind or whole:
        with masking.truth():
            reach = EVERYTHING if whole else reached(mark.seq, head)
        for audience in (PUBLIC, DESK):
            with audience.reading():
                _renew(reach, audience, step)
        mark.seq = head
        mark.save(update_fields=["seq"])
    return behind


def _renew(reach: Reach, audience: Audience, step: Callable[[], object]) -> None:
    """Replace what is kept of a reach for an audience."""
    if audience.is_public:
        measures = Measure.objects.filter(reach.measures)
        Standing.objects.filter(measure__in=measures.values("pk")).delete()
    if not reach.has_statements:
        return
    of_claims = Q(claim__in=Claim.objects.filter(reach.claims).values("pk"))
    of_quotes = Q(quote__in=Quote.objects.filter(reach.quotes).values("pk"))
    _kept_for(audience).filter(of_claims | of_quotes).delete()
    rows = _worked_out(Scope(audience.reader, reach.claims, reach.quotes), audience)
    while some := list(islice(rows, AT_ONCE)):
        for model in (Finding, Standing):
            of_model: Any = [row for row in some if isinstance(row, model)]
            model._default_manager.bulk_create(of_model)
        for _row in some:
            step()


def _worked_out(scope: Scope, audience: Audience) -> Iterator[Finding | Standing]:
    """Yield what is to be kept of a scope; standings are of what is published."""
    for finding in searched(scope):
        finding.is_public = audience.is_public
        yield finding
    for comparison in comparisons(scope):
        for finding in judged(comparison):
            finding.is_public = audience.is_public
            yield finding
        if audience.is_public:
            yield _standing(comparison)


def _standing(comparison: Comparison) -> Standing:
    return Standing(
        measure=comparison.measure,
        agreement=comparison.agreement,
        n_voices=len(comparison.voices),
        n_articles=comparison.n_articles,
    )


# --- what is asked of it ---


def findings(reader: Reader) -> Any:
    """Return what lints found among what a reader may know."""
    return _kept_for(DESK if sees_unpublished(reader) else PUBLIC)


def counted(found: Any) -> list[tuple[Lint, int]]:
    """Return all lints, each with how many of some findings it has: one query."""
    counts = dict(found.order_by().values_list("lint").annotate(n=Count("pk")))
    return [(lint, counts.get(name, 0)) for name, lint in LINTS.items()]


def _kept_for(audience: Audience) -> Any:
    return Finding.objects.filter(is_public=audience.is_public)


def standing_so(agreement: Agreement, reader: Reader) -> Q:
    """Return the condition on measures whose voices stand so, today or then.

    Of a past moment the measures that were answered then are compared anew.
    """
    is_none = agreement == Agreement.NONE
    sought = set(Agreement) - {agreement} if is_none else {agreement}
    stands = Q(standing__agreement__in=sought)
    if as_of(reader):
        stands = Q(pk__in=_stood_so(sought, reader))
    return ~stands if is_none else stands


def _stood_so(agreements: set[Agreement], reader: Reader) -> Any:
    then: Any = visible_to(reader, Claim.objects.published(as_of(reader)))
    if Agreement.SINGLE_VOICE not in agreements:  # two voices make two claims
        answered = then.values("measure").annotate(n=Count("pk")).filter(n__gt=1)
        several = answered.order_by().values("measure")
        then = then.filter(measure__in=several)
    stood = compared(then.with_provenance(), reader)
    return {each.measure.pk for each in stood if each.agreement in agreements}
