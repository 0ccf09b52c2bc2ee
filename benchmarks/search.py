"""How fast words are found among 100,000 articles, and how fast they are indexed.

    FACTBASE_DATA=$(mktemp -d) python benchmarks/search.py [--articles N]
    python tests/private_postgres.py python benchmarks/search.py [--articles N]

Fills an empty base, the same in every run, with articles of 200 to 400 invented words
whose frequencies are those of a language (Zipf), half Arabic and half English, with a
quote and a claim each; a tenth of the articles has nothing published. Sources, speakers,
events and measures are named with the same words, and few of them have most of what is
said. Then it indexes all and asks 200 questions of each sort. A base that is filled
already is only asked.
"""  # noqa: INP001  # a script, in no package

import argparse
import datetime as dt
import gc
import hashlib
import random
import resource
import statistics
import time
from collections.abc import Callable
from itertools import accumulate, islice, product
from typing import Any

from generate import dated, set_up

SEED = 20220127
BATCH = 1_000
N_QUESTIONS = 200
N_WORDS = 40_000
BEGIN = dt.datetime(2022, 1, 20, tzinfo=dt.UTC)
SYLLABLES = {
    "en": [a + b for a, b in product("bdfgklmnprstv", "aeiou")],
    "ar": [a + b for a, b in product("بجدحرزسشصعفقمن", ["ا", "ي", "و", ""])],
}


class Corpus:
    """Invented texts, by a seed."""

    def __init__(self, seed: int = SEED) -> None:
        self.random = random.Random(seed)  # noqa: S311  # not for secrets
        self.words = {name: self._vocabulary(name) for name in SYLLABLES}
        self._weights = list(accumulate(1 / (n + 2.7) for n in range(N_WORDS)))

    def _vocabulary(self, language: str) -> list[str]:
        words: dict[str, None] = {}
        while len(words) < N_WORDS:
            length = self.random.randint(2, 5)
            words["".join(self.random.choices(SYLLABLES[language], k=length))] = None
            if len(words) % 3 == 0 and language == "ar":
                words[f"ال{next(reversed(words))}"] = None
        return list(words)[:N_WORDS]

    def some(self, language: str, n: int) -> list[str]:
        """Return words, the frequent ones frequently."""
        return self.random.choices(self.words[language], cum_weights=self._weights, k=n)

    def text(self, language: str) -> str:
        """Return a text of 200 to 400 words in paragraphs."""
        words = self.some(language, self.random.randint(200, 400))
        sentences = [" ".join(words[at : at + 14]) for at in range(0, len(words), 14)]
        return ".\n".join(sentences) + "."


# --- filling ---


def fill(n_articles: int) -> None:
    """Put articles with what they say into an empty base, past the log."""
    from django.db import connection, transaction  # noqa: PLC0415  # needs Django

    world = World(Corpus(), n_articles)
    numbers = iter(range(n_articles))
    while some := list(islice(numbers, BATCH)):
        with transaction.atomic():
            for rows in zip(*map(world.said, some), strict=True):
                type(rows[0])._default_manager.bulk_create(rows)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


