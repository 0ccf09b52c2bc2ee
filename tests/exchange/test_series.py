"""Series that are published again and again: how many of their past figures changed."""

import datetime as dt
import hashlib
import random
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

import pytest

from claims import receiving, series
from claims.exchange.records import (
    Anchor,
    ArticleRow,
    ClaimRow,
    EventRow,
    MeasureRow,
    PartialDate,
    Place,
    Record,
    SourceRow,
    VersionRow,
    code_of,
)
from claims.lints import LINTS, Scope, findings
from claims.models import Claim
from sources.models import Source
from sources.policy import Operator
from sources.text.spans import Span
from tests import factories

pytestmark = pytest.mark.django_db

AT = dt.datetime(2024, 5, 2, 8, tzinfo=dt.UTC)
FIRST = dt.date(2023, 10, 7)
COUNTED = ("killed", "injured")


def day(number: int) -> PartialDate:
    return PartialDate.day(FIRST + dt.timedelta(number))


def source(slug: str) -> SourceRow:
    return SourceRow(slug=slug, kind="OFFICIAL", name_en=slug)


EVENT = EventRow(slug="flood", name_en="Flood at the harbour")
MEASURES = tuple(
    MeasureRow(
        slug=f"flood-{counted}",
        event="flood",
        name_en=counted,
        counted="people",
        happened=counted,
        unit="persons",
        nature="RUNNING_TOTAL",
    )
    for counted in COUNTED
)


def publication(slug: str, number: int, figures: dict[tuple[str, int], int]) -> Record:
    """A table that a source publishes on a day: figures by what and for which day."""
    lines, claims, start = [], [], 0
    code = code_of("a", slug, number)
    for (counted, of_day), figure in sorted(figures.items()):
        line = f"{counted},{of_day},{figure}"
        span = Span(start + len(line) - len(str(figure)), start + len(line))
        start += len(line) + 1
        lines.append(line)
        claims.append((counted, of_day, figure, span))
    text = "\n".join(lines)
    return Record(
        place=Place("series.csv", number + 1),
        sources=(source(slug),),
        events=(EVENT,),
        measures=MEASURES,
        articles=(
            ArticleRow(
                code=code,
                source=slug,
                title=f"Figures of day {number}",
                language="en",
                published=day(number),
                published_origin="METADATA",
                versions=(VersionRow(text=text, fetched_at=AT),),
            ),
        ),
        claims=tuple(
            ClaimRow(
                code=code_of("c", code, counted, of_day),
                article=code,
                anchor=Anchor.at(text, span),
                measure=f"flood-{counted}",
                unit="persons",
                low=Decimal(figure),
                high=Decimal(figure),
                best=Decimal(figure),
                qualifier="EXACT",
                basis="TABULATED",
                holds=day(of_day),
            )
            for counted, of_day, figure, span in claims
        ),
    )


def planted(
    slug: str, n: int, *, reach: int, seed: int
) -> Iterator[tuple[Record, Counter[str]]]:
    """Publications of so many days, each with all figures of the last days.

    Each comes with how many figures of earlier publications it changes.
    """
    chance = random.Random(seed)  # noqa: S311  # invented figures, no secret
    figures: dict[tuple[str, int], int] = {}
    for number in range(n):
        changed = Counter[str]()
        shown = range(max(0, number - reach), number)
        for key in [(counted, of) for counted in COUNTED for of in shown]:
            if chance.random() < 0.02:
                figures[key] += chance.choice([-3, 1, 12])
                changed[key[0]] += 1
        figures |= {
            (c, number): 1000 + 40 * number + chance.randrange(9) for c in COUNTED
        }
        told = {k: v for k, v in figures.items() if k[1] in shown or k[1] == number}
        yield publication(slug, number, told), changed


def receive(records: list[Record]) -> None:
    digest = hashlib.sha256(repr(records).encode()).hexdigest()
    file = receiving.ReceivedFile("series.csv", digest, "csv")
    outcomes = receiving.receive(records, file, actor=factories.an_editor(), at=AT)
    assert not [outcome for outcome in outcomes if outcome.refusals]


def counted() -> dict[str, int]:
    """The revisions per source, by slug."""
    found = series.n_revisions(Claim.objects.exclude(status="DISCARDED"))
    slugs = dict(Source.objects.values_list("pk", "slug"))
    return {slugs[key]: n for key, n in found.items()}


@pytest.mark.parametrize(
    ("n", "reach"),
    [(20, 20), pytest.param(652, 10, marks=pytest.mark.drill)],
    ids=["20 days, all of them each day", "652 days, the last ten each day"],
)
def test_the_revisions_of_each_series_are_counted_exactly(n, reach):
    records, expected = [], {}
    for seed, slug in enumerate(["ministry", "monitor"]):
        drawn = list(planted(slug, n, reach=reach, seed=seed))
        records += [record for record, _changed in drawn]
        expected[slug] = sum(changed.total() for _record, changed in drawn)
    random.Random(1).shuffle(records)  # noqa: S311  # they are ordered by their days
    receive(records)
    assert all(expected.values())
    assert counted() == expected


@pytest.mark.parametrize(
    ("figures", "n"),
    [
        ([5], 0),
        ([5, 5, 5], 0),
        ([5, 6], 1),
        ([5, 6, 6, 5], 2),
    ],
    ids=["said once", "repeated", "raised", "raised and taken back"],
)
def test_a_revision_is_another_figure_in_a_later_publication(figures, n):
    receive(
        [
            publication("ministry", number, {("killed", 0): figure})
            for number, figure in enumerate(figures)
        ]
    )
    assert counted() == ({"ministry": n} if n else {})


def test_another_day_another_measure_and_another_source_revise_nothing():
    receive(
        [
            publication("ministry", 1, {("killed", 0): 5}),
            publication("ministry", 2, {("killed", 1): 6}),
            publication("ministry", 3, {("injured", 0): 7}),
            publication("monitor", 4, {("killed", 0): 8}),
        ]
    )
    assert counted() == {}


def test_a_revision_names_the_claims_before_and_after():
    receive(
        [
            publication("ministry", number, {("killed", 0): figure})
            for number, figure in enumerate([5, 6])
        ]
    )
    (revision,) = series.revisions(Claim.objects.all())
    before, after = Claim.objects.order_by("best")
    assert (revision.before, revision.after) == ((before.pk,), (after.pk,))
    assert revision.source == Source.objects.get().pk
    (finding,) = findings(Scope(Operator()), ["revised-figure"])
    assert (finding.statement, finding.against) == (after, before)
    assert LINTS["revised-figure"].told(finding) == (
        "The source gave 5 for the same day before; now it gives 6."
    )
