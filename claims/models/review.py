"""Reviews, assessments, translations and imported batches."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim
from claims.models.quote import Quote
from claims.models.reviewed import Reviewed, ReviewedQuerySet, check_lifecycle
from sources.models.versioned import (
    Logged,
    Versioned,
    check_named,
    language_tag,
    person,
    random_code,
    sha256_hex,
)


def exactly_one(*names: str) -> Q:
    """Return the condition that one of the nullable columns is set."""
    condition = Q()
    for chosen in names:
        condition |= Q(**{f"{name}__isnull": name != chosen for name in names})
    return condition


def one_of(model: type[Reviewed], related_name: str) -> Any:
    """Return the column for one kind of what a row is about, of which one is set."""
    return models.ForeignKey(
        model,
        models.PROTECT,
        null=True,
        blank=True,
        related_name=related_name,
        verbose_name=model._meta.verbose_name,
    )


def assessment_code() -> str:
    """Return a new public code of an assessment."""
    return random_code("r")


class Rating(models.TextChoices):
    """The verdict on a claim, from refuted to confirmed (ClaimReview)."""

    REFUTED = "REFUTED", _("refuted")
    CONTRADICTED = "CONTRADICTED", _("contradicted")
    DISPUTED = "DISPUTED", _("disputed")
    SUPPORTED = "SUPPORTED", _("supported")
    CONFIRMED = "CONFIRMED", _("confirmed")
    UNVERIFIABLE = "UNVERIFIABLE", _("unverifiable")


class Assessment(Reviewed):
    """The verdict on a published claim; a newer one replaces it, none is edited."""

    code = models.SlugField(
        _("code"), max_length=40, unique=True, default=assessment_code, editable=False
    )
    claim = models.ForeignKey(
        Claim, models.PROTECT, related_name="assessments", verbose_name=_("claim")
    )
    rating = models.CharField(_("rating"), max_length=12, choices=Rating)
    summary = models.TextField(_("summary"))
    language = models.CharField(_("language"), max_length=12, validators=[language_tag])

    objects = ReviewedQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        constraints = [
            *check_lifecycle("assessment"),
            check_named(
                "assessment_rating_is_known",
                Q(rating__in=Rating.values),
                _("This rating is not known."),
            ),
            check_named(
                "assessment_has_a_summary",
                ~Q(summary=""),
                _("An assessment needs a summary."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_rating_display()}: {self.claim}"

    def get_absolute_url(self) -> str:
        """Return the page of the claim: it shows its assessments."""
        return self.claim.get_absolute_url()


class Evidence(Logged):
    """What an assessment rests on: a claim in the base, or an address."""

    assessment = models.ForeignKey(
        Assessment,
        models.PROTECT,
        related_name="evidence",
        verbose_name=_("assessment"),
    )
    claim = one_of(Claim, "evidence_of")
    url = models.URLField(_("address"), max_length=1000, blank=True)
    note = models.TextField(_("note"), blank=True)

    objects = models.Manager["Evidence"]()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        constraints = [
            check_named(
                "evidence_names_what_it_is",
                Q(claim__isnull=False) | ~Q(url=""),
                _("Evidence is a claim or an address."),
            )
        ]

    def __str__(self) -> str:
        return str(self.claim or self.url)


class Decision(models.TextChoices):
    """What a reviewer decided."""

    APPROVED = "APPROVED", _("approved")
    RETURNED = "RETURNED", _("returned")


class Review(Logged):
    """One person's decision on a recorded quote, claim or assessment. Insert only.

    The recorder is copied in, so that the database itself can tell two people
    apart; `version_reviewed` is the version the reviewer saw. A return may carry the
    edit that the reviewer proposes; it changes nothing until the recorder takes it.
    """

    quote = one_of(Quote, "reviews")
    claim = one_of(Claim, "reviews")
    assessment = one_of(Assessment, "reviews")
    reviewer = person("reviews", _("reviewer"))
    recorder = person("reviewed", _("recorder"))
    decision = models.CharField(_("decision"), max_length=8, choices=Decision)
    note = models.TextField(_("note"), blank=True)
    proposal = models.JSONField(
        _("proposed edit"),
        null=True,
        blank=True,
        help_text=_("Columns and the values that they would get, as JSON."),
    )
    version_reviewed = models.PositiveIntegerField(_("version reviewed"))
    at = models.DateTimeField(_("at"))

    objects = models.Manager["Review"]()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [
            check_named(
                "review_is_of_one_object",
                exactly_one("quote", "claim", "assessment"),
                _("A review is of one quote, one claim or one assessment."),
            ),
            check_named(
                "reviewer_is_not_the_recorder",
                ~Q(reviewer=F("recorder")),
                _("Whoever recorded a statement cannot review it."),
            ),
            check_named(
                "review_decision_is_known",
                Q(decision__in=Decision.values),
                _("This decision is not known."),
            ),
            check_named(
                "return_has_a_note",
                ~Q(decision="RETURNED") | ~Q(note=""),
                _("Say in a note why the statement goes back."),
            ),
            check_named(
                "only_a_return_proposes_an_edit",
                Q(decision="RETURNED") | Q(proposal__isnull=True),
                _("Only what goes back comes with a proposed edit."),
            ),
            *(
                models.UniqueConstraint(
                    name=f"{target}_is_reviewed_once_by_each_at_a_version",
                    fields=[target, "version_reviewed", "reviewer"],
                    condition=Q(**{f"{target}__isnull": False}),
                    violation_error_message=_("You have reviewed this version."),
                )
                for target in ("quote", "claim", "assessment")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_decision_display()}: {self.subject}"

    @property
    def subject(self) -> Quote | Claim | Assessment:
        """What was reviewed."""
        subject: Quote | Claim | Assessment | None
        subject = self.quote or self.claim or self.assessment
        if subject is None:  # the database forbids it
            raise AssertionError(self.pk)
        return subject


class Translation(Versioned):
    """A statement's words in another language: by a person, beside the original."""

    quote = one_of(Quote, "translations")
    claim = one_of(Claim, "translations")
    language = models.CharField(_("language"), max_length=12, validators=[language_tag])
    words = models.TextField(_("words"))
    credit = models.CharField(
        _("credit"),
        max_length=200,
        blank=True,
        help_text=_(
            "Who translated it, as they want to be named in public; may stay empty."
        ),
    )
    translated_by = person("translations", _("translated by"))
    recorded_at = models.DateTimeField(_("recorded at"))

    objects = models.Manager["Translation"]()

    #: What it is of and whose; the rest is edited until the statement is published.
    SUBJECT = ("quote_id", "claim_id", "language", "translated_by_id", "recorded_at")

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        constraints = [
            check_named(
                "translation_is_of_one_statement",
                exactly_one("quote", "claim"),
                _("A translation is of one quote or one claim."),
            ),
            check_named(
                "translation_has_words", ~Q(words=""), _("A translation needs words.")
            ),
            *(
                models.UniqueConstraint(
                    name=f"{target}_is_translated_once_into_a_language",
                    fields=[target, "language"],
                    condition=Q(**{f"{target}__isnull": False}),
                    violation_error_message=_("There is a translation already."),
                )
                for target in ("quote", "claim")
            ),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def statement(self) -> Quote | Claim:
        """What is translated."""
        statement: Quote | Claim | None = self.quote or self.claim
        if statement is None:  # the database forbids it
            raise AssertionError(self.pk)
        return statement


class Batch(Versioned):
    """An imported file; one other person approves its rows together."""

    file_name = models.CharField(_("file"), max_length=255)
    sha256 = models.CharField(
        _("SHA-256"), max_length=64, unique=True, validators=[sha256_hex]
    )
    format = models.CharField(_("format"), max_length=20)
    imported_by = person("batches", _("imported by"))
    imported_at = models.DateTimeField(_("imported at"))
    n_read = models.PositiveIntegerField(_("rows read"), default=0)
    n_recorded = models.PositiveIntegerField(_("rows recorded"), default=0)
    n_refused = models.PositiveIntegerField(_("rows refused"), default=0)

    objects = models.Manager["Batch"]()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        constraints = [
            check_named(
                "batch_counts_add_up",
                Q(n_read__gte=F("n_recorded") + F("n_refused")),
                _("More rows were recorded and refused than read."),
            )
        ]

    def __str__(self) -> str:
        return self.file_name
