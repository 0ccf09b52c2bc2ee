"""Speakers: whose words and figures are reported, and what they were when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from sources.models.columns import PartialDateColumns
from sources.models.source import Alias, Source
from sources.models.versioned import (
    Bilingual,
    Recorded,
    TrainingMark,
    Versioned,
    check_bilingual,
    check_named,
    check_partial_date,
)
from sources.routes import path_of

if TYPE_CHECKING:
    from sources.text.dates import PartialDate


class SpeakerKind(models.TextChoices):
    """Whether a speaker is a person, an organisation or unnamed."""

    PERSON = "PERSON", _("person")
    ORGANISATION = "ORGANISATION", _("organisation")
    UNNAMED = "UNNAMED", _("unnamed")


class Speaker(Bilingual, TrainingMark, Versioned):
    """A person or organisation whose words are reported (UCDP: source_original).

    An unnamed speaker (“a medical source”) belongs to the one source that
    quotes it: nobody can know that two sources mean the same person.
    """

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=SpeakerKind)
    wikidata = models.CharField(_("Wikidata id"), max_length=16, blank=True)
    source = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="unnamed_speakers",
        verbose_name=_("source of an unnamed speaker"),
    )
    withheld = models.BooleanField(_("withheld"), default=False)

    objects = models.Manager["Speaker"]()

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        constraints = [
            check_bilingual("speaker"),
            check_named(
                "speaker_kind_is_known",
                models.Q(kind__in=SpeakerKind.values),
                _("This kind of speaker is not known."),
            ),
            check_named(
                "unnamed_speaker_belongs_to_a_source",
                models.Q(kind="UNNAMED", source__isnull=False)
                | (~models.Q(kind="UNNAMED") & models.Q(source__isnull=True)),
                _("An unnamed speaker belongs to a source, and only an unnamed one."),
            ),
        ]
        indexes = [
            # asked by every request, and empty nearly always
            models.Index(
                fields=["id"],
                condition=models.Q(withheld=True),
                name="speaker_withheld",
            )
        ]

    def get_absolute_url(self) -> str:
        """Return the address of its page; empty where the name is withheld."""
        return path_of("speaker", self.slug) if self.slug else ""


class SpeakerAlias(Alias):
    """Another name of a speaker."""

    speaker = models.ForeignKey(
        Speaker, models.PROTECT, related_name="aliases", verbose_name=_("speaker")
    )

    objects = models.Manager["SpeakerAlias"]()

    class Meta:
        verbose_name = _("alias of a speaker")
        verbose_name_plural = _("aliases of speakers")
        constraints = [
            models.UniqueConstraint(
                name="speaker_alias_is_given_once",
                fields=["speaker", "folded"],
                violation_error_message=_("The speaker already has this alias."),
            ),
            check_named(
                "speaker_alias_is_not_empty",
                ~models.Q(folded=""),
                _("An alias needs at least one letter."),
            ),
        ]


class Role(Bilingual, Recorded):
    """What a speaker was, where, from when to when.

    A role that `speaks_for` its organisation makes the speaker its voice.
    Unknown ends of the period stay empty; `ended_at` is another thing: when
    Factbase took the record of this role back.
    """

    speaker = models.ForeignKey(
        Speaker, models.PROTECT, related_name="roles", verbose_name=_("speaker")
    )
    organisation = models.ForeignKey(
        Speaker,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="offices",
        verbose_name=_("organisation"),
        limit_choices_to={"kind": SpeakerKind.ORGANISATION},
    )
    speaks_for = models.BooleanField(_("speaks for the organisation"), default=False)
    held_from_earliest = models.DateField(_("from, earliest"), null=True, blank=True)
    held_from_latest = models.DateField(_("from, latest"), null=True, blank=True)
    held_from_precision = models.CharField(max_length=6, blank=True)
    held_from_words = models.CharField(max_length=120, blank=True)
    held_until_earliest = models.DateField(_("until, earliest"), null=True, blank=True)
    held_until_latest = models.DateField(_("until, latest"), null=True, blank=True)
    held_until_precision = models.CharField(max_length=6, blank=True)
    held_until_words = models.CharField(max_length=120, blank=True)

    held_from = PartialDateColumns("held_from")
    held_until = PartialDateColumns("held_until")
    objects = models.Manager["Role"]()

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [
            check_bilingual("role"),
            check_partial_date("role", "held_from"),
            check_partial_date("role", "held_until"),
            check_named(
                "role_ends_after_it_begins",
                models.Q(held_from_earliest__isnull=True)
                | models.Q(held_until_latest__isnull=True)
                | models.Q(held_until_latest__gte=models.F("held_from_earliest")),
                _("A role cannot end before it begins."),
            ),
            check_named(
                "role_speaks_for_an_organisation",
                models.Q(speaks_for=False) | models.Q(organisation__isnull=False),
                _("Whoever speaks for an organisation needs the organisation."),
            ),
        ]

    def was_held(self, day: PartialDate) -> bool:
        """Whether it may have been held on a day; unknown ends stay open."""
        begun, ended = self.held_from, self.held_until
        return (begun is None or begun.earliest <= day.latest) and (
            ended is None or ended.latest >= day.earliest
        )


class OwnVoice(Recorded):
    """A source speaks in its own voice as an organisation: as the office of it.

    What nobody is named for there is what the organisation says.
    """

    source = models.ForeignKey(
        Source, models.PROTECT, related_name="own_voices", verbose_name=_("source")
    )
    speaker = models.ForeignKey(
        Speaker,
        models.PROTECT,
        related_name="own_voices",
        verbose_name=_("organisation"),
        limit_choices_to={"kind": SpeakerKind.ORGANISATION},
    )

    objects = models.Manager["OwnVoice"]()

    class Meta:
        verbose_name = _("own voice of a source")
        verbose_name_plural = _("own voices of sources")
        constraints = [
            models.UniqueConstraint(
                name="source_speaks_as_one_at_a_time",
                fields=["source"],
                condition=models.Q(ended_at__isnull=True),
                violation_error_message=_("This source speaks as somebody already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} → {self.speaker}"


class Merge(Recorded):
    """Two speakers turned out to be one; ending the merge undoes it."""

    speaker = models.ForeignKey(
        Speaker, models.PROTECT, related_name="merges", verbose_name=_("speaker")
    )
    into = models.ForeignKey(
        Speaker, models.PROTECT, related_name="merged", verbose_name=_("merged into")
    )

    objects = models.Manager["Merge"]()

    class Meta:
        verbose_name = _("merge of speakers")
        verbose_name_plural = _("merges of speakers")
        constraints = [
            models.UniqueConstraint(
                name="speaker_is_merged_once_at_a_time",
                fields=["speaker"],
                condition=models.Q(ended_at__isnull=True),
                violation_error_message=_("This speaker is merged already."),
            ),
            check_named(
                "speaker_is_not_merged_into_itself",
                ~models.Q(speaker=models.F("into")),
                _("A speaker cannot be merged into itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.speaker} → {self.into}"
