"""Random bases, written by the processes, and what the oracle makes of their rows."""

import datetime as dt
import random
from itertools import count

from claims import recording, review
from claims.comparison import Comparison
from claims.comparison.figures import Figure
from claims.comparison.tellings import Kind, Originator, Telling
from claims.models import Claim, Measure, WithdrawalKind
from sources import curation, ingest
from sources.lineage import Taking
from sources.models import ArticleVersion, Derivation, Merge, OwnVoice, Role
from sources.text.dates import PartialDate
from tests import databases
from tests import factories as make
from tests.comparison.oracle import World
from tests.comparison.worlds import KINDS, a_day
from tests.models.rows import an_own_voice

FIRST = dt.datetime(2024, 5, 7, 9, tzinfo=dt.UTC)
NUMBERS = (60, 65, 160)
NATURES = ("LEVEL", "RUNNING_TOTAL", "INCREMENT")


class Base:
    """A newsroom where something happens every minute."""

    @databases.at_once
    def __init__(self, chance: random.Random) -> None:
        self.chance, self.moment, self.numbers = chance, FIRST, count(1)
        self.chief, self.reviewer = make.a_user("chief"), make.a_reviewer()
        by = {"by": self.chief}
        self.measure = make.a_measure(
            nature=chance.choice(NATURES), tolerance_days=chance.randint(0, 1), **by
        )
        self.sources = [make.a_source(**by) for _ in range(3)]
        self.offices = [make.an_organisation(**by) for _ in range(2)]
        self.people = [make.a_speaker(**by) for _ in range(3)]
        self.unnamed = [
            make.an_unnamed_speaker(source=source, **by) for source in self.sources[:2]
        ]
        self.articles = [self.an_article() for _ in range(chance.randint(2, 5))]

    @databases.at_once
    def step(self) -> None:
        """Let something happen, a minute after what happened last."""
        self.moment += dt.timedelta(minutes=1)
        happening = self.chance.choice(HAPPENINGS)
        happening(self)

    def a_text(self) -> str:
        told = self.chance.sample(NUMBERS, self.chance.randint(1, len(NUMBERS)))
        sentences = [f"{number} people crossed the river." for number in told]
        return f"Number {next(self.numbers)}. {' '.join(sentences)}"

    def an_article(self):
        columns = {}
        if day := a_day(self.chance):
            columns = {
                "published_earliest": day.earliest,
                "published_latest": day.latest,
                "published_precision": "PERIOD",
                "published_origin": "TYPED",
            }
        return make.an_article(
            text=self.a_text(),
            source=self.chance.choice([*self.sources, None]),
            fetched_at=FIRST,
            by=self.chief,
            **columns,
        )

    def publish(self) -> None:
        article = self.chance.choice(self.articles)
        version = self.chance.choice(list(article.versions.order_by("number")))
        number = self.chance.choice([x for x in NUMBERS if f" {x} " in version.text])
        speakers = [*self.offices, *self.people, *self.unnamed]
        claim = make.a_claim(
            version=version,
            words=f"{number} people crossed the river",
            low=number,
            qualifier=self.chance.choice(("EXACT", "ABOUT")),
            measure=self.measure,
            denied=self.chance.random() < 0.1,
            speaker=self.chance.choice([*speakers, *[None] * len(speakers)]),
        )
        claim.holds = a_day(self.chance)
        recording.record(claim, actor=self.chief, at=self.moment)
        review.approve(claim, actor=self.reviewer, at=self.moment)

    def withdraw(self) -> None:
        standing = Claim.objects.published().order_by("pk")
        if standing and self.chance.random() < 0.5:
            review.withdraw(
                self.chance.choice(list(standing)),
                kind=WithdrawalKind.WITHDRAWN,
                reason="Misread",
                actor=self.chief,
                at=self.moment,
            )

    def derive(self) -> None:
        first, second = sorted(self.chance.sample(range(len(self.articles)), 2))
        origin = self.chance.choice(
            [
                {"origin": self.articles[first]},
                {"origin": self.articles[first]},
                {"origin_source": self.chance.choice(self.sources)},
                {"origin_speaker": self.chance.choice(self.people)},
            ]
        )
        make.a_derivation(
            article=self.articles[second],
            kind=self.chance.choice(KINDS),
            recorded_at=self.moment,
            by=self.chief,
            **origin,
        )

    def appoint(self) -> None:
        role = Role(
            speaker=self.chance.choice([*self.people, *self.unnamed]),
            organisation=self.chance.choice(self.offices),
            speaks_for=self.chance.random() < 0.8,
            name_en="Voice",
            recorded_at=self.moment,
        )
        role.held_from = a_day(self.chance)
        if role.held_from is None:
            role.held_until = a_day(self.chance)
        curation.record_role(role, actor=self.chief)

    def merge(self) -> None:
        which = self.chance.choice((self.people, self.offices, self.unnamed))
        first, second = sorted(self.chance.sample(range(len(which)), 2))
        if not which[second].merges.filter(ended_at=None).exists():
            curation.merge(
                which[second],
                into=which[first],
                at=self.moment,
                reason="One",
                actor=self.chief,
            )

    def join(self) -> None:
        source = self.chance.choice(self.sources)
        if not source.own_voices.filter(ended_at=None).exists():
            an_own_voice(
                source=source,
                speaker=self.chance.choice(self.offices),
                at=self.moment,
                by=self.chief,
            )

    def end(self) -> None:
        model, end = self.chance.choice(
            [
                (Derivation, curation.end_derivation),
                (Role, curation.end_role),
                (Merge, curation.end_merge),
                (OwnVoice, curation.end_own_voice),
            ]
        )
        standing = list(model.objects.filter(ended_at=None).order_by("pk"))
        if standing:
            row = self.chance.choice(standing)
            end(row, at=self.moment, reason="Mistaken", actor=self.chief)

    def fetch(self) -> None:
        ingest.add_version(
            self.chance.choice(self.articles),
            text=self.a_text(),
            fetched_at=self.moment,
            actor=self.chief,
        )


