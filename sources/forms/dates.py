"""Dates as people type them, whole or partial."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sources.text.dates import PartialDate, Precision
from sources.text.dating import dates
from sources.text.fold import fold_key
from sources.text.words import Words

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?"
    r"(Z|[+-][0-9]{2}:[0-9]{2})"
)
_NUMERIC = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d{1,2})", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)
_IN_WORDS = re.compile(r"(\d{1,2}) ([^\d]+?),? (\d{4})", re.ASCII)
#: What may stand before the first day of a period: from, between.
_LEADS = frozenset({"from", "between", "من", "بين"})
_LONGEST = 60
_N_MONTHS = 12

PRECISIONS = [
    ("", "—"),
    (str(Precision.DAY), gettext_lazy("day")),
    (str(Precision.MONTH), gettext_lazy("month")),
    (str(Precision.YEAR), gettext_lazy("year")),
    (str(Precision.PERIOD), gettext_lazy("period")),
]


@cache
def month_numbers() -> dict[str, int]:
    """Return every name of a month that dates are written with, folded, by number."""
    return {
        fold_key(name): month
        for language in ("en", "ar")
        for month in range(1, 13)
        for name in _names(month, language)
    }


def _names(month: int, language: str) -> list[str]:
    """Both names where a language has two, and both joined as we write them."""
    written = PartialDate.month(2000, month).in_words(language).removesuffix(" 2000")
    return [written, *written.split(" / ")]


def read_day(typed: str) -> dt.date:
    """Return the day that “2022-04-03”, “25/1/2022” or “3 نيسان 2022” names.

    Raises:
        ValidationError: for anything else; 03/04/2022 is March to some.
    """
    year, month, day = _year_month_day(fold_key(typed[:_LONGEST]))
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise ValidationError(
            _("“%s” is not a clear date. Write 2022-04-03 or 3 April 2022.")
            % typed[:_LONGEST]
        ) from None


def _year_month_day(folded: str) -> tuple[int, int, int]:
    """Return what is typed for each, zeros where it is not clear."""
    if iso := _ISO.fullmatch(folded):
        year, month, day = map(int, iso.groups())
        return year, month, day
    if words := _IN_WORDS.fullmatch(folded):
        return int(words[3]), month_numbers().get(words[2], 0), int(words[1])
    if numeric := _NUMERIC.fullmatch(folded):
        one, other, year = map(int, numeric.groups())
        if one == other or max(one, other) > _N_MONTHS:  # else both may be the month
            return year, min(one, other), max(one, other)
    return 0, 0, 0


def _date_in_text(typed: str) -> PartialDate | None:
    """Return the one date that a text would state with these words, and only these."""
    if len(typed) > _LONGEST:
        return None
    words = Words.of(typed)
    found = dates(words, dateline=None)
    if len(found) != 1:
        return None
    span, date = found[0].span, found[0].date
    around = Words.of(f"{typed[: span.start]} {typed[span.end :]}").forms
    return date if _LEADS.issuperset(around) else None


def read_date(typed: str) -> PartialDate:
    """Return the day, month, year or period that was typed.

    Besides what `read_day` reads: “2022”, “2022-01”, “كانون الثاني 2022”, “20-25
    January 2022”.

    Raises:
        ValidationError: for anything else; no day is added that was not typed.
    """
    folded = fold_key(typed[:_LONGEST])
    try:
        if _YEAR.fullmatch(folded):
            return PartialDate.year(int(folded))
        if month := _MONTH.fullmatch(folded):
            return PartialDate.month(int(month[1]), int(month[2]))
    except ValueError:
        pass
    date = None if _NUMERIC.fullmatch(folded) else _date_in_text(typed)
    if date is None:
        return PartialDate.day(read_day(typed))
    return replace(date, words="")


def is_moment(text: str) -> bool:
    """Tell whether a text has the form of a moment as ISO 8601 writes it."""
    return _MOMENT.fullmatch(text) is not None


def read_moment(text: str) -> dt.datetime:
    """Read a moment such as 2022-01-27T10:00:00Z, and return it in UTC.

    Raises:
        ValidationError: when it is none, or none in UTC.
    """
    message = _("Give a moment such as 2022-01-27T10:00:00Z, or a day.")
    if not is_moment(text):
        raise ValidationError(message, code="not-a-moment")
    try:
        return dt.datetime.fromisoformat(text).astimezone(dt.UTC)
    except (ValueError, OverflowError) as reason:
        raise ValidationError(message, code="not-a-moment") from reason


class DayField(forms.DateField):
    """One day, typed as an ISO date or with the name of the month."""

    widget = forms.DateInput(
        attrs={
            "dir": "ltr",
            "placeholder": "YYYY-MM-DD",
            "class": "day",
            "data-read-as": "day",
        }
    )

    def to_python(self, value: Any) -> dt.date | None:
        """Return the day; None when nothing was typed."""
        if isinstance(value, str):
            return read_day(value) if value.strip() else None
        return super().to_python(value)


class DateField(forms.CharField):
    """A day, month, year or period, as `read_date` reads what is typed."""

    def to_python(self, value: Any) -> Any:
        """Return the date; None when nothing was typed."""
        typed = super().to_python(value)
        return read_date(typed) if typed else None


class PartialDateWidget(forms.MultiWidget):
    """First day, last day, precision and words in one line."""

    template_name = "admin/widgets/group.html"

    def __init__(self) -> None:
        labels = (_EARLIEST, _LATEST, _PRECISION, _WORDS)
        day = {"dir": "ltr", "placeholder": "YYYY-MM-DD", "class": "day"}
        super().__init__(
            {
                "earliest": forms.DateInput(
                    {**day, "aria-label": labels[0], "data-read-as": "date"}
                ),
                "latest": forms.DateInput(
                    {**day, "aria-label": labels[1], "data-read-as": "day"}
                ),
                "precision": forms.Select({"aria-label": labels[2]}, PRECISIONS),
                "words": forms.TextInput(
                    {
                        "dir": "auto",
                        "class": "words",
                        "aria-label": labels[3],
                        "placeholder": labels[3],
                    }
                ),
            }
        )

    def decompress(self, value: PartialDate | None) -> list[Any]:
        """Return the four values of a date."""
        if value is None:
            return [None, None, "", ""]
        return [value.earliest, value.latest, str(value.precision), value.words]


_EARLIEST = gettext_lazy("first day")
_LATEST = gettext_lazy("last day")
_PRECISION = gettext_lazy("precision")
_WORDS = gettext_lazy("words of the text")


class PartialDateField(forms.MultiValueField):
    """A date as exactly as a text states it, validated as one value.

    The first day and a precision are enough for a day, a month or a year; the
    last day follows from them. All that a date says may be typed for the first day.
    """

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _PARTIAL_DATE_HELP)
        super().__init__(
            fields=(
                DateField(required=False),
                DayField(required=False),
                forms.ChoiceField(choices=PRECISIONS, required=False),
                forms.CharField(max_length=120, required=False),
            ),
            widget=PartialDateWidget(),
            required=False,
            require_all_fields=False,
            **options,
        )

    def compress(self, values: list[Any]) -> PartialDate | None:
        """Return the date; None when nothing was typed.

        Raises:
            ValidationError: when the days are not a whole day, month or year.
        """
        if not any(values):
            return None
        typed: PartialDate | None
        typed, latest, precision, words = values
        if typed is None:
            raise ValidationError(_("A date needs its first day."))
        if not (latest or precision):
            return replace(typed, words=words or "")
        precision = Precision(precision or Precision.PERIOD)
        return _partial_date(typed.earliest, latest, precision, words or "")


_PARTIAL_DATE_HELP = gettext_lazy(
    "First day, last day, precision, words of the text. A date may be typed as it is "
    "written instead of the first day: January 2022, 20-25 January 2022, 2022."
)


def _partial_date(
    earliest: dt.date, latest: dt.date | None, precision: Precision, words: str
) -> PartialDate:
    whole = {
        Precision.DAY: lambda: PartialDate.day(earliest, words),
        Precision.MONTH: lambda: PartialDate.month(
            earliest.year, earliest.month, words
        ),
        Precision.YEAR: lambda: PartialDate.year(earliest.year, words),
        Precision.PERIOD: lambda: PartialDate.period(
            earliest, latest or earliest, words
        ),
    }
    try:
        date = whole[precision]()
        latest = latest or date.latest
        return PartialDate(earliest, latest, precision, words)
    except ValueError:
        raise ValidationError(
            _("From %(earliest)s to %(latest)s is not one whole %(precision)s.")
            % {
                "earliest": earliest,
                "latest": latest,
                "precision": dict(PRECISIONS)[str(precision)],
            }
        ) from None
