"""Builds the base that a row of `voices.tsv` describes in a few words.

Everybody is known by name; an article by its outlet, with a number where an outlet has
several, or by `?1` where the outlet is not stated. An unnamed speaker is written with
the source that they belong to: ``a medic @ Harbour News``.
"""

import datetime as dt
import re
from collections.abc import Iterator

from django.contrib.auth.models import AnonymousUser

from claims import recording
from claims.comparison import Comparison
from claims.comparison.tellings import Kind, Originator
from claims.quantity import Qualifier
from sources import curation
from sources.models import Article, Source, Speaker
from sources.policy import PublicAt
from sources.text.dates import PartialDate
from tests import databases
from tests import factories as make
from tests.models.rows import an_own_voice

RECORDED_AT = dt.datetime(2024, 5, 1, tzinfo=dt.UTC)
#: What is said of a statement, derivation, role or merge after its own words.
_OPTION = re.compile(
    r" (holds|said|from|until|recorded|published|ended|withdrawn) (\S+)$"
)
_SENTENCE = "{} people crossed the river"
_KINDS = {"republishes", "translates", "quotes", "cites"}
_BOUNDS = {"at least": Qualifier.AT_LEAST, "about": Qualifier.ABOUT}


class Newsroom:
    """Its people, and what one row tells of articles, claims and who is who."""

    @databases.at_once
    def __init__(self, claims: str, takings: str, facts: str) -> None:
        self.recorder = make.a_user("contributor", "chief")
        self.reviewer = make.a_reviewer()
        self.measure = make.a_measure(by=self.recorder)
        self.sources: dict[str, Source] = {}
        self.speakers: dict[str, Speaker] = {}
        self.articles: dict[str, Article] = {}
        self.facts = [_options(each) for each in _parts(facts)]
        told = [_options(each) for each in _parts(claims)]
        self._write_the_articles(told, [_options(x)[0] for x in _parts(takings)])
        for words, options in self.facts:
            self._state(words, options)
        for words, options in told:
            self._tell(words, options)
        for words, options in map(_options, _parts(takings)):
            self._take(words, options)

    # --- who is who ---

    def source(self, name: str) -> Source:
        if name not in self.sources:
            self.sources[name] = make.a_source(name_en=name, by=self.recorder)
        return self.sources[name]

    def speaker(self, name: str, kind: str = "PERSON") -> Speaker:
        what, _, source = name.partition(" @ ")
        if name not in self.speakers:
            columns = {"name_en": what, "kind": kind, "by": self.recorder}
            if source:
                columns |= {"kind": "UNNAMED", "source": self.source(source)}
            self.speakers[name] = make.a_speaker(**columns)
        return self.speakers[name]

    def _state(self, words: str, options: dict[str, str]) -> None:
        if match := re.fullmatch("(.+) speaks for (.+)", words):
            speaker = self.speaker(match[1])
            office = self.speaker(match[2], "ORGANISATION")
            role = make.Role(
                speaker=speaker, organisation=office, name_en="Voice", speaks_for=True
            )
            role.held_from = _day(options, "from")
            role.held_until = _day(options, "until")
            role.recorded_at = _moment(options, "recorded")
            curation.record_role(role, actor=self.recorder)
            self._end(role, options, curation.end_role)
        elif match := re.fullmatch("(.+) speaks as (.+)", words):
            own = an_own_voice(
                source=self.source(match[1]),
                speaker=self.speaker(match[2], "ORGANISATION"),
                at=_moment(options, "recorded"),
                by=self.recorder,
            )
            self._end(own, options, curation.end_own_voice)
        elif match := re.fullmatch("(.+) is (?!of )(.+)", words):
            merge = curation.merge(
                self.speaker(match[1]),
                into=self.speaker(match[2]),
                at=_moment(options, "recorded"),
                reason="One",
                actor=self.recorder,
            )
            self._end(merge, options, curation.end_merge)

    def _end(self, row, options, end) -> None:
        if "ended" in options:
            at = _moment(options, "ended")
            end(row, at=at, reason="Mistaken", actor=self.recorder)

    # --- what stands where ---

    def _write_the_articles(self, told, takings: list[str]) -> None:
        texts: dict[str, list[str]] = {}
        for words, _ in told:
            article, _speaker, number = words.split(" · ")
            texts.setdefault(article, []).append(_sentence(number))
        for words in takings:
            article, _kind, origin = _taking(words)
            texts.setdefault(article, [])
            if not origin.startswith(("source ", "speaker ")):
                texts.setdefault(origin, [])
        for words, _ in self.facts:
            if match := re.fullmatch("(.+) reads “(.+)”", words):
                texts.setdefault(match[1], []).append(match[2])
        dates = [re.fullmatch(r"(.+) is of (\S+)", words) for words, _ in self.facts]
        published = {date[1]: date[2] for date in dates if date}
        for name, sentences in texts.items():
            outlet = name.partition("#")[0]
            source = None if outlet.startswith("?") else self.source(outlet)
            text = f"News {name}. {'. '.join(sentences)}."
            columns = {}
            if day := published.get(name):
                columns = {"published_earliest": day, "published_latest": day}
                columns |= {"published_precision": "DAY", "published_origin": "TYPED"}
            self.articles[name] = make.an_article(
                text=text, source=source, by=self.recorder, **columns
            )

    def _tell(self, words: str, options: dict[str, str]) -> None:
        article, speaker, number = words.split(" · ")
        version = self.articles[article].versions.get()
        quote = None
        if "said" in options:
            quote = make.a_quote(version=version, words=_sentence(number))
            quote.said_on = _day(options, "said")
            quote = recording.record(quote, actor=self.recorder, at=RECORDED_AT)
        claim = make.a_claim(
            version=version,
            words=_sentence(number),
            measure=self.measure,
            quote=quote,
            speaker=None if speaker == "-" else self.speaker(speaker),
            denied=number.startswith("not "),
            **_quantity(number),
        )
        claim.holds = _day(options, "holds")
        recording.record(claim, actor=self.recorder, at=RECORDED_AT)
        if options.get("published") != "never":
            at = _moment(options, "published")
            claim = make.published(claim, by=self.reviewer, at=at)
        if "withdrawn" in options:
            make.withdrawn(claim, at=_moment(options, "withdrawn"))

    def _take(self, words: str, options: dict[str, str]) -> None:
        article, kind, origin = _taking(words)
        what, _, name = origin.partition(" ")
        if what == "source":
            named = {"origin_source": self.source(name)}
        elif what == "speaker":
            named = {"origin_speaker": self.speaker(name)}
        else:
            named = {"origin": self.articles[origin]}
        row = make.a_derivation(
            article=self.articles[article],
            kind=kind.upper(),
            recorded_at=_moment(options, "recorded"),
            by=self.recorder,
            **named,
        )
        self._end(row, options, curation.end_derivation)

    # --- what is found ---

    def told(self, comparison: Comparison) -> set[str]:
        """Each voice with its latest figures, and how many claims it has."""
        names = {
            **{Originator(Kind.SPEAKER, x.pk): n for n, x in self.speakers.items()},
            **{Originator(Kind.SOURCE, x.pk): n for n, x in self.sources.items()},
            **{Originator(Kind.ARTICLE, x.pk): n for n, x in self.articles.items()},
        }
        found = set()
        for voice in comparison.everyone:
            figures = [x.quantity.in_words("en") for x in voice.figures]
            stated = " and ".join(figures) or "nothing"
            n_claims = len(voice.claims)
            more = f" in {n_claims}" if n_claims > 1 else ""
            found.add(f"{names[voice.originator]}: {stated}{more}")
        return found


