"""Suggestions: what the rules propose and nobody has recorded yet."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sources.models import ArticleVersion
from sources.models.versioned import check_named, person


class SuggestionKind(models.TextChoices):
    """What kind of statement a rule proposes."""

    QUOTE = "QUOTE", _("quote")
    CLAIM = "CLAIM", _("claim")


class SuggestionStatus(models.TextChoices):
    """What a person made of a suggestion."""

    OPEN = "OPEN", _("open")
    ACCEPTED = "ACCEPTED", _("accepted")
    CHANGED = "CHANGED", _("changed and accepted")
    DISMISSED = "DISMISSED", _("dismissed")


class Suggestion(models.Model):
    """What a rule proposes for a version: a kind, a span and the fields it read.

    Replaceable and outside the log; accepting one creates a recorded statement
    that remembers the rule. `fields` are column values of that statement;
    `confidence` is the rule's measured precision, 0 to 1.
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

    objects = models.Manager["Suggestion"]()

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
                Q(status="OPEN", decided_by__isnull=True, decided_at__isnull=True)
                | (
                    ~Q(status="OPEN")
                    & Q(decided_by__isnull=False, decided_at__isnull=False)
                ),
                _("A decided suggestion names who decided it and when."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.start}:{self.end}"