class World:
    """Makes the rows; the first of the named ones have most of what is said."""

    def __init__(self, corpus: Corpus, n_articles: int) -> None:
        from django.contrib.auth.models import User  # noqa: PLC0415  # needs Django

        from claims.models import Event, Measure  # noqa: PLC0415  # likewise
        from sources.models import Source, Speaker  # noqa: PLC0415  # likewise

        self.corpus = corpus
        self.person = User.objects.create(username="benchmark")
        self.sources = self._named(Source, 200, kind="OUTLET")
        self.speakers = self._named(Speaker, n_articles // 20, kind="PERSON")
        self.events = self._named(Event, n_articles // 200)
        meaning = {"counted": "people", "unit": "persons", "nature": "LEVEL"}
        self.measures = self._named(
            Measure,
            n_articles // 25,
            event=lambda: self.one_of(self.events),
            happened="crossed",
            **meaning,
        )

    def _named(self, model: Any, n: int, **columns: Any) -> list[Any]:
        rows = [
            model(
                slug=f"{model._meta.model_name}-{number}",
                name_en=" ".join(self.corpus.some("en", 2)),
                name_ar=" ".join(self.corpus.some("ar", 2)),
                **{
                    k: each() if callable(each) else each for k, each in columns.items()
                },
            )
            for number in range(max(n, 1))
        ]
        return list(model.objects.bulk_create(rows))

    def one_of(self, rows: list[Any]) -> Any:
        """Return one of some rows, mostly one of the first."""
        return rows[int(self.corpus.random.paretovariate(0.6)) % len(rows)]

    def said(self, number: int) -> tuple[Any, ...]:
        """Return an article, its version, a quote and a claim."""
        from claims.models import Claim, Quote  # noqa: PLC0415  # needs Django set up
        from sources.models import Article, ArticleVersion  # noqa: PLC0415  # likewise

        language, corpus = ("ar", "en")[number % 2], self.corpus
        figure = corpus.random.randrange(10, 10_000)
        text = f"{figure} {corpus.text(language)}"
        day = (BEGIN + dt.timedelta(days=corpus.random.randrange(1_500))).date()
        article = Article(
            source=self.one_of(self.sources),
            title=" ".join(corpus.some(language, 8)),
            language=language,
            **dated("published", day),
        )
        digest = hashlib.sha256(text.encode()).hexdigest()
        version = ArticleVersion(
            article=article, number=1, text=text, sha256=digest, fetched_at=BEGIN
        )
        words, same = str(figure), self._statement
        claim = Claim(
            measure=self.one_of(self.measures),
            quantity_start=0,
            quantity_words=words,
            unit="persons",
            quantity_end=len(words),
            low=figure,
            high=figure,
            **{"qualifier": "EXACT", **dated("holds", day)},
            **same(version, 0, number),
        )
        quote = Quote(kind="INDIRECT", language=language, **same(version, 1, number))
        return article, version, quote, claim

    def _statement(self, version: Any, place: int, number: int) -> dict[str, Any]:
        """Return the columns of a statement, which is a line of its article."""
        words = version.text.split("\n")[place]
        start, is_public = version.text.index(words), number % 10 > 0
        return {
            "article_version": version,
            "words": words,
            "start": start,
            "end": start + len(words),
            "speaker": self.one_of(self.speakers),
            "status": "PUBLISHED" if is_public else "RECORDED",
            "recorded_by": self.person,
            "recorded_at": BEGIN,
            "published_at": BEGIN if is_public else None,
        }


# --- asking ---


def questions(corpus: Corpus) -> dict[str, list[str]]:
    """Return what is asked, by sort: the words come as often as texts have them."""
    found: dict[str, list[str]] = {}
    for _ in range(N_QUESTIONS):
        language = corpus.random.choice(("ar", "en"))
        one, two, three = corpus.some(language, 3)
        rare = corpus.random.choice(corpus.words[language])
        sorts = {
            "a word": one,
            "a rare word": rare,
            "two words": f"{one} {two}",
            "three words": f"{one} {two} {three}",
            "a phrase": f'"{one} {two}"',
            "a prefix": f"{rare[:4]}*",
        }
        for name, words in sorts.items():
            found.setdefault(name, []).append(words)
    return found


def main() -> None:
    """Fill, index and ask, and print how long each took."""
    from django.contrib.auth.models import AnonymousUser  # noqa: PLC0415  # needs Django
    from django.core.management import call_command  # noqa: PLC0415  # likewise
    from django.db import connection  # noqa: PLC0415  # likewise

    from claims import search  # noqa: PLC0415  # likewise
    from claims.models import SearchEntry  # noqa: PLC0415  # likewise
    from claims.models.guards import GUARDS  # noqa: PLC0415  # likewise
    from sources import engine  # noqa: PLC0415  # likewise
    from sources.models import Article  # noqa: PLC0415  # likewise
    from sources.policy import Colleague  # noqa: PLC0415  # likewise

    call_command("migrate", verbosity=0)
    if not Article.objects.exists():
        arguments = _arguments()
        engine.remove(GUARDS, connection)  # what is published at once went past them
        told("fill", lambda: fill(arguments.articles), arguments.articles)
        engine.install(GUARDS, connection)
        told("index", search.rebuild, search.n_rows())
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE")
    say(
        f"{Article.objects.count():,} articles, {SearchEntry.objects.count():,} entries"
    )
    asked_of = questions(Corpus())
    gc.collect()
    gc.freeze()  # as `factbase.wsgi` does
    for name, words in asked_of.items():
        for reader in (AnonymousUser(), Colleague()):
            for newest in (False, True):
                asked = [search.Question(each, newest=newest) for each in words]
                way = "newest" if newest else "ranked"
                ask(f"{name}, {way}, {type(reader).__name__}", asked, reader)
    say(
        f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"
    )


def ask(name: str, asked: list[Any], reader: Any) -> None:
    """Print how long questions take, one after the other, and of it this process.

    On SQLite that is all the work, which a busy machine changes least.
    """
    from claims import search  # noqa: PLC0415  # needs Django set up

    times, ours, n_found = [], [], []
    for question in asked:
        begin, worked = time.perf_counter(), time.process_time()
        found = search.search(question, reader)
        times.append(1000 * (time.perf_counter() - begin))
        ours.append(1000 * (time.process_time() - worked))
        n_found.append(found.counted.n)
    say(
        f"{name:<44} {_spread(times)}  processor {_spread(ours)}  "
        f"hits {statistics.median(n_found):,.0f}"
    )


def _spread(times: list[float]) -> str:
    p95 = statistics.quantiles(times, n=20)[-1]
    return f"median {statistics.median(times):6.1f} ms  p95 {p95:6.1f} ms"


def told(name: str, work: Callable[[], object], n: int) -> None:
    """Do some work and print how fast it was."""
    begin = time.perf_counter()
    work()
    took = time.perf_counter() - begin
    say(f"{name:<44} {took:6.1f} s  {n / took:,.0f} rows/s")


def say(line: str) -> None:
    """Print a line at once."""
    print(line, flush=True)  # noqa: T201  # the result


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    return parser.parse_args()


if __name__ == "__main__":
    set_up()
    main()
