"""A lint that looks at figures which a source publishes again and again."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from claims.lints.finding import Lint, found
from claims.models import Claim
from claims.series import revisions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims.lints.finding import Scope
    from claims.models import Finding

_AT_ONCE = 500


def _revised(scope: Scope) -> Iterator[Finding]:
    """Yield a finding for each revision, on the first claim that has the new figure."""
    revised = revisions(scope.of(Claim))
    while some := list(islice(revised, _AT_ONCE)):
        keys = {key for each in some for key in (each.before[0], each.after[0])}
        claims = scope.of(Claim).in_bulk(keys)
        for each in some:
            before, after = claims[each.before[0]], claims[each.after[0]]
            told = {"before": before.quantity, "after": after.quantity}
            yield found("revised-figure", after, told, against=before)


REVISED_FIGURE = Lint(
    "revised-figure",
    _("A figure that its source revised"),
    _("A later publication gives another figure for a day that had one already."),
    _("The source gave %(before)s for the same day before; now it gives %(after)s."),
    _revised,
)
LINTS = (REVISED_FIGURE,)
