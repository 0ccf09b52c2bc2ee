"""Columns and checks that many tables share."""

from __future__ import annotations

import secrets
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.base import ModelState
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sources.models.columns import PartialDateColumns

if TYPE_CHECKING:
    import datetime as dt

#: No vowels and no look-alikes: a code never spells a word and survives being read out.
CODE_ALPHABET = "23456789bcdfghjkmnpqrstvwxz"
CODE_LENGTH = 10

language_tag = RegexValidator(
    r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
    _("A language is a tag such as “ar”, “en” or “ku-Latn”."),
)
sha256_hex = RegexValidator(r"^[0-9a-f]{64}$", _("A SHA-256 is 64 hexadecimal digits."))


def random_code(prefix: str) -> str:
    """Return a public code such as `c-7kq2mzp4xd`: 27 ** 10 possibilities."""
    letters = (secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
    return f"{prefix}-{''.join(letters)}"


@cache
def partial_dates(model: type[models.Model]) -> list[PartialDateColumns]:
    """Return the partial dates of a model."""
    attributes = chain.from_iterable(vars(base).values() for base in model.__mro__)
    return [value for value in attributes if isinstance(value, PartialDateColumns)]


class Logged(models.Model):
    """A row whose every write has an entry in the log (`sources.history`).

    `UNLOGGED` names the columns that a snapshot leaves out, because another
    logged column (a digest) stands for them.
    """

    UNLOGGED: tuple[str, ...] = ()

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db: str | None, field_names: Any, values: Any) -> Self:  # type: ignore[override]  # stubs are of a later Django
        """Return a row as it is stored, without taking its columns for new values.

        Django sets them one by one, each past its mask: a sixth of the time of a list. What
        it does beside is to announce every row, to which nothing of ours listens.
        """
        row = cls.__new__(cls)
        row._state = ModelState()
        row._state.adding, row._state.db = False, db
        row.__dict__.update(zip(field_names, values, strict=True))
        return row

    def clean(self) -> None:
        """Refuse partial dates that are no date: a “day” of a month, for example."""
        super().clean()
        try:
            for dates in partial_dates(type(self)):
                dates.__get__(self, type(self))
        except (AttributeError, TypeError, ValueError) as refusal:
            message = _("The days of a date are not those that its precision states.")
            raise ValidationError(message) from refusal


class Versioned(Logged):
    """A row that several people may change, guarded by an optimistic version.

    A write names the version it was read at and is refused when the row has
    moved on; the database refuses any update that does not step it by one.
    """

    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        abstract = True


class Recorded(Logged):
    """A fact that is never edited: it is recorded, and it may be ended.

    `ended_at` is null while the fact stands; correcting one means ending it and
    recording another, so that any past day can be shown as it was.
    """

    recorded_at = models.DateTimeField(_("recorded at"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    class Meta:
        abstract = True


def standing(moment: dt.datetime | None) -> models.Q:
    """Return the condition on `Recorded` rows that stand; given a moment, that stood."""
    if moment is None:
        return models.Q(ended_at=None)
    lasted = models.Q(ended_at=None) | models.Q(ended_at__gt=moment)
    return models.Q(lasted, recorded_at__lte=moment)


class Bilingual(models.Model):
    """A name in Arabic, in English or in both; at least one is required."""

    name_ar = models.CharField(_("Arabic name"), max_length=200, blank=True)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language, or in the other where it is missing.

        Empty while a form is refused that gives neither.
        """
        arabic_first = (get_language() or "").startswith("ar")
        first, second = self.name_ar, self.name_en
        return first or second if arabic_first else second or first

    @property
    def other_name(self) -> str:
        """The name in the other language; empty when there is none."""
        return {self.name_ar: self.name_en, self.name_en: self.name_ar}[self.name]


class TrainingMark(models.Model):
    """Marks invented rows, so that they are labelled wherever they show."""

    is_training = models.BooleanField(
        _("training example"),
        default=False,
        help_text=_("Invented for practice; labelled as such wherever it shows."),
    )

    class Meta:
        abstract = True


def person(related_name: str, verbose_name: Any, **options: Any) -> Any:
    """Return a foreign key to the account of whoever did something; never deleted."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name=related_name,
        verbose_name=verbose_name,
        **options,
    )


def check_named(name: str, condition: Any, message: Any) -> models.CheckConstraint:
    """Return a CHECK constraint that explains itself.

    The condition says what it means of null: SQL lets pass what it cannot tell.
    """
    return models.CheckConstraint(
        name=name, condition=condition, violation_error_message=message
    )


def check_bilingual(table: str) -> models.CheckConstraint:
    """Demand a name in one of the two languages."""
    return check_named(
        f"{table}_has_a_name",
        ~models.Q(name_ar="", name_en=""),
        _("Give the name in Arabic, in English or in both."),
    )


def check_partial_date(table: str, prefix: str) -> models.CheckConstraint:
    """Demand of four partial-date columns that all are set, in order, or none."""
    none = models.Q(
        **{f"{prefix}_earliest__isnull": True, f"{prefix}_latest__isnull": True},
        **{f"{prefix}_precision": "", f"{prefix}_words": ""},
    )
    some = models.Q(
        **{f"{prefix}_earliest__isnull": False, f"{prefix}_latest__isnull": False},
        **{f"{prefix}_precision__in": ["DAY", "MONTH", "YEAR", "PERIOD"]},
        **{f"{prefix}_latest__gte": models.F(f"{prefix}_earliest")},
    )
    return check_named(
        f"{table}_{prefix}_is_a_partial_date",
        none | some,
        _("A date needs its earliest and latest day, in this order, and a precision."),
    )


def check_anchor(table: str, prefix: str = "", *, required: bool = False) -> Any:
    """Demand of the columns of an anchor that words and span have one length.

    Cost: none beyond the row; the trigger `…_anchored` compares with the text.
    """
    start, end, words = f"{prefix}start", f"{prefix}end", f"{prefix}words"
    some = models.Q(**{f"{start}__isnull": False, f"{end}__isnull": False})
    some &= models.Q(Exact(models.F(end), models.F(start) + Length(words)))
    some &= models.Q(**{f"{start}__gte": 0, f"{end}__gt": models.F(start)})
    none = models.Q(**{f"{start}__isnull": True, f"{end}__isnull": True, words: ""})
    return check_named(
        f"{table}_{prefix}span_fits_its_words",
        some if required else none | some,
        _("The span and the words it stands for differ in length."),
    )
