"""What quotes, claims and assessments share: they are recorded, reviewed, published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from sources.models.versioned import Versioned, check_named, person

if TYPE_CHECKING:
    import datetime as dt


class Status(models.TextChoices):
    """Where a statement stands in the workflow."""

    RECORDED = "RECORDED", _("recorded")
    PUBLISHED = "PUBLISHED", _("published")
    WITHDRAWN = "WITHDRAWN", _("withdrawn")
    DISCARDED = "DISCARDED", _("discarded")


#: What the public sees: withdrawing marks a statement, it does not hide it.
PUBLIC = (Status.PUBLISHED, Status.WITHDRAWN)


class WithdrawalKind(models.TextChoices):
    """Who took a published statement back, and how."""

    CORRECTED = "CORRECTED", _("corrected")
    RETRACTED = "RETRACTED", _("retracted by the source")
    WITHDRAWN = "WITHDRAWN", _("withdrawn by us")


class ReviewedQuerySet(models.QuerySet[Any]):
    """Rows with a status; every list says which of them it means."""

    def recorded(self) -> Any:
        """Those that wait for approval."""
        return self.filter(status=Status.RECORDED)

    def published(self) -> Any:
        """Those that stand today."""
        return self.filter(status=Status.PUBLISHED)

    def public(self) -> Any:
        """Those that anyone may see: published, and withdrawn ones marked as such."""
        return self.filter(status__in=PUBLIC)

    def published_on(self, moment: dt.datetime) -> Any:
        """What Factbase had published at a moment (`?as_of=`), whenever it held."""
        still = models.Q(withdrawn_at__isnull=True) | models.Q(withdrawn_at__gt=moment)
        return self.filter(still, published_at__lte=moment)


class Reviewed(Versioned):
    """A row that one person records and another approves."""

    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.RECORDED
    )
    recorded_by = person("recorded_%(class)ss", _("recorded by"))
    recorded_at = models.DateTimeField(_("recorded at"))
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawal_kind = models.CharField(
        _("kind of withdrawal"), max_length=10, choices=WithdrawalKind, blank=True
    )
    withdrawal_reason = models.TextField(_("reason of the withdrawal"), blank=True)
    replaces = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replacements",
        verbose_name=_("replaces"),
    )
    replacement_reason = models.TextField(_("reason of the correction"), blank=True)

    #: What a change of status may write; all else is content.
    LIFECYCLE = (
        "status",
        "version",
        "published_at",
        "withdrawn_at",
        "withdrawal_kind",
        "withdrawal_reason",
    )

    class Meta:
        abstract = True

    @property
    def is_public(self) -> bool:
        """Whether anyone may see this row."""
        return self.status in PUBLIC

    @property
    def is_open(self) -> bool:
        """Whether the content may still be edited."""
        return self.status == Status.RECORDED


def check_lifecycle(table: str) -> list[models.BaseConstraint]:
    """Return the constraints that tie a status to its moments and reasons."""
    published, withdrawn = (
        models.Q(published_at__isnull=False),
        models.Q(withdrawn_at__isnull=False)
        & ~models.Q(withdrawal_reason="")
        & models.Q(withdrawal_kind__in=WithdrawalKind.values),
    )
    never_withdrawn = models.Q(
        withdrawn_at__isnull=True, withdrawal_kind="", withdrawal_reason=""
    )
    waiting = models.Q(published_at__isnull=True) & never_withdrawn
    return [
        check_named(
            f"{table}_status_has_its_moments",
            (models.Q(status__in=["RECORDED", "DISCARDED"]) & waiting)
            | (models.Q(status="PUBLISHED") & published & never_withdrawn)
            | (models.Q(status="WITHDRAWN") & published & withdrawn),
            _("This status needs its moments, and a withdrawal its kind and reason."),
        ),
        check_named(
            f"{table}_moments_follow_each_other",
            (
                models.Q(published_at__isnull=True)
                | models.Q(published_at__gte=models.F("recorded_at"))
            )
            & (
                models.Q(withdrawn_at__isnull=True)
                | models.Q(
                    published_at__isnull=False,
                    withdrawn_at__gte=models.F("published_at"),
                )
            ),
            _("Recording, publishing and withdrawing follow each other."),
        ),
        check_named(
            f"{table}_replacement_has_a_reason",
            models.Q(replaces__isnull=True, replacement_reason="")
            | (models.Q(replaces__isnull=False) & ~models.Q(replacement_reason="")),
            _("A correction needs what it replaces and a reason."),
        ),
        models.UniqueConstraint(
            name=f"{table}_is_replaced_once",
            fields=["replaces"],
            condition=models.Q(status__in=["RECORDED", "PUBLISHED", "WITHDRAWN"]),
            violation_error_message=_("A replacement of this is recorded already."),
        ),
    ]
