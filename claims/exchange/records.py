"""What one record of an imported or exported file says, whatever its format.

A `Record` is a small catalogue with statements in it: the rows that stand or fall
together. Each format reads a file into records (`Refusal` in the stead of one that it
cannot read) and writes records into a file; `claims.receiving` stores them.

Fields are named as the columns of the models and as `GLOSSARY.md` says, and mean the
same. Rows refer to each other by slug (sources, speakers, events, measures) or public
code (articles, quotes, claims); a reference may also go to a row of an earlier record
or of the base. An empty reference, word or tuple and a None are what is not stated.

A row whose slug or code is in the base already is left there as it is, and so are its
parts; so every record may carry the sources and speakers that it names. Where a file
has no slugs and codes, `slug_of` and `code_of` make the same ones of it in every run.

One row of a data set, with the report that it cites, is::

    Record(
        place=Place("deaths.csv", 2),
        sources=(SourceRow(slug="the-data-set", ...), SourceRow(slug="office", ...)),
        speakers=(SpeakerRow(slug="the-mayor", kind="PERSON", name_en="The mayor"),),
        events=(EventRow(slug="set-17", name_en="Flood at the harbour"),),
        measures=(MeasureRow(slug="set-17-deaths", event="set-17", ...),),
        articles=(
            ArticleRow(
                code=report, source="office", title="Flood", language="en",
                versions=(VersionRow(text="Office, 2 May: Flood", fetched_at=at),),
                derivations=(DerivationRow(kind="CITES", origin_speaker="the-mayor"),),
            ),
            ArticleRow(
                code=row, source="the-data-set", title="17", language="en",
                versions=(VersionRow(text=line, fetched_at=at),),
                derivations=(DerivationRow(kind="CITES", origin=report),),
            ),
        ),
        claims=(
            ClaimRow(
                code=code_of("c", "the-data-set", "17"), article=row,
                anchor=Anchor.at(line, cell), measure="set-17-deaths", unit="persons",
                low=Decimal(3), high=Decimal(9), qualifier="RANGE", basis="TABULATED",
            ),
        ),
    )
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any, TypeAlias

from django.utils.text import slugify

from sources.ingest.draft import Place, Refusal
from sources.models.columns import Anchor
from sources.models.versioned import CODE_ALPHABET, CODE_LENGTH
from sources.text.dates import PartialDate

__all__ = [
    "KINDS",
    "REFERENCES",
    "AliasRow",
    "Anchor",
    "ArticleRow",
    "ClaimRow",
    "DerivationRow",
    "EventRow",
    "LifeRow",
    "MeasureRow",
    "OwnVoiceRow",
    "PartialDate",
    "Place",
    "QuoteRow",
    "Record",
    "Refusal",
    "RoleRow",
    "Row",
    "SourceRow",
    "SpeakerRow",
    "TranslationRow",
    "VersionRow",
    "code_of",
    "key_of",
    "names_of",
    "slug_of",
]

_LONGEST_SLUG = 60


def code_of(prefix: str, *content: object) -> str:
    """Return the code that what a file says always gets, such as `c-7kq2mzp4xd`.

    `prefix` is a (article), q (quote) or c (claim). Whatever tells two rows apart
    belongs into the content: the name of the data set, its key there.
    """
    written = "\0".join(str(part) for part in content)
    number = int.from_bytes(hashlib.sha256(written.encode()).digest())
    letters = []
    for _position in range(CODE_LENGTH):
        number, letter = divmod(number, len(CODE_ALPHABET))
        letters.append(CODE_ALPHABET[letter])
    return f"{prefix}-{''.join(letters)}"


def slug_of(name: str, *, kind: str) -> str:
    """Return the slug that a name always gets; `kind` tells namesakes apart.

    Latin letters stay readable; a name without any gets a code.
    """
    readable = slugify(name)
    if readable and len(readable) <= _LONGEST_SLUG and name.isascii():
        return readable
    return f"{readable[:_LONGEST_SLUG]}-{code_of(kind, name)}".lstrip("-")


@dataclass(frozen=True, slots=True, kw_only=True)
class AliasRow:
    """Another name of a source or a speaker."""

    name: str
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """An office that publishes; one of the two names is needed."""

    slug: str
    kind: str
    name_ar: str = ""
    name_en: str = ""
    country: str = ""
    homepage: str = ""
    languages: tuple[str, ...] = ()
    note: str = ""
    is_training: bool = False
    aliases: tuple[AliasRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleRow:
    """What a speaker was; `organisation` is the slug of a speaker."""

    name_ar: str = ""
    name_en: str = ""
    organisation: str = ""
    speaks_for: bool = False
    held_from: PartialDate | None = None
    held_until: PartialDate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnVoiceRow:
    """A source that speaks in its own voice as the organisation."""

    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerRow:
    """Whose words are reported; an UNNAMED one belongs to a source.

    A `withheld` one is refused: a name is withheld by the chief editor of a base.
    """

    slug: str
    kind: str
    name_ar: str = ""
    name_en: str = ""
    wikidata: str = ""
    source: str = ""
    withheld: bool = False
    is_training: bool = False
    aliases: tuple[AliasRow, ...] = ()
    roles: tuple[RoleRow, ...] = ()
    own_voices: tuple[OwnVoiceRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """What happened, where, from when to when."""

    slug: str
    name_ar: str = ""
    name_en: str = ""
    place_ar: str = ""
    place_en: str = ""
    country: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    starts: PartialDate | None = None
    ends: PartialDate | None = None
    is_training: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureRow:
    """What numbers are claims of: who or what is counted, and what happened to them."""

    slug: str
    event: str
    counted: str
    happened: str
    unit: str
    nature: str
    name_ar: str = ""
    name_en: str = ""
    place: str = ""
    tolerance_days: int = 0
    part_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionRow:
    """A text of an article as it was fetched; of a table, the line of the row."""

    text: str
    fetched_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DerivationRow:
    """What an article takes from an article, a source or a speaker.

    `anchor` is the phrase that says so, in the text number `article_version`.
    """

    kind: str
    origin: str = ""
    origin_source: str = ""
    origin_speaker: str = ""
    article_version: int | None = None
    anchor: Anchor | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRow:
    """A published text, or a row of a table; its first version is needed.

    Of a report that is only cited, the citation as written is the text.
    """

    code: str
    title: str
    language: str
    source: str = ""
    url: str = ""
    byline: str = ""
    published: PartialDate | None = None
    published_origin: str = ""
    access: str = "OPEN"
    archive_url: str = ""
    retracted_on: dt.date | None = None
    retraction_notice: str = ""
    is_training: bool = False
    versions: tuple[VersionRow, ...] = ()
    derivations: tuple[DerivationRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslationRow:
    """The words of a statement in another language."""

    language: str
    words: str
    credit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeRow:
    """How a statement stands where the file was written.

    It is told and not taken over: what is received arrives recorded, and what was
    withdrawn or discarded is refused.
    """

    status: str
    published_at: dt.datetime | None = None
    withdrawn_at: dt.datetime | None = None
    withdrawal_kind: str = ""
    withdrawal_reason: str = ""
    replaces: str = ""
    replacement_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _StatementRow:
    """A span of a text with who said it; `article_version` counts texts from 1.

    An anchor is also given by its words alone, where these stand once in the text.
    """

    code: str
    article: str
    anchor: Anchor | str
    article_version: int = 1
    pieces: tuple[Anchor, ...] = ()
    speaker: str = ""
    speaker_anchor: Anchor | str | None = None
    role_words: str = ""
    rule: str = ""
    translations: tuple[TranslationRow, ...] = ()
    life: LifeRow | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteRow(_StatementRow):
    """The words attributed to a speaker."""

    kind: str
    language: str
    cue_anchor: Anchor | str | None = None
    said_on: PartialDate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow(_StatementRow):
    """A checkable assertion; one with a quantity has a qualifier and a unit."""

    quote: str = ""
    measure: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    best: Decimal | None = None
    qualifier: str = ""
    unit: str = ""
    quantity_anchor: Anchor | str | None = None
    qualifier_anchor: Anchor | str | None = None
    counted_anchor: Anchor | str | None = None
    predicate_anchor: Anchor | str | None = None
    holds: PartialDate | None = None
    denied: bool = False
    basis: str = "UNKNOWN"
    note: str = ""


Row: TypeAlias = (
    SourceRow | SpeakerRow | EventRow | MeasureRow | ArticleRow | QuoteRow | ClaimRow
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Rows that are stored together or not at all, each after what it refers to.

    `place` is where in the file they were read, for messages.
    """

    place: Place
    sources: tuple[SourceRow, ...] = ()
    speakers: tuple[SpeakerRow, ...] = ()
    events: tuple[EventRow, ...] = ()
    measures: tuple[MeasureRow, ...] = ()
    articles: tuple[ArticleRow, ...] = ()
    quotes: tuple[QuoteRow, ...] = ()
    claims: tuple[ClaimRow, ...] = ()


#: The kinds of rows in a record, in the order in which they are stored.
KINDS: dict[str, type[Row]] = {
    "sources": SourceRow,
    "speakers": SpeakerRow,
    "events": EventRow,
    "measures": MeasureRow,
    "articles": ArticleRow,
    "quotes": QuoteRow,
    "claims": ClaimRow,
}

#: The kind of rows that a field refers to.
REFERENCES = {
    "source": "sources",
    "speaker": "speakers",
    "event": "events",
    "measure": "measures",
    "part_of": "measures",
    "organisation": "speakers",
    "origin": "articles",
    "origin_source": "sources",
    "origin_speaker": "speakers",
    "quote": "quotes",
}


def key_of(row: Row) -> str:
    """Return the slug or the code of a row."""
    return row.code if hasattr(row, "code") else row.slug


def names_of(kind: type[Any]) -> tuple[str, ...]:
    """Return the names of the fields of a kind of rows or parts."""
    if kind not in _NAMES:
        _NAMES[kind] = tuple(each.name for each in fields(kind))
    return _NAMES[kind]


_NAMES: dict[type[Any], tuple[str, ...]] = {}
