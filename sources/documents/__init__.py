"""What files hold: text and metadata taken out of HTML, DOCX and PDF.

Parsers of such formats meet hostile input, so they run in a process of their own
(`sources.documents.child`) under limits; nothing here knows Django or the database.
"""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Self

MAX_BYTES = 10_000_000
"""The largest file or record that is read."""

MAX_TEXT = 2_000_000
"""The longest text that is taken out of one, in code points."""


class Reason(StrEnum):
    """Why nothing was taken out of a file."""

    TOO_LARGE = "TOO_LARGE"
    TOO_LONG = "TOO_LONG"
    TOO_SLOW = "TOO_SLOW"
    TOO_MUCH_MEMORY = "TOO_MUCH_MEMORY"
    TOO_DEEP = "TOO_DEEP"
    TOO_MANY_PARTS = "TOO_MANY_PARTS"
    UNPACKS_TOO_LARGE = "UNPACKS_TOO_LARGE"
    ENCRYPTED = "ENCRYPTED"
    DAMAGED = "DAMAGED"
    NOT_ITS_KIND = "NOT_ITS_KIND"
    NO_TEXT = "NO_TEXT"


class Unreadable(Exception):
    """Nothing was taken out of a file, for a reason."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Document:
    """What was taken out of a file; empty is what it does not state.

    Attributes:
        extractor: What took it out, with its version.
        published: The different days on which the page says it was published,
            as ISO 8601 writes them: none, one, or a contradiction.
    """

    text: str
    extractor: str
    title: str = ""
    byline: str = ""
    language: str = ""
    url: str = ""
    site: str = ""
    published: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The document as JSON has it."""
        return asdict(self)

    @classmethod
    def from_json(cls, fields: dict[str, Any]) -> Self:
        """The document that `to_json` wrote."""
        return cls(**{**fields, "published": tuple(fields["published"])})
