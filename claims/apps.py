"""What was said and how it stands: quotes, claims, measures, reviews."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClaimsConfig(AppConfig):
    """What Django needs to know of this app."""

    name = "claims"
    verbose_name = _("Claims")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the app below what makes rows public and what follows a change.

        Withheld names are masked in all columns.
        """
        from claims import linting, matching, search  # noqa: PLC0415  # models must be loaded
        from claims.policy import declare_reach  # noqa: PLC0415  # likewise
        from claims.search.declared import declare_search  # noqa: PLC0415  # likewise
        from sources import following  # noqa: PLC0415  # likewise
        from sources.masking import mask_columns  # noqa: PLC0415  # likewise

        declare_reach()
        declare_search()
        following.follow(linting.refresh)
        following.follow(matching.follow)
        following.follow_within(search.follow)
        mask_columns(self)
