"""What persons said of withheld names, place by place, and who was shown them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sources.models.speaker import Speaker
from sources.models.versioned import Recorded, check_named, person, sha256_hex
from sources.text.spans import Span


class WithheldKind(models.TextChoices):
    """What a person said of a place."""

    CONFIRMED = "CONFIRMED", _("it is this speaker")
    CLEARED = "CLEARED", _("it is somebody else")
    BY_HAND = "BY_HAND", _("marked by hand")


class WithheldSpan(Recorded):
    """What a person said of one place where the name of a withheld speaker may stand.

    `start` and `end` count code points of the column `field` of the row
    `object_id` of `model`, half-open, while its content has this SHA-256. A place
    that was found by a name and of which nobody said anything hides as well.
    """

    speaker = models.ForeignKey(
        Speaker,
        models.PROTECT,
        related_name="withheld_spans",
        verbose_name=_("speaker"),
    )
    model = models.CharField(_("model"), max_length=60)
    object_id = models.BigIntegerField(_("object"))
    field = models.CharField(_("column"), max_length=60)
    start = models.PositiveIntegerField(_("start"))
    end = models.PositiveIntegerField(_("end"))
    text_sha256 = models.CharField(
        _("SHA-256 of what it stands in"), max_length=64, validators=[sha256_hex]
    )
    kind = models.CharField(_("decision"), max_length=9, choices=WithheldKind)

    objects = models.Manager["WithheldSpan"]()

    class Meta:
        verbose_name = _("withheld span")
        verbose_name_plural = _("withheld spans")
        constraints = [
            models.UniqueConstraint(
                name="withheld_span_is_judged_once",
                fields=["speaker", "model", "object_id", "field", "start", "end"],
                condition=Q(ended_at__isnull=True),
                violation_error_message=_("Somebody has judged this place already."),
            ),
            check_named(
                "withheld_span_is_not_empty",
                Q(end__gt=F("start")),
                _("A span ends after it starts."),
            ),
            check_named(
                "withheld_span_kind_is_known",
                Q(kind__in=WithheldKind.values),
                _("This decision is not known."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.object_id} {self.field} {self.start}:{self.end}"

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


class AccessEntry(models.Model):
    """One person was shown the name of a withheld speaker. Insert only, not in the log."""

    speaker = models.ForeignKey(
        Speaker, models.PROTECT, related_name="accesses", verbose_name=_("speaker")
    )
    reader = person("accesses", _("reader"))
    at = models.DateTimeField(_("at"))
    route = models.CharField(_("page"), max_length=100)

    objects = models.Manager["AccessEntry"]()

    class Meta:
        verbose_name = _("access to a withheld name")
        verbose_name_plural = _("accesses to withheld names")
        indexes = [models.Index(fields=["speaker", "-at"], name="access_by_speaker")]

    def __str__(self) -> str:
        return f"{self.reader} {self.at:%Y-%m-%d %H:%M} {self.route}"
