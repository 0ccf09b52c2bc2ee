"""Articles, their immutable versions, and what they take from each other."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sources.models.columns import (
    AnchorColumns,
    PartialDateColumns,
    refuse_misplaced,
)
from sources.models.source import Source
from sources.models.speaker import Speaker
from sources.models.versioned import (
    Logged,
    Recorded,
    TrainingMark,
    Versioned,
    check_anchor,
    check_named,
    check_partial_date,
    language_tag,
    random_code,
    sha256_hex,
)
from sources.routes import path_of
from sources.text import addresses

if TYPE_CHECKING:
    import datetime as dt

#: Originals from which text is taken with mistakes that nobody sees, in numbers too.
UNSURE_MEDIA_TYPES = frozenset({"application/pdf"})


def article_code() -> str:
    """Return a new public code of an article."""
    return random_code("a")


class Access(models.TextChoices):
    """Who reads the article at its own address."""

    OPEN = "OPEN", _("open")
    PAYWALLED = "PAYWALLED", _("paywalled")
    RESTRICTED = "RESTRICTED", _("restricted")


class DateOrigin(models.TextChoices):
    """Where the date of an article was read."""

    STATED = "STATED", _("stated in the text")
    METADATA = "METADATA", _("read from the page's metadata")
    TYPED = "TYPED", _("typed by an editor")
    INFERRED = "INFERRED", _("worked out from the text")


class ArticleQuerySet(models.QuerySet["Article"]):
    """Articles with what lists show of them."""

    def with_source(self) -> ArticleQuerySet:
        """Load what a list of articles shows: two queries."""
        return self.select_related("source").prefetch_related("versions")


class Article(TrainingMark, Versioned):
    """One published text at one address by one source.

    `source` is null when the text does not state its outlet: nobody guesses it.
    """

    code = models.SlugField(
        _("code"), max_length=40, unique=True, default=article_code, editable=False
    )
    source = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("source"),
        help_text=_("Leave empty when the outlet is not stated."),
    )
    url = models.URLField(_("address"), max_length=1000, blank=True)
    title = models.CharField(_("title"), max_length=500)
    language = models.CharField(_("language"), max_length=12, validators=[language_tag])
    byline = models.CharField(_("byline"), max_length=300, blank=True)
    published_earliest = models.DateField(
        _("published, earliest"), null=True, blank=True
    )
    published_latest = models.DateField(_("published, latest"), null=True, blank=True)
    published_precision = models.CharField(max_length=6, blank=True)
    published_words = models.CharField(max_length=120, blank=True)
    published_origin = models.CharField(
        _("date read from"), max_length=8, choices=DateOrigin, blank=True
    )
    access = models.CharField(
        _("access"), max_length=10, choices=Access, default=Access.OPEN
    )
    archive_url = models.URLField(_("archived copy"), max_length=1000, blank=True)
    retracted_on = models.DateField(_("retracted on"), null=True, blank=True)
    retraction_notice = models.TextField(_("retraction notice"), blank=True)

    published = PartialDateColumns("published")
    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        constraints = [
            models.UniqueConstraint(
                name="article_url_is_unique",
                fields=["url"],
                condition=~models.Q(url=""),
                violation_error_message=_("An article with this address exists."),
            ),
            check_partial_date("article", "published"),
            check_named(
                "article_access_is_known",
                models.Q(access__in=Access.values),
                _("This kind of access is not known."),
            ),
            check_named(
                "article_retraction_has_a_notice",
                models.Q(retracted_on__isnull=True, retraction_notice="")
                | (
                    models.Q(retracted_on__isnull=False)
                    & ~models.Q(retraction_notice="")
                ),
                _("A retraction needs its day and its notice."),
            ),
        ]
        indexes = [
            models.Index(fields=["published_earliest", "id"], name="article_by_day"),
            # SQLite uses the constraint's, which leaves "" out, for no question
            models.Index(fields=["url"], name="article_by_url"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return path_of("article", self.code)

    def clean_fields(self, exclude: set[str] | None = None) -> None:  # type: ignore[override]  # stubs say Collection
        """Spell the address the one way before the columns are checked."""
        self.url = addresses.canonical(self.url)
        super().clean_fields(exclude)


class ArticleVersionQuerySet(models.QuerySet["ArticleVersion"]):
    """Versions, narrowed by when they came."""

    def known(self, moment: dt.datetime | None) -> ArticleVersionQuerySet:
        """Those there are, or were at a moment; an article never was without one."""
        if moment is None:
            return self.all()
        return self.filter(models.Q(fetched_at__lte=moment) | models.Q(number=1))


class ArticleVersion(Logged):
    """The immutable text of an article as fetched on a day. Insert only."""

    UNLOGGED = ("text",)  # its SHA-256 stands for it

    article = models.ForeignKey(
        Article, models.PROTECT, related_name="versions", verbose_name=_("article")
    )
    number = models.PositiveIntegerField(_("number"))
    text = models.TextField(_("text"))
    sha256 = models.CharField(_("SHA-256"), max_length=64, validators=[sha256_hex])
    fetched_at = models.DateTimeField(_("fetched at"))
    original_sha256 = models.CharField(
        _("SHA-256 of the original bytes"), max_length=64, blank=True
    )
    original_media_type = models.CharField(
        _("media type of the original"), max_length=100, blank=True
    )
    extractor = models.CharField(
        _("extractor and its version"), max_length=100, blank=True
    )

    objects = ArticleVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of an article")
        verbose_name_plural = _("versions of articles")
        constraints = [
            models.UniqueConstraint(
                name="article_version_number_is_unique",
                fields=["article", "number"],
                violation_error_message=_("This version of the article exists."),
            ),
            models.UniqueConstraint(
                name="article_version_text_is_new",
                fields=["article", "sha256"],
                violation_error_message=_("The article already has this very text."),
            ),
            check_named(
                "article_version_has_a_text",
                ~models.Q(text=""),
                _("An article version needs a text."),
            ),
            check_named(
                "article_version_has_a_digest",
                models.Q(Exact(Length("sha256"), 64)),
                _("A SHA-256 is 64 hexadecimal digits."),
            ),
        ]
        indexes = [models.Index(fields=["sha256"], name="article_version_by_text")]

    def __str__(self) -> str:
        return f"{self.article} ({self.number})"

    @property
    def is_draft(self) -> bool:
        """Whether the text was taken from a PDF: no number is suggested from it."""
        return self.original_media_type in UNSURE_MEDIA_TYPES

    @property
    def text_digest(self) -> str:
        """The SHA-256 of the text as it stands, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()


