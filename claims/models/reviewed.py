"""What quotes, claims and assessments share: they are recorded, reviewed, published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from sources.models.versioned import Versioned, check_named, person

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator


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


def public_at(moment: dt.datetime | None) -> models.Q:
    """Return the condition on what anyone may see: today, or as it was at a moment."""
    if moment is None:
        return models.Q(status__in=PUBLIC)
    return models.Q(published_at__lte=moment)


def published_on(moment: dt.datetime, path: str = "") -> models.Q:
    """Return the condition on what Factbase had published at a moment (`?as_of=`)."""
    still = models.Q(**{f"{path}withdrawn_at__isnull": True})
    still |= models.Q(**{f"{path}withdrawn_at__gt": moment})
    return models.Q(still, **{f"{path}published_at__lte": moment})


class ReviewedQuerySet(models.QuerySet[Any]):
    """Rows with a status; every list says which of them it means."""

    def recorded(self) -> Any:
        """Those that wait for approval."""
        return self.filter(status=Status.RECORDED)

    def published(self, moment: dt.datetime | None = None) -> Any:
        """Those that stand today, or stood at a moment."""
        if moment is None:
            return self.filter(status=Status.PUBLISHED)
        return self.published_on(moment)

    def public(self, moment: dt.datetime | None = None) -> Any:
        """Those that anyone may see: published, and withdrawn ones marked as such."""
        return self.filter(public_at(moment))

    def withdrawn(self, moment: dt.datetime | None = None) -> Any:
        """Those that were taken back, by a moment or by now."""
        if moment is None:
            return self.filter(status=Status.WITHDRAWN)
        return self.filter(withdrawn_at__lte=moment)

    def published_on(self, moment: dt.datetime) -> Any:
        """What Factbase had published at a moment (`?as_of=`), whenever it held."""
        return self.filter(published_on(moment)).as_they_stood(moment)

    def listed(self, moment: dt.datetime | None) -> Any:
        """What lists show of them: all of today's, or what stood at a moment."""
        return self if moment is None else self.published_on(moment)

    def as_they_stood(self, moment: dt.datetime | None) -> Any:
        """The same rows; in memory each is as it was at a moment, None being today."""

        class Then(self._iterable_class):  # type: ignore[name-defined,misc]  # rows as they come
            def __iter__(self) -> Iterator[Any]:
                for row in super().__iter__():
                    yield row.set_back(moment)

        rows = self.all()
        if moment is not None:
            rows._iterable_class = Then  # noqa: SLF001  # what Django has for it
        return rows


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

    def was_public(self, moment: dt.datetime | None) -> bool:
        """Whether anyone could see this row at a moment, None being today."""
        if moment is None or self.published_at is None:
            return self.is_public
        return self.published_at <= moment

    def set_back(self, moment: dt.datetime) -> Self:
        """Forget, in memory only, a withdrawal that a moment did not know of."""
        if self.withdrawn_at and self.withdrawn_at > moment:
            self.status, self.withdrawn_at = Status.PUBLISHED, None
            self.withdrawal_kind = self.withdrawal_reason = ""
        return self

    @property
    def is_open(self) -> bool:
        """Whether the content may still be edited."""
        return self.status == Status.RECORDED


def index_lists(table: str) -> list[models.Index]:
    """Return the indexes by which lists and their links are read.

    Most replace nothing: with these rows in it, an index would look useless to SQLite.
    """
    return [
        models.Index(fields=["published_at", "code"], name=f"{table}_listed"),
        models.Index(
            fields=["replaces"],
            condition=models.Q(replaces__isnull=False),
            name=f"{table}_replaced",
        ),
    ]


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
