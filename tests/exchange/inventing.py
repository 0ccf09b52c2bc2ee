"""A base with statements by chance: every column that a claim or quote can have."""

import datetime as dt
import random
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from claims import recording
from claims.models import Claim, Measure, Quote
from sources import curation, following
from sources.models import Article, ArticleVersion, Role, Source, Speaker
from sources.models.columns import Anchor, PartialDateColumns
from sources.text.dates import PartialDate
from sources.text.spans import Span
from tests import factories as make
from tests.models.rows import an_own_voice

#: What tables and programs like to lose: marks of direction, joined and stretched
#: letters, characters beyond 16 bits, quotes, tabs, what a spreadsheet would compute.
PIECES = (
    *(
        "قال المتحدث",
        "\u200f١٠٠ قتيل\u200f",
        "ســنوات",
        "\u2066isolated\u2069",
        "🚢⚓",
        "é vs e\u0301",
    ),
    *(
        '"quoted", he said',
        "tab\there",
        "'=apostrophe",
        "=1+2",
        "+963 11",
        "-7",
        "@name",
    ),
    *("line\nbreak", "3٬500", "لا\u200cإله", "naïve", "a\u00a0b", "\\n", "ﷺ", "，"),
)
AT = make.RECORDED_AT


def columns_of(prefix: str, date: PartialDate | None) -> dict[str, Any]:
    names = ("earliest", "latest", "precision", "words")
    values = PartialDateColumns.values_of(date)
    return {
        f"{prefix}_{name}": value for name, value in zip(names, values, strict=True)
    }


