"""What lints found, and how voices stand: worked out from the base, kept to be read.

Both are replaceable and outside the log: `claims.linting` makes them anew from what the
log says has changed, and nothing else writes them.
"""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import F, Prefetch
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim
from claims.models.measure import Measure
from claims.models.quote import Quote
from claims.models.review import exactly_one
from sources.models.versioned import check_named


class FindingQuerySet(models.QuerySet["Finding"]):
    """Findings, with what is told of them."""

    def with_statements(self) -> Self:
        """Load the statements with their provenance: three queries."""
        return self.prefetch_related(
            Prefetch("claim", Claim.objects.with_provenance()),
            Prefetch("against", Claim.objects.with_provenance()),
            Prefetch("quote", Quote.objects.with_provenance()),
        )

    def newest_first(self) -> Self:
        """Those of the statements published last before others."""
        return self.order_by(F("published_at").desc(nulls_first=True), "code")


class Finding(models.Model):
    """Something that deserves a look: a statement, and why a lint names it.

    `code` stays the same as long as the lint names these statements. There are two sets: worked out from what the public may know, and from what all
    who have a desk may know. `against` is the other claim, where two are held against
    each other; `facts` are what the lint's sentence tells of them.
    """

    lint = models.SlugField(_("lint"), max_length=40)
    is_public = models.BooleanField(_("for the public"))
    claim = models.ForeignKey(Claim, models.CASCADE, null=True, related_name="findings")
    quote = models.ForeignKey(Quote, models.CASCADE, null=True, related_name="findings")
    against = models.ForeignKey(
        Claim, models.CASCADE, null=True, related_name="findings_against"
    )
    facts = models.JSONField(_("facts"), default=dict)
    code = models.SlugField(_("code"), max_length=20, db_index=False)
    published_at = models.DateTimeField(_("published at"), null=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        constraints = [
            check_named(
                "finding_is_of_one_statement",
                exactly_one("claim", "quote"),
                _("A finding is of one claim or of one quote."),
            )
        ]
        indexes = [
            models.Index(
                fields=["is_public", "lint", "published_at", "code"],
                name="finding_by_lint",
            )
        ]

    def __str__(self) -> str:
        return f"{self.lint}: {self.statement}"

    @property
    def statement(self) -> Any:
        """The claim or quote that was found."""
        return self.claim or self.quote


class Standing(models.Model):
    """How the voices on a measure stand to each other, by what is published today.

    A measure of which nothing is published has none.
    """

    measure = models.OneToOneField(Measure, models.CASCADE, related_name="standing")
    agreement = models.CharField(_("agreement"), max_length=12)
    n_voices = models.PositiveIntegerField(_("voices"))
    n_articles = models.PositiveIntegerField(_("articles"))

    objects = models.Manager["Standing"]()

    class Meta:
        verbose_name = _("standing of a measure")
        verbose_name_plural = _("standings of measures")
        indexes = [
            models.Index(fields=["agreement", "measure"], name="standing_by_agreement")
        ]

    def __str__(self) -> str:
        return f"{self.measure}: {self.agreement}"


class Watermark(models.Model):
    """Up to which entry of the log something is worked out: a row for each module."""

    seq = models.BigIntegerField(_("entry of the log"), default=0)

    objects = models.Manager["Watermark"]()

    class Meta:
        verbose_name = _("watermark")
        verbose_name_plural = _("watermarks")

    def __str__(self) -> str:
        return str(self.seq)
