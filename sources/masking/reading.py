"""One person's reading: which names hide from them, and where."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from django.apps import apps
from django.core.exceptions import ValidationError

from sources.text.masks import Found, Mask, Names, found_in, merged, names_of
from sources.text.spans import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_VERSION = "sources.articleversion"

#: The names of the last reading in this process.
_last_known: Names = Names(())

_OPEN: ContextVar[Reading | None] = ContextVar("open", default=None)
_LIFTED: ContextVar[bool] = ContextVar("lifted", default=False)


class Decision(NamedTuple):
    """What a person said of one place in the text with this digest."""

    span: Span
    speaker: int
    kind: str
    sha256: str


def sha256_of(text: str) -> str:
    """Return the digest by which a decision knows the text that it is about."""
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


class Reading:
    """Says what one person may see, and remembers whose names they were shown.

    `knows` tells whether they may know withheld names, `records` whether they work
    with offsets of the stored texts. Cost, once a column is read that may hold a
    name: one query while nobody is withheld; else two, and one for each text that
    this process has not searched yet.
    """

    def __init__(
        self, *, knows: Callable[[], bool], records: Callable[[], bool]
    ) -> None:
        self._knows, self._records = knows, records
        self._masks: dict[int, Mask] = {}
        self.shown: set[int] = set()

    def __enter__(self) -> Reading:
        self._tokens = _OPEN.set(self), _LIFTED.set(False)
        return self

    def __exit__(self, *exception: object) -> None:
        opened, lifted = self._tokens
        _OPEN.reset(opened)
        _LIFTED.reset(lifted)

    def streamed(self, chunks: Iterable[Any]) -> Iterator[Any]:
        """Yield the parts of an answer that is made while it is sent."""
        iterator, end = iter(chunks), object()
        while True:
            with self:
                chunk = next(iterator, end)
            if chunk is end:
                return
            yield chunk

    def renew(self) -> None:
        """Ask anew who hides, and forget where: for an answer that takes its time."""
        self._masks.clear()
        for name in ("_pairs", "names", "speakers", "decisions"):
            vars(self).pop(name, None)

    # --- who hides from whom ---

    @cached_property
    def is_restricted(self) -> bool:
        """Whether withheld names are hidden from this reader."""
        with truth():
            return not self._knows()

    @cached_property
    def keeps_length(self) -> bool:
        """Whether a mark is as long as the name, so that every offset stays."""
        with truth():
            return self._records()

    @cached_property
    def _pairs(self) -> frozenset[tuple[int, str]]:
        speakers: Any = apps.get_model("sources", "Speaker")._default_manager
        rows = speakers.filter(withheld=True).values_list(
            "pk", "name_ar", "name_en", "aliases__name"
        )
        return frozenset((pk, name) for pk, *names in rows for name in names if name)

    @cached_property
    def names(self) -> Names:
        """All names that are withheld."""
        global _last_known  # noqa: PLW0603  # for the log, which asks no database
        _last_known = names_of(self._pairs)
        return _last_known

    @property
    def words(self) -> set[str]:
        """The withheld names as they are written."""
        return {name for _pk, name in self._pairs}

    @cached_property
    def speakers(self) -> frozenset[int]:
        """The keys of the speakers who are withheld."""
        return frozenset(pk for pk, _name in self._pairs)

    @cached_property
    def decisions(self) -> dict[tuple[str, int, str], list[Decision]]:
        """What persons said of places, by model, key and column."""
        found: dict[tuple[str, int, str], list[Decision]] = defaultdict(list)
        if not self.speakers:
            return found
        spans: Any = apps.get_model("sources", "WithheldSpan")._default_manager
        rows = spans.filter(ended_at=None).values_list(
            *("model", "object_id", "field"),
            *("start", "end", "speaker", "kind", "text_sha256"),
        )
        for model, key, field, start, end, *said in rows:
            found[model, key, field].append(Decision(Span(start, end), *said))
        return found

    @property
    def has_marks_by_hand(self) -> bool:
        """Whether words hide that no name tells."""
        return any(
            d.kind == "BY_HAND" for each in self.decisions.values() for d in each
        )

    # --- what hides ---

    def mask(self, found: Sequence[Found]) -> Mask:
        """Return the mask over places, and remember whose they are."""
        self.shown.update(*(place.bearers for place in found))
        return Mask(merged(place.span for place in found), self.keeps_length)

    def mask_in(self, text: str, key: tuple[str, int, str] | None = None) -> Mask:
        """Return what hides in a text; `key` names the column it stands in.

        Where a mark was made by hand and the text was altered since, all of it hides.
        """
        found = found_in(self.names, text)
        decided = self.decisions.get(key, ()) if key else ()
        if not decided:
            return self.mask(found)
        digest = sha256_of(text)
        lapsed = [d for d in decided if d.kind == "BY_HAND" and d.sha256 != digest]
        if lapsed:
            return self.mask(
                [Found(Span(0, len(text)), frozenset({d.speaker})) for d in lapsed]
            )
        return self.mask(_judged(found, [d for d in decided if d.sha256 == digest]))

    def mask_of(self, version: int, sha256: str | None = None) -> Mask:
        """Return what hides in the text of a version, which is never altered."""
        if version not in self._masks:
            sha256 = sha256 or _stored(version, "sha256")
            found = _in_version(self.names, sha256, version)
            decided = self.decisions.get((_VERSION, version, "text"), ())
            self._masks[version] = self.mask(_judged(found, decided))
        return self._masks[version]

    def marked_by_hand(self, version: int) -> Names:
        """Return the words of a version that a person marked, to find their copies."""
        decided = self.decisions.get((_VERSION, version, "text"), ())
        by_hand = [each for each in decided if each.kind == "BY_HAND"]
        text = _stored(version, "text") if by_hand else ""
        return names_of(frozenset((d.speaker, d.span.of(text)) for d in by_hand))

    def told(self, words: str) -> str:
        """Return words that no row holds, such as a message, as the reader sees them."""
        mask = self.mask_in(words)
        return mask.text(words) if self.is_restricted else words


def _judged(found: Iterable[Found], decided: Iterable[Decision]) -> tuple[Found, ...]:
    """Return the places that hide after what persons said of them."""
    by_kind = defaultdict(list)
    for each in decided:
        by_kind[each.kind].append(each)
    cleared = {(each.span, each.speaker) for each in by_kind["CLEARED"]}
    kept = (
        Found(
            each.span,
            each.bearers - {who for span, who in cleared if span == each.span},
        )
        for each in found
    )
    by_hand = (
        Found(each.span, frozenset({each.speaker})) for each in by_kind["BY_HAND"]
    )
    return (*(each for each in kept if each.bearers), *by_hand)


@lru_cache(maxsize=2**14)
def _in_version(names: Names, sha256: str, version: int) -> tuple[Found, ...]:
    """Return where names stand in a text, which its digest stands for."""
    del sha256
    return names.within(_stored(version, "text")) if names else ()


def _stored(version: int, column: str) -> str:
    versions: Any = apps.get_model("sources", "ArticleVersion")._default_manager
    stored: str = versions.filter(pk=version).values_list(column, flat=True).get()
    return stored


# --- the reading that is open ---


def reading_now() -> Reading | None:
    """Return the reading that is open; None outside of one, and where it is lifted."""
    return None if _LIFTED.get() else _OPEN.get()


def open_reading() -> Reading | None:
    """Return the reading of the request, lifted or not."""
    return _OPEN.get()


def is_restricted() -> bool:
    """Whether the request is of somebody from whom names hide, lifted or not."""
    reading = _OPEN.get()
    return reading is not None and bool(reading.speakers) and reading.is_restricted


def unnamed(line: str) -> str:
    """Return a line of a log without the names that were last known to be withheld."""
    spans = merged(found.span for found in _last_known.within(line))
    return Mask(spans, keeps_length=False).text(line)


@contextmanager
def truth() -> Iterator[None]:
    """Read what is stored: for processes. What they refuse with is masked again."""
    token = _LIFTED.set(True)
    try:
        yield
    except ValidationError as refusal:
        if is_restricted() and (reading := _OPEN.get()):
            _retell(refusal, reading)
        raise
    finally:
        _LIFTED.reset(token)


def _retell(refusal: ValidationError, reading: Reading) -> None:
    for error in _leaves(refusal):
        told = str(error.message)
        error.message = reading.told(told % error.params if error.params else told)
        error.params = None


def _leaves(refusal: ValidationError) -> Iterator[Any]:
    if hasattr(refusal, "error_dict"):
        for errors in refusal.error_dict.values():
            yield from errors
    else:
        yield from refusal.error_list
