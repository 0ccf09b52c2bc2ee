"""What a lint finds: a statement, what it is held against, and why that matters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from claims.models import Claim, Quote, Status
from sources.policy import Reader, sees_unpublished, visible_to

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Statement: TypeAlias = Claim | Quote


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding; `facts` fill the sentence of its lint.

    `against` is the other statement, where two are held against each other.
    """

    lint: str
    statement: Statement
    against: Statement | None = None
    facts: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Lint:
    """A named question to the base; its sentence explains each finding.

    `sentence` has a place for each of the finding's facts.
    """

    name: str
    title: Any
    explanation: Any
    sentence: Any
    find: Callable[[Scope], Iterable[Finding]]

    def told(self, finding: Finding) -> str:
        """Return the finding in one sentence of the reader's language."""
        return str(self.sentence % dict(finding.facts))


@dataclass(frozen=True, slots=True)
class Scope:
    """The statements that somebody asks about: published, and recorded to a desk."""

    reader: Reader

    def of(self, model: type[Claim] | type[Quote]) -> Any:
        """Return the statements of a kind with what a finding tells of them."""
        statuses = [Status.PUBLISHED]
        if sees_unpublished(self.reader):
            statuses.append(Status.RECORDED)
        rows = model.objects.with_provenance().filter(status__in=statuses)
        return visible_to(self.reader, rows).order_by("pk")
