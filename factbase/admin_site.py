"""The admin site: Django's own, asking our policy who comes in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.admin import AdminSite
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sources.policy import may, roles_of

if TYPE_CHECKING:
    from django.http import HttpRequest

_RECENT = 10


class FactbaseAdminSite(AdminSite):
    """Lets in every account with a role; what it may do is each model's policy."""

    site_title = _("Factbase")
    site_header = _("Factbase")
    index_title = _("Desk")
    site_url = "/"
    empty_value_display = "—"

    def get_urls(self) -> list[Any]:
        """Leave out the stock way to a page: it names rows that an account may not see."""
        urls = super().get_urls()
        return [each for each in urls if getattr(each, "name", "") != "view_on_site"]

    def has_permission(self, request: HttpRequest) -> bool:
        """Tell whether the account has any role at all."""
        return bool(roles_of(request.user))

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """Ask for name and password, then for the code where an account has one."""
        from factbase.accounts.views import (  # noqa: PLC0415  # models must be loaded
            SignIn,
            first_screen,
        )

        del extra_context
        if request.method == "GET" and self.has_permission(request):
            return redirect(first_screen(request.user))
        return SignIn.as_view()(request)

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """Ask for the old password and a new one."""
        from factbase.accounts.views import OwnPassword  # noqa: PLC0415  # likewise

        del extra_context
        done = reverse("admin:password_change_done")
        return OwnPassword.as_view(success_url=done)(request)

    def register(
        self, model_or_iterable: Any, admin_class: Any = None, **options: Any
    ) -> None:
        """Register a model whose admin asks our policy; others stay out.

        Django's own accounts and groups, and what packages bring, ask Django's
        permission rows, which nobody here keeps.
        """
        from sources.admin.desk import DeskAdmin  # noqa: PLC0415  # models must be loaded

        if admin_class is not None and issubclass(admin_class, DeskAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """Add what waits to be read, and what the account did last."""
        from claims.admin.links import n_waiting  # noqa: PLC0415  # likewise
        from claims.admin.workbench import to_read  # noqa: PLC0415  # it registers here
        from sources.admin.log import latest_of  # noqa: PLC0415  # likewise

        latest = latest_of(request.user, _RECENT) if may_read_log(request) else []
        added = {
            "latest": latest,
            "to_read": to_read(request.user, _RECENT),
            "n_links": n_waiting(request.user),
        }
        return super().index(request, {**(extra_context or {}), **added})


def may_read_log(request: HttpRequest) -> bool:
    """Tell whether the account sees the log."""
    return may(request.user, "read the log")
