"""Files out of a base and into another, and what that led to."""

import hashlib
import io
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from django.contrib.auth.models import AnonymousUser

from claims.exchange.exporting import exported
from claims.exchange.formats import FORMATS
from claims.models.guards import GUARDS as OF_CLAIMS
from claims.receiving import Outcome, ReceivedFile, receive
from sources.models.guards import GUARDS as OF_SOURCES
from sources.verification import Verification
from tests import databases
from tests import factories as make


def exporting(form: str, reader: Any = None, **filters: str) -> bytes:
    """A file as somebody may have it; as the public, unless it is said who reads."""
    return b"".join(exported(FORMATS[form], reader or AnonymousUser(), filters))


def importing(form: str, content: bytes, **options: Any) -> list[Outcome]:
    digest = hashlib.sha256(content).hexdigest()
    name = f"statements.{form}"
    options = {"actor": make.an_editor(), "at": make.PUBLISHED_AT, **options}
    read = FORMATS[form].read
    assert read is not None
    records = read(io.BytesIO(content), name, make.FETCHED_AT)
    return list(receive(records, ReceivedFile(name, digest, form), **options))


def refused(outcomes: list[Outcome], form: str = "ndjson") -> list[str]:
    """The refusals as a person reads them, without the name of the file."""
    told = []
    for outcome in outcomes:
        for each in outcome.refusals:
            each.field = FORMATS[form].told(each.field)
            told.append(str(each).partition(", ")[2])
    return told


def problems() -> list[str]:
    """What `verify` finds, but for the accounts that factories make past the log."""
    found = Verification(guards=(*OF_SOURCES, *OF_CLAIMS)).of_everything()
    return [str(each) for each in found if not each.record.startswith("auth.")]


@contextmanager
def a_base(blocker: Any, folder: Path) -> Iterator[None]:
    """A migrated base of its own, with nothing in it."""
    folder.mkdir()
    copy: AbstractContextManager[None] = databases.fresh_copy(folder)
    with blocker.unblock(), copy:
        yield
