"""What was said and how it stands: quotes, claims, measures, reviews."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClaimsConfig(AppConfig):
    """What Django needs to know of this app."""

    name = "claims"
    verbose_name = _("Claims")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the app below what makes rows public, and mask withheld names in them."""
        from claims.policy import declare_reach  # noqa: PLC0415  # models must be loaded
        from sources.masking import mask_columns  # noqa: PLC0415  # likewise

        declare_reach()
        mask_columns(self)
