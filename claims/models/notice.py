"""What this base says of itself: its method, its policy, its licence, its address."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sources.models.versioned import Versioned, check_named


class Section(models.TextChoices):
    """The parts of the page about this base, in their order."""

    METHODOLOGY = "METHODOLOGY", _("how we work")
    CORRECTIONS = "CORRECTIONS", _("how we correct")
    LICENCE = "LICENCE", _("licence of the data")
    CONTACT = "CONTACT", _("contact")


class AboutText(Versioned):
    """A section of the page about this base, in one language, in a base's own words.

    Paragraphs have an empty line between them. Where a base says nothing of its own,
    the text that comes with Factbase stands.
    """

    section = models.CharField(_("section"), max_length=12, choices=Section)
    language = models.CharField(
        _("language"), max_length=2, choices=[("ar", "العربية"), ("en", "English")]
    )
    text = models.TextField(_("text"), max_length=20_000)

    objects = models.Manager["AboutText"]()

    class Meta:
        verbose_name = _("text about this base")
        verbose_name_plural = _("texts about this base")
        constraints = [
            models.UniqueConstraint(
                name="about_text_is_written_once_in_a_language",
                fields=["section", "language"],
                violation_error_message=_("There is a text for this section already."),
            ),
            check_named(
                "about_text_is_of_a_known_section",
                Q(section__in=Section.values) & Q(language__in=["ar", "en"]),
                _("This section or language is not known."),
            ),
            check_named("about_text_says_something", ~Q(text=""), _("Say something.")),
        ]

    def __str__(self) -> str:
        return f"{self.get_section_display()} ({self.language})"

    def get_absolute_url(self) -> str:
        """Return where it stands on the page."""
        return f"/about/#{self.section.lower()}"
