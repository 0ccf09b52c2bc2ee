"""Values that take several columns: partial dates and anchored words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, overload

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from sources.masking import is_restricted
from sources.text.dates import PartialDate, Precision
from sources.text.spans import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.db.models import Model


@dataclass(frozen=True, slots=True)
class Anchor:
    """Words and where they stand: `text[span.start:span.end] == words`."""

    span: Span
    words: str

    @classmethod
    def at(cls, text: str, span: Span) -> Anchor:
        """Return the anchor of a span of a text.

        Raises:
            SpanError: when the span reaches beyond the text.
        """
        return cls(span, span.of(text))


def refuse_misplaced(anchors: Callable[[], Iterable[Anchor]], text: str) -> None:
    """Refuse anchors whose words do not stand in the text at their span.

    Raises:
        ValidationError: naming the place and both readings.
    """
    try:
        read = [(each, text[each.span.start : each.span.end]) for each in anchors()]
    except (TypeError, ValueError) as refusal:
        message = _("A span needs a start before its end, and a piece its words.")
        raise ValidationError(message) from refusal
    for anchor, there in read:
        if there != anchor.words:
            reading = {
                "there": "…" if is_restricted() else there,
                "start": anchor.span.start,
                "end": anchor.span.end,
                "words": anchor.words,
            }
            message = _(
                "The text reads “%(there)s” at %(start)d:%(end)d, not “%(words)s”."
            )
            raise ValidationError(message % reading)


class PartialDateColumns:
    """Reads and writes `<prefix>_earliest`, `_latest`, `_precision`, `_words` as one.

    `None` means that no date is known.
    """

    def __init__(self, prefix: str) -> None:
        self._columns = tuple(
            f"{prefix}_{part}" for part in ("earliest", "latest", "precision", "words")
        )

    @overload
    def __get__(self, row: None, owner: type[Any]) -> PartialDateColumns: ...
    @overload
    def __get__(self, row: Model, owner: type[Any]) -> PartialDate | None: ...
    def __get__(
        self, row: Model | None, owner: type[Any]
    ) -> PartialDate | PartialDateColumns | None:
        if row is None:
            return self
        earliest, latest, precision, words = (getattr(row, c) for c in self._columns)
        if earliest is None:
            return None
        return PartialDate(earliest, latest, Precision(precision), words)

    def __set__(self, row: Model, date: PartialDate | None) -> None:
        for column, value in zip(self._columns, self.values_of(date), strict=True):
            setattr(row, column, value)

    @staticmethod
    def values_of(date: PartialDate | None) -> tuple[Any, ...]:
        """Return the four column values of a date."""
        if date is None:
            return None, None, "", ""
        return date.earliest, date.latest, str(date.precision), date.words


class AnchorColumns:
    """Reads and writes `<prefix>start`, `<prefix>end`, `<prefix>words` as one."""

    def __init__(self, prefix: str = "") -> None:
        self._columns = tuple(f"{prefix}{part}" for part in ("start", "end", "words"))

    @overload
    def __get__(self, row: None, owner: type[Any]) -> AnchorColumns: ...
    @overload
    def __get__(self, row: Model, owner: type[Any]) -> Anchor | None: ...
    def __get__(
        self, row: Model | None, owner: type[Any]
    ) -> Anchor | AnchorColumns | None:
        if row is None:
            return self
        start, end, words = self._columns
        if (first := getattr(row, start)) is None:
            return None
        return Anchor(Span(first, getattr(row, end)), getattr(row, words))

    def __set__(self, row: Model, anchor: Anchor | None) -> None:
        values = (
            (None, None, "")
            if anchor is None
            else (anchor.span.start, anchor.span.end, anchor.words)
        )
        for column, value in zip(self._columns, values, strict=True):
            setattr(row, column, value)
