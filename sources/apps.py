"""Where statements come from: sources, speakers, articles and the log."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SourcesConfig(AppConfig):
    """What Django needs to know of this app."""

    name = "sources"
    verbose_name = _("Sources")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Mask withheld names in every column of this app."""
        from sources.masking import mask_columns  # noqa: PLC0415  # models must be loaded

        mask_columns(self)
