"""The site: settings, URL map, checks and commands that join both apps."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig as StockAdminConfig
from django.utils.translation import gettext_lazy as _


class FactbaseConfig(AppConfig):
    """What Django needs to know of the site."""

    name = "factbase"
    verbose_name = _("Factbase")

    def ready(self) -> None:
        """Register the system checks."""
        import factbase.checks  # noqa: F401, PLC0415  # registers by being imported


class AdminConfig(StockAdminConfig):
    """Django's admin under our own site, which asks the policy."""

    default_site = "factbase.admin_site.FactbaseAdminSite"
