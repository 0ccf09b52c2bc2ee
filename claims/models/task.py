"""What waits for a person: who reviews what, and what readers report as wrong.

Neither is in the log: both are replaceable, and what comes of them is logged.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim
from claims.models.quote import Quote
from claims.models.review import Assessment, exactly_one, one_of
from claims.models.reviewed import Reviewed
from sources.models.versioned import check_named, person, random_code


def _assigned(model: type[Reviewed]) -> Any:
    return models.OneToOneField(
        model,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="assignment",
        verbose_name=model._meta.verbose_name,
    )


class Assignment(models.Model):
    """Who is to review a recorded quote, claim or assessment; one person each."""

    quote = _assigned(Quote)
    claim = _assigned(Claim)
    assessment = _assigned(Assessment)
    reviewer = person("assignments", _("reviewer"))
    assigned_by = person("assigned", _("assigned by"))
    at = models.DateTimeField(_("at"))

    objects = models.Manager["Assignment"]()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [
            check_named(
                "assignment_is_of_one_object",
                exactly_one("quote", "claim", "assessment"),
                _("An assignment is of one quote, one claim or one assessment."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.reviewer}: {self.quote or self.claim or self.assessment}"


def report_code() -> str:
    """Return a new code of a report; its form carries it, so it is sent once."""
    return random_code("e")


class ReportStatus(models.TextChoices):
    """What became of a reader's report."""

    OPEN = "OPEN", _("open")
    ACTED = "ACTED", _("acted upon")
    DECLINED = "DECLINED", _("declined")


class ErrorReport(models.Model):
    """What a reader says is wrong with a public statement: a task for reviewers.

    `contact` is the reader's to give and personal; it is forgotten with the answer.
    """

    code = models.SlugField(
        _("code"), max_length=40, unique=True, default=report_code, editable=False
    )
    quote = one_of(Quote, "error_reports")
    claim = one_of(Claim, "error_reports")
    message = models.TextField(_("what is wrong"), max_length=2000)
    contact = models.EmailField(_("your e-mail address"), blank=True)
    reported_at = models.DateTimeField(_("reported at"))
    status = models.CharField(
        _("status"), max_length=8, choices=ReportStatus, default=ReportStatus.OPEN
    )
    answered_by = person("answered_reports", _("answered by"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answer = models.TextField(_("what was done"), blank=True)

    objects = models.Manager["ErrorReport"]()

    class Meta:
        verbose_name = _("report of an error")
        verbose_name_plural = _("reports of errors")
        constraints = [
            check_named(
                "error_report_is_of_one_statement",
                exactly_one("quote", "claim"),
                _("A report is of one quote or one claim."),
            ),
            check_named(
                "error_report_says_what_is_wrong",
                ~Q(message=""),
                _("Say what is wrong."),
            ),
            check_named(
                "error_report_answer_names_a_person",
                Q(status="OPEN", answered_by__isnull=True, answered_at__isnull=True)
                | Q(
                    status__in=["ACTED", "DECLINED"],
                    answered_by__isnull=False,
                    answered_at__isnull=False,
                ),
                _("An answered report names who answered it and when."),
            ),
        ]
        indexes = [
            models.Index(fields=["status", "reported_at"], name="error_report_open")
        ]

    def __str__(self) -> str:
        return self.message

    @property
    def statement(self) -> Quote | Claim:
        """What the report is about."""
        statement: Quote | Claim | None = self.quote or self.claim
        if statement is None:  # the database forbids it
            raise AssertionError(self.pk)
        return statement
