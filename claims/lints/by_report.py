"""Lints that look at the reports which rows of a data set were coded from."""

from __future__ import annotations

from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from claims.coverage import Coverage, coverage
from claims.lints.finding import Lint, found
from claims.models import Claim

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from claims.lints.finding import Fact, Scope
    from claims.models import Finding

_AT_ONCE = 500


def _found(
    name: str, asked: Callable[[Coverage], bool], scope: Scope
) -> Iterator[Finding]:
    """Yield a finding for each event of which something is so: on its first row."""
    events = filter(asked, coverage(scope.of(Claim)))
    while some := list(islice(events, _AT_ONCE)):
        rows = scope.of(Claim).in_bulk([min(event.claims) for event in some])
        for event in some:
            yield found(name, rows[min(event.claims)], _facts(event))


def _facts(event: Coverage) -> dict[str, Fact]:
    return {
        "reports": len(event.reports),
        "sources": len(event.sources),
        "originators": len(event.originators),
        "reported": event.first_reported,
        "began": event.starts,
    }


def _lint(
    name: str, asked: Callable[[Coverage], bool], title: Any, why: Any, sentence: Any
) -> Lint:
    return Lint(name, title, why, sentence, partial(_found, name, asked))


LINTS = (
    _lint(
        "several-reports",
        lambda event: event.is_several,
        _("An event with several reports"),
        _(
            "Reports are not voices: look at how many offices and originators they have."
        ),
        _("Reports: %(reports)d; offices: %(sources)d; originators: %(originators)d."),
    ),
    _lint(
        "one-source",
        lambda event: event.is_of_one_source,
        _("Several reports of one office"),
        _("One office published all reports of the event."),
        _("All %(reports)d reports come from one office."),
    ),
    _lint(
        "one-originator",
        lambda event: event.is_of_one_originator,
        _("Several reports of one originator"),
        _("All reports of the event go back to one originator: they are one voice."),
        _("All %(reports)d reports go back to one originator."),
    ),
    _lint(
        "reported-before-the-event",
        lambda event: event.is_reported_early,
        _("A report dated before the event it is about"),
        _("Nobody can report what has not happened: one of the two dates is wrong."),
        _("The first report is of %(reported)s, and the event began on %(began)s."),
    ),
)
