"""What a record says as rows of the base that nobody has saved yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model, UniqueConstraint
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.exchange.records import (
    KINDS,
    REFERENCES,
    Anchor,
    Record,
    Refusal,
    key_of,
    names_of,
)
from claims.models import Claim, Event, Measure, Quote, Status, Translation
from claims.receiving.known import TABLES, Key, Known
from sources import history
from sources.ingest.draft import shown
from sources.ingest.storing import NO_TEXT, clean_text, digest_of
from sources.models import (
    Article,
    ArticleVersion,
    Derivation,
    OwnVoice,
    Role,
    Source,
    SourceAlias,
    Speaker,
    SpeakerAlias,
)
from sources.models.conditions import applies
from sources.text.spans import Span

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from django.contrib.auth.models import User

    from claims.exchange.records import ArticleRow, ClaimRow, QuoteRow, Row
    from claims.models import Batch

#: The models in the order in which their rows are inserted.
MODELS: tuple[type[Model], ...] = (
    *(Source, SourceAlias, Speaker, SpeakerAlias, Role, OwnVoice, Event, Measure),
    *(Article, ArticleVersion, Derivation, Quote, Claim, Translation),
)
_KINDS = {model: kind for kind, (model, _key) in TABLES.items()}
#: Of a statement here already, what may differ: how it stands, not what it says.
_OF_THE_BASE = {
    *("id", *Claim.LIFECYCLE, "recorded_by_id", "recorded_at", "batch_id"),
    *("replaces_id", "replacement_reason"),
}


@dataclass(frozen=True, slots=True)
class Receipt:
    """What all rows of one import have in common."""

    actor: User
    at: dt.datetime
    batch: Batch


@dataclass(slots=True)
class Built:
    """The rows of a record that the base has not; or why it has none of them."""

    record: Record
    new: list[Model] = field(default_factory=list)
    keys: list[Key] = field(default_factory=list)
    n_found: int = 0
    refusals: list[Refusal] = field(default_factory=list)

    def kinds(self) -> Iterator[str]:
        """Yield the kind of each new row that is no part of another."""
        for row in self.new:
            if kind := _KINDS.get(type(row)):
                yield kind


def built(record: Record, known: Known, receipt: Receipt) -> Built:
    """Return the rows that a record adds to what is known, each of them checked.

    Afterwards they are known too, unless the record is refused.
    """
    builder = _Builder(known, receipt, Built(record))
    for kind in KINDS:
        for row in getattr(record, kind):
            builder.take(kind, row)
    if builder.built.refusals:
        known.forget(builder.built.keys)
        builder.built.new.clear()
    else:
        known.keep(builder.built.keys)
    return builder.built


#: What is not set as it is given.
_SET_APART = {"article", "article_version", "pieces", "life"}


class _Builder:
    """Builds the rows of one record."""

    def __init__(self, known: Known, receipt: Receipt, built: Built) -> None:
        self.known, self.receipt, self.built = known, receipt, built
        self.taken: set[tuple[Any, ...]] = set()
        self.parts = {
            "aliases": self._alias,
            "roles": self._role,
            "own_voices": self._own_voice,
            "versions": self._version,
            "derivations": self._derivation,
            "translations": self._translation,
        }

    def take(self, kind: str, given: Row) -> None:
        """Build a row with its parts, or say why not; one that is here stays so."""
        key = key_of(given)
        try:
            here = self.known.get(kind, key)
            if here is None:
                self._take_new(kind, key, given)
            else:
                self.built.n_found += 1
                self._compare(kind, given, here)
        except Refusal as refusal:
            self._refuse(kind, key, refusal.field, refusal.reason)
        except ValidationError as error:
            for name, reason in _reasons(error):
                self._refuse(kind, key, name, reason)

    def _refuse(self, kind: str, key: str, name: str, reason: str) -> None:
        where = ".".join(filter(None, [kind, shown(key), name]))
        place = self.built.record.place
        self.built.refusals.append(Refusal(reason, field=where, place=place))

    def _take_new(self, kind: str, key: str, given: Any) -> None:
        _refuse_what_stays_there(given)
        row = self._row(kind, given)
        self._add(row)
        self._know(kind, key, row)
        if kind == "articles" and row.url:
            self._know_address(row)
        for name in names_of(type(given)):
            parts = getattr(given, name) if name in self.parts else ()
            for number, part in enumerate(parts, 1):
                self._add_part(name, row, part, number)

    def _add_part(self, name: str, owner: Any, part: Any, number: int) -> None:
        try:
            self._add(self.parts[name](owner, part, number))
        except (Refusal, ValidationError) as refusal:
            place = f"{name}.{number}"
            raise _within(place, refusal) from refusal

    def _add(self, row: Model) -> None:
        history.clean(row)
        self._refuse_twice(row)
        self.built.new.append(row)

    def _know(self, kind: str, key: Any, row: Model) -> None:
        self.known.add(kind, key, row)
        self.built.keys.append((kind, key))

    def _know_address(self, article: Article) -> None:
        if other := self.known.get("addresses", article.url):
            message = _("The article at this address is here as %(code)s.")
            raise Refusal(message % {"code": other.code}, field="url")
        self._know("addresses", article.url, article)

    def _refuse_twice(self, row: Model) -> None:
        """Refuse a part that the record gives one owner twice."""
        for constraint in row._meta.constraints:
            if isinstance(constraint, UniqueConstraint) and applies(constraint, row):
                values = (getattr(row, name) for name in constraint.fields)
                key = (constraint.name, *map(_identity, values))
                if key in self.taken and None not in key:
                    raise Refusal(str(constraint.get_violation_error_message()))
                self.taken.add(key)

    # --- one row ---

    def _row(self, kind: str, given: Row) -> Any:
        if kind in {"quotes", "claims"}:
            return self._statement(kind, given)  # type: ignore[arg-type]  # it is one
        return self._filled(TABLES[kind][0](), given)

    def _filled(self, row: Any, given: Any) -> Any:
        """Set the columns of a row as they are given; references are looked up."""
        for name in names_of(type(given)):
            value = getattr(given, name)
            if name in REFERENCES:
                value = self.known.referred(name, value)
            elif isinstance(value, tuple):
                value = list(value)
            elif name.endswith("anchor") and isinstance(value, str):
                value = _only_place(value, row.article_version.text, name)
            _refuse_no_text(value, name)
            if name not in self.parts.keys() | _SET_APART:
                setattr(row, name, value)
        return row

    def _statement(self, kind: str, given: QuoteRow | ClaimRow) -> Quote | Claim:
        row = Quote() if kind == "quotes" else Claim()
        row.article_version = self.known.version(given.article, given.article_version)
        self._filled(row, given)
        row.pieces = [[*piece.span, piece.words] for piece in given.pieces]
        row.recorded_by, row.recorded_at = self.receipt.actor, self.receipt.at
        row.batch = self.receipt.batch
        if isinstance(row, Claim) and row.quote is not None:
            self._refuse_quote_elsewhere(row, row.quote)
        return row

    @staticmethod
    def _refuse_quote_elsewhere(claim: Claim, quote: Quote) -> None:
        if _text_of(quote) != _text_of(claim):
            raise Refusal(_("The quote stands in another text."), field="quote")

    # --- its parts ---

    def _alias(self, owner: Any, given: Any, _number: int) -> Any:
        if isinstance(owner, Source):
            return self._filled(SourceAlias(source=owner), given)
        return self._filled(SpeakerAlias(speaker=owner), given)

    def _role(self, speaker: Any, given: Any, _number: int) -> Any:
        row = Role(speaker=speaker, recorded_at=self.receipt.at)
        return self._filled(row, given)

    def _own_voice(self, speaker: Any, given: Any, _number: int) -> Any:
        row = OwnVoice(speaker=speaker, recorded_at=self.receipt.at)
        return self._filled(row, given)

    def _version(self, article: Any, given: Any, number: int) -> Any:
        text = clean_text(given.text)
        row = ArticleVersion(article=article, number=number, text=text)
        row.sha256, row.fetched_at = digest_of(text), given.fetched_at
        self._know("versions", (article.code, number), row)
        return row

    def _derivation(self, article: Any, given: Any, _number: int) -> Any:
        row = Derivation(article=article, recorded_at=self.receipt.at)
        if given.article_version is not None:
            row.article_version = self.known.version(
                article.code, given.article_version
            )
        return self._filled(row, given)

    def _translation(self, statement: Any, given: Any, _number: int) -> Any:
        row = Translation(**{statement._meta.model_name: statement})
        row.translated_by, row.recorded_at = self.receipt.actor, self.receipt.at
        return self._filled(row, given)

    # --- what is here already ---

    def _compare(self, kind: str, given: Any, here: Any) -> None:
        """Refuse a statement or a text that says another thing than what is here."""
        if kind == "articles":
            self._compare_texts(given, here)
        elif kind in {"quotes", "claims"}:
            there = history.snapshot(here)
            for name, value in sorted(_said(self._statement(kind, given)).items()):
                if value != there[name]:
                    raise Refusal(str(_DIFFERS % {"name": name}), field=name)

    def _compare_texts(self, given: ArticleRow, here: Article) -> None:
        for number, version in enumerate(given.versions, 1):
            stored = self.known.get("versions", (given.code, number))
            if stored is None:
                self._add_part("versions", here, version, number)
            elif stored.sha256 != digest_of(clean_text(version.text)):
                message = _("This article is here with another text.")
                raise Refusal(message, field=f"versions.{number}.text")


def _said(statement: Quote | Claim) -> dict[str, Any]:
    """Return what a file says of a statement, by column; what it leaves out is unsaid.

    With a quantity an open side is said, and that nobody denies it always.
    """
    said = history.snapshot(statement)
    unsaid = history.snapshot(type(statement)())
    meant = {"denied", "low", "high"} if said.get("qualifier") else {"denied"}
    return {
        name: value
        for name, value in said.items()
        if name not in _OF_THE_BASE and (name in meant or value != unsaid[name])
    }


_DIFFERS = gettext_lazy(
    "It is here already with another value of “%(name)s”. "
    "What is here is edited or corrected here."
)


def _identity(value: Any) -> Any:
    """Return what tells values apart; rows without a key are not hashed."""
    return id(value) if isinstance(value, Model) else value


def _refuse_what_stays_there(given: Any) -> None:
    """Refuse what one base does not take over from another."""
    if getattr(given, "versions", None) == ():
        raise Refusal(_("An article needs its text."), field="versions")
    if getattr(given, "withheld", False):
        message = _("A name is withheld by the chief editor here, in no file.")
        raise Refusal(message, field="withheld")
    life = getattr(given, "life", None)
    if life and life.status not in {Status.RECORDED, Status.PUBLISHED}:
        message = _("It was taken back where this file was written.")
        raise Refusal(message, field="life.status")


def _refuse_no_text(value: Any, name: str) -> None:
    words = getattr(value, "words", value)
    for each in words if isinstance(words, list) else [words]:
        if isinstance(each, str) and (found := NO_TEXT.search(each)):
            message = _("The character U+%(code)04X is not text.")
            raise Refusal(message % {"code": ord(found.group())}, field=name)


def _only_place(words: str, text: str, name: str) -> Anchor:
    """Return the only place of words in a text."""
    start = text.find(words) if words else -1
    if start < 0:
        message = _("“%(words)s” does not stand in the text.")
        raise Refusal(message % {"words": shown(words)}, field=name)
    if text.find(words, start + 1) >= 0:
        message = _("“%(words)s” stands in the text more than once: say where.")
        raise Refusal(message % {"words": shown(words)}, field=name)
    return Anchor(Span(start, start + len(words)), words)


def _text_of(statement: Quote | Claim) -> tuple[str, int]:
    version = statement.article_version
    return version.article.code, version.number


def _reasons(error: ValidationError) -> Iterator[tuple[str, str]]:
    """Yield each field of a refusal with its reason; empty for the whole row."""
    if not hasattr(error, "error_dict"):
        yield from (("", reason) for reason in error.messages)
        return
    for name, reasons in error.message_dict.items():
        for reason in reasons:
            yield ("" if name == NON_FIELD_ERRORS else name), reason


def _within(part: str, refusal: Refusal | ValidationError) -> Refusal:
    """Return the first reason why a part is refused, with its place in the row."""
    if isinstance(refusal, Refusal):
        name, reason = refusal.field, refusal.reason
    else:
        name, reason = next(_reasons(refusal))
    return Refusal(reason, field=".".join(filter(None, [part, name])))
