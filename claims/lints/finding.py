"""What lints are: named questions, and the statements that they look at."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeAlias

from django.db.models import Q

from claims.models import Claim, Finding, Quote, Status
from claims.quantity import Qualifier, Quantity
from sources.forms.showing import NOTHING, reading_language
from sources.models.versioned import CODE_ALPHABET
from sources.policy import Reader, sees_unpublished, visible_to
from sources.text.dates import PartialDate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from claims.comparison import Comparison

Statement: TypeAlias = Claim | Quote
Fact: TypeAlias = Quantity | dt.date | Decimal | int | str | None
#: Of so many codes that two are the same is not to be expected in any base.
_CODE_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Scope:
    """The statements that somebody asks about: published, and recorded to a desk.

    `claims` and `quotes` narrow them; whoever narrows takes all claims of a measure
    and all measures of an event, or none.
    """

    reader: Reader
    claims: Q = field(default_factory=Q)
    quotes: Q = field(default_factory=Q)

    def of(self, model: type[Claim] | type[Quote]) -> Any:
        """Return the statements of a kind with what a finding tells of them."""
        narrowed = self.claims if model is Claim else self.quotes
        return self.everywhere(model).filter(narrowed)

    def everywhere(self, model: type[Claim] | type[Quote]) -> Any:
        """Return the same, however narrow the scope is."""
        statuses = [Status.PUBLISHED]
        if sees_unpublished(self.reader):
            statuses.append(Status.RECORDED)
        rows = model.objects.with_provenance().filter(status__in=statuses)
        return visible_to(self.reader, rows).order_by("pk")


@dataclass(frozen=True, slots=True)
class Lint:
    """A named question to the base; its sentence tells the facts of each finding.

    It either finds among the statements of a scope, or judges a comparison.
    """

    name: str
    title: Any
    explanation: Any
    sentence: Any
    find: Callable[[Scope], Iterable[Finding]] | None = None
    judge: Callable[[Comparison], Iterable[Finding]] | None = None

    def told(self, finding: Finding) -> str:
        """Return the finding in one sentence of the reader's language."""
        facts = {name: _in_words(value) for name, value in finding.facts.items()}
        return str(self.sentence % facts)


def found(
    lint: str,
    statement: Statement,
    facts: Mapping[str, Fact] | None = None,
    *,
    against: Claim | None = None,
) -> Finding:
    """Return a finding that nobody has stored."""
    kind = {"claim" if isinstance(statement, Claim) else "quote": statement}
    return Finding(
        lint=lint,
        code=_code(lint, statement.code, against.code if against else ""),
        against=against,
        facts={name: _written(value) for name, value in (facts or {}).items()},
        published_at=statement.published_at,
        **kind,
    )


def _code(*named: str) -> str:
    """Return the code of what a lint names: the same whenever it does."""
    digest = hashlib.sha256(" ".join(named).encode()).digest()
    letters = (CODE_ALPHABET[byte % len(CODE_ALPHABET)] for byte in digest)
    return f"f-{''.join(islice(letters, _CODE_LENGTH))}"


# --- facts as JSON, and in words ---


def _written(value: Fact) -> Any:
    match value:
        case Quantity(low, high, qualifier):
            bounds = [None if each is None else str(each) for each in (low, high)]
            return {"low": bounds[0], "high": bounds[1], "qualifier": qualifier.value}
        case dt.date():
            return {"day": value.isoformat()}
        case Decimal():
            return {"number": str(value)}
    return value


def _in_words(value: Any) -> Any:
    language = reading_language()
    match value:
        case None:
            return NOTHING
        case {"low": low, "high": high, "qualifier": qualifier}:
            low, high = (
                None if each is None else Decimal(each) for each in (low, high)
            )
            return Quantity(low, high, Qualifier(qualifier)).in_words(language)
        case {"day": day}:
            return PartialDate.day(dt.date.fromisoformat(day)).in_words(language)
        case {"number": number}:
            return Quantity.exactly(Decimal(number)).in_words(language)
    return value
