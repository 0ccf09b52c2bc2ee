"""Events, and the measures that numbers about them are claims of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from claims.models.reviewed import PUBLIC, published_on
from sources.models.columns import PartialDateColumns
from sources.models.versioned import (
    Bilingual,
    TrainingMark,
    Versioned,
    check_bilingual,
    check_named,
    check_partial_date,
)
from sources.routes import path_of

if TYPE_CHECKING:
    import datetime as dt


class Event(Bilingual, TrainingMark, Versioned):
    """What happened, where, from when to when."""

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    place_ar = models.CharField(_("Arabic place name"), max_length=200, blank=True)
    place_en = models.CharField(_("English place name"), max_length=200, blank=True)
    country = models.CharField(
        _("country"), max_length=2, blank=True, help_text=_("ISO 3166-1 alpha-2")
    )
    latitude = models.DecimalField(
        _("latitude"), max_digits=9, decimal_places=6, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=9, decimal_places=6, null=True, blank=True
    )
    starts_earliest = models.DateField(_("starts, earliest"), null=True, blank=True)
    starts_latest = models.DateField(_("starts, latest"), null=True, blank=True)
    starts_precision = models.CharField(max_length=6, blank=True)
    starts_words = models.CharField(max_length=120, blank=True)
    ends_earliest = models.DateField(_("ends, earliest"), null=True, blank=True)
    ends_latest = models.DateField(_("ends, latest"), null=True, blank=True)
    ends_precision = models.CharField(max_length=6, blank=True)
    ends_words = models.CharField(max_length=120, blank=True)

    starts = PartialDateColumns("starts")
    ends = PartialDateColumns("ends")
    objects = models.Manager["Event"]()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            check_bilingual("event"),
            check_partial_date("event", "starts"),
            check_partial_date("event", "ends"),
            check_named(
                "event_ends_after_it_starts",
                Q(starts_earliest__isnull=True)
                | Q(ends_latest__isnull=True)
                | Q(ends_latest__gte=models.F("starts_earliest")),
                _("An event cannot end before it starts."),
            ),
            check_named(
                "event_coordinates_are_on_earth",
                Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__gte=-90,
                    latitude__lte=90,
                    longitude__gte=-180,
                    longitude__lte=180,
                ),
                _("Latitude runs from -90 to 90, longitude from -180 to 180."),
            ),
        ]

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return path_of("event", self.slug)


class Nature(models.TextChoices):
    """How numbers of a measure relate over time."""

    LEVEL = "LEVEL", _("level on a day")
    RUNNING_TOTAL = "RUNNING_TOTAL", _("running total")
    INCREMENT = "INCREMENT", _("new since the last")


class MeasureQuerySet(models.QuerySet["Measure"]):
    """Measures with what lists show of them."""

    def with_counts(self, moment: dt.datetime | None = None) -> Any:
        """Count the public claims of each measure, in the same query.

        Given a moment: those that had been published then.
        """
        shown = Q(claims__status__in=PUBLIC)
        if moment is not None:
            shown = published_on(moment, "claims__")
        return self.annotate(n_claims=Count("claims", filter=shown))


class Measure(Bilingual, Versioned):
    """What is counted: who or what, what happened to them, where, in which event.

    Only numbers of one measure are ever compared. Its meaning (`MEANING`) freezes
    once a published claim uses it. `tolerance_days` is how far apart two
    claims may hold and still be compared.
    """

    MEANING = ("event_id", "counted", "happened", "place", "unit", "nature")

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    event = models.ForeignKey(
        Event, models.PROTECT, related_name="measures", verbose_name=_("event")
    )
    counted = models.CharField(_("who or what is counted"), max_length=120)
    happened = models.CharField(_("what happened to them"), max_length=120)
    place = models.CharField(_("where"), max_length=200, blank=True)
    unit = models.CharField(_("unit"), max_length=40)
    nature = models.CharField(_("nature"), max_length=14, choices=Nature)
    tolerance_days = models.PositiveSmallIntegerField(_("tolerance in days"), default=0)
    part_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("part of"),
    )

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        constraints = [
            check_bilingual("measure"),
            check_named(
                "measure_nature_is_known",
                Q(nature__in=Nature.values),
                _("This nature of a measure is not known."),
            ),
            check_named(
                "measure_is_not_part_of_itself",
                Q(part_of__isnull=True) | ~Q(part_of=models.F("pk")),
                _("A measure cannot be part of itself."),
            ),
        ]

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return path_of("measure", self.slug)
