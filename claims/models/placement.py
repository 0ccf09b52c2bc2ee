"""Placements: where a statement stands in a later text of its article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim
from claims.models.quote import Quote
from claims.models.review import exactly_one
from sources.models import ArticleVersion
from sources.models.columns import Anchor, AnchorColumns, refuse_misplaced
from sources.models.versioned import Versioned, check_anchor, check_named, person
from sources.text.spans import CarriedBy, Span

if TYPE_CHECKING:
    from collections.abc import Iterator


class PlacedBy(models.TextChoices):
    """How a place was found; the first three are those of `sources.text.spans`."""

    EXACT_SPAN = CarriedBy.EXACT_SPAN, _("at the same span")
    SELECTOR = CarriedBy.SELECTOR, _("by the words and what stands around them")
    LOST = CarriedBy.LOST, _("not found: a person decides")
    BY_HAND = "BY_HAND", _("by hand")
    GONE = "GONE", _("the new text no longer says it")


class PlacementQuerySet(models.QuerySet["Placement"]):
    """Placements; every list says which of them it means."""

    def lost(self) -> PlacementQuerySet:
        """Those that wait for a person."""
        return self.filter(how=PlacedBy.LOST)

    def placed(self) -> PlacementQuerySet:
        """Those that have a place."""
        return self.filter(start__isnull=False)

    def with_statements(self) -> PlacementQuerySet:
        """Load what a list shows: one query."""
        statements = ("quote__article_version", "claim__article_version")
        return self.select_related("article_version__article", *statements)


class Placement(Versioned):
    """Where a quote or claim stands in a later version than the one it keeps.

    `start`, `end` and `words` are null and empty where it is not found or gone.
    `parts` are the places of its other anchors there, by name, as
    `[start, end, words]`; null for one that was lost.
    """

    quote = models.ForeignKey(
        Quote,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="placements",
        verbose_name=_("quote"),
    )
    claim = models.ForeignKey(
        Claim,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="placements",
        verbose_name=_("claim"),
    )
    article_version = models.ForeignKey(
        ArticleVersion,
        models.PROTECT,
        related_name="placements",
        verbose_name=_("version of the article"),
    )
    start = models.PositiveIntegerField(_("start"), null=True, blank=True)
    end = models.PositiveIntegerField(_("end"), null=True, blank=True)
    words = models.TextField(_("words"), blank=True)
    parts = models.JSONField(_("parts"), default=dict, blank=True)
    how = models.CharField(_("placed"), max_length=10, choices=PlacedBy)
    placed_by = person("placements", _("placed by"))
    placed_at = models.DateTimeField(_("placed at"))

    anchor = AnchorColumns()
    objects = PlacementQuerySet.as_manager()

    #: The prefixes of this model's anchored columns.
    ANCHORS: tuple[str, ...] = ("",)
    #: What it is of; the rest is where that stands.
    SUBJECT = ("quote_id", "claim_id", "article_version_id")

    class Meta:
        verbose_name = _("placement")
        verbose_name_plural = _("placements")
        constraints = [
            check_anchor("placement"),
            check_named(
                "placement_is_of_one_statement",
                exactly_one("quote", "claim"),
                _("A placement is of one quote or one claim."),
            ),
            *(
                models.UniqueConstraint(
                    name=f"{target}_is_placed_once_in_a_version",
                    fields=["article_version", target],
                    condition=Q(**{f"{target}__isnull": False}),
                    violation_error_message=_("It is placed in this version already."),
                )
                for target in ("quote", "claim")
            ),
            check_named(
                "placement_has_a_place_unless_lost",
                Q(how__in=["EXACT_SPAN", "SELECTOR", "BY_HAND"], start__isnull=False)
                | Q(how__in=["LOST", "GONE"], start__isnull=True),
                _("What is placed has a place, and what is lost has none."),
            ),
        ]
        indexes = [models.Index(fields=["how", "id"], name="placement_by_how")]

    def __str__(self) -> str:
        return f"{self.statement} ({self.article_version.number})"

    def clean(self) -> None:
        """Refuse words that do not stand in the text, and a text of another article."""
        super().clean()
        if self.quote is None and self.claim is None:
            return  # the constraint says so
        version = self.article_version
        if self.statement.article_version.article_id != version.article_id:
            message = _("This version is of another article.")
            raise ValidationError({"article_version": message})
        refuse_misplaced(self.anchors, version.text)

    @property
    def statement(self) -> Quote | Claim:
        """What is placed."""
        statement = self.quote or self.claim
        if statement is None:  # the database forbids it
            raise AssertionError(self.pk)
        return statement

    @property
    def span(self) -> Span:
        """Where it stands.

        Raises:
            SpanError: when it has no place.
        """
        return Span(self.start or 0, self.end or 0)

    def part(self, name: str) -> Span | None:
        """Where one of the other anchors stands; null when there is none."""
        place = self.parts.get(name)
        return Span(place[0], place[1]) if place else None

    @property
    def lost_parts(self) -> list[str]:
        """The names of the anchors that did not come along."""
        return [name for name, place in self.parts.items() if place is None]

    def anchors(self) -> Iterator[Anchor]:
        """Yield every place, those of the parts included."""
        if self.anchor is not None:
            yield self.anchor
        for place in self.parts.values():
            if place is not None:
                start, end, words = place
                yield Anchor(Span(start, end), words)
