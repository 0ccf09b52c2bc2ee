"""Claims: checkable assertions, most of them with a quantity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.models.measure import Measure
from claims.models.quote import Quote
from claims.models.reviewed import check_lifecycle, index_lists
from claims.models.statement import Statement, StatementQuerySet, check_anchors
from claims.quantity import Qualifier as QuantityQualifier
from claims.quantity import Quantity, highest_low
from sources.models.columns import AnchorColumns, PartialDateColumns
from sources.models.versioned import check_named, check_partial_date, random_code
from sources.routes import path_of

if TYPE_CHECKING:
    from decimal import Decimal


def claim_code() -> str:
    """Return a new public code of a claim."""
    return random_code("c")


class Qualifier(models.TextChoices):
    """How a number was hedged; the values are those of `claims.quantity`."""

    EXACT = QuantityQualifier.EXACT, _("exact")
    ABOUT = QuantityQualifier.ABOUT, _("about")
    AT_LEAST = QuantityQualifier.AT_LEAST, _("at least")
    MORE_THAN = QuantityQualifier.MORE_THAN, _("more than")
    AT_MOST = QuantityQualifier.AT_MOST, _("at most")
    LESS_THAN = QuantityQualifier.LESS_THAN, _("less than")
    UP_TO = QuantityQualifier.UP_TO, _("up to")
    RANGE = QuantityQualifier.RANGE, _("range")
    VAGUE = QuantityQualifier.VAGUE, _("vague")


class Basis(models.TextChoices):
    """How the speaker came by the figure."""

    OBSERVED = "OBSERVED", _("observed")
    ESTIMATED = "ESTIMATED", _("estimated")
    AGGREGATED = "AGGREGATED", _("aggregated")
    EXTRAPOLATED = "EXTRAPOLATED", _("extrapolated")
    TABULATED = "TABULATED", _("tabulated")
    UNKNOWN = "UNKNOWN", _("not stated")


def number(verbose_name: Any) -> Any:
    """Return a column for 15 digits, 3 after the point: what SQLite keeps exactly."""
    return models.DecimalField(
        verbose_name, max_digits=15, decimal_places=3, null=True, blank=True
    )


class ClaimQuerySet(StatementQuerySet):
    """Claims, narrowed by what they answer."""

    def with_provenance(self) -> Any:
        """Load what a page or serializer reads of a claim, in one query."""
        return super().with_provenance().select_related("measure__event", "quote")

    def answering(self, measure: Measure) -> Any:
        """Those that give a figure for a measure."""
        return self.filter(measure=measure)

    def allowing(self, low: Decimal | None, high: Decimal | None) -> Any:
        """Those whose `quantity.may_be(low, high)`, asked of the database."""
        is_in_order = Q(low=None) | Q(high=None) | Q(low__lte=F("high"))
        rows = self.filter(is_in_order, qualifier__gt="")
        if high is not None:
            is_said = Q(low__lt=high) | Q(low=high) & ~Q(qualifier=Qualifier.MORE_THAN)
            is_near = Q(qualifier=Qualifier.ABOUT, low__lte=highest_low(high))
            rows = rows.filter(Q(low=None) | is_said | is_near)
        if low is not None:
            is_said = Q(high__gt=low) | Q(high=low) & ~Q(qualifier=Qualifier.LESS_THAN)
            is_near = Q(qualifier=Qualifier.ABOUT, high__gte=-highest_low(-low))
            rows = rows.filter(Q(high=None) | is_said | is_near)
        return rows


class Claim(Statement):
    """A checkable assertion; a quantitative one carries an interval as spoken.

    `low` and `high` are inclusive unless the qualifier excludes its bound; null
    leaves a side open. `best` is set only where the source itself states one.
    The span covers the assertion (predicate, number, what is counted);
    `quantity_start`, `quantity_end` are the number expression within it.
    `holds` is the day or period the figure is for.
    """

    REFERENCES = (*Statement.REFERENCES, "measure", "quote")
    INNER = ("quantity_", "qualifier_", "counted_", "predicate_")
    ANCHORS = ("", "speaker_", *INNER)

    code = models.SlugField(
        _("code"), max_length=40, unique=True, default=claim_code, editable=False
    )
    quote = models.ForeignKey(
        Quote,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="claims",
        verbose_name=_("quote"),
    )
    measure = models.ForeignKey(
        Measure,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="claims",
        verbose_name=_("measure"),
    )
    low = number(_("low"))
    high = number(_("high"))
    best = number(_("best, where the source states one"))
    qualifier = models.CharField(
        _("qualifier"), max_length=9, choices=Qualifier, blank=True
    )
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    quantity_start = models.PositiveIntegerField(null=True, blank=True)
    quantity_end = models.PositiveIntegerField(null=True, blank=True)
    quantity_words = models.CharField(
        _("number as written"), max_length=200, blank=True
    )
    qualifier_start = models.PositiveIntegerField(null=True, blank=True)
    qualifier_end = models.PositiveIntegerField(null=True, blank=True)
    qualifier_words = models.CharField(
        _("qualifier as written"), max_length=200, blank=True
    )
    counted_start = models.PositiveIntegerField(null=True, blank=True)
    counted_end = models.PositiveIntegerField(null=True, blank=True)
    counted_words = models.CharField(
        _("counted, as written"), max_length=300, blank=True
    )
    predicate_start = models.PositiveIntegerField(null=True, blank=True)
    predicate_end = models.PositiveIntegerField(null=True, blank=True)
    predicate_words = models.CharField(
        _("what happened, as written"), max_length=300, blank=True
    )
    holds_earliest = models.DateField(_("holds, earliest"), null=True, blank=True)
    holds_latest = models.DateField(_("holds, latest"), null=True, blank=True)
    holds_precision = models.CharField(max_length=6, blank=True)
    holds_words = models.CharField(max_length=120, blank=True)
    denied = models.BooleanField(
        _("denied"), default=False, help_text=_("The speaker denies this figure.")
    )
    basis = models.CharField(
        _("basis"), max_length=12, choices=Basis, default=Basis.UNKNOWN
    )
    note = models.TextField(_("note"), blank=True)

    quantity_anchor = AnchorColumns("quantity_")
    qualifier_anchor = AnchorColumns("qualifier_")
    counted_anchor = AnchorColumns("counted_")
    predicate_anchor = AnchorColumns("predicate_")
    holds = PartialDateColumns("holds")
    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        constraints = [
            *check_lifecycle("claim"),
            *check_anchors(
                "claim",
                ("", "speaker_", "quantity_", "qualifier_", "counted_", "predicate_"),
            ),
            check_partial_date("claim", "holds"),
            check_named(
                "claim_low_is_not_above_high",
                Q(basis=Basis.TABULATED)
                | Q(low__isnull=True)
                | Q(high__isnull=True)
                | Q(low__lte=F("high")),
                _("The low end is above the high end."),
            ),
            check_named(
                "claim_quantity_is_whole",
                Q(qualifier="", low__isnull=True, high__isnull=True, best__isnull=True)
                & Q(unit="")
                | (Q(qualifier__in=Qualifier.values) & ~Q(unit="")),
                _("A quantity needs a qualifier and a unit; a plain claim has none."),
            ),
            check_named(
                "claim_bounds_fit_the_qualifier",
                Q(qualifier__in=["", Qualifier.VAGUE])
                | Q(
                    qualifier=Qualifier.EXACT,
                    low__isnull=False,
                    high__isnull=False,
                    low=F("high"),
                )
                | Q(
                    qualifier__in=[Qualifier.ABOUT, Qualifier.RANGE],
                    low__isnull=False,
                    high__isnull=False,
                )
                | Q(
                    qualifier__in=[Qualifier.AT_LEAST, Qualifier.MORE_THAN],
                    low__isnull=False,
                    high__isnull=True,
                )
                | Q(
                    qualifier__in=[
                        Qualifier.AT_MOST,
                        Qualifier.LESS_THAN,
                        Qualifier.UP_TO,
                    ],
                    low__isnull=True,
                    high__isnull=False,
                ),
                _("These bounds are not those that the qualifier states."),
            ),
            check_named(
                "published_quantity_has_a_measure",
                ~Q(status__in=["PUBLISHED", "WITHDRAWN"])
                | Q(qualifier="")
                | Q(measure__isnull=False),
                _("A quantity is published only with the measure it is a claim of."),
            ),
            check_named(
                "claim_basis_is_known",
                Q(basis__in=Basis.values),
                _("This basis is not known."),
            ),
        ]
        indexes = [
            *index_lists("claim"),
            models.Index(fields=["article_version", "start"], name="claim_by_place"),
            models.Index(fields=["holds_earliest", "id"], name="claim_by_day"),
            models.Index(
                fields=["measure", "status", "holds_earliest", "id"],
                name="claim_by_measure_status",
            ),
            models.Index(
                fields=["measure", "holds_earliest", "id"], name="claim_by_measure"
            ),
            models.Index(
                fields=["status", "holds_earliest", "id"], name="claim_by_status"
            ),
            models.Index(
                fields=["speaker", "holds_earliest", "id"], name="claim_by_speaker"
            ),
            models.Index(fields=["published_at", "id"], name="claim_by_publication"),
        ]

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return path_of("claim", self.code)

    def clean(self) -> None:
        """Refuse a unit that is not the measure's, and a quote from another text."""
        super().clean()
        if self.quote and self.quote.article_version_id != self.article_version_id:
            raise ValidationError({"quote": _("The quote stands in another text.")})
        if self.measure and self.qualifier and self.unit != self.measure.unit:
            raise ValidationError(
                {"unit": _("The measure is counted in “%s”.") % self.measure.unit}
            )

    @property
    def quantity(self) -> Quantity | None:
        """The interval as spoken.

        Null for a plain claim, and for a tabulated row whose low is above its high:
        it is kept as its table has it and says nothing that can be compared.
        """
        out_of_order = None not in (self.low, self.high) and self.low > self.high
        if not self.qualifier or out_of_order:
            return None
        qualifier = QuantityQualifier(self.qualifier)
        return Quantity(self.low, self.high, qualifier, self.unit)
