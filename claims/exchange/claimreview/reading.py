"""Verdicts of others, read from ClaimReview as it is found, not as it ought to be.

What nobody stated is None or empty: no scale is completed, no date is guessed, a
reversed scale stays as it is given. What was stated and could not be read is told in
the remarks. A verdict without words of a claim, or without any rating, is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from claims.exchange.claimreview.documents import Found, bare, reviews, types_of
from sources.ingest.draft import Refusal, shown
from sources.text.dates import PartialDate
from sources.text.dating import dates
from sources.text.fold import fold_key
from sources.text.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sources.ingest.draft import Place

_LONGEST_DATE = 60
_YEAR_OR_MONTH = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?", re.ASCII)
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,15})?", re.ASCII)
_NO_TEXT = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Whom a verdict names; `kind` is “Person”, “Organization” or empty."""

    name: str
    kind: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """Where a claim stands, or stood first."""

    url: str
    title: str = ""
    published: PartialDate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenRating:
    """A rating as it is given; `worst` is above `best` on a reversed scale."""

    name: str = ""
    value: Decimal | None = None
    worst: Decimal | None = None
    best: Decimal | None = None

    @property
    def share(self) -> Decimal | None:
        """How far the value is from the worst to the best: 0 to 1.

        Null where the scale is not given whole, and for a value beside it.
        """
        value, worst, best = self.value, self.worst, self.best
        if value is None or worst is None or best is None or worst == best:
            return None
        share = (value - worst) / (best - worst)
        return share if 0 <= share <= 1 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class OthersReview:
    """A verdict of somebody else on a claim, and where it was read.

    `claimed` are the words of the claim, `speaker` is who made it, `said_on` when.
    """

    place: Place
    claimed: str
    rating: GivenRating
    language: str = ""
    url: str = ""
    author: Voice | None = None
    published: PartialDate | None = None
    body: str = ""
    speaker: Voice | None = None
    said_on: PartialDate | None = None
    appearances: tuple[Appearance, ...] = ()
    first_appearance: Appearance | None = None
    remarks: tuple[str, ...] = ()


def read(stream: IO[bytes], file: str) -> Iterator[OthersReview | Refusal]:
    """Yield every verdict of a file, or why one cannot be used, with its line."""
    for found in reviews(stream, file):
        if isinstance(found, Refusal):
            yield found
            continue
        try:
            yield _review(found)
        except Refusal as refusal:
            refusal.place = found.place
            yield refusal


def _review(found: Found) -> OthersReview:
    remarks: list[str] = []
    node = _Node(found.raw, found.named, remarks)
    item = node.part("itemReviewed")
    claimed = node.text("claimReviewed") or item.text("text")
    if not claimed:
        raise Refusal(_("This is missing."), field="claimReviewed")
    return OthersReview(
        place=found.place,
        claimed=claimed,
        rating=_rating(node),
        language=_language(node),
        url=node.address("url"),
        author=_voice(node, "author"),
        published=node.date("datePublished"),
        body=node.text("reviewBody"),
        speaker=_voice(item, "author"),
        said_on=item.date("datePublished"),
        appearances=tuple(_appearances(item, "appearance")),
        first_appearance=next(_appearances(item, "firstAppearance"), None),
        remarks=tuple(remarks),
    )


def _rating(node: _Node) -> GivenRating:
    part = node.part("reviewRating")
    value, stated = part.number("ratingValue"), part.text("ratingValue")
    name = part.text("alternateName") or part.text("name")
    if value is None:
        name = name or stated or node.text("reviewRating")
    if value is None and not name:
        raise Refusal(_("This is missing."), field="reviewRating")
    worst, best = part.number("worstRating"), part.number("bestRating")
    return GivenRating(name=name, value=value, worst=worst, best=best)


def _language(node: _Node) -> str:
    part = node.part("inLanguage")
    return node.text("inLanguage") or part.text("alternateName") or part.text("name")


def _voice(node: _Node, name: str) -> Voice | None:
    part = node.part(name)
    called = part.text("name") or node.text(name)
    if not called:
        return None
    kind = next((each for each in types_of(part.raw) if each in _KINDS), "")
    return Voice(
        name=called, kind=kind, url=part.address("url") or part.address("sameAs")
    )


_KINDS = {"Person", "Organization"}


def _appearances(item: _Node, name: str) -> Iterator[Appearance]:
    for each in item.values(name):
        if isinstance(each, str):
            if url := item.checked(each, name):
                yield Appearance(url=url)
        elif isinstance(each, dict):
            part = _Node(each, item.named, item.remarks)
            if url := part.address("url") or part.address("@id"):
                title = part.text("headline") or part.text("name")
                published = part.date("datePublished")
                yield Appearance(url=url, title=title, published=published)


@dataclass(frozen=True, slots=True)
class _Node:
    """An object, read by the bare names of schema.org; remarks say what was unreadable."""

    raw: dict[str, Any]
    named: dict[str, dict[str, Any]]
    remarks: list[str]

    def values(self, name: str) -> list[Any]:
        """Return what is stated under a name, ids and values of JSON-LD resolved."""
        for key, stated in self.raw.items():
            if bare(key) == name:
                several = stated if isinstance(stated, list) else [stated]
                return [self._resolved(value) for value in several]
        return []

    def _resolved(self, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        if "@value" in value:
            return value["@value"]
        known = self.named.get(str(value.get("@id")))
        return known if known is not None and len(value) == 1 else value

    def text(self, name: str) -> str:
        """Return the first text under a name.

        Raises:
            Refusal: for characters that no text has.
        """
        for value in self.values(name):
            if isinstance(value, str) and value.strip():
                if _NO_TEXT.search(value):
                    raise Refusal(
                        _("It holds characters that no text has."), field=name
                    )
                return value.strip()
        return ""

    def part(self, name: str) -> _Node:
        """Return the first object under a name; an empty one for none."""
        objects = (each for each in self.values(name) if isinstance(each, dict))
        return _Node(next(objects, {}), self.named, self.remarks)

    def number(self, name: str) -> Decimal | None:
        """Return the number under a name; null for none, and for words."""
        written = fold_key(self.text(name)[:_LONGEST_DATE])
        return Decimal(written) if _NUMBER.fullmatch(written) else None

    def address(self, name: str) -> str:
        """Return the address under a name, if a browser could go there."""
        return self.checked(self.text(name), name)

    def checked(self, address: str, name: str) -> str:
        """Return an http address; another one is told and left."""
        try:
            is_one = urlsplit(address).scheme in {"http", "https"}
        except ValueError:
            is_one = False
        if address and not is_one:
            self._tell(name, address, _("is no address of a page"))
        return address if is_one else ""

    def date(self, name: str) -> PartialDate | None:
        """Return the date under a name, as exactly as it is written."""
        written = self.text(name)[:_LONGEST_DATE]
        if not written:
            return None
        found = _iso(written) or _written(written)
        if found is None:
            self._tell(name, written, _("is no clear date"))
        return found

    def _tell(self, name: str, stated: str, reason: str) -> None:
        self.remarks.append(f"{name}: “{shown(stated)}” {reason}")


def _iso(written: str) -> PartialDate | None:
    """Return a bare year or month; days are read as anywhere else."""
    found = _YEAR_OR_MONTH.fullmatch(written)
    try:
        if found and found[2]:
            return PartialDate.month(int(found[1]), int(found[2]))
        return PartialDate.year(int(found[1])) if found else None
    except ValueError:
        return None


def _written(written: str) -> PartialDate | None:
    stated = dates(Words.of(written), dateline=None)
    date = stated[0].date if len(stated) == 1 else None
    return replace(date, words="") if date else None
