"""Suggested links, what they are found by, and what a person made of them.

Keys and suggestions are worked out by `claims.matching`, replaceable and outside the
log, but for what a person decided. That two statements are one utterance is a fact of
the record, in the log, and ended rather than altered.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim
from claims.models.measure import Measure
from claims.models.quote import Quote
from claims.models.review import exactly_one
from sources.models.versioned import Recorded, check_named, person


class MatchKey(models.Model):
    """A number that a statement or measure has in common with what is like it."""

    hash = models.BigIntegerField(_("hash"))
    claim = models.ForeignKey(
        Claim, models.PROTECT, null=True, related_name="match_keys"
    )
    quote = models.ForeignKey(
        Quote, models.PROTECT, null=True, related_name="match_keys"
    )
    measure = models.ForeignKey(
        Measure, models.CASCADE, null=True, related_name="match_keys"
    )

    objects = models.Manager["MatchKey"]()

    class Meta:
        verbose_name = _("key of a link")
        verbose_name_plural = _("keys of links")
        constraints = [
            check_named(
                "match_key_is_of_one_row",
                exactly_one("claim", "quote", "measure"),
                _("A key is of one claim, one quote or one measure."),
            )
        ]
        indexes = [models.Index(fields=["hash", "id"], name="match_key_by_hash")]

    def __str__(self) -> str:
        return f"{self.hash:x}"


class LinkKind(models.TextChoices):
    """What a suggested link says."""

    SAME_MEASURE = "SAME_MEASURE", _("same measure")
    SAME_UTTERANCE = "SAME_UTTERANCE", _("same utterance")


class LinkVerdict(models.TextChoices):
    """What a person made of a suggested link."""

    OPEN = "OPEN", _("open")
    ACCEPTED = "ACCEPTED", _("accepted")
    REFUSED = "REFUSED", _("refused")


def _one_pair() -> Q:
    """Return the condition of two claims or of two quotes, the older one first."""
    no_quotes = Q(quote__isnull=True, to_quote__isnull=True)
    no_claims = Q(claim__isnull=True, to_claim__isnull=True)
    claims = Q(claim__isnull=False, to_claim__isnull=False, claim__lt=F("to_claim"))
    quotes = Q(quote__isnull=False, to_quote__isnull=False, quote__lt=F("to_quote"))
    return (claims & no_quotes) | (quotes & no_claims)


def _end(
    model: type[models.Model],
    related_name: str,
    name: Any,
    on_delete: Any = models.PROTECT,
) -> Any:
    return models.ForeignKey(
        model,
        on_delete,
        null=True,
        blank=True,
        related_name=related_name,
        verbose_name=name,
    )


class SuggestedLinkQuerySet(models.QuerySet["SuggestedLink"]):
    """Suggested links; every list says which of them it means."""

    def open(self) -> SuggestedLinkQuerySet:
        """Those that wait for a person."""
        return self.filter(verdict=LinkVerdict.OPEN)

    def with_ends(self) -> SuggestedLinkQuerySet:
        """Load what a list shows of both ends, without the texts: one query."""
        ends = ("claim", "quote", "to_claim", "to_quote")
        articles = [f"{end}__article_version__article__source" for end in ends]
        speakers = [f"{end}__speaker" for end in ends]
        rows = self.select_related(*articles, *speakers, "measure__event", "decided_by")
        return rows.defer(*(f"{end}__article_version__text" for end in ends))


class SuggestedLink(models.Model):
    """A claim that seems to be of a measure, or two statements of one utterance.

    `score` is 0 to 1; `facts` are the parts that matched and what each adds to it, in
    hundredths (`claims.matching.reasons` puts them into words). What a person refused
    is never suggested again.
    """

    kind = models.CharField(_("kind"), max_length=14, choices=LinkKind)
    claim = _end(Claim, "suggested_links", _("claim"))
    quote = _end(Quote, "suggested_links", _("quote"))
    to_claim = _end(Claim, "suggested_links_to", _("other claim"))
    to_quote = _end(Quote, "suggested_links_to", _("other quote"))
    measure = _end(Measure, "suggested_links", _("measure"), models.CASCADE)
    score = models.DecimalField(_("score"), max_digits=3, decimal_places=2)
    facts = models.JSONField(_("facts"), default=dict)
    verdict = models.CharField(
        _("decision"), max_length=8, choices=LinkVerdict, default=LinkVerdict.OPEN
    )
    decided_by = person("suggested_links", _("decided by"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    objects = SuggestedLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("suggested link")
        verbose_name_plural = _("suggested links")
        constraints = [
            *(
                models.UniqueConstraint(
                    name=f"{one}_is_linked_once_to_a_{what}",
                    fields=[one, other],
                    violation_error_message=_("This link is suggested already."),
                )
                for one, other, what in (
                    ("claim", "to_claim", "claim"),
                    ("quote", "to_quote", "quote"),
                    ("claim", "measure", "measure"),
                )
            ),
            check_named(
                "suggested_link_has_the_ends_of_its_kind",
                Q(
                    kind="SAME_MEASURE",
                    claim__isnull=False,
                    measure__isnull=False,
                    quote__isnull=True,
                    to_claim__isnull=True,
                    to_quote__isnull=True,
                )
                | (Q(kind="SAME_UTTERANCE", measure__isnull=True) & _one_pair()),
                _("A link joins a claim and a measure, or two statements in order."),
            ),
            check_named(
                "suggested_link_score_is_a_share",
                Q(score__gte=0, score__lte=1),
                _("A score lies between 0 and 1."),
            ),
            check_named(
                "suggested_link_decision_names_a_person",
                Q(verdict="OPEN", decided_by__isnull=True, decided_at__isnull=True)
                | Q(
                    verdict__in=["ACCEPTED", "REFUSED"],
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                ),
                _("A decided link names who decided it and when."),
            ),
        ]
        indexes = [
            models.Index(fields=["verdict", "-score", "id"], name="link_by_score")
        ]

    def __str__(self) -> str:
        return f"{self.one} ~ {self.other}"

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided on it yet."""
        return self.verdict == LinkVerdict.OPEN

    @property
    def one(self) -> Any:
        """The claim or quote that it begins with."""
        return self.claim or self.quote

    @property
    def other(self) -> Any:
        """The measure, claim or quote that it leads to."""
        return self.measure or self.to_claim or self.to_quote

    @property
    def read_at(self) -> str:
        """The versions of both ends, so that a decision says what it is on."""
        return f"{self.one.version}.{self.other.version}"


