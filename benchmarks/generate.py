"""Fill an empty base with invented statements, the same in every run.

    FACTBASE_DATA=$(mktemp -d) python benchmarks/generate.py --claims N [--seed 20220127]
    python tests/private_postgres.py python benchmarks/generate.py --claims N

For N claims: N/10 articles in Arabic or English, made of the sentences and words below,
3N/10 quotes, and speakers, measures and sources of whom a few have most of it (Zipf).
Rows go in past the processes, in bulk, so the log is empty: figures of lists, pages and
searches are taken on such a base, those of writing are not.
"""  # noqa: INP001  # a script, in no package

import argparse
import datetime as dt
import hashlib
import os
import random
import sys
from collections.abc import Iterator
from decimal import Decimal
from itertools import accumulate, islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SEED = 20220127
BATCH = 1000
PER_ARTICLE = 10
N_SOURCES = 200
BEGIN = dt.datetime(2022, 1, 20, tzinfo=dt.UTC)
TRANSLATED, WITHDRAWN, WAITING = 20, 40, 50  # one in so many

_WRITTEN = {
    "en": (
        "harbour bridge market ferry orchard mill valley tower lantern quarry meadow "
        "canal granary well garden station customs warehouse school clinic council "
        "river storm flood drought fire strike march vote truce siege harvest census"
    ),
    "ar": (
        "الميناء الجسر السوق العبارة البستان الطاحونة الوادي البرج الفانوس المحجر المرج "
        "القناة الصومعة البئر الحديقة المحطة الجمارك المستودع المدرسة العيادة المجلس "
        "النهر العاصفة الفيضان الجفاف الحريق الإضراب المسيرة التصويت الهدنة الحصاد التعداد"
    ),
}
WORDS = {language: words.split() for language, words in _WRITTEN.items()}
#: `{}` are a number or words; each claim and quote is one of these sentences.
CLAIMS = {
    "en": ("{0} people crossed the {1}", "{0} families left the {1}"),
    "ar": ("عبر {0} شخص قرب {1}", "غادرت {0} عائلة من جهة {1}"),
}
QUOTES = {
    "en": (
        "Nobody at the {0} knew of the {1}",
        "The {0} stays open until the {1} ends",
    ),
    "ar": ("لم يعلم أحد في {0} بما جرى عند {1}", "يبقى {0} مفتوحا حتى ينتهي {1}"),
}
FILLING = {
    "en": "Work at the {0} went on while others spoke of the {1} and the {2}.",
    "ar": "واستمر العمل عند {0} بينما تحدث آخرون عن {1} وعن {2}.",
}