class Inventor:
    """Invents rows with a seed; what one seed gives is always the same."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311  # the same base for the same seed
        self.editor: User = make.an_editor()
        self.sources = [self._source(n) for n in range(5)]
        self.speakers = [self._speaker(n) for n in range(8)]
        an_own_voice(source=self.sources[3], speaker=self.office, at=AT)
        self.measures = [self._measure(n) for n in range(6)]

    def claims(self, n_claims: int) -> Iterator[Claim]:
        """Record so many claims, several in an article."""
        with following.once_at_the_end():
            yield from self._claims(n_claims)

    def _claims(self, left: int) -> Iterator[Claim]:
        while left > 0:
            with transaction.atomic(), following.together():
                version = self._article()
                quote = self._quote(version) if self.chance.random() < 0.4 else None
                n_claims = min(left, self.chance.randint(1, 5))
                found = [self._claim(version, quote) for _number in range(n_claims)]
            yield from found
            left -= n_claims

    # --- what it is made of ---

    def words(self, most: int = 4) -> str:
        n_pieces = self.chance.randint(1, most)
        return " ".join(self.chance.choice(PIECES) for _ in range(n_pieces)).strip()

    def line(self) -> str:
        return self.words().replace("\n", " ").replace("\t", " ")

    def date(self, words: str = "") -> PartialDate | None:
        day = dt.date(2011, 3, 15) + dt.timedelta(self.chance.randrange(5000))
        return self.chance.choice(
            [
                None,
                PartialDate.day(day, words),
                PartialDate.month(day.year, day.month, words),
                PartialDate.year(day.year, words),
                PartialDate.period(day, day + dt.timedelta(9), words),
            ]
        )

    def number(self) -> Decimal:
        digits = self.chance.randint(1, 12)
        return Decimal(self.chance.randrange(10**digits)).scaleb(
            -self.chance.choice([0, 0, 1, 3])
        )

    def _source(self, number: int) -> Source:
        row = make.a_source(slug=f"source-{number}", name_ar=self.line(), note="=a")
        make.a_source_alias(f"Alias {number}", source=row)
        return row

    def _speaker(self, number: int) -> Speaker:
        named = {"slug": f"speaker-{number}", "name_ar": self.line()}
        if number == 0:
            self.office = make.an_organisation(**named)
            return self.office
        if number == 1:
            return make.an_unnamed_speaker(source=self.sources[0], **named)
        row = make.a_speaker(**named)
        make.a_speaker_alias(f"Alias {number}", speaker=row)
        role = Role(speaker=row, organisation=self.office, name_en="Mayor")
        role.held_from, role.recorded_at = self.date(), AT
        curation.record_role(role, actor=self.editor)
        return row

    def _measure(self, number: int) -> Measure:
        event = make.an_event(
            slug=f"event-{number}",
            name_ar=self.line(),
            latitude=Decimal("33.510000"),
            longitude=Decimal("-7.000001"),
            **columns_of("starts", self.date()),
        )
        columns: dict[str, Any] = {"slug": f"measure-{number}", "event": event}
        if number:
            return make.a_measure(part_of=self.whole, **columns)
        self.whole = make.a_measure(**columns)
        return self.whole

    def _article(self) -> ArticleVersion:
        article = make.an_article(
            text="\n".join(self.words(8) for _ in range(self.chance.randint(3, 9))),
            source=self.chance.choice([*self.sources, None]),
            title=self.line(),
            language=self.chance.choice(["ar", "en", "ku-Latn"]),
            fetched_at=AT - dt.timedelta(microseconds=self.chance.randrange(10**9)),
            **columns_of("published", self.date()),
            byline=self.line(),
        )
        self._derive(article)
        if self.chance.random() < 0.2:
            make.a_version(article=article, text=self.words(9))
        return article.versions.get(number=1)

    def _derive(self, article: Article) -> None:
        earlier = list(Article.objects.exclude(pk=article.pk).order_by("-pk")[:3])
        if earlier and self.chance.random() < 0.5:
            text = article.versions.get(number=1)
            make.a_derivation(
                article=article,
                origin=self.chance.choice(earlier),
                origin_speaker=self.chance.choice([None, *self.speakers]),
                article_version=text,
                kind="CITES",
                start=0,
                end=3,
                words=text.text[:3],
            )

    def anchor(self, text: str, within: Span | None = None) -> Anchor:
        start, end = within or (0, len(text))
        first = self.chance.randrange(start, end)
        last = min(end, first + self.chance.randint(1, 60))
        return Anchor.at(text, Span(first, last))

    def _quote(self, version: ArticleVersion) -> Quote:
        row = Quote(article_version=version, kind="DIRECT", language="ar")
        row.anchor = self.anchor(version.text)
        row.cue_anchor = self.anchor(version.text)
        row.said_on = self.date("on Monday")
        self._say(row)
        return recording.record(row, actor=self.editor, at=AT)

    def _say(self, row: Quote | Claim) -> None:
        row.speaker = self.chance.choice([None, *self.speakers])
        if self.chance.random() < 0.5:
            row.speaker_anchor = self.anchor(row.article_version.text)
            row.role_words = self.line()
        if self.chance.random() < 0.2:
            row.pieces = [[*row.span, row.words]]

    def _claim(self, version: ArticleVersion, quote: Quote | None) -> Claim:
        row = Claim(article_version=version, quote=quote, note=self.words())
        row.anchor = self.anchor(version.text)
        self._say(row)
        if self.chance.random() < 0.9:
            self._count(row)
        row.holds = self.date(self.line()[:120])
        row.denied = self.chance.random() < 0.1
        return recording.record(row, actor=self.editor, at=AT)

    def _count(self, row: Claim) -> None:
        row.measure, row.basis = self.chance.choice(self.measures), "TABULATED"
        row.unit = row.measure.unit
        low, high, best = self.number(), self.number(), self.number()
        row.qualifier, row.low, row.high = self.chance.choice(
            [
                ("EXACT", low, low),
                ("AT_LEAST", low, None),
                ("UP_TO", None, high),
                ("RANGE", low, high),
                ("VAGUE", None, None),
            ]
        )
        row.best = best if row.qualifier == "RANGE" else None
        for part in ("quantity", "qualifier", "counted", "predicate"):
            if self.chance.random() < 0.5:
                found = self.anchor(row.article_version.text, row.span)
                setattr(row, f"{part}_anchor", found)
