"""The admin site: Django's own, asking our policy who comes in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _

from sources.policy import roles_of

if TYPE_CHECKING:
    from django.http import HttpRequest


class FactbaseAdminSite(AdminSite):
    """Lets in every account with a role; what it may do is each model's policy."""

    site_title = _("Factbase")
    site_header = _("Factbase")
    index_title = _("Desk")
    site_url = "/"

    def has_permission(self, request: HttpRequest) -> bool:
        """Tell whether the account has any role at all."""
        return bool(roles_of(request.user))