def set_up() -> None:
    """Set Django up, wherever the script is started."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factbase.settings")
    import django  # noqa: PLC0415  # needs the path above

    django.setup()


class Skewed:
    """Draws from rows so that the first are drawn most: the n-th 1/n times as often."""

    def __init__(self, rows: list[Any], chance: random.Random) -> None:
        self.rows, self.chance = rows, chance
        self.weights = list(accumulate(1 / n for n in range(1, len(rows) + 1)))

    def __call__(self) -> Any:
        """Return one of them."""
        return self.chance.choices(self.rows, cum_weights=self.weights)[0]


class World:
    """Makes rows; `chance` alone decides what is in them."""

    def __init__(self, n_claims: int, chance: random.Random) -> None:
        from django.contrib.auth.models import User  # noqa: PLC0415  # needs Django

        self.n_claims, self.chance = n_claims, chance
        self.recorder = User.objects.create_user("recorder")
        self.reviewer = User.objects.create_user("reviewer")
        self.sources = Skewed(list(self._sources()), chance)
        self.speakers = Skewed(list(self._speakers()), chance)
        self.measures = Skewed(list(self._measures()), chance)

    def _sources(self) -> Iterator[Any]:
        from sources.models import Source  # noqa: PLC0415  # needs Django set up

        return iter(
            Source.objects.bulk_create(
                Source(slug=f"source-{n}", kind="OUTLET", **self._names(n))
                for n in range(N_SOURCES)
            )
        )

    def _speakers(self) -> Iterator[Any]:
        from sources.models import Speaker  # noqa: PLC0415  # needs Django set up

        return iter(
            Speaker.objects.bulk_create(
                Speaker(slug=f"speaker-{n}", kind="PERSON", **self._names(n))
                for n in range(max(20, self.n_claims // 50))
            )
        )

    def _measures(self) -> Iterator[Any]:
        from claims.models import Event, Measure  # noqa: PLC0415  # needs Django set up

        n_measures = max(20, self.n_claims // 50)
        events = Event.objects.bulk_create(
            Event(slug=f"event-{n}", **self._names(n))
            for n in range(max(1, n_measures // 4))
        )
        meaning = {"counted": "people", "unit": "persons", "nature": "LEVEL"}
        return iter(
            Measure.objects.bulk_create(
                Measure(
                    slug=f"measure-{n}",
                    event=events[n % len(events)],
                    happened="crossed",
                    **meaning,
                    **self._names(n),
                )
                for n in range(n_measures)
            )
        )

    def _names(self, n: int) -> dict[str, str]:
        english, arabic = (self.chance.choice(WORDS[name]) for name in ("en", "ar"))
        return {"name_en": f"{english.title()} {n}", "name_ar": f"{arabic} {n}"}

    def sentence(self, forms: str | tuple[str, ...], language: str, *given: Any) -> str:
        """Return one of the sentences, with words of its language."""
        form = forms if isinstance(forms, str) else self.chance.choice(forms)
        return form.format(*given, *self.chance.choices(WORDS[language], k=3))

    def text(self, language: str) -> tuple[str, list[tuple[str, int]], list[str]]:
        """Return a text, the words and numbers of its claims, and those of its quotes."""
        numbers = [self.chance.randrange(10, 10_000) for _ in range(PER_ARTICLE)]
        claims = [(self.sentence(CLAIMS[language], language, n), n) for n in numbers]
        quotes = [self.sentence(QUOTES[language], language) for _ in range(3)]
        parts = [f"{words}." for words, _ in claims] + [
            f"«{words}»." for words in quotes
        ]
        parts += [self.sentence(FILLING[language], language) for _ in range(12)]
        self.chance.shuffle(parts)
        return " ".join(parts), claims, quotes


def columns_of(
    version: Any, words: str, at: dt.datetime, world: World
) -> dict[str, Any]:
    """Return the columns that quotes and claims have in common."""
    start = version.text.index(words)
    return {
        "article_version": version,
        "start": start,
        "end": start + len(words),
        "words": words,
        "speaker": world.speakers() if world.chance.random() < 0.8 else None,  # noqa: PLR2004  # most are named
        "recorded_by": world.recorder,
        "recorded_at": at,
    }


def dated(name: str, day: dt.date) -> dict[str, Any]:
    """Return the columns of a day."""
    parts = {"earliest": day, "latest": day, "precision": "DAY"}
    return {f"{name}_{part}": value for part, value in parts.items()}


def code(kind: str, n: int) -> str:
    """Return the same code for the same row in every run, and no order by it."""
    return f"{kind}-{hashlib.sha256(f'{kind}{n}'.encode()).hexdigest()[:12]}"


def articles(world: World, first: int, n: int) -> tuple[list[Any], list[Any]]:
    """Add articles with their versions; return these and what is said in each."""
    from sources.models import Article, ArticleVersion  # noqa: PLC0415  # needs Django

    languages = world.chance.choices(("ar", "en"), k=n)
    said = [(*world.text(each), first + n) for n, each in enumerate(languages)]
    rows = Article.objects.bulk_create(
        Article(
            code=code("a", number),
            title=text[:60],
            language=language,
            source=world.sources(),
            **dated("published", day_of(number)),
        )
        for language, (text, _claims, _quotes, number) in zip(
            languages, said, strict=True
        )
    )
    versions = ArticleVersion.objects.bulk_create(
        ArticleVersion(
            article=article,
            number=1,
            text=text,
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            fetched_at=BEGIN,
        )
        for article, (text, *_) in zip(rows, said, strict=True)
    )
    return versions, said


def day_of(number: int) -> dt.date:
    """Return the day of an article: forty of them a day."""
    return BEGIN.date() + dt.timedelta(days=number // 40)


def statements(world: World, versions: list[Any], said: list[Any]) -> tuple[Any, Any]:
    """Add the quotes and claims of some articles, recorded and with translations."""
    from claims.models import Claim, Quote  # noqa: PLC0415  # needs Django set up

    quotes, claims = [], []
    for version, (_text, counted, spoken, number) in zip(versions, said, strict=True):
        at, day = BEGIN + dt.timedelta(minutes=36 * number), day_of(number)
        language = version.article.language
        for words in spoken:
            same = columns_of(version, words, at, world)
            same |= {"code": code("q", len(quotes) + 3 * said[0][3]), "kind": "DIRECT"}
            quotes.append(Quote(language=language, **same, **dated("said_on", day)))
        for words, figure in counted:
            same = columns_of(version, words, at, world)
            same["code"] = code("c", len(claims) + PER_ARTICLE * said[0][3])
            start = same["start"] + words.index(str(figure))
            same |= {"quantity_start": start, "quantity_words": str(figure)}
            same["quantity_end"] = start + len(str(figure))
            bounds = {"low": Decimal(figure), "high": Decimal(figure)}
            measure = {"measure": world.measures(), "unit": "persons"}
            same |= {"qualifier": "EXACT", **bounds, **measure, **dated("holds", day)}
            claims.append(Claim(**same))
    quotes = Quote.objects.bulk_create(quotes, batch_size=BATCH)
    for place, claim in enumerate(claims):
        if place % PER_ARTICLE == 0:  # the first of each article is of its first quote
            claim.quote = quotes[3 * (place // PER_ARTICLE)]
    return quotes, Claim.objects.bulk_create(claims, batch_size=BATCH)


def publish(world: World, name: str, rows: list[Any]) -> None:
    """Translate, approve, publish and withdraw what has been recorded."""
    from django.db.models import F  # noqa: PLC0415  # needs Django set up

    from claims.models import Review, Translation  # noqa: PLC0415  # needs Django set up

    Translation.objects.bulk_create(
        Translation(
            **{name: row},
            language="fr",
            words=f"« {row.words} »",
            translated_by=world.recorder,
            recorded_at=row.recorded_at,
        )
        for row in rows[::TRANSLATED]
    )
    rows = [row for place, row in enumerate(rows) if place % WAITING]
    people = {"reviewer": world.reviewer, "recorder": world.recorder}
    Review.objects.bulk_create(
        Review(
            **{name: row},
            **people,
            decision="APPROVED",
            version_reviewed=1,
            at=row.recorded_at,
        )
        for row in rows
    )
    first, last = rows[0].pk, rows[-1].pk
    stored = type(rows[0]).objects.filter(pk__range=(first, last))
    step: dict[str, Any] = {"version": F("version") + 1}
    approved = stored.filter(reviews__decision="APPROVED")
    approved.update(status="PUBLISHED", published_at=F("recorded_at"), **step)
    taken_back = {"withdrawn_at": BEGIN + dt.timedelta(days=9999)}
    taken_back |= {"withdrawal_kind": "WITHDRAWN", "withdrawal_reason": "A slip"}
    stored.filter(pk__in=[row.pk for row in rows[::WITHDRAWN]]).update(
        status="WITHDRAWN", **taken_back, **step
    )


def fill(n_claims: int, seed: int = SEED) -> None:
    """Fill the base that is set up, which must be migrated and empty."""
    from django.db import connection, transaction  # noqa: PLC0415  # needs Django set up

    chance = random.Random(seed)  # noqa: S311  # the same base in every run
    world = World(n_claims, chance)
    numbers = iter(range(max(1, n_claims // PER_ARTICLE)))
    while some := list(islice(numbers, BATCH)):
        with transaction.atomic():
            versions, said = articles(world, some[0], len(some))
            quotes, claims = statements(world, versions, said)
            publish(world, "quote", quotes)
            publish(world, "claim", claims)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def main(arguments: list[str]) -> None:
    """Migrate, and fill the base."""
    from django.core.management import call_command  # noqa: PLC0415  # needs the path

    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--claims", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=SEED)
    asked = parser.parse_args(arguments)
    call_command("migrate", verbosity=0)
    fill(asked.claims, asked.seed)


if __name__ == "__main__":
    set_up()
    main(sys.argv[1:])
