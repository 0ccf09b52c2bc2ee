"""What reading a file gives: drafts of articles, and refusals that say why not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sources.models import Access

if TYPE_CHECKING:
    import datetime as dt

    from sources.models import DateOrigin
    from sources.text.dates import PartialDate


_SHOWN = 60


class SourceOrigin(models.TextChoices):
    """Where the name of a draft's source was read."""

    GIVEN = "GIVEN", gettext_lazy("given with the article")
    SITE_NAME = "SITE_NAME", gettext_lazy("the name the page gives its site")
    CREDIT = "CREDIT", gettext_lazy("credited in the text")


def visible(words: str) -> str:
    """Foreign words with a mark in place of what cannot be seen, or turns lines round."""
    return "".join(char if char.isprintable() else "\ufffd" for char in words)


def shown(words: str) -> str:
    """Foreign words as a sentence may show them: visible and not long."""
    return visible(words[:_SHOWN]) + "…" * (len(words) > _SHOWN)


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was read, for messages; lines count from 1."""

    file: str
    line: int | None = None

    def __str__(self) -> str:
        file = visible(self.file)
        if self.line is None:
            return file
        return _("%(file)s, line %(line)d") % {"file": file, "line": self.line}


class Refusal(Exception):
    """Why something was not read: where, in which field, and the reason as a sentence.

    Raised where it is noticed, and handed out in a draft's stead.

    Attributes:
        field: As the record names it; empty when it is about the whole.
    """

    def __init__(
        self, reason: str, *, field: str = "", place: Place | None = None
    ) -> None:
        super().__init__(reason)
        self.reason, self.field = reason, field
        self.place = place or Place("")

    def __str__(self) -> str:
        where = filter(None, [str(self.place), self.field])
        return ": ".join([", ".join(where), self.reason])


class PassedOver(Refusal):
    """A file of a folder that plainly is no article: counted, and no failure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    r"""An article as it was read, before anybody decides about it.

    Empty is what was not stated; nothing is guessed. A title may be missing.

    Attributes:
        text: Whole and unaltered but for newlines, which are all ``\n``.
        language: A tag; ``und`` when neither page nor script tells it.
        published: With its `published_origin`; both or neither.
        source: A slug or name; with its `source_origin`; both or neither.
        original: The file that was read; empty for records and what was pasted.
        encoding: What the bytes were decoded with; empty for binary formats.
        extractor: What took the text out, with its version; empty for plain text.
        unconfirmed: Not to be read for numbers before a person compared it.
        remarks: Sentences about what was found and not taken.
    """

    place: Place
    text: str
    title: str = ""
    url: str = ""
    byline: str = ""
    language: str = ""
    published: PartialDate | None = None
    published_origin: DateOrigin | None = None
    source: str = ""
    source_origin: SourceOrigin | None = None
    access: Access = Access.OPEN
    archive_url: str = ""
    fetched_at: dt.datetime | None = None
    original: bytes = field(default=b"", repr=False)
    media_type: str = ""
    encoding: str = ""
    extractor: str = ""
    unconfirmed: bool = False
    remarks: tuple[str, ...] = ()
