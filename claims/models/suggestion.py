"""Suggestions: what the rules propose and nobody has recorded yet."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Count, F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from claims.extraction.rules import rules
from claims.models.claim import Claim
from claims.models.quote import Quote
from sources.models import ArticleVersion
from sources.models.versioned import check_named, person
from sources.text.spans import Span


class SuggestionKind(models.TextChoices):
    """What kind of statement a rule proposes."""

    QUOTE = "QUOTE", _("quote")
    CLAIM = "CLAIM", _("claim")


class SuggestionStatus(models.TextChoices):
    """What became of a suggestion."""

    OPEN = "OPEN", _("open")
    ACCEPTED = "ACCEPTED", _("accepted")
    CHANGED = "CHANGED", _("changed and accepted")
    DISMISSED = "DISMISSED", _("dismissed")
    REPLACED = "REPLACED", _("replaced by those of a newer text")


#: What a person has decided on; the rules never touch it again.
DECIDED = (
    SuggestionStatus.ACCEPTED,
    SuggestionStatus.CHANGED,
    SuggestionStatus.DISMISSED,
)


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    """Suggestions; every list says which of them it means."""

    def open(self) -> SuggestionQuerySet:
        """Those that wait for a person."""
        return self.filter(status=SuggestionStatus.OPEN)

    def decided(self) -> SuggestionQuerySet:
        """Those that a person accepted, changed or dismissed."""
        return self.filter(status__in=DECIDED)

    def counted_by_rule(self) -> Any:
        """Rows of `rule`, `status` and how many there are: one query."""
        counted = self.values_list("rule", "status").annotate(n=Count("pk"))
        return counted.order_by("rule", "status")


class Suggestion(models.Model):
    """What a rule proposes for a version: a kind, a span and the fields it read.

    Replaceable and outside the log; accepting one creates a recorded statement
    that remembers the rule, and `quote` or `claim` leads to it. `fields` are
    column values of that statement, as JSON and by field name, only those that the
    rule has something to say of; besides, `named_words` is the fullest name of
    the speaker in the text, and of a claim `within` is the span of the proposed
    quote that it stands in. `confidence` is the rule's measured precision, 0 to 1.
    """

    article_version = models.ForeignKey(
        ArticleVersion,
        models.PROTECT,
        related_name="suggestions",
        verbose_name=_("version of the article"),
    )
    kind = models.CharField(_("kind"), max_length=5, choices=SuggestionKind)
    start = models.PositiveIntegerField(_("start"))
    end = models.PositiveIntegerField(_("end"))
    fields = models.JSONField(_("fields"), default=dict)
    rule = models.CharField(_("rule"), max_length=60)
    confidence = models.DecimalField(_("confidence"), max_digits=4, decimal_places=3)
    rule_set = models.CharField(_("version of the rules"), max_length=40)
    status = models.CharField(
        _("status"),
        max_length=9,
        choices=SuggestionStatus,
        default=SuggestionStatus.OPEN,
    )
    decided_by = person("suggestions", _("decided by"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    quote = models.ForeignKey(
        Quote,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="suggestions",
        verbose_name=_("recorded quote"),
    )
    claim = models.ForeignKey(
        Claim,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="suggestions",
        verbose_name=_("recorded claim"),
    )

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        constraints = [
            models.UniqueConstraint(
                name="suggestion_is_made_once",
                fields=["article_version", "kind", "start", "end"],
                violation_error_message=_("This span is suggested already."),
            ),
            check_named(
                "suggestion_span_is_not_empty",
                Q(end__gt=F("start")),
                _("A span ends after it starts."),
            ),
            check_named(
                "suggestion_confidence_is_a_share",
                Q(confidence__gte=0, confidence__lte=1),
                _("A confidence lies between 0 and 1."),
            ),
            check_named(
                "suggestion_decision_names_a_person",
                Q(
                    status__in=["OPEN", "REPLACED"],
                    decided_by__isnull=True,
                    decided_at__isnull=True,
                )
                | Q(
                    status__in=["ACCEPTED", "CHANGED", "DISMISSED"],
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                ),
                _("A decided suggestion names who decided it and when."),
            ),
            check_named(
                "suggestion_leads_to_what_was_recorded",
                Q(
                    status__in=["OPEN", "DISMISSED", "REPLACED"],
                    quote__isnull=True,
                    claim__isnull=True,
                )
                | Q(
                    status__in=["ACCEPTED", "CHANGED"],
                    kind="QUOTE",
                    quote__isnull=False,
                    claim__isnull=True,
                )
                | Q(
                    status__in=["ACCEPTED", "CHANGED"],
                    kind="CLAIM",
                    quote__isnull=True,
                    claim__isnull=False,
                ),
                _("An accepted suggestion leads to the statement made of it."),
            ),
        ]
        indexes = [models.Index(fields=["rule", "status"], name="suggestion_by_rule")]

    def __str__(self) -> str:
        return f"{self.rule} {self.start}:{self.end}"

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)

    @property
    def why(self) -> str:
        """Why its rule proposes it, in the reader's language; empty for a past rule."""
        rule = rules().get(self.rule)
        arabic = (get_language() or "").startswith("ar")
        return rule.why("ar" if arabic else "en") if rule else ""

    @property
    def statement(self) -> Quote | Claim | None:
        """What was recorded of it."""
        return self.quote or self.claim
