"""Random histories of a base, and what its API told the public after each step."""

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from django.test import Client
from hypothesis import strategies as st

from claims.models import Claim, Quote
from sources import curation, ingest
from sources.models import Merge, Role
from tests import factories as make
from tests.api.resources import VIEWSETS

#: Of these a list shows what stood; today's shows the withdrawn too, unless asked.
REVIEWED = {"quotes", "claims", "assessments"}
FIRST = dt.datetime(2024, 5, 7, 9, tzinfo=dt.UTC)


@dataclass
class Base:
    """A small newsroom; each step does one thing, one minute after the last."""

    numbers: Any = field(default_factory=lambda: count(1))

    def __post_init__(self):
        self.versions = [make.a_version(), make.a_version()]
        self.speakers = [make.a_speaker(), make.an_unnamed_speaker()]
        self.office = make.an_organisation()
        event = make.an_event()
        self.measures = [make.a_measure(event=event), make.a_measure()]
        self.chief, self.editor = make.a_chief(), make.an_editor()
        self.moment = FIRST

    def step(self, verb: str, choice: int) -> None:
        self.moment += dt.timedelta(minutes=1)
        STEPS[verb](self, choice)

    def of(self, things: list[Any], choice: int) -> Any:
        return things[choice % len(things)]


def publish_claim(base: Base, choice: int) -> None:
    claim = make.a_recorded_claim(
        version=base.of(base.versions, choice),
        speaker=base.of([*base.speakers, None], choice // 2),
        measure=base.of(base.measures, choice // 3),
        low=choice,
    )
    make.published(claim, at=base.moment)


def publish_quote(base: Base, choice: int) -> None:
    version = base.of(base.versions, choice)
    speaker = base.of([*base.speakers, None], choice // 2)
    quote = make.a_recorded_quote(version=version, speaker=speaker)
    if choice % 3:  # a claim may be published before the quote it stands in
        claim = make.a_recorded_claim(
            version=version, quote=quote, measure=base.measures[0]
        )
        make.published(claim, at=base.moment)
    else:
        make.published(quote, at=base.moment)


def publish_waiting_quote(base: Base, choice: int) -> None:
    for quote in Quote.objects.recorded()[choice % 2 : choice % 2 + 1]:
        make.published(quote, at=base.moment)


def standing_claim(choice: int) -> Claim | None:
    claims = list(Claim.objects.published().order_by("pk"))
    return claims[choice % len(claims)] if claims else None


def correct(base: Base, choice: int) -> None:
    if claim := standing_claim(choice):
        at = dt.timedelta(seconds=30)
        new = make.a_claim(
            version=claim.article_version,
            measure=base.of(base.measures, choice // 2),
            low=choice,
        )
        make.recording.replace(
            claim, new, reason="Miscounted", actor=base.chief, at=base.moment - at
        )
        make.published(new, at=base.moment)


def withdraw(base: Base, choice: int) -> None:
    if claim := standing_claim(choice):
        make.withdrawn(claim, at=base.moment)


def assess(base: Base, choice: int) -> None:
    if claim := standing_claim(choice):
        stands = claim.assessments.published().exists()
        reason = "Counted anew" if stands else ""
        row = make.a_recorded_assessment(claim=claim, replacement_reason=reason)
        make.published(row, at=base.moment)


def record_role(base: Base, choice: int) -> None:
    speaker = base.of(base.speakers, choice)
    make.a_role(speaker=speaker, organisation=base.office, recorded_at=base.moment)


def end_role(base: Base, choice: int) -> None:
    for role in Role.objects.filter(ended_at=None).order_by("pk")[:1]:
        curation.end_role(role, at=base.moment, reason="No", actor=base.editor)
    del choice


def merge(base: Base, choice: int) -> None:
    for standing in Merge.objects.filter(ended_at=None):
        curation.end_merge(standing, at=base.moment, reason="No", actor=base.editor)
        return
    into = make.a_speaker()
    make.a_merge(speaker=base.of(base.speakers, choice), into=into, at=base.moment)


def derive(base: Base, choice: int) -> None:
    article, origin = (version.article for version in base.versions)
    for standing in article.derivations.filter(ended_at=None):
        curation.end_derivation(
            standing, at=base.moment, reason="No", actor=base.editor
        )
        return
    named = {"origin": origin} if choice % 2 else {"origin_source": make.a_source()}
    make.a_derivation(article=article, recorded_at=base.moment, **named)


def fetch_again(base: Base, choice: int) -> None:
    ingest.add_version(
        base.of(base.versions, choice).article,
        text=f"{make.ENGLISH} {next(base.numbers)}",
        fetched_at=base.moment,
        actor=base.editor,
    )


STEPS: dict[str, Callable[[Base, int], None]] = {
    "publish claim": publish_claim,
    "publish quote": publish_quote,
    "publish waiting quote": publish_waiting_quote,
    "correct": correct,
    "withdraw": withdraw,
    "assess": assess,
    "record role": record_role,
    "end role": end_role,
    "merge": merge,
    "derive": derive,
    "fetch again": fetch_again,
}
often = st.sampled_from(["publish claim", "publish quote", "correct", "withdraw"])
histories = st.lists(
    st.tuples(st.one_of(often, st.sampled_from(sorted(STEPS))), st.integers(0, 11)),
    min_size=2,
    max_size=9,
)


# --- what the API tells ---


def told(client: Client, details: list[str], **query: str) -> dict[str, Any]:
    """Everything that can be read: each list, and these details."""
    answers: dict[str, Any] = {}
    for resource in VIEWSETS:
        wanted = {"status": "PUBLISHED"} if resource in REVIEWED and not query else {}
        listing = read(client, f"/api/v1/{resource}/", **wanted, **query)
        answers[resource] = listing["results"]
    for address in details:
        answers[address] = read(client, address, **query)
    return answers


def addresses(client: Client) -> list[str]:
    """The details of everything that is public today."""
    return [
        row["url"].removeprefix("http://testserver")
        for resource in VIEWSETS
        for row in read(client, f"/api/v1/{resource}/")["results"]
    ]


def read(client: Client, address: str, **query: str) -> Any:
    answer = client.get(address, query)
    return json.loads(answer.content) if answer.status_code == 200 else None