def _parts(cell: str) -> Iterator[str]:
    return iter([] if cell == "-" else cell.split(" ¦ "))


def _options(words: str) -> tuple[str, dict[str, str]]:
    options: dict[str, str] = {}
    while match := _OPTION.search(words):
        options[match[1]] = match[2]
        words = words[: match.start()]
    return words, options


def _taking(words: str) -> tuple[str, str, str]:
    kind = next(each for each in words.split() if each in _KINDS)
    article, origin = words.split(f" {kind} ")
    return article, kind, origin


def _day(options: dict[str, str], name: str) -> PartialDate | None:
    if name not in options:
        return None
    return PartialDate.day(dt.date.fromisoformat(options[name]))


def _moment(options: dict[str, str], name: str) -> dt.datetime:
    if name not in options:
        return RECORDED_AT
    return dt.datetime.fromisoformat(f"{options[name]}T00:00:00+00:00")


def _sentence(number: str) -> str:
    return _SENTENCE.format(number)


def _quantity(number: str) -> dict[str, object]:
    number = number.removeprefix("not ")
    for words, qualifier in _BOUNDS.items():
        if number.startswith(words):
            low = int(number.removeprefix(words))
            high = low if qualifier.states_high else None
            return {"low": low, "high": high, "qualifier": qualifier}
    return {"low": int(number)}


def who_reads(as_of: str) -> AnonymousUser:
    """The public, today or at the end of a past day."""
    if as_of == "-":
        return AnonymousUser()
    return PublicAt(_moment({"at": as_of}, "at"))
