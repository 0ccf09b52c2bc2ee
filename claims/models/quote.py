"""Quotes: the words attributed to a speaker."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.models.reviewed import check_lifecycle, index_lists
from claims.models.statement import Statement, StatementQuerySet, check_anchors
from sources.models.columns import AnchorColumns, PartialDateColumns
from sources.models.versioned import (
    check_named,
    check_partial_date,
    language_tag,
    random_code,
)
from sources.routes import path_of


def quote_code() -> str:
    """Return a new public code of a quote."""
    return random_code("q")


class QuoteKind(models.TextChoices):
    """How much of the words stands in quotation marks."""

    DIRECT = "DIRECT", _("direct")
    INDIRECT = "INDIRECT", _("indirect")
    MIXED = "MIXED", _("mixed")


class Quote(Statement):
    """The words attributed to a speaker, with the cue that attributes them."""

    ANCHORS = ("", "speaker_", "cue_")

    code = models.SlugField(
        _("code"), max_length=40, unique=True, default=quote_code, editable=False
    )
    kind = models.CharField(_("kind"), max_length=8, choices=QuoteKind)
    cue_start = models.PositiveIntegerField(null=True, blank=True)
    cue_end = models.PositiveIntegerField(null=True, blank=True)
    cue_words = models.CharField(_("cue"), max_length=120, blank=True)
    said_on_earliest = models.DateField(_("said on, earliest"), null=True, blank=True)
    said_on_latest = models.DateField(_("said on, latest"), null=True, blank=True)
    said_on_precision = models.CharField(max_length=6, blank=True)
    said_on_words = models.CharField(max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=12, validators=[language_tag])

    cue_anchor = AnchorColumns("cue_")
    said_on = PartialDateColumns("said_on")
    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")
        constraints = [
            *check_lifecycle("quote"),
            *check_anchors("quote", ("", "speaker_", "cue_")),
            check_partial_date("quote", "said_on"),
            check_named(
                "quote_kind_is_known",
                models.Q(kind__in=QuoteKind.values),
                _("This kind of quote is not known."),
            ),
        ]
        indexes = [
            *index_lists("quote"),
            models.Index(fields=["article_version", "start"], name="quote_by_place"),
            models.Index(
                fields=["speaker", "said_on_earliest", "id"], name="quote_by_speaker"
            ),
            models.Index(
                fields=["status", "said_on_earliest", "id"], name="quote_by_status"
            ),
            models.Index(fields=["published_at", "id"], name="quote_by_publication"),
        ]

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return path_of("quote", self.code)
