"""Articles with a sentence each, and what was recorded of it, for links to be found."""

import datetime as dt
from typing import Any

from claims import matching
from claims.models import Claim, Measure, Quote, SuggestedLink
from tests import factories as make

DAY = dt.date(2024, 5, 2)


def an_article(text: str, *, day: dt.date = DAY, **columns: Any):
    """An article published on a day."""
    columns |= {"published_earliest": day, "published_latest": day}
    columns |= {"published_precision": "DAY", "published_origin": "STATED"}
    return make.a_version(text=text, **{"title": "News", **columns})


def a_claim(text: str, words: str, low: int, **columns: Any) -> Claim:
    """A recorded claim in an article of its own; `counted` and `happened` are words."""
    where = {name: columns.pop(name) for name in ("day", "source") if name in columns}
    counted, happened = columns.pop("counted", ""), columns.pop("happened", "")
    by = columns.pop("by", None) or make.a_contributor()
    version = an_article(text, **where)
    columns = {"measure": None, "unit": "persons", **columns}
    row = make.a_claim(version=version, words=words, low=low, **columns)
    row.counted_anchor = make.anchor(text, counted) if counted else None
    row.predicate_anchor = make.anchor(text, happened) if happened else None
    return make.recording.record(row, actor=by, at=make.RECORDED_AT)


def a_quote(text: str, words: str, **columns: Any) -> Quote:
    """A recorded quote in an article of its own."""
    where = {name: columns.pop(name) for name in ("day", "source") if name in columns}
    version = an_article(text, **where)
    return make.a_recorded_quote(version=version, words=words, **columns)


def a_measure(**columns: Any) -> Measure:
    """People killed at the market of Dana, on the second of May."""
    event = make.an_event(
        name_en="The strike on the market of Dana",
        place_en="Dana",
        place_ar="الدانا",
        starts_earliest=DAY,
        starts_latest=DAY,
        starts_precision="DAY",
    )
    columns = {"counted": "civilians", "happened": "killed", **columns}
    columns |= {"name_en": "Civilians killed", "name_ar": "قتلى المدنيين"}
    return make.a_measure(event=event, **columns)


def suggested() -> list[SuggestedLink]:
    """What is suggested by now and waits, the best first."""
    matching.refresh()
    return list(SuggestedLink.objects.open().order_by("-score", "pk"))
