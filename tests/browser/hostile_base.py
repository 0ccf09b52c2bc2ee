"""A base in whose every text field stands something that tries to be more than text."""

import datetime as dt
from itertools import cycle
from typing import Any

from django.db import transaction

from claims import recording, tasks
from claims.models import AboutText, Assessment, ErrorReport, Evidence
from sources import curation
from tests import factories as make
from tests import specs
from tests.admin.benching import suggested

HOSTILE = [case.values[0] for case in specs.rows("hostile_text")]
#: So many rows hold every text in columns of 120 characters; a list shows them all.
ALL_ROWS = 40
A_DAY = dt.date(2024, 5, 2)


class Texts:
    """Gives each field the next of the texts, behind a number to find it again by."""

    def __init__(self) -> None:
        self.given: list[str] = []
        self._next: dict[str, Any] = {}

    def __call__(self, field: str, limit: int = 400) -> str:
        """Return as many texts as fit, after those that the field was given last."""
        following = self._next.setdefault(field, cycle(HOSTILE))
        found = f"¤{len(self.given)}¤"
        for _ in HOSTILE:
            text = next(following)
            if len(found) + 1 + len(text) > limit:
                if len(found) > 8:  # the number alone is no text
                    break
                continue
            found += f" {text}"
        self.given.append(found)
        return found

    def names(self, field: str) -> dict[str, str]:
        return {f"name_{each}": self(f"{field}.{each}", 200) for each in ("en", "ar")}

    def all_of_them(self) -> str:
        """Return every text there is as one."""
        return self("all", 100_000)

    def day(self, field: str) -> dict[str, Any]:
        """The columns of a date in words that say no such thing."""
        words = {f"{field}_precision": "DAY", f"{field}_words": self(field, 120)}
        return {f"{field}_earliest": A_DAY, f"{field}_latest": A_DAY, **words}


@transaction.atomic  # what follows commits needs to follow but once
def a_hostile_base(n_rows: int) -> tuple[Texts, list[Any]]:
    """Fill the base by its processes; return what was given, and the public rows."""
    texts = Texts()
    found: list[Any] = []
    for number in range(n_rows):
        found += _around_a_claim(texts, texts.all_of_them() if number == 0 else "")
    _desk(texts, found)
    return texts, found


def _around_a_claim(texts: Texts, said: str) -> list[Any]:
    """A published claim and quote, and all that they reach."""
    source = make.a_source(**texts.names("source"), note=said or texts("source.note"))
    speaker = make.a_speaker(**texts.names("speaker"))
    make.a_source_alias(texts("source alias", 200), source=source)
    make.a_speaker_alias(texts("speaker alias", 200), speaker=speaker)
    make.a_role(speaker=speaker, **texts.names("role"))
    said = said or texts("said")
    article = make.an_article(
        source=source,
        text=f"{said}\n{make.ENGLISH}",
        title=texts("title", 500),
        byline=texts("byline", 300),
        **texts.day("published"),
    )
    place = {f"place_{each}": texts(f"place.{each}", 200) for each in ("en", "ar")}
    event = make.an_event(**texts.names("event"), **place, **texts.day("starts"))
    unit = texts("unit", 40)
    measure = make.a_measure(
        event=event,
        **texts.names("measure"),
        counted=texts("counted", 120),
        happened=texts("happened", 120),
        place=texts("measure place", 200),
        unit=unit,
    )
    version = article.versions.get()
    shared = {"version": version, "words": said, "speaker": speaker}
    quote = make.a_published_quote(**shared, **texts.day("said_on"))
    claim = make.a_recorded_claim(
        **shared, measure=measure, unit=unit, note=texts("note"), **texts.day("holds")
    )
    make.a_translation(
        claim=claim, words=texts("translation"), credit=texts("credit", 200)
    )
    claim.refresh_from_db()
    claim = make.review.approve(
        claim, note=texts("approval"), actor=make.a_reviewer(), at=make.PUBLISHED_AT
    )
    return [claim, quote, article, source, speaker, event, measure]


def _desk(texts: Texts, found: list[Any]) -> None:
    """What waits at the desk, and what was taken back."""
    claim, quote, article, *_others = found[:7]
    assessment = Assessment(
        claim=claim, rating="DISPUTED", summary=texts.all_of_them(), language="en"
    )
    evidence = [Evidence(url="https://example.org/", note=texts("evidence"))]
    chief = make.a_chief()
    row = recording.assess(
        assessment, evidence=evidence, actor=chief, at=make.PUBLISHED_AT
    )
    found.append(make.published(row, at=make.WITHDRAWN_AT))
    report = ErrorReport(quote=quote, message=texts("message", 2000))
    tasks.report_error(report, at=make.WITHDRAWN_AT)
    curation.retract(
        found[9], on=A_DAY, notice=texts("notice", 2000), actor=make.an_editor()
    )
    make.withdrawn(found[7], reason=texts("reason", 2000))
    about = AboutText(section="METHODOLOGY", language="en", text=texts.all_of_them())
    recording.add(about, actor=chief)
    make.a_derivation(article=article, origin=found[16])
    make.a_merge(speaker=make.a_speaker(**texts.names("merged")), into=found[11])
    waiting = make.a_recorded_claim(
        version=article.versions.get(),
        measure=claim.measure,
        unit=claim.unit,
        note=texts.all_of_them(),
    )
    make.review.send_back(
        waiting,
        note=texts("sent back", 2000),
        actor=make.a_reviewer(),
        at=make.PUBLISHED_AT,
    )
    suggested(
        article.versions.get(),
        "120 people crossed",
        low="120",
        high="120",
        qualifier="EXACT",
        unit=texts("unit", 40),
        named_words=texts("named"),
    )