class SameUtterance(Recorded):
    """Two claims, or two quotes, report one utterance: whatever they say counts once.

    `recorded_by` had no hand in either. The older row stands first.
    """

    claim = _end(Claim, "same_utterances", _("claim"))
    to_claim = _end(Claim, "same_utterances_to", _("other claim"))
    quote = _end(Quote, "same_utterances", _("quote"))
    to_quote = _end(Quote, "same_utterances_to", _("other quote"))
    recorded_by = person("same_utterances", _("recorded by"))

    objects = models.Manager["SameUtterance"]()

    class Meta:
        verbose_name = _("same utterance")
        verbose_name_plural = _("same utterances")
        constraints = [
            check_named(
                "same_utterance_joins_two_statements",
                _one_pair(),
                _("One utterance joins two claims or two quotes, the older one first."),
            ),
            *(
                models.UniqueConstraint(
                    name=f"{end}s_are_one_utterance_once",
                    fields=[end, f"to_{end}"],
                    condition=Q(ended_at__isnull=True),
                    violation_error_message=_("These are one utterance already."),
                )
                for end in ("claim", "quote")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one} = {self.other}"

    @property
    def one(self) -> Any:
        """The older statement."""
        return self.claim or self.quote

    @property
    def other(self) -> Any:
        """The newer statement."""
        return self.to_claim or self.to_quote