HAPPENINGS = [
    *[Base.publish] * 5,
    *[Base.derive] * 4,
    *[Base.appoint, Base.merge] * 2,
    Base.join,
    Base.withdraw,
    Base.end,
    Base.fetch,
]


# --- what was found, and what the oracle expects ---


def found(comparison: Comparison):
    """Each voice with its claims, what they repeat, and those that count."""
    voices = {
        voice.originator: (
            {claim.pk for claim in voice.claims},
            {key: (x.of, x.chain) for key, x in voice.repetitions.items()},
            {claim.pk for claim in voice.current},
        )
        for voice in comparison.everyone
    }
    return voices, comparison.agreement


class Rows:
    """The rows of a base as they stood at a moment, read one by one."""

    def __init__(self, measure: Measure, moment: dt.datetime | None) -> None:
        self.moment = moment
        self.claims = [
            claim
            for claim in Claim.objects.order_by("pk")
            if claim.measure_id == measure.pk and self.was_public(claim)
        ]
        self.roles = self.standing(Role)
        self.speaks_as = {
            row.source_id: row.speaker_id for row in self.standing(OwnVoice)
        }
        self.merges = {
            merge.speaker_id: merge.into_id for merge in self.standing(Merge)
        }

    def was_public(self, claim: Claim) -> bool:
        if self.moment is None:
            return claim.status == "PUBLISHED"
        if claim.published_at is None or claim.published_at > self.moment:
            return False
        return claim.withdrawn_at is None or claim.withdrawn_at > self.moment

    def standing(self, model):
        if self.moment is None:
            return [row for row in model.objects.order_by("pk") if row.ended_at is None]
        return [
            row
            for row in model.objects.order_by("pk")
            if row.recorded_at <= self.moment
            if row.ended_at is None or row.ended_at > self.moment
        ]

    def one(self, speaker: int) -> int:
        """Whom a speaker turned out to be."""
        return self.one(self.merges[speaker]) if speaker in self.merges else speaker

    def named(self, speaker: int, day: PartialDate | None) -> Originator:
        offices = {
            self.one(role.organisation_id)
            for role in self.roles
            if role.speaks_for
            if self.one(role.speaker_id) == self.one(speaker)
            if held(role, day)
        }
        voice = offices.pop() if len(offices) == 1 else self.one(speaker)
        return Originator(Kind.SPEAKER, voice)

    def owner(self, article) -> Originator:
        if article.source_id is None:
            return Originator(Kind.ARTICLE, article.pk)
        return Originator(Kind.SOURCE, article.source_id)

    def telling(self, claim: Claim) -> Telling:
        article = claim.article_version.article
        originator = self.owner(article)
        speaker = claim.speaker_id or self.speaks_as.get(article.source_id)
        if speaker:
            originator = self.named(speaker, article.published)
        figure, days = Figure(claim.quantity, claim.holds), (claim.holds, None)
        is_someone = originator != Originator(Kind.SPEAKER, claim.speaker_id or 0)
        return Telling(
            claim.pk,
            article.pk,
            originator,
            is_own=claim.speaker is None,
            is_unnamed=bool(
                claim.speaker and claim.speaker.kind == "UNNAMED" and not is_someone
            ),
            figure=None if claim.denied else figure,
            denied=figure if claim.denied else None,
            days=tuple(day and day.latest for day in (*days, article.published)),
            words=claim.words,
            text=claim.article_version.number,
        )

    def world(self, base: Base) -> World:
        takings = [
            Taking(
                row.pk,
                row.kind,
                row.article_id,
                row.origin_id,
                row.origin_source_id,
                row.origin_speaker_id,
            )
            for row in self.standing(Derivation)
        ]
        return World(
            [self.telling(claim) for claim in self.claims],
            takings,
            {
                (claim.pk, version.article_id)
                for claim in self.claims
                for version in ArticleVersion.objects.all()
                if self.moment is None or version.fetched_at <= self.moment
                if f" {claim.words}" in version.text
            },
            {article.pk: self.owner(article) for article in base.articles},
            {
                (speaker.pk, claim.pk): self.named(
                    speaker.pk, claim.article_version.article.published
                )
                for speaker in [*base.people, *base.offices]
                for claim in self.claims
            },
            self.speaks_as,
        )


def held(role: Role, day: PartialDate | None) -> bool:
    """Whether a role may have been held on a day, if only on one of its days."""
    first, last = role.held_from_earliest, role.held_until_latest
    if day is None:
        return first is None and last is None
    return (first is None or first <= day.latest) and (
        last is None or day.earliest <= last
    )