class DerivationKind(models.TextChoices):
    """How an article takes from another."""

    REPUBLISHES = "REPUBLISHES", _("republishes")
    TRANSLATES = "TRANSLATES", _("translates")
    QUOTES = "QUOTES", pgettext_lazy("derivation", "quotes")
    CITES = "CITES", _("cites")


class Derivation(Recorded):
    """What an article takes from another, or from a source or speaker by name.

    `start`, `end` and `words` anchor the phrase that says so in the version.
    """

    article = models.ForeignKey(
        Article, models.PROTECT, related_name="derivations", verbose_name=_("article")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=DerivationKind)
    origin = models.ForeignKey(
        Article,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="derived",
        verbose_name=_("from the article"),
    )
    origin_source = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="derived",
        verbose_name=_("from the source"),
    )
    origin_speaker = models.ForeignKey(
        Speaker,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="derived",
        verbose_name=_("from the speaker"),
    )
    article_version = models.ForeignKey(
        ArticleVersion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="derivations",
        verbose_name=_("version that says so"),
    )
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    words = models.TextField(_("words that say so"), blank=True)

    anchor = AnchorColumns()
    objects = models.Manager["Derivation"]()

    #: The prefixes of this model's anchored columns.
    ANCHORS: tuple[str, ...] = ("",)

    class Meta:
        verbose_name = _("derivation")
        verbose_name_plural = _("derivations")
        constraints = [
            check_anchor("derivation"),
            check_named(
                "derivation_kind_is_known",
                models.Q(kind__in=DerivationKind.values),
                _("This kind of derivation is not known."),
            ),
            check_named(
                "derivation_has_an_origin",
                models.Q(origin__isnull=False)
                | models.Q(origin_source__isnull=False)
                | models.Q(origin_speaker__isnull=False),
                _("Name the article, the source or the speaker it takes from."),
            ),
            check_named(
                "derivation_is_not_from_itself",
                models.Q(origin__isnull=True) | ~models.Q(origin=models.F("article")),
                _("An article cannot derive from itself."),
            ),
            check_named(
                "derivation_span_names_its_version",
                models.Q(start__isnull=True) | models.Q(article_version__isnull=False),
                _("A span needs the version it stands in."),
            ),
        ]

    def clean(self) -> None:
        """Refuse a phrase that does not stand in a text of this article."""
        super().clean()
        version = self.article_version
        if version is None:
            return
        if version.article_id != self.article_id:
            message = _("This version is of another article.")
            raise ValidationError({"article_version": message})
        refuse_misplaced(lambda: filter(None, [self.anchor]), version.text)

    def __str__(self) -> str:
        origin = self.origin or self.origin_source or self.origin_speaker
        return f"{self.article} ← {origin}"
