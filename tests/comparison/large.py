"""A large measure, written past the processes: only what it costs is looked at."""

import datetime as dt
import random
from decimal import Decimal
from itertools import pairwise

from django.contrib.auth.models import User
from django.db import connection
from django.db.models import F

from claims.models import Claim, Event, Measure, Review
from sources.models import (
    Article,
    ArticleVersion,
    Derivation,
    Merge,
    Role,
    Source,
    Speaker,
)

SEED = 20240501
N_VOICES, N_CHAINS, DEPTH = 200, 80, 10
AT = dt.datetime(2024, 5, 2, tzinfo=dt.UTC)
FILLING = (
    "The wind turned, and the boats stayed where they were until the evening. " * 30
)


def a_large_measure() -> Measure:
    """200 voices, half of them sources; from 80 of them chains of ten republish.

    So there are 1,000 claims in as many articles. Half of the speakers speak for an
    office, some were merged; every fourth chain takes over what nobody recorded of
    its origin.
    """
    chance = random.Random(SEED)  # noqa: S311  # the same base in every run
    measure = _measure()
    articles, origins = _articles(N_VOICES + N_CHAINS * DEPTH), range(N_VOICES)
    chains = [
        [origin, *range(N_VOICES + origin * DEPTH, N_VOICES + (origin + 1) * DEPTH)]
        for origin in range(N_CHAINS)
    ]
    Derivation.objects.bulk_create(
        Derivation(
            kind="REPUBLISHES",
            article=articles[below],
            origin=articles[above],
            recorded_at=AT,
        )
        for chain in chains
        for above, below in pairwise(chain)
    )
    speakers = _speakers(N_VOICES // 2)
    told = {origin: chance.randrange(50, 5_000) for origin in origins}
    for origin, *below in chains:
        number = told[origin] if origin % 4 else told[origin] + 1
        told |= dict.fromkeys(below, number)
    sentences = {
        place: [f"{number} people crossed the river."] for place, number in told.items()
    }
    for origin, below, *_ in chains:
        sentences[origin] = [*sentences[origin], *sentences[below]]
    versions = _versions(articles, sentences)
    recorder = User.objects.create_user("recorder")
    claims = Claim.objects.bulk_create(
        _claim(
            versions[place],
            number,
            measure=measure,
            speaker=speakers[place // 2] if place in origins and place % 2 else None,
            recorded_by=recorder,
            holds=dt.date(2024, 5, 1) + dt.timedelta(days=place % 9),
        )
        for place, number in sorted(told.items())
    )
    _publish(claims, recorder)
    _let_rows_be_counted()
    return measure


def _let_rows_be_counted():
    """As after every import: whoever counted them meanwhile has not seen these."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _measure():
    event = Event.objects.create(slug="large", name_en="Large")
    return Measure.objects.create(
        slug="large",
        name_en="Large",
        event=event,
        counted="people",
        happened="crossed",
        unit="persons",
        nature="LEVEL",
        tolerance_days=3,
    )


def _articles(n):
    sources = Source.objects.bulk_create(
        Source(slug=f"source-{key}", name_en=f"Source {key}", kind="OUTLET")
        for key in range(n)
    )
    return Article.objects.bulk_create(
        Article(title=source.name_en, language="en", source=source)
        for source in sources
    )


def _speakers(n):
    """Every other speaks for an office; every tenth was merged into another."""
    offices, people = (
        Speaker.objects.bulk_create(
            Speaker(slug=f"{kind}-{key}", name_en=f"{kind} {key}", kind=kind.upper())
            for key in range(n)
        )
        for kind in ("organisation", "person")
    )
    Role.objects.bulk_create(
        Role(
            speaker=person,
            organisation=office,
            speaks_for=True,
            name_en="Voice",
            recorded_at=AT,
        )
        for person, office in zip(people[::2], offices[::2], strict=True)
    )
    others = Speaker.objects.bulk_create(
        Speaker(slug=f"other-{key}", name_en=f"Other {key}", kind="PERSON")
        for key in range(0, n, 10)
    )
    Merge.objects.bulk_create(
        Merge(speaker=person, into=other, recorded_at=AT)
        for person, other in zip(people[::10], others, strict=True)
    )
    return people


def _versions(articles, sentences):
    return ArticleVersion.objects.bulk_create(
        ArticleVersion(
            article=article,
            number=1,
            text=f"{' '.join(sentences[place])} {FILLING}{place}",
            sha256=f"{place:064}",
            fetched_at=AT,
        )
        for place, article in enumerate(articles)
    )


def _claim(version, number, *, holds, **columns):
    words = f"{number} people crossed the river"
    start = version.text.index(words)
    return Claim(
        article_version=version,
        start=start,
        end=start + len(words),
        words=words,
        low=Decimal(number),
        high=Decimal(number),
        qualifier="EXACT",
        unit="persons",
        holds_earliest=holds,
        holds_latest=holds,
        holds_precision="DAY",
        recorded_at=AT,
        **columns,
    )


def _publish(claims, recorder):
    reviewer = User.objects.create_user("reviewer")
    Review.objects.bulk_create(
        Review(
            claim=claim,
            reviewer=reviewer,
            recorder=recorder,
            decision="APPROVED",
            version_reviewed=1,
            at=AT,
        )
        for claim in claims
    )
    Claim.objects.update(status="PUBLISHED", published_at=AT, version=F("version") + 1)
