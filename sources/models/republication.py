"""What is worked out about texts: fingerprints, and derivations for a person to judge.

Neither table is in the log: fingerprints can be made again, and a derivation enters
the log when a person accepts it.
"""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sources.models.article import Article, ArticleVersion, DerivationKind
from sources.models.columns import AnchorColumns
from sources.models.source import Source
from sources.models.versioned import check_anchor, check_named, person


class Fingerprint(models.Model):
    """One fingerprint of a text (`sources.text.likeness`), to find others like it."""

    article_version = models.ForeignKey(
        ArticleVersion,
        models.PROTECT,
        related_name="fingerprints",
        verbose_name=_("version of the article"),
        db_index=False,  # texts are found by hash, never the other way
    )
    hash = models.BigIntegerField(_("hash"))

    objects = models.Manager["Fingerprint"]()

    class Meta:
        verbose_name = _("fingerprint")
        verbose_name_plural = _("fingerprints")
        constraints = [
            models.UniqueConstraint(
                name="fingerprint_is_kept_once",
                fields=["hash", "article_version"],
                violation_error_message=_("This fingerprint is kept already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.hash:x}"


class Decision(models.TextChoices):
    """What a person made of a suggested derivation."""

    OPEN = "OPEN", _("open")
    ACCEPTED = "ACCEPTED", _("accepted")
    DISMISSED = "DISMISSED", _("dismissed")


class SuggestedDerivation(models.Model):
    """What an article seems to take from another, or from a source that it names.

    `share` is how much of the article stands in the origin, `origin_share` how much
    of the origin stands in the article, 0 to 1; both are null for a credit line,
    whose words are anchored in the version. `origin_name` is the name as written;
    `origin_source` stays null until it is known whose name it is. A dismissed one
    is never made again.
    """

    article = models.ForeignKey(
        Article,
        models.PROTECT,
        related_name="suggested_derivations",
        verbose_name=_("article"),
    )
    kind = models.CharField(_("kind"), max_length=12, choices=DerivationKind)
    origin = models.ForeignKey(
        Article,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="suggested_derived",
        verbose_name=_("from the article"),
    )
    origin_source = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="suggested_derived",
        verbose_name=_("from the source"),
    )
    origin_name = models.CharField(_("name as written"), max_length=200, blank=True)
    share = models.DecimalField(
        _("share of the article"), max_digits=4, decimal_places=3, null=True, blank=True
    )
    origin_share = models.DecimalField(
        _("share of the origin"), max_digits=4, decimal_places=3, null=True, blank=True
    )
    article_version = models.ForeignKey(
        ArticleVersion,
        models.PROTECT,
        related_name="suggested_derivations",
        verbose_name=_("version of the article"),
    )
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    words = models.TextField(_("words that say so"), blank=True)
    status = models.CharField(
        _("status"), max_length=9, choices=Decision, default=Decision.OPEN
    )
    decided_by = person("suggested_derivations", _("decided by"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    anchor = AnchorColumns()
    objects = models.Manager["SuggestedDerivation"]()

    class Meta:
        verbose_name = _("suggested derivation")
        verbose_name_plural = _("suggested derivations")
        constraints = [
            models.UniqueConstraint(
                name="suggested_derivation_is_made_once",
                fields=["article", "origin"],
                violation_error_message=_("This derivation is suggested already."),
            ),
            models.UniqueConstraint(
                name="suggested_credit_is_read_once",
                fields=["article", "origin_name"],
                condition=~Q(origin_name=""),
                violation_error_message=_("This credit is suggested already."),
            ),
            check_anchor("suggested_derivation"),
            check_named(
                "suggested_derivation_has_an_origin",
                Q(origin__isnull=False) | ~Q(origin_name=""),
                _("Name the article or the source it takes from."),
            ),
            check_named(
                "suggested_derivation_is_not_from_itself",
                Q(origin__isnull=True) | ~Q(origin=F("article")),
                _("An article cannot derive from itself."),
            ),
            check_named(
                "suggested_derivation_shares_are_shares",
                Q(share__isnull=True, origin_share__isnull=True)
                | (
                    Q(share__isnull=False, share__gte=0, share__lte=1)
                    & Q(origin_share__isnull=False)
                    & Q(origin_share__gte=0, origin_share__lte=1)
                ),
                _("A share lies between 0 and 1."),
            ),
            check_named(
                "suggested_derivation_decision_names_a_person",
                Q(status="OPEN", decided_by__isnull=True, decided_at__isnull=True)
                | (
                    Q(status__in=["ACCEPTED", "DISMISSED"])
                    & Q(decided_by__isnull=False, decided_at__isnull=False)
                ),
                _("A decision names who took it and when."),
            ),
        ]

    def __str__(self) -> str:
        origin = self.origin or self.origin_source or self.origin_name
        return f"{self.article} ← {origin}"

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided on it yet."""
        return self.status == Decision.OPEN

    @property
    def why(self) -> str:
        """Why it is suggested, in a sentence."""
        if self.share is None or self.origin_share is None:
            return _("The text says so: “%s”") % self.words
        return _(
            "%(share)s of this article stands in that one, "
            "%(origin_share)s of that one in this."
        ) % {
            "share": _percentage(self.share),
            "origin_share": _percentage(self.origin_share),
        }


def _percentage(share: Decimal) -> str:
    return f"{(share * 100).normalize():f}%"
