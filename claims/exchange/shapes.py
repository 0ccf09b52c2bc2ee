"""What an entry of a fixture file may say, and the row that it becomes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from claims.models import (
    Assessment,
    Claim,
    Event,
    Evidence,
    Measure,
    Quote,
    Review,
    Suggestion,
    Translation,
)
from sources.models import (
    Article,
    ArticleVersion,
    Derivation,
    Role,
    Source,
    SourceAlias,
    Speaker,
    SpeakerAlias,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import Field, Model


@dataclass(frozen=True, slots=True)
class Shape:
    """The words an entry of one kind may use; all of them are names of columns.

    `columns`, `dates` and `anchors` describe the row itself, `steps` what is done
    with it later. An anchor is named by its column of words, a partial date by its
    prefix. `references` name the kind of entry that a column points to, `parts` the
    kind of the entries inside this one; `owner` is a part's column for its whole.
    `key` is the column that tells whether a base has the row already.
    """

    model: type[Model]
    columns: str
    key: str = ""
    owner: str = ""
    dates: str = ""
    anchors: str = ""
    steps: str = ""
    references: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)

    def field_of(self, name: str) -> Field[Any, Any]:
        """Return the column that a plain word of the entry is checked against."""
        model = ArticleVersion if name in _OF_THE_VERSION else self.model
        found: Field[Any, Any] = model._meta.get_field(name)  # type: ignore[assignment]  # no relations among them
        return found

    @property
    def plain(self) -> list[str]:
        """The words that stand for one column each, the key first."""
        return f"{self.key} {self.columns} {self.steps}".split()

    @property
    def known(self) -> set[str]:
        """Every word that an entry may use."""
        spans = f"{self.dates} {self.anchors}".split()
        return {*self.plain, *spans, *self.references, *self.parts}


_OF_THE_VERSION = {"text", "fetched_at"}
_NAMES = "name_ar name_en"
_LIFE = (
    "recorded_by recorded_at published_at "
    "withdrawn_at withdrawal_kind withdrawal_reason replacement_reason"
)

#: Kinds in the order of the replay: an entry refers to what comes before it.
KINDS: dict[str, Shape] = {
    "sources": Shape(
        Source,
        f"{_NAMES} kind country homepage languages note is_training",
        key="slug",
        parts={"aliases": "aliases of sources"},
    ),
    "speakers": Shape(
        Speaker,
        f"{_NAMES} kind wikidata is_training",
        key="slug",
        references={"source": "sources"},
        parts={"aliases": "aliases of speakers", "roles": "roles"},
    ),
    "events": Shape(
        Event,
        f"{_NAMES} place_ar place_en country latitude longitude is_training",
        key="slug",
        dates="starts ends",
    ),
    "measures": Shape(
        Measure,
        f"{_NAMES} counted happened place unit nature tolerance_days",
        key="slug",
        references={"event": "events", "part_of": "measures"},
    ),
    "articles": Shape(
        Article,
        "title language url byline published_origin access archive_url is_training",
        key="code",
        dates="published",
        steps="text fetched_at retracted_on retraction_notice",
        references={"source": "sources"},
        parts={"derivations": "derivations", "suggestions": "suggestions"},
    ),
    "quotes": Shape(
        Quote,
        "kind language role_words pieces",
        key="code",
        dates="said_on",
        anchors="words speaker_words cue_words",
        steps=_LIFE,
        references={"speaker": "speakers", "replaces": "quotes"},
        parts={"translations": "translations", "returned": "returns"},
    ),
    "claims": Shape(
        Claim,
        "role_words pieces low high best qualifier unit denied basis note",
        key="code",
        dates="holds",
        anchors="words speaker_words quantity_words qualifier_words "
        "counted_words predicate_words",
        steps=_LIFE,
        references={
            "speaker": "speakers",
            "quote": "quotes",
            "measure": "measures",
            "replaces": "claims",
        },
        parts={"translations": "translations", "returned": "returns"},
    ),
    "assessments": Shape(
        Assessment,
        "rating summary language",
        key="code",
        steps=_LIFE,
        references={"claim": "claims", "replaces": "assessments"},
        parts={"evidence": "evidence", "returned": "returns"},
    ),
}

#: Kinds of entries that stand inside another one.
PARTS: dict[str, Shape] = {
    "aliases of sources": Shape(SourceAlias, "name language", owner="source"),
    "aliases of speakers": Shape(SpeakerAlias, "name language", owner="speaker"),
    "roles": Shape(
        Role,
        f"{_NAMES} speaks_for recorded_at",
        owner="speaker",
        dates="held_from held_until",
        references={"organisation": "speakers"},
    ),
    "derivations": Shape(
        Derivation,
        "kind recorded_at",
        owner="article",
        anchors="words",
        references={
            "origin": "articles",
            "origin_source": "sources",
            "origin_speaker": "speakers",
        },
    ),
    "suggestions": Shape(
        Suggestion,
        "kind fields rule confidence",
        anchors="words speaker_words cue_words quantity_words qualifier_words "
        "counted_words predicate_words",
    ),
    "translations": Shape(Translation, "language words credit recorded_at"),
    "returns": Shape(Review, "note at"),
    "evidence": Shape(Evidence, "url note", references={"claim": "claims"}),
}
