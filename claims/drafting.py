"""What the rules read in a text, as columns of statements that nobody has recorded."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from claims.extraction import suggest
from claims.extraction.rules import rule_set, rules
from claims.models import Claim, Quote, Suggestion, SuggestionKind
from sources import history
from sources.models import Merge, Speaker, SpeakerAlias
from sources.models.columns import Anchor
from sources.text.fold import fold_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claims.extraction.proposals import ProposedClaim, ProposedQuote
    from claims.extraction.suggest import Reading
    from claims.models import Statement
    from sources.models import Article, ArticleVersion
    from sources.text.spans import Span

_MODELS: dict[str, type[Statement]] = {"QUOTE": Quote, "CLAIM": Claim}
_NOTHING: tuple[object, ...] = (None, "", [])

#: What the rules have nothing to say of.
_NOT_PROPOSED = {
    *("id", "code", "article_version", "recorded_by", "recorded_at", "rule", "batch"),
    *("quote", "measure", "best", "basis", "note", "replaces", "replacement_reason"),
    *Quote.LIFECYCLE,
}


def read(version: ArticleVersion) -> Reading:
    """Return what the rules read in a version, days counted from its article's."""
    article = version.article
    day = article.published_earliest
    exact = day is not None and day == article.published_latest
    return suggest.read(
        version.text, language=article.language, dateline=day if exact else None
    )


def suggestions(version: ArticleVersion, reading: Reading) -> list[Suggestion]:
    """Return a suggestion, not stored yet, for each thing that was read: 3 queries.

    Of a PDF only the quotes: a digit that was misread there looks like any other.
    """
    writer = _Writer(version, reading)
    found = [writer.of_quote(quote) for quote in reading.quotes]
    if not version.is_draft:
        found += [writer.of_claim(claim) for claim in reading.claims]
    return found


def draft(suggestion: Suggestion) -> Any:
    """Return the quote or claim that a suggestion proposes, recorded by nobody."""
    model = _MODELS[suggestion.kind]
    row = model(article_version=suggestion.article_version)
    for field in model._meta.concrete_fields:
        if field.name in suggestion.fields and field.name not in _NOT_PROPOSED:
            value = suggestion.fields[field.name]
            setattr(row, field.attname, field.to_python(value))
    return row


def keeps(statement: Statement, proposed: dict[str, Any]) -> bool:
    """Tell whether a statement has every value that was proposed.

    What the rules left empty may have been filled in.
    """
    columns = _columns(statement)
    return all(
        columns[name] == value for name, value in proposed.items() if name in columns
    )


def _columns(row: Statement) -> dict[str, Any]:
    """Return the columns that may be proposed as JSON values, by field name."""
    values = history.snapshot(row)
    return {
        field.name: values[field.attname]
        for field in history.logged_fields(type(row))
        if field.name not in _NOT_PROPOSED
    }


class _Writer:
    """Writes what was read of one version as columns."""

    def __init__(self, version: ArticleVersion, reading: Reading) -> None:
        self.version, self.reading = version, reading
        named = {self._name(quote) for quote in reading.quotes}
        self.speakers = known_speakers(named, version.article)

    def of_quote(self, quote: ProposedQuote) -> Suggestion:
        row = Quote(kind=quote.kind, language=self._language(quote))
        row.pieces = [
            [piece.start, piece.end, self._words(piece)] for piece in quote.pieces
        ]
        row.cue_anchor = self._anchor(quote.cue)
        row.said_on = self.reading.said_on(quote)
        extra = self._attribute(row, quote)
        return self._suggestion(row, SuggestionKind.QUOTE, quote, extra)

    def of_claim(self, claim: ProposedClaim) -> Suggestion:
        quantity = claim.quantity
        row = Claim(
            low=quantity.low,
            high=quantity.high,
            qualifier=quantity.qualifier,
            unit=quantity.unit,
            denied=claim.denied,
        )
        row.quantity_anchor = self._anchor(claim.number)
        row.qualifier_anchor = self._anchor(claim.qualifier)
        row.counted_anchor = self._anchor(claim.counted)
        row.predicate_anchor = self._anchor(claim.predicate)
        row.holds = self.reading.holds(claim)
        extra: dict[str, Any] = {
            "category": claim.category,
            "form": str(claim.form),
            "is_part": claim.is_part,
        }
        if quote := self.reading.quote_around(claim.number):
            extra |= self._attribute(row, quote)
            extra["within"] = [quote.span.start, quote.span.end]
        return self._suggestion(row, SuggestionKind.CLAIM, claim, extra)

    def _attribute(self, row: Statement, quote: ProposedQuote) -> dict[str, Any]:
        """Say who speaks; return the name, which is no column."""
        row.speaker_anchor = self._anchor(quote.speaker)
        row.role_words = self._words(quote.role)
        name = self._name(quote)
        row.speaker_id = self.speakers.get(fold_key(name))
        return {"named_words": name}

    def _suggestion(
        self,
        row: Statement,
        kind: SuggestionKind,
        proposed: ProposedQuote | ProposedClaim,
        extra: dict[str, Any],
    ) -> Suggestion:
        row.anchor = self._anchor(proposed.span)
        fields = {**_columns(row), **extra}
        return Suggestion(
            article_version=self.version,
            kind=kind,
            start=proposed.span.start,
            end=proposed.span.end,
            fields={name: v for name, v in fields.items() if v not in _NOTHING},
            rule=proposed.rule,
            confidence=rules()[proposed.rule].confidence,
            rule_set=rule_set(),
        )

    def _language(self, quote: ProposedQuote) -> str:
        """Return the language of the rule, as the article has it where it is its own."""
        language = quote.rule.partition(".")[0]
        of_article = self.version.article.language
        return of_article if of_article.startswith(language) else language

    def _name(self, quote: ProposedQuote) -> str:
        return self._words(quote.named or quote.speaker)

    def _words(self, span: Span | None) -> str:
        return span.of(self.version.text) if span else ""

    def _anchor(self, span: Span | None) -> Anchor | None:
        return Anchor.at(self.version.text, span) if span else None


def known_speakers(names: Iterable[str], article: Article) -> dict[str, int]:
    """Return the speakers of these names, each by its folded name: three queries.

    A name that several speakers have is left out: it never resolves by itself. An
    unnamed speaker is known in the articles of its own source only.
    """
    wanted = {fold_key(name) for name in names} - {""}
    if not wanted:
        return {}
    bearers: dict[str, set[int]] = defaultdict(set)
    into = dict(Merge.objects.filter(ended_at=None).values_list("speaker", "into"))
    here = Q(source=None) | Q(source=article.source)
    for speaker, *called in Speaker.objects.filter(here).values_list(*_NAMES):
        for name in wanted.intersection(map(_folded, called)):
            bearers[name].add(_merged(speaker, into))
    aliases = SpeakerAlias.objects.filter(speaker__in=Speaker.objects.filter(here))
    for name, speaker in aliases.filter(folded__in=wanted).values_list(*_ALIASES):
        bearers[name].add(_merged(speaker, into))
    return {name: keys.pop() for name, keys in bearers.items() if len(keys) == 1}


_NAMES = ("pk", "name_ar", "name_en")
_ALIASES = ("folded", "speaker")
_folded = lru_cache(maxsize=2**16)(fold_key)


def _merged(speaker: int, into: dict[int, int]) -> int:
    """Return what a speaker was merged into at last."""
    while speaker in into:
        speaker = into[speaker]
    return speaker
