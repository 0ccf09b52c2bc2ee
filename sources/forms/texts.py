"""Texts, and places in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sources.forms.numbers import WholeNumberField
from sources.history import LONGEST_REASON
from sources.models.columns import Anchor
from sources.models.versioned import language_tag
from sources.text.fold import fold_key
from sources.text.spans import Span, SpanError

if TYPE_CHECKING:
    from collections.abc import Iterator

_LISTED = 6
_HIGHEST = 2**31 - 1


def _unix(text: str) -> str:
    r"""Return a text with `\n` for the newlines that a browser posts."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


class PassageField(forms.CharField):
    r"""A text of several lines; a browser's `\r\n` is no change of it."""

    def to_python(self, value: Any) -> str:
        r"""Return the text with `\n` for every newline."""
        return _unix(super().to_python(value) or "")


class NoteField(PassageField):
    """A reason or a note, as long as the log takes it."""

    def __init__(self, **options: Any) -> None:
        attrs = {"rows": 3, "dir": "auto", "class": "vLargeTextField"}
        super().__init__(
            max_length=LONGEST_REASON, widget=forms.Textarea(attrs), **options
        )


class LanguagesField(forms.CharField):
    """Language tags with commas between them; a list of tags in Python."""

    def __init__(self, **options: Any) -> None:
        # the model's JSON field would bring its encoder along
        kept = {"label", "help_text", "initial"}
        super().__init__(
            required=False,
            widget=forms.TextInput({"dir": "ltr", "placeholder": "ar, en"}),
            **{name: options[name] for name in kept & set(options)},
        )

    def to_python(self, value: Any) -> Any:
        """Return the list of tags.

        Raises:
            ValidationError: naming what is no tag.
        """
        tags = [tag for tag in re.split(r"[\s,،]+", value or "") if tag]
        for tag in tags:
            language_tag(tag)
        return tags

    def prepare_value(self, value: Any) -> Any:
        """Return what the input shows."""
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Tell whether other tags were typed."""
        return super().has_changed(initial or [], data)

    def run_validators(self, value: Any) -> None:
        """Each tag was checked already."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where words are said to stand: by two offsets, or by the words themselves."""

    start: int | None
    end: int | None
    words: str

    def anchor(self, text: str, *, within: Span | None = None) -> Anchor:
        """Return the anchor of this place in a text.

        Words that stand at several places stand for the one inside `within`, or
        for the one at `start`.

        Raises:
            ValidationError: when the place is not in the text or cannot be told.
        """
        if self.words:
            return Anchor.at(text, self._found(text, within))
        if self.start is None or self.end is None:
            raise ValidationError(_("A span needs its start and its end."))
        try:
            return Anchor.at(text, Span(self.start, self.end))
        except SpanError:
            raise ValidationError(
                _(
                    "The text has no span from %(start)d to %(end)d; it ends at %(last)d."
                )
                % {"start": self.start, "end": self.end, "last": len(text)}
            ) from None

    def _found(self, text: str, within: Span | None) -> Span:
        places = list(islice(_occurrences(text, self.words), _LISTED))
        inside = [place for place in places if within and within.contains(place)]
        here = [place for place in places if place.start == self.start]
        for group in (here, inside, places):
            if len(group) == 1:
                return group[0]
        if not places:
            raise ValidationError(_("These words do not stand in the text."))
        listed = ", ".join(f"{place.start}–{place.end}" for place in places)
        raise ValidationError(
            _("These words stand in several places: %s. Give the start and the end.")
            % listed
        )


def _occurrences(text: str, words: str) -> Iterator[Span]:
    start = text.find(words)
    while start >= 0:
        yield Span(start, start + len(words))
        start = text.find(words, start + 1)


class SpanWidget(forms.MultiWidget):
    """Start and end, the words that stand there, and words to look for."""

    template_name = "admin/widgets/span.html"

    def __init__(self) -> None:
        number = {"inputmode": "numeric", "dir": "ltr", "class": "offset"}
        super().__init__(
            {
                "start": forms.TextInput(
                    {**number, "placeholder": _START, "aria-label": _START}
                ),
                "end": forms.TextInput(
                    {**number, "placeholder": _END, "aria-label": _END}
                ),
                "find": forms.TextInput(
                    {
                        "dir": "auto",
                        "class": "words",
                        "placeholder": _FIND,
                        "aria-label": _FIND,
                    }
                ),
            }
        )

    def decompress(self, value: Anchor | None) -> list[Any]:
        """Return the offsets of an anchor; there is nothing to look for."""
        return [value.span.start, value.span.end, ""] if value else [None, None, ""]

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Add the words that stand there now."""
        context = super().get_context(name, value, attrs)
        context["words"] = value.words if isinstance(value, Anchor) else ""
        return context


_START, _END = gettext_lazy("start"), gettext_lazy("end")
_FIND = gettext_lazy("or the words, as they stand in the text")


class SpanField(forms.MultiValueField):
    """A place in a text; the form knows which text and makes it an anchor."""

    def __init__(self, **options: Any) -> None:
        offsets = [
            WholeNumberField(min_value=0, max_value=_HIGHEST, required=False)
            for _side in ("start", "end")
        ]
        super().__init__(
            fields=(*offsets, PassageField(required=False, strip=False)),
            widget=SpanWidget(),
            require_all_fields=False,
            **{"required": False, **options},
        )

    def compress(self, values: list[Any]) -> Place | None:
        """Return the place; None when nothing was typed."""
        start, end, words = values or (None, None, "")
        if start is None and end is None and not (words or "").strip():
            return None
        return Place(start, end, (words or "").strip())


class PiecesField(forms.CharField):
    """The inner spans of a split quotation, as “12-40, 55-80”."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            **{
                "required": False,
                "widget": forms.TextInput(
                    {"dir": "ltr", "placeholder": "12-40, 55-80"}
                ),
                **options,
            }
        )

    def to_python(self, value: Any) -> Any:
        """Return the places in their order.

        Raises:
            ValidationError: for what is no list of spans.
        """
        folded = fold_key(value or "")
        pairs = re.findall(r"(\d{1,9})\s*[-–:]\s*(\d{1,9})", folded, re.ASCII)
        rest = re.sub(r"\d{1,9}\s*[-–:]\s*\d{1,9}", "", folded, flags=re.ASCII)
        if rest.strip(" ,،;"):
            raise ValidationError(_("Write pieces as 12-40, 55-80."))
        return [Place(int(start), int(end), "") for start, end in pairs]

    def prepare_value(self, value: Any) -> Any:
        """Return what the input shows."""
        if isinstance(value, list):
            return ", ".join(f"{start}-{end}" for start, end, _words in value)
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Tell whether other offsets were typed."""
        places = [Place(start, end, "") for start, end, _words in initial or []]
        return super().has_changed(places, data)

    def run_validators(self, value: Any) -> None:
        """Each piece was read already."""
