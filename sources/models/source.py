"""Sources: the offices that publish."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from sources.models.versioned import (
    Bilingual,
    Logged,
    TrainingMark,
    Versioned,
    check_bilingual,
    check_named,
    language_tag,
)
from sources.routes import path_of
from sources.text.fold import fold_key, script_of


class SourceKind(models.TextChoices):
    """What kind of office publishes."""

    OUTLET = "OUTLET", _("outlet")
    AGENCY = "AGENCY", _("agency")
    PRESS_OFFICE = "PRESS_OFFICE", _("press office")
    NGO = "NGO", _("non-governmental organisation")
    OFFICIAL = "OFFICIAL", _("official body")
    SOCIAL_ACCOUNT = "SOCIAL_ACCOUNT", _("social account")
    DATA_SET = "DATA_SET", _("data set")


class Source(Bilingual, TrainingMark, Versioned):
    """A publishing office (UCDP: source_office)."""

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=16, choices=SourceKind)
    country = models.CharField(
        _("country"), max_length=2, blank=True, help_text=_("ISO 3166-1 alpha-2")
    )
    homepage = models.URLField(_("homepage"), blank=True)
    languages = models.JSONField(
        _("languages"), default=list, blank=True, help_text=_("A list of tags")
    )
    note = models.TextField(_("note"), blank=True)

    objects = models.Manager["Source"]()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = [
            check_bilingual("source"),
            check_named(
                "source_kind_is_known",
                models.Q(kind__in=SourceKind.values),
                _("This kind of source is not known."),
            ),
        ]

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return path_of("source", self.slug)


class Alias(Logged):
    """Another name, in any spelling and script; `folded` is what searches compare.

    Aliases are unique within their owner and not across owners: two people may
    have one name, and an ambiguous name never resolves by itself.
    """

    name = models.CharField(_("name"), max_length=200)
    language = models.CharField(
        _("language"), max_length=12, blank=True, validators=[language_tag]
    )
    script = models.CharField(
        _("script"),
        max_length=4,
        blank=True,
        editable=False,
        help_text=_("ISO 15924, read from the letters"),
    )
    folded = models.CharField(max_length=200, editable=False, db_index=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def clean_fields(self, exclude: set[str] | None = None) -> None:  # type: ignore[override]  # stubs say Collection
        """Fold the name and read its script before the columns are checked."""
        self.folded, self.script = fold_key(self.name), script_of(self.name)
        super().clean_fields(exclude)


class SourceAlias(Alias):
    """Another name of a source."""

    source = models.ForeignKey(
        Source, models.PROTECT, related_name="aliases", verbose_name=_("source")
    )

    objects = models.Manager["SourceAlias"]()

    class Meta:
        verbose_name = _("alias of a source")
        verbose_name_plural = _("aliases of sources")
        constraints = [
            models.UniqueConstraint(
                name="source_alias_is_given_once",
                fields=["source", "folded"],
                violation_error_message=_("The source already has this alias."),
            ),
            check_named(
                "source_alias_is_not_empty",
                ~models.Q(folded=""),
                _("An alias needs at least one letter."),
            ),
        ]
